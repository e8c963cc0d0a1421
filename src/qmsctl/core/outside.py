"""What the library asks of the world outside, and that world once an edit has been written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Protocol

from qmsctl.core.edit import Edit


class Outside(Protocol):
    """What the library needs from beyond itself, fetched only when asked for."""

    def read(self, path: str) -> bytes:
        """The bytes of a file of the QMS. Raises ``RepositoryError`` where there is none."""

    def sha256(self, path: str) -> str | None:
        """The digest of a file's bytes as they stand, or ``None`` where there is no such file."""

    def used_ids(self) -> Mapping[str, str]:
        """Ids seen in any ref or in history, each with a place where it was seen."""


class Overlay:
    """The outside with an edit's files in place of those they replace."""

    def __init__(self, below: Outside, edit: Edit) -> None:
        self._below = below
        self._changes = {change.path: change.after for change in edit.changes}
        self.used_ids = below.used_ids

    def read(self, path: str) -> bytes:
        """The bytes of a file as the edit leaves them. Raises ``RepositoryError`` where there is none."""
        data = self._changes.get(path)
        return self._below.read(path) if data is None else data

    def sha256(self, path: str) -> str | None:
        """The digest of those bytes, or ``None`` where there is no such file."""
        data = self._changes.get(path)
        if data is None:
            return None if path in self._changes else self._below.sha256(path)
        return hashlib.sha256(data).hexdigest()
