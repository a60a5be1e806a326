"""Tells the frame, the list and the search when a service or its words have changed."""

from django.db import transaction

from directory import vectors
from directory.finding import KIND
from directory.models import Organization, Service
from frame import kept
from frame.signals import frame_changed
from search import documents

# Sentences: less than a second of the worker's time.
MOST_AT_ONCE = 30


def numbers_changed(sender, instance, **kwargs):
    frame_changed.send(sender=sender)


def list_changed(sender, **kwargs):
    """What narrows the list is read anew at once. The frame's own files stay: they show none of it.

    A place that is hidden now must not be found by its area a second longer.
    """
    kept.forget()


def sentences_changed(sender, instance, raw=False, **kwargs):
    """A few new sentences have their vectors with the answer to who saved them.

    Many of them, or all while the worker is down, are left to the process that keeps it.
    """
    if not raw:
        transaction.on_commit(lambda: vectors.fill([instance.pk], MOST_AT_ONCE), robust=True)


def words_changed(sender, instance, **kwargs):
    """The search documents follow at once, also when a service is public no more."""
    if isinstance(instance, Organization):
        services = list(instance.services.all()) if instance.pk else []
    elif isinstance(instance, Service):
        services = [instance]
    else:
        services = list(Service.objects.filter(pk=getattr(instance, "service_id", None)))
    documents.update(KIND, {str(service.uuid) for service in services})
