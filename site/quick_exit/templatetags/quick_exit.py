"""The exit script, whose hash stands in the Content-Security-Policy, and reading in place."""

from django import template
from django.utils.safestring import mark_safe
from wagtail.models import Page

from quick_exit.script import source

register = template.Library()


@register.simple_tag
def exit_script():
    return mark_safe(f"<script>{source()}</script>")  # noqa: S308  our own file


@register.simple_tag(takes_context=True)
def reads_in_place(context) -> bool:
    """Whether links of this page open inside it. What is not a page always does."""
    page = context.get("page")
    if not isinstance(page, Page):
        return True
    return page._meta.label_lower not in context["quick_exit"]["own_address_types"]
