"""What an office's records tell of a day that has gone by."""

from __future__ import annotations

from datetime import date

import pytest

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.as_of import as_of
from qmsctl.core.review.inputs import inputs
from qmsctl.core.tasks.tasks import late_tasks
from tests.office import office

NC = """
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Trả quá hẹn
status: confirmed
raised: 2026-02-03
owner: minh
---
```
```dossier NC-2026-001
confirm lan unit-head 2026-02-04T08:00:00+07:00
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Trả quá hẹn
status: closed
raised: 2026-02-03
owner: minh
cause_category: people
verifier: hoa
verified: 2026-04-20
effective: yes
---
```
```dossier NC-2026-001
close lan qmr 2026-04-21T08:00:00+07:00
```
"""
REOPENED = NC + """
```dossier NC-2026-001
close lan qmr 2026-04-21T08:00:00+07:00
reopen lan qmr 2026-05-05T08:00:00+07:00
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Trả quá hẹn
status: planned
raised: 2026-02-03
owner: minh
cause_category: people
---
```
"""
ACTION = """
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Bố trí người thay
status: verified-effective
kind: corrective
raised: 2026-02-10
owner: minh
due: 2026-03-31
done: 2026-04-10
verified: 2026-05-12
verified_by: hoa
---

~~~extensions
- {until: 2026-04-15, at: 2026-03-30, by: lan, reason: Chờ kinh phí}
~~~
```
```dossier CA-2026-001
verify lan qmr 2026-05-13T08:00:00+07:00
```
"""
OBJECTIVE = """
```md records/objectives/MT-2026-01.md
---
id: MT-2026-01
type: objective
title: Đúng hẹn
status: active
target: 98
unit_of_measure: "%"
direction: at-least
period_from: 2026-01-01
due: 2026-12-31
---

~~~measurements
- {period: 2026-01, date: 2026-02-02, value: 97.5}
- {period: 2026-02, date: 2026-03-02, value: 98.5}
- {period: 2026-03, date: 2026-04-02, value: 96}
~~~
```
"""
OWN = """
```yaml .qms/types/inspection/type.yaml
type: inspection
kind: record
label: {en: Inspection, vi: Kiểm tra nội bộ}
id: KT-{year}-{number:3}
folder: records/inspections
retention: 5y
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
  raised: {kind: date, day: {come: yes}, label: {en: Raised, vi: Ngày lập}}
  seen: {kind: date, day: {come: yes}, state: seen, label: {en: Seen, vi: Ngày kiểm tra}}
counted:
  - {for: actions-status, as: raised, on: raised}
  - {for: actions-status, as: open, open: true}
states:
  - {id: open, label: {en: open, vi: mới}, to: [seen]}
  - {id: seen, label: {en: seen, vi: đã kiểm tra}, to: [done]}
  - {id: done, label: {en: done, vi: xong}, final: true, signoff: {meaning: close, role: [director]}}
```
```md records/inspections/KT-2026-001.md
---
id: KT-2026-001
type: inspection
title: Kiểm tra quý I
status: done
raised: 2026-02-01
seen: 2026-03-01
---
```
```dossier KT-2026-001
close binh director 2026-04-06T08:00:00+07:00
```
"""


def status(text: str, name: str, day: str) -> str | None:
    found = as_of(office(text), date.fromisoformat(day)).by_id.get(name)
    return found.status if found else None


@pytest.mark.parametrize(
    ("text", "name", "day", "expected"),
    [
        (NC, "NC-2026-001", "2026-02-02", None),
        (NC, "NC-2026-001", "2026-02-03", "reported"),
        (NC, "NC-2026-001", "2026-02-04", "confirmed"),
        (NC, "NC-2026-001", "2026-04-20", "confirmed"),
        (NC, "NC-2026-001", "2026-04-21", "closed"),
        (REOPENED, "NC-2026-001", "2026-04-20", "confirmed"),
        (REOPENED, "NC-2026-001", "2026-04-21", "closed"),
        (REOPENED, "NC-2026-001", "2026-05-04", "closed"),
        (REOPENED, "NC-2026-001", "2026-05-05", "planned"),
        (ACTION, "CA-2026-001", "2026-02-09", None),
        (ACTION, "CA-2026-001", "2026-04-09", "planned"),
        (ACTION, "CA-2026-001", "2026-04-10", "done"),
        (ACTION, "CA-2026-001", "2026-05-12", "done"),
        (ACTION, "CA-2026-001", "2026-05-13", "verified-effective"),
        (OWN, "KT-2026-001", "2026-01-31", None),
        (OWN, "KT-2026-001", "2026-02-28", "open"),
        (OWN, "KT-2026-001", "2026-03-01", "seen"),
        (OWN, "KT-2026-001", "2026-04-06", "done"),
    ],
)
def test_the_state_is_that_of_the_day(text: str, name: str, day: str, expected: str | None) -> None:
    assert status(text, name, day) == expected


def figures(library: Library, end: str, name: str) -> dict[str, object]:
    found = next((each for each in inputs(library, Period(date(2026, 1, 1), date.fromisoformat(end))) if each.name == name), None)
    return dict(found.figures.written()) if found else {}


def test_of_a_past_period_nothing_later_is_told() -> None:
    library = office(NC + ACTION + OBJECTIVE)
    march, april, may = (figures(library, day, "actions-status") for day in ("2026-03-31", "2026-04-30", "2026-05-31"))
    assert (march["open"], march.get("closed"), march["oldest"]) == (("NC-2026-001",), None, "56")
    assert (march["actions_open"], march.get("actions_late"), march.get("actions_done")) == (("CA-2026-001",), None, None)
    assert (april.get("open"), april["closed"], april["actions_done"], april.get("effective")) == (None, "1", "1", None)
    assert may["effective"] == "1"


def test_an_extension_granted_later_does_not_excuse() -> None:
    text = ACTION.replace("at: 2026-03-30", "at: 2026-04-08")
    assert figures(office(text), "2026-04-05", "actions-status")["actions_late"] == ("CA-2026-001",)
    assert "actions_late" not in figures(office(ACTION), "2026-04-05", "actions-status")


@pytest.mark.parametrize(("end", "value", "missed"), [("2026-02-28", "97.5", True), ("2026-03-31", "98.5", False), ("2026-04-30", "96", True)])
def test_the_latest_value_is_that_of_the_day(end: str, value: str, missed: bool) -> None:
    found = figures(office(OBJECTIVE), end, "objectives")
    assert found["values"] == {"MT-2026-01": value}
    assert ("missed" in found) is missed


def test_a_type_of_the_office_counts_as_it_was() -> None:
    library = office(OWN)
    assert figures(library, "2026-03-31", "actions-status")["open"] == ("KT-2026-001",)
    assert "open" not in figures(library, "2026-04-30", "actions-status")


def test_today_is_as_it_is() -> None:
    library = office(NC)
    assert as_of(library, library.today) is library


MOVED = """
```yaml .qms/types/promise/type.yaml
type: promise
kind: record
label: {en: Promise, vi: Cam kết}
id: CK-{number:3}
folder: records/promises
fields:
  raised: {kind: date}
blocks:
  moves: {label: {en: Moves}, columns: {until: {kind: date}, at: {kind: date}}}
due:
  - {field: raised, every: 1m, moved_by: moves, label: {en: promise}}
states:
  - {id: open, label: {en: open}, to: [closed]}
  - {id: closed, label: {en: closed}, final: true}
```
```md records/promises/CK-001.md
---
id: CK-001
type: promise
status: open
raised: 2026-02-03
---

~~~moves
- {until: 2026-08-30, at: 2026-03-01}
- {until: 2026-09-30, at: 2026-04-20}
~~~
```
"""


@pytest.mark.parametrize(("day", "rows"), [(date(2026, 2, 28), 0), (date(2026, 3, 1), 1), (date(2026, 4, 20), 2)])
def test_a_day_was_moved_when_that_was_decided_not_when_it_was_moved_to(day: date, rows: int) -> None:
    library = as_of(office(MOVED), day)
    assert len(list(library.by_id["CK-001"].block_rows("moves"))) == rows


CHANGE = """
```md records/changes/TD-2026-01.md
---
id: TD-2026-01
type: change
title: Đổi máy lấy số
status: approved
raised: 2026-02-03
owner: minh
---

~~~plan
- {step: Chọn máy, owner: minh, due: 2026-03-10, done: 2026-03-09}
- {step: Lắp máy, owner: minh, due: 2026-03-20, done: 2026-05-04}
~~~
```
"""


def test_a_step_that_was_done_later_was_late_until_then() -> None:
    library = office(CHANGE)
    assert [each.due for each in late_tasks(as_of(library, date(2026, 4, 1)))] == [date(2026, 3, 20)]
    assert not list(late_tasks(library))
