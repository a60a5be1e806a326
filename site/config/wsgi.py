"""WSGI entry of the application server and of `runserver`."""

import os

from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = import_string("frame.requests.application")()
