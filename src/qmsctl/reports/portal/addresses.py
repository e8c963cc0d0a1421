"""Where the page of each document and record stands: by its id, which never changes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from qmsctl.core.link_target import Elsewhere
from qmsctl.core.text.characters import fold, unmarked
from qmsctl.core.text.ids import LONGEST_ID, is_id
from qmsctl.regex import regex

_DEVICE = r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?"
_RESERVED = regex(_DEVICE, re.IGNORECASE)
_ANY_RESERVED = regex(f"^{_DEVICE}$", re.IGNORECASE | re.MULTILINE)
_PLAIN = regex(rf"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{{0,{LONGEST_ID - 2}}}[A-Za-z0-9_-])?\n)*", re.ASCII)
_NOT_IN_NAME = regex(r"[^a-z0-9]+")
_LONGEST = 60


def file_names(names: Iterable[str]) -> Mapping[str, str]:
    """A name of a file for each id: itself, unless a file system would not have it or takes it for another one's."""
    order = sorted(set(names))
    if _are_plain(order):
        return dict(zip(order, order, strict=True))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in order:
        plain = is_id(name) and not _RESERVED.fullmatch(name) and fold(name) not in taken
        found[name] = name if plain else _another(name)
        taken.add(fold(found[name]))
    return found


def possible_names(name: str) -> tuple[str, ...]:
    """The names of files that an id may have, whatever others there are."""
    return name, _another(name)


def _another(name: str) -> str:
    return f"{slug(name)[:_LONGEST]}-{_digest(name)}"


def _are_plain(names: Sequence[str]) -> bool:
    """True for ids, each a name of a file that no file system takes for another. They are thousands, and are looked at as one text."""
    text = "".join([f"{each}\n" for each in names])
    return _PLAIN.fullmatch(text) is not None and not _ANY_RESERVED.search(text) and len({*text.lower().split()}) == len(names)


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
