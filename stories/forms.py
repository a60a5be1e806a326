"""Forms of the admin: a story that is to be published, a consent that is recorded."""

from django import forms
from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from stories import rules
from stories.approved_text import fingerprint
from stories.consent import LEVEL_OF_CHANNEL


class StoryForm(WagtailAdminPageForm):
    """Says at the field why a story cannot be published; everything typed stays in the form.

    The second person answers with their own name: nobody names somebody else.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("checked_by")
        if field:
            kept = {self.instance.checked_by_id, self.for_user.pk if self.for_user else None}
            field.queryset = field.queryset.filter(pk__in=kept - {None})
            field.error_messages["invalid_choice"] = _(
                "Whoever has checked the story puts their own name here."
            )

    def clean(self):
        cleaned = super().clean()
        if self._publishes and not self.errors:
            # The instance holds the typed values only after the model's own cleaning.
            self._must_obey = True
        return cleaned

    @property
    def _publishes(self) -> bool:
        return bool(
            self.data.get("action-publish") or self.data.get("workflow-action-name") == "approve"
        )

    def _post_clean(self):
        super()._post_clean()
        if getattr(self, "_must_obey", False) and not self.errors:
            for problem in rules.problems(self.instance):
                self.add_error(problem.field, problem.message)


def stories():
    """Own stories in the source language; the others are its translations."""
    story = apps.get_model("stories", "StoryPage")
    return story.objects.filter(
        kind=story.Kind.OWN, locale__language_code=settings.LANGUAGE_CODE
    ).order_by("title")


class ConsentForm(WagtailAdminModelForm):
    """Takes the fingerprints from the drafts as they are now: the words that the person holds."""

    story = forms.ModelChoiceField(queryset=None, label=_("Story"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["story"].queryset = stories()
        self.fields["expires_on"].required = False

    def clean(self):
        cleaned = super().clean()
        story = cleaned.get("story")
        rows = self.formsets["texts"] if self.is_bound else []
        wanted = [form for form in rows if not form.empty_permitted or form.has_changed()]
        if story:
            self.instance.story_key = story.translation_key
            for form in wanted:
                self._read(form, story, cleaned.get("level") or 0)
        if self.is_bound and not wanted:
            self.add_error(None, _("Add at least one language and where the story may stand."))
        return cleaned

    def is_valid(self):
        # The rows are cleaned after the form itself: an error put there earlier would be lost.
        return super().is_valid() and all(not form.errors for form in self.formsets["texts"])

    def _read(self, form, story, level: int) -> None:
        if not form.is_valid():
            return
        language, channel = form.cleaned_data["language"], form.cleaned_data["channel"]
        translation = (
            story.get_translations(inclusive=True).filter(locale__language_code=language).first()
        )
        if translation is None:
            form.add_error("language", _("The story is not written in this language yet."))
            return
        if level < LEVEL_OF_CHANNEL[channel]:
            form.add_error("channel", _("The level of this consent does not open this channel."))
        form.instance.text_hash = fingerprint(translation.get_latest_revision_as_object())

    def save(self, commit=True):
        if self.instance.pk is None:
            self.instance.recorded_by = self.for_user
        return super().save(commit)
