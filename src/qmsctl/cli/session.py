"""One run of the command line: where, when, in which language, and how it speaks."""

from __future__ import annotations

import sys
from dataclasses import field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qmsctl.cli import command_line
from qmsctl.cli.given_again import GivenAgain
from qmsctl.cli.language import folder_from_here, office_line
from qmsctl.cli.streams import OutputLost, silence, to_output
from qmsctl.cli.telling import Telling
from qmsctl.cli.terminal import Stream, Terminal
from qmsctl.core.text.characters import visible
from qmsctl.core.text.writing import Writing, no_such_day, writing_of
from qmsctl.errors import RepositoryError, UsageError
from qmsctl.message import Label, Message, Translate, Worded, _, show
from qmsctl.value import dataclass

if TYPE_CHECKING:
    from qmsctl.acts.occasion import Occasion
    from qmsctl.core.library import Library
    from qmsctl.mend import Mend
    from qmsctl.store.cache.keeping import Cache
    from qmsctl.store.git.repository import Git
    from qmsctl.store.place import Place

RED, YELLOW, GREEN, BOLD, DIM = "31", "33", "32", "1", "2"


@dataclass
class Session:
    """The global options, and the doors to the library and to the terminal.

    ``wrote`` are the paths that the command has written so far; ``unheard`` is why its talk reaches nobody, where that is so.
    """

    terminal: Terminal = field(default_factory=Terminal)
    start: Path = field(default_factory=Path)
    day: date | None = None
    again: GivenAgain = field(default_factory=GivenAgain)
    language_is_asked: bool = False
    cached: bool = True
    _caches: list[Cache] = field(default_factory=list)
    wrote: tuple[str, ...] = ()
    unheard: OutputLost | None = None
    tells_unseen: bool = False
    """Whether the command itself says what it could not look at."""
    unseen: list[Message] = field(default_factory=list)
    """What the command could not look at beside the files and their history."""
    _read: list[Library] = field(default_factory=list)

    def read_day(self, text: str, option: str) -> date:
        """The day an option gives, as the office writes days. Raises ``UsageError`` for anything else."""
        found = self.writing.day(text)
        if found is None:
            given = _("“{text}”, which is no day of the calendar", text=text) if no_such_day(text) else Message("“{text}”", {"text": text})
            raise UsageError(_("{option} is {given}; {expected} is expected", option=option, given=given, expected=self.writing.example))
        return found

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.terminal.language

    @cached_property
    def translate(self) -> Translate:
        """From English to the reader's language."""
        from qmsctl.store.catalogue import translator

        return translator(self.language)

    @cached_property
    def writing(self) -> Writing:
        """How days and numbers are typed in the office of ``--repo``; where there is none, as its language would have them."""
        return writing_of(office_line(self.start, "dates"), office_line(self.start, "language") or self.language)

    @cached_property
    def clock(self) -> datetime:
        """The moment the command began."""
        from qmsctl.store.clock import now

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
            from qmsctl.store.writing.writer import doubt, was_interrupted

            if was_interrupted(root, git):
                self.teller.interrupted(doubt(root, git))

    def _located(self, start: Path, at: str | None = None) -> Place:
        from qmsctl.store.loading import locate

        if not start.is_dir():
            from qmsctl.mend import Hole, command, with_general

            raise RepositoryError(_("there is no folder {path}", path=str(start)), with_general(command(""), C=Hole("folder")).in_order_to(_("name the folder of a QMS")))
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

        return Occasion(self._located(start or self.start), self.clock, self.day, self.language, self.teller, command_line.verb())

    @cached_property
    def teller(self) -> Telling:
        """Says what goes on while a command writes."""
        return Telling(self)

    def library(self, place: Place, *, exact: bool = False) -> Library:
        """All of the QMS at ``place``, on the day of ``--today``; ``exact`` where every file has to be read."""
        from qmsctl.store.loading import everything, load

        library = load(place, self.clock, self.day, exact=everything if exact else None)
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

    def words(self, value: object) -> str:
        """A message, label, date or text as the reader sees it, on one line; nothing in it can steer a terminal."""
        return " ".join(visible(show(self.again.words(value), self.translate, self.language)).splitlines())

    def label(self, label: Label) -> str:
        """A label in the reader's language."""
        return label.in_language(self.language)

    def print(self, text: str = "") -> None:
        """Data, on standard output. Raises :class:`OutputLost`."""
        with to_output():
            print(text)

    def flush(self) -> None:
        """Have on its way what was printed. Raises :class:`OutputLost`."""
        with to_output():
            sys.stdout.flush()

    def say(self, message: Worded) -> None:
        """Talk, on standard error."""
        self.say_text(self.words(message))

    def say_text(self, text: str) -> None:
        """Talk that is already in words. Where nobody can hear it the command goes on, and :attr:`unheard` says so."""
        try:
            print(text, file=sys.stderr)
        except OSError as error:
            self.unheard = self.unheard or OutputLost(Stream.ERR, error)
            silence(sys.stderr)

    def say_written(self) -> None:
        """Say which files were written, where the command cannot come to its end; nothing where it wrote none."""
        if self.wrote:
            self.say(_("what was changed stands: {paths}", paths=self.wrote))

    def say_next(self, mend: Mend) -> None:
        """What comes next, once something is done; a command is announced as such where the mend says no more."""
        from qmsctl.mend import Command

        self.say(_("next: {command}", command=mend.hint) if mend.why is None and isinstance(mend.steps[0], Command) else mend.hint)

    def complain(self, message: Message, mend: Mend | None = None) -> None:
        """An error and how to mend it, on standard error."""
        self._mark(_("error"), RED, message, mend)

    def warn(self, message: Message, mend: Mend | None = None) -> None:
        """What hinders nothing now, and how to mend it, on standard error."""
        self._mark(_("warning"), YELLOW, message, mend)

    def _mark(self, word: Message, colour: str, message: Message, mend: Mend | None) -> None:
        self.say_text(f"{self.colour(self.words(word) + ':', colour, Stream.ERR)} {self.words(message)}")
        if mend is not None:

            self.say_text(f"  → {self.words(mend.hint)}")

    def colour(self, text: str, code: str, stream: Stream = Stream.OUT) -> str:
        """``text`` in a colour, where they are wanted and the stream is a terminal."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.terminal.is_coloured(stream) else text
