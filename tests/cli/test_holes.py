"""What a mend leaves open is never taken for a value: not typed, not in a file, not as an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qmsctl.cli.questions import Interview
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import Terminal
from qmsctl.core.text.block_rows import Cell, append_row, with_cell, with_rows
from qmsctl.core.text.splice import front_matter, set_fields
from qmsctl.errors import UsageError
from qmsctl.message import _
from tests.desk import Desk

FILE = b"---\nid: X\nnames: [a]\n---\n\n```rows\n- no: 1\n```\n"
HOLES = ("…", "...", "[…]", "'…'")


def untouched(desk: Desk) -> str:
    return desk.git("status", "--porcelain", "--untracked-files=all") + desk.git("rev-parse", "HEAD")


@pytest.mark.parametrize(
    ("words", "open_"),
    [
        (("set", "NC-2026-001", "owner=…"), "owner"),
        (("set", "NC-2026-001", 'whys+={no: 1, because: "…"}'), "whys.because"),
        (("advance", "NC-2026-001", "confirmed", "--set", "requirement=[…]", "--set", "description=..."), "requirement, description"),
        (("new", "action", "--title", "…", "--set", "owner=minh"), "--title"),
        (("new", "action", "--title=...", "--set", "owner=minh"), "--title"),
        (("nc", "log", "…"), "log …"),
        (("revise", "QT-01", "--change", "…"), "--change"),
        (("report", "redline", "…", "…"), "redline …, … …"),
        (("frob", "…"), "frob …"),
    ],
)
def test_a_command_typed_as_it_was_printed_is_incomplete(office: Desk, words: tuple[str, ...], open_: str) -> None:
    office.run("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--source", "process")
    before = untouched(office)
    said = office.run(*words, code=2)
    assert said.err == f"error: still to be filled in: {open_}\n  → put your own words in place of …\n"
    assert said.out == ""
    assert untouched(office) == before


@pytest.mark.parametrize("hole", HOLES)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", 'title: "{}"\n'),
        ("a.yaml", '- title: x\n- title: y\n  owner: "{}"\n'),
        ("a.yaml", 'title: x\nrequirement: [QT-01, "{}"]\n'),
        ("a.yaml", 'title: x\ndescription: "{}"\n'),
        ("a.json", '{{"title": "x", "unit": "{}"}}'),
        ("a.md", '---\ntitle: "{}"\n---\n\nQuá hẹn.\n'),
        ("a.md", "---\ntitle: x\n---\n\n{}\n"),
        ("a.md", "---\ntitle: x\n---\n\n## Mô tả\n\n{}\n\n## Bằng chứng\n\nSổ tháng 6.\n"),
        ("a.md", '---\ntitle: x\n---\n\n## Mô tả\n\nQuá hẹn.\n\n```whys\n- no: 1\n  because: "{}"\n```\n'),
    ],
)
def test_a_file_with_an_open_place_is_refused(office: Desk, tmp_path: Path, name: str, text: str, hole: str) -> None:
    (tmp_path / name).write_text(text.format(hole), encoding="utf-8")
    before = untouched(office)
    said = office.run("nc", "log", "--no-input", "--from-file", tmp_path / name, code=2)
    assert "still to be filled in: " in said.err
    assert untouched(office) == before


def test_a_file_with_dots_in_its_sentences_is_taken(office: Desk, tmp_path: Path) -> None:
    text = "---\ntitle: Chờ… rồi thôi\n---\n\n## Mô tả\n\n... rồi thôi …\n\n```whys\n- no: 1\n  because: Thiếu người…\n```\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    office.run("nc", "log", "--no-input", "--from-file", tmp_path / "a.md")


@pytest.mark.parametrize("hole", HOLES)
def test_nothing_writes_a_hole(hole: str) -> None:
    for write in (
        lambda: front_matter([("title", hole)], ""),
        lambda: front_matter([("list", ["a", hole])], ""),
        lambda: set_fields(FILE, {"id": hole}),
        lambda: set_fields(FILE, {"names": ["a", hole]}),
        lambda: append_row(FILE, "rows", {"no": "2", "what": hole}, "Rows"),
        lambda: with_cell(FILE, Cell("rows", 1, "no"), hole),
    ):
        with pytest.raises(UsageError, match="still to be filled in: "):
            write()  # type: ignore[no-untyped-call]
    assert with_rows(FILE, "rows", [{"no": "1", "what": "rồi…"}], "Rows")


def test_an_answer_is_asked_for_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answers: Iterator[str] = iter(["…", " ... ", "Thiếu người trực"])
    monkeypatch.setattr("builtins.input", lambda _prompt: next(answers))
    assert Interview(Session(Terminal("en"))).line(_("Why: {what}?", what="x")) == "Thiếu người trực"
    assert capsys.readouterr().err.count("put your own words in place of …") == 2
