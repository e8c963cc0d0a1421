"""``qmsctl explain``: the page of a rule."""

from __future__ import annotations

import textwrap
from difflib import get_close_matches
from typing import Annotated

from qmsctl.cli.completion import complete_rule
from qmsctl.cli.formats.example import example_lines
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD, DIM
from qmsctl.core.rule import Rule
from qmsctl.core.rule_page import Passage, heading, read_page
from qmsctl.errors import UsageError
from qmsctl.mend import command as command_of
from qmsctl.message import _
from qmsctl.rules import load_rule, rule_names

EXAMPLE = "qmsctl explain approved-by-author"

_WIDTH = 92


def command(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Name of a rule, as in brackets after a diagnostic.", autocompletion=complete_rule)],
) -> None:
    """Show what a rule reports, why, and how to mend it."""
    name = rule.strip("[]")
    if name not in rule_names():
        near = get_close_matches(name, rule_names(), 1)
        mend = command_of("explain", near[0]).in_order_to(_("did you mean")) if near else command_of("rules").in_order_to(_("to see them all"))
        raise UsageError(_("there is no rule “{rule}”", rule=name), mend)
    session: Session = context.obj
    session.print(_page(session, load_rule(name)))


def _page(session: Session, rule: Rule) -> str:
    page = read_page(rule.page)
    severity = session.words({"error": _("error"), "warning": _("warning")}[rule.severity.value])
    lines = [session.colour(f"{rule.id} ({severity})", BOLD), "", *_wrapped(session.translate(page.summary))]
    for part, passages in page.parts.items():
        lines += ["", session.colour(session.words(heading(part)), BOLD)]
        for passage in passages:
            lines += ["", *_passage(session, passage)]
    clauses = "; ".join(f"{edition}: {', '.join(numbers)}" for edition, numbers in rule.clauses.items())
    if clauses:
        lines += ["", session.colour(session.words(_("Clauses: {clauses}", clauses=clauses)), DIM)]
    return "\n".join(lines)


def _passage(session: Session, passage: Passage) -> list[str]:
    if passage.code:
        return list(example_lines(session, passage.text))
    return _wrapped(session.translate(passage.text))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text.replace("``", "`"), _WIDTH, break_long_words=False, break_on_hyphens=False)
