"""Which pages and languages the browser tests walk through."""

import tomllib

from tests.browser.serving import ROOT, VIEWS

LANGUAGES = ("lv", "ru", "en", "uk", "lt", "lv-simple")
_TREE = tomllib.loads((ROOT / "site/demo/pages/tree.toml").read_text("utf-8"))
# Content pages of the demo: the folder is the address.
CONTENT = tuple(f"{entry['folder']}/" for entry in _TREE["page"] if entry.get("type") is None)
KINDS = (*VIEWS, *CONTENT)
# One of each template.
TEMPLATES = ("home", "help", "need", "service", "parluks/", "404")
# The same with the pages that every such site has to have.
PAGE_TYPES = (*TEMPLATES, "path", "sheet", "gone", "pieklustamiba/", "privatums/")
