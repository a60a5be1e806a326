from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = _("Stories")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.signals import page_unpublished

        from stories import receivers

        page_unpublished.connect(receivers.drawn_pictures_go, sender=receivers.StoryPage)
