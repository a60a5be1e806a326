"""The site's own database as an engine: FTS5 on SQLite, tsvector on PostgreSQL."""

import datetime
from collections.abc import Iterable

from django.db import connection

from search.engines import Candidate

COLUMNS = (
    "d.identity, d.language, d.title_keys, d.text_keys, d.more_keys, d.labels, d.audience, "
    "d.trigrams, d.rank, d.for_people_who_hurt"
)
KEYS = "title_keys || ' ' || text_keys || ' ' || more_keys || ' ' || labels"
# One row for each object, its nearest: otherwise six languages of a few would crowd out the rest.
# What is urgent comes first: a crisis line must reach the scorer however many others match.
# SQLite takes the other columns from the row that holds the minimum.
SQLITE = """WITH w AS MATERIALIZED (
        SELECT rowid, bm25(search_document_words, 4, 2, 1, 2, 1) AS distance
        FROM search_document_words WHERE search_document_words MATCH %s)
    SELECT {columns}, MIN(w.distance) AS nearest
    FROM w JOIN search_document AS d ON d.id = w.rowid
    WHERE d.kind = %s AND (d.expires_on IS NULL OR d.expires_on >= %s)
    GROUP BY d.identity
    ORDER BY d.rank > {urgent}, nearest, d.identity LIMIT %s"""
POSTGRESQL = """SELECT * FROM (
    SELECT DISTINCT ON (d.identity) {columns},
        ts_rank(to_tsvector('simple', {document}), q) AS nearness
    FROM search_document AS d, to_tsquery('simple', %s) AS q
    WHERE to_tsvector('simple', {document}) @@ q
      AND d.kind = %s AND (d.expires_on IS NULL OR d.expires_on >= %s)
    ORDER BY d.identity, nearness DESC, d.language) AS d
    ORDER BY d.rank > {urgent}, d.nearness DESC, d.identity LIMIT %s"""
URGENT = 1


def forget_deleted_words() -> None:
    """FTS5 keeps the words of deleted rows until it merges its pages: this merges them now.

    PostgreSQL's vacuum does the same by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_document_words(search_document_words) VALUES ('optimize')"
            )


class Engine:
    """One query for a search; tokens are letters and digits, so nothing in them is an operator."""

    def by_keys(
        self, kind: str, tokens: Iterable[str], today: datetime.date, limit: int
    ) -> list[Candidate]:
        return self._find("title_keys text_keys more_keys labels", KEYS, kind, tokens, today, limit)

    def by_trigrams(
        self, kind: str, tokens: Iterable[str], today: datetime.date, limit: int
    ) -> list[Candidate]:
        return self._find("trigrams", "trigrams", kind, tokens, today, limit)

    def _find(self, fields, document, kind, tokens, today, limit) -> list[Candidate]:
        tokens = [token for token in tokens if token.isalnum()]
        if not tokens:
            return []
        if connection.vendor == "postgresql":
            statement = POSTGRESQL.format(columns=COLUMNS, document=document, urgent=URGENT)
            wanted = " | ".join(tokens)
        else:
            quoted = [f'"{token}"' for token in tokens]
            statement = SQLITE.format(columns=COLUMNS, urgent=URGENT)
            wanted = f"{{{fields}}} : ({' OR '.join(quoted)})"
        with connection.cursor() as cursor:
            cursor.execute(statement, [wanted, kind, today, limit])
            return [_candidate(row) for row in cursor.fetchall()]


def _candidate(row) -> Candidate:
    identity, language, *texts, rank, for_people_who_hurt, _nearness = row
    return Candidate(
        identity,
        language,
        *(frozenset(text.split()) for text in texts),
        rank,
        bool(for_people_who_hurt),
    )
