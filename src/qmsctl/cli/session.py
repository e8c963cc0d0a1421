"""One run of the command line: where and when it works, and what it has read."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qmsctl.cli.given_again import GivenAgain
from qmsctl.cli.language import folder_from_here, office_line
from qmsctl.cli.telling import Telling
from qmsctl.cli.voice import Voice
from qmsctl.core.text.values import YEARS
from qmsctl.core.text.writing import Writing, far_off, no_such_day, writing_of
from qmsctl.errors import RepositoryError, UsageError
from qmsctl.message import Message, _
from qmsctl.value import dataclass, field, replace

if TYPE_CHECKING:
    from qmsctl.acts.occasion import Occasion
    from qmsctl.core.library import Library
    from qmsctl.store.cache.keeping import Cache
    from qmsctl.store.git.repository import Git
    from qmsctl.store.place import Place


@dataclass
class Session(Voice):
    """The global options, and the doors to the library."""

    start: Path = field(default_factory=Path)
    day: date | None = None
    language_is_asked: bool = False
    cached: bool = True
    _caches: list[Cache] = field(default_factory=list)
    tells_unseen: bool = False
    """Whether the command itself says what it could not look at."""
    unseen: list[Message] = field(default_factory=list)
    """What the command could not look at beside the files and their history."""
    _read: list[Library] = field(default_factory=list)

    def read_day(self, text: str, option: str) -> date:
        """The day an option gives, as the office writes days. Raises ``UsageError`` for anything else."""
        found = self.writing.day(text)
        if found is None:
            given = Message("“{text}”", {"text": text})
            if no_such_day(text):
                given = _("“{text}”, which is no day of the calendar", text=text)
            elif far_off(text):
                given = _("“{text}”, whose year is not between {first} and {last}", text=text, first=str(YEARS[0]), last=str(YEARS[-1]))
            raise UsageError(_("{option} is {given}; {expected} is expected", option=option, given=given, expected=self.writing.example))
        return found

    @cached_property
    def writing(self) -> Writing:
        """How days and numbers are typed in the office of ``--repo``; where there is none, as its language would have them."""
        return writing_of(office_line(self.start, "dates"), office_line(self.start, "language") or self.language)

    @cached_property
    def clock(self) -> datetime:
        """The moment the command began."""
        from qmsctl.store.machine.clock import now

        return now()

    def place(self, at: str | None = None) -> Place:
        """The QMS of ``--repo``, at a commit if one is given. Raises ``RepositoryError``."""
        try:
            place = self._located(self.start, at)
        except RepositoryError as error:
            from qmsctl.cli.half_written import told

            raise (told(self.start) if at is None else None) or error from error
        if at is not None:
            self._mention(place, at)
        if at is None and place.root is not None:
            self._say_interrupted(place.root, place.git)
        return place

    def _say_interrupted(self, root: Path, git: Git | None) -> None:
        """Say so where a command left its change half done; what finishes it is imported where there is something."""
        from qmsctl.store.writing.state import with_journal

        if with_journal(root, git):
            from qmsctl.store.writing.left_behind import doubt, was_interrupted

            if was_interrupted(root, git):
                self.teller.interrupted(doubt(root, git))

    def _located(self, start: Path, at: str | None = None) -> Place:
        from qmsctl.store.loading import locate

        if not start.is_dir():
            from qmsctl.mend import Hole, command, with_general
            from qmsctl.store.machine.address import as_given

            mend = with_general(command(""), C=Hole("folder")).in_order_to(_("name the folder of a QMS"))
            raise RepositoryError(_("there is no folder {path}", path=as_given(start)), mend)
        place = locate(start, at, cached=self.cached)
        served = place.git is not None and place.git.top is None  # a bare repository: who reads this works in a clone elsewhere
        self.again = GivenAgain() if served else replace(self.again, folder=folder_from_here(place.root or self.start, self.start))
        self._caches += filter(None, [place.cache])
        return place

    def occasion(self, start: Path | None = None) -> Occasion:
        """The circumstances of an act on the QMS of ``--repo``, or on that of the folder ``start``.

        Raises ``RepositoryError``.
        """
        from qmsctl.acts.occasion import Occasion
        from qmsctl.cli import command_line

        return Occasion(self._located(start or self.start), self.clock, self.day, self.language, self.teller, command_line.verb())

    @cached_property
    def teller(self) -> Telling:
        """Says what goes on while a command writes."""
        return Telling(self)

    def library(self, place: Place, *, exact: bool = False, named: bool = True) -> Library:
        """All of the QMS at ``place``, on the day of ``--today``; ``exact`` where every file has to be read, ``named`` where it may be compared with a commit."""
        from qmsctl.store.loading import everything, load

        library = load(place, self.clock, self.day, exact=everything if exact else None, named=named)
        self._read.append(library)
        if place.root is None and not self.language_is_asked:
            self._speak(library.config.language)
        return library

    def say_unseen(self) -> bool:
        """Say what could not be looked at of all that was read, unless the command has; true if there was anything."""
        if self.tells_unseen:
            return False
        from qmsctl.core.unseen import unseen

        found = {str(each): each for each in (*self.unseen, *(each for library in self._read for each in unseen(library)))}
        for each in found.values():
            self.say(_("incomplete: {what}", what=each))
        return bool(found)

    def _speak(self, language: str) -> None:
        """Go on in the language of an office that lies in no folder, so that nobody could look before."""
        self.terminal = replace(self.terminal, language=language)
        self.__dict__.pop("translate", None)

    def change(self, place: Place, base: str) -> Library:
        """The same, as the outcome of the change since its merge base with ``base``."""
        from qmsctl.store.comparison import compared

        library = compared(self.library(place), place, base)
        self._read.append(library)
        self._mention(place, base)
        return library

    def settle(self) -> None:
        """Keep for the next command what this one has found out about single files."""
        for each in self._caches:
            each.settle()

    def _mention(self, place: Place, ref: str) -> None:
        """Say what else a name could have meant."""
        if (doubt := place.git.mistakable(ref) if place.git else None) is not None:
            self.say(doubt)

    def moment(self, library: Library) -> datetime:
        """Now in the office's time zone, to the second, on the day of ``--today`` if given."""
        from qmsctl.acts.occasion import moment_of

        return moment_of(library, self.clock, self.day)
