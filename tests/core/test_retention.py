"""How long a record is kept."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.coverage.evidence import shows
from qmsctl.core.coverage.requirement import has_run_through, required_records
from qmsctl.core.office.config import Period
from qmsctl.core.records.record_days import days_of, in_period
from qmsctl.core.records.retention import Line, Retention, keeping, keepings, kept_for, longest, retention_lines
from qmsctl.store.shipped.definitions import find_standard, type_set
from tests.core.test_duration import on_weekdays
from tests.office import QMS_YAML, office

ACTION = """\
```md records/actions/{id}.md
---
id: {id}
type: action
title: x
status: {status}
raised: 2019-02-03
owner: minh
{more}
---
```
"""


def action(name: str, status: str = "verified-effective", more: str = "verified: 2019-06-03") -> str:
    return ACTION.format(id=name, status=status, more=more)


@pytest.mark.parametrize(
    ("text", "until", "permanent"),
    [
        ("5y", date(2029, 2, 28), False),
        ("18m", date(2025, 8, 29), False),
        ("permanent", None, True),
        ("by law: Luật Lưu trữ", None, False),
        ("by law: 20y, Thông tư 10/2022/TT-BNV", date(2044, 2, 29), False),
        ("by law: 2y; Luật", date(2026, 2, 28), False),
    ],
)
def test_retention_is_read(text: str, until: date | None, permanent: bool) -> None:
    found = Retention.parse(text)
    assert found is not None
    assert (found.until(date(2024, 2, 29), on_weekdays), found.is_permanent) == (until, permanent)


@pytest.mark.parametrize("text", [None, "", "by law:", "by law:  ", "5 years", "forever", "-5y", "5.5y"])
def test_what_says_no_time_is_no_retention(text: str | None) -> None:
    assert Retention.parse(text) is None


@given(st.text(max_size=40), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_any_text_is_read_or_refused_and_a_record_never_kept_for_less_than_no_time(text: str, closed: date) -> None:
    for each in (text, f"by law: {text}"):
        found = Retention.parse(each)
        until = found.until(closed, on_weekdays) if found else None
        assert until is None or until >= closed


@given(st.integers(1, 9999), st.sampled_from("wmyd"), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_longer_retention_never_ends_earlier(amount: int, unit: str, closed: date) -> None:
    shorter, longer = (Retention.parse(f"{each}{unit}") for each in (min(amount, 900), min(amount, 900) + 1))
    assert shorter is not None
    assert longer is not None
    assert shorter.until(closed, on_weekdays) <= longer.until(closed, on_weekdays)  # type: ignore[operator]


def test_every_built_in_type_of_record_has_a_retention() -> None:
    records = [each for each in type_set({}).all() if each.kind == "record"]
    assert [each.name for each in records if Retention.parse(each.retention) is None] == []


def test_a_cancelled_record_holds_nothing_and_one_does_not_hold_itself() -> None:
    names = "```md records/nonconformities/NC-2026-{n}.md\n---\nid: NC-2026-{n}\ntype: nonconformity\ntitle: x\nstatus: {s}\nactions: [CA-2019-001]\n---\n```\n"
    text = action("CA-2019-001") + names.format(n="001", s="cancelled")
    assert [each.is_due(date(2026, 6, 1)) for each in keepings(office(text))] == [True, False]
    (found, *_rest) = keepings(office(text + names.format(n="002", s="planned")))
    assert (found.needed, found.is_due(date(2026, 6, 1))) == (("NC-2026-002",), False)


@pytest.mark.parametrize(("status", "needed"), [("reported", ("DG-2019-01",)), ("closed", ())])
def test_what_is_part_of_an_open_matter_is_needed_for_it(status: str, needed: tuple[str, ...]) -> None:
    audit = f"```md records/audits/DG-2019-01.md\n---\nid: DG-2019-01\ntype: audit\ntitle: x\nstatus: {status}\n---\n```\n"
    sheet = "```md records/audit-checklists/PGC-2019-001.md\n---\nid: PGC-2019-001\ntype: audit-checklist\ntitle: x\nstatus: filled\naudit: DG-2019-01\n---\n```\n"
    found = {each.record.id: each.needed for each in keepings(office(audit + sheet))}
    assert found["PGC-2019-001"] == needed


VISIT = """\
```yaml .qms/types/visit/type.yaml
type: visit
kind: record
label: {en: Visit, vi: Đoàn đến làm việc}
id: LV-{year}-{number:3}
folder: records/visits
retention: 1y
from: 2026-02-01
before: {retention: 2y, states: {done: {final: yes}}, from: 2025-01-01, before: {retention: 10y, reopen: no}}
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
  date: {kind: date, default: "{today}", label: {en: Date, vi: Ngày}}
  asked: {kind: date, label: {en: Asked, vi: Ngày đề nghị}}
states:
  - {id: open, label: {en: open, vi: mới}, to: [done]}
  - {id: done, label: {en: done, vi: xong}, to: [open]}
reopen: {to: open, role: [director]}
```
"""


@pytest.mark.parametrize(
    ("days", "kept", "closed", "reopened"),
    [
        ("date: 2026-02-01", "1y", False, True),
        ("date: 2026-01-31", "2y", True, True),
        ("date: 2024-12-31", "10y", True, False),
        ("asked: 2025-12-01\ndate: 2026-03-01", "1y", False, True),
        ("asked: 2025-12-01", "2y", True, True),
        ("owner: minh", "10y", True, False),
    ],
    ids=["from its day", "the day before", "older", "the day new wrote counts", "else the first it names", "none"],
)
def test_a_record_is_kept_and_final_as_its_type_said_when_it_was_opened(days: str, kept: str, closed: bool, reopened: bool) -> None:
    text = f"---\nid: LV-2026-001\ntype: visit\ntitle: x\nstatus: done\n{days}\n---\n"
    library = office(f"{VISIT}```md records/visits/LV-2026-001.md\n{text}```\n")
    record = library.by_id["LV-2026-001"]
    [found] = keepings(library)
    assert found.retention == Retention.parse(kept)
    assert (library.is_closed(record), record.type.reopening is not None) == (closed, reopened)


def test_words() -> None:
    library = office(action("CA-2019-001") + action("CA-2019-002", "in-progress"))
    assert [str(kept_for(each)) for each in keepings(library)] == ["until 2024-06-03", "for 5 years from the day it is closed"]


def test_dates_in_data_blocks_are_days_of_a_record() -> None:
    text = """\
```md records/suppliers/NCC-001.md
---
id: NCC-001
type: supplier
title: Công ty vệ sinh
status: approved
---

~~~evaluation
- {date: 2024-03-01, score: 8, next: 2025-03-01}
- {date: tháng ba}
~~~
```
"""
    library = office(text)
    (supplier,) = library.records
    assert days_of(supplier, library) == (date(2024, 3, 1), date(2025, 3, 1))
    assert in_period(supplier, Period(date(2025, 1, 1), date(2025, 12, 31)), library)
    assert not in_period(supplier, Period(date(2026, 1, 1), date(2026, 12, 31)), library)


def test_events_name_types_and_fields_that_there_are() -> None:
    types = type_set({})
    for edition in ("iso9001-2008", "iso9001-2015"):
        standard = find_standard(edition)
        assert standard is not None
        events = [event for required in standard.required for event in required.events]
        assert events
        for event in events:
            kind = types.get(event.type)
            assert kind is not None
            for name, values in event.where.items():
                known = kind.states if name == "status" else kind.fields[name].values
                assert set(values) <= set(known), (event.type, name)


def test_types_that_answer_are_there() -> None:
    types = type_set({})
    for edition in ("iso9001-2008", "iso9001-2015"):
        standard = find_standard(edition)
        assert standard is not None
        served = {name for required in standard.required for name in required.served_by} - {"report", "procedure-record"}
        assert [name for name in sorted(served) if types.get(name) is None] == []


def test_a_system_without_a_sign_off_is_asked_for_nothing() -> None:
    library = office("")
    period = Period(date(2025, 6, 1), date(2026, 6, 1))
    assert not has_run_through(period, library)
    assert not any(each.missing for each in required_records(library, period, library.standards))


@pytest.mark.parametrize(("said", "shows_nothing"), [("void: true", True), ("given_up: true", True), ("rests: true", False)])
def test_what_a_state_is_called_says_nothing_what_its_type_says_of_it_does(said: str, shows_nothing: bool) -> None:
    own = (
        "```yaml .qms/types/visit/type.yaml\ntype: visit\nkind: record\nextends: record\nlabel: {en: Visit}\nid: VIS-{number:3}\nfolder: records/visits\n"
        f"states:\n  - {{id: planned, label: {{en: planned}}, to: [rejected]}}\n  - {{id: rejected, label: {{en: rejected}}, {said}}}\n```\n"
    )
    visit = "```md records/visits/VIS-001.md\n---\nid: VIS-001\ntype: visit\ntitle: x\nstatus: rejected\nowner: minh\ndate: 2026-03-01\nactions: [CA-2019-001]\n---\n```\n"
    library = office(own + visit)
    assert not library.types.problems
    assert shows(library.by_id["VIS-001"], Period(), library) is not shows_nothing


def test_a_line_of_a_text_in_force_keeps_its_type_longer_and_never_shorter() -> None:
    lines = {"action": (Line("3y", "QT-05"), Line("10y", "QT-06"))}
    [record] = office(action("CA-2019-001")).records
    library = office(action("CA-2019-001"))
    assert [(found.line.by, str(found.until)) for found in (keeping(record, library, lines), keeping(record, library, {}))] == [("QT-06", "2029-06-03"), ("", "2024-06-03")]
    assert [(found.until, str(found.least)) for found in [keeping(record, library, {"action": (Line("by law: Luật", "QT-05"),)})]] == [(None, "2024-06-03")]
    by_length = [Line("permanent", "A"), Line("by law: Luật", "B"), Line("by law: 20y, Luật", "C"), Line("70m", "D")]
    assert [longest(record.type, {"action": tuple(by_length[place:])}).by for place in range(5)] == ["A", "B", "C", "D", ""]


@pytest.mark.parametrize(("said", "until"), [("", "2024-06-03"), ("closing", "2024-06-03"), ("year-end", "2024-12-31")])
def test_the_time_runs_from_the_closing_or_from_the_end_of_its_year(said: str, until: str) -> None:
    library = office(f"```yaml qms.yaml\n{QMS_YAML}retention_from: {said}\n```\n" + action("CA-2019-001") + action("CA-2019-002", "planned", ""))
    closed, opened = keepings(library)
    assert (str(closed.until), str(closed.least), closed.is_due(date(2025, 1, 1))) == (until, until, True)
    assert closed.is_due(date(2024, 12, 31)) == (said != "year-end")
    assert f"{kept_for(opened)}" == f"for 5 years from {'the end of the year in which' if said == 'year-end' else 'the day'} it is closed"


def test_only_what_is_in_force_and_can_be_read_counts() -> None:
    rows = "~~~records\n- {name: Phiếu, type: action, retention: 10y}\n- {name: Sổ, retention: 20y}\n- {name: Thẻ, type: action, retention: lâu}\n~~~"
    text = "```md documents/procedures/{id}.md\n---\nid: {id}\ntype: procedure\ntitle: x\nrevision: 1\nowner: lan\neffective: 2026-01-05\n---\n# x\n\n" + rows + "\n```\n"
    library = office(text.replace("{id}", "QT-05") + text.replace("{id}", "QT-06") + "```dossier QT-05\nauthor minh 2026-01-02T08:00:00+07:00\nreview lan qmr 2026-01-03T08:00:00+07:00\napprove binh director 2026-01-04T08:00:00+07:00\n```\n")
    assert retention_lines(library) == {"action": (Line("10y", "QT-05"),)}
