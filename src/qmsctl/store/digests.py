"""The digests of files, each looked at once."""

from __future__ import annotations

from typing import NamedTuple

from qmsctl.core.source import Source
from qmsctl.errors import QmsError
from qmsctl.store.git.plumbing import GitFailed


class _Seen(NamedTuple):
    """What a file has: the digest of its content, and that again where only a pointer to it is here."""

    sha256: str | None = None
    pointer: str | None = None


class Digests:
    """The digests of the files of a source; ``None`` for a file that cannot be read. Raises :class:`GitFailed`."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._seen: dict[str, _Seen] = {}

    def sha256(self, path: str) -> str | None:
        """The digest of the content of a file."""
        return self._look(path).sha256

    def pointer(self, path: str) -> str | None:
        """The same, where the file is a pointer of git-lfs."""
        return self._look(path).pointer

    def _look(self, path: str) -> _Seen:
        if path not in self._seen:
            try:
                pointer = self._source.pointer(path)
                self._seen[path] = _Seen(pointer or self._source.sha256(path), pointer)
            except GitFailed:
                raise
            except QmsError:
                self._seen[path] = _Seen()
        return self._seen[path]
