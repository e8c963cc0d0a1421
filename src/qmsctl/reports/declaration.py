"""The declaration that the system conforms to TCVN ISO 9001, to be posted, with the administrative procedures and the procedures in force annexed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar

from qmsctl.core.asked import item
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import texts
from qmsctl.errors import Refusal
from qmsctl.mend import command
from qmsctl.message import Label, Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.document_text import Text, section_text
from qmsctl.reports.parts.letterhead import Letterhead, foot, letterhead
from qmsctl.reports.parts.linked_names import linked_names
from qmsctl.reports.parts.signatures import Signature
from qmsctl.reports.parts.signing_places import backing
from qmsctl.reports.parts.stamp import DRAFT, Stamp
from qmsctl.reports.parts.state_signatures import state_signatures
from qmsctl.value import dataclass

ABOUT = About.RECORD_IF_NAMED
EXAMPLE = "CB-2025-01"

TYPE = "declaration"
_PROCEDURE, _SERVICES, _DECLARED = "procedure", "services", "declared"


@dataclass(frozen=True, slots=True)
class InForce:
    """A document by which the work is done; ``revision`` is ``None`` where none is in force."""

    id: str
    title: str
    revision: int | None
    effective: date | None


@dataclass(frozen=True, slots=True)
class Service:
    """An administrative procedure within the scope, and the documents by which it is handled."""

    number: str
    name: str
    field: str
    documents: tuple[InForce, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """The declaration and its annex; ``others`` are procedures in force that serve no administrative procedure of it.

    ``signed`` is how the head of the office signed it, ``position`` of whom that is expected.
    """

    SHEETS: ClassVar = ("paper", "letter")

    cover: Cover
    head: Letterhead
    stamp: Stamp | None
    id: str
    edition: Label | str
    decision: str
    date: date | None
    because: Label | str
    replaces: str
    scope: Text | None
    names: Mapping[str, str]
    not_applicable: tuple[tuple[str, str], ...]
    services: tuple[Service, ...]
    others: tuple[InForce, ...]
    position: str
    signed: Signature | None
    backing: Message | None
    sent_to: tuple[str, ...]

    @property
    def margins(self) -> tuple[tuple[str, tuple[object, ...]], ...]:
        """The words in the margins of every page."""
        return tuple(foot(self.id, self.cover))


def build(library: Library, result: CheckResult, options: ReportOptions) -> Declaration:
    """The declaration ``options.subject``, else the latest one. Raises ``Refusal`` where there is none."""
    found = _chosen(library, options.subject)
    signed = next((each.signature for each in reversed(state_signatures(found, library)) if each.id == _DECLARED and not each.undone), None)
    services = tuple(_services(found, library))
    return Declaration(
        cover=cover(_("Declaration of conformity {id}", id=found.id), library, options),
        head=letterhead(None, found.day("date"), library),
        stamp=_stamp(found, library, signed),
        id=found.id,
        edition=found.value_label("edition"),
        decision=found.text("decision") or "",
        date=found.day("date"),
        because=found.value_label("because"),
        replaces=found.text("replaces") or "",
        scope=section_text(found, "scope", library),
        names=linked_names(found, library),
        not_applicable=tuple((each.clause, each.reason) for each in library.config.not_applicable if each.standard == found.text("edition")),
        services=services,
        others=tuple(_others(library, {each.id for service in services for each in service.documents})),
        position=signed.role if signed else _position(found, library),
        signed=signed,
        backing=backing(signed) if signed else None,
        sent_to=tuple(part.strip() for text in found.texts("sent_to") for part in text.split(";") if part.strip()),
    )


def _chosen(library: Library, subject: str) -> Item:
    if library.types.get(TYPE) is None:
        raise Refusal(_("a declaration of conformity is made by state agencies; this office has no such records"), command("types").in_order_to(_("to see which there are")))
    if subject:
        named = item(library, subject)
        if named.type.name != TYPE:
            raise Refusal(_("{id} is no declaration of conformity", id=named.id), command("list", TYPE).in_order_to(_("to see them all")))
        return named
    found = library.by_type.get(TYPE, ())
    if not found:
        raise Refusal(_("there is no declaration of conformity yet"), command("new", TYPE).in_order_to(_("to begin one")))
    return max(found, key=lambda each: (each.status == _DECLARED, each.day("date") or date.min, each.id))


def _stamp(found: Item, library: Library, signed: Signature | None) -> Stamp | None:
    """Across what is no declaration in force: a draft, or one that a later one has replaced."""
    later = [each for each in library.by_type.get(TYPE, ()) if each.text("replaces") == found.id and each.status == _DECLARED]
    if later:
        return Stamp(_("REPLACED by {id}", id=later[0].id), across=True)
    return None if signed and found.status == _DECLARED else DRAFT


def _services(found: Item, library: Library) -> Iterator[Service]:
    for place, row in enumerate(found.block_rows(_SERVICES), 1):
        documents = texts(row.entries.get("documents"))
        yield Service(row.text("no") or str(place), row.text("name") or "", row.text("field") or "", tuple(_in_force(name, library) for name in documents))


def _in_force(subject: str, library: Library) -> InForce:
    found = library.standing(subject).in_force if subject in library.dossiers else None
    return InForce(subject, naming.title(library, subject), found.revision if found else None, found.effective_on if found else None)


def _others(library: Library, named: set[str]) -> Iterator[InForce]:
    for subject in library.subjects:
        found = library.standing(subject).in_force
        if subject not in named and found and found.copy and found.copy.type.is_a(_PROCEDURE):
            yield _in_force(subject, library)


def _position(found: Item, library: Library) -> str:
    asked = found.type.states[_DECLARED].signoff if _DECLARED in found.type.states else None
    return naming.role(library, asked.roles[0]) if asked and asked.roles else ""
