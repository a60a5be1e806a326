"""What a higher room tells the frame."""

from django.dispatch import Signal

# Something that the frame prints on every page has changed: a number, the menu, the name.
frame_changed = Signal()
