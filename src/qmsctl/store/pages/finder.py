"""Long lists of a page are searched and sorted by whoever reads it in a browser, by a script that the page's policy names.

Nothing is needed for reading: without script, and in print, the lists are as they are.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from qmsctl.regex import regex
from qmsctl.store.shipped.resources import read_text

if TYPE_CHECKING:
    from jinja2 import Environment

LONG = 20
"""From so many lines on a list is long."""

_LIST = regex(r'<table(?: id="[^"]*")? class="stack\b')


def with_finder(page: str, policy: str, environment: Environment) -> str:
    """The page with the script if it has a long list, and then with a policy that lets this script run and no other."""
    if not any(page.count("<tr", found.end(), page.find("</table>", found.end())) > LONG for found in _LIST.finditer(page)):
        return page
    script = read_text("reports/finder.js").replace("LONG", str(LONG))
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = f"{policy}; script-src 'sha256-{digest}'"
    finder = environment.get_template("reports/finder.html.j2").render(script=Markup(script))  # noqa: S704 — our own
    before, end, after = page.replace(escape(policy), escape(allowed), 1).rpartition("</body>")
    return f"{before}{finder}\n{end}{after}"
