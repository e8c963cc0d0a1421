"""Dossiers by subject, each put together of its files when somebody first asks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache, partial

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.model import Item
from qmsctl.core.office.config import Config
from qmsctl.core.signoffs.approval import of_another_office
from qmsctl.core.signoffs.signoff_file import read_signoff
from qmsctl.value import replace

OfSubject = tuple[Dossier, ...]


class Dossiers(Mapping[str, OfSubject]):
    """The dossiers of each subject that has any, in the order of their folders. Of a part only the ``chosen`` are gone through, and all are found."""

    def __init__(self, subjects: Mapping[str, Callable[[], OfSubject]], chosen: Iterable[str] | None = None) -> None:
        self._subjects = subjects
        self._chosen: Collection[str] = subjects.keys() if chosen is None else tuple(chosen)

    @classmethod
    def of(cls, signoff_items: Iterable[Item], copies: Mapping[str, Item], now: datetime, config: Config) -> Dossiers:
        """Those of sign-off files, and of frozen copies by folder; sign-offs later than ``now`` are in none yet."""
        signed: dict[str, list[Item]] = defaultdict(list)
        for item in signoff_items:
            signed[item.path.rpartition("/")[0]].append(item)
        folders: dict[str, list[str]] = defaultdict(list)
        for folder in sorted(signed.keys() | copies.keys()):
            if folder.count("/") == 2:
                folders[folder.split("/")[1]].append(folder)

        @cache
        def made(subject: str) -> OfSubject:
            read = ((folder, copies.get(folder), _signoffs(signed.get(folder, ()), now, config)) for folder in folders[subject])
            return tuple(Dossier(folder, subject, folder.rpartition("/")[2], copy, signoffs) for folder, copy, signoffs in read if copy or signoffs)

        return cls({subject: partial(made, subject) for subject in folders})

    def with_others(self, subjects: Collection[str], others: Dossiers) -> Dossiers:
        """These, but for the ``subjects`` those that the ``others`` have."""
        found = {subject: made for subject, made in self._subjects.items() if subject not in subjects} | {**others._subjects}
        return Dossiers({subject: found[subject] for subject in sorted(found, key="{}/".format)})

    def part(self, subjects: Collection[str]) -> Dossiers:
        """These, of which only those of the ``subjects`` are gone through."""
        return Dossiers(self._subjects, (subject for subject in self._subjects if subject in subjects))

    def changed(self, change: Callable[[OfSubject], OfSubject]) -> Dossiers:
        """What ``change`` makes of those of each subject."""

        @cache
        def anew(made: Callable[[], OfSubject]) -> OfSubject:
            return change(made())

        return Dossiers({subject: partial(anew, made) for subject, made in self._subjects.items()})

    @property
    def folders(self) -> Collection[str]:
        """The subjects to go through that have a folder of sign-offs, whatever may be read there; nothing is put together for it."""
        return self._chosen

    def __getitem__(self, subject: str) -> OfSubject:
        found = self._subjects[subject]()
        if not found:
            raise KeyError(subject)
        return found

    def __contains__(self, subject: object) -> bool:
        return (made := self._subjects.get(subject)) is not None and bool(made())  # type: ignore[call-overload]

    def __iter__(self) -> Iterator[str]:
        return (subject for subject in self._chosen if self._subjects[subject]())

    def __len__(self) -> int:
        return sum(1 for _subject in self)


def _signoffs(items: Iterable[Item], now: datetime, config: Config) -> tuple[SignOff, ...]:
    """The sign-offs in these files, by their moments."""
    read = (read_signoff(item) for item in items if item.type.kind == "signoff")
    found = (replace(each, is_foreign=True) if of_another_office(each, config) else each for each in read if each and each.at <= now)
    return tuple(sorted(found, key=lambda s: (s.at, s.meaning != "author", s.meaning != "review", s.path)))
