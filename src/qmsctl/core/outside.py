"""What the library asks of the world outside, and that world once an edit has been written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

from qmsctl.core.edit import Edit
from qmsctl.core.keys.ssh_signature import NAMESPACE, Signature
from qmsctl.core.office.office_hours import PublicHolidays
from qmsctl.core.text.lfs_pointer import content_digest, pointed
from qmsctl.core.text.text_file import lf
from qmsctl.errors import RepositoryError
from qmsctl.message import Message


class Commit(NamedTuple):
    """A commit: its full name, its moment, and who git says made it.

    Its moment is none before that of a commit it builds on, and none after the clock. ``written`` is when it was made first, where a rebase has made it anew since.
    """

    id: str
    at: datetime
    name: str
    email: str
    written: datetime | None = None

    @property
    def first_at(self) -> datetime:
        """The moment from which git had it."""
        return min(self.at, self.written or self.at)


class Lost(NamedTuple):
    """A file that a commit took away: its path from the top of the repository, the commit, a moment it is not older than.

    ``sha256`` is the digest of its LF bytes. ``moved`` tells that the commit put it among the sign-offs of another
    place; ``elsewhere`` that the QMS has another folder since. ``renumbered`` is the id that the commit gave its subject
    in place of one that others had given, too, without having seen the sign-off.
    """

    place: str
    commit: str
    at: datetime
    sha256: str | None = None
    moved: bool = False
    elsewhere: bool = False
    renumbered: str | None = None


class Outside(Protocol):
    """What the library needs from beyond itself, fetched only when asked for."""

    def read(self, path: str) -> bytes:
        """The bytes of a file of the QMS. Raises ``RepositoryError`` where there is none."""

    def sha256(self, path: str) -> str | None:
        """The digest of a file's bytes as they stand, or ``None`` where there is no such file.

        Of a git-lfs pointer it is that of the content it stands for.
        """

    def pointer(self, path: str) -> str | None:
        """The digest that a git-lfs pointer at ``path`` names; ``None`` for every other file, and for none."""

    def used_ids(self) -> Collection[str]:
        """Ids seen in any ref or in history."""

    def past_ids(self) -> Mapping[str, str]:
        """Ids seen in the history of what is read, each with its latest place as ``rev:path``."""

    def ids_elsewhere(self) -> Mapping[str, str]:
        """Ids that other branches have added, each with a place as ``rev:path``."""

    def read_past(self, place: str) -> bytes | None:
        """The bytes at ``rev:path``, or ``None`` where there is no such file."""

    def first_commits(self) -> Mapping[str, Commit]:
        """The commit that brought each file below ``signoffs/`` into the history that is read, by path.

        A file that is not committed yet is not among them; without git there are none.
        """

    def arrival(self, path: str, data: bytes) -> Commit | None:
        """The commit that brought these very bytes, line ends aside, to ``path`` below ``signoffs/`` in the QMS folder.

        It is looked for in the history that is read, also where the folder lay elsewhere by then; ``None`` where there is none.
        """

    def office_since(self) -> datetime | None:
        """The moment of the first commit that holds the office's ``qms.yaml``; ``None`` where none does."""

    def lost_signoffs(self) -> Mapping[str, Lost]:
        """The files below ``signoffs/`` that the history which is read had and took away, by path."""

    def history_is_whole(self) -> bool:
        """False where older commits are missing (a shallow clone), or where there is no git at all."""

    def index_behind(self) -> tuple[str, ...]:
        """The files of the QMS that are as in the last commit, while git's index would take that back; none anywhere but in a work tree."""

    def unseen(self) -> tuple[Message, ...]:
        """What it was asked so far and could not look at, each with the cause and the mend: what it answered then is no answer."""

    def public_holidays(self, country: str, year: int) -> PublicHolidays:
        """The days off of a country, or a part of it, in a year; none for ``none``, and where nobody knows them."""

    def knows_holidays(self, country: str) -> bool:
        """True for ``none`` and for a country, or a part of one, whose days off are known."""

    def attributes_above(self) -> Mapping[str, bytes]:
        """The ``.gitattributes`` of the folders above the QMS, each by the way down from there (``org/qms/``)."""

    def accepted_configuration(self) -> Mapping[str, str] | None:
        """The SHA-256 of each file of the configuration, as of the commit that the server's administrator has accepted.

        ``None`` where none is named, and anywhere but in a bare repository. Raises ``RepositoryError`` for what is no
        full name of a commit.
        """

    def signature(self, path: str) -> Signature | None:
        """What ``<path>.sig`` says of the LF bytes of the file at ``path``; ``None`` where one of them is missing, a problem where it cannot be read."""

    def verify(self, data: bytes, armoured: bytes) -> Signature:
        """What the signature file ``armoured`` says of ``data``."""


class Overlay:
    """The outside with an edit's files in place of those they replace."""

    def __init__(self, below: Outside, edit: Edit) -> None:
        self._below = below
        self._changes = {change.path: change.after for change in edit.changes}
        self._promised = edit.promised
        self.used_ids = below.used_ids
        self.past_ids = below.past_ids
        self.ids_elsewhere = below.ids_elsewhere
        self.read_past = below.read_past
        self.first_commits = below.first_commits
        self.arrival = below.arrival
        self.office_since = below.office_since
        self.lost_signoffs = below.lost_signoffs
        self.history_is_whole = below.history_is_whole
        self.index_behind = below.index_behind
        self.unseen = below.unseen
        self.public_holidays = below.public_holidays
        self.knows_holidays = below.knows_holidays
        self.attributes_above = below.attributes_above
        self.accepted_configuration = below.accepted_configuration
        self.verify = below.verify

    def read(self, path: str) -> bytes:
        """The bytes of a file as the edit leaves them. Raises ``RepositoryError`` where there is none."""
        data = self._changes.get(path)
        return self._below.read(path) if data is None else data

    def sha256(self, path: str) -> str | None:
        """The digest of those bytes, or ``None`` where there is no such file."""
        data = self._changes.get(path)
        if data is None:
            return None if path in self._changes else self._below.sha256(path)
        return content_digest(data)

    def pointer(self, path: str) -> str | None:
        """The digest that a pointer names, as the edit leaves the file."""
        data = self._changes.get(path)
        return pointed(data) if data is not None else None if path in self._changes else self._below.pointer(path)

    def signature(self, path: str) -> Signature | None:
        """What is signed already, and what will be before the edit is written."""
        if path in self._promised:
            return Signature(self._promised[path], NAMESPACE)
        beside = f"{path}.sig"
        if self._changes.keys().isdisjoint((path, beside)):
            return self._below.signature(path)
        try:
            return self.verify(lf(self.read(path)), lf(self.read(beside)))
        except RepositoryError:
            return None
