"""The tasks that keep the index in step with the table (search.upkeep)."""

from search.elastic import following, index, rebuilding
from search.models import Document


def send_changes() -> None:
    """Sends what has changed; makes the index anew where there is none."""
    try:
        following.send()
    except index.MissingError:
        rebuild()


def compare() -> None:
    """Makes the index anew when it does not hold as many documents as the table."""
    send_changes()
    if not rebuilding.runs() and index.count() != Document.objects.count():
        rebuild()


def rebuild() -> None:
    """Builds the index, unless another process does, and sends what waited for it."""
    try:
        rebuilding.rebuild()
    except rebuilding.AlreadyRunning:
        return
    following.send()
