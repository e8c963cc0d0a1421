"""Two machines give the same ids and sign what bears them: nothing of either is lost, and many commands at once do no harm."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.test_sync import QT_02, add, clean, lan, server, tip
from tests.desk import Desk, command, environment, procedure

__all__ = ["lan", "server"]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes of Unix")

LOG = ("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--requirement", "QT-01", "--set", "owner=hoa")
SIX = tuple(f"NC-2026-{number:03}" for number in range(1, 7))


@pytest.fixture(autouse=True)
def _strict(desk: Desk) -> None:
    """An office that misses what its history had signed."""
    desk.write("qms.yaml", desk.read("qms.yaml") + "format: 2\nstricter_from: 2026-01-01\n")
    desk.commit("format 2")


def at_once(desk: Desk, commands: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
    """Carry out commands side by side, each a process of its own; how each ended, and what it said."""
    env = environment(HOME=os.environ["HOME"])
    general = ("-C", desk.root, "--lang", "en", "--today", desk.today)
    started = [subprocess.Popen(command(*general, *words), env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for words in commands]
    ended = [(*each.communicate(), each.returncode) for each in started]
    assert not [err for _out, err, _code in ended if b"Traceback" in err]
    return [(code, out.decode(), err.decode()) for out, err, code in ended]


def sound(*desks: Desk) -> None:
    for each in desks:
        assert each.errors() == []
        assert clean(each)
        each.git("fsck", "--strict")


@pytest.fixture
def collided(desk: Desk, lan: Desk) -> Desk:
    """Minh has sent six nonconformities; Lan has six of her own by the same numbers, each named in the next."""
    for each in (desk, lan):
        each.today = "2026-01-07"
        for subject in SIX:
            each.run(*LOG)
            each.fill_in(f"records/nonconformities/{subject}.md")
        each.commit("six")
    desk.run("sync")
    lan.run("sync", code=3)
    return lan


def test_of_two_that_are_signed_neither_is_lost(desk: Desk, lan: Desk, server: Path) -> None:
    for each, title, by in ((desk, "Chứng thực", "minh"), (lan, "Khai sinh", "tuan")):
        add(each, QT_02, procedure("QT-02", title, "2027-01-01"))
        each.run("submit", "QT-02", "--commit", by=by)
        each.run("review", "QT-02", "--commit", by="lan")
    desk.run("sync")
    theirs = {path: desk.read(path) for path in desk.git("ls-files", "signoffs/QT-02").split()}
    before = lan.tree()
    assert "qmsctl renumber QT-02" in lan.run("sync", code=3).err
    assert lan.tree() == before
    said = lan.run("renumber", "QT-02", "--commit", by="lan")
    assert "of Vũ Anh Tuấn bound the old number" in said.err
    lan.run("sync")
    assert {path: lan.read(path) for path in theirs} == theirs, "what was signed there stands, byte for byte"
    assert ("Chứng thực" in lan.read(QT_02), "Khai sinh" in lan.read("documents/procedures/QT-03.md")) == (True, True)
    lan.run("submit", "QT-03", "--commit", by="tuan")
    lan.run("sync")
    desk.run("sync")
    sound(desk, lan)
    assert tip(desk.root) == tip(server) == tip(lan.root)
    for subject in ("QT-02", "QT-03"):
        assert desk.run("verify", subject, code=None).code == lan.run("verify", subject, code=None).code


def test_six_are_renumbered_at_once(desk: Desk, collided: Desk, server: Path) -> None:
    ended = at_once(collided, [("renumber", subject, "--commit") for subject in SIX])
    assert [code for code, _out, _err in ended] == [0] * 6, ended
    there = {path.stem for path in (collided.root / "records/nonconformities").iterdir()}
    assert len(there) == 6
    assert not there & set(SIX)
    assert int(collided.git("rev-list", "--count", "origin/main..HEAD")) == 7
    collided.run("sync")
    desk.run("sync")
    sound(desk, collided)
    assert tip(desk.root) == tip(server) == tip(collided.root)
    assert len(list((desk.root / "records/nonconformities").iterdir())) == 12


def test_one_is_renumbered_once_whoever_else_writes(desk: Desk, collided: Desk) -> None:
    ended = at_once(collided, [*[("renumber", SIX[0], "--commit")] * 4, *[(*LOG, "--commit", "--no-input")] * 3])
    renumberings, others = ended[:4], ended[4:]
    assert sorted(code for code, _out, _err in renumberings) == [0, 3, 3, 3], renumberings
    assert [code for code, _out, _err in others] == [0] * 3, others
    there = {path.stem for path in (collided.root / "records/nonconformities").iterdir()}
    assert len(there) == 9, "six of before, three new ones"
    assert SIX[0] not in there
    for subject in SIX[1:]:
        collided.run("renumber", subject, "--commit")
    collided.run("sync")
    desk.run("sync")
    sound(desk, collided)


def test_a_merge_by_hand_that_stops_is_named_and_nothing_is_written(desk: Desk, collided: Desk) -> None:
    collided.edit(f"records/nonconformities/{SIX[0]}.md", "severity: minor", "severity: major")
    collided.commit("worse")
    collided.git("merge", "origin/main", code=1)
    assert "<<<<<<<" in collided.read(f"records/nonconformities/{SIX[0]}.md")
    told = [each["path"] for each in collided.diagnostics() if each["rule"] == "file-unreadable"]
    assert f"records/nonconformities/{SIX[0]}.md" in told
    for words in (LOG, ("renumber", SIX[0], "--commit"), ("sync",)):
        assert "A merge is not finished here" in collided.refused(*words).err
    collided.git("merge", "--abort")
    for subject in SIX:
        collided.run("renumber", subject, "--commit")
    collided.run("sync")
    desk.run("sync")
    sound(desk, collided)
