from collections.abc import Callable

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

SEND_EVERY, COMPARE_EVERY, LOOK_EVERY = 5, 3600, 5


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from search import upkeep
        from search.meaning import keeper

        upkeep.register("keep the worker of meanings", LOOK_EVERY, keeper.look)
        upkeep.register("send changes", SEND_EVERY, _with_elasticsearch("send_changes"))
        upkeep.register("compare", COMPARE_EVERY, _with_elasticsearch("compare"))


def _with_elasticsearch(name: str) -> Callable[[], None]:
    """A task of search.elastic.attending; without that engine its client is not even loaded."""

    def work() -> None:
        from search import changes

        if changes.are_wanted():
            import_string(f"search.elastic.attending.{name}")()

    return work
