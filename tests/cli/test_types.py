"""Every type of record, by commands alone: made, moved through all its states, refused at each gate, closed, shown.

``tests/types/<type>.yaml`` is how one record of the type lives: ``office`` it lives in, other records it is
made ``with``, the fields it is made from (``new``), its ``walk``, and other ways a record may go (``also``).
A step of the walk runs what comes ``first``, then tries what is ``wrong``: rows and fields that leave a gate
closed, an ``empty`` section, or somebody who may not sign, with the words of the refusal (``says``). Then it
gives what is needed (``run``, ``fill``, ``set``, ``rows``, ``rewrite``) and goes on, unless it is to ``stop``
there. ``{u0}`` stands for the office's first unit, ``{id}`` for the record, ``{audit}`` for what was made
``as: audit``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from qmsctl.core.gates import Lack, missing
from qmsctl.core.types import type_set as type_set_module
from qmsctl.core.types.record_type import Gate, RecordType
from qmsctl.core.types.type_reader import type_of
from qmsctl.rules import state_without_gate
from qmsctl.store.shipped import definitions
from qmsctl.store.shipped.definitions import builtin_type_names, type_set
from tests.desk import Desk, own_home, qmsctl

pytestmark = pytest.mark.process

DATA = Path(__file__).parents[1] / "types"
TYPES = type_set({})
WALKED = sorted(path.stem for path in DATA.glob("*.yaml"))
ELSEWHERE = {"action", "nonconformity", "periodic-review", "disposal", "distribution", "tombstone"}
"""Records whose whole life other tests tell."""

DAY = "2026-06-01"
PEOPLE = """\
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: UNIT0, roles: [{role: director, from: 2025-01-01}]}
  - {id: hung, name: Lê Quốc Hùng, email: hung@tan-an.example, unit: UNIT0, roles: [{role: deputy-director, from: 2025-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, email: lan@tan-an.example, unit: UNIT0, roles: [{role: qmr, from: 2025-01-01}, {role: internal-auditor, from: 2025-01-01}]}
  - {id: minh, name: Đỗ Văn Minh, email: minh@tan-an.example, unit: UNIT1, roles: [{role: iso-secretary, from: 2025-01-01}]}
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: UNIT1, roles: [{role: unit-head, from: 2025-01-01}]}
  - {id: tuan, name: Vũ Anh Tuấn, email: tuan@tan-an.example, unit: UNIT2, roles: [{role: unit-head, from: 2025-01-01}]}
"""
HOLDS = {each["id"]: {held["role"] for held in each["roles"]} for each in yaml.safe_load(PEOPLE)["people"]}
OFFICES = [
    f"{profile}/{standard}/{lang}"
    for profile in ("agency", "company")
    for standard in ("iso9001-2008", "iso9001-2015")
    for lang in ("vi", "en")
]


@pytest.fixture(scope="session")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A new system of each kind, made once when it is first asked for; its people are those of the tests."""
    folder = tmp_path_factory.mktemp("kinds")
    with own_home(folder / "home"):
        yield folder


def laid_down(folder: Path, office: str) -> Path:
    root = folder / office.replace("/", "-")
    if not root.exists():
        profile, standard, lang = office.split("/")
        me = ("--name", "Đỗ Văn Minh", "--email", "minh@tan-an.example")
        said = qmsctl("--today", "2026-01-05", "init", root, "--profile", profile, "--standard", standard, "--lang", lang, *me)
        assert said.code == 0, said.err
        desk = Desk(root, DAY)
        units = [each["id"] for each in yaml.safe_load(desk.read("qms.yaml"))["units"]]
        people = PEOPLE
        for number, unit in enumerate(units[:3]):
            people = people.replace(f"UNIT{number}", unit)
        desk.write("people.yaml", people)
        desk.commit("people")
    return root


@dataclass
class Walk:
    """A record on its way, with what its gates have said so far."""

    desk: Desk
    names: dict[str, str]
    refused_gates: set[int] = field(default_factory=set)
    refused_fields: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        return self.names["id"]

    def words(self, value: Any) -> str:
        text = "yes" if value is True else "no" if value is False else str(value)
        return re.sub(r"{(\w+)}", lambda found: self.names.get(found[1], found[0]), text)

    def run(self, step: Any) -> None:
        """Commands of other people and about other records; ``as`` keeps the id of what was made."""
        for command in step:
            day = command.get("day")
            said = self.desk.run(*map(self.words, command["run"]), by=command.get("by", "minh"), day=day)
            path = said.written[0] if said.written else ""
            if command.get("fill", True) and path.endswith(".md") and not path.startswith("signoffs/"):
                self.desk.fill_in(path)
            if "as" in command:
                self.names[command["as"]] = Path(path).stem

    def give(self, step: Any) -> None:
        """Fields and rows of the record itself."""
        if step.get("fill"):
            self.desk.fill_in(self.desk.path_of(self.id))
        pairs = [f"{key}={self.words(value)}" for key, value in step.get("set", {}).items()]
        if pairs:
            self.desk.run("set", self.id, *pairs, by="minh")
        for block, rows in step.get("rows", {}).items():
            for row in rows:
                self.desk.run("set", self.id, f"{block}+={self.words(row)}", by="minh")
        if "rewrite" in step:
            old, new = map(self.words, step["rewrite"])
            self.rewrite(re.escape(old), new)
        if "empty" in step:
            self.rewrite(rf"(?s)(?<=\n)(## {step['empty']}\. [^\n]*\n).*?(?=\n## |\Z)", r"\1")

    def rewrite(self, pattern: str, new: str) -> None:
        """Change the text as with an editor."""
        path = self.desk.path_of(self.id)
        before = self.desk.read(path)
        after = re.sub(pattern, new, before)
        assert after != before, pattern
        self.desk.write(path, after)

    def try_wrong(self, state: str, by: str, wrong: Any) -> None:
        """Give what is not enough, be refused in the expected words, and take it back."""
        path = self.desk.root / self.desk.path_of(self.id)
        before = path.read_bytes()
        self.give({key: value for key, value in wrong.items() if key != "set"})
        sets = [word for key, value in wrong.get("set", {}).items() for word in ("--set", f"{key}={self.words(value)}")]
        said = self.desk.refused("advance", self.id, state, *sets, by=wrong.get("by", by))
        assert self.words(wrong["says"]) in said.err, said.err
        self.refused_fields |= set(re.findall(r"\((\w+)\)", said.err))
        path.write_bytes(before)


def office_of(name: str, folder: Path, tmp_path: Path) -> tuple[Walk, Any]:
    """An office in which records of the type can be made."""
    told = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    office = told.get("office") or OFFICES[WALKED.index(name) % len(OFFICES)]
    desk = Desk(laid_down(folder, office), DAY).copied(tmp_path / "office")
    desk.sit("minh")
    units = [each["id"] for each in yaml.safe_load(desk.read("qms.yaml"))["units"]]
    names = {f"u{number}": unit for number, unit in enumerate(units)}
    rows = desk.run("list", "document", "--format", "json").json
    names |= {each: next(row["id"] for row in rows if row["type"] == each) for each in ("procedure", "form", "manual")}
    walk = Walk(desk, names)
    walk.run(told.get("with", []))
    return walk, told


@pytest.mark.parametrize("name", WALKED)
def test_the_life_of_a_record(name: str, offices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walk, told = office_of(name, offices, tmp_path)
    kind = TYPES.get(name)
    assert kind is not None
    closed: set[str] = set()

    def listening(gate: Gate, item: Any, context: Any) -> Iterator[Lack]:
        for lack in missing(gate, item, context):
            if item.id == walk.names.get("id"):
                closed.add(repr(gate))
            yield lack

    monkeypatch.setattr(state_without_gate, "missing", listening)
    passed: set[str | None] = set()
    for way in (told, *told.get("also", ())):
        passed |= lives(walk, kind, told.get("new", {}) | way.get("new", {}), way["walk"], tmp_path)
        if not any(step.get("stop") for step in way["walk"]):
            is_frozen(walk)
    assert passed == set(kind.states), "all its states"
    assert closed == {repr(gate) for state in kind.states.values() for gate in state.gates}, "each gate was closed once"
    needed = {each.name for each in kind.fields.values() if each.required and each.state not in (None, kind.first_state)}
    assert needed <= walk.refused_fields
    is_shown(walk, kind)


def lives(walk: Walk, kind: RecordType, new: Any, steps: Any, folder: Path) -> set[str | None]:
    """Make a record and move it on; the states it came through."""
    desk = walk.desk
    sets = [word for key, value in new.items() for word in ("--set", f"{key}={walk.words(value)}")]
    walk.names["id"] = Path(desk.run("new", kind.name, "--title", "Thử", *sets, by="minh").written[0]).stem
    assert desk.errors() == [], "a new record is clean"
    for step in steps:
        by = step.get("by", "minh")
        walk.run(step.get("first", []))
        for wrong in step.get("wrong", ()):
            walk.try_wrong(step["to"], by, wrong)
        if step.get("stop"):
            return {kind.first_state}
        walk.run(step.get("run", []))
        if step.get("first_format"):
            desk.edit("qms.yaml", "format: 2\n", "")
        if step is steps[-1]:
            attach(walk, folder)
        walk.give(step)
        state = kind.states[step["to"]]
        if state.final and not state.given_up:
            desk.fill_in(desk.path_of(walk.id))
        if state.signoff and state.signoff.roles:
            outsiders = (person for person, roles in HOLDS.items() if not roles & set(state.signoff.roles))
            for outsider in islice(outsiders, 1):
                assert "signer-without-role" in desk.refused("advance", walk.id, step["to"], by=outsider).err
        desk.run("advance", walk.id, step["to"], by=by)
        assert desk.errors() == [], step["to"]
    return {kind.first_state, *(step["to"] for step in steps)}


def attach(walk: Walk, folder: Path) -> None:
    """Attach a file as evidence; its path and digest may be used in the step."""
    cases = folder / "2026-05.csv"
    cases.write_text("case,received,due,stops,supplements,finished,released_by\n", encoding="utf-8")
    walk.names["path"] = walk.desk.run("attach", walk.id, cases, by="minh").written[1]
    walk.names["sha256"] = hashlib.sha256(cases.read_bytes()).hexdigest()


def is_frozen(walk: Walk) -> None:
    """The closed record is kept as it was signed: an edit is found, and commands refuse one."""
    desk, path = walk.desk, walk.desk.path_of(walk.id)
    assert "closed-record-changed" in desk.refused("set", walk.id, "title=khác", by="minh").err
    before = desk.read(path)
    assert "\n# - {" not in before, "no row of the template is signed"
    desk.write(path, before + "\nThêm sau.\n")
    assert "closed-record-changed" in desk.errors()
    desk.write(path, before)
    assert desk.errors() == []


def is_shown(walk: Walk, kind: RecordType) -> None:
    """Listed, shown, described and reported, in both languages."""
    desk = walk.desk
    profile = re.search(r"^profile: (\w+)$", desk.read("qms.yaml"), re.MULTILINE)
    called = profile[1] if profile else ""
    row, text = desk.row(walk.id), re.sub(r"(?s)```(\S+)\n(# [^\n]*\n)?```", "", desk.read(desk.path_of(walk.id)))
    state = kind.states[row["status"]]
    for lang in ("vi", "en"):
        desk.lang = lang
        assert state.label.as_in(called).in_language(lang) in desk.run("list", kind.name).out
        shown = " ".join(desk.run("show", walk.id).out.split())
        assert kind.label.as_in(called).in_language(lang) in shown
        assert kind.fields["owner"].label.as_in(called).in_language(lang) in shown
        described = desk.run("types", kind.name).out
        assert all(each.label.as_in(called).in_language(lang) in described for found in (kind.fields, kind.states)
                   for each in found.values() if each.label.is_of(called))
        schema = desk.run("schema", kind.name).json
        assert set(kind.fields) <= set(schema["properties"])
        assert all(block.label.as_in(called).in_language(lang) in shown for name, block in kind.blocks.items() if f"```{name}\n" in text)
    report = desk.run("report", "audit").out
    assert walk.id in report
    assert kind.label.as_in(called).in_language(desk.lang) in report


def test_types_that_nobody_uses_are_not_read(offices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command would pay for them; an English office names the ids of all types."""
    read: list[str] = []

    def listening(node: Any, base: Any, builtin: bool, shape_of: Any) -> RecordType:
        found = type_of(node, base, builtin, shape_of)
        read.append(found.name)
        return found

    monkeypatch.setattr(type_set_module, "type_of", listening)
    definitions._builtin_types.cache_clear()
    desk = Desk(laid_down(offices, "company/iso9001-2015/en"), DAY)
    for command in ("list", "check"):
        desk.run(command, code=None)
    assert {"procedure", "form"} <= set(read)
    assert not set(read) & set(WALKED)


def test_every_type_of_record_is_walked() -> None:
    records = {name for name in builtin_type_names() if (found := TYPES.get(name)) and found.kind == "record"}
    assert set(WALKED) == records - ELSEWHERE
