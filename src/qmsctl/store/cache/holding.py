"""What is kept of one QMS, for one command: which files need not be read or parsed again, and what was found out about those that were."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, count
from operator import eq
from pathlib import Path

from qmsctl.core.edited import names_at
from qmsctl.core.reading import FileRead
from qmsctl.store.cache.kept import Kept
from qmsctl.store.cache.leaf import GRANULE, SIZE, UNSEEN, Facts, File, Leaf
from qmsctl.store.cache.shelf import Derived, Held, Judged, deny, derive, derived, judged, note, put
from qmsctl.store.cache.verdicts import Verdicts
from qmsctl.value import dataclass, field

_LOST = -1
"""The turn of one who could not write: nothing more is written."""


@dataclass(slots=True)
class Holding:
    """What is kept of a QMS, for a command that began to look at ``began``."""

    file: Path
    made_by: str
    held: Held
    began: int
    verdicts: Verdicts = field(default_factory=Verdicts)
    _denied: list[tuple[str, bytes]] = field(default_factory=list)
    _derived: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def unchanged(self, facts: Mapping[str, Facts], *, but_for: Iterable[str] = ()) -> dict[str, FileRead]:
        """The files that are, by all that the system tells, as they were when they were read; without those that it is not to be believed of."""
        found: dict[str, FileRead] = {}
        for leaf in self.held.leaves:
            now, then = list(map(facts.get, leaf.paths)), list(leaf.seen)
            there = zip(leaf.paths, leaf.files, strict=True)
            found.update(there if now == then else compress(there, map(eq, now, then)))
        for path in but_for:
            found.pop(path, None)
        return found

    def same(self, path: str, raw: bytes) -> FileRead | None:
        """What was read at ``path``, if its bytes had the same SHA-256."""
        leaf = self._leaf_of(path)
        place = leaf.place_of(path) if leaf else None
        return leaf.files[place] if leaf and place is not None and leaf.raw(place) == raw else None

    def _leaf_of(self, path: str) -> Leaf | None:
        """The leaf in which a path stands, if it stands in one."""
        after = bisect_right(self.held.leaves, path, key=lambda leaf: leaf.paths[0])
        return self.held.leaves[max(after - 1, 0)] if self.held.leaves else None

    def renew(self, facts: Mapping[str, Facts], unchanged: Mapping[str, FileRead], read: Iterable[tuple[FileRead, bytes]]) -> None:
        """Keep what was ``read``, each with the SHA-256 of its bytes, and of what was kept only that and the ``unchanged``."""
        new = {each.path: File(each, self._known_by(facts.get(each.path)), raw) for each, raw in read if isinstance(each, Kept)}
        among: dict[Leaf | None, list[File]] = {leaf: [] for leaf in self.held.leaves if not all(map(unchanged.__contains__, leaf.paths))}
        for path, each in new.items():
            among.setdefault(self._leaf_of(path), []).append(each)
        changed = {leaf: found for leaf, files in among.items() if (found := self._renewed(leaf, files, unchanged)) is not None}
        if not changed:
            return
        number = count(self.held.last + 1)
        made = [self._made(next(number), part) for found in changed.values() for part in _cut(found)]
        gone = [leaf.number for leaf in changed if leaf is not None]
        turn = self.held.turn + 1 if put(self.file, self.made_by, self.held, gone, made, _others(changed)) else _LOST
        stay = [leaf for leaf in self.held.leaves if leaf not in changed]
        self.held = self.held._replace(turn=turn, leaves=sorted((*stay, *made), key=lambda leaf: leaf.paths[0]), last=self.held.last + len(made))

    @staticmethod
    def _renewed(leaf: Leaf | None, new: Iterable[File], unchanged: Mapping[str, FileRead]) -> list[File] | None:
        """The files that a leaf is to hold, by path; ``None`` where they are those that it holds."""
        was = list(leaf or ())
        found = {each.kept.path: each for each in was if each.kept.path in unchanged} | {each.kept.path: each for each in new}
        files = [found[path] for path in sorted(found)]
        return None if leaf and [each.known_by for each in files] == [each.known_by for each in was] else files

    def _made(self, number: int, files: Sequence[File]) -> Leaf:
        """A new leaf; what was told of files that were kept before is told of them again."""
        verdicts = self.held.verdicts
        told = b"".join(verdicts.at(*each.kept.told) for each in files)
        return Leaf.of(number, files, told if any(told) else b"")

    def _known_by(self, facts: Facts | None) -> Facts:
        """By what a file is known. What was written just now may be written again at the same moment, and is not told by it."""
        return facts if facts is not None and self.is_told_by(facts) else UNSEEN

    def is_told_by(self, facts: Facts) -> bool:
        """False for a file that may be written once more without another moment."""
        return max(facts[1:3]) + GRANULE < self.began

    def recall(self, office: str) -> None:
        """Give every file the verdicts that rules have reached on it under this ``office``."""
        before = self.held.verdicts
        self.verdicts = before if office == before.office else Verdicts(office)
        for leaf in self.held.leaves:
            leaf.verdicts = self.verdicts

    def judged(self, key: str) -> Judged | None:
        """What rules said of what was there when all was judged under the same ``key``."""
        return judged(self.file, self.made_by, key, {leaf.known_by for leaf in self.held.leaves})

    def deny(self, key: str, said: bytes) -> None:
        """Have it kept what rules said of what is there now."""
        self._denied[:] = [(key, said)]

    def derived(self, kind: str, key: str) -> Derived | None:
        """What was derived of this ``kind`` under the same ``key``."""
        return derived(self.file, self.made_by, self.held.turn, kind, key)

    def derive(self, kind: str, key: str, told: bytes) -> None:
        """Have it kept what was derived of what is there now."""
        self._derived[kind] = key, told

    def settle(self) -> None:
        """Keep what rules have found in this command, beside what they had found before, and what was derived."""
        self._settle_verdicts()
        for kind, (key, told) in self._derived.items() if self.held.turn != _LOST else ():
            derive(self.file, self.made_by, self.held.turn, kind, key, told)
            self.held = self.held._replace(turn=self.held.turn + 1)
        for key, said in self._denied if self.held.turn != _LOST else ():
            deny(self.file, self.made_by, self.held.turn, key, said, self.held.leaves)

    def _settle_verdicts(self) -> None:
        asked = [leaf for leaf in self.held.leaves if any(len(found) != known for found, known in leaf.asked.values())]
        if self.held.turn == _LOST or not asked:
            return
        before = self.verdicts
        rules = set(before.rules).union(*(found for leaf in asked for found, _known in leaf.asked.values()))
        now = Verdicts(before.office, sorted(rules))
        anew = (now.office, now.rules) != (self.held.verdicts.office, self.held.verdicts.rules)
        changed = [leaf for leaf in self.held.leaves if leaf.told or leaf.asked] if anew else asked
        for leaf in changed:
            said = (leaf.asked[place][0] if place in leaf.asked else before.on(leaf.told, place) for place in range(len(leaf.paths)))
            leaf.told = b"".join(map(now.told, said))
        note(self.file, self.made_by, self.held.turn, now, changed, anew=anew)
        self.held = self.held._replace(turn=self.held.turn + 1)


def _others(changed: Mapping[Leaf | None, Iterable[File]]) -> frozenset[str]:
    """The ids whose files are others than they were."""
    was = {each.kept.path: each for leaf in changed if leaf for each in leaf}
    now = {each.kept.path: each for files in changed.values() for each in files}
    paths = frozenset(path for path in was.keys() | now.keys() if path not in was or path not in now or was[path].raw != now[path].raw)
    return names_at(paths, *({path: files[path].kept for path in paths if path in files} for files in (was, now)))


def _cut(files: Sequence[File]) -> Iterator[Sequence[File]]:
    """Leaves of files: as one where they are not too many."""
    size = len(files) if len(files) <= 2 * SIZE else SIZE
    return (files[start : start + size] for start in range(0, len(files), size or 1))
