"""How the directory grows: queries and search with 20 to 5,000 services in six languages.

The services are invented: the words of the demonstration, shuffled by a fixed seed.
"""

import random
import statistics
import time
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.environment import HOST
from benchmarks.pages import client, get
from benchmarks.table import say
from directory import finding
from directory.models import (
    Audience,
    Need,
    OpeningHours,
    Organization,
    Phone,
    Service,
    ServiceText,
    SpokenLanguage,
)
from directory.situations import AUDIENCES, SituationExample
from search import engines, scorer
from search.readings import readings

SIZES = (20, 2000, 5000)
SEED = 20261123
SEARCHES = 120
SEARCH = "/lv/pakalpojumi/mekle/"
LANDING = "/lv/pakalpojumi/"


def fill(size: int) -> None:
    """Invented services until `size` are public, each with words in every language."""
    chance = random.Random(SEED + size)  # noqa: S311 shuffles words
    missing = size - Service.objects.public().count()
    models = list(ServiceText.objects.select_related("locale").filter(service__live=True))
    locales = {text.locale.language_code: text.locale for text in models}
    words = {
        code: [
            word
            for text in models
            if text.locale.language_code == code
            for word in f"{text.summary} {text.for_whom} {text.what_happens}".split()
        ]
        for code in locales
    }
    organization = Organization.objects.first()
    services = Service.objects.bulk_create(
        [_service(chance, organization) for _ in range(missing)], batch_size=500
    )
    _children(chance, services)
    ServiceText.objects.bulk_create(
        [
            ServiceText(
                service=service,
                locale=locales[code],
                translation_key=UUID(int=chance.getrandbits(128)),
                name=_words(chance, words[code], 3)[:200],
                tab_title="—",
                summary=_words(chance, words[code], 12)[:300],
                for_whom=_words(chance, words[code], 20),
                what_happens=_words(chance, words[code], 50),
            )
            for service in services
            for code in locales
        ],
        batch_size=500,
    )
    call_command("rebuild_search", verbosity=0)


def _service(chance: random.Random, organization: Organization) -> Service:
    identity = UUID(int=chance.getrandbits(128), version=4)
    return Service(
        uuid=identity,
        code=f"{chance.getrandbits(28):x}"[:6].rjust(6, "z"),
        organization=organization,
        urgency=chance.randrange(4),
        live=True,
        free=chance.choice([True, False, None]),
        anonymous=chance.choice([True, None]),
        source="benchmark",
        source_year=2026,
    )


def _children(chance: random.Random, services: list[Service]) -> None:
    Phone.objects.bulk_create(
        [Phone(service=service, number="116006") for service in services], batch_size=500
    )
    OpeningHours.objects.bulk_create(
        [
            OpeningHours(service=service, weekday=day, opens="09:00", closes="17:00")
            for service in services
            for day in range(1, 6)
        ],
        batch_size=500,
    )
    SpokenLanguage.objects.bulk_create(
        [SpokenLanguage(service=service, code=code) for service in services for code in ("lv",)],
        batch_size=500,
    )
    Audience.objects.bulk_create(
        [Audience(service=service, code=chance.choice(AUDIENCES)[0]) for service in services],
        batch_size=500,
    )
    needs = list(Need.objects.exclude(key="change"))
    link = Service.needs.through
    link.objects.bulk_create(
        [
            link(service=service, need=need)
            for service in services
            for need in chance.sample(needs, 2)
        ],
        batch_size=500,
    )


def _words(chance: random.Random, known: list[str], count: int) -> str:
    return " ".join(chance.choices(known, k=count))


def _asked() -> list[str]:
    chance = random.Random(SEED)  # noqa: S311 draws queries
    texts = list(SituationExample.objects.order_by("pk").values_list("text", flat=True))
    return chance.sample(texts, SEARCHES)


def _search(text: str) -> bytes:
    answer = client.post(SEARCH, {"text": text}, secure=True, SERVER_NAME=HOST)
    if answer.status_code != 200:
        raise RuntimeError(f"a search answered {answer.status_code}")
    return answer.content


def _milliseconds(action: Callable[[str], object], texts: list[str]) -> list[float]:
    taken = []
    for text in texts:
        start = time.perf_counter()
        action(text)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def _raw(today, engine) -> Callable[[str], object]:
    """The query of the index alone, with the tokens of the whole search."""
    situations = finding.known()

    def ask(text: str) -> object:
        wanted = finding.wanted(text, situations, today).boosts
        tokens = {
            token for way in readings(text) for group in scorer.query_tokens(way) for token in group
        }
        everything = [*sorted(wanted.labels), *sorted(tokens)]
        start = time.perf_counter()
        engine.by_keys(finding.KIND, everything, today, 200)
        return time.perf_counter() - start

    return ask


def _queries(path: str, ask: Callable[[], object]) -> str:
    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    return str(len(asked))


def measure():
    """Two tables: queries of three pages, and times of a search, at each size."""
    queries, times = [], []
    texts = _asked()
    for size in SIZES:
        say(f"Inventing services until there are {size} ...")
        fill(size)
        code = Service.objects.public().order_by("-pk").values_list("code", flat=True)[0]
        service = f"{LANDING}{code}/"
        queries.append(
            [
                str(size),
                _queries(LANDING, lambda: get(LANDING)),
                _queries(SEARCH, lambda: _search(texts[0])),
                _queries(service, lambda path=service: get(path)),
            ]
        )
        times.append(_times(size, texts))
    return [
        (
            "Queries as the directory grows",
            ["services", "landing", "search", "service"],
            queries,
            f"Goals: 16, 16 and 12. Languages: {len(settings.LANGUAGES)}.",
        ),
        (
            "Search as the directory grows",
            ["services", "p50 ms", "p95 ms", "index p95 ms", "of the index"],
            times,
            "The whole answer against its query of the index; the goal is 3 at 2,000 services.",
        ),
    ]


def _times(size: int, texts: list[str]) -> list[str]:
    _search(texts[0])
    whole = _milliseconds(_search, texts)
    raw = _raw(timezone.localdate(), engines.engine())
    index = [raw(text) * 1000 for text in texts]
    p95 = statistics.quantiles(whole, n=20)[-1]
    index_p95 = statistics.quantiles(index, n=20)[-1]
    return [
        str(size),
        f"{statistics.median(whole):.0f}",
        f"{p95:.0f}",
        f"{index_p95:.1f}",
        f"{p95 / index_p95:.1f}",
    ]
