"""The guide: every command that its pages show with an answer is run, and every answer compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.guide import ROOT, Machine, agrees, is_refused, pages, same_words, typed
from tests.word_papers import as_tcvn3, as_vni, procedure
from tests.workbooks import saved

pytestmark = pytest.mark.process

DAY = "2026-12-01"
LANGUAGES = ("en", "vi")
LAWS: list[list[Any]] = [
    ["DANH MỤC TÀI LIỆU BÊN NGOÀI"], [], ["TT", "Tên văn bản", "Số hiệu", "Cơ quan ban hành", "Ngày ban hành", "Ghi chú"],
    [1, "Luật Hộ tịch", "60/2014/QH13", "Quốc hội", "20/11/2014", "cô Bình giữ"], [2, "Luật Căn cước", "26/2023/QH15", "Quốc hội", "27/11/2023", None],
]
CASES: list[list[Any]] = [
    ["STT", "Mã hồ sơ", "Chủ hồ sơ", "Số điện thoại", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả kết quả"],
    *([n, f"H29-{n}", "Nguyễn Văn An", "0912345678", f"0{n}/10/2026 08:10", f"0{n + 2}/10/2026 17:00", f"0{n + 1}/10/2026 09:00"] for n in (1, 5)),
]


def follow(machine: Machine, page: Path) -> None:
    """Type what the page shows, and hear what it says."""
    for name, line, shown in typed(page):
        said = machine.types(line, refused=is_refused(shown))
        assert agrees(shown, said), f"{name}$ {line}\n{said}\nis not\n{shown}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tour(home: Path, tmp_path: Path, lang: str) -> None:
    machine = Machine(tmp_path / "minh", tmp_path, lang, "--today", DAY)
    follow(machine, pages("tour")[lang])
    for page in ("CSCL.html", "audit.html"):
        assert "Chính sách chất lượng" in (machine.home / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_paper(home: Path, tmp_path: Path, lang: str) -> None:
    machine = Machine(tmp_path / "minh", tmp_path, lang, "--today", DAY)
    (machine.home / "danh-muc.xlsx").write_bytes(saved(LAWS))
    (machine.home / "mot-cua.xlsx").write_bytes(saved(CASES))
    for place, scan in enumerate(("qd-12.pdf", "qd-5.pdf")):
        (machine.home / scan).write_bytes(b"%%PDF-1.4\n%d\n%%%%EOF\n" % place)
    (machine.home / "old").mkdir()
    for number, title, write in (("31", "CẤP BẢN SAO", as_tcvn3), ("32", "ĐĂNG KÝ KHAI SINH", as_vni)):
        (machine.home / f"old/QT-{number}.docx").write_bytes(procedure(number, title, write, decision="5/QĐ-UBND"))
    follow(machine, pages("from-paper")[lang])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_an_auditor_asks(home: Path, tmp_path: Path, lang: str) -> None:
    machine = Machine(tmp_path / "auditor", tmp_path, lang)
    machine.here = ROOT
    follow(machine, pages("auditors")[lang])


@pytest.mark.parametrize(("name", "least"), [("tour", 20), ("from-paper", 5), ("auditors", 5)])
def test_both_languages_type_the_same(name: str, least: int) -> None:
    assert len(same_words(pages(name))) >= least
