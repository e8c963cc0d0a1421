"""The types that ship with the product: what they name exists, in both languages, and their files begin as they say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qmsctl.core.sections.sections import section_of
from qmsctl.core.text.body import scan
from qmsctl.core.text.ids import IdPattern
from qmsctl.core.types.field import Field
from qmsctl.core.types.gate_names import names_of
from qmsctl.core.types.record_type import Gate, RecordType
from qmsctl.message import Label
from qmsctl.store.shipped.definitions import config_type, find_standard, type_set
from qmsctl.store.shipped.rendering import new_body

ALL = {found.name: found for found in type_set({}).all()}
RECORDS = sorted(name for name, found in ALL.items() if found.kind == "record")
LANGUAGES = ("vi", "en")
ROLES = {"director", "deputy-director", "qmr", "iso-secretary", "unit-head", "internal-auditor"}
"""The roles that every new system has."""


def gates(found: RecordType) -> Iterator[Gate]:
    for state in found.states.values():
        for gate in state.gates:
            yield gate
            yield from gate.arguments if gate.operator == "any" else ()


def labels(found: RecordType) -> Iterator[Label]:
    yield found.label
    yield from (state.label for state in found.states.values())
    yield from (section.title for section in found.sections)
    for field in (*found.fields.values(), *found.blocks.values()):
        yield from _labels(field)


def _labels(field: Field) -> Iterator[Label]:
    yield field.label
    yield from field.values.values()
    for part in field.keys.values():
        yield from _labels(part)


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_word_is_there_in_both_languages(name: str) -> None:
    for label in labels(ALL[name]):
        assert all(label.texts.get(lang) for lang in LANGUAGES), label


@pytest.mark.parametrize("name", RECORDS)
def test_gates_name_what_the_type_has(name: str) -> None:
    found = ALL[name]
    known = {
        "field": {*found.fields, "status", "id"}, "section": {each.id for each in found.sections},
        "block": set(found.blocks), "role": ROLES, "type": set(ALL), "state": set(found.states),
    }
    for gate in gates(found):
        for kind, named in names_of(gate):
            assert named in known[kind], (gate.operator, kind, named)
        for column in columns_of(gate):
            assert column in found.blocks[gate.arguments["block"]].keys, (gate.operator, column)
        for field, values in gate.when.items():
            assert set(values) <= {*found.fields[field].values, "yes", "true", "no"}


def columns_of(gate: Gate) -> Iterator[str]:
    if isinstance(gate.arguments, dict) and "block" in gate.arguments:
        for key in ("columns", "any", "where", "one_of"):
            yield from gate.arguments.get(key, ())
        yield from (gate.arguments[key] for key in ("column",) if key in gate.arguments)


@pytest.mark.parametrize("name", RECORDS)
def test_roles_clauses_and_references_exist(name: str) -> None:
    found = ALL[name]
    signing = [role for state in found.states.values() if state.signoff for role in state.signoff.roles]
    assert {*signing, *(found.reopening.roles if found.reopening else ())} <= ROLES
    for edition, numbers in found.clauses.items():
        standard = find_standard(edition)
        assert standard is not None
        assert set(numbers) <= set(standard.clauses), edition
    for field in (*found.fields.values(), *found.blocks.values()):
        assert set(references(field)) <= {*ALL, "document", "record"}
    assert found.top_folder == "records"
    assert found.retention


def references(field: Field) -> Iterator[str]:
    yield from field.to
    for part in (*field.of, *field.keys.values()):
        yield from references(part)


@pytest.mark.parametrize("name", sorted(set(RECORDS) - {"distribution", "tombstone"}))
def test_every_state_leads_to_an_end_that_is_signed(name: str) -> None:
    states = ALL[name].states
    ends = {state.id for state in states.values() if state.final}
    assert ends
    assert all(states[end].signoff and not states[end].to for end in ends)
    for state in states.values():
        reached, waiting = set[str](), [state.id]
        while waiting:
            each = waiting.pop()
            if each not in reached:
                reached.add(each)
                waiting += states[each].to
        assert reached & ends, state.id
    before = {other for state in states.values() for other in state.to}
    assert set(states) - before == {ALL[name].first_state} - before, "every state can be come to"


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_new_file_has_the_sections_of_its_type(name: str, lang: str) -> None:
    found = ALL[name]
    body = scan(new_body(found, "X-1", "Tên", lang), 0, 1, frozenset(found.blocks))
    named = [section_of(heading, found.sections) for heading in body.headings if heading.level == 2]
    assert named == list(found.sections)
    assert all(block.rows is None and block.problem is None for block in body.blocks), "a row to follow is a comment"


def test_ids_of_all_types_differ_in_both_languages() -> None:
    """In an English office they are those of its ``qms.yaml``, of which the types are tested elsewhere."""
    made = [IdPattern.parse(found.id_pattern) for found in ALL.values() if found.kind in ("document", "record")]
    ids = [pattern.fill(1, 2026, "QT-07", "x") for pattern in made if pattern and not pattern.takes_any]
    assert len(ids) == len(set(ids))
    assert config_type("qms").fields["ids"]


def test_what_was_given_up_or_refused_came_to_nothing() -> None:
    void = {(name, state.id) for name, found in ALL.items() for state in found.states.values() if state.void}
    given_up = {(name, state.id) for name, found in ALL.items() for state in found.states.values() if state.given_up}
    assert void == given_up | {("disposal", "refused"), ("tombstone", "void")}
