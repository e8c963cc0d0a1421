"""Where the page of each document and record stands: by its id, which never changes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from qmsctl.core.link_target import Elsewhere
from qmsctl.core.text.characters import fold, unmarked
from qmsctl.core.text.ids import is_id
from qmsctl.regex import regex

_RESERVED = regex(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_NOT_IN_NAME = regex(r"[^a-z0-9]+")
_LONGEST = 60


def file_names(names: Iterable[str]) -> Mapping[str, str]:
    """A name of a file for each id: itself, unless a file system would not have it or takes it for another one's."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        plain = is_id(name) and not _RESERVED.fullmatch(name) and fold(name) not in taken
        found[name] = name if plain else f"{slug(name)[:_LONGEST]}-{_digest(name)}"
        taken.add(fold(found[name]))
    return found


def slug(text: str) -> str:
    """Words as a name of a file: small letters without marks."""
    return _NOT_IN_NAME.sub("-", bare(text)).strip("-") or "x"


def bare(text: str) -> str:
    """Small letters without their marks, as people type who look for something."""
    return unmarked(unicodedata.normalize("NFKC", text))


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def seen_from(address: str, other: str) -> Elsewhere:
    """``other`` as the page at ``address`` links to it."""
    return Elsewhere("../" * address.count("/") + other)
