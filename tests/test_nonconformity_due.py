"""The day by which a nonconformity is closed follows from its severity, as the office says."""

from __future__ import annotations

import pytest

from qmsctl.core.duties.obligations import obligations
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.core.tasks.record_tasks import record_tasks
from qmsctl.core.tasks.who import Who
from qmsctl.reports import build
from qmsctl.reports.parts.problems import nonconformities
from qmsctl.rules import load_rule
from tests.desk import Desk
from tests.office import QMS_YAML, office
from tests.reports.small_office import checked, options
from tests.test_signoff_attacks import TODAY

DUE = "nonconformity_due: {major: 1m, minor: 10d}\n"


def nc(severity: str = "major", status: str = "confirmed", rows: str = "") -> str:
    more = f"\n~~~extensions\n{rows}~~~\n" if rows else ""
    text = f"---\nid: NC-2026-001\ntype: nonconformity\ntitle: Ba hồ sơ\nstatus: {status}\nraised: 2026-04-29\nseverity: {severity}\nowner: minh\n---\n{more}"
    return f"```md records/nonconformities/NC-2026-001.md\n{text}```\n"


def config(more: str = DUE) -> str:
    return f"```yaml qms.yaml\n{QMS_YAML}format: 2\nstricter_from: 2026-01-01\n{more}```\n"


def days(library: Library) -> list[str]:
    return [each.day.isoformat() for each in obligations(library)]


def rules(library: Library, *names: str) -> list[str]:
    return [each.rule for each in run(library, [load_rule(name) for name in names]).diagnostics]


@pytest.mark.parametrize(("text", "expected"), [
    (config() + nc(), ["2026-05-29"]),
    (config() + nc("minor"), ["2026-05-15"]),
    (config() + nc(status="reported"), ["2026-05-29"]),
    (config() + nc(rows="- {until: 2026-07-31, at: 2026-05-20, by: lan, reason: Chờ dự toán}\n"), ["2026-07-31"]),
    (config() + nc(status="cancelled"), []),
    (config("") + nc(), []),
    (config("nonconformity_due: {minor: 10d}\n") + nc(), []),
    (config("nonconformity_due: {major: soon}\n") + nc(), []),
], ids=["by the calendar", "working days, a holiday among them", "from the first state on", "as extended", "given up", "nothing asked", "not of this severity", "no period"])
def test_the_day(text: str, expected: list[str]) -> None:
    assert days(office(text)) == expected


def test_rules_tasks_and_reports_know_it() -> None:
    library = office(config() + nc())
    assert rules(library, "due-date-passed") == ["due-date-passed"]
    kinds = [(task.kind, task.due and task.due.isoformat()) for task in record_tasks(library, Who(library))]
    assert kinds[0] == ("due", "2026-05-29")
    assert len(kinds) == 2, "the next step waits beside it"
    (row,) = nonconformities(library, options().period(library.today))
    assert (row.due and row.due.isoformat(), row.late) == ("2026-05-29", True)
    page = build("audit", library, checked(library), options(lang="en"))
    assert [each.id for each in page.late] == ["NC-2026-001"]  # type: ignore[attr-defined]


def test_nothing_is_late_where_nothing_is_asked_or_time_was_granted() -> None:
    granted = nc(rows="- {until: 2026-07-31, at: 2026-05-20, by: lan, reason: Chờ dự toán}\n")
    assert rules(office(config("") + nc()), "due-date-passed") == []
    assert rules(office(config() + granted), "due-date-passed", "extension-by-owner") == []


def test_time_is_not_granted_by_its_owner() -> None:
    text = config() + nc(rows="- {until: 2026-07-31, at: 2026-05-20, by: minh, reason: Nhiều việc}\n")
    assert rules(office(text), "extension-by-owner") == ["extension-by-owner"]


def test_a_severity_that_no_record_has_is_an_error() -> None:
    assert rules(office(config("nonconformity_due: {mayor: 30d}\n")), "configuration-invalid") == ["configuration-invalid"]
    assert rules(office(config("nonconformity_due: {major: soon}\n")), "configuration-invalid") == ["configuration-invalid"]
    assert rules(office(config()), "configuration-invalid") == []


OWN = """type: incident
kind: record
label: {en: Incident, vi: Sự cố}
id: SC-{number:3}
folder: records/incidents
clauses: {}
retention: 5y
fields:
  title: {kind: text, required: true}
  seen: {kind: date, required: true}
  owner: {kind: person, required: true}
  severity: {kind: one-of, values: {major: {en: major, vi: nặng}, tiny: {en: tiny, vi: rất nhẹ}}}
due:
  - {field: seen, setting: nonconformity_due, by: severity, label: {en: end of an incident, vi: kết thúc sự cố}}
states:
  - {id: open, label: {en: open, vi: mở}, to: [over]}
  - {id: over, label: {en: over, vi: xong}, final: true}
"""
INCIDENT = "```md records/incidents/SC-001.md\n---\nid: SC-001\ntype: incident\ntitle: Mất mạng\nstatus: open\nseen: 2026-04-29\nseverity: tiny\nowner: minh\n---\n```\n"


def test_a_type_of_the_office_has_such_a_day_too() -> None:
    own = f"```md .qms/types/incident/type.yaml\n{OWN}```\n{INCIDENT}"
    library = office(config("nonconformity_due: {tiny: 2w}\n") + own)
    assert days(library) == ["2026-05-13"]
    assert rules(library, "configuration-invalid", "type-invalid") == []


@pytest.mark.parametrize(("old", "new"), [("setting: nonconformity_due", "setting: somebody"), (", by: severity", ""), ("by: severity", "by: severity, every: 1m")])
def test_a_type_that_says_it_wrongly_is_refused(old: str, new: str) -> None:
    library = office(f"```md .qms/types/incident/type.yaml\n{OWN.replace(old, new)}```\n")
    assert rules(library, "type-invalid") == ["type-invalid"]


def test_todo_says_it(settled: Desk) -> None:
    desk = settled
    desk.write("qms.yaml", desk.read("qms.yaml") + DUE)
    desk.run("nc", "log", "Thiếu chữ ký", "--severity", "major", "--requirement", "QT-01", day=TODAY)
    said = desk.run("todo", day="2026-09-04").out
    assert "closing of a nonconformity" in said
    assert "2026-09-03" in said
