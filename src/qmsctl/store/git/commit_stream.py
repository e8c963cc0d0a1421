"""What every commit changed, as one stream: one process for the whole history, where GitPython asks per file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from qmsctl.core.dossier import SIGNOFFS
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.store.git.causes import endless
from qmsctl.store.git.plumbing import Endless, Plumbing

_LATEST, _DIGITS = int(datetime(2500, 1, 1, tzinfo=UTC).timestamp()), 12
_HEADER = "%x01%H%x01%P%x01%ct%x01%at%x01%ae%x01%an"
_HEAD, _ENTRY = b"\x01", b":"
_LOG = (
    *("log", "-z", f"--format={_HEADER}", "--encoding=UTF-8", "--no-color"),
    *("--no-mailmap", "--no-notes", "--no-show-signature", "--no-follow"),
    *("--root", "-c", "--raw", "--no-abbrev", "--no-renames", "--no-relative", "-O/dev/null", "--no-ext-diff", "--no-textconv", "--stdin"),
)
"""Whatever the repository's own configuration wishes ``git log`` to show is named here, and so the same everywhere.

It is limited to no path: to compare paths takes as long as to tell them, and so every commit is told as soon as it is looked at.
"""
_PATIENCE = 30
"""Seconds git may take for one commit: what a million files changed it tells in two."""

Wanted = Callable[[str], bool]
"""Whether the change of a path counts; where all may lie anywhere, git takes as long to match them as to tell them."""


def is_of_an_office(path: str) -> bool:
    """True for sign-offs and a configuration, wherever in a repository a system lies."""
    return f"/{SIGNOFFS}" in f"/{path}" or f"/{path}".endswith(f"/{CONFIG_PATH}")


class PastChange(NamedTuple):
    """One path a commit added (``A``), modified (``M``), deleted (``D``) or retyped (``T``).

    Of a merge only what differs from every parent counts, one letter per parent.
    ``path`` is relative to the top of the repository; ``at`` is when the commit was made, ``written`` when it
    was made first, before it was rebased or picked. ``blob`` is the id of what lies there since, ``before`` of what lay there.
    """

    commit: str
    at: datetime
    written: datetime
    email: str
    name: str
    status: str
    path: str
    blob: str
    before: str


class Step(NamedTuple):
    """A commit on a walk, the ``parents`` that it was made on, and what it changed of what is wanted."""

    commit: str
    parents: tuple[str, ...]
    changes: list[PastChange]


def walk(git: Plumbing, start: Sequence[str], known: Iterable[str] = (), wanted: Wanted = bool) -> Iterator[Step]:
    """Every commit from ``start`` on (what ``rev-list`` takes), newest first, without those that are ``known`` and all before them.

    Raises :class:`GitFailed`, for a commit whose changes have no end, too.
    """
    asked = "".join(f"^{each}\n" for each in known).encode()
    tokens, told, step, head = git.stream(*_LOG, *start, "--", stdin=asked, patience=_PATIENCE), 0, None, list[str]()
    try:
        for token in tokens:
            word = token.lstrip(b"\n")
            if word.startswith(_HEAD):
                if step:
                    yield step
                _, commit, parents, *head = _text(word).split("\x01", 6)
                told, step = told + 1, Step(commit, tuple(parents.split()), [])
            elif word.startswith(_ENTRY) and wanted(path := _text(next(tokens))) and step:
                committed, written, email, name = head
                *_modes, before, blob, status = _text(word).split(" ")
                step.changes.append(PastChange._make((step.commit, _moment(committed), _moment(written), email, name, status, path, blob, before)))
    except Endless as error:
        listed = git.run("rev-list", "--stdin", *start, "--", stdin=asked).decode().split()
        raise Endless("", error.reason, endless(listed[min(told, len(listed) - 1)])) from error
    if step:
        yield step


def changes(git: Plumbing, start: Sequence[str], wanted: Wanted = bool) -> Iterator[PastChange]:
    """What each commit from ``start`` on changed of the paths that are ``wanted``, newest first."""
    return (change for step in walk(git, start, wanted=wanted) for change in step.changes)


class Made(NamedTuple):
    """The moment of a commit: its own date, but none earlier than that of a commit before it; and the first it was made on, "" if none."""

    at: datetime
    parent: str


def made(git: Plumbing, tip: str, without: Sequence[str] = ()) -> Mapping[str, Made]:
    """How ``tip`` and every commit before it was made; those of ``without``, and what they build on, are left out."""
    found: dict[str, Made] = {}
    listed = ("--topo-order", "--reverse", "--parents", "--timestamp", tip, *(f"^{each}" for each in without), "--")
    for line in git.run("rev-list", *listed).decode().splitlines():
        seconds, commit, *parents = line.split()
        latest = max([_moment(seconds), *(found[each].at for each in parents if each in found)])
        found[commit] = Made(latest, parents[0] if parents else "")
    return found


@lru_cache
def _moment(seconds: str) -> datetime:
    """A commit may bear any number for its moment, or none: what lies beyond is its nearest sane neighbour."""
    known = int(seconds[:_DIGITS]) if seconds.isascii() and seconds.isdigit() else 0
    return datetime.fromtimestamp(min(known, _LATEST), UTC)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
