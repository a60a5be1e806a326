"""The name by which published migrations know the field."""

from pages.fields import CodesField

__all__ = ["CodesField"]
