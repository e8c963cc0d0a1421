"""Questions on a terminal, in the reader's language; a script is never asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date

from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD, DIM, Stream
from qmsctl.core.text.characters import hidden, name_of, unmarked
from qmsctl.message import Message, _
from qmsctl.unfilled import is_hole

PASS_OVER = _("Enter to pass over")

Problem = Callable[[str], Message | None]
"""Says what is wrong with an answer, or nothing."""


class Interview:
    """Asks one thing after another. Ctrl-C or the end of input ends it as Ctrl-C does, with nothing written."""

    def __init__(self, session: Session) -> None:
        self._session = session
        _edit_lines()

    def line(self, question: Message, problem: Problem | None = None, needed: bool = False, empty: Message = PASS_OVER) -> str:
        """An answer on one line; where it is not ``needed``, ``empty`` says what no answer means."""
        self._ask(question)
        if not needed:
            self._note(empty)
        while True:
            answer = self._read()
            wrong = (problem(answer) if problem and answer else None) or (_("an answer is needed here") if needed and not answer else None)
            if wrong is None:
                return answer
            self._session.complain(wrong)

    def day(self, question: Message, default: date) -> str:
        """A day as ``YYYY-MM-DD``, typed as the office writes days."""
        self._ask(question)
        self._note(_("Enter for: {default}", default=default))
        while True:
            answer = self._read()
            found = self._session.writing.day(answer) if answer else default
            if found is not None:
                return found.isoformat()
            self._session.complain(_("{expected} is expected", expected=self._session.writing.example))

    def lines(self, question: Message, problem: Problem) -> str:
        """An answer of several lines, which an empty line ends."""
        self._ask(question)
        self._note(_("several lines are possible; an empty line ends the answer"))
        while True:
            answer = "\n".join(iter(self._read, ""))
            wrong = problem(answer) if answer else None
            if wrong is None:
                return answer
            self._session.complain(wrong)

    def choice(self, question: Message, options: Sequence[tuple[str, str]], default: str = "", *, needed: bool = False) -> str:
        """One of ``options`` (key and words), by its number, its key or its words, with their marks or without.

        Of those that are not ``needed`` none may be chosen.
        """
        self._ask(question)
        for number, (_key, words) in enumerate(options, 1):
            self._session.say_text(f"  {number:>2}  {self._session.words(words)}")
        standard = next((words for key, words in options if key == default), "")
        if standard or not needed:
            self._note(_("Enter for: {default}", default=standard) if standard else PASS_OVER)
        while True:
            answer = self._read()
            if not answer and (default or not needed):
                return default
            found = _chosen(answer, options)
            if found is not None:
                return found
            self._session.complain(_("a number from 1 to {most} is expected, or the words behind it", most=len(options)))

    def _ask(self, question: Message) -> None:
        self._session.say_text(self._session.colour(self._session.words(question), BOLD, Stream.ERR))

    def _note(self, message: Message) -> None:
        self._session.say_text(self._session.colour(f"  ({self._session.words(message)})", DIM, Stream.ERR))

    def _read(self) -> str:
        """A line without hidden characters, in the form in which files hold it."""
        while True:
            try:
                answer = unicodedata.normalize("NFC", input("> ").strip())
            except (EOFError, KeyboardInterrupt):
                self._session.say_text("")
                self._session.say(_("nothing was written"))
                raise KeyboardInterrupt from None
            except UnicodeDecodeError:
                self._session.complain(_("this is not UTF-8 text"))
                continue
            if is_hole(answer):
                self._session.complain(_("put your own words in place of …"))
                continue
            found = hidden(answer)
            if found is None:
                return answer
            self._session.complain(_("hidden character {name} is not allowed here", name=name_of(found.group())))


def _chosen(answer: str, options: Sequence[tuple[str, str]]) -> str | None:
    if answer.isascii() and answer.isdigit() and len(answer) < 5 and 0 < int(answer) <= len(options):
        return options[int(answer) - 1][0]
    for alike in (str.casefold, unmarked):
        found = {key for key, words in options if alike(answer) in (alike(key), alike(words))}
        if len(found) == 1:
            return found.pop()
    return None


def _edit_lines() -> None:
    """Arrow keys and a backspace that knows letters, where Python was built with a line editor."""
    try:
        import readline
    except ImportError:
        return
    readline.set_auto_history(False)
