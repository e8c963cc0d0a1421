"""A new office brings in what it has in Word: from a folder to documents in force."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.desk import Desk, qmsctl
from tests.word_papers import Write, as_tcvn3, as_unicode, as_vni, procedure, simple

DAY = "2026-12-01"
WRITTEN = (as_unicode, as_tcvn3, as_vni)


@cache
def model(write: Write, head: str) -> bytes:
    return procedure("77", "CẤP GIẤY PHÉP SỐ 77", write, head=head)


def numbered(number: int) -> bytes:
    """The procedure of this number, from a model in one of the three ways to write Vietnamese."""
    found = BytesIO()
    data = model(WRITTEN[number % 3], ("header", "body")[number % 2])
    with ZipFile(BytesIO(data)) as before, ZipFile(found, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, text.replace(b"77", str(number).encode()) if name.startswith(("word/document", "word/header")) else text)
    return found.getvalue()


def new_office(folder: Path, profile: str) -> Desk:
    said = qmsctl("--lang", "vi", "--today", DAY, "init", folder, "--lang", "vi", "--profile", profile, "--empty", "--organization", "UBND phường Tân An", "--name", "Đỗ Văn Minh", "--email", "minh@tan-an.example", "--commit")
    assert said.code == 0, said.err
    return Desk(folder, DAY, lang="vi")


def papers(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def correct(plan: Path, **changes: str) -> None:
    """What a person changes in the plan."""
    text = plan.read_text(encoding="utf-8")
    for old, new in changes.items():
        text, count = re.subn(rf'^( *"?{re.escape(old.replace("_", " ")) if old[0].isupper() else old}"?:) .*$', rf"\1 {new}", text, count=1, flags=re.MULTILINE)
        assert count, f"{old} is not in\n{text}"
    plan.write_text(text, encoding="utf-8")


def whole_system() -> dict[str, bytes]:
    """Twenty Word files: manual, policy, objectives, and procedures in three ways to write Vietnamese."""
    return {f"QT {number}.docx": numbered(number) for number in range(31, 48)} | {
        "Sổ tay.docx": simple("SỔ TAY CHẤT LƯỢNG", "STCL", ("1. PHẠM VI ÁP DỤNG", "Mọi dịch vụ của UBND phường."), ("2. CÁC QUÁ TRÌNH VÀ SỰ TƯƠNG TÁC", "Tiếp nhận, xử lý, trả kết quả.")),
        "Chính sách.docx": simple("CHÍNH SÁCH CHẤT LƯỢNG", "CSCL", ("CAM KẾT", "Đúng hẹn, đúng luật.")),
        "Mục tiêu 2026.docx": simple("MỤC TIÊU CHẤT LƯỢNG", "MTCL-2026", ("1. MỤC TIÊU", "Trả kết quả đúng hẹn từ 98% trở lên.")),
    }


@pytest.mark.parametrize("profile", ["agency", "company"])
def test_from_a_folder_of_word_files_to_documents_in_force(home: Path, tmp_path: Path, profile: str) -> None:
    old = papers(tmp_path / "old", whole_system() | {"qd.pdf": b"%PDF-1.4\n%%EOF\n"})
    desk, plan = new_office(tmp_path / "office", profile), tmp_path / "import.yaml"
    desk.run("import", "plan", old, "-o", plan)
    correct(plan, Công_chức_tư_pháp="unit-head", decision_file="qd.pdf", approved_by='"Phạm Quốc Bảo, Chủ tịch, UBND phường Tân An"')
    desk.run("import", "apply", plan, "--commit")
    desk.run("adopt", "--from", plan, "--commit")
    assert not [line for line in desk.run("check").out.splitlines() if "lỗi:" in line]

    listed = desk.run("list", "procedure", "--format", "json").json
    assert [(each["id"], each["revision"], each["status"]) for each in listed] == [(f"QT-{number}", 3, "effective") for number in range(31, 48)]
    bodies = {re.sub(rf"\b{number}\b", "N", desk.read(f"documents/procedures/QT-{number}.md").partition("\n---\n")[2]) for number in range(31, 48)}
    assert len(bodies) == 1, "three ways to write Vietnamese are one text"
    history = desk.run("history", "QT-31").out
    assert "12/QĐ-UBND ngày 15/03/2024" in history
    assert "Phạm Quốc Bảo" in history
    assert (desk.root / "attachments/import/QT-31.docx").read_bytes() == (old / "QT 31.docx").read_bytes()
    assert desk.run("procedure", "QT-31").out.count("B2") > 0

    before = desk.tree()
    desk.run("import", "apply", plan, "--commit")
    desk.run("adopt", "--from", plan)
    assert desk.tree() == before, "a second time changes nothing"
