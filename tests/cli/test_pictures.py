"""The pictures of a report in a real repository: those that were signed, whatever stands there now."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from tests.core.test_pictures import NEW, OLD
from tests.desk import COPIES, Desk, approve, git

FLOW = "documents/procedures/luu-do.png"
QT = "documents/procedures/QT-01.md"


def uri(data: bytes) -> str:
    return f"data:image/png;base64,{b64encode(data).decode()}"


@pytest.fixture
def drawn(desk: Desk) -> Desk:
    """An office whose procedure QT-01, in force, shows a picture."""
    desk.write(QT, desk.read(QT) + "\n![Lưu đồ](luu-do.png)\n")
    desk.write(FLOW, OLD)
    desk.commit("draft")
    approve(desk, "QT-01", "2026-01-06")
    desk.commit("QT-01 in force")
    desk.today = "2026-06-01"
    return desk


def report(desk: Desk, *arguments: str) -> str:
    path = desk.root.parent / "report.html"
    desk.run("report", "audit", "--with-documents", "-o", path, *arguments)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("made", [None, *COPIES])
def test_it_stands_in_the_report_of_every_copy(drawn: Desk, tmp_path: Path, made: str | None) -> None:
    copy = COPIES[made](drawn, tmp_path / "copy") if made else drawn
    assert f'src="{uri(OLD)}" alt="Lưu đồ"' in report(copy)


def test_what_was_put_in_its_place_is_not_shown(drawn: Desk) -> None:
    drawn.write(FLOW, NEW)
    assert (uri(OLD) in report(drawn), uri(NEW) in report(drawn)) == (True, False)
    drawn.commit("another picture")
    assert (uri(OLD) in report(drawn), uri(NEW) in report(drawn)) == (True, False)
    (drawn.root / FLOW).unlink()
    drawn.commit("no picture")
    assert uri(OLD) in report(drawn)


def test_with_the_next_revision_comes_the_next_picture(drawn: Desk) -> None:
    drawn.run("revise", "QT-01", "--change", "Vẽ lại lưu đồ", by="minh")
    again = FLOW.replace(".png", "-2.png")
    drawn.write(again, NEW)
    drawn.edit(QT, f"({Path(FLOW).name})", f"({Path(again).name})")
    drawn.commit("revision 2")
    assert uri(OLD) in report(drawn)
    approve(drawn, "QT-01", "2026-06-02")
    drawn.commit("revision 2 approved")
    drawn.today = "2026-06-03"
    assert (uri(OLD) in report(drawn), uri(NEW) in report(drawn)) == (False, True)


def test_in_an_office_in_a_folder_of_a_repository_its_own_picture_is_looked_for(drawn: Desk, tmp_path: Path) -> None:
    top = tmp_path / "top"
    inner = COPIES["zip"](drawn, top / "qms")
    git(top, "init", "--quiet", "-b", "main")
    (top / FLOW).parent.mkdir(parents=True)
    (top / FLOW).write_bytes(NEW)
    inner.sit("minh")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "-m", "all", moment="2026-02-01T08:00:00+07:00")
    inner.write(FLOW, NEW)
    assert (uri(OLD) in report(inner), uri(NEW) in report(inner)) == (True, False)
