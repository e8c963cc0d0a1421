"""Nothing is called clean, or told as it stands, that could not be seen: states of a repository by commands."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.damages import ALL, DAMAGES, Damage, cloned, lacks, loosened
from tests.desk import Desk, Said, assert_plain

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "check": ("check",),
    "check --base": ("check", "--base", "main"),
    "check --staged": ("check", "--staged"),
    "verify": ("verify", "--strict"),
    "kit": ("verify", "--kit", "{tmp}/kit"),
    "list": ("list",),
    "show": ("show", "QT-01"),
    "history": ("history", "QT-01"),
    "diff": ("diff", "QT-01", "1..2"),
    "report": ("report", "changes", "-o", "-"),
    "todo": ("todo",),
    "new": ("new", "nonconformity", "--title", "Sai hẹn", "--dry-run"),
    "hook": ("hook", "run"),
}
_MEND = re.compile(r"→ |; |incomplete: ")


@pytest.fixture
def work(settled: Desk) -> Desk:
    """The office on a branch with one commit more than its main branch."""
    loosened(settled)
    settled.git("switch", "--quiet", "-c", "work")
    settled.edit("documents/procedures/QT-02.md", "time: 4h", "time: 5h")
    settled.commit("quicker")
    return settled


def answers(desk: Desk, tmp: Path) -> dict[str, Said]:
    """What every command says, wherever it lies."""
    found = {}
    for name, words in COMMANDS.items():
        shutil.rmtree(tmp / "kit", ignore_errors=True)
        said = desk.run(*(word.format(tmp=tmp) for word in words), code=None)
        found[name] = replace(said, out=said.out.replace(str(tmp), "{tmp}"))
    return found


@pytest.fixture(scope="module")
def _whole() -> dict[str, Said]:
    return {}


@pytest.fixture
def whole(work: Desk, tmp_path: Path, _whole: dict[str, Said]) -> Mapping[str, Said]:
    """What every command says of the office when all can be seen: asked once, for it is the same office; here it has been read before, too."""
    if _whole:
        work.run("check", "--base", "main")
    else:
        _whole.update(answers(work, tmp_path))
    return _whole


def checked(said: Mapping[str, Said], whole: Mapping[str, Said], says: str, tell: frozenset[str]) -> None:
    """Every answer is that of the whole repository, or says what was not seen."""
    for name, each in said.items():
        text = each.out + each.err
        assert "Traceback" not in text, name
        assert each.code in (0, 1, 3), f"{name}: {each.code}\n{text}"
        if each.code == 0 and name not in tell:
            told = each.out == whole[name].out or (re.search(says, text) and "clean" not in each.out)
            assert told, f"{name} is not told as it is:\n{text}"
            continue
        assert each.code, f"{name} says nothing of it:\n{text[-600:]}"
        assert_plain(each) if each.code == 3 else None
        assert re.search(says, text), f"{name}: {says}\n{text[-600:]}"
        assert _MEND.search(text), name
        if name == "report" and each.code == 1:
            assert "Not looked at" in each.out


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
def test_what_cannot_be_seen_is_said(work: Desk, tmp_path: Path, damage: Damage, whole: Mapping[str, Said]) -> None:
    work.git("branch", "other")
    assert [name for name, each in whole.items() if each.code] == []
    broken = damage.make(work, tmp_path) or work
    checked(answers(broken, tmp_path), whole, damage.says, damage.tell)


@pytest.mark.parametrize("name", [name for name, each in DAMAGES.items() if each.mend])
def test_the_git_command_it_names_mends_it(work: Desk, tmp_path: Path, name: str) -> None:
    damage = DAMAGES[name]
    broken = damage.make(work, tmp_path) or work
    said = broken.run("check", "--base", "main", code=1)
    assert f"git {' '.join(damage.mend)}" in said.out
    broken.git(*damage.mend)
    assert broken.run("check", "--base", "main").out.startswith("clean: ")


def test_lost_objects_come_back_from_where_they_are_kept(work: Desk, tmp_path: Path) -> None:
    clone = cloned()(work, tmp_path)
    assert clone is not None
    loosened(clone)
    lacks("HEAD~2^{tree}")(clone, tmp_path)
    assert "git fetch --refetch" in clone.run("check", code=1).out
    clone.git("fetch", "--quiet", "--refetch")
    assert clone.run("check").out.startswith("clean: ")


@pytest.mark.parametrize("left_out", ["signoffs", "documents", "records", "attachments"])
def test_what_a_sparse_checkout_leaves_out_is_read_from_git(work: Desk, tmp_path: Path, left_out: str, whole: Mapping[str, Said]) -> None:
    work.git("status")
    work.git("sparse-checkout", "set", "--no-cone", "/*", f"!/{left_out}/")
    assert not (work.root / left_out).exists()
    sparse = answers(work, tmp_path)
    assert {name: each.out for name, each in sparse.items()} == {name: each.out for name, each in whole.items()}
    assert {each.code for each in sparse.values()} == {0}


@pytest.mark.parametrize(("path", "says"), [("qms.yaml", "There is no qms.yaml"), ("documents/procedures/QT-02.md", "this checkout leaves it out")])
def test_what_a_sparse_checkout_leaves_out_is_brought_here_before_it_is_written(work: Desk, path: str, says: str) -> None:
    words = ("set", "QT-02", "owner=hoa", "--commit")
    work.git("status")
    work.git("sparse-checkout", "set", "--no-cone", "/*", f"!/{path}")
    said = work.refused(*words).err
    assert says in said
    way = re.search(r"(?:has it|have it here): git (?:-C \S+ )?([^;\n]+)", said)
    assert way
    work.git(*way[1].split())
    work.run(*words)
    assert work.git("status", "--porcelain") == ""
    assert "owner: hoa" in work.git("show", "HEAD:documents/procedures/QT-02.md")


def test_a_file_that_git_is_not_to_look_at_is_not_deleted(work: Desk) -> None:
    path = next(each for each in work.git("ls-files").splitlines() if each.startswith("signoffs/QT-01/1-") and "review" in each)
    work.git("update-index", "--skip-worktree", path)
    (work.root / path).unlink()
    assert work.run("check").out.startswith("clean: ")
    work.git("update-index", "--no-skip-worktree", path)
    assert "sign-off-deleted" in work.run("check").out


def test_a_blobless_clone_has_all_that_is_asked_of_it(work: Desk, tmp_path: Path, whole: Mapping[str, Said]) -> None:
    clone = cloned("--filter=blob:none")(work, tmp_path)
    assert clone is not None
    clone.run("check")
    said = clone.run("check", "--base", "main", code=1)
    assert "a partial clone" in said.out
    assert "git fetch --refetch --no-filter" in said.out
    assert clone.run("list").out == whole["list"].out


@pytest.mark.parametrize("copy", ["worktree", "submodule"])
def test_a_linked_work_tree_and_a_submodule_are_seen_as_what_they_are(work: Desk, tmp_path: Path, copy: str, whole: Mapping[str, Said]) -> None:
    if copy == "worktree":
        work.git("switch", "--quiet", "main")
        work.git("worktree", "add", "--quiet", str(tmp_path / "copy"), "work")
        other = work.at(tmp_path / "copy")
    else:
        above = Desk(tmp_path / "above")
        above.root.mkdir()
        above.git("init", "--quiet", "-b", "main")
        above.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(work.root), "copy")
        other = work.at(above.root / "copy")
        other.sit(work.me)
        other.git("branch", "main", "origin/main")
    said = answers(other, tmp_path)
    assert {name: each.out for name, each in said.items()} == {name: each.out for name, each in whole.items()}


PROGRAMS: Mapping[str, tuple[str | None, str]] = {
    "missing": (None, "Git is not installed"),
    "not executable": ("", "may not be run by you"),
    "no program": ("\x7fELF of another machine", "cannot be started"),
    "fails": ("#!/bin/sh\necho 'fatal: input/output error' >&2\nexit 128\n", "input/output error"),
    "fails without a word": ("#!/bin/sh\nexit 2\n", "gave no reason (exit status 2)"),
    "killed": ("#!/bin/sh\nkill -9 $$\n", "ended by force (SIGKILL)"),
    "hangs": ("#!/bin/sh\nexec sleep 1000\n", "did not come to an end"),
}


@pytest.fixture
def bad_git(work: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """The only git there is, which does not do what it should; its sentence."""
    script, says = PROGRAMS[request.param]
    programs = tmp_path / "bin"
    programs.mkdir()
    if script is not None:
        (programs / "git").write_text(script or "#!/bin/sh\n", encoding="latin-1")
        (programs / "git").chmod(0o755 if script else 0o644)
    monkeypatch.setattr("qmsctl.store.git.plumbing._LONGEST", 0.2)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/nowhere" if request.param != "hangs" else f"{programs}{os.pathsep}{os.environ['PATH']}")
    return says


@pytest.mark.parametrize("bad_git", PROGRAMS, indirect=True)
def test_a_git_that_does_not_do_what_it_should(work: Desk, tmp_path: Path, bad_git: str) -> None:
    for name in ("check", "check --base", "verify", "history", "report", "new", "list"):
        said = work.run(*COMMANDS[name], code=None)
        text = said.out + said.err
        assert "Traceback" not in text
        if name == "list":
            assert said.code == 0
        else:
            assert said.code in (1, 3), f"{name}: {text}"
            assert bad_git in text, f"{name}: {text[-600:]}"


@pytest.mark.parametrize("status", ["128", "-9"])
@pytest.mark.parametrize("verb", ["rev-parse", "log", "rev-list", "diff-tree", "merge-base", "for-each-ref", "cat-file", "ls-tree", "config", "show-ref", "symbolic-ref"])
def test_no_verb_of_git_fails_unseen(work: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, status: str, whole: Mapping[str, Said]) -> None:
    """What one of git's verbs cannot do is told, or was not needed: then the answer is that of the whole repository."""
    programs, real = tmp_path / "bin", shutil.which("git")
    programs.mkdir()
    ends = "kill -9 $$" if status == "-9" else 'echo "fatal: input/output error" >&2; exit 128'
    (programs / "git").write_text(f'#!/bin/sh\nfor word in "$@"; do case "$word" in {verb}) {ends};; esac; done\nexec {real} "$@"\n')
    (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    said = answers(work, tmp_path)
    checked(said, whole, "ended by force" if status == "-9" else "input/output error", frozenset())


def test_every_command_of_the_table_is_known() -> None:
    assert set(COMMANDS) == ALL
