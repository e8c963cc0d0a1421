"""One file of SQLite with what is kept of one QMS. Whatever is wrong with it, there is nothing kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from qmsctl.store.cache.kept import Kept

Facts = tuple[int, int, int, int]
"""Size, moments of the last change of bytes and of the file in nanoseconds, inode."""

UNSEEN: Facts = (0, 0, 0, 0)
"""What no file has: it is read again, and known by its bytes alone."""
GRANULE = 2_000_000_000
"""Nanoseconds within which a file may be written twice and bear the same moment, on the coarsest file system."""
_PATIENCE = 0.2
"""Seconds to wait for another process; after that nothing is kept this time."""
_PAGE = 65536
"""Bytes; many rows fill a page, so that little of it is left empty."""
_TABLES = """
create table made (maker text, turn integer, office text, rules text);
create table file (number integer primary key, path text, size integer, changed integer, moved integer, inode integer,
  raw blob, sha256 text, blob blob, type text, id text, front blob, places blob, linked blob, tables blob, packed blob, sum integer, verdict blob);
"""
_COLUMNS = "number, path, size, changed, moved, inode, raw, sha256, blob, type, id, front, places, linked, tables, packed, sum, verdict"


class Row(NamedTuple):
    """A file as it was read: ``facts`` tell without reading that it is still so, ``raw`` is the SHA-256 of its bytes."""

    facts: Facts
    raw: bytes
    kept: Kept
    number: int
    verdict: bytes | None = None
    """For each rule that looks at one file whether it suspects something here."""

    def is_as(self, other: Row | None) -> bool:
        """True where there is nothing to write."""
        return other is not None and (self.facts, self.raw) == (other.facts, other.raw)

    @property
    def values(self) -> tuple[str | int | bytes, ...]:
        """What is stored, with its sum at the end."""
        kept = self.kept
        sha256 = "" if kept.sha256 == self.raw.hex() else kept.sha256
        named = (kept.path, *self.facts, self.raw, sha256, bytes.fromhex(kept.blob), kept.type_name, kept.id, kept.front, kept.places, kept.linked, kept.tables, kept.packed)
        return *named, _sum(*named)


class Held(NamedTuple):
    """All that is kept of a QMS; ``turn`` tells whether somebody has written since. The verdicts of ``rules`` hold for one ``office``."""

    turn: int
    rows: Mapping[str, Row]
    office: str = ""
    rules: tuple[str, ...] = ()


NOTHING = Held(0, {})


def _sum(path: str, size: int, changed: int, moved: int, inode: int, raw: bytes, sha256: str, blob: bytes, type_: str, id_: str, front: bytes, places: bytes, linked: bytes, tables: bytes, packed: bytes) -> int:
    """What a row that a power cut or a bad disk has damaged does not bear."""
    said = f"{path}\0{size}\0{changed}\0{moved}\0{inode}\0{sha256}\0{type_}\0{id_}"
    return crc32(packed, crc32(tables, crc32(linked, crc32(places, crc32(front, crc32(blob, crc32(raw, crc32(said.encode("utf-8", "surrogatepass")))))))))


def taken(file: Path, maker: str) -> Held:
    """What is kept in ``file`` by the same ``maker``."""
    if not file.exists():
        return NOTHING
    try:
        with _opened(file) as shelf:
            made = shelf.execute("select maker, turn, office, rules from made").fetchone()
            if made is None or made[0] != maker:
                return Held(made[1] if made else 0, {})
            rows = dict(_sound(shelf.execute(f"select {_COLUMNS} from file")))  # noqa: S608 — our own names
            return Held(made[1], rows, made[2], tuple(made[3].split()))
    except sqlite3.OperationalError:
        return NOTHING
    except (sqlite3.Error, TypeError, ValueError):
        _dropped(file)
        return NOTHING


def _dropped(file: Path) -> None:
    """Out of the way with a damaged file, and with the journal that belongs to it."""
    for each in (file.with_name(f"{file.name}-journal"), file):
        with suppress(OSError):
            each.unlink(missing_ok=True)


def _sound(found: Iterable[tuple[int, str, int, int, int, int, bytes, str, bytes, str, str, bytes, bytes, bytes, bytes, bytes, int, bytes | None]]) -> Iterator[tuple[str, Row]]:
    for number, path, size, changed, moved, inode, raw, sha256, blob, type_, id_, front, places, linked, tables, packed, total, verdict in found:
        if total != _sum(path, size, changed, moved, inode, raw, sha256, blob, type_, id_, front, places, linked, tables, packed) or not isinstance(verdict, bytes | None):
            raise ValueError(path)
        yield path, Row((size, changed, moved, inode), raw, Kept(path, sha256 or raw.hex(), blob.hex(), type_, id_, front, places, linked, tables, packed), number, verdict)


def put(file: Path, maker: str, before: Held, gone: Iterable[int], new: Iterable[Row]) -> bool:
    """Write what has changed since ``before``; False and nothing where another process has written meanwhile, or the disk is full."""
    with suppress(sqlite3.Error, OSError, ValueError, OverflowError), _opened(file) as shelf:
        shelf.execute("begin immediate")
        if not _is_ready(shelf, maker, before):
            return False
        shelf.executemany("delete from file where number = ?", ((number,) for number in gone))
        shelf.executemany("insert into file values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, zeroblob(10))", ((each.number, *each.values) for each in new))
        shelf.execute("update made set turn = turn + 1")
        shelf.execute("commit")
        return True
    return False


def note(file: Path, maker: str, turn: int, office: str, rules: Iterable[str], verdicts: Iterable[tuple[int, bytes]], *, anew: bool) -> None:
    """Write verdicts, each with the number of its row; with ``anew`` none of an earlier office or of other rules stays."""
    with suppress(sqlite3.Error, OSError, ValueError, OverflowError), _opened(file) as shelf:
        shelf.execute("begin immediate")
        if shelf.execute("select maker, turn from made").fetchone() != (maker, turn):
            return
        if anew:
            shelf.execute("update file set verdict = null")
        shelf.executemany("update file set verdict = ? where number = ?", ((verdict, number) for number, verdict in verdicts))
        shelf.execute("update made set turn = turn + 1, office = ?, rules = ?", (office, " ".join(rules)))
        shelf.execute("commit")


def _is_ready(shelf: sqlite3.Connection, maker: str, before: Held) -> bool:
    """Lay out the tables where they are none of this ``maker``; False where somebody has written since ``before``."""
    found = shelf.execute("select name from sqlite_master where name = 'made'").fetchone()
    made = shelf.execute("select maker, turn from made").fetchone() if found else None
    if made is not None and made[0] == maker:
        return bool(made[1] == before.turn)
    if before.rows:
        return False
    for each in ("drop table if exists made", "drop table if exists file", *_TABLES.split(";\n")):
        shelf.execute(each)
    shelf.execute("insert into made values (?, ?, '', '')", (maker, before.turn))
    return True


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)) as shelf:
        shelf.execute(f"pragma page_size = {_PAGE}")
        shelf.execute("pragma synchronous = off")
        yield shelf
