"""What is found: one row for each object and language, made anew whenever the object changes.

And what an engine outside of the database has still to be told of it.
"""

from django.db import models


class Document(models.Model):
    """The words of one public object in one language, as keys (search.keys).

    Holds what everybody may read and nothing else; an index over the four fields of keys and one
    over the trigrams come with the migration, by the database.
    """

    kind = models.CharField(max_length=12)
    identity = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=255)
    title_keys = models.TextField()
    text_keys = models.TextField(blank=True)
    more_keys = models.TextField(blank=True)
    # What the object answers and whom it is for, as tokens: `needplace`, `whowomen`.
    labels = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    trigrams = models.TextField(blank=True)
    rank = models.PositiveSmallIntegerField(default=9)
    for_people_who_hurt = models.BooleanField(default=False)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "identity", "language"], name="one_document_a_language"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.identity} {self.language}"


class Change(models.Model):
    """An object whose documents have changed and are still to be sent (search.elastic).

    Written in the transaction that changes the documents and deleted once they are sent. The key
    only grows, so it says which of two copies is the newer.
    """

    kind = models.CharField(max_length=12)
    identity = models.CharField(max_length=40)

    def __str__(self):
        return f"{self.kind} {self.identity}"


class Rebuild(models.Model):
    """An index that is being built: at most one a name, and no change is sent meanwhile.

    `seen_at` says when its process was last alive.
    """

    alias = models.CharField(max_length=100, unique=True)
    host = models.CharField(max_length=255)
    process = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    def __str__(self):
        return self.alias
