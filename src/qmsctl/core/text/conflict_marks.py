"""The marks that git leaves in a file where two people have changed the same lines."""

from __future__ import annotations

import re

from qmsctl.regex import regex

_MARKED = regex(rb"^<{7} (.*?)^={7}\r?$(.*?)^>{7} ", re.MULTILINE | re.DOTALL)


def conflict(data: bytes) -> tuple[int, int] | None:
    """The first and the last line of the first place where two versions stand one above the other, from 1."""
    if b"<" not in data or b"<<<<<<< " not in data or b">>>>>>> " not in data:
        return None
    found = _MARKED.search(data)
    return (data.count(b"\n", 0, found.start()) + 1, data.count(b"\n", 0, found.end()) + 1) if found else None
