"""Two people on two machines give one id; the one who is not merged yet takes the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_sync import QT_01, QT_02, add, clean, lan, server, tip
from tests.desk import Desk, procedure

__all__ = ["lan", "server"]

QT_03 = "documents/procedures/QT-03.md"
LOG = ("nc", "log", "Trả hồ sơ quá hẹn", "--severity", "minor", "--requirement", "QT-01", "--set", "owner=hoa")


@pytest.fixture(autouse=True)
def _strict(desk: Desk) -> None:
    """An office that misses what its history had signed."""
    desk.write("qms.yaml", desk.read("qms.yaml") + "format: 2\nstricter_from: 2026-01-01\n")
    desk.commit("format 2")


@pytest.fixture
def twins(desk: Desk, lan: Desk) -> Desk:
    """Minh has sent a QT-02; Lan has one of her own, with a form, a picture, and a sentence about it elsewhere."""
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.run("sync")
    lan.write(QT_02, procedure("QT-02", "Khai sinh", "2027-01-01").replace("# Khai sinh", "# QT-02 Khai sinh"))
    lan.write("attachments/QT-02/ảnh.txt", "QT-02")
    lan.run("attach", "QT-02", lan.root / "attachments/QT-02/ảnh.txt", code=None)
    lan.edit(QT_01, "Áp dụng cho Bộ phận Hộ tịch.", "Áp dụng cho Bộ phận Hộ tịch; xem [QT-02](QT-02.md), không phải QT-021 hay A-QT-02.")
    lan.commit("mine")
    return lan


def test_the_one_not_merged_takes_the_next_number(desk: Desk, twins: Desk, server: Path) -> None:
    assert "qmsctl renumber QT-02" in twins.refused("sync").err
    said = twins.run("renumber", "QT-02", "--commit")
    assert "QT-02 takes the number QT-03" in said.err
    assert not (twins.root / QT_02).exists()
    text = twins.read(QT_03)
    assert "id: QT-03" in text
    assert "# QT-03 Khai sinh" in text
    assert "QT-02" not in text
    assert (twins.root / "attachments/QT-03/ảnh.txt").read_text(encoding="utf-8") == "QT-02"
    assert "xem [QT-03](QT-03.md), không phải QT-021 hay A-QT-02." in twins.read(QT_01)
    twins.run("sync")
    assert "Chứng thực" in twins.read(QT_02)
    assert twins.errors() == []
    assert clean(twins)
    desk.run("sync")
    assert tip(desk.root) == tip(server) == tip(twins.root)
    assert desk.errors() == []


def test_a_dry_run_of_it_writes_nothing(twins: Desk) -> None:
    twins.run("sync", code=3)
    before = twins.tree()
    assert "QT-03.md" in twins.run("renumber", "QT-02", "--dry-run").out
    assert twins.tree() == before


@pytest.mark.parametrize("saved", [True, False])
def test_sign_offs_that_nobody_has_fetched_are_dropped_and_named(desk: Desk, twins: Desk, saved: bool) -> None:
    twins.run("submit", "QT-02", by="tuan")
    twins.commit("submitted")
    twins.run("sync", code=3)
    said = twins.run("renumber", "QT-02", *(["--commit"] if saved else []), by="lan")
    assert "the sign-off “author” of Vũ Anh Tuấn bound the old number and is dropped; it is to be given anew for QT-03" in said.err
    assert not (twins.root / "signoffs/QT-02").exists() or not list((twins.root / "signoffs/QT-02").rglob("*.md"))
    assert twins.errors() == []
    if not saved:
        twins.commit("renumbered")
    twins.edit(QT_03, "đúng hẹn.", "đúng hạn.")
    twins.run("submit", "QT-03", by="tuan")
    twins.commit("submitted again")
    twins.run("sync")
    assert twins.errors() == []
    notes = [each["message"] for each in twins.diagnostics() if each["rule"] == "sign-off-deleted"]
    assert notes == ["QT-02 was given twice and is QT-03 here since; its sign-offs of before were dropped"]
    desk.run("sync")
    assert desk.errors() == []


def test_a_record_begins_its_states_again_where_its_sign_off_is_dropped(desk: Desk, lan: Desk) -> None:
    for each in (desk, lan):
        each.today = "2026-01-07"
        each.run(*LOG)
        each.fill_in("records/nonconformities/NC-2026-001.md")
    desk.commit("one")
    desk.run("sync")
    lan.run("advance", "NC-2026-001", "confirmed", by="hoa")
    lan.commit("other")
    lan.run("sync", code=3)
    said = lan.run("renumber", "NC-2026-001", "--commit", by="lan")
    assert "of Phạm Thị Hoa bound the old number" in said.err
    assert "status: reported" in lan.read("records/nonconformities/NC-2026-002.md")
    lan.run("sync")
    lan.run("advance", "NC-2026-002", "confirmed", by="hoa")
    assert lan.errors() == []


def test_what_is_merged_keeps_its_number(desk: Desk, twins: Desk) -> None:
    assert "nobody else has given the number QT-02" in twins.refused("renumber", "QT-02").err
    twins.run("sync", code=3)
    assert "QT-01 is merged: others know it by this number" in twins.refused("renumber", "QT-01").err
    assert "QT-02 is merged" in desk.refused("renumber", "QT-02").err


def test_a_number_of_which_others_hold_the_sign_off_is_kept(desk: Desk, twins: Desk) -> None:
    twins.run("submit", "QT-02", by="tuan")
    twins.commit("submitted")
    for path in (twins.root / "signoffs/QT-02").rglob("*.md"):
        desk.write(path.relative_to(twins.root).as_posix(), path.read_text(encoding="utf-8"))
    desk.commit("taken over")
    desk.git("push", "--quiet", "origin", "main")
    twins.run("sync", code=3)
    assert "what others have seen signed keeps its number" in twins.refused("renumber", "QT-02").err


def test_a_sign_off_deleted_with_a_renamed_text_is_still_missed(desk: Desk) -> None:
    """A number that was given once is not renumbered: its sign-offs are gone, and that is an error."""
    desk.run("submit", "QT-01", by="minh")
    desk.commit("submitted")
    desk.write(QT_02, desk.read(QT_01).replace("QT-01", "QT-02"))
    desk.git("rm", "--quiet", "-r", QT_01, "signoffs/QT-01")
    desk.commit("renamed")
    assert "sign-off-deleted" in desk.errors()
