from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory of services")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from directory import calls, receivers
        from directory.models import Need, NeedText, Phone, Service, ServiceText
        from pages import links

        links.register(calls.choices)
        for model in (Service, ServiceText, Phone, Need, NeedText):
            post_save.connect(receivers.numbers_changed, sender=model)
            post_delete.connect(receivers.numbers_changed, sender=model)
