from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_save
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = _("Staff")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.users.models import UserProfile

        from staff.receivers import neutral_avatar_name
        from staff.roles import after_migrate

        post_migrate.connect(after_migrate, sender=self)
        pre_save.connect(neutral_avatar_name, sender=UserProfile)
