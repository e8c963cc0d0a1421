"""What an act returns, and that it writes all of it or nothing, whatever goes on beside it."""

from __future__ import annotations

import re
import shlex
import signal
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import pytest

from qmsctl.acts.carrying_out import carry_out
from qmsctl.acts.done import Done, Made
from qmsctl.acts.ending import Ending
from qmsctl.acts.judging import RefusedByRules
from qmsctl.acts.making import make
from qmsctl.acts.signing import Given, sign
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import create
from qmsctl.core.lifecycle.derived import create_from
from qmsctl.core.lifecycle.document_way import revise, submit
from qmsctl.core.lifecycle.logging import log
from qmsctl.core.lifecycle.record_way import set_values
from qmsctl.core.records.notes import Noted
from qmsctl.errors import Refusal, RepositoryError
from qmsctl.message import _
from qmsctl.store.git import commits
from qmsctl.store.git.plumbing import GitFailed, Plumbing
from tests.acts.conftest import Notes, is_locked, occasion
from tests.desk import Desk

QT = "documents/procedures/QT-01.md"
NOTE = {"title": "Quá hẹn", "severity": "minor", "requirement": "QT-01", "owner": "hoa"}
PLAIN, COMMIT, DRY = Ending(), Ending(commit=True), Ending(dry_run=True)

Act = Callable[[Desk, Ending], Done]

ACTS: dict[str, tuple[Act, int]] = {
    "new": (lambda d, e: make(occasion(d), None, lambda lib, who, body, _s: create(lib, "procedure", {"title": "A"}, who, body), e), 1),
    "new of": (lambda d, e: make(occasion(d), "minh", lambda lib, who, body, _s: create_from(lib, "self-check", ["QT-01"], {}, who, body), e), 1),
    "log": (lambda d, e: make(occasion(d), None, lambda lib, who, body, _s: log(lib, "nonconformity", [Noted(NOTE)] * 3, who, body), e), 3),
    "set": (lambda d, e: carry_out(occasion(d), lambda lib: set_values(lib, "NC-2026-001", {"owner": "lan"}), e), 0),
    "revise": (lambda d, e: carry_out(occasion(d), lambda lib: revise(lib, "QT-01", "x", False, None, ()), e), 0),
    "submit": (lambda d, e: sign(occasion(d), ["QT-02", "QT-02"], Given(), submit, e), 0),
}


@pytest.fixture
def busy(office: Desk) -> Desk:
    """An office with something for every act to be done on."""
    office.run("nc", "log", *(f"--set={key}={text}" for key, text in NOTE.items()))
    office.write("documents/procedures/QT-02.md", office.read(QT).replace("QT-01", "QT-02").replace("Cấp bản sao", "Cấp lại bản sao"))
    office.commit("busy")
    return office


def new_files(edit: Edit) -> tuple[str, ...]:
    made = (PurePosixPath(c.path) for c in edit.changes if c.before is None)
    return tuple(path.stem for path in made if path.parts[0] in ("documents", "records"))


@pytest.mark.parametrize("name", ACTS)
def test_an_act_returns_what_it_did_and_prints_nothing(busy: Desk, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    act, count = ACTS[name]
    done = act(busy, PLAIN)
    assert done.made == new_files(done.edit)
    assert len(done.made) == count
    assert all(done.library.knows(each) for each in done.made)
    for change in done.edit.changes:
        assert (busy.root / change.path).read_bytes() == change.after == done.library.outside.read(change.path)
    assert (done.commit, done.proposed) == (None, False)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ACTS)
def test_a_proposal_writes_nothing_and_takes_no_lock(busy: Desk, name: str) -> None:
    before, refs = busy.tree(), busy.git("show-ref")
    proposed = ACTS[name][0](busy, DRY)
    assert proposed.proposed
    assert (busy.tree(), busy.git("show-ref")) == (before, refs)
    assert ACTS[name][0](busy, PLAIN).edit == proposed.edit


@pytest.mark.parametrize("name", ACTS)
def test_a_commit_is_named_and_holds_exactly_the_edit(busy: Desk, name: str) -> None:
    busy.write("documents/procedures/QT-02.md", busy.read("documents/procedures/QT-02.md") + "\nThêm.\n")
    done = ACTS[name][0](busy, COMMIT)
    assert done.commit == busy.git("rev-parse", "HEAD").strip()
    committed = set(busy.git("-c", "core.quotePath=false", "show", "--name-only", "--format=", "HEAD").splitlines())
    written = {change.path for change in done.edit.changes}
    assert written <= committed <= written | set(done.edit.subjects)
    assert busy.git("log", "-1", "--format=%s").strip() == str(done.edit.summary)


def test_what_is_so_already_is_neither_written_nor_committed(busy: Desk) -> None:
    head = busy.git("rev-parse", "HEAD")
    done = carry_out(occasion(busy), lambda lib: set_values(lib, "NC-2026-001", {"owner": "hoa"}), COMMIT)
    assert done.edit.changes_nothing
    assert done.commit is None
    assert busy.git("rev-parse", "HEAD") == head


def test_what_the_rules_refuse_comes_as_data(busy: Desk) -> None:
    before = busy.tree()
    with pytest.raises(RefusedByRules) as refused:
        carry_out(occasion(busy), lambda lib: set_values(lib, "NC-2026-001", {"owner": "nobody"}), COMMIT)
    assert [(each.rule, each.path) for each in refused.value.brought] == [("field-invalid", busy.path_of("NC-2026-001"))]
    assert busy.tree() == before


def test_warnings_that_an_act_brought(busy: Desk) -> None:
    assert {each.rule for each in ACTS["new"][0](busy, PLAIN).brought} >= {"placeholder-left"}
    done = carry_out(occasion(busy), lambda lib: set_values(lib, "NC-2026-001", {"owner": "lan"}), PLAIN)
    assert done.brought == ()


# -- beside others ---------------------------------------------------------------------------------


def test_it_is_made_without_the_lock_and_once_where_nothing_changes(busy: Desk) -> None:
    held: list[bool] = []

    def owner(library: Library) -> Edit:
        held.append(is_locked(busy))
        return set_values(library, "NC-2026-001", {"owner": "lan"})

    carry_out(occasion(busy), owner, PLAIN)
    assert held == [False]


CHANGES: dict[str, Callable[[Desk], object]] = {
    "a file": lambda d: d.write("documents/procedures/QT-03.md", d.read(QT).replace("QT-01", "QT-03").replace("Cấp bản", "Xem bản")),
    "a text": lambda d: d.write("documents/procedures/QT-02.md", d.read("documents/procedures/QT-02.md") + "\nThêm.\n"),
    "an attachment": lambda d: d.write("attachments/a.bin", b"x"),
    "a commit": lambda d: d.commit("meanwhile"),
    "a branch": lambda d: d.git("branch", "other"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_it_is_made_again_under_the_lock_where_something_changed(busy: Desk, name: str) -> None:
    held: list[bool] = []

    def owner(library: Library) -> Edit:
        held.append(is_locked(busy))
        if len(held) == 1:
            CHANGES[name](busy)
        return set_values(library, "NC-2026-001", {"owner": "lan"})

    done = carry_out(occasion(busy), owner, PLAIN)
    assert held == [False, True]
    assert b"owner: lan" in (busy.root / done.edit.changes[0].path).read_bytes()


DRILL = """\
type: drill
kind: record
label: {en: Drill, vi: Diễn tập}
id: DT-{number:3}
folder: records/drills
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tên}}
blocks:
  drills: {label: {en: Drills, vi: Bài tập}, columns: {what: {kind: text, label: {en: What, vi: Việc}}}}
"""


def test_a_type_that_changed_meanwhile_is_read_by(busy: Desk) -> None:
    busy.write("records/drills/DT-001.md", "---\nid: DT-001\ntype: drill\ntitle: A\n---\n\n```drills\n- what: a\n```\n")
    busy.write(".qms/types/drill/type.yaml", DRILL.replace("drills: {label", "other: {label"))
    read: list[int] = []

    def owner(library: Library) -> Edit:
        read.append(sum(1 for _row in library.by_id["DT-001"].block_rows("drills")))
        busy.write(".qms/types/drill/type.yaml", DRILL)
        return set_values(library, "NC-2026-001", {"owner": "lan"})

    carry_out(occasion(busy), owner, PLAIN)
    assert read == [0, 1]


def test_an_id_taken_meanwhile_is_not_taken_again(busy: Desk) -> None:
    others: list[Done] = []

    def compose(library: Library, who: str | None, body: object, _say: object) -> Edit:
        edit = log(library, "nonconformity", [Noted(NOTE)], who, body)  # type: ignore[arg-type]
        if not others:
            others.append(ACTS["log"][0](busy, COMMIT))
        return edit

    done = make(occasion(busy), None, compose, COMMIT)
    assert others[0].made == ("NC-2026-002", "NC-2026-003", "NC-2026-004")
    assert done.made == ("NC-2026-005",)


def test_a_refusal_from_files_that_were_changing_is_not_the_last_word(busy: Desk) -> None:
    turns: list[bool] = []

    def owner(library: Library) -> Edit:
        turns.append(is_locked(busy))
        if len(turns) == 1:
            busy.write("attachments/half.bin", b"x")
            raise Refusal(_("half written"))
        return set_values(library, "NC-2026-001", {"owner": "lan"})

    carry_out(occasion(busy), owner, PLAIN)
    assert turns == [False, True]


def test_a_refusal_stands_where_nothing_changed(busy: Desk) -> None:
    turns: list[None] = []

    def refused(_library: Library) -> Edit:
        turns.append(None)
        raise Refusal(_("no"))

    with pytest.raises(Refusal, match="no"):
        carry_out(occasion(busy), refused, PLAIN)
    assert len(turns) == 1
    assert not is_locked(busy)


# -- when it fails after it is written -------------------------------------------------------------


@pytest.mark.parametrize(("fault", "code"), [(RepositoryError(_("no room")), 3), (OSError(28, "No space left on device"), 3), (ZeroDivisionError("3/0"), 4)])
def test_a_commit_that_fails_says_what_is_written(busy: Desk, fault: Exception, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_arguments: object) -> str:
        raise fault

    monkeypatch.setattr(commits, "_published", failing)
    with pytest.raises(Made) as failed:
        ACTS["set"][0](busy, COMMIT)
    assert "owner: lan" in busy.read(failed.value.edit.changes[0].path)
    said = busy.run("set", "NC-2026-001", "owner=tuan", "--commit", code=code)
    assert said.written == [busy.path_of("NC-2026-001")]
    assert "nothing was" not in said.err.lower()
    why = "this is a fault in qmsctl: ZeroDivisionError: 3/0" if code == 4 else "no (room|space left on device)"
    assert re.search(f"error: the files are written, but not committed: {why}\n", said.err)
    there, path = "git", said.written[0]
    assert said.err.endswith(f'{there} add -- {path}, then: {there} commit -m "NC-2026-001: “Owner” set" -- {path}\n')
    monkeypatch.undo()
    assert "interrupted" not in busy.run("list").err, "it was told, so nobody finishes it"


@pytest.mark.process
@pytest.mark.parametrize("verb", ["update-ref", "update-index"])
def test_the_lines_that_mend_by_hand_do(busy: Desk, verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Plumbing.run

    def failing(self: Plumbing, *command: str, **given: Any) -> bytes:
        if verb in command:
            raise GitFailed(verb, "no")
        return real(self, *command, **given)

    monkeypatch.setattr(Plumbing, "run", failing)
    monkeypatch.setattr(commits, "_PAUSES", (0.0, 0.01))
    said = busy.run("nc", "log", "Trả quá hẹn 'ba' $lần", "--commit", "--no-input", code=3)
    assert ("written, but not committed" in said.err) == (verb == "update-ref")
    assert "Run the command again" not in said.err, "it would log the same a second time"
    lines = re.findall(r"git [a-z].*?(?=, then: |$)", said.err, re.MULTILINE)
    for line in lines:
        busy.git(*shlex.split(line)[1:])
    assert busy.git("show", "--format=%s", "--name-only", "HEAD").split("\n\n")[1].split() == said.written
    assert not busy.git("status", "--porcelain", "--", said.written[0])


@pytest.mark.parametrize("lock", ["HEAD.lock", "refs/heads/main.lock", "index.lock"])
def test_a_lock_of_git_is_seen_before_anything_is_written(busy: Desk, lock: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commits, "_PAUSES", (0.0, 0.01))
    (busy.root / ".git" / lock).touch()
    said = busy.refused("nc", "log", "A", "--commit", "--no-input")
    assert "Another git command is at work here" in said.err
    (busy.root / ".git" / lock).unlink()
    busy.run("nc", "log", "A", "--commit", "--no-input")


def test_a_lock_that_goes_is_waited_for(busy: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = busy.root / ".git/index.lock"
    lock.touch()
    monkeypatch.setattr("time.sleep", lambda _seconds: lock.unlink(missing_ok=True))
    busy.run("nc", "log", "A", "--commit", "--no-input")


def test_a_commit_on_top_of_one_that_came_meanwhile(busy: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody commits by hand between the look at the branch and the step of it."""
    real, came = commits._moved, list[str]()

    def overtaken(*given: Any) -> str:
        if not came:
            busy.write("attachments/a.txt", "a")
            came.append(busy.commit("meanwhile"))
        return real(*given)

    monkeypatch.setattr(commits, "_moved", overtaken)
    done = ACTS["set"][0](busy, COMMIT)
    assert busy.git("rev-parse", "HEAD").strip() == done.commit
    assert "meanwhile" in busy.git("log", "--format=%s")
    assert "owner: lan" in busy.git("show", f"HEAD:{done.edit.changes[0].path}")
    assert not busy.git("status", "--porcelain")


def test_whoever_breaks_off_hears_what_is_written(busy: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = commits.publish

    def broken_off(*given: Any) -> str:
        signal.raise_signal(signal.SIGINT)
        return real(*given)

    monkeypatch.setattr(commits, "publish", broken_off)
    said = busy.run("set", "NC-2026-001", "owner=lan", "--commit", code=130)
    assert said.written == [busy.path_of("NC-2026-001")]
    assert "committed as" in said.err
    assert said.err.endswith("error: broken off after the files were written\n  → see how it stands: git status\n")
    assert not busy.git("status", "--porcelain")

    def at_once(*_given: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("qmsctl.store.writing.writer.Writer.write", at_once)
    said = busy.run("set", "NC-2026-001", "owner=tuan", code=130)
    assert said.out + said.err.strip() == "interrupted"


def test_where_no_commit_is_possible_nothing_is_written(busy: Desk) -> None:
    (busy.root / ".git/index.lock").touch()
    before = busy.tree()
    with pytest.raises(Refusal, match="Another git command"):
        ACTS["set"][0](busy, COMMIT)
    assert busy.tree() == before


def test_the_moment_and_the_language_are_given(busy: Desk) -> None:
    done = sign(occasion(busy, "2026-01-07", Notes(), "vi"), ["QT-02"], Given(), submit, COMMIT)
    (signed,) = (c.after for c in done.edit.changes if c.path.endswith("author.minh.md"))
    assert b"at: 2026-01-07T09:30:15+07:00" in (signed or b"")
    assert busy.git("log", "-1", "--format=%s %aI").strip() == "QT-02 lần ban hành 1: đã trình 2026-01-07T09:30:15+07:00"
