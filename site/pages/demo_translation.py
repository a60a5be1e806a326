"""Gives demo records their other languages by the machinery that translators use."""

from collections import defaultdict
from functools import cached_property

from wagtail.models import DraftStateMixin, Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue, validate_translation_links


class Original:
    """A saved record in the source language: its strings are read once for all translations."""

    def __init__(self, instance):
        self.instance = instance

    @cached_property
    def _source(self) -> TranslationSource:
        return TranslationSource.update_or_create_from_instance(self.instance)[0]

    @cached_property
    def _segments(self) -> list[StringSegment]:
        found = StringSegment.objects.filter(source=self._source)
        return list(found.select_related("string", "context"))

    @cached_property
    def _strings(self) -> dict[str, list[str]]:
        return _strings(self.instance)

    def translate(self, content, file: str, target, locale: Locale) -> None:
        """Saves the translation with the strings of `target`, an unsaved instance.

        Raises the content's error when `file` has more or fewer words than the original, or words
        that are no HTML.
        """
        self._remember(content, file, self._pairs(content, file, target), locale)
        translation, _created = Translation.objects.get_or_create(
            source=self._source, target_locale=locale
        )
        drafted = isinstance(self.instance, DraftStateMixin)
        translation.save_target(publish=not drafted)
        if drafted:
            # The machinery itself would publish after the commit, where a mistake undoes nothing.
            self.instance.get_translation(locale).latest_revision.publish()

    def _pairs(self, content, file: str, target) -> dict[tuple[str, str], str]:
        """{(path, words of the original): words of the translation}."""
        given, pairs = _strings(target), {}
        for path, strings in self._strings.items():
            words = given.get(path, [])
            if len(words) != len(strings):
                raise content.mistake(
                    file,
                    path,
                    f"has {len(words)} paragraphs or entries, the source has {len(strings)}: "
                    f"“{(words or strings)[0][:60]}”",
                )
            pairs |= {(path, old): new for old, new in zip(strings, words, strict=True)}
        surplus = set(given) - set(self._strings)
        if surplus:
            raise content.mistake(file, min(surplus), "has words where the source has none")
        return pairs

    def _remember(self, content, file: str, pairs: dict, locale: Locale) -> None:
        """Puts the pairs into the translators' memory, all at once.

        `Translation.import_po` does the same with six queries for each of some eight thousand
        strings.
        """
        rows = {}
        for segment in self._segments:
            path, words = segment.context.path, pairs[segment.context.path, segment.string.data]
            try:
                StringValue.from_translated_html(words)
                validate_translation_links(segment.string.data, words)
            except ValueError as error:
                raise content.mistake(file, path, str(error)) from error
            rows[segment.string_id, segment.context_id] = StringTranslation(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                data=words,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
        StringTranslation.objects.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["locale", "translation_of", "context"],
            update_fields=["data", "has_error", "field_error"],
        )


def _strings(instance) -> dict[str, list[str]]:
    """{path of a field or block: its strings in order}."""
    found = defaultdict(list)
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            found[segment.path].append(segment.string.data)
    return found
