"""A new office brings in what it has in Word: from a folder to documents in force."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from qmsctl.acts import importing
from qmsctl.core.text.characters import hidden
from qmsctl.store.incoming.papers import read_paper
from tests.desk import Desk, qmsctl
from tests.word_papers import Paper, Write, as_tcvn3, as_unicode, as_vni, procedure, simple, tracked

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


REGISTERS = {
    "external-document": "TT;Tên văn bản;Số hiệu;Cơ quan ban hành;Ngày ban hành\n1;Luật Hộ tịch;60/2014/QH13;Quốc hội;20/11/2014\n2;Luật Căn cước;26/2023/QH15;Quốc hội;27/11/2023\n",
    "equipment": "TT;Tên thiết bị;Mã thiết bị;Nơi đặt;Người sử dụng\n1;Máy in;IN-1;Phòng 1;Nguyễn Văn An\n2;Máy in;IN-2;Phòng 2;\n",
}


@pytest.mark.parametrize("profile", ["agency", "company"])
def test_from_a_folder_of_word_files_to_documents_in_force(home: Path, tmp_path: Path, profile: str) -> None:
    old = papers(tmp_path / "old", whole_system() | {"qd.pdf": b"%PDF-1.4\n%%EOF\n"})
    desk, plan = new_office(tmp_path / "office", profile), tmp_path / "import.yaml"
    desk.run("import", "plan", old, "-o", plan)
    first = plan.read_text("utf-8")
    assert f"“qmsctl import apply {plan}”" in first, "as it is typed on another day"
    assert f"“qmsctl adopt --from {plan}”" in first
    correct(plan, Công_chức_tư_pháp="unit-head", decision_file="qd.pdf", approved_by='"Phạm Quốc Bảo, Chủ tịch, UBND phường Tân An"')
    assert "old/QT 31.docx" in desk.run("import", "apply", plan, "--commit").err, "where it is taken from"
    for kind, text in REGISTERS.items():
        (tmp_path / kind).write_text(text, encoding="utf-8")
        assert len(desk.run("import", "register", tmp_path / kind, "--type", kind, *(["--set", "kind=it"] if kind == "equipment" else []), "--commit").written) == 2
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

    desk.run("report", "document", "QT-31", "-o", tmp_path / "QT-31.html")
    assert "12/QĐ-UBND" in (tmp_path / "QT-31.html").read_text("utf-8")
    desk.run("revise", "QT-31", "--change", "Rút ngắn thời gian")
    desk.edit("documents/procedures/QT-31.md", "time: 4h", "time: 2h")
    assert "{+2 giờ+}" in desk.run("diff", "QT-31", "3..draft").out


def test_one_bad_file_stops_no_other(home: Path, tmp_path: Path) -> None:
    secret = Paper()
    secret.table((("UBND", "TỐI MẬT"),))
    secret.line("Kế hoạch bố trí", bold=True)
    drafted = Paper()
    for line in ("Mã hiệu: HD-04", "Lần ban hành: 1"):
        drafted.line(line)
    tracked(drafted.line("Thời hạn: "), "ins", "Sơn", "hai ngày")
    old = papers(tmp_path / "old", {
        "mat.docx": secret.bytes(),
        "bomb.docx": bomb(),
        "broken.docx": b"no archive",
        "so.xlsx": b"",
        "HD-01.docx": simple("HƯỚNG DẪN", "HD-01", ("1. MỤC ĐÍCH", "Một.")),
        "HD-02.docx": simple("HƯỚNG DẪN", "HD-02", ("1. MỤC ĐÍCH", "Hai.")),
        "HD-02 (copy).docx": simple("HƯỚNG DẪN", "HD-02", ("1. MỤC ĐÍCH", "Hai, bản khác.")),
        "HD-03.md": b"---\ndocument_id: HD-03\n---\n# Ba\n\n<script>alert(1)</script> ![x](http://a.example/b.png) [y](javascript:z)\n",
        "HD-04.docx": drafted.bytes(),
        "ho-so.md": b"# Danh sach\n\n| Ma ho so | Chu ho so | Ngay tiep nhan |\n|---|---|---|\n| H29-1 | Nguyen Van An | 2/3/2026 8:10 |\n",
    })
    desk, plan = new_office(tmp_path / "office", "agency"), tmp_path / "import.yaml"
    before = desk.tree()
    said = desk.run("import", "plan", old, "-o", plan)
    assert desk.tree() == before
    text = plan.read_text(encoding="utf-8")
    assert "Kế hoạch bố trí" not in text + said.err
    left = dict(re.findall(r'^  - \{path: (\S+), why: "?(.*?)"?\}$', text, re.MULTILINE))
    assert set(left) == {"mat.docx", "bomb.docx", "broken.docx", "ho-so.md", "so.xlsx"}
    assert "bảo vệ bí mật nhà nước" in left["mat.docx"]

    first = desk.run("import", "apply", plan, "--only", "HD-01", "--commit")
    assert first.written == ["documents/instructions/HD-01.md", "attachments/import/HD-01.docx"]
    (old / "HD-03.md").write_text("# changed\n", encoding="utf-8")
    rest = desk.run("import", "apply", plan, code=3)
    assert "HD-03.md: tệp đã đổi" in rest.err
    assert "HD-04.docx: chưa quyết định" in rest.err
    assert not (desk.root / "documents/instructions/HD-02.md").exists()
    correct(plan, tracked="rejected")
    plan.write_text(re.sub(r"(path: HD-02\.docx\n.*\n    take: )no", r"\1yes", plan.read_text("utf-8")), "utf-8")
    assert "tệp sẽ không nhập được; các tệp còn lại sẽ được nhập" in desk.run("import", "apply", plan, "--dry-run", code=3).err
    assert not (desk.root / "documents/instructions/HD-02.md").exists()
    desk.run("import", "apply", plan, code=3)
    assert "Hai.\n" in desk.read("documents/instructions/HD-02.md")
    assert "hai ngày" not in desk.read("documents/instructions/HD-04.md")

    desk.run("import", "plan", old, "-o", plan)
    assert "Mã HD-02 đã dùng".casefold() in plan.read_text("utf-8").casefold()


def bomb() -> bytes:
    found = BytesIO()
    with ZipFile(found, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 100_000_000)
    return found.getvalue()


MARKDOWN = {
    "purchasing.md": "---\ndocument_id: QT-21\ntitle: Purchasing\nversion: v2.1\neffective_date: 2024-03-15\nnext_review: 2027-03-15\napproved_by: Ann Lee\nrisk: low\nrisk: high\n---\n\n# Purchasing\n\n## 1. Purpose\n\nBuy what conforms. <!-- [9001:8.4.1] -->\n\n## 2. Scope\n\nAll.\n",
    "b.md": "---\ndoc_id: \"QT-22\"\nname: 'Training of people'\nrev: 3\neffective-date: 15/03/2024\niso_clauses:\n  - 7.2\n  - 7.3\n---\n## Steps\n\n| Step | Activity | Responsible | Duration |\n|---|---|---|---|\n| 1 | Ask | Quality manager | 2 days |\n| 2 | Teach | Quality manager | soon |\n",
    "c.md": "| Document ID | QT-23 |\n|---|---|\n| Version | 4 |\n| Effective date | 2024-03-15 |\n\n# Maintenance\n\n```mermaid\ngraph TD; a-->b\n```\n\nText *with* `code` and [a link](https://a.example).\n",
    "d.md": "# Complaints\n\n**Document ID:** QT-24\n\n**Revision:** 1\n\n**Effective date:** 2024-03-15\n\n## Purpose\n\nHear people.\n",
    "e.html": "<html><head><title>x</title></head><body><h1>Storage</h1><table><tr><td>Code</td><td>QT-25</td></tr><tr><td>Issue</td><td>2</td></tr></table><h2>Purpose</h2><p>Keep &amp; find.</p></body></html>",
}


def test_pages_as_others_write_them(home: Path, tmp_path: Path) -> None:
    old = papers(tmp_path / "old", {name: text.encode() for name, text in MARKDOWN.items()})
    said = qmsctl("--today", DAY, "init", tmp_path / "office", "--lang", "en", "--profile", "company", "--empty", "--organization", "A", "--name", "Minh", "--email", "minh@tan-an.example", "--commit")
    assert said.code == 0, said.err
    desk, plan = Desk(tmp_path / "office", DAY), tmp_path / "import.yaml"
    desk.write("qms.yaml", desk.read("qms.yaml") + '\nids: {procedure: "QT-{number:2}"}\n' if "\nids:" not in desk.read("qms.yaml") else re.sub(r"procedure: \S+?-\{", 'procedure: "QT-{', desk.read("qms.yaml")))
    desk.run("import", "plan", old, "-o", plan)
    desk.run("import", "apply", plan)
    texts = {number: desk.read(f"documents/procedures/QT-{number}.md") for number in range(21, 26)}
    assert re.findall(r"^(title|revision|effective|review_by|x-version|x-risk|x-approved-by): (.*)$", texts[21], re.MULTILINE) == [("title", "Purchasing"), ("revision", "2"), ("effective", "2024-03-15"), ("review_by", "2027-03-15"), ("x-version", "v2.1"), ("x-approved-by", "Ann Lee"), ("x-risk", "low")]
    assert "clauses: [8.4.1]" in texts[21]
    assert "“risk” stands there twice" in plan.read_text("utf-8")
    assert "clauses: [7.2, 7.3]" in texts[22]
    assert re.findall(r"^  (responsible|time|note): (.*)$", texts[22], re.MULTILINE) == [("responsible", "qmr"), ("time", "2d"), ("responsible", "qmr"), ("note", '"Time: soon"')]
    assert "## 1. Purpose" in texts[24]
    for number, revision in ((22, 3), (23, 4), (24, 1), (25, 2)):
        assert f"\nrevision: {revision}\n" in texts[number]
    assert "\n```mermaid\ngraph TD; a-->b\n```\n" in texts[23]
    assert "Keep & find." in texts[25]
    desk.write("people.yaml", re.sub(r"\{role: qmr", "{role: director, from: 2020-01-01}, \\g<0>", desk.read("people.yaml"), count=1))
    desk.run("adopt", "--from", plan, "--basis", "7", "--basis-date", "2024-03-10", "--approved-by", "Ann Lee, Director, A Ltd")
    assert not [line for line in desk.run("check", code=None).out.splitlines() if "documents/procedures" in line and " error: " in line]


def test_what_came_in_meanwhile_is_there_and_no_fault(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a kill, whose work the next command that writes brings to its end."""
    old = papers(tmp_path / "old", {"a.md": b"---\ndocument_id: HD-01\n---\n# A\n"})
    desk, plan = new_office(tmp_path / "office", "agency"), tmp_path / "import.yaml"
    desk.run("import", "plan", old, "-o", plan)
    real = read_paper

    def meanwhile(*given: Any, **more: Any) -> Any:
        monkeypatch.setattr(importing, "read_paper", real)
        desk.run("import", "apply", plan)
        return real(*given, **more)

    monkeypatch.setattr(importing, "read_paper", meanwhile)
    assert "1 tài liệu đã có sẵn" in desk.run("import", "apply", plan).err


def test_signs_that_nobody_sees_go_nowhere(home: Path, tmp_path: Path) -> None:
    hostile = "\u202egnp.\u200b\x1b[31mx\u00ad"
    old = papers(tmp_path / "old", {
        "a\u202eb.md": b"# x\n",
        unicodedata.normalize("NFD", "Hướng dẫn.md"): f"---\ndocument_id: HD-09\nx{hostile}: 1\nrisk: {hostile}\n---\n# Tên {hostile}\n\n## Nội dung\n\n| Bước | Nội dung | Trách nhiệm |\n|---|---|---|\n| 1 | a{hostile} | Ai{hostile} |\n".encode(),
    })  # fmt: skip
    desk, plan = new_office(tmp_path / "office", "agency"), tmp_path / "import.yaml"
    desk.run("import", "plan", old, "-o", plan)
    desk.run("import", "apply", plan)
    for text in (plan.read_text("utf-8"), desk.read("documents/instructions/HD-09.md")):
        assert not hidden(text)
    assert "path: a\\u202eb.md" in plan.read_text("utf-8").replace('"', "").replace("\\\\", "\\")


def test_scans_come_in_by_a_list(home: Path, tmp_path: Path) -> None:
    old = papers(tmp_path / "old", {"quét 1.pdf": b"%PDF-1.4\n1\n", "quét 2.pdf": b"%PDF-1.4\n2\n", "qd.pdf": b"%PDF-1.4\n"})
    index = tmp_path / "list.csv"
    index.write_text("Danh mục tài liệu;;;;;\nTT;Mã hiệu;Tên tài liệu;Lần ban hành;Ngày hiệu lực;Tên tệp\n1;QT.51;Lưu trữ hồ sơ;02;15/03/2024;quét 1.pdf\n2;HD-07;Đóng dấu;1;01/04/2024;quét 2.pdf\n", encoding="utf-8")
    desk, plan = new_office(tmp_path / "office", "agency"), tmp_path / "import.yaml"
    desk.run("import", "plan", old, "-o", plan, "--index", index)
    desk.run("import", "apply", plan)
    text = desk.read("documents/procedures/QT-51.md")
    assert "title: Lưu trữ hồ sơ\nrevision: 2\neffective: 2024-03-15\n" in text
    assert "[quét 1.pdf](../../attachments/import/QT-51.pdf)" in text
    desk.run("adopt", "--from", plan, "--basis", "3/QĐ-UBND", "--basis-date", "2024-03-10", "--basis-file", old / "qd.pdf", "--approved-by", "Phạm Quốc Bảo, Chủ tịch, UBND phường Tân An")
    assert "lỗi:" not in "".join(line for line in desk.run("check", "documents/procedures/QT-51.md", code=None).out.splitlines(True))
    assert [each["status"] for each in desk.run("list", "--format", "json").json] == ["effective", "effective"]


def test_revisions_from_before_are_adopted_in_their_order(home: Path, tmp_path: Path) -> None:
    texts = ("Ghi sổ.", "Ghi sổ, ký nhận.", "Ghi sổ, ký nhận, lưu.")
    old = papers(tmp_path / "old", {f"HD-05 lan {n}.docx": simple("HƯỚNG DẪN GIAO NHẬN", "HD-05", ("1. MỤC ĐÍCH", "Không mất hồ sơ."), ("2. NỘI DUNG", text), revision=n, year=2020 + n) for n, text in enumerate(texts, 1)})
    desk, plan = new_office(tmp_path / "office", "agency"), tmp_path / "import.yaml"
    desk.run("import", "plan", old, "-o", plan)
    assert re.findall(r"^    take: (.*)$", plan.read_text("utf-8"), re.MULTILINE) == ["earlier", "earlier", "yes"]
    text = plan.read_text("utf-8")
    assert text.count("quyết định nào cho lần ban hành trước này hiệu lực") == 2
    for number in (1, 2):
        text = re.sub(rf'(revision: {number}\n(?:    .*\n)*?    decision: )""\n(    decision_date: )""', rf"\g<1>{number}/QĐ-UBND\n\g<2>202{number}-03-12", text)
    plan.write_text(text, "utf-8")
    desk.run("import", "apply", plan, "--commit")
    desk.run("adopt", "--from", plan, "--basis", "9/QĐ-UBND", "--basis-date", "2023-03-10", "--approved-by", "Phạm Quốc Bảo, Chủ tịch, UBND phường", "--commit")
    assert not [line for line in desk.run("check", code=None).out.splitlines() if "HD-05" in line and "lỗi:" in line]
    history = desk.run("history", "HD-05").out
    assert re.findall(r"^Lần ban hành (\d): (.*)$|số (\d/QĐ-UBND)|(?:Có hiệu lực|Có hiệu lực từ): (\S+)", history, re.MULTILINE) == [
        ("3", "có hiệu lực", "", ""), ("", "", "", "15/03/2023"), ("", "", "9/QĐ-UBND", ""),
        ("2", "đã được thay thế", "", ""), ("", "", "", "15/03/2022"), ("", "", "2/QĐ-UBND", ""),
        ("1", "đã được thay thế", "", ""), ("", "", "", "15/03/2021"), ("", "", "1/QĐ-UBND", ""),
    ]  # fmt: skip
    assert "{+, lưu+}" in desk.run("diff", "HD-05").out
    assert "{+, ký nhận+}" in desk.run("diff", "HD-05", "1..2").out
    assert "Ghi sổ." in next(desk.root.glob("signoffs/HD-05/1-*/HD-05.md")).read_text("utf-8")
    assert (desk.root / "attachments/import/HD-05-1.docx").exists()
    before = desk.tree()
    desk.run("adopt", "--from", plan)
    assert desk.tree() == before
