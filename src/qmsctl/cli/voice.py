"""How a command speaks: in the reader's language, data on standard output and talk on standard error."""

from __future__ import annotations

import sys
from functools import cached_property
from typing import TYPE_CHECKING

from qmsctl.cli.given_again import GivenAgain
from qmsctl.cli.streams import OutputLost, silence, to_output
from qmsctl.cli.terminal import RED, YELLOW, Stream, Terminal
from qmsctl.core.text.characters import visible
from qmsctl.message import Label, Message, Translate, Worded, _, show
from qmsctl.value import dataclass, field

if TYPE_CHECKING:
    from qmsctl.mend import Mend


@dataclass
class Voice:
    """The terminal, and commands as this person types them.

    ``wrote`` are the paths that the command has written so far; ``unheard`` is why its talk reaches nobody, where that is so.
    """

    terminal: Terminal = field(default_factory=Terminal)
    again: GivenAgain = field(default_factory=GivenAgain)
    wrote: tuple[str, ...] = ()
    unheard: OutputLost | None = None

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.terminal.language

    @cached_property
    def translate(self) -> Translate:
        """From English to the reader's language."""
        from qmsctl.store.shipped.catalogue import translator

        return translator(self.language)

    def words(self, value: object) -> str:
        """A message, label, date or text as the reader sees it, on one line; nothing in it can steer a terminal."""
        text = value if type(value) is str else show(self.again.words(value), self.translate, self.language)
        return text if text.isprintable() else " ".join(visible(text).splitlines())

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
