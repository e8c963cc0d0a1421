"""What each operator of gates takes is said in its own module, and documented with an example that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from qmsctl.core import gates
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.types.gate_names import names_of
from qmsctl.core.types.gate_reader import read_gate
from qmsctl.core.types.gate_shape import Arguments
from qmsctl.core.types.record_type import Gate
from tests.office import library_of

PAGE = (Path(__file__).parents[2] / "docs" / "types.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+): ([^\n]*) \|$", PAGE.partition("| gate |")[2].partition("\n\n")[0], re.MULTILINE))
"""The rows of the table of gates, by operator."""


def read(text: str) -> Gate:
    node = read_yaml(f"{{{text}}}")
    assert node is not None
    return read_gate(node, gates.shape_of)


def docstring(name: str) -> str:
    return import_module(f"qmsctl.core.gates.{name}").__doc__ or ""


@pytest.mark.parametrize("name", sorted(gates.operators()))
def test_the_docstring_of_an_operator_begins_with_an_example(name: str) -> None:
    example = re.match(r"``(.+?)`` — ", docstring(name))
    assert example
    assert read(example[1]).operator == name


def test_the_table_of_gates_has_every_operator_and_no_other() -> None:
    assert set(ROWS) == gates.operators()


@pytest.mark.parametrize("name", sorted(gates.operators()))
def test_the_table_of_gates_has_an_example_and_every_argument(name: str) -> None:
    example = ROWS[name].partition("`")[0]
    assert read(f"{name}: {example.replace('gate, gate', '{present: [a]}, {present: [b]}')}").operator == name
    shape = gates.shape_of(name)
    keys = shape.by_key if isinstance(shape, Arguments) else ()
    assert [key for key in keys if not re.search(rf"`{key}[`:]|[{{ ]{key}:", ROWS[name])] == []


@pytest.fixture
def new_operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An operator that is one more file and nothing else."""
    (tmp_path / "brief.py").write_text('''"""``brief: {field: title}`` — the field is short."""

from qmsctl.core.gates import Lack
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.message import Message

TAKES = Arguments({"field": Argument(Written.TEXT, "field", needed=True)})


def check(item, arguments, context):
    """The length of the text."""
    if len(item.text(arguments["field"]) or "") > 5:
        yield Lack(Message("too long"))
''')
    monkeypatch.setattr(gates, "__path__", [*gates.__path__, str(tmp_path)])
    gates.operators.cache_clear()
    yield "brief"
    monkeypatch.undo()
    gates.operators.cache_clear()


TYPE = """type: visit
kind: record
label: {en: Visit, vi: Chuyến thăm}
id: "VS-{number:3}"
folder: records/visits
fields:
  title: {kind: text, required: true}
states:
  - {id: planned, label: {en: planned, vi: dự định}, to: [done]}
  - {id: done, label: {en: done, vi: xong}, final: true, gates: [GATE]}
"""
VISIT = "---\nid: VS-001\ntype: visit\ntitle: TITLE\nstatus: done\n---\n"


@pytest.mark.parametrize(
    ("gate", "title", "wanted"),
    [
        ("{brief: {field: title}}", "short", []),
        ("{brief: {field: title}}", "much longer", ["too long"]),
        ("{any: [{brief: {field: title}}, {equal: {title: much longer}}]}", "much longer", []),
    ],
)
def test_a_new_operator_is_one_file(new_operator: str, gate: str, title: str, wanted: list[str]) -> None:
    files = {".qms/types/visit/type.yaml": TYPE.replace("GATE", gate), "records/visits/VS-001.md": VISIT.replace("TITLE", title)}
    library = library_of({path: text.encode() for path, text in files.items()})
    item = library.by_id["VS-001"]
    [found] = item.type.states["done"].gates
    assert [str(lack.message) for lack in gates.missing(found, item, gates.Context(library, library.today))] == wanted
    assert ("field", "title") in names_of(found)


def test_a_new_operator_is_held_to_its_shape(new_operator: str) -> None:
    files = {".qms/types/visit/type.yaml": TYPE.replace("GATE", "{brief: [title]}").encode()}
    types = library_of(files).types
    assert types.get("visit") is None
    [problem] = types.problems
    assert f"the gate “{new_operator}” is not given what it needs" in str(problem.message)
