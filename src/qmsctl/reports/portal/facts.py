"""What stands at the head of a page for everybody: what the text says of itself, else the decision that announced it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.procedures.announced import Announced, announced
from qmsctl.message import _
from qmsctl.reports.parts.cell import Piece, pieces
from qmsctl.reports.parts.data_table import Detail

_MARKS = ("tthc", "announced", "portal_checked")
"""What a reader needs to find the official text: of a service they are told of even where they are not filled in."""


def is_official(item: Item) -> bool:
    """True in an agency, for what it does because a decision announced it."""
    return _MARKS[0] in item.type.fields


def public_services(library: Library) -> Mapping[str, tuple[Announced, ...]]:
    """What decisions that are for everybody say of each procedure, by its id."""
    return {name: tuple(each for each in found if each.is_public) for name, found in announced(library).items()}


def facts_of(item: Item, services: Mapping[str, tuple[Announced, ...]], library: Library) -> Iterator[Detail]:
    """The fields that are for everybody; what the text leaves out of them, as its services were announced."""
    told = _announced(services.get(item.id, ()))
    for name in item.type.openness.fields:
        if name != "title" and name in item.type.fields:
            field = item.type.fields[name]
            shown = pieces(field, item.node(name), library) or told.get(name, ())
            if shown or name in _MARKS or item.has(name):
                yield Detail(field.label, shown)


def says_all(item: Item, services: Mapping[str, tuple[Announced, ...]]) -> bool:
    """True where the page says all that leads to the official text."""
    told = _announced(services.get(item.id, ()))
    return all(item.has(name) or told[name] for name in _MARKS)


def _announced(services: tuple[Announced, ...]) -> Mapping[str, tuple[Piece, ...]]:
    """What the fields of a procedure could say of these services; of several days on which they were checked the earliest."""
    decisions = dict.fromkeys((each.number, each.issued or "?", each.issuer) for each in services)
    days = [each.checked for each in services if each.checked]
    return {
        "tthc": tuple(Piece(each) for each in dict.fromkeys(each.code for each in services)),
        "field": tuple(Piece(each) for each in dict.fromkeys(each.field for each in services if each.field)),
        "announced": tuple(Piece(_("{number} of {day}, {issuer}", number=number, day=day, issuer=issuer)) for number, day, issuer in decisions),
        "portal_checked": (Piece(min(days)),) if days else (),
    }
