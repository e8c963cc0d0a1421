"""What every rule says of an office without a file, of its bad example and of each of its edge cases, word for word.

The sentences stand in ``tests/rules/said/<rule>.txt``: place, severity and clauses, the message, and the hint below it, [undoes]
where it takes back what somebody did and [NAME] for what is to be filled in; in Vietnamese as well where a sentence is said first. Below them stands which problems only
stricter criteria see, of which day, and about which other file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.mend import Advice, Command, GitCommand, Hole, Mend
from qmsctl.rules import load_rule, rule_names
from qmsctl.store.shipped.catalogue import translator
from tests.golden import assert_golden
from tests.office import office
from tests.test_rules import case_library, edge_cases, section

SAID = Path(__file__).parent / "rules" / "said"


def cases_of(name: str) -> Iterator[tuple[str, Library]]:
    """An office without a file, the bad example of a rule and its edge cases, by title."""
    yield "Nothing there", office("")
    yield "Bad", office(section(load_rule(name).page, "Bad"))
    yield from ((title, case_library(text)) for rule, title, text in edge_cases() if rule == name)


def lines(found: Diagnostic, told: set[str]) -> Iterator[str]:
    yield f"{found.path}:{found.line}: {found.severity.value} {' '.join(found.clauses)}".rstrip()
    for lang in ("en",) if found.message.text in told else ("en", "vi"):
        translate = translator(lang)
        yield f"  {found.message.render(translate, lang)}"
        if found.mend is not None:
            yield f"    → {found.mend.hint.render(translate, lang)}{marks(found.mend)}"
    told.add(found.message.text)


def marks(mend: Mend) -> str:
    """What a button or a form knows of the mend, and the hint does not say."""
    steps = [step for way in mend.ways for step in way.steps]
    undoes = [" [undoes]" for step in steps if isinstance(step, Advice) and step.undoes]
    words = [word for step in steps for word in (step.operands if isinstance(step, Command) else step.words if isinstance(step, GitCommand) else ())]
    holes = [f" [{word.name}]" for word in words if isinstance(word, Hole) and word.name]
    return "".join([*undoes, *holes])


def stricter(name: str, library: Library) -> Iterator[str]:
    for problem in load_rule(name).check(library):
        if problem.stricter:
            yield " ".join(f"stricter {problem.path}:{problem.line} {problem.stricter.day or ''} {problem.stricter.about or ''}".split())


@pytest.mark.parametrize("name", rule_names())
def test_what_a_rule_says_is_held_word_for_word(name: str) -> None:
    said: list[str] = []
    told: set[str] = set()
    for title, library in cases_of(name):
        found = [line for each in run(library, [load_rule(name)]).diagnostics for line in lines(each, told)]
        found += stricter(name, library)
        said += [f"## {title}", *found, ""] if found else []
    assert_golden(SAID / f"{name}.txt", "\n".join(said))
