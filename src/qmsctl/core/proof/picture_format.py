"""What kind of picture bytes are, and how large it is when it is drawn, read from the bytes and never from a name."""

from __future__ import annotations

import struct
from struct import unpack_from

_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
"""The markers of a JPEG that give its size."""


def media_type(data: bytes) -> str | None:
    """``image/png``, ``image/jpeg``, ``image/gif`` or ``image/webp``; ``None`` for anything else."""
    if data.startswith(_PNG):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    return "image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def pixels(data: bytes) -> int | None:
    """Width times height; ``None`` where the bytes do not say, and no picture can be drawn of them."""
    try:
        width, height = _size(data)
    except (struct.error, ValueError, IndexError):
        return None
    return width * height or None


def _size(data: bytes) -> tuple[int, int]:
    match media_type(data):
        case "image/png":
            return unpack_from(">II", data, 16)
        case "image/gif":
            return unpack_from("<HH", data, 6)
        case "image/jpeg":
            return _jpeg(data)
        case "image/webp":
            return _webp(data)
        case _:
            raise ValueError


def _jpeg(data: bytes) -> tuple[int, int]:
    place = 2
    while data[place] == 0xFF:
        marker = data[place + 1]
        if marker in _FRAMES:
            height, width = unpack_from(">HH", data, place + 5)
            return width, height
        place += 1 if marker == 0xFF else 2 + unpack_from(">H", data, place + 2)[0]
    raise ValueError


def _webp(data: bytes) -> tuple[int, int]:
    match data[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
        case b"VP8L":
            (bits,) = unpack_from("<I", data, 21)
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case _:
            width, height = unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF
