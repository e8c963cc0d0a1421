"""The registers an office used to keep by hand: documents and records, on one page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.message import Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.master_list import Group, Listed, groups, master_list
from qmsctl.reports.parts.readership import Reading, reading
from qmsctl.reports.parts.record_list import HeldGroup, KeptRecord, held_records, kept_records
from qmsctl.reports.parts.register_sheets import sheets
from qmsctl.reports.parts.sheet import Sheet
from qmsctl.reports.parts.state import GOOD, OFF, WAIT, State
from qmsctl.value import dataclass

ABOUT = About.OFFICE
SECTIONS = {
    "documents": _("Documents of the office"),
    "external": _("External documents"),
    "distribution": _("Distribution by unit"),
    "reading": _("Read and understood"),
    "kept": _("Records to be kept"),
    "held": _("Records in the system"),
}
"""The sections in their order, by the names with which they are chosen; also those of the lists."""


@dataclass(frozen=True, slots=True)
class External:
    """A document from outside: who issued it, when, and whether it is in force."""

    id: str
    anchor: str
    title: str
    number: str
    issuer: str
    issued: date | None
    in_force_from: date | None
    in_force_until: date | None
    superseded_by: tuple[str, ...]
    amended_by: tuple[str, ...]
    checked: date | None
    unit: str
    distribution: tuple[str, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and the documents that are distributed to it."""

    unit: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """The register of documents and of records, or the ``sections`` of it that were chosen; ``anchors`` is where in the page each is found."""

    cover: Cover
    sections: Mapping[str, Message]
    groups: tuple[Group, ...]
    external: tuple[External, ...]
    places: tuple[Place, ...]
    reading: tuple[Reading, ...]
    kept: tuple[KeptRecord, ...]
    held: tuple[HeldGroup, ...]
    anchors: Mapping[str, str]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The same as lists of columns, for spreadsheets and programs."""
        return tuple(each for each in sheets(self) if each.id in self.sections)


def build(library: Library, result: CheckResult, options: ReportOptions) -> Register:
    """The register of a library; the check's result is not shown in it."""
    rows, held = master_list(library), held_records(library)
    sections = {name: title for name, title in SECTIONS.items() if name in (options.sections or SECTIONS)}
    own, external = tuple(row for row in rows if not _is_external(row, library)), tuple(row for row in rows if _is_external(row, library))
    shown = (*(own if "documents" in sections else ()), *(external if "external" in sections else ()))
    return Register(
        cover=cover(_("Register of documents and records"), library, options),
        sections=sections,
        groups=groups(library, own),
        external=tuple(_external(row, library) for row in external),
        places=_places(rows, library),
        reading=reading(library),
        kept=kept_records(library),
        held=held,
        anchors=naming.anchors(shown, *(group.rows for group in held if "held" in sections)),
    )


def _is_external(row: Listed, library: Library) -> bool:
    kind = library.types.get(row.type)
    return kind is not None and bool(kind.counted_as("report register", "external"))


def _external(row: Listed, library: Library) -> External:
    item = text_of(library.standing(row.id).in_force, library) or library.by_id.get(row.id)
    assert item is not None  # a row of the master list is made from one
    return External(
        id=row.id,
        anchor=row.anchor,
        title=row.title,
        number=item.text("number") or "",
        issuer=item.text("issuer") or "",
        issued=item.day("issued"),
        in_force_from=item.day("in_force_from"),
        in_force_until=item.day("in_force_until"),
        superseded_by=item.texts("superseded_by"),
        amended_by=item.texts("amended_by"),
        checked=item.day("checked"),
        unit=row.unit,
        distribution=row.distribution,
        state=_force(row, item, library.today),
    )


def _force(row: Listed, item: Item, today: date) -> State:
    """Whether the text itself is in force; what the office decided of it comes second."""
    begin = item.day("in_force_from")
    if row.expired is not None:
        return row.expired
    if item.has("superseded_by"):
        return State(_("superseded by a later text"), OFF)
    if begin is not None and begin > today:
        return State(_("in force from {day}", day=begin), WAIT)
    return State(_("in force"), GOOD) if row.status == "effective" else row.state


def _places(rows: tuple[Listed, ...], library: Library) -> tuple[Place, ...]:
    """Every unit with what it must have, in the order of ``qms.yaml``."""
    names = [unit.name for unit in library.config.units]
    given = {name: [row.id for row in rows if row.status == "effective" and name in row.distribution] for name in names}
    return tuple(Place(name, tuple(ids)) for name, ids in given.items() if ids)
