"""Production: what must be set is required, one clear line each."""

from config import environment
from config.settings.base import *

SECRET_KEY = environment.required("SECRET_KEY")
ALLOWED_HOSTS = [host.strip() for host in environment.required("ALLOWED_HOSTS").split(",")]
DATABASES = {"default": environment.database(environment.required("DATABASE_URL"))}
WAGTAILADMIN_BASE_URL = environment.required("SITE_URL")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL.rstrip("/")]

SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
