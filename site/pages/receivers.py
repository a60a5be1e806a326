"""What follows when a page or the site's settings change."""

from django.conf import settings

from frame.signals import frame_changed
from pages import synchronised

# Home pages have the language as their slug.
HOME_DEPTH = 2


def page_changed(sender, instance, **kwargs):
    """A menu or a link of the error pages may name it."""
    frame_changed.send(sender=sender)


def settings_changed(sender, instance, **kwargs):
    frame_changed.send(sender=sender)


def all_languages_together(sender, instance, **kwargs):
    """A page that is taken down in the source language goes in every language at once."""
    if instance.locale.language_code != settings.LANGUAGE_CODE:
        return
    for translation in instance.get_translations().live().specific():
        translation.unpublish()


def same_slug_everywhere(sender, instance, **kwargs):
    """One path, six prefixes: translations follow the slug of the source language."""
    if instance.locale.language_code != settings.LANGUAGE_CODE or instance.depth == HOME_DEPTH:
        return
    for translation in instance.get_translations().exclude(slug=instance.slug).specific():
        translation.slug = instance.slug
        translation.save()
        revision = translation.save_revision()
        if translation.live:
            revision.publish()


def same_values_everywhere(sender, instance, **kwargs):
    """Days, places, marks: published in the source language they are so in every language."""
    # A publication that is planned for later is signalled too, while the page is not live yet.
    if instance.live and instance.locale.language_code == settings.LANGUAGE_CODE:
        synchronised.carry_over(instance)
