"""A rule that looks at one file sees the same in it, whatever else there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib import import_module
from types import ModuleType

import pytest

from qmsctl.core.assembled import assemble
from qmsctl.core.library import Library
from qmsctl.core.narrow import Suspect
from qmsctl.core.reading import CONFIG_PATHS
from qmsctl.core.suspects import office_of
from qmsctl.rules import form_not_in_force, load_rule, required_document_missing, rule_names
from tests.office import office
from tests.test_rules import case_library, edge_cases, section

MODULES = [import_module(f"qmsctl.rules.{name.replace('-', '_')}") for name in rule_names()]
NARROW: list[Suspect] = [module.suspect for module in MODULES if hasattr(module, "suspect")]


def looks(library: Library, path: str) -> list[tuple[str, bool]]:
    """What every rule that looks at one file sees in the file at ``path``, if it is judged."""
    found = [item for item in library.judged if item.path == path]
    return [(suspect.__module__, suspect(office_of(library))(item)) for suspect in NARROW for item in found]


def alone(library: Library, path: str) -> Library:
    """An office with this file and no other, on another day."""
    parsed = {each: library.parsed[each] for each in (path, *CONFIG_PATHS) if each in library.parsed}
    files = {each: library.files[each] for each in parsed}
    return replace(assemble(replace(library, base=None, before=None), files, parsed), today=date(2031, 1, 1))


def examples(name: str) -> Mapping[str, Library]:
    page = load_rule(name).page
    cases = {title: case_library(text) for rule, title, text in edge_cases() if rule == name}
    return {"bad": office(section(page, "Bad")), "good": office(section(page, "Good")), **cases}


def test_there_are_such_rules() -> None:
    assert len(NARROW) > 9


@pytest.mark.parametrize("name", rule_names())
def test_the_part_looks_as_it_does_in_the_whole(name: str) -> None:
    for title, library in examples(name).items():
        for item in library.judged:
            in_whole, in_part = looks(library, item.path), looks(alone(library, item.path), item.path)
            assert not in_part or in_whole == in_part, (title, item.path)


def test_no_narrow_look_is_kept_under_another_office() -> None:
    library = office(section(load_rule("field-invalid").page, "Bad"))
    assert office_of(assemble(library, library.files, library.parsed)) == office_of(library), "the same configuration, read once more"
    without_people = {path: each for path, each in library.parsed.items() if path != "people.yaml"}
    for other in (replace(library, config=replace(library.config, standards=("iso9001-2015",))), assemble(library, library.files, without_people)):
        assert office_of(other) != office_of(library)


OF_2015 = "```yaml qms.yaml\nlanguage: vi\ntime_zone: Asia/Ho_Chi_Minh\nstandards: [iso9001-2015]\nroles: [{id: director, title: A}]\napproval: [{from: 2025-01-01, type: default, approve: [director]}]\n```\n"
DRAFT = "```md documents/TYPE/X-1.md\n---\nid: X-1\ntype: TYPE\ntitle: A\nrevision: 1\nowner: lan\n---\n```\n"
SUBMITTED = "```dossier X-1\nauthor lan 2026-01-05T08:00:00+07:00\n```\n"
IN_FORCE = SUBMITTED.replace("+07:00\n", "+07:00\napprove binh director 2026-01-06T08:00:00+07:00\n")
EDIT = "```edit documents/TYPE/X-1.md\n-title: A\n+title: B\n```\n"


@pytest.mark.parametrize(("rule", "kind", "different"), [
    (form_not_in_force, "form", 6), (form_not_in_force, "instruction", 3),
    (required_document_missing, "policy", 6), (required_document_missing, "procedure", 5),
])
def test_what_a_rule_takes_of_a_document_changes_with_what_it_may_speak_of(rule: ModuleType, kind: str, different: int) -> None:
    texts = ["", DRAFT, DRAFT + EDIT, DRAFT + SUBMITTED, DRAFT + IN_FORCE, DRAFT + IN_FORCE + EDIT]
    taken = [rule.words(office(OF_2015 + text.replace("TYPE", kind)), "X-1") for text in texts]
    assert len({repr(each) for each in taken}) == different
    assert (taken[1] != taken[2]) == (different == 6), "the text of a draft, where the rule speaks of drafts"
