"""What rules denied of an office when all of it was judged, kept in its cache: they are asked again only about what may say something else now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from zlib import compress, decompress, error

from qmsctl.core.around import Changed, around
from qmsctl.core.assembled import with_others
from qmsctl.core.denied import Denied, Said, judge
from qmsctl.core.dossier import ATTACHMENTS, SIGNOFFS
from qmsctl.core.edited import touched
from qmsctl.core.engine import CheckResult, Spoken, run
from qmsctl.core.library import Library
from qmsctl.core.part import part
from qmsctl.core.reading import CONFIG_PATHS, CONFIGURATION, FileRead
from qmsctl.core.rule import Rule
from qmsctl.core.sight import Sight
from qmsctl.core.source import EntryKind
from qmsctl.store.cache.holding import Holding
from qmsctl.store.cache.key import key_of
from qmsctl.store.cache.leaf import Facts, Leaf
from qmsctl.store.cache.shelf import Judged
from qmsctl.store.cache.worded import data_of, of_data
from qmsctl.store.place import Place
from qmsctl.store.sources import WorkTree

_Seen = dict[str, Facts | None]
"""The files that are not controlled into which rules looked, and what the system said of each."""
_MANY, _FEW = 10, 10
"""More than a few files and a tenth of all are many: where so many are others all is judged anew."""
_ENOUGH = 3
"""So many files are looked into again each time before all is written anew."""


def run_again(place: Place, library: Library, rules: Iterable[Rule]) -> CheckResult:
    """As :func:`~qmsctl.core.engine.run`; what was denied of the work tree before is made use of, and kept for the next time: where a change is judged, if nothing is."""
    holding = place.cache.holding if place.cache else None
    began = _began(library)
    if holding is None or began is None or not isinstance(place.source, WorkTree):
        return run(library, rules)
    facts = place.source.facts
    key = key_of(holding, library, facts, (ATTACHMENTS, SIGNOFFS), names=True)
    known = holding.judged(key) if key else None
    denied, read = (_denied(holding, library, facts, known) if known else None) or (None, {})
    rules = tuple(rules)
    found = judge(library, rules, denied._replace(began=began) if denied else None)
    read |= {path: facts.get(path) for path in found.read}
    if not all(seen and holding.is_told_by(seen) for seen in read.values()):
        return found.result
    if key and found.said is not None and library.base is None and (denied is None or len(denied.changed.paths) > _ENOUGH):
        holding.deny(key, _written(found.said, found.spoken, library.clock, read))
    elif key and found.said is not None and denied is None:
        holding.deny(key, _written(_beside(began, found.said, library, rules), {}, library.clock, read))
    return found.result


def _beside(began: Sequence[Changed], said: Said, library: Library, rules: Iterable[Rule]) -> Said:
    """What rules denied of all that does not lie around the change that was judged: of the rest they may say something else without the change."""
    near = frozenset(part(library, around(began, frozenset(), library, Sight.LINKED)).parsed)
    return {rule.id: said[rule.id] | near for rule in rules if rule.id in said and rule.sees is not Sight.WHOLE and not rule.of_old}


def _began(library: Library) -> tuple[Changed, ...] | None:
    """Where the change began that is judged, and the branch it goes to; ``None`` where much has changed since, or what bears on all."""
    bases = (*library.base.libraries, library.base.tip) if library.base else ()
    found = tuple(Changed(each, touched(each.parsed, library.parsed) | _other_kinds(each, library)) for each in bases if each)
    return None if any(each.before.origin is None or _is_much(each.paths, library) for each in found) else found


def _other_kinds(one: Library, other: Library) -> frozenset[str]:
    return frozenset(path for path, _kind in one.files.items() ^ other.files.items())


def _denied(holding: Holding, library: Library, facts: Mapping[str, Facts], known: Judged) -> tuple[Denied, _Seen] | None:
    """What rules denied, and what they looked into that is not controlled; ``None`` where too much is another now, or that, or what is damaged or of a clock that was ahead."""
    read = _read(known.said, library.clock)
    was, now = _files(known.gone), _files(leaf for leaf in holding.held.leaves if leaf.known_by not in known.there)
    paths = frozenset(path for path in was.keys() | now.keys() if path not in was or path not in now or was[path][1] != now[path][1])
    if read is None or _is_much(paths, library) or any(facts.get(path) != seen for path, seen in read[2].items()):
        return None
    parsed, files = dict(library.parsed), dict(library.files)
    for path in paths:
        parsed.pop(path, None)
        if path not in was:
            files.pop(path, None)
    parsed |= {path: was[path][0] for path in paths if path in was}
    files |= dict.fromkeys(paths & was.keys(), EntryKind.FILE)
    return Denied(Changed(with_others(library, files, parsed, paths), paths), read[0], spoken=read[1]), read[2]


def _files(leaves: Iterable[Leaf]) -> Mapping[str, tuple[FileRead, bytes]]:
    return {each.kept.path: (each.kept, each.raw) for leaf in leaves for each in leaf}


def _is_much(paths: frozenset[str], library: Library) -> bool:
    return _MANY * len(paths) > len(library.parsed) + _MANY * _FEW or any(map(_bears_on_all, paths))


def _bears_on_all(path: str) -> bool:
    return path in CONFIG_PATHS or path.startswith(f"signoffs/{CONFIGURATION}/")


def _written(said: Said, spoken: Mapping[str, Spoken], clock: datetime, read: _Seen) -> bytes:
    told = {rule: data for rule, each in spoken.items() if (data := _as_data(each)) is not None}
    return compress(json.dumps([clock.timestamp(), {rule: sorted(paths) for rule, paths in said.items()}, told, read]).encode(), 1)


def _as_data(spoken: Spoken) -> Any:
    with suppress(TypeError):
        return data_of(spoken)
    return None


def _read(stored: bytes, clock: datetime) -> tuple[Said, Mapping[str, Spoken], _Seen] | None:
    with suppress(error, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        at, said, told, read = json.loads(decompress(stored))
        seen: _Seen = {path: (size, mtime, ctime, inode) for path, (size, mtime, ctime, inode) in read.items()}
        found = {rule: frozenset(paths) for rule, paths in said.items()}, {rule: of_data(data) for rule, data in told.items()}, seen
        return found if at <= clock.timestamp() else None
    return None
