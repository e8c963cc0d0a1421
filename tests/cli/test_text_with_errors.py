"""A text with errors is not signed, whoever brought them; it can always be returned, and taken out of force."""

from __future__ import annotations

import pytest

from tests.desk import Desk, procedure
from tests.test_signoff_attacks import QT

QT2 = "documents/procedures/QT-02.md"
HEAD = "{id: unit-head, title: Trưởng đơn vị}, "


def without_its_owner(desk: Desk) -> None:
    """The role that is responsible for every procedure is gone from qms.yaml: an error in each text."""
    desk.edit("qms.yaml", HEAD, "")
    assert "field-invalid" in {each["rule"] for each in desk.diagnostics() if each["path"] == QT2 and each["severity"] == "error"}


def test_an_error_that_was_there_before_keeps_a_text_from_being_submitted(settled: Desk) -> None:
    settled.edit(QT2, "owner: unit-head", "owner: nobody")
    settled.commit("an error that is in the branch already")
    said = settled.refused("submit", "QT-02", by="minh")
    assert "[field-invalid]" in said.err
    assert "refused: a text is not signed with 1 error(s) in it; nothing was written" in said.err
    settled.edit(QT2, "owner: nobody", "owner: unit-head")
    settled.run("submit", "QT-02")


@pytest.mark.parametrize(("done", "command", "by"), [((), "review", "lan"), (("review",), "approve", "binh")])
def test_one_that_came_after_the_submission_keeps_it_from_being_approved(settled: Desk, done: tuple[str, ...], command: str, by: str) -> None:
    settled.run("submit", "QT-02", by="minh")
    for each in done:
        settled.run(each, "QT-02", by="lan")
    without_its_owner(settled)
    said = settled.refused(command, "QT-02", by=by)
    assert "[field-invalid]" in said.err
    settled.run("return", "QT-02", "-m", "Chưa có vai trò", by="lan")


def test_a_text_with_errors_can_be_taken_out_of_force(settled: Desk) -> None:
    without_its_owner(settled)
    settled.run("withdraw", "QT-01", "-m", "Không dùng nữa", by="binh")


def test_what_is_set_aside_with_a_reason_keeps_nobody(settled: Desk) -> None:
    settled.edit(QT2, "outputs: [Phiếu tiếp nhận]", "outputs: []")
    assert "[step-incomplete]" in settled.refused("submit", "QT-02", by="minh").err
    settled.edit("qms.yaml", "ignore: [", f"ignore: [{{rule: step-incomplete, path: {QT2}, reason: Bước chuyển tiếp, until: 2027-06-30}}, ")
    settled.run("submit", "QT-02")


def test_errors_of_other_files_keep_nobody(settled: Desk) -> None:
    settled.write("documents/procedures/QT-03.md", procedure("QT-03", "Khai sinh", "2026-09-01").replace("unit-head", "nobody"))
    settled.run("submit", "QT-02", by="minh")


def test_a_copy_that_was_tampered_with_is_not_approved(settled: Desk) -> None:
    settled.run("submit", "QT-02", by="minh")
    settled.run("review", "QT-02", by="lan")
    copy = f"{settled.dossiers('QT-02')[-1]}/QT-02.md"
    settled.write(copy, settled.read(copy).replace("time: 4h", "time: 9h"))
    settled.refused("approve", "QT-02", by="binh")


def test_signatures_that_are_late_may_come_one_after_the_other(settled: Desk) -> None:
    """Each leaves the text with fewer that are missing, which is an error once its day has passed."""
    settled.edit("qms.yaml", "review_every:", "  - {from: 2026-08-01, type: procedure, review: [qmr, unit-head], approve: [director, deputy-director]}\nreview_every:")
    settled.edit(QT2, "effective: ", "effective: 2026-08-04 # ")
    settled.run("submit", "QT-02", by="minh")
    settled.run("approve", "QT-02", by="binh")
    settled.today = "2026-08-20"
    assert "approval-incomplete" in settled.errors()
    for command, person in (("review", "lan"), ("review", "hoa"), ("approve", "hung")):
        settled.run(command, "QT-02", by=person)
    assert "approval-incomplete" not in settled.errors()


def test_the_text_in_force_is_no_hindrance(settled: Desk) -> None:
    settled.run("revise", "QT-01", "--change", "Rút ngắn", by="minh")
    settled.edit(QT, "time: 3h", "time: 2h")
    settled.run("submit", "QT-01")
