"""The cases of a period in the audit report."""

from __future__ import annotations

from datetime import date

from qmsctl.core.office.config import Period
from qmsctl.reports import build
from qmsctl.reports.options import ReportOptions
from qmsctl.reports.parts.case_lines import case_lines
from qmsctl.reports.parts.case_words import share
from qmsctl.store.pages.report_page import render_report
from tests.office import office
from tests.reports.small_office import checked

PROCEDURE = """\
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp <b>bản sao</b>
revision: 1
owner: minh
---

~~~steps
- {no: B1, task: Ký, responsible: director, release: true}
~~~
```
"""
HEAD = "case,received,due,finished\n"


def register(number: int, month: str, rows: str) -> str:
    return f"""\
```md records/case-registers/SHS-2026-00{number}.md
---
id: SHS-2026-00{number}
type: case-register
title: Sổ {month}
status: open
owner: hoa
procedure: QT-07
month: {month}
data: {{path: attachments/cases/{month}.csv, sha256: {"4" * 64}}}
---
```
```text attachments/cases/{month}.csv
{HEAD}{rows}```
"""


MARCH = "".join(f"m{n},2026-03-02 08:00,2026-03-03 08:00,2026-03-0{3 + n % 2} 07:30\n" for n in range(14))
MAY = "a,2026-05-28 08:00,2026-05-29 08:00,\nb,2026-05-28 08:00,2026-06-05,\n"
LIBRARY = office(PROCEDURE + register(1, "2026-03", MARCH) + register(2, "2026-05", MAY))


def test_a_line_for_each_procedure() -> None:
    (line,) = case_lines(LIBRARY, Period(date(2026, 1, 1), date(2026, 6, 1)))
    assert (line.procedure, line.registers) == ("QT-07", ("SHS-2026-001", "SHS-2026-002"))
    assert (line.received, line.early, line.on_time, line.late, line.open, line.overdue) == (16, 7, 0, 7, 2, 1)
    assert (str(line.in_time), str(line.first_pass)) == ("50 %", "100 %")
    assert (len(line.named), line.more) == (5, 3)


def test_only_cases_of_the_period_count() -> None:
    (line,) = case_lines(LIBRARY, Period(date(2026, 5, 1), date(2026, 6, 1)))
    assert (line.received, line.in_time, line.registers) == (2, "", ("SHS-2026-002",))
    assert case_lines(LIBRARY, Period(date(2026, 4, 1), date(2026, 4, 30))) == ()


def test_what_cannot_be_read_is_said() -> None:
    library = office(PROCEDURE + register(1, "2026-03", MARCH + "?,,,\n"))
    (line,) = case_lines(library, Period(date(2026, 1, 1), date(2026, 6, 1)))
    assert (line.received, line.unread) == (14, ("SHS-2026-001",))
    assert "không đọc được hết: SHS-2026-001" in _page(library, "vi")


def test_the_report_has_a_section_only_where_there_is_a_register() -> None:
    page = _page(LIBRARY, "en")
    assert "Cases of citizens and companies" in page
    assert "Cấp &lt;b&gt;bản sao&lt;/b&gt;" in page
    assert "past due: 1" in page
    assert 'id="cases"' not in _page(office(PROCEDURE), "en")


def _page(library: object, lang: str) -> str:
    options = ReportOptions(tool_version="0", lang=lang, start=date(2026, 1, 1))
    return render_report("audit", build("audit", library, checked(library), options), lang)  # type: ignore[arg-type]


def test_nothing_is_rounded_to_all_or_none() -> None:
    assert [str(share(part)) for part in (0, 0.0001, 0.5, 0.9999, 1)] == ["0 %", "0.1 %", "50 %", "99.9 %", "100 %"]
