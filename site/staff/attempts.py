"""Limits on sign-in without storing who tried."""

from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string


def keyed_hash(key: str, key_prefix: str, version: int) -> str:
    """The cache key of an account name, as nobody can guess it without the secret key."""
    digest = salted_hmac("staff.attempts", f"{key_prefix}:{version}:{key}", algorithm="sha256")
    return digest.hexdigest()


def locked_out(request, original_response=None, credentials=None):
    """A framed 429: no name, no address, no count."""
    return import_string("frame.errors.render")(request, 429)
