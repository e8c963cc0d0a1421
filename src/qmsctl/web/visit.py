"""One request: what it may see and do, by whom, and in which language it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from qmsctl.acts.occasion import Occasion, person_of
from qmsctl.core.library import Library
from qmsctl.core.office.people import Person
from qmsctl.core.proof.holders import role_title
from qmsctl.errors import QmsError
from qmsctl.message import Message, Worded, _, show
from qmsctl.store.history.unsent import Unsent
from qmsctl.store.place import Place
from qmsctl.store.shipped.catalogue import translator
from qmsctl.store.writing.holder import Holder
from qmsctl.value import dataclass, field
from qmsctl.web.house import House, Look


@dataclass
class Heard:
    """What an act told while it was at work. Nobody watches what programs write, and no key is asked for on a page."""

    said: list[Worded] = field(default_factory=list)
    is_watched: bool = False

    def interrupted(self, doubt: QmsError | None) -> None:
        """An earlier act was interrupted."""
        self.said.append(doubt.message if doubt else _("an earlier command was interrupted; the next one that writes finishes its change first"))

    def finished(self, paths: Sequence[str], commit: str | None, doubt: QmsError | None) -> None:
        """What an earlier act left half done is done now."""
        self.said += [_("an earlier command was interrupted; its change is finished now: {paths}", paths=tuple(paths))] if paths else []
        self.said += [doubt.message] if doubt else []

    def waits(self, holder: Holder) -> None:
        """Another act writes; where it takes too long the refusal says so."""

    def touch(self, count: int) -> None:
        """The security key blinks."""
        self.said.append(_("touch the security key when it blinks, once for each of {count} sign-off(s)", count=count))


@dataclass
class Visit:
    """What is read for one request is read once."""

    house: House
    language: str
    heard: Heard = field(default_factory=Heard)

    @cached_property
    def place(self) -> Place:
        """The files as they are now."""
        return self.house.place()

    @cached_property
    def _look(self) -> Look:
        return self.house.look(self.place)

    @property
    def library(self) -> Library:
        """All of the QMS."""
        return self._look.library

    def occasion(self, command: str) -> Occasion:
        """The circumstances of an act that the command of this name would do."""
        return Occasion(self.house.place(), self.house.clock(), self.house.day, self.language, self.heard, command)

    @cached_property
    def me(self) -> Person | None:
        """Who git says is at work."""
        place = self.place
        return person_of(self.library, place.git.identity() if place.git else None)

    @property
    def roles(self) -> tuple[str, ...]:
        """The titles of the roles that this person holds today."""
        held = self.me.roles_on(self.library.today) if self.me else ()
        return tuple(role_title(each, self.library) for each in held)

    @property
    def unsent(self) -> Unsent:
        """The branch, and what of it nobody else has yet."""
        return self._look.unsent

    def words(self, value: object) -> str:
        """A message, label or day in the language of this visit."""
        return show(value, translator(self.language), self.language)


def plain(words: str) -> Message:
    """Words that are already in a language."""
    return Message("{words}", {"words": words})
