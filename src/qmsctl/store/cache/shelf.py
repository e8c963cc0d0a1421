"""One file of SQLite with what is kept of one QMS. Whatever is wrong with it, there is nothing kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from zlib import error

from qmsctl.store.cache.leaf import Leaf, Stored
from qmsctl.store.cache.verdicts import Verdicts

_PATIENCE = 0.2
"""Seconds to wait for another process; after that nothing is kept this time."""
_PAGE = 8192
"""Bytes; a leaf takes some dozens of pages, so that little is left empty."""
_TABLES = """
create table made (maker text, turn integer, office text, rules text);
create table leaf (number integer primary key, head blob, facts blob, raws blob, blobs blob, ends blob, pieces blob, total integer);
create table verdict (number integer primary key, told blob);
"""
_COLUMNS = "number, head, facts, raws, blobs, ends, pieces, total"


class Held(NamedTuple):
    """All that is kept of a QMS; ``turn`` tells whether somebody has written since. The ``verdicts`` hold for one office."""

    turn: int
    leaves: Sequence[Leaf]
    verdicts: Verdicts


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
                leaves = _sound(shelf.execute(f"select {_COLUMNS} from leaf"), verdicts, told)  # noqa: S608 — our own names
                return Held(made[1], sorted(leaves, key=lambda leaf: leaf.paths[0]), verdicts)
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


def put(file: Path, maker: str, before: Held, gone: Iterable[int], new: Iterable[Leaf]) -> bool:
    """Write what has changed since ``before``; False and nothing where another process has written meanwhile, or the disk is full."""
    with suppress(sqlite3.Error, OSError, ValueError, OverflowError), _opened(file) as shelf:
        shelf.execute("begin immediate")
        if not _is_ready(shelf, maker, before):
            return False
        for table in ("leaf", "verdict"):
            shelf.executemany(f"delete from {table} where number = ?", ((number,) for number in gone))  # noqa: S608
        shelf.executemany("insert into leaf values (?, ?, ?, ?, ?, ?, ?, ?)", ((each.number, *each.stored) for each in new))
        _tell(shelf, before.verdicts, new)
        shelf.execute("update made set turn = turn + 1")
        shelf.execute("commit")
        return True
    return False


def note(file: Path, maker: str, turn: int, verdicts: Verdicts, changed: Iterable[Leaf], *, anew: bool) -> None:
    """Write what is told of leaves; with ``anew`` nothing of an earlier office or of other rules stays."""
    with suppress(sqlite3.Error, OSError, ValueError, OverflowError), _opened(file) as shelf:
        shelf.execute("begin immediate")
        if shelf.execute("select maker, turn from made").fetchone() != (maker, turn):
            return
        if anew:
            shelf.execute("delete from verdict")
        _tell(shelf, verdicts, changed)
        shelf.execute("update made set turn = turn + 1, office = ?, rules = ?", (verdicts.office, " ".join(verdicts.rules)))
        shelf.execute("commit")


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
