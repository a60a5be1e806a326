"""Tags of the frame: language switch, same address in another language."""

from django import template
from django.conf import settings
from django.utils.html import format_html

from frame import languages

register = template.Library()
# How many letters of the own name a narrow screen shows ("Latv", "Рус").
SHORT = {"lv": 4, "ru": 3, "en": 3, "uk": 3, "lt": 4, "lv-simple": 6}


@register.simple_tag
def other_languages(reading):
    """The switch: every other language with the same path, so that the page is kept."""
    path = reading.path if reading else ""
    return [
        {
            "code": code,
            "tag": languages.tag(code),
            "address": f"/{code}/{path}",
            "name": name,
            "short": name[: SHORT.get(code, 4)],
            "rest": name[SHORT.get(code, 4) :],
        }
        for code, name in settings.LANGUAGES
        if code != languages.current()
    ]


@register.filter
def language_tag(code):
    """`lv-simple` → `lv`: what `lang` may hold."""
    return languages.tag(code)


@register.filter
def in_language(code):
    """`lv` → "in Latvian": who cannot read it hears so before she tries."""
    return str(languages.IN_LANGUAGE[code])


@register.filter
def in_default_language(name):
    """A name of an institution, marked as what it is wherever it stands."""
    return format_html('<span lang="{}">{}</span>', default_language(), name)


@register.simple_tag
def default_language():
    """The tag of the language that names of institutions are in."""
    return languages.tag(settings.LANGUAGE_CODE)
