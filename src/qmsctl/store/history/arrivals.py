"""When the files of sign-offs came into the history of a repository, whatever the dates in it say.

The moment of a commit is its own date, but none before that of a commit it builds on, and none after the clock of
whoever looks: a date that was set back shows as far as history can show it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property

from qmsctl.core.outside import Commit
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.text.text_file import lf
from qmsctl.errors import RepositoryError
from qmsctl.store.git.commit_stream import Made, PastChange
from qmsctl.store.git.repository import Git
from qmsctl.store.history.changes import of_configuration, of_signoffs
from qmsctl.store.roots import moved_prefix

_SHA256_DIGITS = 64


class Arrivals:
    """The history of ``signoffs/`` up to ``tip``, by path within the QMS folder, wherever that folder lay by then."""

    def __init__(self, git: Git, tip: str, prefix: str, clock: datetime) -> None:
        self._git, self._tip, self._prefix, self._clock = git, tip, prefix, clock

    def of(self, path: str, data: bytes) -> Commit | None:
        """The first commit that holds these bytes at ``path``, line ends aside; ``None`` where none does."""
        brought = [each for each in self._versions.get(path, ()) if each.blob in _names(data, len(each.blob)) and self._counts(each)]
        first = min(brought, key=lambda each: self.moment(each.commit), default=None)
        return Commit(first.commit, self.moment(first.commit), first.name, first.email, first.written) if first else None

    def moment(self, commit: str) -> datetime:
        """When a commit was made at the earliest."""
        return min(self._clock, self._made[commit].at if commit in self._made else self._clock)

    @cached_property
    def office_since(self) -> datetime | None:
        """The moment of the first commit that holds the ``qms.yaml`` of the office."""
        return min((self.moment(commit) for commit, _folder in self._folders if commit), default=None)

    def _counts(self, change: PastChange) -> bool:
        """False for what lay in a folder that was not yet, or no longer, that of the QMS."""
        if len(self._folders) == 1:
            return True
        folder = change.path[: -len(self._inner(change.path))].rstrip("/")
        return self._is_system(change.commit, folder)

    @cached_property
    def _made(self) -> Mapping[str, Made]:
        return self._git.made(self._tip)

    @cached_property
    def _versions(self) -> Mapping[str, list[PastChange]]:
        found: dict[str, list[PastChange]] = defaultdict(list)
        for _commit, folder in self._folders:
            for change in of_signoffs(self._git, self._tip, _inside(folder)):
                found[self._inner(change.path)].append(change)
        return found

    def _inner(self, path: str) -> str:
        """The path within the QMS folder."""
        folders = (_inside(folder) for _commit, folder in self._folders)
        return next(path.removeprefix(each) for each in folders if path.startswith(f"{each}signoffs/"))

    @cached_property
    def _folders(self) -> tuple[tuple[str, str], ...]:
        """Where the QMS lies and lay before, the latest first, each with the commit that brought it there; "" if none has."""
        return tuple(self._followed())

    def _followed(self) -> Iterator[tuple[str, str]]:
        folder: str | None = self._prefix
        tip, seen = self._tip, set[str]()
        while folder is not None and folder not in seen:
            seen.add(folder)
            commit = self._began(tip, folder)
            yield commit, folder
            folder = self._former(commit, seen) if commit else None
            tip = commit

    def _began(self, tip: str, folder: str) -> str:
        """The first commit up to ``tip`` with a system in ``folder``."""
        added = [each.commit for each in of_configuration(self._git, tip, _inside(folder)) if each.status.startswith("A")]
        return min(reversed(added), key=self.moment, default="")

    def _former(self, commit: str, seen: set[str]) -> str | None:
        """The folder of the system before ``commit``, if that moved it."""
        try:
            parent = self._made[commit].parent
            return moved_prefix(self._git, parent, lambda folder: folder in seen or self._is_system(commit, folder)) if parent else None
        except RepositoryError:
            return None

    def _is_system(self, commit: str, folder: str) -> bool:
        return self._git.blob_at(f"{commit}:{_inside(folder)}{CONFIG_PATH}") is not None


def _names(data: bytes, digits: int) -> frozenset[str]:
    """What git would call these bytes, with any line ends."""
    plain = lf(data)
    make = hashlib.sha256 if digits == _SHA256_DIGITS else hashlib.sha1
    return frozenset(make(b"blob %d\0" % len(each) + each).hexdigest() for each in (data, plain, plain.replace(b"\n", b"\r\n")))


def _inside(folder: str) -> str:
    return f"{folder}/" if folder else ""
