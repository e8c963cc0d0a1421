"""What git-lfs keeps in git in the place of a large file: its digest and size.

The form is that of https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md.
"""

from __future__ import annotations

import hashlib

from qmsctl.regex import regex

LARGEST = 1023
"""Bytes of a pointer at most; a file of more is none."""

_POINTER = regex(rb"version https://git-lfs\.github\.com/spec/v1\noid sha256:(?P<oid>[0-9a-f]{64})\nsize (?:0|[1-9][0-9]{0,18})\n?")


def pointed(data: bytes) -> str | None:
    """The SHA-256 of the content that ``data`` stands for; ``None`` where it is no pointer."""
    found = _POINTER.fullmatch(data) if len(data) <= LARGEST else None
    return found["oid"].decode() if found else None


def content_digest(data: bytes) -> str:
    """The SHA-256 of ``data``, or of what it stands for."""
    return pointed(data) or hashlib.sha256(data).hexdigest()
