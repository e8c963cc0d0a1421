"""What the store asks of a portal and its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol


class Stretch(Protocol):
    """A stretch of a text that is not to be read, and what stands in its place."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def instead(self) -> str:
        """What stands in its place."""


class KeptBack(Protocol):
    """What stands on no page."""

    @property
    def made_from(self) -> tuple[object, ...]:
        """Values that are the same as long as it is."""

    @property
    def is_empty(self) -> bool:
        """True if there is no such thing."""

    def spans(self, text: str) -> Iterable[Stretch]:
        """Where ``text`` has it."""


class Page(Protocol):
    """A page: its address from the top, its kind, what it is made from, and its parts."""

    @property
    def address(self) -> str:
        """A relative path."""

    @property
    def kind(self) -> str:
        """Which template shows it."""

    @property
    def made_from(self) -> tuple[object, ...]:
        """Values that are the same as long as the page is, but for where it leads."""

    @property
    def parts(self) -> Callable[[], object]:
        """Makes what the template shows."""

    @property
    def leads(self) -> Callable[[], Iterable[str]]:
        """Tells the addresses to which the page links, or would if there were pages."""


class Portal(Protocol):
    """All pages of one site."""

    @property
    def public(self) -> bool:
        """Whether everybody reads it."""

    @property
    def lang(self) -> str:
        """The language of its words."""

    @property
    def made_from(self) -> tuple[object, ...]:
        """What every page is made from."""

    @property
    def pages(self) -> Sequence[Page]:
        """In any order; the first is the one where a reader begins."""

    @property
    def withheld(self) -> KeptBack:
        """What stands on none of them."""


class Built(NamedTuple):
    """What a build did: how many pages there are, how many were written, and how many files were taken away."""

    pages: int
    written: int
    removed: int
    left: tuple[str, ...] = ()
