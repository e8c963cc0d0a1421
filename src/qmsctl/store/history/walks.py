"""Walks through the history of an office, kept for the next command: it walks only over the commits that came since.

What lies before a commit never changes, so what is kept holds for the commits by which it is told, whatever became of the refs. Nothing is kept
of a clone whose history is cut off, and of a short one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from qmsctl.store.cache.column import coded, decoded
from qmsctl.store.cache.note import note, noted
from qmsctl.store.cache.program import maker
from qmsctl.store.git.commit_stream import PastChange, Step, is_of_an_office, walk
from qmsctl.store.git.plumbing import Endless, GitFailed
from qmsctl.store.git.repository import Git
from qmsctl.store.history.past import id_at
from qmsctl.store.place import Place

_SHORT, _SMALL = 100, 1000
"""So many commits are walked over as fast as what is known of them is read; and so many changes, be it of one commit."""


class Seen(NamedTuple):
    """What is known: the ``ids`` of all files in ``tops`` and every commit before them, and what those up to ``head`` changed of an ``office``.

    None of ``tops`` lies before another, all that is ``behind`` lies before one.
    """

    head: str = ""
    office: tuple[PastChange, ...] = ()
    ids: frozenset[str] = frozenset()
    tops: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()


_NOTHING = Seen()


class Walks:
    """The history of what lies at a place on the disk, each part of it walked over once; ``anew`` without what is kept."""

    def __init__(self, place: Place, *, anew: bool = False) -> None:
        self._place = place
        self._cache = None if anew else place.cache
        self._walked = ""

    def commit(self) -> str | None:
        """The commit that is read; of one that is checked out git knows from here on what it and those before it changed of the office."""
        commit = self._place.commit
        if commit and self._place.at is None and commit != self._walked:
            self._seen = self._up_to(commit)
            self._git.knows(commit, self._seen.office)
            self._walked = commit
            self._keep()
        return commit

    def used_ids(self) -> frozenset[str]:
        """Every id ever used, on any ref: the name of a Markdown file below ``documents/`` or ``records/``."""
        self.commit()
        heads = self._place.checked_out
        self._seen = self._with_refs(heads.tips if heads else frozenset())
        self._keep()
        return self._seen.ids

    @property
    def _git(self) -> Git:
        assert self._place.git is not None  # it is asked of what is in a repository
        return self._place.git

    @cached_property
    def _file(self) -> Path | None:
        return self._cache.walked if self._cache and not self._git.is_shallow() else None

    @cached_property
    def _kept(self) -> Seen:
        return _taken(self._file)

    @cached_property
    def _seen(self) -> Seen:
        return self._kept

    @cached_property
    def _is_long(self) -> bool:
        return self._kept is not _NOTHING

    def _up_to(self, head: str) -> Seen:
        """The same with ``head``, where a line of single commits leads to it; else nothing but what lies before it."""
        seen = self._seen
        if seen.head == head:
            return seen
        new = self._since((head,), (seen.head,)) if seen.head else None
        return self._with(seen, new, head) if new is not None and _is_line(new, seen.head) else self._with(_NOTHING, self._walk((head,)), head)

    def _with_refs(self, tips: frozenset[str]) -> Seen:
        """The same with all refs, of which ``tips`` are known; where what was one no longer leads anywhere, it is told anew."""
        seen = self._seen
        others = self._git.common_dir / "worktrees"  # whose HEAD is no ref
        if tips <= seen.tops | seen.behind and seen.tops <= tips and not others.is_dir():
            return seen
        new = self._since(("--all", *tips), seen.tops)
        if new is None or not seen.tops <= tips.union(*(each.parents for each in new)):
            head = self._walked  # none on a branch without commits: what was checked out before may lead nowhere any more
            seen = self._with(_NOTHING, self._walk((head,)), head) if head else _NOTHING
            new = self._walk(("--all", *tips), seen.tops)
        seen = self._with(seen, new, seen.head)
        return seen._replace(behind=tips - seen.tops)

    def _since(self, start: Sequence[str], known: Iterable[str]) -> list[Step] | None:
        """The commits that are not known yet; ``None`` where git cannot tell, for what is known may be gone by now."""
        try:
            return self._walk(start, known)
        except Endless:
            raise
        except GitFailed:
            return None

    def _walk(self, start: Sequence[str], known: Iterable[str] = ()) -> list[Step]:
        return list(walk(self._git.plumbing, start, known, cache(lambda path: is_of_an_office(path) or bool(id_at(path, self._place.prefix)))))

    def _with(self, seen: Seen, new: Sequence[Step], head: str) -> Seen:
        found = [change for step in new for change in step.changes]
        self._is_long = self._is_long or len(new) > _SHORT or len(found) > _SMALL
        office = tuple(each for each in found if is_of_an_office(each.path)) if head != seen.head else ()
        ids = filter(None, (id_at(path, self._place.prefix) for path in {each.path for each in found}))
        tops = seen.tops.union(step.commit for step in new).difference(*(step.parents for step in new))
        return Seen(head, (*office, *seen.office), seen.ids.union(ids), tops, seen.behind)

    def _keep(self) -> None:
        if self._file and self._is_long and self._seen != self._kept:
            note(self._file, _written(self._seen), pressed=1)
            self._kept = self._seen


def _is_line(new: Sequence[Step], end: str) -> bool:
    """Whether each commit was made on the next alone, and the last on ``end``: then what git tells of all is what it tells of these, and of ``end``."""
    return bool(new) and all(each.parents == (after,) for each, after in zip(new, [*(each.commit for each in new[1:]), end], strict=True))


def _written(seen: Seen) -> list[Any]:
    rows = ((each.commit, each.at.timestamp(), each.written.timestamp(), *each[3:]) for each in seen.office)
    return [maker({}), seen.head, [coded(column) for column in zip(*rows, strict=True)], *map(sorted, (seen.ids, seen.tops, seen.behind))]


def _taken(file: Path | None) -> Seen:
    """What is kept; nothing of another program."""
    with suppress(TypeError, ValueError, OverflowError):
        made_by, head, columns, *sets = noted(file) if file else []
        if made_by == maker({}):
            moment = cache(partial(datetime.fromtimestamp, tz=UTC))
            commits, at, written, *rest = map(decoded, columns)
            office = map(PastChange._make, zip(commits, map(moment, at), map(moment, written), *rest, strict=True))
            return Seen(head, tuple(office), *map(frozenset, sets))
    return _NOTHING
