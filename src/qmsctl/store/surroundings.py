"""What a library asks of the world outside: the files of its source and the history of its repository."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeVar

from qmsctl.core.keys.ssh_signature import Signature
from qmsctl.core.office.office_hours import PublicHolidays
from qmsctl.core.outside import Commit, Lost, Outside
from qmsctl.core.text.text_file import lf
from qmsctl.errors import RepositoryError
from qmsctl.message import Message, _
from qmsctl.store.digests import Digests
from qmsctl.store.history import past
from qmsctl.store.history.walks import Walks

if TYPE_CHECKING:
    from qmsctl.store.git.repository import Git
    from qmsctl.store.history.arrivals import Arrivals
    from qmsctl.store.place import Place


Answer = TypeVar("Answer")

_ARRIVAL = _("when sign-offs came into git")
_IDS = _("ids used before")


def surroundings(place: Place, clock: datetime, walks: Walks) -> Outside:
    """The files of a source and the history of its repository, for a library; ``clock`` is the real moment."""
    return _Surroundings(place, clock, walks)


class _Surroundings:
    """Where git cannot look, what is asked is answered as if there were nothing, and :meth:`unseen` tells of it."""

    def __init__(self, place: Place, clock: datetime, walks: Walks) -> None:
        self._place = place
        self._clock = clock
        self._digests = Digests(place.source)
        self._signatures: dict[str, Signature | None] = {}
        self._failed: dict[str, list[Message]] = {}
        self._why: dict[str, RepositoryError] = {}
        self._walks = walks
        self.lost_signoffs = cache(self._lost)
        self.ids_elsewhere = cache(self._elsewhere)

    def read(self, path: str) -> bytes:
        return self._place.source.read(path)

    def sha256(self, path: str) -> str | None:
        return self._seen(_("files of a commit"), lambda _git: self._digests.sha256(path), None) if self._place.git else self._digests.sha256(path)

    def pointer(self, path: str) -> str | None:
        return self._seen(_("files of a commit"), lambda _git: self._digests.pointer(path), None) if self._place.git else self._digests.pointer(path)

    def unseen(self) -> tuple[Message, ...]:
        whats = ((tuple(named), self._why[cause]) for cause, named in self._failed.items())
        return tuple(_("{what} could not be looked at: {reason}; {mend}", what=what, reason=why.message, mend=why.mend) for what, why in whats)

    def _seen(self, what: Message, look: Callable[[Git], Answer], otherwise: Answer) -> Answer:
        """What git has to say; ``otherwise`` without git, and where it cannot look: then ``what`` is noted as not seen."""
        if self._place.git is None:
            return otherwise
        try:
            return look(self._place.git)
        except RepositoryError as error:
            self._note(what, error)
            return otherwise

    def _note(self, what: Message, error: RepositoryError) -> None:
        cause = str(error.message)
        self._why[cause] = error
        known = self._failed.setdefault(cause, [])
        known += [] if what in known else [what]

    def used_ids(self) -> frozenset[str]:
        return self._history

    def past_ids(self) -> Mapping[str, str]:
        return self._past_ids

    def _elsewhere(self) -> Mapping[str, str]:
        def look(git: Git) -> Mapping[str, str]:
            commit = self._place.commit
            return past.ids_elsewhere(git, commit, self._place.prefix) if commit else {}

        return self._seen(_("the ids of other branches"), look, {})

    def _lost(self) -> Mapping[str, Lost]:
        from qmsctl.store.history.lost import lost_signoffs

        def look(git: Git) -> Mapping[str, Lost]:
            commit = self._walks.commit()
            return lost_signoffs(git, commit, self._place.prefix) if commit else {}

        return self._seen(_("whether sign-offs were deleted"), look, {})

    def read_past(self, place: str) -> bytes | None:
        rev, _colon, path = place.partition(":")
        inside = path if path.startswith(f"{self._place.prefix}/") else self._place.from_top(path)
        return self._seen(_("earlier texts"), lambda git: git.blob_at(f"{rev}:{inside}"), None)

    def first_commits(self) -> Mapping[str, Commit]:
        return self._first_commits

    def arrival(self, path: str, data: bytes) -> Commit | None:
        return self._seen(_ARRIVAL, lambda _git: self._arrivals.of(path, data) if self._arrivals else None, None) if self._dates() else None

    def office_since(self) -> datetime | None:
        return self._seen(_ARRIVAL, lambda _git: self._arrivals.office_since if self._arrivals else None, None) if self._dates() else None

    def history_is_whole(self) -> bool:
        git = self._place.git
        return git is not None and not git.is_shallow() and self._dates()

    def index_behind(self) -> tuple[str, ...]:
        from qmsctl.store.history.index_lag import behind

        return self._seen(_("whether git's index is behind"), lambda _git: behind(self._place), ())

    def public_holidays(self, country: str, year: int) -> PublicHolidays:
        from qmsctl.store.public_holidays import public_holidays

        return public_holidays(country, year, self._place.cache.file.parent if self._place.cache else None)

    def knows_holidays(self, country: str) -> bool:
        from qmsctl.store.public_holidays import knows_holidays

        return knows_holidays(country)

    def attributes_above(self) -> Mapping[str, bytes]:
        from qmsctl.store.attributes import above

        place = self._place
        return self._seen(_("the .gitattributes above the QMS"), lambda git: above(git, place.prefix, place.at), {})

    def accepted_configuration(self) -> Mapping[str, str] | None:
        from qmsctl.store import accepted

        return accepted.configuration(self._place.git, self._place.prefix)

    def signature(self, path: str) -> Signature | None:
        if path not in self._signatures:
            self._signatures[path] = self._signature(path)
        return self._signatures[path]

    def _signature(self, path: str) -> Signature | None:
        try:
            data, armoured = (lf(self._place.source.read(each)) for each in (path, f"{path}.sig"))
        except RepositoryError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return None
            self._note(_("the signature {path}", path=f"{path}.sig"), error)
            return Signature(None, "", _("whether this is signed is not known: {reason}", reason=error.message), error.mend)
        return self.verify(data, armoured)

    def verify(self, data: bytes, armoured: bytes) -> Signature:
        from qmsctl.store.signatures.ssh_signatures import verify

        return verify(data, armoured)

    @cached_property
    def _arrivals(self) -> Arrivals | None:
        from qmsctl.store.history.arrivals import Arrivals

        git, commit = self._place.git, self._walks.commit()
        return Arrivals(git, commit, self._place.prefix, self._clock) if git and commit else None

    def _dates(self) -> bool:
        """False once history could not be read as far as it tells when sign-offs came."""
        return not any(_ARRIVAL in named for named in self._failed.values())

    @cached_property
    def _first_commits(self) -> Mapping[str, Commit]:
        def look(git: Git) -> Mapping[str, Commit]:
            commit = self._walks.commit()
            return past.first_commits(git, commit, self._place.prefix) if commit else {}

        return self._seen(_ARRIVAL, look, {})

    @cached_property
    def _past_ids(self) -> Mapping[str, str]:
        def look(git: Git) -> Mapping[str, str]:
            commit = self._place.commit
            return past.ids_up_to(git, commit, self._place.prefix) if commit else {}

        return self._seen(_IDS, look, {})

    @cached_property
    def _history(self) -> frozenset[str]:
        return self._seen(_IDS, lambda _git: self._walks.used_ids(), frozenset())
