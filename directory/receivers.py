"""Tells the frame when a number or its words have changed."""

from frame.signals import frame_changed


def numbers_changed(sender, instance, **kwargs):
    frame_changed.send(sender=sender)
