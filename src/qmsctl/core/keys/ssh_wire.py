"""The encoding of OpenSSH keys and signatures: strings and numbers with their length before them (RFC 4251, 5).

Nothing is guessed: what is too short, too long or written in a second way is refused.
"""

from __future__ import annotations

import base64
import binascii


class WireRefused(Exception):
    """The bytes are not what the format says."""


class WireReader:
    """Takes values off the front of some bytes. Every method raises :class:`WireRefused`."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        found = self._data[self._at : self._at + count]
        if len(found) != count:
            raise WireRefused
        self._at += count
        return found

    def integer(self) -> int:
        """An unsigned number of four bytes."""
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        """Bytes with their length before them."""
        return self.take(self.integer())

    def word(self) -> str:
        """The same, as ASCII."""
        try:
            return self.string().decode("ascii")
        except UnicodeDecodeError:
            raise WireRefused from None

    def number(self) -> int:
        """A positive number in as few bytes as it takes."""
        data = self.string()
        padded = data[:1] == b"\0" and not (len(data) > 1 and data[1] & 0x80)
        if not data or data[0] & 0x80 or padded:
            raise WireRefused
        return int.from_bytes(data, "big")

    def rest(self) -> bytes:
        """All that follows."""
        return self.take(len(self._data) - self._at)

    def end(self) -> None:
        """Make sure that nothing follows."""
        if self._at != len(self._data):
            raise WireRefused


def wire_string(data: bytes) -> bytes:
    """``data`` with its length before it."""
    return len(data).to_bytes(4, "big") + data


def from_base64(text: str) -> bytes:
    """The bytes of a base64 text without blanks, written as an encoder would. Raises :class:`WireRefused`."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise WireRefused from None
    if base64.b64encode(data).decode() != text:
        raise WireRefused
    return data
