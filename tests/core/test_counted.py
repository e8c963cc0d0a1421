"""What a review counts: the records of any type that says so, and figures that are read as they were written."""

from __future__ import annotations

from collections.abc import Mapping as AbstractMapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.office.measuring_period import period_around
from qmsctl.core.records.counted import counted, counted_ids, counted_rows
from qmsctl.core.review.figures import ByMonth, Counts, Figures, Ids, Numbers, Words
from qmsctl.core.review.inputs import KINDS, inputs, sources
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.splice import flow
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.types.count import FIGURES
from tests.office import office

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
TYPE = """\
```yaml .qms/types/visit/type.yaml
type: visit
kind: record
label: {{en: Visit, vi: Thăm hỏi}}
id: VS-{{number:3}}
folder: records/visits
fields:
  title: {{kind: text}}
  held: {{kind: date}}
  good: {{kind: bool}}
  tags: {{kind: list, of: {{kind: text}}}}
  due: {{kind: date, moved_by: moves}}
blocks:
  moves: {{label: {{en: Moves}}, columns: {{why: {{kind: text}}, until: {{kind: date}}}}}}
  lines: {{label: {{en: Lines}}, columns: {{day: {{kind: date}}, month: {{kind: text}}, result: {{kind: text}}}}}}
counted:
  - {{for: resources, as: held, {entry}}}
states:
  - {{id: open, label: {{en: open}}, to: [closed, dropped]}}
  - {{id: closed, label: {{en: closed}}, final: true}}
  - {{id: dropped, label: {{en: dropped}}, follows: open, final: true, given_up: true}}
```
"""
VISITS = {
    "VS-001": "status: open\nheld: 2026-03-01\ngood: yes\ntags: [a, b]\ndue: 2026-05-31",
    "VS-002": "status: closed\nheld: 2026-04-01\ngood: no\ntitle: x\ndue: 2026-06-01",
    "VS-003": "status: open\nheld: 2025-12-31\ngood: true\ntags: [c]\ndue: 2026-01-01",
    "VS-004": "status: dropped\nheld: 2026-03-01\ngood: yes\ntags: [a]\ndue: 2026-01-01",
    "VS-005": "status: open",
}
BLOCKS = {
    "VS-002": "~~~lines\n- {day: 2026-02-01, month: 2026-12, result: good}\n- {day: 2026-02-02, result: bad}\n- {day: 2025-02-01, month: 2027-01, result: good}\n~~~\n",
    "VS-003": "~~~moves\n- {why: rain, until: 2026-02-01}\n- {why: storm, until: 2026-09-01}\n~~~\n~~~lines\n- {result: good}\n~~~\n",
    "VS-004": "~~~lines\n- {day: 2026-02-01, result: good}\n~~~\n",
}


def visits(entry: str) -> Library:
    records = "".join(
        f"```md records/visits/{name}.md\n---\nid: {name}\ntype: visit\n{fields_}\n---\n\n{BLOCKS.get(name, '')}```\n" for name, fields_ in VISITS.items()
    )
    library = office(TYPE.format(entry=entry) + records)
    assert not library.types.problems
    return library


@pytest.mark.parametrize(
    ("entry", "ids"),
    [
        ("in: [open]", ["VS-001", "VS-003", "VS-005"]),
        ("in: [open, dropped]", ["VS-001", "VS-003", "VS-005"]),
        ("on: held", ["VS-001", "VS-002"]),
        ("open: true", ["VS-001", "VS-003", "VS-005"]),
        ("open: false", ["VS-001", "VS-002", "VS-003", "VS-005"]),
        ('when: {good: ["yes"]}', ["VS-001", "VS-003"]),
        ("when: {good: [false]}", ["VS-002"]),
        ("when: {tags: [b, c]}", ["VS-001", "VS-003"]),
        ("when: {tags: [c], title: [x]}", []),
        ("without: [title]", ["VS-001", "VS-003", "VS-005"]),
        ("without: [title, held]", ["VS-005"]),
        ("late: due", ["VS-001"]),
        ("block: lines", ["VS-002", "VS-003"]),
        ("block: lines, on: day", ["VS-002"]),
        ("block: lines, on: held", ["VS-002"]),
        ("block: lines, on: held, where: {result: [better]}", []),
    ],
)
def test_what_counts(entry: str, ids: list[str]) -> None:
    library = visits(entry)
    assert list(counted_ids(library, "resources", "held", YEAR)) == ids
    assert counted(library, "resources", "unmet", YEAR) == ()
    assert counted(library, "suppliers", "approved", YEAR) == ()


@pytest.mark.parametrize(
    ("entry", "results"),
    [
        ("block: lines", ["good", "bad", "good", "good"]),
        ("block: lines, on: day", ["good", "bad"]),
        ("block: lines, on: month", ["good"]),
        ("block: lines, on: held", ["good", "bad", "good"]),
        ("block: lines, on: day, where: {result: [good]}", ["good"]),
        ("on: held", []),
    ],
)
def test_which_rows_count(entry: str, results: list[str]) -> None:
    assert [row.text("result") for _record, row in counted_rows(visits(entry), "resources", "held", YEAR)] == results


def test_a_type_of_an_office_counts_in_its_review_and_is_named_there() -> None:
    library = visits("on: held")
    told = next(each for each in inputs(library, YEAR) if each.name == "resources")
    assert told.figures.written() == {"held": "2"}
    assert [str(label) for label in sources("resources", library)] == ["Equipment", "Training", "Visit", "Competence of a position"]


def test_every_input_of_a_review_counts_what_types_may_say() -> None:
    assert set(KINDS) <= set(FIGURES)
    assert set(FIGURES) - set(KINDS) == {"todo", "audit plan", "report training", "report audit", "report register", "coverage"}


_names = st.text("abcdefghij-", min_size=1, max_size=8).filter(lambda name: not name.startswith("-"))
_months = st.dates(date(1950, 1, 1), date(2150, 12, 31)).map(lambda day: period_around(day, "month"))
_numbers = st.decimals(-(10**9), 10**9, places=2) | st.sampled_from(["many", "a few"])
_OF_A_KIND = {
    int: st.integers(0, 10**6),
    str: _names,
    Ids: st.lists(_names, max_size=4).map(tuple),
    Counts: st.dictionaries(_names, st.integers(1, 999), max_size=4),
    ByMonth: st.dictionaries(_months, st.integers(1, 999), max_size=4),
    Numbers: st.dictionaries(_names, _numbers, max_size=4),
    Words: st.dictionaries(_names, _names, max_size=4),
}


@pytest.mark.parametrize("name", sorted(KINDS))
@settings(max_examples=25)
@given(data=st.data())
def test_figures_are_read_as_they_were_written(name: str, data: st.DataObject) -> None:
    kind = KINDS[name].figures
    hints = get_type_hints(kind)
    figures = kind(**{each.name: data.draw(_OF_A_KIND[hints[each.name]]) for each in fields(kind)})
    assert kind.read(read_back(figures)) == figures
    assert bool(figures) == (figures != kind())


def read_back(figures: Figures) -> object:
    node = read_yaml(f"figures: {flow(figures.written())}\n")
    assert isinstance(node, Mapping)
    return node.entries["figures"]


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from([each.name for kind in KINDS.values() for each in fields(kind.figures)]), st.sampled_from(["x", "-3", "[a, {b: c}]", "{a: b, c: [d]}", "[]"])))
def test_what_a_person_wrote_into_figures_is_never_a_fault(written: AbstractMapping[str, str]) -> None:
    node = read_yaml("figures: {" + ", ".join(f"{key}: {value}" for key, value in written.items()) + "}\n")
    assert isinstance(node, Mapping)
    for kind in KINDS.values():
        found = kind.figures.read(node.entries["figures"])
        assert kind.figures.read(read_back(found)) == found or _has_zero(found)


def _has_zero(figures: Figures) -> bool:
    """A count of nothing is not written, be it that a person wrote something else in its place."""
    values = [getattr(figures, each.name) for each in fields(figures)]
    return any(isinstance(value, AbstractMapping) and any(not part and not isinstance(part, Decimal) for part in value.values()) for value in values)


@pytest.mark.parametrize(("status", "wanted"), [("planned", ()), ("notified", ()), ("performed", ("DG-2026-01",)), ("closed", ("DG-2026-01",))])
def test_a_day_of_a_state_that_is_still_to_come_counts_for_nothing(status: str, wanted: tuple[str, ...]) -> None:
    text = f"---\nid: DG-2026-01\ntype: audit\ntitle: Đánh giá\nstatus: {status}\nkind: internal\nperformed: 2026-04-11\n---\n"
    library = office(f"```md records/audits/DG-2026-01.md\n{text}```\n")
    assert counted_ids(library, "coverage", "shown", YEAR) == wanted
    assert counted_ids(library, "audit-results", "audits", YEAR) == wanted
