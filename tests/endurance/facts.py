"""What is so in an office, and whether what a command said of it is true.

Facts are found by git and by reading files, never by the program: digests of the files, refs, what is staged, ``git fsck``, and
what lies about that nobody needs.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

UNTOUCHED = re.compile(r"othing (?:was|is) (?:written|changed|saved)|nothing changes: it is so already|none of \d+ can be signed")
NOT_COMMITTED = re.compile(r"written, (?:but )?not committed|is not committed|could not be committed")
NOTED = re.compile(r"is noted in .* and not made")
COMMITTED = re.compile(r"(?:committed|saved in git) as\s+([0-9a-f]{7,64})")
UNSURE = re.compile(r"see what was written: git status|whether they are committed could not be seen|The change stopped halfway")
OUTPUT = re.compile(r"output cannot be written.*\n?.*what a command wrote into files stands")
BROKEN_OFF = re.compile(r"broken off after the files were written")
IN_PART = re.compile(r"\d+ pages, \d+ of them written|pages that were written stand|: not taken: |nothing of it was loaded")
FAULT = re.compile(r"Traceback|this is a fault in qmsctl")
LEFT = (".git/qmsctl-*", "**/*.qmsctl-tmp", ".git/*.lock", ".git/refs/**/*.lock")
"""What nobody needs; half objects of a git that was killed are not among it, for ``git gc`` takes them away."""


class Said(NamedTuple):
    """How a command ended: ``code`` is ``None`` where it was killed."""

    code: int | None
    out: str
    err: str

    @property
    def words(self) -> str:
        return f"{self.out}\n{self.err}"


@dataclass(frozen=True)
class Facts:
    """An office at one moment. ``refs`` are its own, not what was fetched; ``unsaved`` are paths whose bytes are not those of the last commit, ``lagging`` those of which the index is not."""

    files: Mapping[str, str]
    head: str
    refs: str
    lagging: frozenset[str]
    unsaved: frozenset[str]
    fsck: str
    journal: bool
    left: frozenset[str]

    def differing(self, other: Facts) -> frozenset[str]:
        """The paths that are not the same in both."""
        return frozenset(path for path in {*self.files, *other.files} if self.files.get(path) != other.files.get(path))


def facts(root: Path) -> Facts:
    head = (root / ".git/HEAD").read_text(encoding="utf-8")
    refs = _git(root, "for-each-ref", "--format=%(objectname) %(refname)", "refs/heads", "refs/tags")
    standing = [entry for entry in _git(root, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames").split("\0") if entry]
    return Facts(
        files=dict(_digests(root)),
        head=next((line.split()[0] for line in refs.splitlines() if head == f"ref: {line.split()[1]}\n"), head.strip()),
        refs=head + refs,
        lagging=frozenset(entry[3:] for entry in standing if entry[0] not in " ?"),
        unsaved=frozenset(entry[3:] for entry in standing),
        fsck=_fsck(root),
        journal=any(root.glob(".git/qmsctl/*/journal")),
        left=frozenset(str(path.relative_to(root)) for pattern in LEFT for path in root.glob(pattern)),
    )


def untrue(before: Facts, after: Facts, said: Said, *, commits: bool) -> Iterator[str]:
    """What a command said that is not so, and what is so that it did not say; ``commits`` is whether a commit was asked for."""
    changed, moved = after.differing(before), after.refs != before.refs
    yield from broken(before, after)
    if FAULT.search(said.words):
        yield f"a fault in qmsctl: {_first(said, FAULT)}"
    noted = NOTED.search(said.words)
    named = COMMITTED.search(said.words)
    saved = named is not None and after.head.startswith(named[1]) and not changed  # what was written by hand, by a command that then did nothing else
    if UNTOUCHED.search(said.words) and not saved and (changed or moved or (after.journal and not before.journal)):
        yield f"it says that nothing was written, over {sorted(changed) or 'a commit' if moved else 'a journal'}"
    elif noted and (changed or not after.journal):
        yield "it says that the change is noted and not made"
    elif NOT_COMMITTED.search(said.words) and (not changed or after.head != before.head):
        yield "it says that files are written and not committed"
    elif BROKEN_OFF.search(said.words) and not changed:
        yield "it says that files were written, and none was"
    elif named and not after.head.startswith(named[1]):
        yield "it names a commit that is not the last one"
    elif said.code == 0 and commits and changed & after.unsaved:
        yield f"it says nothing of {sorted(changed & after.unsaved)}, which no commit has"
    elif said.code not in (0, None) and not _tells(said, changed) and (changed or moved or (after.journal and not before.journal)):
        yield f"it failed ({said.code}) without a word of {sorted(changed) or 'its journal or commit'}"


def broken(before: Facts, after: Facts) -> Iterator[str]:
    """What may never be, whatever happened; where there is a journal the next command brings the index up to date."""
    if after.fsck != before.fsck:
        yield f"git fsck: {after.fsck}"
    if (hidden := (after.lagging - before.lagging)) and not after.journal:
        yield f"the index is behind the last commit: {sorted(hidden)}"


def unsettled(before: Facts, after: Facts, whole: frozenset[str], *, commits: bool) -> Iterator[str]:
    """What the next command has not put right: a change is there as a ``whole`` or not at all, committed where that was asked for."""
    yield from broken(before, after)
    changed = after.differing(before)
    if changed and changed != whole:
        yield f"a half: {sorted(changed)} of {sorted(whole)}"
    if commits and changed & after.unsaved:
        yield f"written and in no commit, without a word: {sorted(changed & after.unsaved)}"
    if after.journal:
        yield "the journal is still there"
    if left := after.left - before.left:
        yield f"left lying about: {sorted(left)}"


def _tells(said: Said, changed: frozenset[str]) -> bool:
    """Whether it says something of what it did; the paths that it prints are all that an output of files says."""
    printed = tuple(filter(None, said.out.splitlines()))
    if printed and changed and all(path.startswith(printed) for path in changed):
        return True
    return any(each.search(said.words) for each in (UNTOUCHED, NOT_COMMITTED, NOTED, COMMITTED, BROKEN_OFF, OUTPUT, UNSURE, IN_PART))


def _first(said: Said, pattern: re.Pattern[str]) -> str:
    return next((line for line in said.words.splitlines() if pattern.search(line)), "")[:300]


def _digests(root: Path) -> Iterator[tuple[str, str]]:
    """Of every file, and of git's hooks; that a lake has a lock means nothing."""
    for folder, names, found in chain(os.walk(root), os.walk(root / ".git/hooks")):
        names[:] = [name for name in names if name != ".git"]
        for name in found:
            path = Path(folder, name)
            if name != ".lock" and not name.endswith(".qmsctl-tmp"):
                yield path.relative_to(root).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def _fsck(root: Path) -> str:
    done = _run(root, "fsck", "--no-progress", "--no-dangling", "--connectivity-only")
    empty = [path for path in (root / ".git/objects").glob("??/*") if len(path.name) > 30 and not path.stat().st_size]
    return f"{done.stderr.decode().strip()} {[str(path.relative_to(root)) for path in empty]}" if done.returncode or empty else ""


def _git(root: Path, *words: str) -> str:
    return _run(root, *words).stdout.decode(errors="replace")


def _run(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith("GIT_CONFIG")}
    return subprocess.run(["git", "--no-optional-locks", *words], cwd=root, env=kept, capture_output=True, check=False)
