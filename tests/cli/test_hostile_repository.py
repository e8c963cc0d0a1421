"""Every command that reads, in a repository whose configuration names a program for everything."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from qmsctl.cli.program import COMMANDS
from tests.desk import Desk, process, qmsctl
from tests.hostile import arm

WRITING = {
    "init", "new", "revise", "submit", "review", "approve", "return", "withdraw", "acknowledge", "adopt", "set", "attach",
    "advance", "reopen", "measure", "upgrade", "row", "tidy", "renumber", "sync", "escalate", "import",
}
ELSEWHERE = {"export", "fleet", "serve", "witness"}
"""What goes out is tried below; the page reads and writes through the same store as the commands; a witness needs no QMS."""
READING = (
    ("check",), ("check", "--at", "HEAD"), ("check", "--base", "main"), ("check", "--base", "HEAD~1", "--at", "HEAD"),
    ("verify",), ("verify", "--at", "HEAD"), ("check", "--staged"), ("check", "--format", "github"), ("hook", "install", "--dry-run"),
    ("explain", "dossier-file-changed"), ("rules",), ("list",), ("list", "--at", "HEAD"), ("show", "QT-01"),
    ("show", "QT-01", "--revision", "1", "--text"), ("types",), ("schema", "procedure"), ("report", "audit", "-o", "-"),
    ("report", "register", "-o", "-"), ("report", "changes", "-o", "-"), ("report", "procedure", "QT-01", "-o", "-"), ("nc", "list"),
    ("history", "QT-01"), ("diff", "QT-01", "1..draft"), ("procedure", "QT-01"), ("todo",), ("status",), ("training",), ("cases", "show", "QT-01"),
    ("coverage",), ("transition", "--to", "iso9001-2015"), ("records", "due-for-disposal", "--all"),
    ("audit", "plan", "--year", "2027", "--dry-run"), ("management-review", "prepare", "--dry-run"), ("checkpoint", "--dry-run"),
)

NOTHING_THERE: dict[tuple[str, ...], tuple[int, str]] = {
    ("cases", "show"): (3, "there is no case register of QT-01"),
    ("records", "due-for-disposal"): (0, "no record may be destroyed"),
    ("checkpoint", "--dry-run"): (3, "this is the branch work"),
}
"""What has nothing to show in so small an office says so, after it has read all of it."""


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return tmp_path / "canary"


@pytest.fixture
def hostile(office: Desk, tmp_path: Path, canary: Path) -> Desk:
    """An office with a draft that is not committed, so that git would want to look at it."""
    office.write(".gitattributes", "*.md filter=evil diff=evil merge=evil text eol=lf\n")
    office.commit("attributes")
    office.git("switch", "--quiet", "-c", "work")
    office.edit("documents/procedures/QT-01.md", "time: 4h", "time: 9h")
    outside = tmp_path / "outside"
    outside.mkdir()
    arm(office.root, outside, canary)
    return office


def whole(root: Path) -> Mapping[str, str]:
    """Every file below ``root``, git's own too."""
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in root.rglob("*") if path.is_file()}


def test_every_command_is_known_here() -> None:
    assert set(COMMANDS) == WRITING | {words[0] for words in READING} | ELSEWHERE


def test_documents_go_out_and_nothing_is_run(hostile: Desk, canary: Path, tmp_path: Path) -> None:
    before = whole(hostile.root)
    hostile.run("export", "documents", "--format", "docx", "-o", tmp_path / "for the desk")
    assert list((tmp_path / "for the desk").rglob("*.docx"))
    hostile.run("fleet", "export", "-o", tmp_path / "rows")
    assert (tmp_path / "rows" / "manifest.json").is_file()
    assert whole(hostile.root) == before
    assert not canary.exists()


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_command_that_reads_runs_nothing_and_writes_nothing(hostile: Desk, canary: Path, words: tuple[str, ...]) -> None:
    before = whole(hostile.root)
    said = qmsctl("-C", hostile.root, "--lang", "en", *words)
    if words[:2] in NOTHING_THERE:
        code, sentence = NOTHING_THERE[words[:2]]
        assert (said.code, said.out) == (code, "")
        assert sentence in said.err
    else:
        assert said.code in (0, 1), said.err
        assert said.out
    assert whole(hostile.root) == before
    assert not canary.exists(), canary.read_text()


def test_a_program_named_git_in_the_folder_is_not_run(hostile: Desk, canary: Path) -> None:
    for name in ("git", "git.exe", "ssh-keygen"):
        hostile.write(name, f"#!/bin/sh\necho {name} >> {canary}\n")
        (hostile.root / name).chmod(0o755)
    assert process("--lang", "en", "check", "--base", "main", cwd=hostile.root).returncode == 1
    assert not canary.exists()
