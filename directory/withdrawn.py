"""What helps instead of a service that is gone: an old link or a paper keeps leading to help."""

import datetime

from django.db.models import Count, Q

from directory import listing
from directory.models import Service

MOST = 5


def instead_of(gone: Service, moment: datetime.datetime) -> list[dict]:
    """Cards: the service that replaces it, else those that answer most of the same needs.

    Who comes from a service for people who hurt others is led to such services alone, and who
    comes from help for the hurt never to them.
    """
    public = Service.objects.public().filter(for_people_who_hurt=gone.for_people_who_hurt)
    found = public.filter(pk=gone.replaced_by_id)
    if not found:
        needs = Service.needs.through.objects.filter(service=gone.pk).values("need")
        found = (
            public.annotate(shared=Count("needs", filter=Q(needs__in=needs), distinct=True))
            .filter(shared__gt=0)
            .order_by("-shared", "urgency", "pk")
        )
    cards = listing.cards_of([str(one.uuid) for one in found[:MOST]], moment)
    return sorted(cards, key=lambda card: not card["is_open"])
