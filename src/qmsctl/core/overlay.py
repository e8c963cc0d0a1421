"""The world outside as it will be once an edit has been written."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from qmsctl.core.edit import Edit

if TYPE_CHECKING:
    from qmsctl.core.library import Outside


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
