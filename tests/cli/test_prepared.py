"""What is answered before the commands are imported is what the commands say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qmsctl.cli import app, prepared, preparing
from qmsctl.cli.commands.rules import listed
from qmsctl.cli.language import LANGUAGES
from qmsctl.core.text.nodes import placeless
from qmsctl.store.shipped import definitions, yaml_files
from tests.commands import commands
from tests.desk import SOURCE, environment

QMSCTL = (sys.executable, "-c", "import sys; from qmsctl.__main__ import main; code = main(); print(*sys.modules, file=sys.stderr); sys.exit(code)")
HEAVY = {"typer", "typing", "re", "pathlib", "qmsctl.cli.app"}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages as a build writes them."""
    folder = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(prepared.WIDTH))
        preparing.write(folder)
    return folder


@pytest.fixture
def pages(written: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(prepared, "FOLDER", str(written))
    return written


@pytest.fixture(scope="module")
def known() -> list[tuple[str, ...]]:
    return list(commands())


@pytest.mark.parametrize("columns", [80, 200])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_page_is_what_its_command_says(lang: str, columns: int, pages: Path, known: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for words in known:
        arguments = ["--lang", lang, *words, "--help"]
        assert app.run(arguments) == 0
        assert prepared.help_page(arguments) == capsys.readouterr().out, words


def test_the_list_of_rules_is_what_the_rules_say(pages: Path) -> None:
    assert prepared.rules() == json.loads(json.dumps(listed()))


def test_what_ships_is_known_as_it_stands_in_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def all_of_it() -> list[object]:
        yaml_files._all.cache_clear()
        for each in (definitions._builtin_types, definitions.config_type, definitions.find_standard):
            each.cache_clear()
        types = [definitions.type_set({}).get(name) for name in sorted(definitions.builtin_type_names())]
        return [*types, *map(definitions.config_type, ("qms", "people")), *map(definitions.find_standard, definitions.editions())]

    monkeypatch.setattr(yaml_files, "_WRITTEN", tmp_path / "none")
    read = all_of_it()
    monkeypatch.setattr(yaml_files, "_WRITTEN", tmp_path / "shipped.txt")
    yaml_files.write(tmp_path / "shipped.txt")
    monkeypatch.setattr(yaml_files, "_read", {}.__getitem__)
    assert all_of_it() == read


def test_a_file_that_was_edited_since_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = tmp_path / "shipped.txt"
    yaml_files.write(stale)
    os.utime(stale, (0, 0))
    monkeypatch.setattr(yaml_files, "_WRITTEN", stale)
    monkeypatch.setattr(yaml_files, "_read", placeless)
    assert yaml_files.shipped("standards/editions.yaml") == placeless("standards/editions.yaml")


@pytest.mark.parametrize("arguments", [
    ["--help", "check"], ["nc log", "--help"], ["nc\nlog", "--help"], ["check", "list", "--help"], ["new", "nonconformity", "--help"], ["chek", "--help"], ["check", "--help", "--help"],
    ["--lang", "de", "--help"], ["--lang", "--help"], ["--lang", "en", "--lang", "vi", "--help"], ["check", "--"], ["check", "…", "--help"], ["\f", "--help"], ["--today", "never", "check", "--help"], [],
])  # fmt: skip
def test_other_words_are_left_to_the_commands(arguments: list[str], pages: Path) -> None:
    assert prepared.help_page(arguments) is None


def test_a_narrow_terminal_has_the_lines_broken_for_it(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "79")
    assert prepared.help_page(["--help"]) is None


@pytest.mark.parametrize("columns", ["0", "-3", "wide", "²", ""])
def test_a_width_that_is_none_counts_as_it_does_for_the_commands(columns: str, pages: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    app.run(["--lang", "en", "check", "--help"])
    assert prepared.help_page(["--lang", "en", "check", "--help"]) == capsys.readouterr().out


@pytest.mark.parametrize("name", ["cli/commands/check.py", "locale/vi/LC_MESSAGES/qmsctl.mo", "deep/er/new.py"])
def test_in_an_edited_checkout_the_commands_are_asked(name: str, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "src" / "qmsctl"
    monkeypatch.setattr(prepared, "PACKAGE", str(package))
    edited = package / name
    edited.parent.mkdir(parents=True)
    edited.touch()
    (tmp_path / "pyproject.toml").touch()
    written = (pages / "en.txt").stat().st_mtime_ns
    for later, known in ((-1, True), (0, True), (1_000_000_000, False)):
        os.utime(edited, ns=(written + later, written + later))
        assert (prepared.help_page(["--lang", "en", "--help"]) is not None) is known, later
    (tmp_path / "pyproject.toml").unlink()
    assert prepared.help_page(["--lang", "en", "--help"]), "nobody edits an installed package"


@pytest.mark.parametrize("data", [b"", b"\xff", b"\x0c\nUsage: qmsctl", b"[{"])
def test_what_was_left_half_written_is_left_to_the_commands(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "FOLDER", str(tmp_path))
    for name in ("en.txt", prepared.RULES):
        (tmp_path / name).write_bytes(data)
    assert prepared.help_page(["--lang", "en", "--help"]) is None
    assert prepared.rules() is None


def test_the_language_is_that_of_the_office_or_the_machine(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("QMSCTL_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    vietnamese = prepared.help_page(["--lang", "vi", "check", "-h"])
    assert vietnamese is not None
    assert prepared.help_page(["check", "-h"]) == vietnamese
    (tmp_path / "qms.yaml").write_text("language: en\n", encoding="utf-8")
    assert prepared.help_page(["check", "-h"]) == prepared.help_page(["--lang", "en", "check", "-h"]) != vietnamese
    monkeypatch.setenv("QMSCTL_LANG", "vi")
    assert prepared.help_page(["check", "-h"]) == vietnamese


def run(*arguments: str, **streams: object) -> subprocess.CompletedProcess[str]:
    known = environment(PYTHONPATH=str(SOURCE), COLUMNS="80")
    return subprocess.run([*QMSCTL, *arguments], env=known, encoding="utf-8", check=False, **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams})  # type: ignore[call-overload, no-any-return]


@pytest.mark.process
@pytest.mark.parametrize("arguments", [("--version",), ("--lang", "vi", "check", "--help")])
def test_nothing_is_imported_for_it(arguments: tuple[str, ...], written: Path) -> None:
    program = f"import sys; from qmsctl.__main__ import main; from qmsctl.cli import prepared; prepared.FOLDER = {str(written)!r}; main(); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-S", "-c", program, *arguments], env=environment(PYTHONPATH=str(SOURCE), COLUMNS="80"), capture_output=True, encoding="utf-8", check=True)
    assert done.stdout
    assert not HEAVY & set(done.stderr.split())


@pytest.mark.process
def test_typer_is_not_imported_for_a_plain_line(written: Path) -> None:
    program = f"import sys; from qmsctl.__main__ import main; from qmsctl.cli import prepared; prepared.FOLDER = {str(written)!r}; main(); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-S", "-c", program, "rules"], env=environment(PYTHONPATH=str(SOURCE)), capture_output=True, encoding="utf-8", check=True)
    assert "typer" not in done.stderr.split()


@pytest.mark.process
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
@pytest.mark.parametrize("arguments", [("--version",), ("--lang", "en", "check", "--help")])
def test_what_cannot_be_printed_is_said(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = run("--lang", "en", *arguments[-2:], stdout=full)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "error: standard output cannot be written: no space left on device\n" in done.stderr
