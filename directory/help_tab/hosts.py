"""Which sites may show the frame of the help tab, and the policy that it is sent with."""

import re
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.conf import settings
from django.core import checks

from quick_exit.script import hash_source

HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
OWN_MACHINE = re.compile(r"(.+\.)?localhost|127\.0\.0\.1")


def fault(value: str) -> str:
    """What is wrong with an origin of the setting, in one sentence; "" when nothing is.

    An origin is a scheme, a host and at most a port (RFC 6454), here https alone. A wildcard
    would let in whoever gets hold of one forgotten name below it.
    """
    try:
        parts = urlsplit(value)
        origin = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return "is no address"
    host = parts.hostname or ""
    if parts.scheme != "https" and not (parts.scheme == "http" and OWN_MACHINE.fullmatch(host)):
        return "does not begin with https://"
    if "*" in value:
        return "holds a wildcard: name each site"
    if not HOST_NAME.fullmatch(host):
        return "holds no plain host name (international names are written with xn--)"
    if origin != value:
        return "must end with the host or its port, in small letters, without a slash"
    return ""


def origins() -> list[str]:
    """The sites of the setting; what is no origin never reaches a header."""
    return [value for value in settings.HELP_TAB_HOSTS if not fault(value)]


@checks.register("house")
def check_hosts(app_configs, **kwargs):
    """A mistake in the setting is said when the site starts, not by a frame that stays empty."""
    return [
        checks.Error(
            f"HELP_TAB_HOSTS: {value!r} {found}.",
            hint="Origins with blanks between them: https://clinic.example https://shop.example",
            id="house.E020",
        )
        for value in settings.HELP_TAB_HOSTS
        if (found := fault(value))
    ]


def policy(script: str, style: str) -> dict[str, list[str]]:
    """The Content-Security-Policy of the frame with these inline texts.

    Nothing but its own address may be asked, and by script alone: a form cannot be sent.
    """
    return {
        "default-src": [NONE],
        "script-src": [f"'{hash_source(script)}'"],
        "style-src": [f"'{hash_source(style)}'"],
        "connect-src": [SELF],
        "form-action": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": origins() or [NONE],
    }
