"""The documents, and what finds them: an FTS5 table on SQLite, GIN indexes on PostgreSQL.

The FTS5 table keeps no text of its own (external content); triggers hold it in step. A later
migration that lets Django remake the table on SQLite has to create the triggers again.
"""

from django.db import migrations, models

FIELDS = "title_keys, text_keys, more_keys, labels, trigrams"
NEW = ", ".join(f"new.{name}" for name in FIELDS.split(", "))
OLD = ", ".join(f"old.{name}" for name in FIELDS.split(", "))
DELETE = f"INSERT INTO search_document_words(search_document_words, rowid, {FIELDS}) VALUES ('delete', old.id, {OLD});"
INSERT = f"INSERT INTO search_document_words(rowid, {FIELDS}) VALUES (new.id, {NEW});"
SQLITE = [
    f"CREATE VIRTUAL TABLE search_document_words USING fts5({FIELDS}, content='search_document', "
    "content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN {INSERT} END",
    f"CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document BEGIN {DELETE} END",
    f"CREATE TRIGGER search_document_changed AFTER UPDATE ON search_document BEGIN {DELETE} {INSERT} END",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS search_document_changed",
    "DROP TRIGGER IF EXISTS search_document_deleted",
    "DROP TRIGGER IF EXISTS search_document_added",
    "DROP TABLE IF EXISTS search_document_words",
]
KEYS = "title_keys || ' ' || text_keys || ' ' || more_keys || ' ' || labels"
POSTGRESQL = [
    f"CREATE INDEX search_document_keys ON search_document USING gin (to_tsvector('simple', {KEYS}))",
    "CREATE INDEX search_document_trigrams ON search_document USING gin (to_tsvector('simple', trigrams))",
]
POSTGRESQL_BACK = [
    "DROP INDEX IF EXISTS search_document_trigrams",
    "DROP INDEX IF EXISTS search_document_keys",
]


def create(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    back = {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}
    for statement in back[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("identity", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=255)),
                ("title_keys", models.TextField()),
                ("text_keys", models.TextField(blank=True)),
                ("more_keys", models.TextField(blank=True)),
                ("labels", models.TextField(blank=True)),
                ("audience", models.TextField(blank=True)),
                ("trigrams", models.TextField(blank=True)),
                ("rank", models.PositiveSmallIntegerField(default=9)),
                ("for_people_who_hurt", models.BooleanField(default=False)),
                ("expires_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "identity", "language"), name="one_document_a_language")
                ],
            },
        ),
        migrations.RunPython(create, drop),
    ]
