"""What the form of a situation asks of its sentences and its pins."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from directory.situations import SituationExample
from search import keys

MOST_PASTED = 200
MOST_PINS = 3
LANGUAGE, TEXT = (SituationExample._meta.get_field(name) for name in ("language", "text"))


def alike(text: str) -> str:
    """What two sentences share that differ in marks, case, blanks and points alone."""
    return " ".join(keys.fold(word) for word in keys.words(text))


@dataclass(frozen=True)
class Sentence:
    language: str
    text: str


class SituationForm(WagtailAdminModelForm):
    """Sentences that are new or changed are looked at; what stands there already may stay.

    Pasted lines become sentences when everything is right; until then they stay in their field.
    """

    pasted_language = forms.ChoiceField(
        label=gettext_lazy("Language of all these sentences"),
        choices=[("", "---------"), *LANGUAGE.choices],
        required=False,
    )
    pasted = forms.CharField(
        label=gettext_lazy("One sentence a line"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("They are added when you save. Empty lines are left out."),
    )

    def clean(self):
        cleaned = super().clean()
        kept, changed = self._rows()
        lines = self._lines()
        elsewhere = self._elsewhere() if changed or lines else {}
        here = {(one.language, alike(one.text)) for one in kept}
        self.new_sentences = []
        for row in changed:
            sentence = Sentence(row.cleaned_data["language"], row.cleaned_data["text"])
            if mistake := _mistake(sentence, here, elsewhere):
                row.add_error("text", mistake)
            self.new_sentences.append(sentence)
        self._check_lines(lines, here, elsewhere)
        self._check_pins()
        return cleaned

    def save(self, commit=True):
        """The rows of the form set take out what has no number yet: pasted ones come after them."""
        situation = super().save(commit=False)
        pasted = self.cleaned_data.get("pasted_sentences", [])
        last = max((row.sort_order or 0 for row in situation.examples.all()), default=-1)
        situation.examples.add(
            *(
                SituationExample(language=one.language, text=one.text, sort_order=last + place)
                for place, one in enumerate(pasted, start=1)
            )
        )
        if commit:
            situation.save()
            self._save_m2m()
        return situation

    def _forms(self, relation: str) -> Iterator:
        """Rows that stay and are right in themselves."""
        formset = self.formsets.get(relation)
        if formset is None:
            return
        formset.is_valid()
        for form in formset.forms:
            if form.cleaned_data and not form.errors and not form.cleaned_data.get("DELETE"):
                yield form

    def _rows(self) -> tuple[list[Sentence], list]:
        """The sentences that nobody touched, and the rows of the others."""
        kept, changed = [], []
        for form in self._forms("examples"):
            if {"language", "text"} & set(form.changed_data):
                changed.append(form)
            else:
                kept.append(Sentence(form.cleaned_data["language"], form.cleaned_data["text"]))
        return kept, changed

    def _lines(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data.get("pasted", "").splitlines())
        return [line for line in lines if line]

    def _elsewhere(self) -> dict[str, str]:
        """{what a sentence of another situation is like: that situation}. One query."""
        others = SituationExample.objects.exclude(situation=self.instance.pk)
        return {alike(text): key for text, key in others.values_list("text", "situation__key")}

    def _check_lines(self, lines: list[str], here: set, elsewhere: dict) -> None:
        language = self.cleaned_data.get("pasted_language", "")
        if lines and not language and "pasted_language" not in self.errors:
            self.add_error("pasted_language", _("Choose the language of these sentences."))
        if len(lines) > MOST_PASTED:
            self.add_error(
                "pasted",
                _("At most %(most)s sentences at once; these are %(count)s.")
                % {"most": MOST_PASTED, "count": len(lines)},
            )
            return
        pasted = [Sentence(language, line) for line in lines]
        for number, one in enumerate(pasted, start=1):
            if mistake := _too_long(one) or _mistake(one, here, elsewhere):
                said = {"number": number, "mistake": mistake}
                self.add_error("pasted", _("Sentence %(number)s: %(mistake)s") % said)
        self.cleaned_data["pasted_sentences"] = pasted
        self.new_sentences += pasted

    def _check_pins(self) -> None:
        today = timezone.localdate()
        for form in self._forms("pins"):
            expires_on = form.cleaned_data["expires_on"]
            if "expires_on" in form.changed_data and expires_on <= today:
                form.add_error("expires_on", _("Choose a day that is still to come."))


def _too_long(sentence: Sentence) -> str:
    if len(sentence.text) <= TEXT.max_length:
        return ""
    said = {"sentence": f"{sentence.text[:40]}…", "most": TEXT.max_length}
    return _("“%(sentence)s” is longer than %(most)s letters.") % said


def _mistake(sentence: Sentence, here: set[tuple[str, str]], elsewhere: dict[str, str]) -> str:
    """What is wrong with a sentence, in words; `here` learns of it.

    The same words in two languages are two sentences of a situation, but never of two situations.
    """
    said = {"sentence": sentence.text}
    if not any(letter.isalpha() for letter in sentence.text):
        return _("“%(sentence)s” has no letters: write it as people type it.") % said
    key = alike(sentence.text)
    if key in elsewhere:
        said["situation"] = elsewhere[key]
        return _("“%(sentence)s” stands in the situation “%(situation)s” already.") % said
    if (sentence.language, key) in here:
        return _("“%(sentence)s” stands here already.") % said
    here.add((sentence.language, key))
    return ""
