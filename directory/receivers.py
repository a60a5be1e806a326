"""Tells the frame, the list and the search when a service or its words have changed."""

from directory.finding import KIND
from directory.models import Organization, Service
from frame import kept
from frame.signals import frame_changed
from search import documents


def numbers_changed(sender, instance, **kwargs):
    frame_changed.send(sender=sender)


def list_changed(sender, **kwargs):
    """What narrows the list is read anew at once. The frame's own files stay: they show none of it.

    A place that is hidden now must not be found by its area a second longer.
    """
    kept.forget()


def words_changed(sender, instance, **kwargs):
    """The search documents follow at once, also when a service is public no more."""
    if isinstance(instance, Organization):
        services = list(instance.services.all()) if instance.pk else []
    elif isinstance(instance, Service):
        services = [instance]
    else:
        services = list(Service.objects.filter(pk=getattr(instance, "service_id", None)))
    documents.update(KIND, {str(service.uuid) for service in services})
