"""Pages that are whole by themselves, as a report is: shown as they are, with a line on top that leads back."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from qmsctl.mend import Command
from qmsctl.mend_words import command_words
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.web.visit import Visit

REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Beside the policy that stands in such a page itself, which names its one style sheet by its digest."""

_BODY = regex(r"<body[^>]*>\n?")


def with_way_back(visit: Visit, page: str, words: Sequence[str], subject: str = "") -> str:
    """``page``, which the command of these ``words`` writes, with the way back, and to the page of its ``subject``."""
    ways = [("/", f"← {visit.words(_('Back to what waits for you'))}"), *([(f"/item/{quote(subject, safe='')}", f"{subject}: {visit.words(_('What can be done'))}")] if subject else [])]
    links = " · ".join(f'<a href="{href}">{escape(said)}</a>' for href, said in ways)
    line = " ".join(("qmsctl", *command_words(Command(words[0], tuple(words[1:])))))
    top = f'<nav class="note" aria-label="{escape(visit.words(_("Pages")))}">{links} · <code>{escape(line)}</code></nav>\n'
    return _BODY.sub(lambda found: found[0] + top, page, count=1)
