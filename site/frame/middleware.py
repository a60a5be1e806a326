"""What every answer wears: language from the address, headers by path, a frame round errors."""

from dataclasses import replace

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_from_path

from frame import errors
from quick_exit.script import content_hash

ADMIN_PATH = "/admin/"
# Closed for every feature that a browser offers to pages (W3C Permissions Policy).
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "clipboard-read",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "gamepad",
        "geolocation",
        "gyroscope",
        "hid",
        "identity-credentials-get",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "storage-access",
        "usb",
        "xr-spatial-tracking",
    )
)


def is_admin(path: str) -> bool:
    return path.startswith(ADMIN_PATH)


def framed_by_admin(request) -> bool:
    """True in the admin and for a preview, which is drawn inside it with Wagtail's checks."""
    return is_admin(request.path_info) or getattr(request, "is_preview", False)


class LanguageMiddleware:
    """Activates the language of the URL prefix; nothing is negotiated, nothing stored."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return self.get_response(request)


class PolicyMiddleware(CSPMiddleware):
    """Content-Security-Policy by path, closed Permissions-Policy, no copies in browsers.

    The public policy allows scripts by hash: a nonce in a cached page would be a constant.
    """

    def get_policy_parts(self, request, response, report_only=False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        if framed_by_admin(request):
            return replace(parts, config=settings.ADMIN_CONTENT_SECURITY_POLICY)
        if parts.config is not None:
            # A view that brings a whole policy: what other sites show in a frame.
            return parts
        return replace(parts, update={"script-src": [f"'{content_hash()}'"]})

    def process_response(self, request, response):
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Also on what SecurityMiddleware itself refuses, an unknown host for example.
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if framed_by_admin(request):
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class FramedErrorMiddleware:
    """Gives every HTML error the frame, whatever produced it (405, 413, 429 have no handler).

    An address with a NUL byte is answered here: PostgreSQL cannot be asked for it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path_info:
            return errors.render(request, 404)
        response = self.get_response(request)
        if response.status_code < 400 or getattr(response, "framed", False):
            return response
        if is_admin(request.path_info) and "x-requested-with" in request.headers:
            return response
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        framed = errors.render(request, response.status_code)
        if "Allow" in response.headers:
            framed.headers["Allow"] = response.headers["Allow"]
        return framed
