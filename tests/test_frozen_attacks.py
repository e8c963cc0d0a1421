"""Attacks on types of the office's own, and on texts and persons that were signed, and honest changes that look like these.

The office has chosen the second format. Each change comes in the four ways of ``landing``.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk import Change, Desk, Once
from tests.landing import errors, landed, passes
from tests.test_signoff_attacks import TODAY

VISITS = ".qms/types/visit/type.yaml"
LV, LV2 = "records/visits/LV-2026-001.md", "records/visits/LV-2026-002.md"
NC2 = "records/nonconformities/NC-2026-002.md"
QT2 = "documents/procedures/QT-02.md"
BUILT_IN = Path(__file__).parents[1] / "templates/types/nonconformity/type.yaml"

TYPE = """\
type: visit
kind: record
extends: record
label: {en: Visit, vi: Đoàn đến làm việc}
id: LV-{year}-{number:3}
folder: records/visits
retention: 10y
fields:
  date: {kind: date, required: true, default: "{today}", label: {en: Date, vi: Ngày}}
sections:
  - {id: course, en: Course, vi: Diễn biến}
states:
  - {id: open, label: {en: open, vi: mới}, to: [seen]}
  - {id: seen, label: {en: seen, vi: đã xem}, to: [done], signoff: {meaning: confirm, role: [unit-head]}, freezes: [course]}
  - {id: done, label: {en: done, vi: xong}, final: true, signoff: {meaning: close, role: [qmr]}}
"""

VISIT = """\
---
id: {id}
type: visit
title: Đoàn Sở Nội vụ
status: open
owner: tuan
date: {day}
---

## Diễn biến

Đoàn xem sổ tiếp nhận.
"""


def recorded(desk: Desk) -> None:
    """A type of the office's own with a visit that was closed; a confirmed nonconformity that somebody found who has left since, as its owner has."""
    desk.write(VISITS, TYPE)
    desk.write(LV, VISIT.format(id="LV-2026-001", day="2026-07-20"))
    desk.run("advance", "LV-2026-001", "seen", by="hoa")
    desk.run("advance", "LV-2026-001", "done", by="lan")
    desk.run("nc", "log", "Thiếu chữ ký", "--severity", "minor", "--requirement", "QT-01", "--set", "owner=tuan", "--set", "raised_by=tuan", by="minh")
    desk.fill_in(NC2)
    desk.run("advance", "NC-2026-002", "confirmed", by="hoa")
    desk.edit("people.yaml", "unit: ho-tich, roles: [{role: unit-head, from: 2025-01-01}]", "unit: ho-tich, until: 2026-08-02, roles: [{role: unit-head, from: 2025-01-01, until: 2026-08-02}]")


def begun(desk: Desk) -> None:
    desk.write("qms.yaml", desk.read("qms.yaml") + "format: 2\nstricter_from: 2026-07-01\n")
    desk.today = "2026-08-02"
    recorded(desk)
    desk.today = TODAY
    reaccepted(desk)


@pytest.fixture
def accepted(settled: Desk, once: Once) -> Desk:
    return once(settled, begun)


def reaccepted(desk: Desk) -> None:
    desk.commit("accepted")
    desk.git("tag", "--force", "accepted")


# -- types -----------------------------------------------------------------------------------------


def kept_for_less(desk: Desk) -> None:
    desk.edit(VISITS, "retention: 10y", "retention: 1m")


def kept_for_less_since_long_ago(desk: Desk) -> None:
    desk.edit(VISITS, "retention: 10y", "retention: 1m\nfrom: 2026-01-01\nbefore: {retention: 10y}")


def kept_for_less_and_the_past_forgotten(desk: Desk) -> None:
    desk.edit(VISITS, "retention: 10y", f"retention: 1m\nfrom: {TODAY}\nbefore: {{retention: 2m}}")


def final_no_more(desk: Desk) -> None:
    desk.edit(VISITS, "vi: xong}, final: true", "vi: xong}, to: [open]")


def to_be_reopened_by_anybody(desk: Desk) -> None:
    desk.write(VISITS, desk.read(VISITS) + "reopen: {to: open}\n")


def frozen_no_more(desk: Desk) -> None:
    desk.edit(VISITS, ", freezes: [course]", "")


def built_in_type_in_a_looser_form(desk: Desk) -> None:
    desk.write(".qms/types/nonconformity/type.yaml", BUILT_IN.read_text(encoding="utf-8").replace("retention: 5y", "retention: 1m"))


def loosened_at_once_and_dated_back_later(desk: Desk) -> None:
    loosened_for_what_is_opened_later(desk)
    reaccepted(desk)
    desk.edit(VISITS, f"from: {TODAY}", "from: 2026-05-01")


def given_a_later_day(desk: Desk) -> None:
    """An open record, opened before the type was loosened, is to be one of those opened since."""
    desk.write(LV2, VISIT.format(id="LV-2026-002", day="2026-07-20"))
    loosened_for_what_is_opened_later(desk)
    reaccepted(desk)
    desk.edit(LV2, "date: 2026-07-20", f"date: {TODAY}")


# -- what was signed ---------------------------------------------------------------------------------


def another_description(desk: Desk) -> None:
    desk.edit(NC2, "## 1. Mô tả\n\nĐã ghi.", "## 1. Mô tả\n\nKhông có gì.")


def another_description_on_the_way(desk: Desk) -> None:
    another_description(desk)
    desk.edit(NC2, "status: confirmed", "status: contained\ncorrection: Đã bổ sung")


def another_description_confirmed_anew(desk: Desk) -> None:
    """By hand: the record is set back, which nobody may, and confirmed with other words; the first confirmation stays."""
    another_description(desk)
    desk.edit(NC2, "status: confirmed", "status: reported")
    desk.run("advance", "NC-2026-002", "confirmed", by="hoa", code=None)
    if "status: reported" in desk.read(NC2):
        desk.edit(NC2, "status: reported", "status: confirmed")


def another_description_and_the_proof_taken_out(desk: Desk) -> None:
    another_description(desk)
    shutil.rmtree(desk.root / "signoffs/NC-2026-002")


def a_second_description(desk: Desk) -> None:
    desk.write(NC2, desk.read(NC2) + "\n## Mô tả\n\nThực ra không có gì.\n")


def found_by_somebody_else(desk: Desk) -> None:
    desk.edit(NC2, "raised_by: tuan", "raised_by: minh")


def the_task_is_nobodys(desk: Desk) -> None:
    desk.edit(NC2, "owner: tuan", "owner: ''")


def the_task_of_somebody_who_left_before(desk: Desk) -> None:
    desk.write("people.yaml", desk.read("people.yaml") + "  - {id: mai, name: Hồ Thị Mai, email: mai@tan-an.example, unit: mot-cua, until: 2026-03-31, roles: [{role: clerk, from: 2025-01-01, until: 2026-03-31, basis: 3/QĐ-UBND}]}\n")
    reaccepted(desk)
    desk.edit(NC2, "owner: tuan", "owner: mai")


LOOSER, SECTION, FIELD = "type-loosened", "frozen-section-changed", "frozen-field-changed"

OF_TYPES: tuple[tuple[Change, set[str]], ...] = (
    (kept_for_less, {LOOSER}),
    (kept_for_less_since_long_ago, {LOOSER}),
    (kept_for_less_and_the_past_forgotten, {LOOSER}),
    (final_no_more, {LOOSER}),
    (to_be_reopened_by_anybody, {LOOSER}),
    (frozen_no_more, {LOOSER}),
    (built_in_type_in_a_looser_form, {LOOSER}),
    (loosened_at_once_and_dated_back_later, {LOOSER}),
    (given_a_later_day, {LOOSER}),
)
ATTACKS: tuple[tuple[Change, set[str]], ...] = (
    *OF_TYPES,
    (another_description, {SECTION}),
    (another_description_on_the_way, {SECTION}),
    (another_description_confirmed_anew, {SECTION}),
    (another_description_and_the_proof_taken_out, {"dossier-file-deleted"}),
    (a_second_description, {SECTION}),
    (found_by_somebody_else, {FIELD}),
    (the_task_is_nobodys, {FIELD}),
    (the_task_of_somebody_who_left_before, {FIELD}),
)


@pytest.mark.parametrize(("attack", "rules"), ATTACKS, ids=[attack.__name__ for attack, _rules in ATTACKS])
def test_is_caught_however_it_comes_in(accepted: Desk, attack: Change, rules: set[str]) -> None:
    attack(accepted)
    for way, there, base in landed(accepted):
        assert rules <= errors(there, base), way


@pytest.mark.parametrize(("attack", "rules"), [*OF_TYPES[:2], (another_description, {SECTION}), (found_by_somebody_else, {FIELD})],
                         ids=lambda each: getattr(each, "__name__", ""))
def test_an_office_of_the_first_format_is_told_and_not_stopped(accepted: Desk, attack: Change, rules: set[str]) -> None:
    accepted.write("qms.yaml", accepted.read("qms.yaml").replace("format: 2\nstricter_from: 2026-07-01\n", ""))
    reaccepted(accepted)
    attack(accepted)
    found = accepted.run("check", "--base", "accepted", "--format", "json", code=None).json["diagnostics"]
    assert {each["severity"] for each in found if each["rule"] in rules} == {"note"}


# -- honest changes -------------------------------------------------------------------------------


def kept_for_longer(desk: Desk) -> None:
    desk.edit(VISITS, "retention: 10y", "retention: permanent")


def loosened_for_what_is_opened_later(desk: Desk) -> None:
    desk.edit(VISITS, "retention: 10y", f"retention: 1m\nfrom: {TODAY}\nbefore: {{retention: 10y, reopen: no}}\nreopen: {{to: open, role: [qmr]}}")


def opened_after_the_type_was_loosened(desk: Desk) -> None:
    loosened_for_what_is_opened_later(desk)
    reaccepted(desk)
    desk.write(LV2, VISIT.format(id="LV-2026-002", day=TODAY))


def another_label(desk: Desk) -> None:
    desk.edit(VISITS, "Đoàn đến làm việc", "Tiếp đoàn")


def more_frozen(desk: Desk) -> None:
    desk.edit(VISITS, "vi: Diễn biến}", "vi: Diễn biến}\n  - {id: end, en: End, vi: Kết thúc}")
    desk.edit(VISITS, "freezes: [course]", "freezes: [course, end]")


def on_its_way_with_new_evidence(desk: Desk) -> None:
    desk.run("advance", "NC-2026-002", "contained", "--set", "correction=Đã bổ sung", "--set", "owner=minh", by="minh")
    desk.edit(NC2, "## 2. Bằng chứng\n\nĐã ghi.", "## 2. Bằng chứng\n\nĐã ghi. Sổ tiếp nhận trang 12.")


def the_task_goes_on(desk: Desk) -> None:
    desk.run("set", "NC-2026-002", "owner=minh", by="minh")


def adopted_as_on_paper(desk: Desk) -> None:
    """A text from paper with a step that says no outcome, which is the matter of its next revision."""
    desk.edit(QT2, "outputs: [Phiếu tiếp nhận]", "outputs: []")
    paper = desk.root.parent / "86-QD-UBND.pdf"
    paper.write_bytes(b"%PDF-1.4 scan")
    desk.run("adopt", "QT-02", "--basis", "86/QĐ-UBND", "--basis-date", "2026-07-20", "--basis-file", paper, by="binh")


HONEST: tuple[Callable[[Desk], None], ...] = (
    kept_for_longer, loosened_for_what_is_opened_later, opened_after_the_type_was_loosened, another_label, more_frozen,
    on_its_way_with_new_evidence, the_task_goes_on, adopted_as_on_paper,
)


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.__name__)
def test_an_honest_change_passes_however_it_comes_in(accepted: Desk, change: Change) -> None:
    passes(accepted, change)
