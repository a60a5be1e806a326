"""Tags of pages: the fence of a figure."""

from django import template

register = template.Library()
BOARDS = 50


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
