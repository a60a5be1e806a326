from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuickExitConfig(AppConfig):
    name = "quick_exit"
    verbose_name = _("Exit")
    default_auto_field = "django.db.models.BigAutoField"
