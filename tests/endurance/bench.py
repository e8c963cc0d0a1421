"""Where a command is carried out again and again, each time with something else that goes wrong, and what is found afterwards.

What was said is held against the facts, the next command is carried out, and the facts are looked at again. What said the same and left
the same bytes is judged once.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from qmsctl.store.machine.user_state import user_state
from tests.desk import qmsctl
from tests.endurance import children
from tests.endurance.children import warm
from tests.endurance.facts import Facts, Said, facts, unsettled, untrue
from tests.endurance.memory import Memory
from tests.endurance.works import NEXT, Work, made_ready

_OF_A_DRAFT = re.compile(r"[0-9a-f]{8,16}(?=\.qmsctl-tmp)|(?<=/qmsctl-)\w{8}")
CHECK = ("check", "--format", "json")


@dataclass(frozen=True)
class Result:
    """What became of a trial: ``told`` is false where its mishap never came, for the command was done before; ``begun`` says that it left something behind.

    ``state`` is the digest of what was said and left.
    """

    name: str
    faults: tuple[str, ...]
    told: bool = True
    begun: bool = True
    state: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {'; '.join(self.faults)}"


Run = Callable[[Path, Path], Said]
"""Carries a command out in an office; the second folder is for its tools."""


class Bench:
    """Where a work is done again and again: its office as it stands, what becomes of it undisturbed, and what was judged up to now.

    ``whole`` are the paths that the work writes, ``errors`` the rules that speak then.
    """

    def __init__(self, work: Work, offices: Path) -> None:
        self.work = work
        self.place = offices / "bench" / work.name.replace(" ", "-")
        self.root = copied(work, offices, self.place)
        self._judged: dict[tuple[Said, str], tuple[tuple[str, ...], bool]] = {}
        children.set_clock()
        self.standing = facts(self.root)
        self.memory = Memory((self.place, user_state()))
        with chdir(self.root):
            for words in (work.words, work.then, CHECK):  # imports what a child needs
                qmsctl("-C", self.root, "--lang", "en", *words)
        self.memory.bring_back()
        said = self.left_alone(self.root, self.root)
        after = facts(self.root)
        assert said.code == 0, said.err
        assert not [*untrue(self.standing, after, said, commits=work.commits)], said
        self.whole = after.differing(self.standing)
        self.errors = frozenset(_errors(warm(self.root, CHECK)))
        self.memory.bring_back()

    def left_alone(self, root: Path, _tools: Path) -> Said:
        return warm(root, self.work.words, carry=self.work.carry)

    def trial(self, name: str, run: Run) -> Result:
        """The work done by ``run``, and what is wrong afterwards; then all is as it was."""
        with TemporaryDirectory() as tools:
            said = run(self.root, Path(tools))
            found = self.found(name, said)
            self.memory.bring_back()
            return replace(found, told=any(Path(tools).rglob("told")))

    def found(self, name: str, said: Said) -> Result:
        """What is wrong with what was said and lies there now; the office is not brought back from what the next command did."""
        digest = self.memory.digest()
        key = said._replace(out=_OF_A_DRAFT.sub("", said.out), err=_OF_A_DRAFT.sub("", said.err)), digest
        if key not in self._judged:
            self._judged[key] = self._judge(said)
        return Result(name, *self._judged[key][:1], begun=self._judged[key][1], state=f"{digest} {hash(key)}")

    def _judge(self, said: Said) -> tuple[tuple[str, ...], bool]:
        after = facts(self.root)
        found = [*untrue(self.standing, after, said, commits=self.work.commits)] if said.code is not None else []
        found += [] if after == self.standing else self._next(after, said)
        return tuple(found), after != self.standing

    def _next(self, after: Facts, said: Said) -> Iterator[str]:
        """What is wrong once the next command has been carried out."""
        root, work, before = self.root, self.work, self.standing
        for lock in (*(root / ".git").rglob("*.lock"), *self.place.glob("*.git/**/*.lock")):
            lock.unlink()  # git's own, of a git that was killed: a person is told to, and on a server whoever looks after it
        for draft in root.rglob("*.qmsctl-tmp"):
            os.utime(draft, (0, 0))  # nobody is at work on it any more
        if not work.locks and after.differing(before) == self.whole:
            return  # an output that is there is not written again
        then = warm(root, work.then)
        if then.code != 0:
            yield f"the next command is refused ({then.code}): {' '.join(then.err.split())[:300]}"
        now = _without_next(facts(root), before)
        by_hand = said.code is not None and "not committed" in said.words
        if work.then[0] != "sync":
            yield from unsettled(before, now, self.whole, commits=work.commits and not by_hand)
        elif now.unsaved or now.journal or now.fsck:
            yield f"after the next sync: {sorted(now.unsaved)} {now.fsck}"
        if work.locks and said.code is None and after.differing(before) and after.unsaved and "interrupted" not in then.err:
            yield "the next command says nothing of the interrupted one"
        check = warm(root, CHECK)
        if check.code not in (0, 1) or not self.errors.issuperset(_errors(check)):
            yield f"check: {check.code} {sorted(_errors(check))} {check.err[:200]}"


@cache
def bench(work: Work, offices: Path) -> Bench:
    return Bench(work, offices)


def in_a_state(name: str, work: Work, offices: Path, state: Callable[[Path], None], run: Run) -> Result:
    """The work done by ``run`` in an office in a ``state`` that stays, so that the next command is not asked for."""
    there = bench(work, offices)
    state(there.root)
    before = facts(there.root)
    said = run(there.root, there.place)
    after = facts(there.root)
    there.memory.bring_back()
    return Result(name, tuple(untrue(before, after, said, commits=work.commits)), begun=after != before)


def _errors(check: Said) -> set[str]:
    return {each["rule"] for each in json.loads(check.out or "{}").get("diagnostics", ()) if each["severity"] == "error"}


def _without_next(found: Facts, before: Facts) -> Facts:
    """The facts, but for what the next command wrote."""
    files = {path: digest for path, digest in found.files.items() if path != NEXT}
    return replace(found, files=files | {path: digest for path, digest in before.files.items() if path == NEXT})


def copied(work: Work, offices: Path, place: Path) -> Path:
    """The office of a work, copied with all around it into ``place``."""
    made = made_ready(work, offices)
    shutil.copytree(made, place, symlinks=True)
    root = place / "office"
    if (place / "server.git").exists():
        text = (root / ".git/config").read_text(encoding="utf-8")
        (root / ".git/config").write_text(text.replace(str(made), str(place)), encoding="utf-8")
    return root
