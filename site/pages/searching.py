"""Pages as search finds them: what everybody may read, in the languages it is published in."""

import datetime
from collections.abc import Iterable

from django.utils import timezone
from wagtail.models import Page

from pages import fact_queries, queries
from pages.facts import Fact, FactText
from pages.models import BodyPage, HomePage
from search import documents, sources

KIND = "page"
# The mark of pages for people who hurt others: never above help for the hurt.
FOR_PEOPLE_WHO_HURT = "diagonal"


def entries(identities: set[str] | None) -> Iterable[sources.Entry]:
    """Published pages with a body, home pages left out: their words are those of the others."""
    found = queries.readable().not_type(HomePage).filter(depth__gt=2)
    if identities is not None:
        found = found.filter(translation_key__in=identities)
    pages = [
        (page, page.quoted_facts())
        for page in found.select_related("locale").specific()
        if isinstance(page, BodyPage)
    ]
    words = {
        language: _words_of_facts(language, pages)
        for language in {page.locale.language_code for page, facts in pages if facts}
    }
    for page, facts in pages:
        own = page.body.stream_block.get_searchable_content(page.body)
        known = words.get(page.locale.language_code, {})
        of_facts = [known[fact.pk] for fact in facts if fact.pk in known]
        yield sources.Entry(
            identity=str(page.translation_key),
            language=page.locale.language_code,
            title=page.title,
            text=page.lead,
            more=" ".join([*page.searched_words(), *own, *of_facts]),
            for_people_who_hurt=page.mark == FOR_PEOPLE_WHO_HURT,
            expires_on=last_day(page),
        )


def _words_of_facts(language: str, pages: list[tuple[BodyPage, list[Fact]]]) -> dict[int, str]:
    """{id: what a reader of this language sees of the fact}, two queries for all pages."""
    facts = {
        fact.pk: fact
        for page, quoted in pages
        if page.locale.language_code == language
        for fact in quoted
    }
    return {
        identity: " ".join(
            [
                quoted.sentence,
                quoted.definition,
                quoted.population,
                quoted.place,
                quoted.doubt,
                quoted.source,
                quoted.newer.sentence if quoted.newer else "",
            ]
        )
        for identity, quoted in fact_queries.read(facts.values(), language).items()
    }


def last_day(page: Page) -> datetime.date | None:
    """The day on which the page is read for the last time; None for one without an end."""
    if page.expire_at is None:
        return None
    return timezone.localdate(page.expire_at - datetime.timedelta(microseconds=1))


def page_changed(sender, instance: Page, **kwargs) -> None:
    """Published, unpublished, moved or deleted, and all pages below it with it."""
    below = Page.objects.filter(path__startswith=instance.path)
    keys = {str(key) for key in below.values_list("translation_key", flat=True)}
    documents.update(KIND, keys | {str(instance.translation_key)})


def restriction_changed(sender, instance, **kwargs) -> None:
    """A page that not everybody may read is found by nobody, nor is what is below it."""
    page_changed(sender, instance.page)


def fact_changed(sender, instance: Fact | FactText, **kwargs) -> None:
    """The pages that quote the fact, or one that names it as its newer data."""
    identity = instance.fact_id if isinstance(instance, FactText) else instance.pk
    if not identity:
        return
    facts = [Fact(pk=identity), *Fact.objects.filter(newer=identity)]
    users = [user for fact in facts for user in fact.used_on()]
    keys = {str(user.translation_key) for user in users if isinstance(user, Page)}
    documents.update(KIND, keys)
