"""A check as the summary of a step of GitHub Actions: a table in HTML, which Markdown lets through."""

from __future__ import annotations

from html import escape

from qmsctl.cli.formats.check_formats import Located, said
from qmsctl.cli.formats.check_text import WORDS, summary
from qmsctl.cli.session import Session
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.engine import CheckResult
from qmsctl.message import _

_LARGEST = 900_000
"""Bytes. GitHub drops a summary of more than 1 MiB as a whole."""


def step_summary(session: Session, result: CheckResult, located: Located) -> str:
    """The page. Data stands only inside the table, where Markdown ends at no blank line and is not read."""
    lines = [f"### qmsctl: {summary(session, result)}", ""]
    if result.diagnostics or result.incomplete:
        headings = (_("Severity"), _("Place"), _("What is wrong"), _("Rule"))
        lines += ["<table>", _row("th", [session.words(each) for each in headings])]
        lines += [_row("td", [session.words(_("error")), "", session.words(each), ""]) for each in result.incomplete]
        lines += _fitting(session, [_row("td", _cells(session, each, located)) for each in result.diagnostics])
        lines += ["</table>", ""]
    return "\n".join(lines) + "\n"


def _fitting(session: Session, rows: list[str]) -> list[str]:
    """As many rows as there is room for, and how many there are besides."""
    room = _LARGEST
    for number, row in enumerate(rows):
        room -= len(row.encode()) + 1
        if room < 0:
            left = session.words(_("{count} more stand in the log of this step", count=len(rows) - number))
            return [*rows[:number], _row("td", ["", "", left, ""])]
    return rows


def _cells(session: Session, found: Diagnostic, located: Located) -> list[str]:
    word = WORDS[found.severity]
    place = f"{located(found.path)}:{found.line}" if found.line else located(found.path)
    return [session.words(word), session.words(place), said(session, found), found.rule]


def _row(tag: str, cells: list[str]) -> str:
    """A row of the table on one line."""
    return "<tr>" + "".join(f"<{tag}>{escape(' '.join(cell.split()))}</{tag}>" for cell in cells) + "</tr>"
