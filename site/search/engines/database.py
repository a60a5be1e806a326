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
SQLITE = """SELECT {columns} FROM search_document AS d
    JOIN (SELECT rowid, bm25(search_document_words, 4, 2, 1, 2, 1) AS distance
          FROM search_document_words WHERE search_document_words MATCH %s) AS w ON w.rowid = d.id
    WHERE d.kind = %s AND (d.expires_on IS NULL OR d.expires_on >= %s)
    ORDER BY w.distance, d.identity, d.language LIMIT %s"""
POSTGRESQL = """SELECT {columns} FROM search_document AS d, to_tsquery('simple', %s) AS q
    WHERE to_tsvector('simple', {document}) @@ q
      AND d.kind = %s AND (d.expires_on IS NULL OR d.expires_on >= %s)
    ORDER BY ts_rank(to_tsvector('simple', {document}), q) DESC, d.identity, d.language LIMIT %s"""


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
            statement = POSTGRESQL.format(columns=COLUMNS, document=document)
            wanted = " | ".join(tokens)
        else:
            quoted = [f'"{token}"' for token in tokens]
            statement = SQLITE.format(columns=COLUMNS)
            wanted = f"{{{fields}}} : ({' OR '.join(quoted)})"
        with connection.cursor() as cursor:
            cursor.execute(statement, [wanted, kind, today, limit])
            return [_candidate(row) for row in cursor.fetchall()]


def _candidate(row) -> Candidate:
    identity, language, *texts, rank, for_people_who_hurt = row
    return Candidate(
        identity,
        language,
        *(frozenset(text.split()) for text in texts),
        rank,
        bool(for_people_who_hurt),
    )
