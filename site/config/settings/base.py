"""Settings safe for production; dev only loosens, test only speeds up.

Apps are named by string: this package imports none of them.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO

from config import environment

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"
VAR = Path(environment.text("DATA_DIR") or ROOT / "var")

SECRET_KEY = environment.text("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
WSGI_APPLICATION = "config.wsgi.application"
ROOT_URLCONF = "config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "directory",
    "campaigns",
    "stories",
    "demo",
    "pages",
    "search",
    "frame",
    "quick_exit",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    # Last: its groups need the permissions that the apps above create after migrate.
    "staff",
]

MIDDLEWARE = [
    "frame.middleware.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "frame.middleware.FramedErrorMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "frame.middleware.LanguageMiddleware",
    "staff.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "quick_exit.context_processors.quick_exit",
                "pages.context_processors.site",
                "directory.context_processors.services",
            ],
        },
    }
]

# Database, cache, files

DATABASES = {
    "default": environment.database(
        environment.text("DATABASE_URL") or f"sqlite:///{VAR / 'database.sqlite3'}"
    )
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # What every page of a language shares, for a few seconds in each process (decision 11).
    "frame": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "frame",
        "TIMEOUT": 5,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    # Attempts at the staff login, shared by all processes: keyed hashes of account names only.
    "attempts": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "staff_login_attempts",
        "KEY_FUNCTION": "staff.attempts.keyed_hash",
        # Made-up names must not push a real count out.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
# Uploads served by the application itself: the embedded default. Behind nginx: SERVE_MEDIA=0.
SERVE_MEDIA = environment.flag("SERVE_MEDIA", default=True)
# Error pages as files, one set a language: shown when the database is down.
ERROR_PAGES_ROOT = VAR / "error-pages"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "frame.storage.SmallStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_PERMISSIONS = 0o644

# Languages: the URL prefix alone decides. The last is Latvian easy reading, a locale of its own.

LANGUAGES = [
    ("lv", "Latviešu"),
    ("ru", "Русский"),
    ("en", "English"),
    ("uk", "Українська"),
    ("lt", "Lietuvių"),
    ("lv-simple", "Viegli lasīt"),
]
LANGUAGE_CODE = "lv"
LANG_INFO["lv-simple"] = {
    "bidi": False,
    "code": "lv-simple",
    "name": "Easy-read Latvian",
    "name_local": "Viegli lasīt",
}
# Where a text is missing in a language: where it is looked for, in this order.
LANGUAGE_FALLBACKS = {
    "lv": [],
    "lv-simple": ["lv"],
    "ru": ["lv", "en"],
    "uk": ["ru", "en", "lv"],
    "en": ["lv"],
    "lt": ["en", "lv"],
}
# What HTML and screen readers are told, where it differs from the URL prefix.
LANGUAGE_TAGS = {"lv-simple": "lv"}
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("TIME_ZONE", "Europe/Riga")
# The country whose telephone numbers are written without a prefix.
PHONE_REGION = environment.text("PHONE_REGION", "LV")
# The country whose public holidays change opening hours (ISO 3166).
HOLIDAY_COUNTRY = environment.text("HOLIDAY_COUNTRY", "LV")
# South, west, north and east in degrees: a point outside is a slip of the keyboard.
COUNTRY_BOUNDS = tuple(
    float(edge) for edge in environment.text("COUNTRY_BOUNDS", "55.6,20.8,58.2,28.3").split(",")
)

# Wagtail

WAGTAIL_SITE_NAME = environment.text("SITE_NAME", "Safe city")
WAGTAILADMIN_BASE_URL = environment.text("SITE_URL", "http://localhost:8000")
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False
# A translation starts as a draft: until it is published, readers get another language that says so.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("lv", "Latviešu"), ("en", "English")]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILIMAGES_IMAGE_MODEL = "pages.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "pages.SiteDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "pages.image_form.SiteImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pages.document_form.SiteDocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "direct"
# Nothing on this site speaks to another host, the admin included.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS = []
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# What finds services and pages: the last part of the name of an engine in `search.engines`.
SEARCH_ENGINE = environment.text("SEARCH_ENGINE") or "database"
# For SEARCH_ENGINE=elasticsearch; the table of documents stays the truth (decision 33).
ELASTICSEARCH_URL = environment.text("ELASTICSEARCH_URL") or "http://127.0.0.1:9200"
ELASTICSEARCH_API_KEY = environment.text("ELASTICSEARCH_API_KEY")
# What the names of its indices begin with: several sites may share one.
ELASTICSEARCH_INDEX = environment.text("ELASTICSEARCH_INDEX") or "site"
ELASTICSEARCH_REPLICAS = int(environment.text("ELASTICSEARCH_REPLICAS") or 0)
# Seconds until a search is answered by the database instead.
ELASTICSEARCH_TIMEOUT = float(environment.text("ELASTICSEARCH_TIMEOUT") or 0.5)
# Where the worker of meanings is asked: a socket of this machine, its path at most 103 characters.
MEANING_SOCKET = environment.text("MEANING_SOCKET") or str(VAR / "meaning.socket")
TAGGIT_CASE_INSENSITIVE = True
WAGTAIL_TAG_LIMIT = 50

# The exit, until an editor sets another: the state weather service.
QUICK_EXIT_ADDRESS = environment.text("QUICK_EXIT_ADDRESS") or "https://videscentrs.lvgmc.lv/"
QUICK_EXIT_SECOND_ADDRESS = environment.text("QUICK_EXIT_SECOND_ADDRESS") or "https://www.lsm.lv/"

# Sites that may show the help tab: origins with blanks between them. Empty: none.
HELP_TAB_HOSTS = environment.text("HELP_TAB_HOSTS").split()

# Staff

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
DEMO_ACCOUNTS = False
LOGIN_URL = "wagtailadmin_login"
# Counted by account name in a cache: no address, no browser name, no table of attempts.
AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_CACHE = "attempts"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCKOUT_CALLABLE = "staff.attempts.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# Cookies live under the admin's path only: public pages neither set nor receive one.
SESSION_COOKIE_PATH = "/admin/"
CSRF_COOKIE_PATH = "/admin/"
# The cookie storage of messages would set its cookie on every path.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "frame.errors.csrf_failure"
# axes.W006 wants the address as a lockout parameter: rule of the house, no address is stored.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# Headers

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# The public site: own origin only. `frame.middleware` adds the hashes of our inline scripts.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: is the empty icon that the exit sets
        "connect-src": [SELF],  # the clearing call of the exit
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# The admin by its path: Wagtail puts no nonce on its inline scripts and styles,
# and the translation editor needs inline styles. Previews are frames of the same origin.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [SELF],
    "object-src": [NONE],
    "frame-ancestors": [SELF],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Logs hold nothing about a visitor: the formatter drops values and keeps the place in the code.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"trace": {"()": "frame.logs.TraceFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "trace"},
        "null": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Each of these writes the address, the path or the account name of a request.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["null"], "propagate": False},
        "django.security": {"handlers": ["null"], "propagate": False},
        "axes": {"handlers": ["null"], "propagate": False},
        # Below this level it quotes what a template was given, the words of a search among it.
        "django.template": {"level": "WARNING"},
        # The client writes the address of each request, and its body for those who trace it.
        "elastic_transport": {"handlers": ["null"], "propagate": False},
        "elasticsearch": {"handlers": ["null"], "propagate": False},
    },
}
