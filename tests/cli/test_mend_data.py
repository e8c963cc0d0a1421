"""A mend as data: every kind of step, in the shape that docs/forge.md promises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qmsctl.cli.formats.mend_data import mend_data
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import Terminal
from qmsctl.mend import (
    HOLE,
    Assignment,
    Command,
    Hole,
    Mend,
    Row,
    Span,
    addition,
    advice,
    command,
    correction,
    git,
    take_back,
    with_general,
)
from qmsctl.message import _
from tests.desk import Desk

DOCS = Path(__file__).parents[2] / "docs"
NC = "NC-2026-001"
ROW = Row((("no", "1"), ("because", HOLE), ("clauses", Hole(many=True))))
STEPS: list[tuple[Mend, dict[str, Any]]] = [
    (
        command("set", NC, sets=[Assignment("owner", HOLE), Assignment("due", "2026-07-01"), Assignment("whys", ROW, more=True)]),
        {
            "kind": "command", "verb": "set", "operands": [NC], "general": {},
            "set": {"owner": None, "due": "2026-07-01", "whys+": {"no": "1", "because": None, "clauses": None}},
            "options": {}, "holes": ["owner", "whys.because", "whys.clauses"],
            "text": f'qmsctl set {NC} owner="…" due=2026-07-01 "whys+={{no: 1, because: …, clauses: […]}}"',
        },
    ),
    (
        with_general(command("nc log", Hole("title"), unit="ho-tich", no_input=True, evidence=HOLE), C="Hồ sơ"),
        {
            "kind": "command", "verb": "nc log", "operands": [None], "general": {"C": "Hồ sơ"}, "set": {},
            "options": {"unit": "ho-tich", "no-input": True, "evidence": None}, "holes": ["title", "evidence"],
            "text": 'qmsctl -C "Hồ sơ" nc log "…" --unit ho-tich --no-input --evidence "…"',
        },
    ),
    (
        Mend((Command("nc why", (NC,), options=(("because", HOLE), ("because", HOLE))),)),
        {
            "kind": "command", "verb": "nc why", "operands": [NC], "general": {}, "set": {},
            "options": {"because": [None, None]}, "holes": ["because", "because"],
            "text": f'qmsctl nc why {NC} --because "…" --because "…"',
        },
    ),
    (
        addition(Assignment("title", HOLE), key=Hole("file")),
        {
            "kind": "add", "set": {"title": None}, "options": {"key": None}, "holes": ["title", "file"],
            "text": 'add --title "…" --key "…" to the command',
        },
    ),
    (git("add", Hole("files")), {"kind": "git", "words": ["add", None], "holes": ["files"], "text": 'git add "…"'}),
    (
        take_back("a b.md", copy="signoffs/a b.md"),
        {
            "kind": "take-back", "path": "a b.md", "copy": "signoffs/a b.md", "since": None,
            "text": 'put back the text of signoffs/a b.md with cp "signoffs/a b.md" "a b.md"',
        },
    ),
    (
        take_back("a.md", since="abc"),
        {"kind": "take-back", "path": "a.md", "copy": None, "since": "abc", "text": "put back its text with git checkout abc -- a.md"},
    ),
    (
        correction("a.md", Span(3, 1, 3, 5), "onwer", "owner"),
        {
            "kind": "edit", "path": "a.md", "start": {"line": 3, "column": 1}, "end": {"line": 3, "column": 5},
            "old": "onwer", "new": "owner", "text": "write “owner” in place of “onwer” in a.md, line 3",
        },
    ),
    (advice(_("ask somebody")), {"kind": "advice", "text": "ask somebody"}),
]


def data(mend: Mend) -> dict[str, Any]:
    return mend_data(mend, Session(Terminal("en")).words)


@pytest.mark.parametrize(("mend", "step"), STEPS, ids=lambda each: each["kind"] if isinstance(each, dict) else "")
def test_every_kind_of_step(mend: Mend, step: dict[str, Any]) -> None:
    assert data(mend) == {"steps": [step], "why": None, "by": [], "part": False, "otherwise": None}
    assert json.loads(json.dumps(data(mend))) == data(mend)


def test_steps_reasons_people_and_other_ways() -> None:
    mend = git("add", "x").then(command("check")).in_order_to(_("to see")).done_by([("lan", "Lan")]).in_part().or_else(advice(_("wait")))
    found = data(mend)
    assert [each["text"] for each in found["steps"]] == ["git add x", "qmsctl check"]
    assert (found["why"], found["by"], found["part"]) == ("to see", ["lan"], True)
    assert found["otherwise"] == data(advice(_("wait")))


@pytest.mark.parametrize("page", ["forge.md", "vi/forge.md"])
def test_the_shape_is_documented(page: str) -> None:
    """Every kind, and every key of one, stands on the page in code."""
    text = (DOCS / page).read_text(encoding="utf-8")
    for _mend, step in STEPS:
        assert f"`{step['kind']}`" in text
        assert not [key for key in step if f"`{key}`" not in text]
    assert not [key for key in data(advice(_("x"))) if f"`{key}`" not in text]


def test_check_and_todo_have_it_beside_the_words(office: Desk) -> None:
    office.run("new", "action", "--title", "Phân công", "--set", "owner=minh", "--set", "due=2026-05-01")
    late = office.run("check", "--format", "json", code=None).json["diagnostics"]
    assert {"hint", "mend"} <= set(late[0])
    for each in late:
        assert (each["hint"] is None) == (each["mend"] is None)
    tasks = office.run("todo", "--all", "--format", "json").json
    assert tasks
    assert all(each["mend"]["steps"] for each in tasks)
