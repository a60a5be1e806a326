"""Tells the frame when what it prints on every page has changed."""

from frame.signals import frame_changed


def home_changed(sender, instance, **kwargs):
    frame_changed.send(sender=sender)


def settings_changed(sender, instance, **kwargs):
    frame_changed.send(sender=sender)
