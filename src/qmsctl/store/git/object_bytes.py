"""The bytes of git's objects, and their names: trees, commits, and a pack that holds some of each.

An object that is made here is handed to git whole, so that nothing that dies can leave half of one.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from qmsctl.regex import regex
from qmsctl.store.git.identity import Identity

FOLDER = "40000"
_KINDS = {"commit": 1, "tree": 2, "blob": 3}

# None may stand in the author line of a commit.
_HEADER_BREAKERS = regex(r"[<>\n\0]")


class Entry(NamedTuple):
    """What a tree holds under a name: the mode, and the name of the object."""

    mode: str
    oid: str


class Made(NamedTuple):
    """An object: its kind and its bytes."""

    kind: str
    data: bytes

    def name(self, size: int) -> str:
        """Its full name where names have ``size`` digits: 40 by SHA-1, 64 by SHA-256."""
        return _hashed(f"{self.kind} {len(self.data)}\0".encode() + self.data, size).hex()


def entries_of(tree: bytes, size: int) -> dict[bytes, Entry]:
    """What a tree holds, by name; ``size`` is the number of digits of an object's name. Raises ``ValueError`` for what is none."""
    found, start, length = dict[bytes, Entry](), 0, size // 2
    while start < len(tree):
        end = tree.index(b"\0", start)
        mode, _space, name = tree[start:end].partition(b" ")
        start = end + 1 + length
        if not name or start > len(tree):
            raise ValueError(tree)
        found[name] = Entry(mode.decode(), tree[end + 1 : start].hex())
    return found


def tree_of(entries: Mapping[bytes, Entry]) -> Made:
    """The tree that holds these, in git's order: a folder is sorted as if its name ended in a slash."""
    ordered = sorted(entries.items(), key=lambda each: each[0] + (b"/" if each[1].mode == FOLDER else b""))
    return Made("tree", b"".join(entry.mode.encode() + b" " + name + b"\0" + bytes.fromhex(entry.oid) for name, entry in ordered))


def commit_of(tree: str, parent: str | None, by: str, message: str) -> Made:
    """The commit of a ``tree`` on top of ``parent``, written and committed ``by`` the same hand; see :func:`hand`."""
    parents = [f"parent {parent}"] if parent else []
    head = "\n".join([f"tree {tree}", *parents, f"author {by}", f"committer {by}"])
    text = message.replace("\0", "").rstrip("\n")
    return Made("commit", f"{head}\n\n{text}\n".encode("utf-8", "replace"))


def hand(author: Identity, at: datetime) -> str:
    """Who made a commit, and when, as git writes it; ``at`` has a time zone."""
    name, email = (" ".join(_HEADER_BREAKERS.sub("", part).split()) for part in (author.name, author.email))
    return f"{name or '?'} <{email}> {int(at.timestamp())} {at.strftime('%z')[:5]}"


def pack(objects: Sequence[Made], size: int) -> bytes:
    """One stream of objects in their order, whose end tells whether it is whole."""
    parts = [b"PACK", struct.pack(">II", 2, len(objects))]
    for each in objects:
        parts += [_length(_KINDS[each.kind], len(each.data)), zlib.compress(each.data, 1)]
    body = b"".join(parts)
    return body + _hashed(body, size)


def _length(kind: int, length: int) -> bytes:
    """Kind and length as packs have them: four bits of the length, then seven at a time, the lowest first."""
    found, rest = bytearray([kind << 4 | length & 15]), length >> 4
    while rest:
        found[-1] |= 128
        found.append(rest & 127)
        rest >>= 7
    return bytes(found)


def _hashed(data: bytes, size: int) -> bytes:
    return (hashlib.sha256 if size == 64 else hashlib.sha1)(data).digest()
