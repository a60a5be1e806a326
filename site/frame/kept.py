"""What every page of a language shares, kept for a few seconds in each process.

Only plain values go in: names, addresses, numbers. A change is seen at once in the process that
made it, in the others when the few seconds of the cache `frame` are over.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import caches
from django.db import transaction

from frame.languages import current

MISSING = object()


def kept(name: str, build: Callable[[], Any]) -> Any:
    """The value of this name for the active language; built when it is not there."""
    key = f"{name}:{current()}"
    value = caches["frame"].get(key, MISSING)
    if value is MISSING:
        value = build()
        caches["frame"].set(key, value)
    return value


def kept_many(
    name: str, wanted: Iterable[str], build: Callable[[set[str]], dict[str, Any]]
) -> dict[str, Any]:
    """{item: value} for the active language; `build` is asked once for those that are not there.

    An item that `build` does not return is left out.
    """
    keys = {f"{name}:{current()}:{item}": item for item in wanted}
    found = {keys[key]: value for key, value in caches["frame"].get_many(keys).items()}
    missing = set(keys.values()) - set(found)
    if missing:
        built = build(missing)
        caches["frame"].set_many({f"{name}:{current()}:{item}": built[item] for item in built})
        found |= built
    return found


def forget(**kwargs) -> None:
    """Signal receiver: now for this process, and once more when the change is committed."""
    caches["frame"].clear()
    transaction.on_commit(caches["frame"].clear, robust=True)
