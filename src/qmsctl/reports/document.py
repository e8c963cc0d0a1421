"""A document as the paper an office issues: its head on every page, who approved it, what each issue changed, and its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from qmsctl.core.comparison.chosen_text import chosen
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.procedures.forms import FORM, FormRows, linked
from qmsctl.core.procedures.steps import BLOCK
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.records.controlled_copy import controlled_copy
from qmsctl.core.records.distribution import copies_out, held_by
from qmsctl.core.signoffs.round import Round
from qmsctl.core.text.qr_squares import QrSquares
from qmsctl.core.text.values import read_integer
from qmsctl.errors import Refusal
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.amendment_log import Amendment, amendments
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.document_text import Text, body_text
from qmsctl.reports.parts.head_box import HeadBox, Mark, capitals, margins, measures
from qmsctl.reports.parts.linked_names import linked_names
from qmsctl.reports.parts.procedure_sheet import StepLine, step_lines
from qmsctl.reports.parts.signing_places import SigningPlaces, signing_places
from qmsctl.reports.parts.stamp import Stamp, controlled, stamp
from qmsctl.reports.portal.standing_addresses import on_the_web
from qmsctl.value import dataclass

ABOUT = About.DOCUMENT
EXAMPLE = "QT-07"

_AMENDMENT = "amendment"


@dataclass(frozen=True, slots=True)
class Place:
    """Who is to have the document, and the numbers of the copies that are there."""

    name: str
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What stands before the text: approval, both days, places and amendments."""

    signing: SigningPlaces
    issued: date | None
    effective: date | None
    places: tuple[Place, ...]
    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class DocumentPaper:
    """A document in one of its texts. ``first`` is ``None`` for a form, which is to be filled in.

    ``digest`` is that of the text which was signed. ``steps`` are drawn as a flow chart where there is
    one table of them. ``names`` are the ids of what the text links to, by the names of the files. No link leads out of the
    page, so ``anchors`` is empty. ``leads_to`` is where on the web the holder of a controlled copy finds the text in force, and ``code`` says
    the same to a telephone, where it could be drawn.
    """

    SHEETS: ClassVar = ("paper", "head-box")

    cover: Cover
    head: HeadBox
    stamp: Stamp
    digest: str
    id: str
    revision: int | None
    is_form: bool
    first: FirstPage | None
    steps: tuple[StepLine, ...]
    text: Text
    names: Mapping[str, str]
    anchors: Mapping[str, str]
    leads_to: str
    code: QrSquares | None

    @property
    def margins(self) -> tuple[tuple[str, tuple[object, ...]], ...]:
        """The words in the margins of every page."""
        return margins(self.head, self.stamp.words, self.digest)

    @property
    def measures(self) -> tuple[tuple[str, float], ...]:
        """The measures of the head."""
        return measures(self.head)


def build(library: Library, result: CheckResult, options: ReportOptions) -> DocumentPaper:
    """The revision that ``options.span`` names, else that in force, else the working text.

    Raises ``Refusal`` where there is no such text, :class:`NotSo` where ``options.copy`` is no controlled copy of it.
    """
    return of_text(*_text(library, options.subject, read_integer(options.span)), library, options)


def of_text(item: Item, found: Round | None, library: Library, options: ReportOptions) -> DocumentPaper:
    """The paper of one text of a document; ``found`` is its submission, if it was submitted."""
    seal = stamp(found, library)
    if options.copy:
        seal = controlled(controlled_copy(library, item.id, found, options.copy))
    is_form = item.type.name == FORM
    return DocumentPaper(
        cover=cover(_("{id} {title}", id=item.id, title=item.title), library, options),
        head=_head(item, found, library),
        stamp=seal,
        digest=item.sha256,
        id=item.id,
        revision=found.revision if found else item.revision,
        is_form=is_form,
        first=None if is_form else _first(item, found, library),
        steps=step_lines(item, library) if len(item.body.block(BLOCK)) == 1 else (),
        text=body_text(item, library),
        names=linked_names(item, library),
        anchors={},
        leads_to=on_the_web(item, library) if options.copy else "",
        code=None,
    )


def _text(library: Library, subject: str, revision: int | None) -> tuple[Item, Round | None]:
    working = library.by_id.get(subject)
    if working and revision is not None and working.revision == revision and library.standing(subject).revision(revision) is None:
        return working, None
    item, found = chosen(library, subject, revision)
    if not item.is_document:
        raise Refusal(
            _("{id} is a record; a document is printed", id=subject),
            command("show", subject).in_order_to(_("to see it")),
        )
    if found is None:
        found = library.standing(subject).under_way
    return text_of(found, library) or item, found


def _head(item: Item, found: Round | None, library: Library) -> HeadBox:
    revision = found.revision if found else item.revision
    marks: list[Mark] = [(_("Code"), item.id), (_("Revision"), f"{revision:02}" if revision else "–")]
    amendment, field = item.integer(_AMENDMENT), item.type.fields.get(_AMENDMENT)
    if amendment is not None and field is not None:
        marks.append((field.label, f"{amendment:02}"))
    marks.append((_("Issued on"), (found.approved_on if found else None) or "–"))
    return HeadBox(library.config.name, capitals(item.type.label), item.title, tuple(marks))


def _first(item: Item, found: Round | None, library: Library) -> FirstPage:
    return FirstPage(
        signing=signing_places(item, found, library),
        issued=found.approved_on if found else None,
        effective=found.effective_on if found and found.effective_on else item.day("effective"),
        places=_places(item, found, library),
        amendments=amendments(item, found, library),
    )


def _places(item: Item, found: Round | None, library: Library) -> tuple[Place, ...]:
    """The units that are to have it, and whoever else has a copy of this revision."""
    copies: dict[str, list[str]] = {naming.unit(library, name): [] for name in item.texts("distribution")}
    for record in copies_out(library, item.id) if found else ():
        if found and record.integer("revision") == found.revision:
            copies.setdefault(held_by(library, record), []).extend(record.texts("copies"))
    return tuple(Place(name, tuple(numbers)) for name, numbers in copies.items())


def forms(library: Library, subject: str, revision: int | None = None) -> tuple[str, ...]:
    """The forms in force that belong to a document, or that its text names, by id."""
    item, _found = _text(library, subject, revision)
    return forms_of(item, (each.id for each in library.by_type.get(FORM, ()) if each.text("parent") == item.id), library)


def forms_of(item: Item, own: Iterable[str], library: Library) -> tuple[str, ...]:
    """Those in force among its ``own`` and those that its text names."""
    named = (each.id for each in (*FormRows().named(item), *linked(item)))
    return tuple(sorted(each for each in {*named, *own} if _is_form(each, library)))


def _is_form(subject: str, library: Library) -> bool:
    in_force = library.standing(subject).in_force
    return in_force is not None and in_force.copy is not None and in_force.copy.type.name == FORM
