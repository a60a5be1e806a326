"""Tests: the development settings with what makes them quick."""

from config import environment
from config.settings.dev import *

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# What all test processes copy; those that test side by side have a folder each.
FILLED = VAR / "test-filled"
VAR = VAR / f"test{environment.text('PYTEST_XDIST_WORKER')}"
MEDIA_ROOT = VAR / "media"
STATIC_ROOT = VAR / "static"
ERROR_PAGES_ROOT = VAR / "error-pages"
# The server process of the browser tests is told the name of the database that pytest filled.
DATABASES = {
    "default": environment.database(
        environment.text("TEST_DATABASE_URL") or f"sqlite:///{VAR / 'database.sqlite3'}"
    )
}
# SQLite on disk, so that the server process reads the same content.
is_sqlite = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DATABASES["default"]["TEST"] = {
    "NAME": FILLED / "test.sqlite3" if is_sqlite else f"test_{DATABASES['default']['NAME']}"
}
if name := environment.text("TEST_DATABASE_NAME"):
    DATABASES["default"]["NAME"] = name
WHITENOISE_AUTOREFRESH = False
# Nobody answers there: what needs meanings starts a worker of its own (fixture `meanings`).
MEANING_SOCKET = environment.text("TEST_MEANING_SOCKET", "/dev/null/meaning.socket")
