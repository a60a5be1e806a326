"""What Wagtail does after every save is done once for each record, after the last save."""

from contextlib import contextmanager

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.backends.dummy import DummyBackend


@contextmanager
def tasks_once():
    """Holds tasks back until the block ends well, then runs each that was asked for once.

    A page is saved four times while it is created, translated and published; each time its rows in
    the index of references and in the admin's search would be written anew.
    """
    usual = task_backends[DEFAULT_TASK_BACKEND_ALIAS]
    waiting = DummyBackend(DEFAULT_TASK_BACKEND_ALIAS, {})
    task_backends[DEFAULT_TASK_BACKEND_ALIAS] = waiting
    try:
        yield
    finally:
        task_backends[DEFAULT_TASK_BACKEND_ALIAS] = usual
    wanted = {(one.task.module_path, *one.args): one for one in waiting.results}
    for one in wanted.values():
        one.task.enqueue(*one.args, **one.kwargs)
