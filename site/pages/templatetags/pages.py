"""Tags of pages: figures and their fence."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()
BOARDS = 50


@register.filter
def plain_number(value):
    """12.00 → 12, 25.10 → 25,1, in the format of the language."""
    number = Decimal(value).normalize()
    places = max(0, -number.as_tuple().exponent)
    return number_format(number, decimal_pos=places, force_grouping=True)


@register.simple_tag
def fence(percent):
    """Fifty boards of two percent each: (x, top, painted) in a field of 300 by 24."""
    painted = round(float(percent) / 100 * BOARDS)
    return [
        {"x": 6 * board, "top": 1 + 2 * (board % 2), "painted": board < painted}
        for board in range(BOARDS)
    ]


@register.filter
def boards_height(top):
    """How tall a board is that begins at `top` and stands on the ground of the fence."""
    return 24 - top
