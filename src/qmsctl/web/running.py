"""How a form comes to the act that its command does: the same pure function, wrapped in what was shown before."""

from __future__ import annotations

from collections.abc import Callable

from qmsctl.acts.carrying_out import carry_out
from qmsctl.acts.done import Done
from qmsctl.acts.ending import Ending
from qmsctl.acts.keys import Signing
from qmsctl.acts.making import Compose, make
from qmsctl.acts.occasion import Occasion
from qmsctl.acts.signing import DECISIONS, Given, Paper, Sign, sign
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.web.filled import Filled

Check = Callable[[Edit, Library], Edit]
"""Sees every edit that is made, and raises where it is not what was shown."""

Run = Callable[[Occasion, Filled, Check, Ending], Done]

PAPER = "basis-file"


def signing(chosen: Callable[[Filled], Sign], reason: str = "comment") -> Run:
    """An act that signs; the option ``reason`` has the words of the signer."""

    def run(occasion: Occasion, filled: Filled, check: Check, ending: Ending) -> Done:
        made = chosen(filled)
        return sign(occasion, filled.operands[:1], given(filled, reason), lambda library, subject, act: check(made(library, subject, act), library), ending)

    return run


def changing(chosen: Callable[[Occasion, Filled], Callable[[Library], Edit]]) -> Run:
    """An act that changes files without a signature."""

    def run(occasion: Occasion, filled: Filled, check: Check, ending: Ending) -> Done:
        made = chosen(occasion, filled)
        return carry_out(occasion, lambda library: check(made(library), library), ending)

    return run


def making(chosen: Callable[[Filled], Compose]) -> Run:
    """An act that makes documents or records."""

    def run(occasion: Occasion, filled: Filled, check: Check, ending: Ending) -> Done:
        made = chosen(filled)
        return make(occasion, None, lambda library, who, body, say: check(made(library, who, body, say), library), ending)

    return run


def given(filled: Filled, reason: str) -> Given:
    """What the options of a sign-off say. Raises :class:`UsageError`."""
    paper = filled.files.get(PAPER)
    return Given(
        role=filled.option("role"),
        comment=filled.option(reason) or "",
        effective=filled.day("effective"),
        basis=filled.option("basis"),
        basis_date=filled.day("basis-date"),
        paper=Paper(paper.name, paper.data, None, DECISIONS) if paper else None,
        signing=Signing(filled.option("sign") == "yes"),
        again=filled.option("again") == "yes",
        approved_by=filled.option("approved-by"),
    )
