"""Prints the exit script, whose hash stands in the Content-Security-Policy."""

from django import template
from django.utils.safestring import mark_safe

from quick_exit.script import source

register = template.Library()


@register.simple_tag
def exit_script():
    return mark_safe(f"<script>{source()}</script>")  # noqa: S308  our own file
