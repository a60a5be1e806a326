"""What editors see of the campaigns."""

from wagtail import hooks

from campaigns import campaign_admin, copying

hooks.register("register_admin_viewset", lambda: campaign_admin.campaigns)
hooks.register("register_admin_viewset", lambda: campaign_admin.events)
hooks.register("after_copy_page", copying.carry_words_over)
