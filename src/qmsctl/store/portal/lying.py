"""What lies in the folder of a portal. A page that the system says is as it was is not read again to know its digest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from time import time_ns

from qmsctl.errors import RepositoryError
from qmsctl.store.cache.leaf import GRANULE
from qmsctl.store.cache.note import note, noted
from qmsctl.store.machine import files

_ROOM = 1 << 20
"""Bytes of a file that are read at once."""


class Lying:
    """The pages below ``root``; ``kept`` is the file of the user's cache that has their stamps, ``None`` where nothing is to be kept.

    A stamp is what the system says of a file, with the digest of its bytes. It is kept of a file only if that lay there for
    longer than a clock may err before it was looked at.
    """

    def __init__(self, root: Path, kept: Path | None) -> None:
        self._root = f"{root}/"
        self._kept = kept
        found = noted(kept) if kept else None
        self._stamps: Mapping[str, str] = found if isinstance(found, dict) else {}
        self._seen: dict[str, tuple[str, str]] = {}

    def digests(self, expected: Mapping[str, str], is_there: Callable[[str], bool]) -> Mapping[str, str]:
        """The digests of the files at these addresses that are there; each has the one that is ``expected``, empty where that is not known."""
        found: dict[str, str] = {}
        began, view = time_ns(), memoryview(bytearray(_ROOM))
        for address, sha256 in expected.items():
            facts = self._facts(address) if is_there(address) else None
            if facts is None:
                continue
            if sha256 and self._stamps.get(address) == f"{facts} {sha256}":
                found[address] = sha256
            elif (digest := self._digest(address, view)) is not None:
                found[address] = digest
                if _is_settled(facts, began):
                    self._seen[address] = facts, digest
        return found

    def wrote(self, address: str, sha256: str) -> None:
        """Take note of a file that was written just now."""
        if facts := self._facts(address):
            self._seen[address] = facts, sha256

    def keep(self, addresses: Iterable[str]) -> None:
        """Keep the stamps of what lies at these addresses; where that cannot be, it is read again."""
        now = time_ns()
        new = {address: f"{facts} {sha256}" for address, (facts, sha256) in self._seen.items() if _is_settled(facts, now) and self._facts(address) == facts}
        if self._kept and new:
            stamps = {**self._stamps, **new}
            note(self._kept, {address: stamps[address] for address in addresses if address in stamps})

    def _facts(self, address: str) -> str | None:
        try:
            found = os.lstat(self._root + address)
        except OSError:
            return None
        return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino}"

    def _digest(self, address: str, room: memoryview) -> str | None:
        """All files are read into one place, for there are thousands."""
        found = hashlib.sha256()
        try:
            descriptor = files.open_regular(self._root + address, address)
            with open(descriptor, "rb", buffering=0) as file:
                while count := file.readinto(room):
                    found.update(room[:count])
        except (RepositoryError, OSError):
            return None
        return found.hexdigest()


def _is_settled(facts: str, now: int) -> bool:
    """False for a file that may have been written again at the same moment, as far as its times tell."""
    return max(map(int, facts.split()[:2])) + GRANULE < now
