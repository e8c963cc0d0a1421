"""What every commit changed, as one stream: one process for the whole history, where GitPython asks per file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from qmsctl.store.git.plumbing import Plumbing

_LATEST, _DIGITS = int(datetime(2500, 1, 1, tzinfo=UTC).timestamp()), 12
_HEADER = "%x01%H%x01%ct%x01%at%x01%ae%x01%an"
_ENTRY = b":"
_LOG = (
    *("log", "-z", "--full-history", f"--format={_HEADER}", "--encoding=UTF-8", "--no-color"),
    *("--no-mailmap", "--no-notes", "--no-show-signature", "--no-follow"),
    *("--root", "-c", "--raw", "--no-abbrev", "--no-renames", "--no-relative", "-O/dev/null", "--no-ext-diff", "--no-textconv"),
)
"""Whatever the repository's own configuration wishes ``git log`` to show is named here, and so the same everywhere."""


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


def changes(git: Plumbing, start: Sequence[str], folders: Iterable[str] = (), *, literal: bool = True) -> Iterator[PastChange]:
    """Newest first, from ``start`` (what ``rev-list`` takes), limited to ``folders`` if any, which are patterns unless ``literal``."""
    return _read(git.stream(*_LOG, *start, "--", *folders, literal=literal))


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


def _read(tokens: Iterator[bytes]) -> Iterator[PastChange]:
    commit, at, written, email, name = "", _moment(""), _moment(""), "", ""
    for token in tokens:
        word = token.lstrip(b"\n")
        if word.startswith(b"\x01"):
            _, commit, *seconds, email, name = _text(word).split("\x01", 5)
            at, written = map(_moment, seconds)
        elif word.startswith(_ENTRY):
            *_modes, before, blob, status = _text(word).split(" ")
            yield PastChange(commit, at, written, email, name, status, _text(next(tokens)), blob, before)


def _moment(seconds: str) -> datetime:
    """A commit may bear any number for its moment, or none: what lies beyond is its nearest sane neighbour."""
    known = int(seconds[:_DIGITS]) if seconds.isascii() and seconds.isdigit() else 0
    return datetime.fromtimestamp(min(known, _LATEST), UTC)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
