"""What a library asks of the world outside: the files of its source and the history of its repository."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING

from qmsctl.core.keys.ssh_signature import Signature
from qmsctl.core.office.office_hours import PublicHolidays
from qmsctl.core.outside import Commit, Lost, Outside
from qmsctl.core.text.text_file import lf
from qmsctl.errors import RepositoryError
from qmsctl.store import past
from qmsctl.store.digests import Digests

if TYPE_CHECKING:
    from qmsctl.store.arrivals import Arrivals
    from qmsctl.store.loading import Place


def surroundings(place: Place, clock: datetime) -> Outside:
    """The files of a source and the history of its repository, for a library; ``clock`` is the real moment."""
    return _Surroundings(place, clock)


class _Surroundings:
    def __init__(self, place: Place, clock: datetime) -> None:
        self._place = place
        self._clock = clock
        digests = Digests(place.source)
        self.sha256, self.pointer = digests.sha256, digests.pointer
        self._signatures: dict[str, Signature | None] = {}
        self.lost_signoffs = cache(self._lost_signoffs)

    def read(self, path: str) -> bytes:
        return self._place.source.read(path)

    def used_ids(self) -> Mapping[str, str]:
        return self._history

    def past_ids(self) -> Mapping[str, str]:
        return self._past_ids

    def ids_elsewhere(self) -> Mapping[str, str]:
        git, commit = self._place.git, self._place.commit
        return past.ids_elsewhere(git, commit, self._place.prefix) if git and commit else {}

    def read_past(self, place: str) -> bytes | None:
        rev, _colon, path = place.partition(":")
        inside = path if path.startswith(f"{self._place.prefix}/") else self._place.from_top(path)
        return self._place.git.blob_at(f"{rev}:{inside}") if self._place.git else None

    def first_commits(self) -> Mapping[str, Commit]:
        return self._first_commits

    def arrival(self, path: str, data: bytes) -> Commit | None:
        return self._arrivals.of(path, data) if self._arrivals else None

    def office_since(self) -> datetime | None:
        return self._arrivals.office_since if self._arrivals else None

    def _lost_signoffs(self) -> Mapping[str, Lost]:
        from qmsctl.store.lost import lost_signoffs

        git, commit = self._place.git, self._place.commit
        return lost_signoffs(git, commit, self._place.prefix) if git and commit else {}

    def history_is_whole(self) -> bool:
        git = self._place.git
        return git is not None and not git.is_shallow()

    def index_behind(self) -> tuple[str, ...]:
        from qmsctl.store.index_lag import behind

        return behind(self._place)

    def public_holidays(self, country: str, year: int) -> PublicHolidays:
        from qmsctl.store.public_holidays import public_holidays

        return public_holidays(country, year)

    def knows_holidays(self, country: str) -> bool:
        from qmsctl.store.public_holidays import knows_holidays

        return knows_holidays(country)

    def attributes_above(self) -> Mapping[str, bytes]:
        from qmsctl.store.attributes import above

        place = self._place
        return above(place.git, place.prefix, place.at) if place.git else {}

    def accepted_configuration(self) -> Mapping[str, str] | None:
        from qmsctl.store import accepted

        return accepted.configuration(self._place.git, self._place.prefix)

    def signature(self, path: str) -> Signature | None:
        if path not in self._signatures:
            try:
                data, armoured = (lf(self._place.source.read(each)) for each in (path, f"{path}.sig"))
                self._signatures[path] = self.verify(data, armoured)
            except RepositoryError:
                self._signatures[path] = None
        return self._signatures[path]

    def verify(self, data: bytes, armoured: bytes) -> Signature:
        from qmsctl.store.ssh_signatures import verify

        return verify(data, armoured)

    @cached_property
    def _arrivals(self) -> Arrivals | None:
        from qmsctl.store.arrivals import Arrivals

        git, commit = self._place.git, self._place.commit
        return Arrivals(git, commit, self._place.prefix, self._clock) if git and commit else None

    @cached_property
    def _first_commits(self) -> Mapping[str, Commit]:
        git, commit = self._place.git, self._place.commit
        return past.first_commits(git, commit, self._place.prefix) if git and commit else {}

    @cached_property
    def _past_ids(self) -> Mapping[str, str]:
        git, commit = self._place.git, self._place.commit
        return past.used_ids(git, self._place.prefix, commit) if git and commit else {}

    @cached_property
    def _history(self) -> Mapping[str, str]:
        git = self._place.git
        return past.used_ids(git, self._place.prefix) if git else {}
