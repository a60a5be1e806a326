"""The help box, drawn once the frame has looked the numbers up."""

from django import template

from campaigns.help_box import box
from frame.languages import current

register = template.Library()


@register.simple_tag(takes_context=True)
def help_box(context, page):
    """{lines, shown, html, text} of the box of this page; the link in it leads to the home page."""
    request = context["request"]
    address = request.build_absolute_uri(f"/{current()}/")
    return box(page, context["calls"], context["site"].name, address)
