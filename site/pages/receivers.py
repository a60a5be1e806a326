"""What follows when a page or the site's settings change."""

from django.conf import settings

from frame.signals import frame_changed


def home_changed(sender, instance, **kwargs):
    frame_changed.send(sender=sender)


def settings_changed(sender, instance, **kwargs):
    frame_changed.send(sender=sender)


def all_languages_together(sender, instance, **kwargs):
    """A page that is taken down in the source language goes in every language at once."""
    if instance.locale.language_code != settings.LANGUAGE_CODE:
        return
    for translation in instance.get_translations().live().specific():
        translation.unpublish()
