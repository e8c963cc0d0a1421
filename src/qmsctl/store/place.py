"""Where a QMS is."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from posixpath import normpath

from qmsctl.core.source import Source
from qmsctl.message import Message
from qmsctl.store.cache.keeping import Cache
from qmsctl.store.git.heads import Heads
from qmsctl.store.git.repository import Git
from qmsctl.value import dataclass


@dataclass(frozen=True)
class Place:
    """Where a QMS is: its folder (``None`` in a bare repository), repository and files.

    ``at`` is the commit the files are of, ``None`` for those on the disk; ``prefix`` the path of the
    folder from the top of the repository, ``unseen`` what could not be looked at to find them. ``cache`` may spare
    reading the files again, ``heads`` asking git what is checked out.
    """

    root: Path | None
    git: Git | None
    at: str | None
    prefix: str
    source: Source
    cache: Cache | None = None
    unseen: tuple[Message, ...] = ()
    heads: Heads | None = None

    def from_top(self, path: str) -> str:
        """A path of the QMS as one from the top of its repository."""
        return normpath(f"{self.prefix}/{path}") if self.prefix else path

    @cached_property
    def commit(self) -> str | None:
        """The commit the files are of, or that lies below those on the disk; git is asked for it only here."""
        if self.at or self.git is None:
            return self.at
        return self.checked_out.commit if self.checked_out else None

    @cached_property
    def checked_out(self) -> Heads | None:
        """What git says of its refs, asked at most once."""
        return self.heads or (self.git.heads() if self.git else None)
