"""Development: loosens what production holds tight, adds nothing."""

from config import environment
from config.settings.base import *

DEBUG = environment.flag("DEBUG")
SECRET_KEY = SECRET_KEY or "for-this-machine-only-" + "0" * 40
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
DEMO_ACCOUNTS = True
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
