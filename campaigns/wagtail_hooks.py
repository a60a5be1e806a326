"""What editors see of this app."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from campaigns import campaign_admin, copying, indicator_admin, lexicon_admin, press_admin
from campaigns.myth_admin import MythListing, Refusal, refuse_many
from campaigns.myths import REFUSED

register_snippet(indicator_admin.IndicatorGroup)
register_snippet(lexicon_admin.WordRuleViewSet)
hooks.register("register_admin_viewset", lambda: campaign_admin.campaigns)
hooks.register("register_admin_viewset", lambda: campaign_admin.events)
hooks.register("register_admin_viewset", lambda: MythListing("myths"))
hooks.register("register_admin_viewset", lambda: press_admin.press_items)
hooks.register("after_copy_page", copying.carry_words_over)
hooks.register("before_bulk_action", refuse_many)


@hooks.register("register_log_actions")
def log_actions(registered):
    registered.register_action(REFUSED)(Refusal)
