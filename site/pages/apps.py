from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.models import Page, PageViewRestriction
        from wagtail.signals import (
            page_published,
            page_slug_changed,
            page_unpublished,
            post_page_move,
        )

        from pages import checks, facts, receivers, searching  # noqa: F401
        from pages.models import MenuLink, SiteSettings
        from search import sources

        page_unpublished.connect(receivers.all_languages_together)
        page_published.connect(receivers.same_slug_everywhere)
        page_published.connect(receivers.same_values_everywhere)
        page_published.connect(receivers.page_changed)
        page_unpublished.connect(receivers.page_changed)
        for model in (SiteSettings, MenuLink, PageViewRestriction):
            post_save.connect(receivers.settings_changed, sender=model)
            post_delete.connect(receivers.settings_changed, sender=model)
        pre_delete.connect(facts.refuse_while_used, sender=facts.Fact)
        sources.register(searching.KIND, searching.entries)
        for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
            signal.connect(searching.page_changed)
        # The rows of the page's own type go first: at this moment none of a deleted tree is left.
        post_delete.connect(searching.page_changed, sender=Page)
        for model in (facts.Fact, facts.FactText):
            post_save.connect(searching.fact_changed, sender=model)
            post_delete.connect(searching.fact_changed, sender=model)
        for signal in (post_save, post_delete):
            signal.connect(searching.restriction_changed, sender=PageViewRestriction)
