"""Questions on a terminal, in the reader's language; a script is never asked."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Sequence

from qmsctl.cli.session import BOLD, DIM, Session
from qmsctl.core.characters import hidden, name_of
from qmsctl.message import Message, _

Problem = Callable[[str], Message | None]
"""Says what is wrong with an answer, or nothing."""


def may_ask() -> bool:
    """True where a person sits at a terminal: all three streams are one."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


class Interview:
    """Asks one thing after another. Ctrl-C or the end of input ends it as Ctrl-C does, with nothing written."""

    def __init__(self, session: Session) -> None:
        self._session = session
        _edit_lines()

    def line(self, question: Message, default: str = "", problem: Problem | None = None, needed: bool = False) -> str:
        """An answer on one line; an empty one stands for the default."""
        self._ask(question)
        if default:
            self._note(_("Enter for: {default}", default=default))
        elif not needed:
            self._note(_("Enter to pass over"))
        while True:
            answer = self._read() or default
            wrong = (problem(answer) if problem and answer else None) or (_("an answer is needed here") if needed and not answer else None)
            if wrong is None:
                return answer
            self._session.complain(wrong)

    def lines(self, question: Message) -> str:
        """An answer of several lines, which an empty line ends."""
        self._ask(question)
        self._note(_("several lines are possible; an empty line ends the answer"))
        found: list[str] = []
        while answer := self._read():
            found.append(answer)
        return "\n".join(found)

    def choice(self, question: Message, options: Sequence[tuple[str, str]], default: str = "") -> str:
        """One of ``options`` (key and words), by its number, its key or its words."""
        self._ask(question)
        for number, (_key, words) in enumerate(options, 1):
            self._session.say_text(f"  {number:>2}  {self._session.words(words)}")
        standard = next((words for key, words in options if key == default), "")
        self._note(_("Enter for: {default}", default=standard) if standard else _("Enter to pass over"))
        while True:
            answer = self._read()
            if not answer:
                return default
            found = _chosen(answer, options)
            if found is not None:
                return found
            self._session.complain(_("a number from 1 to {most} is expected", most=len(options)))

    def _ask(self, question: Message) -> None:
        self._session.say_text(self._session.colour(self._session.words(question), BOLD, sys.stderr))

    def _note(self, message: Message) -> None:
        self._session.say_text(self._session.colour(f"  ({self._session.words(message)})", DIM, sys.stderr))

    def _read(self) -> str:
        while True:
            try:
                answer = unicodedata.normalize("NFC", input("> ").strip())
            except (EOFError, KeyboardInterrupt):
                self._session.say_text("")
                self._session.say(_("nothing was written"))
                raise KeyboardInterrupt from None
            except UnicodeDecodeError:
                answer = "\ufffe"
            found = hidden(answer.replace("\ufffe", "\ufeff"))
            if found is None:
                return answer
            self._session.complain(_("hidden character {name} is not allowed here", name=name_of(found.group())))


def _chosen(answer: str, options: Sequence[tuple[str, str]]) -> str | None:
    if answer.isascii() and answer.isdigit() and len(answer) < 5 and 0 < int(answer) <= len(options):
        return options[int(answer) - 1][0]
    return next((key for key, words in options if answer.casefold() in (key.casefold(), words.casefold())), None)


def _edit_lines() -> None:
    """Arrow keys and a backspace that knows letters, where Python was built with a line editor."""
    try:
        import readline
    except ImportError:
        return
    readline.set_auto_history(False)
