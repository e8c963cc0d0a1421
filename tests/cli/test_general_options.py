"""The options of qmsctl itself stand before a command's name or anywhere after it, and mean the same there."""

from __future__ import annotations

import shlex
from itertools import permutations
from pathlib import Path

import pytest

from qmsctl.cli.completion import complete_id
from qmsctl.cli.given_again import GivenAgain
from qmsctl.cli.session import Session
from qmsctl.mend import command, git, take_back, with_general
from tests.commands import commands
from tests.desk import Desk, qmsctl
from tests.mending import hints

OF_ITS_OWN = {("init",): "--lang"}
"""The language of the office that is made, not that of the words."""


def test_every_command_takes_them(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for words in commands():
        said = qmsctl(*words, "-C", tmp_path, "--lang", "vi", "--today", "2026-02-20", "--no-cache", "--help")
        assert said.code == 0, (words, said.err)
        assert "Cách dùng: " in said.out or words in OF_ITS_OWN
        assert not words or "--no-cache" in said.out


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_sign_off_is_of_the_day_wherever_that_stands(desk: Desk, place: int) -> None:
    words: list[object] = ["submit", "QT-01", "--dry-run"]
    words[place:place] = ["--today", "20/2/2026", "-C", desk.root, "--lang", "en"]
    said = qmsctl(*words)
    assert said.code == 0, said.err
    assert "+at: 2026-02-20T" in said.out


@pytest.mark.parametrize("order", list(permutations(("-C", "--today"))))
def test_the_folder_comes_first_in_whatever_order_they_stand(desk: Desk, order: tuple[str, ...]) -> None:
    given: dict[str, object] = {"-C": desk.root, "--today": "20/2/2026"}
    said = qmsctl("list", *(word for name in order for word in (name, given[name])), "--lang", "en")
    assert said.code == 0, said.err


def test_below_a_group_and_behind_its_name(desk: Desk) -> None:
    for words in (("nc", "list", "-C", desk.root, "--lang", "vi"), ("nc", "-C", desk.root, "--lang", "vi", "list")):
        assert qmsctl(*words).out.startswith("Mã hiệu")


def test_of_two_the_later_counts(desk: Desk) -> None:
    said = qmsctl("-C", desk.root, "--lang", "en", "--today", "2026-01-01", "todo", "--all", "--today", "2030-01-01", "--format", "json")
    assert said.code == 0
    assert qmsctl("-C", "/nowhere", "list", "-C", desk.root).code == 0


@pytest.mark.parametrize(("words", "says"), [
    (("list", "--today", "never"), "--today is “never”"), (("list", "--lang", "de"), "“de”"), (("check", "--lang"), "--lang needs a value"),
    (("list", "-C", "/nowhere"), "there is no folder"), (("list", "--today", "9999-12-31"), "“9999-12-31”, whose year is not between 1000 and 8999"),
])
def test_what_they_cannot_be_is_said_as_before(desk: Desk, words: tuple[str, ...], says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QMSCTL_LANG", "en")
    monkeypatch.chdir(desk.root)
    said = qmsctl(*words)
    assert said.code in (2, 3)
    assert says in said.err
    assert "Traceback" not in said.err


def test_what_is_proposed_is_about_the_same_folder_and_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed as printed, where the command before it was typed."""
    monkeypatch.chdir(desk.root.parent)
    named = desk.root.name
    said = qmsctl("show", "QT-1", "-C", named, "--lang", "en", "--today", "2026-02-20")
    [proposed] = hints(said.err)
    assert proposed == f"did you mean: qmsctl -C {named} --today 2026-02-20 show QT-01"
    assert qmsctl(*shlex.split(proposed.partition("qmsctl ")[2])).code == 0
    found = qmsctl("-C", named, "--lang", "en", "check", "--format", "json").json["diagnostics"]
    ways = [step for each in found for step in (each["mend"] or {"steps": []})["steps"] if step["kind"] == "command"]
    assert ways
    assert all(each["general"] == {"C": named} and each["text"].startswith(f"qmsctl -C {named} ") for each in ways)


def test_git_and_copies_are_proposed_for_the_folder_of_the_office() -> None:
    below, named = GivenAgain((), ".."), GivenAgain((("C", "phòng ban"),), "phòng ban")
    back, copied = take_back("a.md"), take_back("a/b.md", "signoffs/b.md", gone=True)
    assert str(below.words(back)) == "put back its text with git -C .. checkout -- a.md"
    assert str(named.words(git("status").or_else(command("show", "QT-01")).hint)) == 'git -C "phòng ban" status; or: qmsctl -C "phòng ban" show QT-01'
    assert str(below.words(copied)).endswith("mkdir -p ../a && cp ../signoffs/b.md ../a/b.md")
    assert str(named.words(with_general(command("check"), repo="x"))) == "qmsctl --repo x check"
    assert str(named.words(command("", version=True))) == "qmsctl --version"


@pytest.mark.process
def test_init_keeps_its_own_language(home: Path, tmp_path: Path) -> None:
    me = ("--name", "Anna Miller", "--email", "anna@company.example")
    assert qmsctl("init", tmp_path / "office", "--profile", "company", "--lang", "en", *me).code == 0
    assert "language: en" in (tmp_path / "office/qms.yaml").read_text(encoding="utf-8")


def test_completion_looks_where_they_point(desk: Desk) -> None:
    from qmsctl.cli.program import root_command

    root = root_command(Session()).make_context("qmsctl", [], obj=Session(), resilient_parsing=True)
    group = root.command
    shown = group.get_command(root, "show")  # type: ignore[attr-defined]
    context = shown.make_context("show", ["-C", str(desk.root)], parent=root, resilient_parsing=True)
    assert "QT-01" in complete_id(context, "QT")
