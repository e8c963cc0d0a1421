"""A record as it is printed: its facts by their labels, its text with its tables, and who signed it."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.text.nodes import is_empty
from qmsctl.message import Label
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cell import pieces
from qmsctl.reports.parts.data_table import Detail
from qmsctl.reports.parts.document_text import Text, body_text
from qmsctl.reports.parts.record_list import told
from qmsctl.reports.parts.signatures import Signature, signature
from qmsctl.reports.parts.state import State, record_state
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One record; ``signatures`` are of all its states, the oldest first."""

    id: str
    anchor: str
    title: str
    type_label: Label
    agency: str
    state: State
    facts: tuple[Detail, ...]
    text: Text
    signatures: tuple[Signature, ...]
    path: str


def record_pages(library: Library, period: Period) -> tuple[RecordPage, ...]:
    """Every record that is open, or that a day of the period concerns, by type and id."""
    found = (item for item in library.records if told(item, period, library))
    return tuple(page_of(item, library) for item in sorted(found, key=lambda item: (item.type.name, item.id)))


def page_of(item: Item, library: Library) -> RecordPage:
    """The page of one record."""
    signed = (s for dossier in library.dossiers.get(item.id, ()) for s in dossier.signoffs)
    return RecordPage(
        id=item.id,
        anchor=naming.anchor("text", item.id),
        title=item.title,
        type_label=item.type.label,
        agency=library.config.name,
        state=record_state(item, library),
        facts=tuple(_facts(item, library)),
        text=body_text(item, library),
        signatures=tuple(signature(each, library) for each in sorted(signed, key=lambda each: each.at)),
        path=item.path,
    )


def _facts(item: Item, library: Library) -> list[Detail]:
    fields = ((field, item.node(name)) for name, field in item.type.fields.items() if name != "title")
    return [Detail(field.label, pieces(field, node, library)) for field, node in fields if not is_empty(node)]
