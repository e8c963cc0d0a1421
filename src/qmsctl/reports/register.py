"""The registers an office used to keep by hand: documents and records, on one page."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.message import Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.external_list import External, external_row, is_external
from qmsctl.reports.parts.master_list import Group, Place, groups, master_list, places
from qmsctl.reports.parts.readership import Reading, reading
from qmsctl.reports.parts.record_list import HeldGroup, KeptRecord, held_records, kept_records
from qmsctl.reports.parts.register_sheets import sheets
from qmsctl.reports.parts.sheet import Sheet
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
        found = sheets(self.groups, self.external, self.places, self.reading, self.kept, self.held)
        return tuple(each for each in found if each.id in self.sections)


def build(library: Library, result: CheckResult, options: ReportOptions) -> Register:
    """The register of a library; the check's result is not shown in it."""
    rows, held = master_list(library), held_records(library)
    sections = {name: title for name, title in SECTIONS.items() if name in (options.sections or SECTIONS)}
    own, external = tuple(row for row in rows if not is_external(row, library)), tuple(row for row in rows if is_external(row, library))
    shown = (*(own if "documents" in sections else ()), *(external if "external" in sections else ()))
    return Register(
        cover=cover(_("Register of documents and records"), library, options),
        sections=sections,
        groups=groups(library, own),
        external=tuple(external_row(row, library) for row in external),
        places=places(rows, library),
        reading=reading(library),
        kept=kept_records(library),
        held=held,
        anchors=naming.anchors(shown, *(group.rows for group in held if "held" in sections)),
    )
