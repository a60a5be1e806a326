"""Elasticsearch as an engine, with the database behind it: help is found whatever happens to it."""

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from elasticsearch import ApiError
from elasticsearch.dsl import Search

from search.breaker import Breaker
from search.elastic import index, rebuilding
from search.engines import Candidate, database
from search.engines import Engine as BasicEngine

logger = logging.getLogger(__name__)

# After a failure nobody waits for it again for so long.
PAUSE_SECONDS = 10
# As the database weighs them.
BY_KEYS = ["title^4", "text^2", "more", "labels^2"]
BY_TRIGRAMS = ["trigrams"]
# The question itself is at fault: it is not the engine that is ill.
REFUSED = 400


class IncompleteError(ValueError):
    """A part of the index did not answer."""


class Engine:
    """Asks the index; on any failure and for an empty answer the database is asked.

    An empty index is to hide no help, so nothing found there is never the last word.
    """

    def __init__(self, breaker: Breaker | None = None, behind: BasicEngine | None = None):
        self.breaker = breaker or Breaker(PAUSE_SECONDS)
        self._behind = behind or database.Engine()

    def by_keys(
        self, kind: str, tokens: Iterable[str], today: datetime.date, limit: int
    ) -> list[Candidate]:
        tokens = list(tokens)
        return self._ask(lambda: _find(BY_KEYS, kind, tokens, today, limit)) or (
            self._behind.by_keys(kind, tokens, today, limit)
        )

    def by_trigrams(
        self, kind: str, tokens: Iterable[str], today: datetime.date, limit: int
    ) -> list[Candidate]:
        tokens = list(tokens)
        return self._ask(lambda: _find(BY_TRIGRAMS, kind, tokens, today, limit)) or (
            self._behind.by_trigrams(kind, tokens, today, limit)
        )

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Inside the block it answers from an index apart, made of what the table holds now.

        Raises ValueError when that cannot be built.
        """
        with index.apart():
            try:
                rebuilding.rebuild()
            except Exception as error:
                raise ValueError(f"no index: {type(error).__name__}") from error
            yield

    def _ask(self, find: Callable[[], list[Candidate]]) -> list[Candidate]:
        """What the index finds; nothing when it cannot be asked. Raises nothing, writes no word.

        An error of the client holds the answer's body, which may quote the question: only the
        name of its class is of use, and of the log lines the first one alone.
        """
        if not self.breaker.may_ask():
            return []
        try:
            found = find()
        except ApiError as error:
            if error.status_code == REFUSED:
                self.breaker.worked()
                return []
            self._failed()
            return []
        except Exception:
            self._failed()
            return []
        self.breaker.worked()
        return found

    def _failed(self) -> None:
        if not self.breaker.is_open:
            logger.warning("Elasticsearch does not answer: the database does.")
        self.breaker.failed()


def _find(fields, kind, tokens, today, limit) -> list[Candidate]:
    wanted = " ".join(token for token in tokens if token.isalnum())
    if not wanted:
        return []
    search = (
        Search(using=index.client(), index=index.alias())
        .query("combined_fields", query=wanted, fields=fields, operator="or")
        .filter("term", kind=kind)
        .filter("range", expires_on={"gte": today.isoformat()})
        # The rule of search.engines.database: what is urgent first, then the nearest, then the
        # name; of each object its nearest language.
        .sort({"urgent": "desc"}, {"_score": "desc"}, {"identity": "asc"})
        .collapse("identity")
        .extra(size=limit, track_total_hits=False)
    )
    answer = search.execute().to_dict()
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise IncompleteError
    return [_candidate(hit["_source"]) for hit in answer["hits"]["hits"]]


def _candidate(source: dict) -> Candidate:
    texts = ("title", "text", "more", "labels", "audience", "trigrams")
    return Candidate(
        source["identity"],
        source["language"],
        *(frozenset(source[name].split()) for name in texts),
        source["rank"],
        source["for_people_who_hurt"],
    )
