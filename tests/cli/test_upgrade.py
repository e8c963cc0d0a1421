"""``qmsctl upgrade``: two lines in qms.yaml, whatever it looks like, and nothing that was right becomes wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.desk import SOURCE, Desk, git, qmsctl

OFFICE = Path(SOURCE).parent / "example-repo"
LINES = "format: 2\nstricter_from: 2026-01-06\n"


def test_sets_two_lines_and_keeps_every_other(desk: Desk) -> None:
    before = desk.read("qms.yaml")
    dry = desk.run("upgrade", "--dry-run")
    assert "+stricter_from: 2026-01-06" in dry.out
    assert desk.read("qms.yaml") == before
    desk.run("upgrade", "--commit")
    after = desk.read("qms.yaml")
    assert after.startswith(before)
    assert after.endswith(LINES)
    assert desk.check()[0] == 0
    assert desk.git("show", "--name-only", "--format=%s", "HEAD").split("\n")[2] == "qms.yaml"
    assert "already" in desk.refused("upgrade").err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format: 1\nstricter_from: 2030-01-01 # sau\n", "format: 2\nstricter_from: 2026-01-06 # sau\n"),
        ("stricter_from: '2030-01-01'\nformat: \"1\"\n", "stricter_from: 2026-01-06\nformat: 2\n"),
        ("format: 1", "format: 2\n\n# The criteria by which the program judges what is of this day or later; qmsctl upgrade sets both lines.\nstricter_from: 2026-01-06\n"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_writes_over_what_stands_there(desk: Desk, old: str, new: str, end: str) -> None:
    desk.edit("qms.yaml", "language: vi", "language: en")
    before = desk.read("qms.yaml")
    (desk.root / "qms.yaml").write_bytes(("\ufeff" + before + old).replace("\n", end).encode())
    desk.run("upgrade")
    assert (desk.root / "qms.yaml").read_bytes() == ("\ufeff" + before + new).replace("\n", end).encode()


def test_begins_on_the_day_it_is_told(desk: Desk) -> None:
    desk.run("upgrade", "--from", "2026-02-01")
    assert desk.read("qms.yaml").endswith("stricter_from: 2026-02-01\n")
    assert desk.check()[0] == 0
    desk.commit("upgraded")
    desk.edit("qms.yaml", "stricter_from: 2026-02-01", "stricter_from: 2026-03-01")
    later = desk.run("check", "--base", "HEAD", "--format", "json", code=1).json["diagnostics"]
    assert "format-lowered" in {each["rule"] for each in later}


def test_a_day_before_the_last_sign_off_is_refused_with_the_day_that_may_be(desk: Desk) -> None:
    desk.run("submit", "QT-01", day="2026-01-06")
    said = desk.refused("upgrade", "--from", "2026-01-02", day="2026-01-09")
    assert "on 2026-01-06 something was signed" in said.err
    assert "--again" not in said.err
    assert "qmsctl upgrade --from 2026-01-07" in said.err
    desk.run("upgrade", "--from", "2026-01-07", day="2026-01-09")
    assert desk.check("2026-01-09")[0] == 0


def test_a_later_format_stops_every_command(desk: Desk) -> None:
    desk.write("qms.yaml", desk.read("qms.yaml") + "format: 3\nstricter_from: 2026-01-06\n")
    for words in (("check",), ("list",), ("todo",), ("submit", "QT-01"), ("upgrade",), ("report", "audit"), ("verify",)):
        said = desk.refused(*words)
        assert "format 3" in said.err
        assert "update qmsctl" in said.err


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_example_office_stays_without_error(home: Path, tmp_path: Path, lang: str) -> None:
    office = tmp_path / "office"
    shutil.copytree(OFFICE, office)
    git(office, "init", "--quiet", "-b", "main")
    git(office, "add", "--all")
    git(office, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "office")
    for command in (["check"], ["upgrade"], ["check"]):
        said = qmsctl("--lang", lang, "--today", "2026-11-20", "-C", office, *command)
        assert said.code == 0, said.out


def test_a_new_office_is_of_the_latest_format(home: Path, tmp_path: Path) -> None:
    said = qmsctl("--today", "2026-02-03", "init", tmp_path / "a", "--name", "Minh", "--email", "minh@x.example")
    assert said.code == 0
    assert LINES.replace("2026-01-06", "2026-02-03") in (tmp_path / "a/qms.yaml").read_text(encoding="utf-8")
