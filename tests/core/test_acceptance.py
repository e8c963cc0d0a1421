"""What is accepted quickly has no problem, and what has one is not accepted."""

from __future__ import annotations

import pytest

from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.types.acceptance import acceptance
from qmsctl.core.types.validation import problems
from qmsctl.store.shipped.definitions import builtin_type_names, config_type, type_set
from tests.office import PEOPLE_YAML, QMS_YAML, office

NAMES = office("").names
VALUES = (
    "a", "''", "7.5.1", "QT-07", "binh", "director", "mot-cua", "2026-02-30", "2026-02-28", "1d", "permanent", "0", "-1",
    "12", "yes", "major", "[]", "[a]", "[QT-07, 7.5.1]", "[[a]]", "{a: b}", "[{a: b}]", "../x", "attachments/x.pdf",
    "2026-01-06T08:00:00+07:00", "[{path: a, sha256: b}]", "[{no: B1, task: a}, {no: B1, task: b}]", "[{no: B1}]",
    "[{no: B1, task: a, time: 2h, forms: [BM-07.01], next: {a: B2}}]", "[{name: a, keeper: binh, clauses: [4.2.4]}]",
    "[{document: QT-07, reason: a}]", "[{document: QT-07}]", "{number: a, date: 2026-01-05}", "{number: a, dat: b}",
    "[binh, lan]", "[binh, nobody]", f"'{'9' * 30}'",
)


@pytest.mark.parametrize("name", sorted(builtin_type_names() - {"document", "record"}))
def test_acceptance_agrees_with_problems(name: str) -> None:
    found = type_set({}).get(name)
    assert found is not None
    for field in (*found.fields.values(), *found.blocks.values()):
        accept = acceptance(field, NAMES)
        for value in VALUES:
            node = read_yaml(value)
            assert node is not None
            assert accept(node) == (not list(problems(field, node, NAMES))), (field.name, value)
            assert accept(node) == accept(node), "remembering changes nothing"


@pytest.mark.parametrize(("name", "text"), [("qms", QMS_YAML), ("people", PEOPLE_YAML)])
def test_acceptance_of_a_whole_configuration(name: str, text: str) -> None:
    top = read_yaml(text)
    assert isinstance(top, Mapping)
    for key, node in top.entries.items():
        assert acceptance(config_type(name).fields[key], NAMES)(node), key
