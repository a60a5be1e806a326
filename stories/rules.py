"""What must be true before a story is read by everybody."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page

from stories.approved_text import fingerprint
from stories.consent import Consent, approvals

REFUSED = "stories.refused"


@dataclass(frozen=True)
class Problem:
    """A reason not to publish: the field where it is said, a code for the log, the words."""

    field: str
    code: str
    message: str


def problems(story) -> list[Problem]:
    """Why this instance, as it stands, cannot be published; empty when it can."""
    return [*_of_the_second_person(story), *_of_the_body(story), *_of_consent(story)]


def refusals(story) -> list[Problem]:
    """The same with what the fields themselves demand, where no form has asked yet."""
    found = problems(story)
    try:
        story.full_clean()
    except ValidationError as error:
        found += [
            Problem(field, "incomplete", " ".join(messages))
            for field, messages in error.message_dict.items()
        ]
    return found


def refuse(revision, user, found: list[Problem]) -> None:
    """Nothing goes live, a plan to publish later is dropped, the history says why: codes, no text.

    Scheduled publishing would otherwise try again every minute.
    """
    page = revision.content_object
    page.revisions.filter(pk=revision.pk).update(approved_go_live_at=None)
    note_refusal(page, found, user=user, revision=revision)


def note_refusal(page, found: list[Problem], **who) -> None:
    """The history of the page says why it is not live."""
    codes = sorted({problem.code for problem in found})
    log(instance=page, action=REFUSED, data={"reasons": codes}, **who)


def ends_at(story) -> datetime.datetime | None:
    """The moment after the last day of the consent to exactly this text; None without one."""
    last = (
        approvals(story)
        .filter(text_hash=fingerprint(story))
        .aggregate(day=Max("consent__expires_on"))["day"]
    )
    if last is None:
        return None
    midnight = datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time())
    return timezone.make_aware(midnight)


def _of_the_second_person(story) -> list[Problem]:
    authors = set(
        Page.objects.filter(translation_key=story.translation_key).values_list("owner", flat=True)
    ) | {story.owner_id}
    if story.checked_by_id is None:
        text = _(
            "Choose the person who has checked this story. It is somebody else than its author."
        )
        return [Problem("checked_by", "no_second_person", text)]
    if story.checked_by_id in authors:
        text = _("The author cannot be the second person. Ask somebody else to check the story.")
        return [Problem("checked_by", "author_is_second_person", text)]
    return []


def _of_the_body(story) -> list[Problem]:
    kinds = [block.block_type for block in story.body]
    last_heading = max((at for at, kind in enumerate(kinds) if kind == "heading"), default=None)
    if last_heading is None or "call" not in kinds[last_heading:]:
        text = _("End the story with a heading and below it at least one number to call.")
        return [Problem("body", "no_numbers", text)]
    return []


def _of_consent(story) -> list[Problem]:
    if not story.is_own:
        if Consent.objects.of(story).exists():
            text = _("This is one person’s story: a consent is kept for it.")
            return [Problem("kind", "not_composite", text)]
        translations = type(story).objects.filter(translation_key=story.translation_key)
        if translations.exclude(pk=story.pk).filter(kind=story.Kind.OWN).exists():
            text = _("In another language this is one person’s own story: choose the same kind.")
            return [Problem("kind", "not_composite", text)]
        return []
    if not Consent.objects.of(story).valid().exists():
        text = _("There is no valid consent. Record it first, then publish.")
        return [Problem("kind", "no_consent", text)]
    approved = approvals(story)
    hashes = set(approved.values_list("text_hash", flat=True))
    if not hashes:
        text = _("The consent does not cover this language on this site.")
        return [Problem("kind", "other_language", text)]
    if fingerprint(story) not in hashes:
        text = _(
            "The text differs from the one that the person approved. Ask for a new consent to it; "
            "until then the approved text stays as it is."
        )
        return [Problem("kind", "other_text", text)]
    agreed = approved.filter(text_hash=fingerprint(story))
    if story.shows_pictures and not agreed.exclude(consent__picture=Consent.Picture.NONE).exists():
        text = _("The person has agreed to no picture. Take it out, or ask for a new consent.")
        return [Problem("body", "no_picture_agreed", text)]
    return []
