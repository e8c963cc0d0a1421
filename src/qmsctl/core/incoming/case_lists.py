"""Lists of cases as one-stop systems write them: ids and times are taken, persons are left."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from qmsctl.core.cases.case import Case
from qmsctl.core.cases.cells import AND, BETWEEN, Cells
from qmsctl.core.cases.columns import FIXED, REQUIRED, Header
from qmsctl.core.cases.table import Fault, read_rows
from qmsctl.core.incoming.binding import Bound, bind
from qmsctl.core.incoming.columns import ColumnMap, Parts, unknown
from qmsctl.core.incoming.head import find_head, groups
from qmsctl.core.incoming.moments import moment_text, words_of
from qmsctl.core.incoming.sheet import Cell, Row, Sheet
from qmsctl.core.text.labels import plain_label
from qmsctl.core.types.kinds import shortened
from qmsctl.message import Message, _
from qmsctl.value import dataclass, replace

TARGETS = frozenset((*FIXED, "stop_from", "stop_until", "tthc", "tthc_name"))
_TIMES = ("received", "due", "finished")
_TAKEN_ALONE = ("case", *_TIMES)

Who = Callable[[str], str | None]
"""The id of the role or person that a text names."""


class Export(NamedTuple):
    """A case of a list, and of which administrative procedure it is, by code and name; empty where the list does not say."""

    case: Case
    tthc: str = ""
    tthc_name: str = ""


@dataclass(frozen=True, slots=True)
class CaseList:
    """What was taken of a list, what was left of it, and what is wrong with it.

    ``columns`` are those that the list has; what it has no column for, it says nothing about. ``passed`` counts the rows that are no cases.
    """

    exports: tuple[Export, ...]
    columns: frozenset[str]
    steps: tuple[str, ...]
    faults: tuple[Fault, ...]
    left: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    passed: int = 0


@dataclass(frozen=True, slots=True)
class Office:
    """What a list of cases is read by: the zone of its times, whether the day stands first, and whom names mean."""

    zone: tzinfo
    day_first: bool
    who: Who


def weight(sheet: Sheet, maps: Sequence[ColumnMap]) -> int:
    """How much of a table the best of these maps knows."""
    return max((_weight(sheet, each) for each in maps), default=0)


def _weight(sheet: Sheet, given: ColumnMap) -> int:
    head = find_head(sheet, given.knows)
    return sum(bool(each) and given.knows(plain_label(each)) for each in head.headings) if head else 0


def chosen_map(sheets: Sequence[Sheet], maps: Sequence[ColumnMap]) -> ColumnMap:
    """The map that knows most of the columns of these tables, the first of several."""
    return max(maps, key=lambda each: sum(_weight(sheet, each) for sheet in sheets))


def read_cases(sheets: Sequence[Sheet], given: ColumnMap, steps: Collection[str], office: Office) -> CaseList:
    """The cases of all tables that have a head; steps are columns where their numbers are headings."""
    found = [each for sheet in sheets if not sheet.hidden and (each := _Reading.of(sheet, given, steps, office, several=len(sheets) > 1))]
    if not found:
        return CaseList((), frozenset(), (), (Fault(0, _no_head(given)),))
    lists = [each.cases() for each in found]
    return CaseList(
        tuple(case for each in lists for case in each.exports),
        frozenset[str]().union(*(each.columns for each in lists)),
        tuple(dict.fromkeys(step for each in lists for step in each.steps)),
        tuple(fault for each in lists for fault in each.faults),
        tuple(dict.fromkeys(name for each in lists for name in each.left)),
        tuple(dict.fromkeys(name for each in lists for name in each.personal)),
        sum(each.passed for each in lists),
    )


def _no_head(given: ColumnMap) -> Message:
    return _("no row names the columns: of those that “{map}” knows, at least three are expected, such as {columns}", map=given.name, columns=_TAKEN_ALONE)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The reading of one table; ``name`` tells it from others of the file."""

    sheet: Sheet
    map: ColumnMap
    rows: tuple[Row, ...]
    bound: Bound | tuple[Message, ...]
    line: int
    steps: tuple[str, ...]
    office: Office
    name: str

    @classmethod
    def of(cls, sheet: Sheet, given: ColumnMap, steps: Collection[str], office: Office, *, several: bool) -> _Reading | None:
        numbers = {plain_label(word): step for step in steps for word in (step, f"step {step}", f"bước {step}")}
        head = find_head(sheet, lambda heading: heading in numbers or given.knows(heading))
        if head is None:
            return None
        headings = tuple(numbers.get(plain_label(each), each) for each in head.headings)
        bound = bind(replace(head, headings=headings), given, steps)
        own = tuple(each for each in headings if each in steps)
        return cls(sheet, given, head.rows, bound, head.line, own, office, sheet.name if several else "")

    def cases(self) -> CaseList:
        if not isinstance(self.bound, Bound):
            return CaseList((), frozenset(), (), tuple(self._fault(self.line, each) for each in self.bound))
        missing = tuple(words for key, words in REQUIRED.items() if key not in self.bound.places)
        if missing:
            return CaseList((), frozenset(), (), (self._fault(self.line, _("these columns are missing: {columns}", columns=missing)),))
        return self._read(self.bound)

    def _read(self, bound: Bound) -> CaseList:
        rows = tuple(self._cases_among(bound))
        faults = [self._fault(row.line, each) for row in rows for each in self._faults(bound, row)]
        names = (*FIXED, *self.steps)
        given = [(row.line, [self._word(bound, row, name) for name in names]) for row in rows]
        table = read_rows(given, Header(names, self.steps), Cells(self.office.zone, self.office.day_first), quoting=False)
        by_line = {row.line: row for row in rows}
        exports = tuple(Export(case, *(words_of(bound.cell(by_line[case.line], name)) for name in ("tthc", "tthc_name"))) for case in table.cases)
        return CaseList(
            exports, frozenset(bound.places) | ({"stops"} if self._tells_stops(bound) else frozenset()), self.steps,
            (*faults, *(self._fault(fault.line, fault.message) for fault in table.faults)),
            bound.left, bound.personal, sum(1 for _each in groups(self.rows)) - len(rows),
        )

    def _cases_among(self, bound: Bound) -> Iterator[Row]:
        """The rows that are cases, and those between them that ought to be: what stands below the last one are totals and signatures."""
        written = Cells(self.office.zone, self.office.day_first)
        rows = [row for row, grouping in groups(self.rows) if not grouping and not bound.passes(row)]
        last = max((place for place, row in enumerate(rows) if self._is_case(bound, row, written)), default=-1)
        for place, row in enumerate(rows[: last + 1]):
            if place == last or sum(not bound.cell(row, name).is_empty for name in _TAKEN_ALONE) > 1 or self._is_case(bound, row, written):
                yield row

    def _is_case(self, bound: Bound, row: Row, written: Cells) -> bool:
        """True where the id is one of a case, or some time is one."""
        case = words_of(bound.cell(row, "case"))
        times = (moment_text(bound.cell(row, name), self.sheet) for name in _TIMES)
        return (" " not in case and any(letter.isdigit() for letter in case)) or any(written.due(each) for each in times)

    def _faults(self, bound: Bound, row: Row) -> Iterator[Message]:
        for name in (*FIXED, *self.steps):
            if bound.cell(row, name).formula:
                yield _("“{field}” is a formula, which is not taken: give the file with its values", field=name)
        releasing = words_of(bound.cell(row, "released_by"))
        if releasing and self.office.who(releasing) is None:
            yield _("“released_by” names no role of qms.yaml and no person of people.yaml")
        for heading, place in bound.parts.items():
            cell = row.cells[place] if place < len(row.cells) else Cell()
            yield from _unknown_parts(heading, self.map.parts[heading], cell)

    def _word(self, bound: Bound, row: Row, name: str) -> str:
        cell = bound.cell(row, name)
        match name:
            case "case" | "supplements":
                return words_of(cell)
            case "released_by":
                return self.office.who(words_of(cell)) or ""
            case "stops":
                return self._stops(bound, row)
            case _:
                return moment_text(cell, self.sheet)

    def _stops(self, bound: Bound, row: Row) -> str:
        """All that the row says of stops, in the form of data files."""
        begun = moment_text(bound.cell(row, "stop_from"), self.sheet)
        found = [words_of(bound.cell(row, "stops")), *([f"{begun}{BETWEEN}{moment_text(bound.cell(row, 'stop_until'), self.sheet)}"] if begun else [])]
        for heading, place in bound.parts.items():
            parts = self.map.parts[heading]
            for each in row.cells[place].parts if place < len(row.cells) else ():
                known = {plain_label(key): moment_text(Cell(text), self.sheet) for key, text in each.items()}
                found.append(f"{known.get(parts.start, '')}{BETWEEN}{known.get(parts.end, '')}")
        return AND.join(each for each in found if each)

    def _tells_stops(self, bound: Bound) -> bool:
        return bool(bound.parts) or "stop_from" in bound.places

    def _fault(self, line: int, message: Message) -> Fault:
        return Fault(line, _("sheet “{sheet}”: {problem}", sheet=self.name, problem=message) if self.name else message)


def _unknown_parts(heading: str, parts: Parts, cell: Cell) -> Iterator[Message]:
    if cell.text:
        yield _("“{field}”: a list of records is expected", field=heading)
    names: Mapping[str, str] = {plain_label(key): key for each in cell.parts for key in each}
    for plain, name in names.items():
        if plain not in (parts.start, parts.end) and plain not in parts.leave:
            yield unknown(shortened(name))
