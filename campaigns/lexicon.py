"""Words that hide who did what, and what to write instead: the rows that the check will read.

Each language has rows of its own: nothing here is translated.
"""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel


def languages() -> list[tuple[str, str]]:
    """Those that have words of their own; easy reading has those of its language."""
    return [(code, name) for code, name in settings.LANGUAGES if code not in settings.LANGUAGE_TAGS]


class WordRuleQuerySet(models.QuerySet):
    """Wordings as those who look after them ask for them."""

    def matching(self, words: str):
        """Those with these characters in the wording or in what stands instead."""
        return self.filter(Q(pattern__icontains=words) | Q(instead__icontains=words))


class WordRule(models.Model):
    """One kind of wording in one language.

    `pattern` holds alternatives divided by semicolons; in one of them `~` stands for any ending,
    `(a/b)` for one of these, `(a)` for what may be there or not. Letter case does not count.
    """

    class Code(models.TextChoices):
        MUTUAL = "M", _("both sides made equal")
        EXCUSE = "E", _("excuse")
        BLAME = "B", _("blame of the person hurt")
        SENSATION = "S", _("sensation or romance")
        PASSIVE = "P", _("nobody does it")
        MINIMIZING = "N", _("made small")
        DISTORTING = "D", _("the person who did it distorted")
        LABEL = "L", _("label")
        CHILDREN = "C", _("children, sexual violence")
        DOUBT = "T", _("doubt of the person hurt")

    class Confidence(models.TextChoices):
        HIGH = "H", _("standard")
        MEDIUM = "M", _("to be read by a native editor")
        LOW = "L", _("doubtful")

    language = models.CharField(_("Language"), max_length=12, choices=languages)
    number = models.PositiveSmallIntegerField(
        _("Number"), help_text=_("Its place in the list of the language.")
    )
    code = models.CharField(_("Kind"), max_length=1, choices=Code)
    pattern = models.CharField(
        _("Wording"),
        max_length=255,
        validators=[RegexValidator(r"\w", _("Write the words to look for."))],
        help_text=_(
            "Alternatives divided by semicolons. ~ is any ending, (a/b) one of these, (a) may be "
            "there or not."
        ),
    )
    condition = models.CharField(
        _("Only if"),
        max_length=120,
        blank=True,
        help_text=_("When the wording is meant: “of a living person”."),
    )
    instead = models.CharField(
        _("Instead"), max_length=300, help_text=_("Alternatives divided by semicolons.")
    )
    confidence = models.CharField(_("Confidence"), max_length=1, choices=Confidence)
    source = models.CharField(
        _("Source"),
        max_length=160,
        blank=True,
        help_text=_("Who says so. Empty: our own suggestion."),
    )

    objects = WordRuleQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("language"), FieldPanel("number"), FieldPanel("code")]),
        FieldPanel("pattern"),
        FieldPanel("condition"),
        FieldPanel("instead"),
        FieldRowPanel([FieldPanel("confidence"), FieldPanel("source")]),
    ]

    class Meta:
        verbose_name = _("Wording")
        verbose_name_plural = _("Wordings")
        ordering = ["language", "number", "code"]
        constraints = [
            models.UniqueConstraint(
                name="word_rule_once",
                fields=["language", "code", "pattern"],
                violation_error_message=_("This wording is in the list of the language already."),
            ),
            models.UniqueConstraint(
                name="word_rule_number_once",
                fields=["language", "number", "code"],
                violation_error_message=_("This number is taken in the list of the language."),
            ),
        ]

    def __str__(self):
        return self.pattern
