"""``qmsctl rules``: the list of all rules."""

from __future__ import annotations

from typing import Annotated, Any

from qmsctl.cli import prepared
from qmsctl.cli.formats.table import as_json, table
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.message import _

EXAMPLE = "qmsctl rules"


def command(
    context: typer.Context,
    format_: Annotated[str, typer.Option("--format", metavar="table|json", help="How to print the list.")] = "table",
) -> None:
    """List all rules; qmsctl explain RULE shows the page of one."""
    session: Session = context.obj
    found: list[dict[str, Any]] = [each | {"summary": session.translate(each["summary"])} for each in prepared.rules() or listed()]
    if format_ == "json":
        session.print(as_json(found))
        return
    headings = [_("Rule"), _("Severity"), _("What it reports")]
    words = {"error": _("error"), "warning": _("warning")}
    lines = [[each["rule"], session.words(words[each["severity"]]), each["summary"]] for each in found]
    session.print(table(session.terminal, [session.words(each) for each in headings], lines))


def listed() -> list[dict[str, Any]]:
    """All that the list has of each rule, its summary in English. Every rule is imported for it."""
    from qmsctl.core.rule_page import read_page
    from qmsctl.rules import all_rules

    return [
        {"rule": each.id, "severity": each.severity.value, "summary": read_page(each.page).summary, "calendar": each.calendar,
         "clauses": {key: list(value) for key, value in each.clauses.items()}}
        for each in all_rules()
    ]
