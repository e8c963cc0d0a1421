"""Pictures of files that others wrote: by their first bytes, never unpacked."""

from __future__ import annotations

import struct

MOST_PIXELS = 60_000_000
"""A page of A3 in 600 dots has 70 million; a browser that unpacks more may come down."""

_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def kind_of(data: bytes) -> str | None:
    """The ending of its name: ``png``, ``jpg`` or ``gif``; ``None`` for another, and for one that is larger unpacked than any page."""
    for ending, size in (("png", _png(data)), ("gif", _gif(data)), ("jpg", _jpeg(data))):
        if size is not None:
            return ending if 0 < size <= MOST_PIXELS else None
    return None


def _png(data: bytes) -> int | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return int(width * height)


def _gif(data: bytes) -> int | None:
    if not data.startswith((b"GIF87a", b"GIF89a")) or len(data) < 10:
        return None
    width, height = struct.unpack("<HH", data[6:10])
    return int(width * height)


def _jpeg(data: bytes) -> int | None:
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        if data[place + 1] in _JPEG_SIZES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return int(width * height)
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return None
