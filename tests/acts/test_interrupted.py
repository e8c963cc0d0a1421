"""What an interrupted act left is finished by the next one that writes, and told of once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qmsctl.acts.carrying_out import carry_out
from qmsctl.acts.ending import Ending
from qmsctl.core.lifecycle.record_way import set_values
from qmsctl.errors import Refusal
from qmsctl.store.loading import locate
from qmsctl.store.place import Place
from qmsctl.store.writing.journal import Journal, Step, digest
from qmsctl.store.writing.state import make_state_folder
from tests.acts.conftest import Notes, occasion
from tests.desk import Desk

QT = "documents/procedures/QT-01.md"
LEFT = ("attachments/a.txt", "attachments/b.txt")
SENTENCE = "an earlier command was interrupted"


def leave_journal(place: Place, steps: Sequence[Step]) -> None:
    assert place.root
    Journal(make_state_folder(place.root, place.git), place.root).write(steps)


@pytest.fixture
def left(desk: Desk) -> Desk:
    """An office where a command was killed between two files."""
    desk.write(LEFT[0], b"a")
    place = locate(desk.root)
    leave_journal(place, [Step(path, None, path[-5:-4].encode()) for path in LEFT])
    return desk


def test_it_is_finished_and_told_of_once(left: Desk) -> None:
    notes = Notes()
    carry_out(occasion(left, notes=notes), lambda library: set_values(library, "QT-01", {"owner": "clerk"}), Ending())
    assert notes.said == [("finished", (LEFT, None, None))]
    assert left.read(LEFT[1]) == "b"
    carry_out(occasion(left, notes=notes), lambda library: set_values(library, "QT-01", {"owner": "unit-head"}), Ending())
    assert len(notes.said) == 1


@pytest.mark.parametrize("command", ["check", "verify"])
def test_what_looks_at_it_meanwhile_is_incomplete(left: Desk, command: str) -> None:
    said = left.run(command, code=1).out
    assert "incomplete: a command was interrupted here, and its change is not finished" in said
    assert command != "check" or "0 error(s), 0 warning(s) in 0 file(s)" in said, "what was not judged is not counted"
    left.git("commit", "--allow-empty", "--message", "x")
    assert "incomplete" not in left.run("verify", "--at", "HEAD", code=None).out


def test_a_proposal_leaves_it(left: Desk) -> None:
    notes = Notes()
    carry_out(occasion(left, notes=notes), lambda library: set_values(library, "QT-01", {"owner": "clerk"}), Ending(dry_run=True))
    assert notes.said == [("interrupted", None)]
    assert not (left.root / LEFT[1]).exists()


def test_it_is_made_from_what_was_finished(left: Desk) -> None:
    """The half of a change is nothing to judge by."""
    before = (left.root / QT).read_bytes()
    broken = before.replace(b"owner: unit-head", b"owner: nobody")
    left.write(QT, broken)
    place = locate(left.root)
    leave_journal(place, [Step(QT, digest(broken), before)])
    carry_out(occasion(left), lambda library: set_values(library, "QT-01", {"effective": "2026-02-02"}), Ending())
    assert (left.root / QT).read_bytes() == before.replace(b"effective: 2026-01-12", b"effective: 2026-02-02")


def test_files_edited_since_are_not_overwritten(left: Desk) -> None:
    left.write(LEFT[0], b"other")
    with pytest.raises(Refusal, match="edited since"):
        carry_out(occasion(left), lambda library: set_values(library, "QT-01", {"owner": "clerk"}), Ending())
    assert (left.root / LEFT[0]).read_bytes() == b"other"


@pytest.mark.parametrize(
    ("words", "finishes"),
    [
        (("list",), False), (("todo",), False), (("set", "QT-01", "owner=clerk", "--dry-run"), False), (("submit", "QT-01", "--dry-run"), False),
        (("set", "QT-01", "owner=clerk"), True), (("submit", "QT-01"), True), (("new", "procedure", "--title", "A"), True),
        (("nc", "log", "A", "--severity", "minor", "--set", "owner=hoa"), True), (("audit", "plan", "--year", "2026"), True),
        (("set", "QT-01", "owner=nobody"), True), (("revise", "QT-01", "--change", "x"), True),
    ],
)
def test_every_command_tells_of_it_once(left: Desk, words: tuple[str, ...], finishes: bool) -> None:
    said = left.run(*words, code=None)
    assert said.err.count(SENTENCE) == 1, said.err
    assert (f"its change is finished now: {', '.join(LEFT)}" in said.err) == finishes
    assert (left.root / LEFT[1]).exists() == finishes
    assert (SENTENCE in left.run("list").err) != finishes
