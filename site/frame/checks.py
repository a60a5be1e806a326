"""House rules of the frame as system checks."""

from pathlib import Path

from django.apps import apps
from django.core import checks

# Parts of a page, drawn inside another template, or inside a page of another site; previews bring
# their own frame.
FRAGMENT_FOLDERS = {"blocks", "components", "embedded", "marks"}
OWN_FOLDERS = {"wagtailcore", "wagtailadmin", "quick_exit"}


@checks.register("house")
def check_frame(app_configs, **kwargs):
    """No public template lacks the frame: each extends base.html or is a part of another."""
    from django.conf import settings

    problems = []
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if settings.ROOT not in folder.parents or ".venv" in folder.parts:
            continue
        for template in sorted((folder / "templates").rglob("*.html")):
            inside = set(template.relative_to(folder / "templates").parts)
            if inside & (FRAGMENT_FOLDERS | OWN_FOLDERS) or template.name == "base.html":
                continue
            if not template.read_text("utf-8").startswith('{% extends "'):
                problems.append(
                    checks.Error(f"{template} does not extend the frame", id="house.E010")
                )
    return problems
