"""The Merkle tree hash of RFC 6962, section 2.1: one digest for a list of entries and every beginning of it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

EMPTY = hashlib.sha256(b"").digest()
"""The root over no entry."""


class Frontier:
    """The complete subtrees of a list that grows, largest first: all that is needed to go on."""

    def __init__(self) -> None:
        self.size = 0
        self._subtrees: list[bytes] = []

    def append(self, entry: bytes) -> None:
        """Take one more entry in."""
        found, size = hashlib.sha256(b"\x00" + entry).digest(), self.size
        while size & 1:
            found, size = _node(self._subtrees.pop(), found), size >> 1
        self._subtrees.append(found)
        self.size += 1

    def root(self) -> bytes:
        """The root over all entries so far."""
        if not self._subtrees:
            return EMPTY
        found, *larger = reversed(self._subtrees)
        for each in larger:
            found = _node(each, found)
        return found


def root(entries: Iterable[bytes]) -> bytes:
    """The root over ``entries``, 32 bytes."""
    tree = Frontier()
    for each in entries:
        tree.append(each)
    return tree.root()


def roots(entries: Sequence[bytes], sizes: Collection[int]) -> Mapping[int, bytes]:
    """The roots over the first ``sizes`` entries, made on one way; none for a size that there is not."""
    wanted, tree = frozenset(sizes), Frontier()
    found = {0: EMPTY} if 0 in wanted else {}
    for each in entries[: max(wanted, default=0)]:
        tree.append(each)
        if tree.size in wanted:
            found[tree.size] = tree.root()
    return found


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
