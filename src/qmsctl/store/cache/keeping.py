"""The cache of one QMS: which files need not be read or parsed again, and what is kept of those that were."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import field
from itertools import count
from pathlib import Path
from zlib import crc32

from qmsctl.core.reading import FileRead
from qmsctl.errors import RepositoryError
from qmsctl.store.cache.kept import Kept
from qmsctl.store.cache.program import maker
from qmsctl.store.cache.shelf import GRANULE, UNSEEN, Facts, Held, Row, note, put, taken
from qmsctl.store.user_state import is_usable, made_user_cache
from qmsctl.value import dataclass

_SWITCH = "QMSCTL_CACHE"
_CI = "CI"
_ENDING = ".sqlite"
_OUTSIDE = ".stamps"
_LOST = -1
"""The turn of one who could not write: nothing more is written."""
_SUM = 4
"""Bytes of the sum over a verdict."""
_UNUSED = 90 * 24 * 3600
@dataclass(frozen=True, slots=True)
class Cache:
    """Where a QMS has its entries; ``file`` may be missing, damaged, or of another program."""

    file: Path
    _opened: list[Holding] = field(default_factory=list)

    def held(self, own_types: Mapping[str, str], began: int) -> Holding:
        """What is kept, read at once. No file of the QMS was looked at before the moment ``began``, in nanoseconds."""
        made_by = maker(own_types)
        self._opened[:] = [Holding(self.file, made_by, taken(self.file, made_by), began)]
        return self._opened[0]

    def beside(self, folder: Path) -> Path:
        """Where it is kept what is known of a folder outside the QMS."""
        return self.file.with_name(f"{hashlib.sha256(os.fsencode(folder)).hexdigest()[:32]}{_OUTSIDE}")

    def settle(self) -> None:
        """Keep what rules have seen in single files since."""
        for each in self._opened:
            each.settle()


def cache_of(root: Path, git_dir: Path | None) -> Cache | None:
    """The cache of the QMS at ``root``; none where it is switched off, in CI, and where the user has no folder for it."""
    if os.environ.get(_CI) or os.environ.get(_SWITCH, "").casefold() == "off":
        return None
    try:
        folder = made_user_cache()
        file = folder / f"{_name(root, git_dir)}{_ENDING}"
        is_there = os.path.lexists(file)
    except (RepositoryError, OSError):
        return None
    if not is_there:
        _sweep(folder)
    return Cache(file) if (is_usable(file) if is_there else True) and os.access(folder, os.W_OK) else None


def _name(root: Path, git_dir: Path | None) -> str:
    """One for each folder on each disk: another repository in the same place has another."""
    home = (git_dir or root).stat()
    told = (os.path.realpath(root), os.path.realpath(git_dir) if git_dir else "", home.st_dev, home.st_ino)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _sweep(folder: Path) -> None:
    """Take out what no command has written to for a season: the repository may be gone."""
    for each in (*folder.glob(f"*{_ENDING}"), *folder.glob(f"*{_OUTSIDE}")):
        if each.lstat().st_mtime < time.time() - _UNUSED:
            each.unlink(missing_ok=True)


@dataclass(slots=True)
class Holding:
    """What is kept of a QMS, for a command that began to look at ``began``."""

    file: Path
    made_by: str
    held: Held
    began: int
    office: str = ""
    recalled: dict[int, int] = field(default_factory=dict)
    """How many verdicts a row had; they only become more."""

    def unchanged(self, facts: Mapping[str, Facts], paths: Iterable[str]) -> dict[str, FileRead]:
        """The files that are, by all that the system tells, as they were when they were read."""
        rows = self.held.rows
        return {path: row.kept for path in paths if (row := rows.get(path)) is not None and row.facts == facts.get(path)}

    def same(self, path: str, raw: bytes) -> FileRead | None:
        """What was read at ``path``, if its bytes had the same SHA-256."""
        row = self.held.rows.get(path)
        return row.kept if row is not None and row.raw == raw else None

    def renew(self, facts: Mapping[str, Facts], unchanged: Iterable[str], read: Iterable[tuple[FileRead, bytes]]) -> None:
        """Keep what was ``read``, each with the SHA-256 of its bytes, and of what was kept only that and the ``unchanged``."""
        rows = self.held.rows
        number = count(max((row.number for row in rows.values()), default=0) + 1)
        found = {each.path: Row(self._known_by(facts.get(each.path)), raw, each, next(number)) for each, raw in read if isinstance(each, Kept)}
        new = {path: row for path, row in found.items() if not row.is_as(rows.get(path))}
        stay = {path: rows[path] for path in (*unchanged, *found) if path not in new}
        gone = [row.number for path, row in rows.items() if path not in stay]
        if new or gone:
            turn = self.held.turn + 1 if put(self.file, self.made_by, self.held, gone, new.values()) else _LOST
            self.held = self.held._replace(turn=turn, rows=stay | new)

    def _known_by(self, facts: Facts | None) -> Facts:
        """By what a file is known. What was written just now may be written again at the same moment, and is not told by it."""
        return facts if facts is not None and max(facts[1:3]) + GRANULE < self.began else UNSEEN

    def recall(self, office: str) -> None:
        """Give every file the verdicts that rules have reached on it under this ``office``."""
        self.office = office
        if office != self.held.office:
            return
        known: dict[bytes, dict[str, bool]] = {}
        rules = self.held.rules
        seal = _seal(office, rules)
        for row in self.held.rows.values():
            if row.verdict is not None and row.verdict == _sealed(row, told := row.verdict[:-_SUM], seal):
                if told not in known:
                    known[told] = _verdicts(told, rules)
                row.kept.verdicts = known[told].copy()
                self.recalled[row.number] = len(known[told])

    def settle(self) -> None:
        """Keep the verdicts that rules have reached in this command, beside those that they had reached before."""
        rows = self.held.rows.values()
        before = self.held.rules if self.office == self.held.office else ()
        rules = tuple(sorted(set(before).union(*(row.kept.verdicts for row in rows))))
        if self.held.turn == _LOST or not rules:
            return
        anew = (self.office, rules) != (self.held.office, self.held.rules)
        seal = _seal(self.office, rules)
        more = (row for row in rows if row.kept.verdicts and (anew or len(row.kept.verdicts) != self.recalled.get(row.number)))
        changed = [(row.number, _sealed(row, _told(row.kept.verdicts, rules), seal)) for row in more]
        if changed:
            note(self.file, self.made_by, self.held.turn, self.office, rules, changed, anew=anew)


def _seal(office: str, rules: Iterable[str]) -> int:
    return crc32(f"{office} {' '.join(rules)}".encode())


def _sealed(row: Row, told: bytes, seal: int) -> bytes:
    """What was told with a sum over what it holds for: one that a bad disk has damaged is no verdict."""
    return told + crc32(b"%d %b" % (row.number, told), crc32(row.raw, seal)).to_bytes(_SUM, "big")


def _told(verdicts: Mapping[str, bool], rules: Iterable[str]) -> bytes:
    """Two bits for each rule, whether it has spoken and whether it suspects something."""
    bits = sum((1 | verdicts[rule] << 1) << 2 * place for place, rule in enumerate(rules) if rule in verdicts)
    return bits.to_bytes((bits.bit_length() + 7) // 8, "big")


def _verdicts(told: bytes, rules: Iterable[str]) -> dict[str, bool]:
    bits = int.from_bytes(told, "big")
    return {rule: bool(bits >> 2 * place & 2) for place, rule in enumerate(rules) if bits >> 2 * place & 1}
