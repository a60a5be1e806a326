"""Sessions of staff."""

import re

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware

SESSION_KEY = re.compile(r"[a-z0-9]{32}")


class SessionMiddleware(DjangoSessionMiddleware):
    """Drops a session cookie that Django cannot have made.

    Its cookie parser decodes octal escapes: a NUL byte in the key is an error on PostgreSQL.
    """

    def process_request(self, request):
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not SESSION_KEY.fullmatch(key):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)
