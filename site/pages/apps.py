from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.models import PageViewRestriction
        from wagtail.signals import page_published, page_unpublished

        from pages import checks, receivers  # noqa: F401
        from pages.models import MenuLink, SiteSettings

        page_unpublished.connect(receivers.all_languages_together)
        page_published.connect(receivers.same_slug_everywhere)
        page_published.connect(receivers.page_changed)
        page_unpublished.connect(receivers.page_changed)
        for model in (SiteSettings, MenuLink, PageViewRestriction):
            post_save.connect(receivers.settings_changed, sender=model)
            post_delete.connect(receivers.settings_changed, sender=model)
