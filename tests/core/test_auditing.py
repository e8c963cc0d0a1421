"""Programmes that cover everything and overload nobody, what speaks for a unit, and the questions of a checklist."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.auditing.programme import propose, usual_months
from qmsctl.core.auditing.questions import lines
from qmsctl.core.auditing.scope import scope
from qmsctl.core.auditing.sharing import most, shared, spread
from qmsctl.core.auditing.weight import weigh
from qmsctl.core.coverage.clauses_in_scope import clauses_in_scope, expanded
from qmsctl.core.library import Library
from qmsctl.message import show
from qmsctl.store.shipped.catalogue import translator
from qmsctl.store.shipped.definitions import editions, find_questions, find_standard
from tests.office import QMS_YAML, office

NAMES = st.text("abcdefgh", min_size=1, max_size=3)
UNITS = st.lists(NAMES, min_size=1, max_size=12, unique=True)
CLAUSES = st.lists(st.integers(4, 10).flatmap(lambda n: st.integers(1, 9).map(lambda m: f"{n}.{m}")), min_size=1, max_size=60, unique=True)
INTERESTS = st.dictionaries(st.sampled_from([f"{n}.{m}" for n in range(4, 11) for m in range(1, 10)]), st.dictionaries(NAMES, st.integers(0, 9), max_size=4), max_size=30)
AGAIN = st.lists(st.tuples(st.sampled_from(["4.1", "5.2", "8.3", "9.9"]), NAMES), max_size=20)
MONTHS = st.lists(st.integers(1, 12).map(lambda n: f"2027-{n:02}"), min_size=1, max_size=12, unique=True).map(sorted)


@given(CLAUSES, UNITS, INTERESTS, AGAIN)
def test_everything_is_covered_and_nobody_overloaded(
    clauses: list[str], units: list[str], interests: dict[str, dict[str, int]], again: list[tuple[str, str]]
) -> None:
    found = shared(clauses, units, interests, again)
    assert list(found) == units
    assert {clause for own in found.values() for clause in own} == set(clauses)
    for own in found.values():
        assert 1 <= len(own) <= most(len(clauses), len(units)) <= 2 * ceil(len(clauses) / len(units))
        assert list(own) == [clause for clause in clauses if clause in own]
    assert shared(clauses, units, interests, again) == found


@given(CLAUSES, UNITS, INTERESTS)
def test_a_unit_with_room_gets_what_it_alone_has_to_do_with(clauses: list[str], units: list[str], interests: dict[str, dict[str, int]]) -> None:
    found = shared(clauses, units, interests)
    limit = most(len(clauses), len(units))
    for clause in clauses:
        wishing = [unit for unit in units if interests.get(clause, {}).get(unit, 0) > 0]
        if wishing and all(len(found[unit]) < limit for unit in wishing):
            assert any(clause in found[unit] for unit in wishing)


@given(UNITS, MONTHS)
def test_months_are_spread_evenly_and_in_order(units: list[str], months: list[str]) -> None:
    found = spread(units, months)
    assert set(found) == set(units)
    assert [found[unit] for unit in units] == sorted(found.values())
    assert max(Counter(found.values()).values()) <= ceil(len(units) / len(months))


def test_nothing_to_share() -> None:
    assert shared([], ["a"], {}) == {"a": ()}
    assert shared(["4.1"], [], {}) == {}


DOCUMENTS = """
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
unit: ho-tich
clauses: [7.5.1, 8.2.4]
---

## 5. Nội dung

~~~steps
- {no: B1, task: Tiếp nhận, responsible: mot-cua, time: 1h, outputs: [Phiếu]}
- {no: B2, task: Tra sổ, responsible: clerk, time: 4h, outputs: [Dự thảo], forms: [BM-07.01], check: đúng quyển}
- {no: B2a, task: Xác minh, agency: Công an phường, time: 2d}
- {no: B3, task: Ký, responsible: director, time: 1h, outputs: [Bản sao], release: true}
~~~

~~~records
- {name: Sổ cấp trích lục, place: Tủ số 1, keeper: clerk, retention: 5y}
~~~
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-05T09:00:00+07:00
approve binh director 2026-01-06T09:00:00+07:00
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: reported
raised: 2026-05-03
unit: ho-tich
severity: major
requirement: [8.2.3, QT-07]
owner: minh
---
```
"""


def test_a_programme_of_an_office() -> None:
    library = office(DOCUMENTS)
    found = propose(library, 2027)
    assert [row.unit for row in found.rows] == ["ho-tich", "mot-cua", "lanh-dao"], "the one with an open problem first"
    rows = {row.unit: row for row in found.rows}
    assert {clause for row in found.rows for clause in row.clauses} == set(clauses_in_scope(library))
    assert {"7.5.1", "8.2.4", "8.2.3"} <= set(rows["ho-tich"].clauses), "what its procedure and its problem are about"
    assert {"5.1", "5.6.2"} <= set(rows["lanh-dao"].clauses), "leadership is asked of those who approve"
    assert [text.id for text in rows["ho-tich"].texts] == ["QT-07"]
    assert [str(reason) for reason in rows["ho-tich"].reasons] == [
        "never audited so far", "open nonconformities: NC-2026-001", "clauses to be looked at closely: 8.2.3 (NC-2026-001)",
    ]
    assert [row.month for row in found.rows] == ["2027-03", "2027-06", "2027-09"]
    assert propose(library, 2027) == found


def test_two_editions_are_both_covered() -> None:
    both = QMS_YAML.replace("[iso9001-2008]", "[iso9001-2008, iso9001-2015]")
    library = office(f'```yaml qms.yaml\n{both}not_applicable: [{{standard: iso9001-2015, clause: "8.3", reason: không thiết kế}}]\n```\n')
    covered = {clause for row in propose(library, 2027).rows for clause in row.clauses}
    assert {"7.3.1", "iso9001-2015:8.5.1"} <= covered
    assert not any(clause.startswith("iso9001-2015:8.3") for clause in covered)
    assert expanded(["iso9001-2015:9.3", "7.5"], library) == (
        "7.5.1", "7.5.2", "7.5.3", "7.5.4", "7.5.5", "iso9001-2015:9.3.1", "iso9001-2015:9.3.2", "iso9001-2015:9.3.3",
    )


AUDIT = """
```md records/audits/DG-2026-01.md
---
id: DG-2026-01
type: audit
title: Đánh giá Bộ phận Hộ tịch
status: {status}
kind: {kind}
units: [ho-tich]
performed: {performed}
owner: lan
---
```
"""


def audited(performed: str, kind: str = "internal", status: str = "closed") -> Library:
    return office(AUDIT.format(performed=performed, kind=kind, status=status))


def test_when_a_unit_was_last_audited_counts() -> None:
    assert weigh(audited("2026-05-20"), "ho-tich").points < weigh(audited("2025-05-20"), "ho-tich").points < weigh(audited("2026-05-20"), "mot-cua").points
    assert [str(each) for each in weigh(audited("2026-05-20"), "ho-tich").reasons()] == ["last audited on 2026-05-20 (DG-2026-01)"]
    assert weigh(audited("2026-05-20", "external"), "ho-tich").last is None
    assert weigh(audited("2026-05-20", status="cancelled"), "ho-tich").last is None
    assert weigh(audited("2026-07-20"), "ho-tich").last is None, "a day to come is no audit carried out"


@pytest.mark.parametrize(
    ("performed", "year", "months"),
    [
        ("2026-05-20", 2027, ("2027-03", "2027-11")),
        ("2026-01-20", 2027, ("2027-01", "2027-11")),
        ("2024-05-20", 2027, ("2027-01", "2027-11")),
        ("2026-05-20", 2026, ("2026-06", "2026-11")),
    ],
)
def test_the_usual_months(performed: str, year: int, months: tuple[str, str]) -> None:
    found = usual_months(audited(performed), year)
    assert (found[0], found[-1]) == months


def test_in_december_there_is_december() -> None:
    assert usual_months(replace(audited("2026-05-20"), today=date(2026, 12, 3)), 2026) == ("2026-12",)


def test_what_a_finding_a_risk_and_a_complaint_weigh() -> None:
    found = weigh(
        office(
            AUDIT.format(performed="2026-05-20", kind="internal", status="performed")
            + """
```md records/findings/PH-2026-001.md
---
id: PH-2026-001
type: finding
title: Thiếu giờ trả
status: open
audit: DG-2026-01
kind: minor
raised: 2026-05-20
requirement: [7.5.3]
---
```
```md records/risks/RR-001.md
---
id: RR-001
type: risk
title: Mất sổ gốc
status: identified
unit: ho-tich
level: high
---
```
```md records/complaints/PA-2026-001.md
---
id: PA-2026-001
type: complaint
title: Chậm trả
status: closed
unit: ho-tich
justified: partly
received: 2026-03-01
---
```
```md records/complaints/PA-2024-001.md
---
id: PA-2024-001
type: complaint
title: Chậm trả
status: closed
unit: ho-tich
justified: partly
received: 2024-03-01
---
```
"""
        ),
        "ho-tich",
    )
    assert [[each.id for each in group] for group in (found.findings, found.risks, found.complaints)] == [["PH-2026-001"], ["RR-001"], ["PA-2026-001"]]
    assert found.points == 3 + 4 + 2 + 0


def test_the_units_that_have_to_do_with_a_procedure() -> None:
    found = scope(office(DOCUMENTS))
    assert found.doers["QT-07"] == {"ho-tich": 8, "mot-cua": 2, "lanh-dao": 1}
    assert found.interests["7.5.1"] == found.doers["QT-07"]


def asked(library: Library, clauses: list[str], units: list[str]) -> list[tuple[object, object, object]]:
    texts = [library.by_id["QT-07"]]
    return [(row["requirement"], row["step"], row["question"]) for row in lines(library, clauses, texts, units, find_questions, show)]


def test_questions_of_clauses_steps_records_and_problems() -> None:
    found = asked(office(DOCUMENTS), ["8.2.4"], ["ho-tich"])
    assert [(requirement, step) for requirement, step, _question in found] == [("8.2.4", ""), ("QT-07", "B2"), ("QT-07", ""), ("8.2.3", "")]
    assert str(found[0][2]).startswith("Take three results")
    assert found[1][2] == "“Tra sổ”: is it done so? By Công chức? Within 4 hours? Result: Dự thảo. Form: BM-07.01. Control point: đúng quyển."
    assert found[2][2] == "Ask for samples: are these records kept as laid down? Sổ cấp trích lục (Tủ số 1, 5 years)."
    assert found[3][2] == "NC-2026-001, “Ba hồ sơ trả quá hẹn”: what was done, does it last, and has it come back?"


@pytest.mark.parametrize(("term", "wanted"), [("permanent", "vĩnh viễn"), ('"by law: Luật Lưu trữ 2024"', "theo pháp luật: Luật Lưu trữ 2024"), ("2y", "2 năm"), ("lâu dài", "lâu dài")])
def test_a_question_says_in_words_how_long_records_are_kept(term: str, wanted: str) -> None:
    library = office(DOCUMENTS.replace("retention: 5y}", f"retention: {term}}}"))
    found = lines(library, [], [library.by_id["QT-07"]], ["ho-tich"], find_questions, lambda each: show(each, translator("vi"), "vi"))
    assert [str(row["question"]) for row in found if wanted in str(row["question"])] != []
    assert not [row for row in found if "by law" in str(row["question"]) or "permanent" in str(row["question"])]


def test_steps_of_units_that_are_not_audited_are_left_out_unless_there_are_no_others() -> None:
    library = office(DOCUMENTS)
    assert [step for _r, step, _q in asked(library, [], ["lanh-dao"])] == ["B3", ""]
    assert "Who let the result out" in str(asked(library, [], ["lanh-dao"])[0][2])
    assert [step for _r, step, _q in asked(library, [], [])] == ["B1", "B2", "B2a", "B3", ""]
    assert "By Công an phường?" in str(asked(library, [], [])[2][2])


@pytest.mark.parametrize("edition", editions())
def test_every_clause_that_is_audited_has_its_questions_in_both_languages(edition: str) -> None:
    standard, found = find_standard(edition), find_questions(edition)
    assert standard is not None
    assert set(found) == {clause.number for clause in standard.leaves}
    for questions in found.values():
        for question in questions:
            assert set(question.texts) == {"en", "vi"}
            assert all(text.endswith("?") for text in question.texts.values())


def test_an_edition_without_questions_asks_by_the_title() -> None:
    library = office(DOCUMENTS)
    rows = list(lines(library, ["8.2.4"], [], [], lambda _edition: {}, show))
    assert [row["question"] for row in rows] == ["Monitoring and measurement of product"]
