"""Reads the environment: the only place where settings look at it. No I/O."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    """The variable as text without surrounding blanks."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on in any case."""
    value = text(name)
    return value.lower() in TRUE if value else default


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def required(name: str) -> str:
    """The variable; without it the process ends with one clear line instead of a traceback."""
    value = text(name)
    if not value:
        raise SystemExit(f"Set {name} in the environment: production does not start without it.")
    return value


def database(url: str) -> dict:
    """Django's database dictionary of `sqlite:////path` or `postgresql://user:pass@host:port/name`.

    A host that begins with `/` (percent-encoded) is a socket folder. Raises ImproperlyConfigured
    for another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(unquote(parts.path)[1:]),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                # Readers go on while an editor writes (SQLite documentation, write-ahead log), and
                # what is deleted is overwritten.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
                ),
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    message = f"DATABASE_URL: unknown scheme {parts.scheme!r}, use sqlite or postgresql."
    raise ImproperlyConfigured(message)
