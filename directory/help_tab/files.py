"""The script that other sites load, and the script and style that stand inside the frame.

Inside the frame both are inline: a file in the browser's cache would tell that the tab was opened.
"""

import json
from functools import cache
from pathlib import Path

from django.utils.translation import gettext, override

FOLDER = Path(__file__).parent


@cache
def source(name: str) -> str:
    """The text of one of the files beside this one."""
    return (FOLDER / name).read_text("utf-8").strip()


@cache
def host_script(language: str) -> str:
    """`tab.js` called with its words in a language, as JSON; `labels` are those to choose from."""
    with override(language):
        words = {
            "labels": {
                "support": gettext("Support"),
                "information": gettext("Information"),
                "numbers": gettext("Numbers"),
            },
            "close": gettext("Close"),
            "danger": gettext("In danger now?"),
            "note": gettext("The call stays in your phone’s call list."),
        }
    return f"{source('tab.js')}({json.dumps(words, ensure_ascii=False)});\n"
