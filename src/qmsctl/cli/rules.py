"""``qmsctl rules``: the list of all rules."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.cli.formats.table import as_json, table
from qmsctl.cli.session import Session
from qmsctl.core.rule_page import read_page
from qmsctl.message import _
from qmsctl.rules import all_rules

EXAMPLE = "qmsctl rules"


def command(
    context: typer.Context,
    format_: Annotated[str, typer.Option("--format", metavar="table|json", help="How to print the list.")] = "table",
) -> None:
    """List all rules; qmsctl explain RULE shows the page of one."""
    session: Session = context.obj
    found = [(rule, session.translate(read_page(rule.page).summary)) for rule in all_rules()]
    if format_ == "json":
        session.print(
            as_json([{"rule": r.id, "severity": r.severity.value, "summary": summary, "calendar": r.calendar,
                      "clauses": {key: list(value) for key, value in r.clauses.items()}} for r, summary in found])
        )
        return
    headings = [_("Rule"), _("Severity"), _("What it reports")]
    words = {"error": _("error"), "warning": _("warning")}
    lines = [[rule.id, session.words(words[rule.severity.value]), summary] for rule, summary in found]
    session.print(table(session.terminal, [session.words(each) for each in headings], lines))
