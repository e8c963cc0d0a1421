"""Two machines have signed what bears one id, and a process dies while one of them takes the next: nothing of either is lost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_sync import QT_02, add, clean, lan, server, tip
from tests.desk import Desk, procedure
from tests.store.writing.test_crash import die_at, in_child

__all__ = ["lan", "server"]

QT_03 = "documents/procedures/QT-03.md"

pytestmark = [pytest.mark.process, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")]


@pytest.fixture
def signed(desk: Desk, lan: Desk) -> Desk:
    """Minh has sent a QT-02 that is signed; Lan has one of her own that is signed, and has fetched his."""
    for each, title, by in ((desk, "Chứng thực", "minh"), (lan, "Khai sinh", "tuan")):
        add(each, QT_02, procedure("QT-02", title, "2027-01-01"))
        each.run("submit", "QT-02", "--commit", by=by)
    desk.run("sync")
    lan.run("sync", code=3)
    return lan


def dying(desk: Desk, words: tuple[str, ...], every: int, *, after: bool) -> Iterator[int]:
    """The command in processes that die at every so many calls, each time on the office as it was; until it comes to its end."""
    head, server_head = desk.git("rev-parse", "HEAD").strip(), desk.git("ls-remote", "origin", "refs/heads/main").split()[0]
    for call in range(every // 2, 2000, every):

        def act(call: int = call) -> None:
            die_at(call, after=after, git=True)
            desk.run(*words)

        died = in_child(act)
        yield call
        if died == 0:
            return
        desk.git("reset", "--quiet", "--hard", head)
        desk.git("push", "--quiet", "--force", "origin", f"{server_head}:refs/heads/main")
        desk.git("update-ref", "refs/remotes/origin/main", server_head)


def brought_together(desk: Desk, lan: Desk, server: Path, theirs: dict[str, str]) -> None:
    lan.run("sync")
    assert {path: lan.read(path) for path in theirs} == theirs, "what was signed there stands, byte for byte"
    assert ("Chứng thực" in lan.read(QT_02), "Khai sinh" in lan.read(QT_03)) == (True, True)
    assert lan.errors() == []
    assert clean(lan)
    assert tip(server) == tip(lan.root)
    lan.git("fsck", "--strict", "--no-dangling")


@pytest.mark.parametrize("after", [False, True])
def test_a_death_while_the_next_number_is_taken(desk: Desk, signed: Desk, server: Path, *, after: bool) -> None:
    theirs = {path: desk.read(path) for path in desk.git("ls-files", "signoffs/QT-02").split()}
    assert theirs
    for _call in dying(signed, ("renumber", "QT-02", "--commit"), 47, after=after):
        if signed.run("sync", code=None).code == 3:
            assert (signed.root / QT_02).exists()
            assert clean(signed)
            signed.run("renumber", "QT-02", "--commit")
        brought_together(desk, signed, server, theirs)
        taken = signed.git("log", "--format=%s", "--grep=QT-03", "HEAD").splitlines()
        assert len(taken) == 1, taken


@pytest.mark.parametrize("after", [False, True])
def test_a_death_while_both_are_brought_together(desk: Desk, signed: Desk, server: Path, *, after: bool) -> None:
    theirs = {path: desk.read(path) for path in desk.git("ls-files", "signoffs/QT-02").split()}
    signed.run("renumber", "QT-02", "--commit")
    for _call in dying(signed, ("sync",), 59, after=after):
        brought_together(desk, signed, server, theirs)
