"""Parsed files sorted into configuration, items, sign-offs and dossiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import TypeVar

from qmsctl.core.dossier import SignOff
from qmsctl.core.dossiers import Dossiers
from qmsctl.core.model import Item
from qmsctl.core.office.config import Config
from qmsctl.core.office.config_reader import read_config, read_people
from qmsctl.core.office.people import People
from qmsctl.core.opening import by_its_day
from qmsctl.core.reading import CONFIG_PATH, CONFIG_PATHS, CONFIGURATION, PEOPLE_PATH, FileRead, Parsed, is_frozen_copy
from qmsctl.core.signoffs.signoff_file import read_signoff
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.type_set import TypeSet
from qmsctl.value import dataclass, replace

T = TypeVar("T")
_path = attrgetter("path")

SKEW = timedelta(minutes=10)
"""How far ahead of the clock here that of another machine may be, and nobody has lied."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the files of a QMS hold; items are sorted by path, dossiers are by their subject.

    ``configuration`` are the sign-offs on the configuration, which have no copy beside them.
    """

    config: Config
    people: People
    types: TypeSet
    items: tuple[Item, ...]
    signoff_items: tuple[Item, ...]
    dossiers: Dossiers
    configuration: tuple[SignOff, ...]


def counted_until(now: datetime, clock: datetime) -> datetime:
    """The latest moment of a sign-off that counts: by a clock that is ahead of this one, within the same day."""
    last = now.replace(hour=23, minute=59, second=59, microsecond=999999)
    return now if now < clock else min(now + SKEW, last)


def is_any_ahead(items: Iterable[Item], now: datetime, clock: datetime) -> bool:
    """True where one of the sign-offs does not count yet, and will in a moment, as none does on a day gone by."""
    last = counted_until(now, clock)
    return now >= clock and any(found.at > last for item in items if item.type.kind == "signoff" and (found := read_signoff(item)))


def contents(parsed: Mapping[str, FileRead], types: TypeSet, now: datetime) -> Contents:
    """Sort ``parsed``; sign-offs later than ``now`` are in no dossier yet."""
    config_node = parsed[CONFIG_PATH].fields if CONFIG_PATH in parsed else None
    people_node = parsed[PEOPLE_PATH].fields if PEOPLE_PATH in parsed else None
    config = read_config(config_node) if config_node else Config()
    own = types.with_patterns(config.ids, next(iter(config.standards), ""), config.profile, config.section_names)
    people = read_people(people_node) if people_node else People()
    return sorted_out(Contents(config, people, own, (), (), Dossiers({}), ()), parsed, now)


def sorted_out(office: Contents, parsed: Mapping[str, FileRead], now: datetime) -> Contents:
    """The contents of ``parsed``, in an ``office`` of which configuration, people and types are known."""
    items: list[Item] = []
    signoff_items: list[Item] = []
    copies: dict[str, Item] = {}
    known = cache(office.types.get)
    for path, file in parsed.items():
        found = known(file.type_name) if file.problem is None else None
        if found is None or path in CONFIG_PATHS:
            continue
        item = _item(path, found, file)
        if found.earlier:
            item = by_its_day(item)
        if not path.startswith("signoffs/"):
            items.append(item)
        elif is_frozen_copy(path):
            copies[path.rpartition("/")[0]] = item
        else:
            signoff_items.append(item)
    dossiers = Dossiers.of(signoff_items, copies, now, office.config)
    configuration = dossiers.get(CONFIGURATION, ())
    return replace(
        office,
        items=tuple(sorted(items, key=_path)),
        signoff_items=tuple(sorted(signoff_items, key=_path)),
        dossiers=dossiers.with_others({CONFIGURATION}, Dossiers({CONFIGURATION: lambda: tuple(each for each in configuration if each.copy is not None)})),
        configuration=tuple(signoff for each in configuration if each.copy is None for signoff in each.signoffs),
    )


def _item(path: str, found: RecordType, file: FileRead) -> Item:
    """What was parsed just now is at hand; of the rest only what somebody looks at."""
    if isinstance(file, Parsed) and file.fields is not None:
        return Item(path, found, file.fields, file.body, file.sha256)
    return Item.of(path, found, file)


def grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    """What belongs to each key, in order."""
    found: dict[str, list[T]] = defaultdict(list)
    for key, each in pairs:
        found[key].append(each)
    return {key: tuple(group) for key, group in found.items()}
