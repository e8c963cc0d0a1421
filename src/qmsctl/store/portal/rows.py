"""The rows of a long list as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from html import escape
from typing import Protocol

from markupsafe import Markup

_OWN = {name: f"{{{name}}}" for name in ("id", "address", "title")}
_ALIKE = ("revision", "day", "unit", "state")


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
    begun: dict[object, Callable[..., str]] = {}

    def begin(row: Listed) -> Callable[..., str]:
        """The row of all that are alike but for what they are called."""
        key = row.revision, row.day, row.unit, id(row.state)
        if key not in begun:
            alike = {name: str(cell(name, getattr(row, name))).replace("{", "{{").replace("}", "}}") for name in _ALIKE}
            begun[key] = str(pattern).format(**_OWN, **alike).format
        return begun[key]

    return Markup("".join([begin(row)(id=escape(row.id), address=escape(row.address), title=escape(row.title or row.id)) for row in rows]))  # noqa: S704 — escaped
