"""Tags of the directory."""

from django import template

from directory.listing import card

register = template.Library()


@register.filter
def cards(quoted, codes):
    """The rows of these services, in the order in which they were read: by urgency."""
    wanted = set(codes)
    return [card(service) for service in quoted.services if service.code in wanted]
