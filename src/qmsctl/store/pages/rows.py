"""The rows of a long list as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Protocol

from markupsafe import Markup

from qmsctl.regex import regex

_PLACE = regex(r"\{(\w+)\}")
_OWN: Mapping[str, Callable[[Listed], str]] = {
    "id": lambda row: row.id, "address": lambda row: row.address, "title": lambda row: row.title or row.id, "words": lambda row: " ".join(filter(None, row.words)),
}
"""What each row says of itself alone."""
_END = "\n"


class Listed(Protocol):
    """A document or record in a list."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def address(self) -> str:
        """Where its page stands, from the top."""

    @property
    def title(self) -> str:
        """Its title, which may be empty."""

    @property
    def words(self) -> tuple[str, ...]:
        """By what else it is found."""

    @property
    def revision(self) -> int | None:
        """Its revision."""

    @property
    def day(self) -> date | None:
        """From when on it is in force."""

    @property
    def unit(self) -> str:
        """The name of its unit."""

    @property
    def state(self) -> object:
        """Where it stands."""


def filled(rows: Iterable[Listed], pattern: str, cell: Callable[[str, object], str]) -> Markup:
    """``pattern`` once a row, its places filled. There are thousands of rows, and in a template each expression of each would be escaped anew.

    ``cell`` makes what stands in the places of which many rows have the same, by name and value.
    """
    found, begun, between = tuple(rows), dict[object, str](), _PLACE.split(str(pattern).replace("%", "%%"))
    places = between[1::2]

    def begin(row: Listed) -> str:
        """The row of all that are alike but for what each says of itself."""
        key = row.revision, row.day, row.unit, id(row.state)
        if key not in begun:
            between[1::2] = ("%s" if place in _OWN else str(cell(place, getattr(row, place))).replace("%", "%%") for place in places)
            begun[key] = "".join(between)
        return begun[key]

    own = zip(*(_escaped([*map(_OWN[place], found)]) for place in places if place in _OWN), strict=True)
    return Markup("".join([begin(row) % each for row, each in zip(found, own, strict=True)]))  # noqa: S704 — escaped


def _escaped(texts: Sequence[str]) -> Sequence[str]:
    """Each of them escaped: as one text, for there are thousands."""
    found = escape(_END.join(texts)).split(_END)
    return found if len(found) == len(texts) else [*map(escape, texts)]
