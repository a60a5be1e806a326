"""Tags of indicators: the post of a target in the fence of a figure."""

from django import template

register = template.Library()


@register.simple_tag
def goal_post(percent):
    """A post in the fence’s field of 300; it stands out above the boards."""
    place = min(298, max(0, round(float(percent) * 3) - 1))
    return f"M{place} 24V-8h2v32z"
