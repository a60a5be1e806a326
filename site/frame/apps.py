from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class FrameConfig(AppConfig):
    name = "frame"
    verbose_name = "frame"

    def ready(self):
        from frame import checks, errors, kept, signals  # noqa: F401

        signals.frame_changed.connect(kept.forget)
        from quick_exit.models import ExitSettings, ExitTarget

        signals.frame_changed.connect(errors.rewrite_after_commit)
        for model in (ExitSettings, ExitTarget):
            post_save.connect(errors.rewrite_after_commit, sender=model)
            post_delete.connect(errors.rewrite_after_commit, sender=model)
