"""What may stand once stands once: in the database, and after the migration that says so."""

import datetime
import importlib

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.timezone import localdate

from directory.models import (
    Audience,
    Organization,
    Report,
    Service,
    Situation,
    SpokenLanguage,
    WordsReview,
)
from directory.situations import SituationAudience

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 2)


def owner_of(model) -> dict:
    if model is SituationAudience:
        return {"situation": Situation.objects.first()}
    return {"service": Service.objects.first()}


# Rows that are equal but for what tells them apart: (model, equal, the one that stays, the other).
TWICE = [
    (Audience, {"code": "men"}, {"sort_order": 1}, {"sort_order": 2}),
    (SituationAudience, {"code": "men"}, {"sort_order": 1}, {"sort_order": 2}),
    (SpokenLanguage, {"code": "uk"}, {"by_interpreter": False}, {"by_interpreter": True}),
    (
        WordsReview,
        {"language": "lt", "reviewed_by": "Reader"},
        {"reviewed_on": DAY},
        {"reviewed_on": DAY.replace(year=2025)},
    ),
    (
        Report,
        {"answer": "wrong", "text": "Slēgts", "reported_on": localdate()},
        {"settled": False},
        {"settled": True},
    ),
]


@pytest.mark.parametrize(("model", "same", "stays", "goes"), TWICE)
def test_the_database_refuses_a_second_row(model, same, stays, goes):
    owner = owner_of(model)
    model.objects.filter(**owner).delete()
    model.objects.create(**owner, **same, **stays)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**owner, **same, **goes)


def test_the_database_refuses_a_service_of_who_hurts_in_the_strip():
    service = Service.objects.filter(for_people_who_hurt=True).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=service.pk).update(strip_order=1)


@pytest.fixture
def before():
    """The connection to empty tables as they were before the migration, and the state then.

    The test is given one database by pytest-django. These tables stand beside it: in memory on
    SQLite, on PostgreSQL in a schema of their own, which goes with the fixture.
    """
    settings = connections.settings["default"]
    on_server = settings["ENGINE"].endswith("postgresql")
    connections.settings["before"] = settings | ({} if on_server else {"NAME": ":memory:"})
    connection = connections["before"]
    connection.connect()
    if on_server:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA before")
            cursor.execute("SET search_path TO before")
    state = MigrationLoader(None).project_state(("directory", "0005_order_of_situations"))
    with connection.schema_editor() as editor:
        for model in state.apps.get_models(include_swapped=False):
            editor.create_model(model)
    yield connection, state
    if on_server:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA before CASCADE")
    connection.close()
    del connections["before"], connections.settings["before"]


def test_the_migration_keeps_one_of_each_and_leads_back(before):
    connection, state = before
    old = state.apps.get_model

    def create(model, **values):
        return old(model._meta.app_label, model.__name__).objects.using("before").create(**values)

    organization = create(Organization, name="O")
    service = create(
        Service,
        organization=organization,
        source="test",
        source_year=2026,
        for_people_who_hurt=True,
        strip_order=1,
    )
    situation = create(Situation, key="s")
    kept = {}
    for model, same, stays, goes in TWICE:
        owner = {"situation": situation} if model is SituationAudience else {"service": service}
        if model in (Audience, SituationAudience):
            rows = [create(model, **owner, **same, **values) for values in (stays, goes)]
            kept[model] = rows[0].pk
        else:
            rows = [create(model, **owner, **same, **values) for values in (goes, stays)]
            kept[model] = rows[1].pk
    name = "directory.migrations.0006_what_must_be_unique"
    migration = importlib.import_module(name).Migration(name, "directory")
    with connection.schema_editor(atomic=True) as editor:
        after = migration.apply(state.clone(), editor)
    for model, pk in kept.items():
        rows = after.apps.get_model("directory", model.__name__).objects.using("before")
        assert [row.pk for row in rows.all()] == [pk], model
    services = after.apps.get_model("directory", "Service").objects.using("before")
    assert services.get().strip_order is None
    with connection.schema_editor(atomic=True) as editor:
        migration.unapply(state.clone(), editor)
    create(Audience, service=service, code="men")
