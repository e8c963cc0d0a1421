"""Files that lie side by side, kept together: in columns what all of a library needs of them, and beside these the bytes of the rest."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, repeat
from typing import Any, NamedTuple
from zlib import compress, crc32, decompress

from qmsctl.core.text.nodes import Plain
from qmsctl.store.cache.column import coded, decoded
from qmsctl.store.cache.kept import ELSEWHERE, HIDDEN, LINKED, PIECES, SAID, Kept
from qmsctl.store.cache.verdicts import Verdicts
from qmsctl.store.cache.words import runs, runs_of, standing

Facts = tuple[int, int, int, int]
"""Size, moments of the last change of bytes and of the file in nanoseconds, inode."""

UNSEEN: Facts = (0, 0, 0, 0)
"""What no file has: it is read again, and known by its bytes alone."""
GRANULE = 2_000_000_000
"""Nanoseconds within which a file may be written twice and bear the same moment, on the coarsest file system."""
SIZE = 256
"""So many files make a leaf, and twice as many are cut apart: where one file is another the whole leaf is written."""
_RAW, _BLOB, _FACTS = 32, 20, len(UNSEEN)
_LEVEL = 1
"""Of compression, for what is read each time."""
_HIDDEN = b"%"
"""Stands among the words of a leaf for a link that is written so that its words do not show."""
BRIEF = ("title", "status", "revision", "owner", "unit", "meaning", "at", "basis")
"""The fields that lists and tables ask of every file, and those by which a few sign-offs are told from the others."""
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class Stored(NamedTuple):
    """A leaf as it lies on the disk; ``total`` is the sum over all before it, which what a power cut or a bad disk has damaged does not bear."""

    head: bytes
    facts: bytes
    raws: bytes
    blobs: bytes
    ends: bytes
    front: bytes
    places: bytes
    linked: bytes
    tables: bytes
    packed: bytes
    words: bytes
    total: int

    @property
    def is_sound(self) -> bool:
        """True if it bears its sum."""
        return self.total == total_of(*self[:-1])


class File(NamedTuple):
    """A file as it was read: by ``facts`` it is told without reading that it is still so, ``raw`` is the SHA-256 of its bytes."""

    kept: Kept
    facts: Facts
    raw: bytes

    @property
    def known_by(self) -> tuple[str, Facts, bytes]:
        """What makes it the file that is kept."""
        return self.kept.path, self.facts, self.raw


class Leaf:
    """The files of one row; ``told`` are the verdicts on them as they are stored, ``asked`` those that this command has looked at."""

    __slots__ = ("_blobs", "_digests", "_ends", "_hints", "_named", "_raws", "asked", "brief", "facts", "files", "number", "paths", "stored", "told", "verdicts")

    def __init__(self, number: int, stored: Stored, told: bytes = b"") -> None:
        """Raises ``ValueError`` or ``TypeError`` for what was never written here."""
        self.number, self.stored, self.told = number, stored, told
        self.paths, ids, *columns = json.loads(decompress(stored.head))
        types, self._digests, self._hints, *brief = map(decoded, columns)
        self.brief: dict[str, list[Any]] = dict(zip(BRIEF, brief, strict=True))
        self.facts, self._ends = array("q", stored.facts), array("I", stored.ends)
        self._raws, self._blobs = stored.raws, stored.blobs
        "".join((*self.paths, *types, *ids))  # texts
        self.asked: dict[int, tuple[dict[str, bool], int]] = {}
        self.verdicts: Verdicts | None = None
        self._named: tuple[frozenset[str], frozenset[str]] | None = None
        many = len(self.paths)
        parts = (len(types), len(ids), len(self._digests), len(self._hints), *map(len, brief), len(self.facts) / _FACTS, len(self._raws) / _RAW, len(self._blobs) / _BLOB, len(self._ends) / len(PIECES))
        if not many or set(parts) != {many}:
            raise ValueError(number)
        self.files = list(map(Kept, repeat(self), range(many), self.paths, types, ids))

    @classmethod
    def of(cls, number: int, files: Sequence[File], told: bytes) -> Leaf:
        """A new leaf of these files, which belong to it from now on."""
        kept = [each.kept for each in files]
        pieces = [[getattr(each, piece) for each in kept] for piece in PIECES]
        words = frozenset().union(*(leaf.words for leaf in {each.leaf for each in kept if each.leaf}), *(_runs(each) for each in kept if not each.leaf))
        digests = ["" if each.kept.sha256 == each.raw.hex() else each.kept.sha256 for each in files]
        brief = ([_in_column(each.values.get(name)) for each in kept] for name in BRIEF)
        columns = ([each.type_name for each in kept], digests, [tuple(each.hints) for each in kept], *brief)
        named = [each.path for each in kept], [each.id for each in kept], *map(coded, columns)
        parts = (
            compress(_encode(named).encode(), _LEVEL), array("q", [fact for each in files for fact in each.facts]).tobytes(), b"".join(each.raw for each in files),
            bytes.fromhex("".join(each.blob for each in kept)), b"".join(array("I", accumulate(map(len, each))).tobytes() for each in pieces),
            *(compress(b"".join(each), _LEVEL) for each in pieces), compress(b"\n".join(sorted(words)), _LEVEL),
        )
        found = cls(number, Stored._make((*parts, total_of(*parts))), told)
        for place, each in enumerate(kept):
            each.belongs(found, place)
        found.files = kept
        return found

    def __iter__(self) -> Iterator[File]:
        return (File(kept, seen, self.raw(place)) for place, (kept, seen) in enumerate(zip(self.files, self.seen, strict=True)))

    @property
    def words(self) -> frozenset[bytes]:
        """All that its files say, and may have said before, in runs of letters of ASCII, digits, dots and hyphens."""
        return frozenset(decompress(self.stored.words).split(b"\n"))

    def naming(self, words: frozenset[str]) -> frozenset[str]:
        """The paths of those of its files in which one of the words may stand by itself, or a link is written so that it does not show."""
        if self._named is None or self._named[0] != words:
            self._named = words, frozenset(map(self.paths.__getitem__, self._naming(words)))
        return self._named[1]

    def _naming(self, words: frozenset[str]) -> Iterator[int]:
        """The places of these files, found in all that is kept of one kind at once."""
        known = b"\n%b\n" % decompress(self.stored.words)
        sought = [word for word, parts in runs_of(words) if all(b"\n%b\n" % part in known or b"\n%b." % part in known for part in parts)]
        for name in SAID if sought or _HIDDEN in known else ():
            said, first = _unpacked(getattr(self.stored, name)), PIECES.index(name) * len(self.paths)
            ends = self._ends[first : first + len(self.paths)]
            hidden = (each.start() for each in HIDDEN.finditer(said)) if name == LINKED else ()
            found = chain(hidden, *(standing(word, said) for word in sought))
            yield from (bisect_right(ends, at) for at in found if at < len(said))

    @property
    def known_by(self) -> tuple[int, int]:
        """What makes it the leaf that it is, on one shelf."""
        return self.number, self.stored.total

    @property
    def seen(self) -> Iterator[Facts]:
        """The facts of each file."""
        return zip(*[iter(self.facts)] * _FACTS, strict=True)

    def place_of(self, path: str) -> int | None:
        """Where a file stands among the others, if it does."""
        place = bisect_left(self.paths, path)
        return place if place < len(self.paths) and self.paths[place] == path else None

    def raw(self, place: int) -> bytes:
        """The SHA-256 of the bytes of a file."""
        return self._raws[place * _RAW : (place + 1) * _RAW]

    def sha256(self, place: int) -> str:
        """The digest of its LF bytes."""
        return self._digests[place] or self.raw(place).hex()

    def blob(self, place: int) -> str:
        """The name that git gives to its bytes."""
        return self._blobs[place * _BLOB : (place + 1) * _BLOB].hex()

    def hints(self, place: int) -> tuple[int, ...]:
        """The lines in which a template still speaks."""
        return tuple(self._hints[place])

    def piece(self, place: int, name: str) -> bytes:
        """One of :data:`PIECES` of a file."""
        at = PIECES.index(name) * len(self.paths) + place
        return _unpacked(getattr(self.stored, name))[self._ends[at - 1] if place else 0 : self._ends[at]]

    def verdicts_on(self, place: int) -> dict[str, bool]:
        """Which rules suspect something in a file, of those that have looked at it; what others find is added to it."""
        found = self.verdicts.on(self.told, place) if self.verdicts and self.told else {}
        self.asked[place] = found, len(found)
        return found


@lru_cache(maxsize=64)
def _unpacked(column: bytes) -> bytes:
    """The pieces of one kind; most rules go from file to file, so that a few are enough."""
    return decompress(column)


def _runs(kept: Kept) -> Iterator[bytes]:
    """The words of a file, see :meth:`Leaf.words`."""
    yield from runs(kept.said)
    if kept.is_hidden:
        yield _HIDDEN


def _in_column(value: Plain | None) -> Any:
    return value if value is None or type(value) is str else ELSEWHERE


def total_of(*parts: bytes) -> int:
    """The sum over the parts of a leaf and their lengths."""
    total = 0
    for each in parts:
        total = crc32(each, crc32(b"%d" % len(each), total))
    return total
