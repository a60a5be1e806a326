"""Words that found nothing: counted without being known, read by editors once many have typed them.

The one exception to the rule that nothing about a visitor is written (decision 37; the privacy page
says it too). Before the fifth sight it is a keyed hash, two counts and a day.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, connection, models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from directory import moments
from directory.scrubbing import LONGEST, scrubbed

LEAST_SIGHTS, LEAST_DAYS = 5, 3
KEPT = datetime.timedelta(days=30)
# A hostile sender fills this and no more.
MOST_ROWS = 5000
ROWS_AT_ONCE = 50
MOST_COUNTED = 9999
# A visitor waits no longer than this for a count.
PATIENCE_MILLISECONDS = 100


class UnansweredQuery(models.Model):
    """One wording that found nothing. The key is a keyed hash, so the rows stand in no order."""

    fingerprint = models.CharField(max_length=64, primary_key=True, editable=False)
    text = models.CharField(_("Words"), max_length=LONGEST, blank=True, editable=False)
    sights = models.PositiveSmallIntegerField(_("Times"), default=1, editable=False)
    days = models.PositiveSmallIntegerField(_("Days"), default=1, editable=False)
    last_seen_on = models.DateField(_("Last seen on"), editable=False)
    dismissed = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("Unanswered words")
        verbose_name_plural = _("Unanswered words")
        default_permissions = ()

    def __str__(self):
        return self.text


def fingerprint(words: str) -> str:
    """Tells equal words from others; without the secret key of the site it tells nothing."""
    return salted_hmac("directory.unanswered", words, algorithm="sha256").hexdigest()


def note(text: str, today: datetime.date | None = None) -> None:
    """Counts a text that found nothing. Never fails, and waits a moment at most."""
    words = scrubbed(text)
    if words:
        with _in_passing():
            _count(words, today or moments.now().date())


def _count(words: str, today: datetime.date) -> None:
    name = fingerprint(words)
    row = UnansweredQuery.objects.filter(pk=name).first()
    if row is not None and row.last_seen_on < today - KEPT:
        row.delete()
        row = None
    if row is None:
        _make_room()
        UnansweredQuery(pk=name, last_seen_on=today).save(force_insert=True)
        return
    row.sights = min(row.sights + 1, MOST_COUNTED)
    row.days += row.last_seen_on < today
    row.last_seen_on = max(row.last_seen_on, today)
    if row.sights >= LEAST_SIGHTS and row.days >= LEAST_DAYS and not row.dismissed:
        row.text = words
    row.save(force_update=True)


def _make_room() -> None:
    """What was seen on the fewest days is forgotten first, the oldest of it before the rest."""
    if UnansweredQuery.objects.count() < MOST_ROWS:
        return
    oldest = UnansweredQuery.objects.order_by("days", "last_seen_on", "sights", "pk")
    forgotten = list(oldest.values_list("pk", flat=True)[:ROWS_AT_ONCE])
    UnansweredQuery.objects.filter(pk__in=forgotten).delete()


def to_read(today: datetime.date | None = None):
    """What editors read: the words that came most often first."""
    today = today or moments.now().date()
    rows = UnansweredQuery.objects.filter(last_seen_on__gte=today - KEPT, dismissed=False)
    return rows.exclude(text="").order_by("-sights", "text")


def dismiss(row: UnansweredQuery) -> None:
    """Takes the words away; the count stays until its time is over, so that they do not return."""
    UnansweredQuery.objects.filter(pk=row.pk).update(dismissed=True, text="")


def forget_old(today: datetime.date | None = None) -> int:
    """Deletes what was not seen for thirty days. Raises what the database raises."""
    today = today or moments.now().date()
    count, _models = UnansweredQuery.objects.filter(last_seen_on__lt=today - KEPT).delete()
    return count


_forgotten_on: datetime.date | None = None


def forget_once_a_day() -> None:
    """The first search of a day in a process deletes what is old. Never fails."""
    global _forgotten_on  # noqa: PLW0603 one per process, like a cache
    today = moments.now().date()
    if _forgotten_on == today:
        return
    _forgotten_on = today
    with _in_passing():
        forget_old(today)


@contextmanager
def _in_passing() -> Iterator[None]:
    """A transaction that gives up at once where the database is busy, and says nothing of it."""
    try:
        with _impatient(), transaction.atomic():
            if connection.vendor == "postgresql":
                _run(f"SET LOCAL lock_timeout = {PATIENCE_MILLISECONDS}")
            yield
    except (DatabaseError, InterfaceError):
        return


@contextmanager
def _impatient() -> Iterator[None]:
    """SQLite waits for a lock as long as the connection says, ten seconds otherwise."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = _run("PRAGMA busy_timeout")
    _run(f"PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}")
    try:
        yield
    finally:
        _run(f"PRAGMA busy_timeout = {usual}")


def _run(statement: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None
