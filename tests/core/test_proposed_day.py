"""The days in hints: those of the cycle for what comes again, today for what was done."""

from __future__ import annotations

from datetime import date

import pytest

from qmsctl.core.duties.obligations import obligations
from qmsctl.core.gates import Context, missing
from qmsctl.core.mends.advancing import advance_command
from qmsctl.core.mends.proposed_day import proposed_day
from qmsctl.core.tasks.next_step import next_state, next_step, with_lacking
from qmsctl.core.types.record_type import Gate
from tests.office import library_of

DAY = date(2026, 6, 1)
TODAY = DAY.isoformat()
SUPPLIER = "---\nid: NCC-001\ntype: supplier\ntitle: Giấy Bãi Bằng\nstatus: candidate\nowner: lan\n{}\n---\n"
REVIEW = "---\nid: XXLD-2026-01\ntype: management-review\ntitle: Xem xét\nstatus: held\nheld: 2026-05-20\n---\n"
ACTION = "---\nid: CA-2026-001\ntype: action\ntitle: Phân công\nstatus: planned\nkind: corrective\nowner: lan\n---\n"
LIBRARY = {"records/suppliers/NCC-001.md": SUPPLIER, "records/management-reviews/XXLD-2026-01.md": REVIEW, "records/actions/CA-2026-001.md": ACTION}


@pytest.mark.parametrize(
    ("subject", "field", "block", "cycle", "day"),
    [
        ("NCC-001", "next", "evaluation", "cycle: 6m", "2026-12-01"),
        ("NCC-001", "next", "evaluation", "", "2027-06-01"),
        ("NCC-001", "date", "evaluation", "cycle: 6m", TODAY),
        ("XXLD-2026-01", "next", None, "", "2027-06-01"),
        ("XXLD-2026-01", "held", None, "", TODAY),
        ("CA-2026-001", "due", None, "", "2026-07-01"),
        ("CA-2026-001", "done", None, "", TODAY),
    ],
)
def test_a_day(subject: str, field: str, block: str | None, cycle: str, day: str) -> None:
    library = library_of({path: text.format(cycle) for path, text in LIBRARY.items()}, DAY)
    assert proposed_day(library.by_id[subject], field, library, block).isoformat() == day


def test_a_supplier_is_evaluated_again_after_its_cycle_and_nobody_says_how() -> None:
    library = library_of({path: text.format("cycle: 6m") for path, text in LIBRARY.items()}, DAY)
    gate = Gate("last_row", {"block": "evaluation", "one_of": {"result": ("accepted", "conditional")}}, {})
    [lack] = missing(gate, library.by_id["NCC-001"], Context(library, library.today))
    assert str(lack.mend) == 'qmsctl set NCC-001 "evaluation+={date: 2026-06-01, criteria: …, result: …, by: …, next: 2026-12-01}"'


def test_the_minutes_name_the_next_review_a_year_on() -> None:
    library = library_of(LIBRARY, DAY)
    review = library.by_id["XXLD-2026-01"]
    assert "--set next=2027-06-01" in str(advance_command(review, review.type.states["minuted"], library))


CLOSING = "---\nid: NC-2026-001\ntype: nonconformity\ntitle: Sai\nstatus: verifying\nowner: lan\nactions: [CA-2026-001]\n---\n"


@pytest.mark.parametrize(("done", "first"), [("2026-05-20", "2026-06-19"), ("2026-05-02", TODAY), ("2026-04-01", TODAY)])
def test_what_has_to_wait_is_proposed_for_the_first_day_that_the_gate_allows(done: str, first: str) -> None:
    action = ACTION.replace("status: planned", f"status: done\ndone: {done}")
    library = library_of({"records/actions/CA-2026-001.md": action, "records/nonconformities/NC-2026-001.md": CLOSING}, DAY)
    found = library.by_id["NC-2026-001"]
    said = str(advance_command(found, found.type.states["closed"], library))
    assert f"--set verified={first}" in said
    assert said.startswith("on 2026-06-19 or later: ") == (first != TODAY)


PROGRAMME = "---\nid: CTDG-2026-01\ntype: audit-programme\ntitle: Chương trình\nstatus: running\nowner: lan\nyear: 2026\ncycle: 1y\n---\n\n```grid\n- {unit: mot-cua, month: 2026-05, clauses: [8.3]}\n```\n"


def test_a_planned_audit_is_told_by_its_unit_and_opened_by_a_command() -> None:
    library = library_of({"records/audit-programmes/CTDG-2026-01.md": PROGRAMME}, DAY)
    [found] = obligations(library)
    assert found.title == library.config.units[0].name
    assert str(next_step(found, library)) == 'qmsctl audit open CTDG-2026-01 --unit mot-cua --date "…"'
    record = library.by_id["CTDG-2026-01"]
    lacks = [lack for gate in record.type.states["closed"].gates for lack in missing(gate, record, Context(library, library.today))]
    assert {str(lack.mend) for lack in lacks} == {str(next_step(found, library))}, "by the audit that is opened, and not by hand"


def test_a_refusal_is_not_what_comes_next_because_it_asks_for_nothing() -> None:
    text = "---\nid: HUY-2026-001\ntype: disposal\ntitle: x\nstatus: proposed\nowner: lan\nraised: 2026-05-01\nreason: x\n---\n"
    library = library_of({"records/disposals/HUY-2026-001.md": text}, DAY)
    target = next_state(library.by_id["HUY-2026-001"], library)
    assert target is not None
    assert target.id == "approved"


RISK = "---\nid: RR-001\ntype: risk\ntitle: Mất điện\nstatus: treated\nowner: hoa\nraised: 2026-01-05\nevent: x\ncause: x\neffect: x\nlikelihood: 2\nimpact: 2\nlevel: medium\nstrategy: reduce\nactions: [CA-2026-001]\nnext: 2026-12-31\n---\n"


def test_all_gates_that_are_closed_are_told_and_each_once() -> None:
    library = library_of({"records/risks/RR-001.md": RISK, "records/actions/CA-2026-001.md": ACTION}, DAY)
    record = library.by_id["RR-001"]
    said = str(with_lacking(record, record.type.states["monitored"], library))
    assert [part.split(" --set ")[0] for part in said.split(", then: ")] == [
        "qmsctl advance CA-2026-001 done", f'qmsctl set RR-001 "reviews+={{date: {TODAY}, by: …, residual: …}}"', "qmsctl advance RR-001 monitored",
    ]
