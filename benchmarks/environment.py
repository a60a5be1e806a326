"""The environment in which a measured site runs."""

import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOST = "example.org"


def environment(folder: Path) -> dict[str, str]:
    """Production settings on SQLite in `folder`, without the redirect to https."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'database.sqlite3'}",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "SECURE_SSL_REDIRECT": "0",
        "PYTHONWARNINGS": "ignore",
    }
