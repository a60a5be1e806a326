"""Facts that stand against myths: an index and one page a fact.

A repeated myth is remembered and its denial forgotten, so a card has the fact as its headline and
says the myth once, in a sentence that denies it (Debunking Handbook, 2020). The index has none.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamBlockValidationError
from wagtail.fields import RichTextField
from wagtail.log_actions import log
from wagtail_localize.fields import SynchronizedField, TranslatableField

from frame.languages import IN_LANGUAGE
from pages import fact_block, queries
from pages.blocks import BodyBlock
from pages.codes import code_of
from pages.fields import BlockField
from pages.models import BodyPage
from pages.rich_text import refuse_numbers

REFUSED = "campaigns.myth_refused"
WITHOUT_FACT = _("Add a fact of the bank: no card stands without one.")


class MythBodyBlock(BodyBlock):
    """A body that quotes the bank: against a myth stands a fact, never a bare assertion."""

    def clean(self, value):
        result = super().clean(value)
        if not self.is_deferred_validation and not fact_block.facts_in(result):
            raise StreamBlockValidationError(non_block_errors=[ValidationError(WITHOUT_FACT)])
        return result


class MythsPage(BodyPage):
    """The list of facts; the myths behind them are not on it."""

    template = "campaigns/myths.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["campaigns.MythPage"]
    max_count_per_parent = 1
    translatable_fields = [*BodyPage.base_translatable_fields]

    class Meta:
        verbose_name = _("Facts and myths")

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        cards = queries.children(self, MythPage)
        cards.sort(key=lambda card: (card.position, card.slug))
        context["cards"] = [
            {"page": card, "language": code, "in_language": IN_LANGUAGE[code]}
            for card in cards
            for code in [card.locale.language_code]
        ]
        return context | around_the_middle(context["parts"])


class MythPage(BodyPage):
    """One fact as a headline, what is known of it, the myth denied once, what one can do."""

    body = BlockField(
        MythBodyBlock(),
        verbose_name=_("Body"),
        blank=True,
        help_text=_(
            "First what is known, with at least one fact of the bank. What follows the first "
            "heading stands at the end, below what one can do: whom to call."
        ),
    )
    myth = models.CharField(
        _("Myth"),
        max_length=160,
        help_text=_(
            "One sentence as people say it, without quotation marks. It stands once, in the "
            "middle of the page, and the page adds that it is wrong."
        ),
    )
    steps = RichTextField(
        _("What you can do"),
        features=["ul", "bold", "link"],
        help_text=_("Two to five small steps, each in a sentence."),
    )
    position = models.PositiveSmallIntegerField(
        _("Place in the list"), default=0, help_text=_("The smallest number comes first.")
    )

    template = "campaigns/myth.html"
    parent_page_types = ["campaigns.MythsPage"]
    subpage_types: list[str] = []
    content_panels = [
        FieldPanel(
            "title",
            heading=_("The fact"),
            help_text=_("The truth as a headline, never the myth. Without a full stop."),
        ),
        FieldPanel("tab_title"),
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("myth"),
        FieldPanel("steps"),
        FieldPanel("mark"),
        FieldPanel("position"),
    ]
    # The address is a code that tells nothing; nobody types it.
    promote_panels = [FieldPanel("search_description")]
    search_fields = [*BodyPage.search_fields]
    translatable_fields = [
        *BodyPage.base_translatable_fields,
        TranslatableField("myth"),
        TranslatableField("steps"),
        SynchronizedField("position", overridable=False),
    ]

    class Meta:
        verbose_name = _("Fact and myth")

    def clean_fields(self, *args, **kwargs):
        self.slug = code_of(self.translation_key)
        super().clean_fields(*args, **kwargs)

    def clean(self):
        super().clean()
        try:
            refuse_numbers(self.steps)
        except ValidationError as error:
            raise ValidationError({"steps": error}) from error

    def save(self, *args, **kwargs):
        # A draft is saved without being cleaned.
        self.slug = code_of(self.translation_key)
        return super().save(*args, **kwargs)

    def publish(self, revision, user=None, *args, **kwargs):
        """Every revision goes live through here, most of them without a form that asks.

        A card without a fact stays as it was and the history says why: a schedule goes on.
        """
        if fact_block.facts_in(revision.as_object().body):
            super().publish(revision, user, *args, **kwargs)
            return
        # Not planned any longer: scheduled publishing would try again every minute.
        self.revisions.filter(pk=revision.pk).update(approved_go_live_at=None)
        log(
            instance=self, action=REFUSED, user=user, revision=revision,
            data={"reasons": ["no_fact"]},
        )  # fmt: skip

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | around_the_middle(context["parts"])

    def searched_words(self) -> list[str]:
        """Also the myth: who repeats it finds what is true. Services are listed before pages."""
        return [self.myth, strip_tags(self.steps.replace("<", " <"))]


def around_the_middle(parts: list[dict]) -> dict:
    """What stands before the first heading of a body, and what begins with it."""
    number = 0 if parts and parts[0]["heading"] else 1
    return {"above": parts[:number], "below": parts[number:]}
