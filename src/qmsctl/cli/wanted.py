"""What ``--status``, ``--unit`` and ``--owner`` ask for: by key, or by the words that the screen shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from qmsctl.core.library import Library
from qmsctl.core.records.disposal import DESTROYED
from qmsctl.core.signoffs.status_labels import DOCUMENT_STATUSES, document_status
from qmsctl.core.text.characters import unmarked
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.core.types.record_type import RecordType
from qmsctl.errors import UsageError
from qmsctl.mend import advice
from qmsctl.message import Label, Named, _, show
from qmsctl.store.shipped.catalogue import translator

_LANGUAGES = ("vi", "en")
_MOST = 40


def wanted_statuses(library: Library, type_name: str | None, word: str, present: Iterable[str]) -> frozenset[str]:
    """The statuses ``word`` stands for. Raises :class:`UsageError` where there is no such status."""
    named: list[tuple[str, object]] = [(key, key) for key in present]
    used: list[str] = []
    for found in library.types.all():
        if type_name is None or library.types.matches(found.name, (type_name,)):
            own = list(_statuses(found))
            named += own
            used += [key for key, _text in own if found.name in library.by_type]
    return _known("--status", word, named, used)


def _statuses(found: RecordType) -> Iterator[tuple[str, object]]:
    """The keys and words of the statuses that files of a type may have."""
    if found.kind == "document":
        for key in DOCUMENT_STATUSES:
            yield key, document_status(key)
    elif found.kind == "record":
        for state in found.states.values():
            yield state.id, state.label
        yield DESTROYED, document_status(DESTROYED)


def wanted_units(library: Library, word: str, present: Iterable[str]) -> frozenset[str]:
    """The units ``word`` stands for. Raises :class:`UsageError` where there is no such unit."""
    units = ((unit.id, text) for unit in library.config.units for text in (unit.id, unit.name))
    return _known("--unit", word, (*units, *((key, key) for key in present)))


def wanted_owners(library: Library, word: str, present: Iterable[str], option: str = "--owner") -> frozenset[str]:
    """The people and roles ``word`` stands for. Raises :class:`UsageError` where there are none."""
    people = ((person.id, text) for person in library.people.all for text in (person.id, person.name))
    roles = ((role.id, text) for role in library.config.roles for text in (role.id, role.title))
    return _known(option, word, (*people, *roles, *((key, key) for key in present)))


def wanted_person(library: Library, word: str, option: str) -> str:
    """The one person ``word`` stands for. Raises :class:`UsageError` for nobody, and for several of that name."""
    found = _known(option, word, ((person.id, text) for person in library.people.all for text in (person.id, person.name)))
    if len(found) > 1:
        raise UsageError(_("{option} is “{value}”, which several are called", option=option, value=word), advice(_("name one by the id: {ids}", ids=tuple(sorted(found)))))
    return next(iter(found))


def _known(option: str, word: str, named: Iterable[tuple[str, object]], used: Iterable[str] = ()) -> frozenset[str]:
    """The keys that ``word`` names, itself or by their words in any language; where it names none, those in ``used`` are shown before all others."""
    keys: Mapping[str, set[str]] = defaultdict(set)
    names: dict[str, Label] = {}
    ids: dict[str, None] = {}
    for key, words in named:
        ids[key] = None
        label = Label({language: show(words, translator(language), language) for language in _LANGUAGES})
        for text in (key, *label.texts.values()):
            keys[_same(text)].add(key)
        if words != key:
            names.setdefault(key, label)
    found = keys.get(_same(word))
    if not found:
        near, shown = did_you_mean(word, ids), dict.fromkeys(used) or ids
        listed = tuple(Named(key, names[key]) if key in names else key for key in sorted(shown)[:_MOST])
        raise UsageError(_("{option} is “{value}”, which is not known here", option=option, value=word), advice(near) if near.found else advice(_("known are: {known}", known=listed)))
    return frozenset(found)


def _same(text: str) -> str:
    return " ".join(unmarked(text).replace("-", " ").split())
