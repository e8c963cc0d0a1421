"""What rules that look at one file have said of files, in two bits for each rule: whether it has spoken, and whether it suspects something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zlib import crc32

_SUM = 4
"""Bytes of the sum over the verdicts on a leaf."""


class Verdicts:
    """How verdicts of ``rules`` under an ``office`` are stored, a file as many bytes as another."""

    def __init__(self, office: str = "", rules: Iterable[str] = ()) -> None:
        self.office, self.rules = office, tuple(rules)
        self._width = (2 * len(self.rules) + 7) // 8
        self._seal = crc32(f"{office} {' '.join(self.rules)}".encode())
        self._known: dict[bytes, dict[str, bool]] = {}

    def on(self, told: bytes, place: int) -> dict[str, bool]:
        """The verdicts on the file at a place."""
        bytes_ = self.at(told, place)
        if bytes_ not in self._known:
            bits = int.from_bytes(bytes_, "little")
            self._known[bytes_] = {rule: bool(bits >> 2 * number & 2) for number, rule in enumerate(self.rules) if bits >> 2 * number & 1}
        return self._known[bytes_].copy()

    def at(self, told: bytes, place: int) -> bytes:
        """The same as they are stored; where nothing is, that nobody has spoken."""
        return told[place * self._width : (place + 1) * self._width].ljust(self._width, b"\0")

    def told(self, verdicts: Mapping[str, bool]) -> bytes:
        """The verdicts on one file as they are stored."""
        return sum((1 | verdicts[rule] << 1) << 2 * number for number, rule in enumerate(self.rules) if rule in verdicts).to_bytes(self._width, "little")

    def sealed(self, told: bytes, total: int) -> bytes:
        """What is ``told`` of a leaf, with a sum over what it holds for: one that a bad disk has damaged is no verdict."""
        return told + crc32(told, self._seal ^ total).to_bytes(_SUM, "big") if told else b""

    def opened(self, stored: object, total: int) -> bytes:
        """What was told of the leaf of this sum; nothing where it was of another, or is damaged."""
        told = stored[:-_SUM] if isinstance(stored, bytes) else b""
        return told if told and stored == self.sealed(told, total) else b""
