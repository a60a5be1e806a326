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
    """Fifty boards of two percent each in a field of 300 by 24, as two outlines of an SVG.

    `painted` draws the share, `bare` the rest. Made here and not in the template: a board is four
    numbers, and a template would look each of them up and put it into the format of the language.
    """
    painted = round(float(percent) / 100 * BOARDS)
    tops = [1 + 2 * (board % 2) for board in range(BOARDS)]
    outlines = [f"M{6 * board} 24V{top}h4v{24 - top}z" for board, top in enumerate(tops)]
    return {"painted": "".join(outlines[:painted]), "bare": "".join(outlines[painted:])}
