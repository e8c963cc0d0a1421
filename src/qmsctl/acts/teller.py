"""How an act lets somebody know what goes on while it is at work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from qmsctl.errors import QmsError
from qmsctl.store.writing.holder import Holder


class Teller(Protocol):
    """Whoever sits before the act: a terminal, a page, an editor.

    ``is_watched`` says whether a person sees what a program that is run writes to standard error.
    """

    @property
    def is_watched(self) -> bool:
        """True where words of another program reach a person."""

    def interrupted(self, doubt: QmsError | None) -> None:
        """An earlier act was interrupted, and this one changes nothing about it; nor will another one where there is a ``doubt``."""

    def finished(self, paths: Sequence[str], commit: str | None, doubt: QmsError | None) -> None:
        """What an earlier act left half done is done now: these files, in ``commit`` if one was wanted; ``doubt`` is what is left of it."""

    def waits(self, holder: Holder) -> None:
        """Another act is writing, as it says itself, and this one waits for its turn."""

    def touch(self, count: int) -> None:
        """The security key has to be touched, once for each of ``count`` sign-offs."""
