"""Stories: composed from several people's experience, or one person's own with consent."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from frame.languages import split
from pages.models import BodyPage
from pages.queries import children
from stories import rules
from stories.approved_text import TEXT_FIELDS, fingerprint
from stories.consent import ApprovedText, Consent
from stories.forms import StoryForm
from stories.panels import PublishingPanel

__all__ = ["ApprovedText", "Consent", "StoriesPage", "StoryPage"]

# What a reader is shown and what stands for it: kept together when a text is not approved.
SHOWN_FIELDS = (*TEXT_FIELDS, "body", "kind", "checked_by_id", "expire_at")


class StoriesPage(BodyPage):
    """The list of stories: only title and lead of each, never the line that hurts."""

    template = "stories/stories_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["stories.StoryPage"]
    translatable_fields = [*BodyPage.base_translatable_fields]

    class Meta:
        verbose_name = _("List of stories")
        verbose_name_plural = _("Lists of stories")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        language = context["reading"].language
        context["stories"] = [
            {
                "page": story,
                "language": story.locale.language_code,
                "address": f"/{language}/{split(story.url_path)[1]}",
            }
            for story in children(self, StoryPage, language)
        ]
        return context


class StoryPage(BodyPage):
    """One story. What it tells stands before it, help before it and after it (words 113)."""

    class Kind(models.TextChoices):
        COMPOSITE = "composite", _("composed from several people’s experience")
        OWN = "own", _("one person’s own story")

    kind = models.CharField(
        _("Kind"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.COMPOSITE,
        help_text=_("A person’s own story needs a consent for each language, word by word."),
    )
    content_note = models.CharField(
        _("What the story tells"),
        max_length=240,
        help_text=_(
            "So that a reader can skip it: short and specific. Example: “This story mentions "
            "threats and physical violence. There are no details.”"
        ),
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Second person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"is_active": True},
        help_text=_(
            "Have you asked of this text: would a relative, a colleague or the one who hurt her "
            "know whose it is? Then put your own name here. Never its author."
        ),
    )

    base_form_class = StoryForm
    template = "stories/story.html"
    parent_page_types = ["stories.StoriesPage"]
    subpage_types: list[str] = []
    content_panels = [
        PublishingPanel(heading=_("Before publishing")),
        *BodyPage.content_panels[:-1],
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("checked_by")], heading=_("Protection")),
        FieldPanel("content_note"),
        FieldPanel(
            "body",
            help_text=_("What helped, what the person decided, where to go. Numbers at the end."),
        ),
    ]
    search_fields = [*BodyPage.search_fields, index.SearchField("content_note")]
    translatable_fields = [
        *BodyPage.base_translatable_fields,
        TranslatableField("content_note"),
        SynchronizedField("kind", overridable=False),
        SynchronizedField("checked_by", overridable=False),
    ]

    class Meta:
        verbose_name = _("Story")
        verbose_name_plural = _("Stories")

    @property
    def is_own(self) -> bool:
        return self.kind == self.Kind.OWN

    @property
    def shows_pictures(self) -> bool:
        return any(block.block_type == "image" for block in self.body)

    def searched_words(self) -> list[str]:
        return [self.content_note]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        parts = context["parts"]
        return context | {"told": parts[:-1], "numbers_part": parts[-1:]}

    def publish(
        self,
        revision,
        user=None,
        changed=True,
        log_action=True,
        previous_revision=None,
        skip_permission_checks=False,
    ):
        """Every revision goes live through here: form, workflow, translation, schedule, command.

        What may not be published stays a draft and the history says why: nobody waits here for
        an exception, and a scheduled run goes on with the next page.
        """
        found = rules.refusals(revision.as_object())
        if found:
            rules.refuse(revision, user, found)
            return
        super().publish(
            revision,
            user=user,
            changed=changed,
            log_action=log_action,
            previous_revision=previous_revision,
            skip_permission_checks=skip_permission_checks,
        )

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Whoever writes the row itself is held to the same rules.

        A translation is saved over the live row before it is published: then the row keeps the
        words that are shown, and the new ones are for the draft. A page that was not live and may
        not be stays a draft, an alias in another language as well. The consent's end is the page's
        own end. DoesNotExist where the story was withdrawn meanwhile: it is not written anew.
        """
        if kwargs.get("update_fields"):
            return super().save(*args, **kwargs)
        if self.pk:
            type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not self.live:
            return super().save(*args, **kwargs)
        shown = type(self).objects.filter(pk=self.pk, live=True).first()
        if not self._says_the_same(shown) and (found := rules.problems(self)):
            if shown is None:
                self.live = False
                super().save(*args, **kwargs)
                return rules.note_refusal(self, found)
            return self._save_with_words_of(shown, *args, **kwargs)
        if self.is_own:
            self.expire_at = rules.ends_at(self) or (shown and shown.expire_at)
        return super().save(*args, **kwargs)

    def _says_the_same(self, shown: "StoryPage | None") -> bool:
        return (
            shown is not None
            and shown.kind == self.kind
            and shown.checked_by_id == self.checked_by_id
            and fingerprint(shown) == fingerprint(self)
        )

    def _save_with_words_of(self, shown: "StoryPage", *args, **kwargs) -> None:
        wanted = {name: getattr(self, name) for name in SHOWN_FIELDS}
        try:
            for name in SHOWN_FIELDS:
                setattr(self, name, getattr(shown, name))
            super().save(*args, **kwargs)
        finally:
            for name, value in wanted.items():
                setattr(self, name, value)
