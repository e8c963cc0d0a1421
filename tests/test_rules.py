"""Runs the examples of every rule's page, and the edge cases in ``tests/rules/<rule>.md``.

An edge case is a heading of level 2, the office it needs (see ``tests/office.py``), and what the
rule says of it: ``Expect: PATH:LINE`` or ``Expect: PATH:LINE: part of the message``, a line each
and in order, or ``Expect: nothing``. ``Exempt: ID …`` names what was frozen before the change, ``Upon: Bad`` (or ``Good``, the
title of a case above, of a heading ``Office``, or of :data:`OFFICES`) what the office holds besides, below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from qmsctl.core.diagnostic import Severity
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.rule import Rule
from qmsctl.rules import all_rules, load_rule, rule_names
from tests.office import office, with_exempt

CASES = Path(__file__).parent / "rules"
POLICY = """\
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```
"""
IN_FORCE = """\
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
"""
OFFICES = {"a policy": POLICY, "a policy in force": POLICY + IN_FORCE}
"""What the cases of many rules begin from."""
_PART = re.compile(r"^## (Case|Office): ([^\n]+)\n(.*?)(?=^## (?:Case|Office): |\Z)", re.MULTILINE | re.DOTALL)
_EXPECT = re.compile(r"^Expect: ([^\n:]+)(?::(\d+))?(?:: ([^\n]+))?$", re.MULTILINE)
_UPON = re.compile(r"^Upon: ([^\n]+)\n", re.MULTILINE)
_EXEMPT = re.compile(r"^Exempt: ([^\n]+)$", re.MULTILINE)


def section(page: str, name: str) -> str:
    """The text under a heading of level 2, fenced headings passed over."""
    found = re.search(rf"^## {name}\n(.*?)(?=^## (?:Why|Bad|Good|Mend)$|\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def said(rule: Rule, library: Library, *, notes: bool = False) -> list[tuple[str, int, str]]:
    """What the rule reports: path, line, message; with ``notes`` also what it notes of older things."""
    return [(d.path, d.line, str(d.message)) for d in run(library, [rule]).diagnostics if notes or d.severity is not Severity.NOTE]


@pytest.mark.parametrize("name", rule_names())
def test_page_has_every_part(name: str) -> None:
    page = load_rule(name).page
    assert page.splitlines()[0].endswith(".")
    for part in ("Why", "Bad", "Good", "Mend"):
        assert section(page, part).strip(), f"{name}: section {part} is missing"


@pytest.mark.parametrize("name", rule_names())
def test_bad_example_is_reported_and_good_one_is_not(name: str) -> None:
    rule = load_rule(name)
    assert said(rule, office(section(rule.page, "Bad")))
    assert said(rule, office(section(rule.page, "Good"))) == []


def edge_cases() -> Iterator[tuple[str, str, str]]:
    """Rule, title and text of every edge case."""
    for path in sorted(CASES.glob("*.md")):
        page = load_rule(path.stem).page
        known = OFFICES | {name: section(page, name) for name in ("Bad", "Good")}
        for kind, title, text in _PART.findall(path.read_text(encoding="utf-8")):
            upon = _UPON.search(text)
            known[title] = _UPON.sub("", f"{_EXPECT.sub('', known[upon[1]])}{text}" if upon else text)
            if kind == "Case":
                yield path.stem, title, known[title]


def case_library(text: str) -> Library:
    """The library of an edge case."""
    exempt = _EXEMPT.search(text)
    return with_exempt(office(text), frozenset(exempt[1].split())) if exempt else office(text)


@pytest.mark.parametrize(("name", "title", "text"), [pytest.param(*c, id=f"{c[0]}: {c[1]}") for c in edge_cases()])
def test_edge_case(name: str, title: str, text: str) -> None:
    expected = _EXPECT.findall(text)
    found = said(load_rule(name), case_library(text), notes=any(path == CONFIG_PATH for path, _line, _part in expected))
    assert expected, "an edge case says what it expects"
    if expected[0][0] == "nothing":
        assert found == []
        return
    assert [f"{path}:{line}" for path, line, _ in found] == [f"{path}:{line}" for path, line, _ in expected]
    for (_, _, message), (_, _, part) in zip(found, expected, strict=True):
        assert part in message


def test_every_rule_has_edge_cases() -> None:
    assert {rule.id for rule in all_rules()} == {path.stem for path in CASES.glob("*.md")}
