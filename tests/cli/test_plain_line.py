"""A command line that is read without Typer means what Typer would have it mean."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from random import Random
from typing import Any

import pytest

from qmsctl.cli import command_line, plain_line, prepared, preparing, program
from qmsctl.cli.session import Session
from qmsctl.errors import UsageError

LINES = preparing.command_lines()
VALUES = ("QT-01", "vi", "2026-06-01", "never", ".", "nowhere", "a=b", "trễ hẹn", "0", "-", "", "--wide", "--", "-5")
ODD = ("extra", "--nothing", "-x", "--help", "--version", "check", "")


@pytest.fixture(autouse=True)
def _written(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("prepared")
    (folder / prepared.LINES).write_text(json.dumps(LINES), encoding="utf-8")
    monkeypatch.setattr(prepared, "FOLDER", str(folder))


def meant(carry_out: Callable[[Session], object], name: str, monkeypatch: pytest.MonkeyPatch) -> object:
    """What the function of a command was given, and what the options of qmsctl have set, or the error."""
    module, told, session = program.module_of(name), [], Session()
    asked = inspect.signature(module.command)

    @wraps(module.command)
    def command(**given: Any) -> None:
        found = asked.bind(**given)
        found.apply_defaults()
        told.append((found.arguments.pop("context").obj is session, dict(found.arguments)))

    with monkeypatch.context() as patch:
        patch.setattr(module, "command", command)
        try:
            carry_out(session)
        except UsageError as error:
            return str(error)
    return told, session.start, session.day, session.cached, session.again


def some_line(name: str, by_chance: Random) -> list[str]:
    """A line of a command, most of its words in their places."""
    _module, options, operands = LINES[name]
    words = []
    for word in by_chance.sample(sorted(options), by_chance.randrange(4)):
        value = by_chance.choice(VALUES[: 8 if by_chance.random() < 0.9 else None])
        words.append([word] if options[word][1] == plain_line.FLAG else by_chance.choice(([word, value], [word, value], [f"{word}={value}"])))
    words += [[by_chance.choice(VALUES[:8])] for _operand in operands if by_chance.random() < 0.7]
    words += [[by_chance.choice(ODD)]] if by_chance.random() < 0.1 else []
    by_chance.shuffle(words)
    before = [each for each in words if by_chance.random() < 0.3 and each[0] in LINES[""][1]]
    return [word for part in (*before, [name], *(each for each in words if each not in before)) for word in part]


@pytest.mark.parametrize("name", sorted(filter(None, LINES)))
def test_a_plain_line_means_what_typer_reads_in_it(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    by_chance, plain = Random(name), 0
    while plain < 6:
        words = some_line(name, by_chance)
        found = plain_line.plain_line(words)
        if found is None:
            continue
        plain += 1
        as_typer = meant(lambda session, words=words: program.root_command(session).main(words, prog_name="qmsctl", standalone_mode=False, obj=session), name, monkeypatch)  # type: ignore[misc]
        assert meant(found.run, name, monkeypatch) == as_typer, words


@pytest.mark.parametrize("words", [
    [], ["list", "--help"], ["--version"], ["lst"], ["nc", "list"], ["new", "nonconformity"], ["list", "record", "more"], ["show"], ["list", "--at"], ["list", "--at", "--wide"], ["list", "--at="],
    ["list", "--wide=1"], ["list", "--wide="], ["list", "--wide", "--wide"], ["list", "--unit", "a", "--unit", "b"], ["-C", ".", "list", "-C", "."], ["list", ""], ["list", "-oFILE"], ["list", "--", "record"], ["list", "-"],
    ["list", "--stat", "draft"],
])  # fmt: skip
def test_any_other_line_is_left_to_typer(words: list[str]) -> None:
    assert plain_line.plain_line(words) is None


def test_a_folder_that_cannot_be_read_is_left_to_typer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert plain_line.plain_line(["-C", str(tmp_path), "list"])
    monkeypatch.setattr("os.access", lambda *_asked: False)
    assert plain_line.plain_line(["-C", str(tmp_path), "list"]) is None


def test_a_shell_that_completes_words_is_answered_by_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_QMSCTL_COMPLETE", "complete_bash")
    assert plain_line.plain_line(["list"]) is None


def test_nothing_is_plain_that_typer_would_change() -> None:
    assert set(LINES) >= {"", "list", "show", "todo", "check", "rules", "history"}
    assert not set(LINES) & {"new", "nc", "init", "submit", "report", "audit", "serve"}
    root = program.root_command(Session())
    options = [each for each in root.params if each.name == "version"]
    assert [command_line.plain_kind(each) for each in options] == [plain_line.FLAG]
    assert "--version" not in LINES[""][1], "it has something of its own to do"
