"""One file of SQLite with what is kept of one QMS. Whatever is wrong with it, there is nothing kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from zlib import error

from qmsctl.store.cache.leaf import Leaf, Stored, total_of
from qmsctl.store.cache.verdicts import Verdicts

_PATIENCE = 0.2
"""Seconds to wait for another process; after that nothing is kept this time."""
_PAGE = 8192
"""Bytes; a leaf takes some dozens of pages, so that little is left empty."""
_MANY, _FEW = 10, 2
"""More than a few leaves and a tenth of them all are many."""
_MOST = 500
"""So many ids are still told apart from all others of which something was derived."""
_TABLES = """
create table made (maker text, turn integer, office text, rules text);
create table leaf (number integer primary key, head blob, facts blob, raws blob, blobs blob, ends blob, front blob, places blob, linked blob, tables blob, packed blob, words blob, total integer);
create table verdict (number integer primary key, told blob);
create table judged (number integer primary key, total integer);
create table retired (number integer primary key);
create table denied (key text, said blob, total integer);
create table derived (kind text primary key, key text, turn integer, told blob, total integer);
create table changed (turn integer, names blob, total integer);
"""
_COLUMNS = ", ".join(("number", *Stored._fields))


class Held(NamedTuple):
    """All that is kept of a QMS; ``turn`` tells whether somebody has written since. The ``verdicts`` hold for one office.

    No leaf that lies there has a number above ``last``.
    """

    turn: int
    leaves: Sequence[Leaf]
    verdicts: Verdicts
    last: int = 0


class Derived(NamedTuple):
    """What was ``told`` of the ids of a QMS, and the ``names`` of those whose files are others since."""

    told: bytes
    names: frozenset[str]


class Judged(NamedTuple):
    """What rules ``said`` of the files of the leaves that were ``there``, and those of them that have gone since."""

    said: bytes
    there: frozenset[tuple[int, int]]
    gone: Sequence[Leaf]


_NOTHING = Held(0, (), Verdicts())


def taken(file: Path, maker: str) -> Held:
    """What is kept in ``file`` by the same ``maker``; what another one has made is dropped."""
    if not file.exists():
        return _NOTHING
    try:
        with _opened(file) as shelf:
            shelf.execute("begin")
            made = shelf.execute("select maker, turn, office, rules from made").fetchone()
            if made is not None and made[0] == maker:
                verdicts = Verdicts(made[2], made[3].split())
                told = dict(shelf.execute("select number, told from verdict"))
                leaves = _sound(shelf.execute(f"select {_COLUMNS} from leaf where number not in (select number from retired)"), verdicts, told)  # noqa: S608 — our own names
                last = shelf.execute("select max(number) from leaf").fetchone()[0] or 0
                return Held(made[1], sorted(leaves, key=lambda leaf: leaf.paths[0]), verdicts, last)
    except sqlite3.OperationalError:
        return _NOTHING
    except (sqlite3.Error, TypeError, ValueError, AttributeError, LookupError, RecursionError, error):
        pass
    _dropped(file)
    return _NOTHING


def _dropped(file: Path) -> None:
    """Out of the way with a file that is of no use, and with the journal that belongs to it."""
    for each in (file.with_name(f"{file.name}-journal"), file):
        with suppress(OSError):
            each.unlink(missing_ok=True)


def _sound(found: Iterable[tuple[Any, ...]], verdicts: Verdicts, told: dict[int, object]) -> Iterator[Leaf]:
    for number, *parts in found:
        stored = Stored(*parts)
        if not stored.is_sound:
            raise ValueError(number)
        yield Leaf(number, stored, verdicts.opened(told.get(number), stored.total))


def put(file: Path, maker: str, before: Held, gone: Iterable[int], new: Iterable[Leaf], names: Collection[str]) -> bool:
    """Write what has changed since ``before``, files of these ``names``; False and nothing where another process has written meanwhile, or the disk is full."""
    with suppress(sqlite3.Error, OSError, ValueError, OverflowError), _opened(file) as shelf:
        shelf.execute("begin immediate")
        if not _is_ready(shelf, maker, before):
            return False
        _take_out(shelf, tuple((number,) for number in gone))
        shelf.executemany(f"insert into leaf ({_COLUMNS}) values ({', '.join('?' * (1 + len(Stored._fields)))})", ((each.number, *each.stored) for each in new))  # noqa: S608 — our own names
        _tell(shelf, before.verdicts, new)
        _note_changed(shelf, before.turn + 1, names)
        shelf.execute("update made set turn = turn + 1")
        shelf.execute("commit")
        return True
    return False


def _note_changed(shelf: sqlite3.Connection, turn: int, names: Collection[str]) -> None:
    """Of what was derived it is known from now on for which ids it may be something else; where they are many, all is derived anew."""
    if not names or shelf.execute("select 1 from derived").fetchone() is None:
        return
    if len(names) > _MOST:
        shelf.execute("delete from derived")
        shelf.execute("delete from changed")
        return
    told = json.dumps(sorted(names)).encode()
    shelf.execute("insert into changed values (?, ?, ?)", (turn, told, total_of(b"%d" % turn, told)))


def derived(file: Path, maker: str, turn: int, kind: str, key: str) -> Derived | None:
    """What was derived under the same ``key``, as of the ``turn``; ``None`` where nothing is known of it."""
    with suppress(sqlite3.Error, OSError, TypeError, ValueError, AttributeError, LookupError), _opened(file) as shelf:
        shelf.execute("begin")
        if shelf.execute("select maker, turn from made").fetchone() != (maker, turn):
            return None
        found = shelf.execute("select told, turn, total from derived where kind = ? and key = ?", (kind, key)).fetchone()
        if found is None or found[2] != total_of(kind.encode(), key.encode(), b"%d" % found[1], found[0]):
            return None
        changed = shelf.execute("select turn, names, total from changed where turn > ?", (found[1],)).fetchall()
        if all(total == total_of(b"%d" % at, names) for at, names, total in changed):
            return Derived(found[0], frozenset(chain.from_iterable(json.loads(names) for _at, names, _total in changed)))
    return None


def derive(file: Path, maker: str, turn: int, kind: str, key: str, told: bytes) -> None:
    """Write what is ``told`` of the ids of what lies there after so many turns."""
    with _written(file, maker, turn) as shelf:
        shelf.execute("replace into derived values (?, ?, ?, ?, ?)", (kind, key, turn, told, total_of(kind.encode(), key.encode(), b"%d" % turn, told)))
        shelf.execute("delete from changed where turn <= (select min(turn) from derived)")


def _take_out(shelf: sqlite3.Connection, gone: Sequence[tuple[int]]) -> None:
    """Of leaves that were judged the files are needed once more, to see what has changed in them; where they are many, all is judged anew."""
    shelf.executemany("insert into retired select number from leaf join judged using (number, total) where number = ?", gone)
    shelf.executemany("delete from leaf where number = ? and number not in (select number from retired)", gone)
    shelf.executemany("delete from verdict where number = ?", gone)
    retired, judged = (shelf.execute(f"select count(*) from {table}").fetchone()[0] for table in ("retired", "judged"))  # noqa: S608
    if _MANY * retired > judged + _MANY * _FEW:
        _forget(shelf)


def _forget(shelf: sqlite3.Connection) -> None:
    """Drop what was judged, and what was kept for that alone."""
    shelf.execute("delete from leaf where number in (select number from retired)")
    for table in ("retired", "judged", "denied"):
        shelf.execute(f"delete from {table}")  # noqa: S608


def judged(file: Path, maker: str, key: str, there: Collection[tuple[int, int]]) -> Judged | None:
    """What was judged under the same ``key``, where ``there`` are the leaves that lie there now; ``None`` where nothing is known of it."""
    with suppress(sqlite3.Error, OSError, TypeError, ValueError, AttributeError, LookupError, RecursionError, error), _opened(file) as shelf:
        shelf.execute("begin")
        if shelf.execute("select maker from made").fetchone() != (maker,):
            return None
        known = shelf.execute("select said, total from denied where key = ?", (key,)).fetchone()
        was = frozenset(shelf.execute("select number, total from judged"))
        if known is None or known[1] != _seal(key, known[0], was):
            return None
        missing = was.difference(there)
        rows = (shelf.execute(f"select {_COLUMNS} from leaf where number = ?", (number,)).fetchone() for number, _total in missing)  # noqa: S608
        gone = tuple(_sound(rows, Verdicts(), {}))
        return Judged(known[0], was, gone) if {leaf.known_by for leaf in gone} == missing else None
    return None


def _seal(key: str, said: bytes, leaves: Collection[tuple[int, int]]) -> int:
    return total_of(key.encode(), said, repr(sorted(leaves)).encode())


def deny(file: Path, maker: str, turn: int, key: str, said: bytes, leaves: Iterable[Leaf]) -> None:
    """Write what rules ``said`` of the files of all ``leaves``, those that lie there after so many turns."""
    there = [each.known_by for each in leaves]
    with _written(file, maker, turn) as shelf:
        _forget(shelf)
        shelf.executemany("insert into judged values (?, ?)", there)
        shelf.execute("insert into denied values (?, ?, ?)", (key, said, _seal(key, said, there)))


@contextmanager
def _written(file: Path, maker: str, turn: int) -> Iterator[sqlite3.Connection]:
    """To write one turn more; nothing is where another process has written meanwhile, or the disk is full."""
    with suppress(sqlite3.Error, OSError, ValueError, OverflowError), _opened(file) as shelf:
        shelf.execute("begin immediate")
        yield shelf
        if shelf.execute("select maker, turn from made").fetchone() == (maker, turn):
            shelf.execute("update made set turn = turn + 1")
            shelf.execute("commit")


def note(file: Path, maker: str, turn: int, verdicts: Verdicts, changed: Iterable[Leaf], *, anew: bool) -> None:
    """Write what is told of leaves; with ``anew`` nothing of an earlier office or of other rules stays."""
    with _written(file, maker, turn) as shelf:
        if anew:
            shelf.execute("delete from verdict")
        _tell(shelf, verdicts, changed)
        shelf.execute("update made set office = ?, rules = ?", (verdicts.office, " ".join(verdicts.rules)))


def _tell(shelf: sqlite3.Connection, verdicts: Verdicts, leaves: Iterable[Leaf]) -> None:
    shelf.executemany("replace into verdict values (?, ?)", ((each.number, verdicts.sealed(each.told, each.stored.total)) for each in leaves if each.told))


def _is_ready(shelf: sqlite3.Connection, maker: str, before: Held) -> bool:
    """Lay out the tables where there are none; False where somebody has written since ``before``."""
    found = shelf.execute("select name from sqlite_master where name = 'made'").fetchone()
    made = shelf.execute("select maker, turn from made").fetchone() if found else None
    if made is not None:
        return bool(made == (maker, before.turn))
    if before.leaves:
        return False
    for each in _TABLES.split(";\n"):
        shelf.execute(each)
    shelf.execute("insert into made values (?, ?, '', '')", (maker, before.turn))
    return True


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)) as shelf:
        shelf.execute(f"pragma page_size = {_PAGE}")
        shelf.execute("pragma synchronous = off")
        yield shelf
