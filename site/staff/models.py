"""People who work on the site. Nothing about visitors."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Our own from the first migration, so that it can grow (second factor, languages)."""
