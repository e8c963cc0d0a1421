"""The management review on a page: what leaders look at first, then every input, decisions and signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.asked import item
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.management_reviews import under_way
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.records.as_of import as_of
from qmsctl.core.review.figures import Figures
from qmsctl.core.review.inputs import BLOCK, REVIEW, asked_for, figures_in, inputs, told
from qmsctl.core.review.nonconformities import Problems
from qmsctl.core.review.objectives import Objectives
from qmsctl.core.review.performance import Performance
from qmsctl.core.review.previous import Previous
from qmsctl.errors import Refusal
from qmsctl.mend import command
from qmsctl.message import Label, Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.bars import Bar
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.decisions import Decision, decisions
from qmsctl.reports.parts.document_text import Text, section_text
from qmsctl.reports.parts.review_charts import (
    Found,
    Kept,
    Month,
    Target,
    Tile,
    ages,
    causes,
    kept,
    months,
    targets,
    tiles,
)
from qmsctl.reports.parts.state import State, record_state
from qmsctl.reports.parts.state_signatures import StateSignature, state_signatures
from qmsctl.value import dataclass

ABOUT = About.RECORD_IF_NAMED
OF_DAYS = True
EXAMPLE = "XXLD-2026-01"


@dataclass(frozen=True, slots=True)
class InputLine:
    """An input: what is said of it, remarks of the office, and where the figures come from."""

    name: Label | str
    anchor: str
    content: tuple[Message | str, ...]
    note: str
    source: str
    asked: bool


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """When it is held and by whom; ``recorded`` says that the inputs are those of the record, not computed now."""

    id: str
    title: str
    state: State | None
    planned: date | None
    held: date | None
    start: date | None
    end: date | None
    chair: str
    attendees: tuple[str, ...]
    next: date | None
    recorded: bool


@dataclass(frozen=True, slots=True)
class ManagementReview:
    """The page of a review; ``earlier`` are the decisions of reviews before it that are not done."""

    cover: Cover
    facts: ReviewFacts
    tiles: tuple[Tile, ...]
    causes: tuple[Bar, ...]
    ages: tuple[Bar, ...]
    months: tuple[Month, ...]
    kept: tuple[Kept, ...]
    targets: tuple[Target, ...]
    inputs: tuple[InputLine, ...]
    earlier: tuple[Decision, ...]
    outputs: tuple[Decision, ...]
    minutes: Text | None
    signatures: tuple[StateSignature, ...]
    anchors: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> ManagementReview:
    """The review ``options.subject``, else the one under way, else what one would look at. Raises ``Refusal``."""
    review = _chosen(library, options.subject)
    period = _period(review, options, library)
    rows = tuple(review.block_rows(BLOCK)) if review else ()
    recorded = any("figures" in row.entries for row in rows)
    found = inputs(library, period, review.id if review else "") if not recorded else ()
    read = (figures_in(row.text("input") or "", row.entries["figures"]) for row in rows if "figures" in row.entries)
    figures = Found((*(each.figures for each in found), *filter(None, read)))
    lines = (*_recorded(review, library), *(_computed(each.name, each.figures, library) for each in found))
    own = {line.anchor for line in lines}
    return ManagementReview(
        cover=cover(_("Management review {id}", id=review.id) if review else _("Inputs of the management review"), library, options),
        facts=_facts(review, period, library, recorded=recorded),
        tiles=tuple(tile for tile in tiles(figures, library) if tile.anchor in own),
        causes=causes(figures.get(Problems), library),
        ages=ages(figures.get(Problems)),
        months=months(figures.get(Problems), period, library),
        kept=kept(figures.get(Performance), library),
        targets=targets(figures.get(Objectives), library),
        inputs=tuple(lines),
        earlier=tuple(each for each in _earlier(as_of(library, period.end or library.today), figures.get(Previous)) if not each.done),
        outputs=decisions(review, library) if review else (),
        minutes=_minutes(review, library),
        signatures=state_signatures(review, library) if review else (),
        anchors={},
    )


def _chosen(library: Library, subject: str) -> Item | None:
    if not subject:
        return under_way(library)
    found = item(library, subject)
    if found.type.name != REVIEW:
        raise Refusal(_("{id} is no management review", id=subject), command("list", REVIEW).in_order_to(_("to see them all")))
    return found


def _period(review: Item | None, options: ReportOptions, library: Library) -> Period:
    usual = options.period(library.today)
    if review is None:
        return usual
    return Period(options.start or review.day("period_from") or usual.start, options.end or review.day("period_until") or usual.end)


def _facts(review: Item | None, period: Period, library: Library, *, recorded: bool) -> ReviewFacts:
    return ReviewFacts(
        id=review.id if review else "",
        title=review.title if review else "",
        state=record_state(review, library) if review else None,
        planned=review.day("date") if review else None,
        held=review.day("held") if review else None,
        start=period.start,
        end=period.end,
        chair=naming.person(library, review.text("chair") or "") if review else "",
        attendees=tuple(naming.holder(library, name) for name in review.texts("attendees")) if review else (),
        next=review.day("next") if review else None,
        recorded=recorded,
    )


def _recorded(review: Item | None, library: Library) -> Iterator[InputLine]:
    """The rows of the record, several of one input one after another."""
    asked, seen = asked_for(library), 0
    for row in review.block_rows(BLOCK) if review else ():
        name, seen = row.text("input") or "", seen + 1
        anchor = naming.anchor("input", name) if "figures" in row.entries else naming.anchor("row", str(seen))
        content = tuple(filter(None, (row.text("content"),)))
        yield InputLine(_label(name, library), anchor, content, row.text("note") or "", row.text("source") or "", name in asked)


def _computed(name: str, figures: Figures, library: Library) -> InputLine:
    return InputLine(_label(name, library), naming.anchor("input", name), told(figures, library), "", "", name in asked_for(library))


def _label(name: str, library: Library) -> Label | str:
    kind = library.types.get(REVIEW)
    column = kind.blocks[BLOCK].keys.get("input") if kind and BLOCK in kind.blocks else None
    return column.values.get(name, name) if column else name


def _earlier(library: Library, figures: Previous) -> Iterator[Decision]:
    """What the figures name as open, with what is known of it on the day of ``library``."""
    names = figures.open
    reviews = dict.fromkeys(name.partition("/")[0] for name in names)
    for review in (found for each in reviews if (found := library.by_id.get(each))):
        yield from (each for each in decisions(review, library) if f"{review.id}/{each.no}" in names)


def _minutes(review: Item | None, library: Library) -> Text | None:
    text = section_text(review, "minutes", library) if review else None
    unwritten = text is None or not text.markdown.strip() or text.markdown.strip().startswith("*(")
    return None if unwritten else text
