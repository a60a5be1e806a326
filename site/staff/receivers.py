"""What follows when staff change their own profile."""

from pathlib import PurePath


def neutral_avatar_name(sender, instance, **kwargs):
    """Forgets what somebody called the picture: Wagtail would keep it in a public file name."""
    avatar = instance.avatar
    if avatar and not avatar._committed:
        avatar.name = f"x{PurePath(avatar.name).suffix.lower()}"
