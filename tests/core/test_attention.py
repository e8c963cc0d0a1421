"""What needs attention: which matters, whose, since when, how many a month ago, and what cannot be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qmsctl.core.attention import Attention, Count, Kind, attention
from qmsctl.core.library import Library
from qmsctl.core.tasks.tasks import late_tasks
from tests.office import office
from tests.reports.status_office import status_office


def told(found: Attention, kind: Kind) -> list[tuple[str, str, tuple[str, ...], date | None, int]]:
    return [(each.id, each.unit, each.owners, each.since, each.count) for each in found.now[kind]]


@pytest.fixture(scope="module")
def found() -> Attention:
    return attention(status_office(), "binh")


EXPECTED = {
    Kind.LATE: [("CA-2026-001", "ho-tich", ("minh",), date(2026, 4, 15), 1), ("CA-2026-002", "mot-cua", ("hoa",), date(2026, 5, 20), 1)],
    Kind.CASES: [("QT-07", "ho-tich", ("lan",), date(2026, 5, 5), 2)],
    Kind.NONCONFORMITIES: [("NC-2026-002", "ho-tich", ("minh",), date(2026, 5, 12), 1)],
    Kind.OBJECTIVES: [("MT-2026-01", "mot-cua", ("hoa",), date(2026, 4, 30), 1)],
    Kind.REVIEWS: [("QT-07", "ho-tich", ("lan",), date(2026, 3, 5), 1)],
    Kind.SIGNATURES: [("CA-2026-001", "ho-tich", ("director",), date(2026, 5, 20), 1)],
}


@pytest.mark.parametrize("kind", list(Kind))
def test_each_list_says_what_whose_and_since_when(found: Attention, kind: Kind) -> None:
    assert told(found, kind) == EXPECTED[kind]


THEN = {Kind.LATE: 1, Kind.CASES: 0, Kind.NONCONFORMITIES: 0, Kind.OBJECTIVES: 0, Kind.REVIEWS: 1, Kind.SIGNATURES: 0}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_month_ago_is_counted_as_now(found: Attention, kind: Kind) -> None:
    assert found.before == date(2026, 5, 1)
    assert found.count(kind) == Count(sum(each[-1] for each in EXPECTED[kind]), THEN[kind])


def test_by_unit_the_figures_are_those_of_the_whole(found: Attention) -> None:
    for kind in Kind:
        units = {each.unit for each in found.now[kind]}
        assert sum(found.count(kind, unit).now for unit in units) == found.count(kind).now
        assert [each.id for each in found.only(frozenset(units)).now[kind]] == [each.id for each in found.now[kind]]


def test_what_reached_the_top_is_counted_by_month_and_unit(found: Attention) -> None:
    whole, unit = found.escalated
    assert (unit.unit, unit.by_month, unit.now, unit.then, unit.waiting) == ("ho-tich", (0, 0, 0, 1, 1, 0), 0, 0, 1)
    assert whole.by_month == unit.by_month
    later = attention(replace(status_office(), today=date(2026, 5, 25)), "binh").escalated[0]
    assert (later.now, later.then) == (1, 1), "this month up to today, against the last up to the same day"


def test_an_escalation_that_is_answered_waits_for_nobody_and_before_it_did() -> None:
    library = status_office()
    earlier = replace(library, today=date(2026, 5, 1), now=library.now - timedelta(days=31))
    assert "CA-2026-001" not in [each.id for each in attention(library, "lan").now[Kind.SIGNATURES]]
    assert "CA-2026-001" in [each.id for each in attention(earlier, "lan").now[Kind.SIGNATURES]]


def test_nothing_is_known_before_the_first_fact() -> None:
    library = office("""
Today: 2026-06-01
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Kèm người mới
status: planned
raised: 2026-05-20
owner: minh
due: 2026-05-25
---
```
""")
    found = attention(library)
    assert [found.count(kind).then for kind in Kind] == [None] * 6
    assert found.count(Kind.LATE).now == 1
    assert not found.has_cases


def test_an_end_without_a_day_leaves_the_month_before_in_doubt() -> None:
    closed = """
```md records/actions/CA-2026-003.md
---
id: CA-2026-003
type: action
title: Không ai ký, không có ngày
status: cancelled
raised: 2026-02-10
owner: minh
due: 2026-03-15
---
```
"""
    assert attention(status_office(closed)).count(Kind.LATE).at_least
    assert not attention(status_office()).count(Kind.LATE).at_least


def test_registers_that_cannot_be_read_are_named_and_nothing_is_said_of_a_month_ago() -> None:
    found = attention(status_office("```text attachments/cases/QT-07-2026-05.csv\nnonsense\n```\n"))
    assert found.unread == ("SHS-2026-001",)
    assert found.count(Kind.CASES) == Count(0, None)


def test_a_day_that_has_gone_by_is_told_without_what_came_later() -> None:
    library = status_office()
    past = replace(library, today=date(2026, 4, 30), now=library.now - timedelta(days=32))
    found = attention(past, "binh")
    assert [each.id for each in found.now[Kind.LATE]] == ["CA-2026-001"]
    assert not found.now[Kind.NONCONFORMITIES]
    assert found.count(Kind.LATE).now == attention(library).count(Kind.LATE).then


def test_late_work_is_what_todo_has_late_but_for_what_has_its_own_list() -> None:
    library: Library = status_office()
    own = {kind: {each.id for each in attention(library).now[kind]} for kind in (Kind.LATE, Kind.REVIEWS, Kind.NONCONFORMITIES)}
    assert {each.id for each in late_tasks(library)} == own[Kind.LATE] | own[Kind.REVIEWS]


def test_a_nonconformity_beyond_its_day_and_one_whose_action_failed() -> None:
    library = status_office("""
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
nonconformity_due: {minor: 1m}
units: [{id: ho-tich, name: Bộ phận Hộ tịch}]
roles: [{id: director, title: Chủ tịch}]
approval: [{from: 2025-01-01, type: default, review: [], approve: [director]}]
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Trả quá hẹn
status: confirmed
severity: minor
raised: 2026-02-03
owner: minh
unit: ho-tich
---
```
```md records/nonconformities/NC-2026-003.md
---
id: NC-2026-003
type: nonconformity
title: Đã làm, không đạt
status: planned
severity: major
raised: 2026-05-03
owner: hoa
actions: [CA-2026-009]
---
```
```md records/actions/CA-2026-009.md
---
id: CA-2026-009
type: action
title: Không đạt
status: verified-ineffective
raised: 2026-05-04
owner: hoa
due: 2026-05-10
done: 2026-05-10
verified: 2026-05-28
verified_by: lan
---
```
""")
    found = {each.id: (str(each.what), each.since) for each in attention(library).now[Kind.NONCONFORMITIES]}
    assert found["NC-2026-001"] == ("to be closed by now", date(2026, 3, 3))
    assert found["NC-2026-003"] == ("CA-2026-009 did not work", date(2026, 5, 28))
    assert attention(library).without_day == 2
