"""What every rule says of its bad example and of each of its edge cases, word for word.

The sentences stand in ``tests/rules/said/<rule>.txt``: place, severity and clauses, the message, and the hint below it; in
Vietnamese as well where a sentence is said first.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.mend_words import hint
from qmsctl.rules import load_rule, rule_names
from qmsctl.store.catalogue import translator
from tests.golden import assert_golden
from tests.office import office
from tests.test_rules import case_library, edge_cases, section

SAID = Path(__file__).parent / "rules" / "said"


def cases_of(name: str) -> Iterator[tuple[str, Library]]:
    """The bad example of a rule and its edge cases, by title."""
    yield "Bad", office(section(load_rule(name).page, "Bad"))
    yield from ((title, case_library(text)) for rule, title, text in edge_cases() if rule == name)


def lines(found: Diagnostic, told: set[str]) -> Iterator[str]:
    yield f"{found.path}:{found.line}: {found.severity.value} {' '.join(found.clauses)}".rstrip()
    for lang in ("en",) if found.message.text in told else ("en", "vi"):
        translate = translator(lang)
        yield f"  {found.message.render(translate, lang)}"
        if found.mend is not None:
            yield f"    → {hint(found.mend).render(translate, lang)}"
    told.add(found.message.text)


@pytest.mark.parametrize("name", rule_names())
def test_what_a_rule_says_is_held_word_for_word(name: str) -> None:
    said: list[str] = []
    told: set[str] = set()
    for title, library in cases_of(name):
        found = run(library, [load_rule(name)]).diagnostics
        said += [f"## {title}", *(line for each in found for line in lines(each, told)), ""] if found else []
    assert_golden(SAID / f"{name}.txt", "\n".join(said))
