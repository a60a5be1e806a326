"""The index of Elasticsearch: its name, its fields, what is written into it and counted.

Only what every distribution of the server has: built-in analyzers, plain fields. The words are
keys already (search.keys), so the analyzer parts them at blanks and does nothing else.
"""

import datetime
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Mapping
from elasticsearch.helpers import streaming_bulk

from search.engines.database import URGENT
from search.models import Document

# Raised with every change of the fields: the old code goes on reading the old index.
VERSION = 1
# A rebuild and the sending of changes have nobody who waits.
PATIENCE = 30
ALL_AT_ONCE = 500
NEVER = datetime.date(9999, 12, 31)
TEXTS = {
    "title": "title_keys",
    "text": "text_keys",
    "more": "more_keys",
    "labels": "labels",
    "trigrams": "trigrams",
}
# Read to find and sort; what `Candidate` has no field for is not kept a second time.
ONLY_TO_FIND = ["kind", "urgent", "expires_on"]
SETTINGS = {
    "number_of_shards": 1,
    # A deletion remembers its version so long: an older copy sent before then does not bring a
    # withdrawn service back.
    "gc_deletes": "1h",
    # No query is ever written down, however slow.
    "search": {
        "slowlog": {
            "threshold": {
                phase: dict.fromkeys(("warn", "info", "debug", "trace"), "-1")
                for phase in ("query", "fetch")
            }
        }
    },
    # Without searches for a while the first one would wait for a refresh.
    "refresh_interval": "1s",
}
GONE, OLDER = 404, 409


_prefix: ContextVar[str] = ContextVar("prefix", default="")


class WriteError(Exception):
    """A document that the index did not take; says with which status, never which words."""


class MissingError(WriteError):
    """There is no index."""


def client() -> Elasticsearch:
    """One for each process: a connection must not be shared by processes that part later."""
    return _client(
        os.getpid(),
        settings.ELASTICSEARCH_URL,
        settings.ELASTICSEARCH_API_KEY,
        settings.ELASTICSEARCH_TIMEOUT,
    )


@lru_cache(maxsize=4)
def _client(_process: int, address: str, key: str, seconds: float) -> Elasticsearch:
    return Elasticsearch(
        address,
        api_key=key or None,
        request_timeout=seconds,
        max_retries=0,
        retry_on_timeout=False,
        meta_header=False,
    )


def close_client() -> None:
    """Closes this process's connections; the next call opens new ones."""
    if _client.cache_info().currsize:
        client().close()
    _client.cache_clear()


def patient() -> Elasticsearch:
    """The same client for work that nobody waits for."""
    return client().options(request_timeout=PATIENCE)


@contextmanager
def apart() -> Iterator[None]:
    """Inside the block all names are of indices for a trial, deleted at its end."""
    token = _prefix.set(f"{settings.ELASTICSEARCH_INDEX}-v0-trial{os.getpid()}")
    try:
        yield
    finally:
        delete_others("")
        _prefix.reset(token)


def prefix() -> str:
    """What the names begin with."""
    return _prefix.get() or settings.ELASTICSEARCH_INDEX


def alias() -> str:
    """The name that searches and changes go to."""
    return f"{prefix()}-v{VERSION}"


def mapping() -> dict:
    """The fields: what is not named here is refused."""
    fields = Mapping()
    for name in TEXTS:
        fields.field(name, "text", analyzer="whitespace", index_options="freqs")
    for name in ("kind", "identity"):
        fields.field(name, "keyword")
    for name in ("language", "audience"):
        fields.field(name, "keyword", index=False, doc_values=False)
    fields.field("rank", "integer", index=False, doc_values=False)
    fields.field("urgent", "integer", index=False)
    fields.field("for_people_who_hurt", "boolean", index=False, doc_values=False)
    fields.field("expires_on", "date", format="strict_date")
    fields.meta("dynamic", "strict")
    fields.meta("_source", excludes=ONLY_TO_FIND)
    return fields.to_dict()


def create() -> str:
    """Makes an empty index and gives its name; nothing reads it yet."""
    now = datetime.datetime.now(datetime.UTC)
    name = f"{alias()}-{now:%Y%m%d%H%M%S%f}"
    wanted = SETTINGS | {"number_of_replicas": 0, "refresh_interval": "-1"}
    patient().indices.create(index=name, mappings=mapping(), settings={"index": wanted})
    return name


def put_in_service(name: str) -> None:
    """Searches and changes go to this index from now on, in one step."""
    indices = patient().indices
    indices.put_settings(
        index=name,
        settings={
            "refresh_interval": SETTINGS["refresh_interval"],
            "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
        },
    )
    indices.refresh(index=name)
    indices.update_aliases(
        actions=[
            {"remove": {"index": f"{alias()}-*", "alias": alias(), "must_exist": False}},
            {"add": {"index": name, "alias": alias()}},
        ]
    )


def delete_others(name: str) -> None:
    """Deletes what earlier rebuilds and versions have left beside this index."""
    ours = re.compile(rf"{re.escape(prefix())}-v\d+-\d+")
    found = patient().indices.get(index=f"{prefix()}-v*", features="aliases")
    for other in found:
        if ours.fullmatch(other) and other != name:
            patient().indices.delete(index=other, ignore_unavailable=True)


def count() -> int | None:
    """How many documents are in service, None without an index."""
    if not patient().indices.exists_alias(name=alias()):
        return None
    patient().indices.refresh(index=alias())
    return patient().count(index=alias())["count"]


def fields(row: Document) -> dict:
    """A row of the table as the index keeps it."""
    return {
        "kind": row.kind,
        "identity": row.identity,
        "language": row.language,
        **{name: getattr(row, column) for name, column in TEXTS.items()},
        "audience": row.audience,
        "rank": row.rank,
        "urgent": int(row.rank <= URGENT),
        "for_people_who_hurt": row.for_people_who_hurt,
        "expires_on": (row.expires_on or NEVER).isoformat(),
    }


def written(row: Document, version: int) -> dict:
    """The action that puts a row into the index."""
    return {**_place(row.kind, row.identity, row.language, version), "_source": fields(row)}


def deleted(kind: str, identity: str, language: str, version: int) -> dict:
    """The action that takes an object out of the index in one language."""
    return {**_place(kind, identity, language, version), "_op_type": "delete"}


def _place(kind: str, identity: str, language: str, version: int) -> dict:
    return {
        "_id": f"{kind}:{identity}:{language}",
        "version": version,
        "version_type": "external_gte",
    }


def write(actions: Iterable[dict], name: str = "") -> Iterator[int]:
    """Sends actions to an index, or to the one in service; gives the count after each.

    A copy that is older than what is there is left out, as is the deletion of what is not there.
    Raises WriteError or what the client raises.
    """
    target = {"index": name} if name else {"index": alias(), "require_alias": True}
    answers = streaming_bulk(
        patient(), actions, chunk_size=ALL_AT_ONCE, raise_on_error=False, **target
    )
    for done, (is_fine, answer) in enumerate(answers, 1):
        if not is_fine:
            _judge(answer)
        yield done


def _judge(answer: dict) -> None:
    """Raises for an action that failed; one that came too late or had nothing to delete has not."""
    ((_operation, told),) = answer.items()
    status = told.get("status")
    if status == OLDER or told.get("result") == "not_found":
        return
    if status == GONE:
        raise MissingError("There is no index.")
    raise WriteError(f"The index refused a document with status {status}.")
