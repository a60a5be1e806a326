"""Tests: the development settings with what makes them quick."""

from config import environment
from config.settings.dev import *

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Processes that test side by side have a folder each.
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
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # On disk, so that the server process reads the same content.
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
if name := environment.text("TEST_DATABASE_NAME"):
    DATABASES["default"]["NAME"] = name
WHITENOISE_AUTOREFRESH = False
