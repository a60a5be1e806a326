"""The answer when sign-in is closed after too many attempts."""

from django.utils.module_loading import import_string


def locked_out(request, original_response=None, credentials=None):
    """A framed 429: no name, no address, no count."""
    return import_string("frame.errors.render")(request, 429)
