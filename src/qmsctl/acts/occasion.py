"""Where, when and by whom an act is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from shutil import which

from qmsctl.acts.teller import Teller
from qmsctl.core.contents import SKEW
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Actor, actor_of
from qmsctl.core.mends.missing_configuration import brought_back, is_missing
from qmsctl.core.office.people import Person
from qmsctl.core.proof.filing import dossiers_with
from qmsctl.core.reading import PEOPLE_PATH
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice, command
from qmsctl.message import Message, _
from qmsctl.store.git.heads import Heads
from qmsctl.store.git.identity import Identity, user_identity
from qmsctl.store.loading import Exact, load, locate
from qmsctl.store.place import Place
from qmsctl.store.shipped.catalogue import translator
from qmsctl.store.writing.lock import Waiting
from qmsctl.value import dataclass, replace


@dataclass(frozen=True)
class Occasion:
    """The circumstances of an act.

    ``clock`` is the real moment, with a zone; ``day`` the day it is to be, if another. ``language`` is that
    of whoever reads the commit, ``command`` what those who wait for the act's end are told that it is. Of what has to be ``exact`` every byte is read. ``known`` is who is at work, where that was asked before.
    """

    place: Place
    clock: datetime
    day: date | None
    language: str
    teller: Teller
    command: str = ""
    exact: Exact | None = None
    known: Identity | None = None

    @cached_property
    def identity(self) -> Identity | None:
        """Who git says is at work."""
        return self.known or identity_at(self.place)

    def library(self, near: Library | None = None) -> Library:
        """The QMS as it is now; files that are as in ``near`` are not parsed again.

        Raises ``RepositoryError`` where its configuration is missing or cannot be read: without it nobody could judge an edit.
        """
        library = load(self.place, self.clock, self.day, near, exact=self.exact)
        if PEOPLE_PATH not in library.parsed:
            raise RepositoryError(is_missing(PEOPLE_PATH), brought_back(PEOPLE_PATH))
        for path in library.unread_configuration:
            found = library.parsed[path].problem
            assert found is not None  # a file without fields says why
            if found.mend is not None and not found.line:
                raise RepositoryError(found.message, found.mend)
            raise RepositoryError(
                _("{path}, line {line}: {problem}", path=path, line=found.line, problem=found.message),
                advice(_("correct that line first")).then(command("check", path)),
            )
        return library

    def anew(self, heads: Heads | None = None) -> Occasion:
        """The same by the same person, with nothing else remembered of the files; of the repository, what commits hold, and ``heads``."""
        assert self.place.root is not None  # acts are done where there are files
        place = locate(self.place.root, cached=self.place.cache is not None)
        git = self.place.git if place.git == self.place.git else place.git
        return replace(self, place=replace(place, git=git, heads=heads), known=self.identity)

    def knowing(self, heads: Heads | None) -> Occasion:
        """The same, where git has said what is checked out."""
        return replace(self, place=replace(self.place, heads=heads))

    def waiting(self, most: float | None = None, prepare: Callable[[], None] | None = None) -> Waiting:
        """How to wait for the right to write; see :class:`Waiting`."""
        return Waiting(self.command, most, self.teller.waits, prepare)

    def moment(self, library: Library) -> datetime:
        """Now in the office's time zone, to the second, on the day it is to be."""
        return moment_of(library, self.clock, self.day)

    def person(self, library: Library, by: str | None = None) -> str | None:
        """The id of whoever acts: of the one named, else of git's user."""
        own = None if by else person_of(library, self.identity)
        return by or (own.id if own else None)

    def actor(self, library: Library, by: str | None = None) -> Actor:
        """Who acts, and who enters it. Raises ``Refusal`` where either is nobody in ``people.yaml``."""
        own = self.identity
        return actor_of(library, own.email, by, own.beside) if own else actor_of(library, None, by)

    def author(self, library: Library) -> Identity | None:
        """In whose name a commit is made: with git's e-mail, and the name that ``people.yaml`` has for it, else git's."""
        own, person = self.identity, person_of(library, self.identity)
        if own is None:
            return None
        return replace(own, name=person.name if person else own.name or own.email.partition("@")[0])

    def words(self, message: Message) -> str:
        """A message in the language of whoever reads the commit."""
        return message.render(translator(self.language), self.language)


def identity_at(place: Place) -> Identity | None:
    """Who git says is at work at ``place``, a copy without git included; nobody where git is not installed."""
    if place.git:
        return place.git.identity()
    return user_identity() if which("git") else None


def person_of(library: Library, identity: Identity | None) -> Person | None:
    """The person of ``people.yaml`` with the address that git knows."""
    return library.people.by_email(identity.email) if identity else None


def moment_of(library: Library, clock: datetime, day: date | None) -> datetime:
    """``clock`` in the office's time zone, to the second, on ``day`` if it is to be another.

    Where a machine whose clock is ahead has signed before, it is a second after that: nobody signs before what was there.
    """
    local = moment_in(library.config.zone, clock, day)
    days = frozenset((local + timedelta(each)).date().isoformat() for each in range(-2, 3))
    signed = (each.at for dossier in dossiers_with(lambda item: (item.text("at") or "")[:10] in days, library) for each in dossier.signoffs)
    ahead = max((at for at in signed if local < at <= local + SKEW), default=None)
    return ahead.astimezone(library.config.zone).replace(microsecond=0) + timedelta(seconds=1) if ahead else local


def moment_in(zone: tzinfo, clock: datetime, day: date | None) -> datetime:
    """``clock`` in a time zone, to the second, on ``day`` if it is to be another."""
    local = clock.astimezone(zone).replace(microsecond=0)
    return local if day is None else datetime.combine(day, time(local.hour, local.minute, local.second), zone)
