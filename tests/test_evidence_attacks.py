"""Attacks on evidence: what a signed copy names is taken away or exchanged, and honest changes that look like it.

The office has chosen the second format. Each change comes in as the others do, by fast-forward, merge, squash and rebase.
"""

from __future__ import annotations

import hashlib
import shutil
import struct
from pathlib import Path

import pytest

from tests import test_signoff_attacks as plain
from tests.desk import COPIES, UNSEEN, Change, Desk, Once, approve, procedure
from tests.landing import accept, caught, passes
from tests.test_signoff_attacks import EVIDENCE, NC, TODAY

QT3 = "documents/procedures/QT-03.md"
FLOW, FORM, LIST = "documents/procedures/lưu đồ.png", "documents/forms/đơn.docx", "attachments/QT-03/danh mục.csv"
PHOTO, REGISTER = "attachments/NC-2026-002/ảnh.png", "records/case-registers/SHS-2026-001.md"
NC2 = "records/nonconformities/NC-2026-002.md"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 3, 2)
SHOWN = "\n![Lưu đồ](<lưu đồ.png>)\n\nXem [đơn](../forms/đơn.docx) và [danh mục][dm].\n\n[dm]: ../../attachments/QT-03/danh%20mục.csv\n"
GONE, CHANGED = {"attachment-missing"}, {"attachment-changed"}


def digest(desk: Desk, path: str) -> str:
    return hashlib.sha256((desk.root / path).read_bytes()).hexdigest()


def delete(desk: Desk, path: str) -> None:
    (desk.root / path).unlink()


def exchanged(desk: Desk, path: str, *texts: str) -> None:
    """Other bytes at the path, and their digest in the working texts that name it."""
    before = digest(desk, path)
    desk.write(path, PNG + b"another")
    for text in texts:
        desk.write(text, desk.read(text).replace(before, digest(desk, path)))


def give_evidence(desk: Desk) -> None:
    """QT-03 in force with a picture, a form and a list; NC-2026-002 confirmed on a photo; all committed, of format 2."""
    desk.run("upgrade")
    for path, data in {FLOW: PNG, FORM: b"PK\x03\x04\0", LIST: b"a,b\n"}.items():
        desk.write(path, data)
    desk.write(QT3, procedure("QT-03", "Khai sinh", "2026-08-03").replace("## 6. Biểu mẫu\n", f"## 6. Biểu mẫu\n{SHOWN}"))
    approve(desk, "QT-03", TODAY)
    desk.run("nc", "log", "Thiếu chữ ký", "--severity", "minor", "--requirement", "QT-01", "--set", "owner=hoa", by="minh")
    desk.fill_in(NC2)
    photo = desk.root.parent / "ảnh.png"
    photo.write_bytes(PNG)
    desk.run("attach", "NC-2026-002", photo)
    desk.run("advance", "NC-2026-002", "confirmed", by="hoa")
    desk.commit("evidence")


@pytest.fixture
def accepted(settled: Desk, once: Once) -> Desk:
    """An office with evidence, accepted."""
    return once(settled, give_evidence, accept)


def test_submit_names_what_a_text_shows_and_links_to_and_says_so(settled: Desk) -> None:
    desk = settled
    for path, data in {FLOW: PNG, FORM: b"PK", LIST: b"a,b\n", "README.md": b"x", "so.xlsx": b"x"}.items():
        desk.write(path, data)
    more = "[a](../../README.md) [b](QT-01.md) [c](../../so.xlsx) [d](https://a.example/x.pdf) ![e](<lưu đồ.png>)\n"
    desk.write(QT3, procedure("QT-03", "Khai sinh", "2026-08-03").replace("## 6. Biểu mẫu\n", f"## 6. Biểu mẫu\n{SHOWN}\n{more}"))
    said = desk.run("submit", "QT-03", by="minh")
    assert f"QT-03 names under “files” what it shows and links to, with the SHA-256, so that it stays as it is: {FLOW}, {FORM}, {LIST}" in said.err
    assert QT3 in said.written
    text = desk.read(QT3)
    assert [path for path in (FLOW, FORM, LIST) if f"{{path: {path}, sha256: {digest(desk, path)}}}" in text] == [FLOW, FORM, LIST]
    assert text.count("sha256: ") == 3
    assert desk.read(f"{desk.dossiers('QT-03')[0]}/QT-03.md") == text
    assert desk.errors() == []


def test_an_adopted_text_names_them_too(settled: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "qd.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    settled.write(FLOW, PNG)
    settled.edit("documents/procedures/QT-02.md", "## 6. Biểu mẫu\n", "## 6. Biểu mẫu\n\n![a](<lưu đồ.png>)\n")
    settled.run("adopt", "QT-02", "--basis", "12/QĐ-UBND", "--basis-date", "2025-09-15", "--basis-file", scan, by="lan")
    assert f"path: {FLOW}" in settled.read(f"{settled.dossiers('QT-02')[0]}/QT-02.md")


def test_a_text_that_shows_nothing_is_left_as_it_is(settled: Desk) -> None:
    before = settled.read("documents/procedures/QT-02.md")
    settled.run("submit", "QT-02", by="minh")
    assert settled.read("documents/procedures/QT-02.md") == before


# -- attacks --------------------------------------------------------------------------------------


def settle(desk: Desk, what: str) -> None:
    """What the attack begins from, accepted by then."""
    desk.commit(what)
    assert desk.check() == (0, {}), desk.diagnostics()
    desk.git("tag", "--force", "accepted")


def next_revision(desk: Desk, old: str = SHOWN, new: str = "\nKhông.\n") -> None:
    """QT-03 once more, approved: without what it showed, unless something else is shown."""
    desk.run("revise", "QT-03", "--change", "Bỏ lưu đồ", by="minh")
    desk.edit(QT3, old, new)
    approve(desk, "QT-03", TODAY)


def without_files(desk: Desk) -> None:
    """The working text does not name them any more, either."""
    text = desk.read(QT3)
    start = text.index("files:")
    desk.write(QT3, text[:start] + text[text.index("---", start) :])


def superseded(desk: Desk) -> None:
    desk.run("revise", "QT-03", "--change", "Bỏ lưu đồ", by="minh")
    desk.edit(QT3, SHOWN, "\nKhông.\n")
    without_files(desk)
    approve(desk, "QT-03", TODAY)
    settle(desk, "superseded")


def picture_in_force_changed(desk: Desk) -> None:
    desk.write(FLOW, PNG + b"another")


def picture_in_force_deleted(desk: Desk) -> None:
    delete(desk, FLOW)


def picture_in_force_exchanged_while_a_draft_names_it_anew(desk: Desk) -> None:
    desk.run("revise", "QT-03", "--change", "Lưu đồ mới", by="minh")
    exchanged(desk, FLOW, QT3)


def linked_form_changed(desk: Desk) -> None:
    desk.write(FORM, b"PK\x03\x04\0 other")


def linked_list_deleted(desk: Desk) -> None:
    delete(desk, LIST)


def list_with_other_line_ends(desk: Desk) -> None:
    """Git leaves the bytes of evidence alone, so nobody's system changes them."""
    desk.write(LIST, b"a,b\r\n")


def picture_in_its_place_a_link(desk: Desk) -> None:
    (desk.root / FLOW).rename(desk.root / "lưu đồ 2.png")
    (desk.root / FLOW).symlink_to("../../lưu đồ 2.png")


def picture_renamed(desk: Desk) -> None:
    (desk.root / FLOW).rename(desk.root / "documents/procedures/khác.png")


def picture_of_a_superseded_revision_changed(desk: Desk) -> None:
    superseded(desk)
    desk.write(FLOW, PNG + b"another")


def picture_of_a_superseded_revision_deleted(desk: Desk) -> None:
    superseded(desk)
    delete(desk, FLOW)


def revision_and_exchange_in_one(desk: Desk) -> None:
    """The next revision shows another picture at the same path, approved by everybody."""
    desk.run("revise", "QT-03", "--change", "Lưu đồ mới", by="minh")
    exchanged(desk, FLOW, QT3)
    text = desk.read(QT3)
    folder = f"signoffs/QT-03/2-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    desk.write(f"{folder}/QT-03.md", text)
    for meaning, person, *role in (("author", "minh"), ("review", "lan", "role: qmr"), ("approve", "binh", "role: director")):
        plain.sign_by_hand(desk, folder, meaning, person, *role)


def picture_of_a_withdrawn_text_deleted(desk: Desk) -> None:
    desk.run("withdraw", "QT-03", "-m", "Không dùng nữa", by="binh")
    settle(desk, "withdrawn")
    delete(desk, QT3)
    delete(desk, FLOW)


def picture_of_a_returned_text_exchanged(desk: Desk) -> None:
    desk.run("revise", "QT-03", "--change", "Lưu đồ mới", by="minh")
    desk.write("documents/procedures/mới.png", PNG + b"new")
    desk.edit(QT3, "<lưu đồ.png>", "<mới.png>")
    desk.run("submit", "QT-03")
    desk.run("return", "QT-03", "-m", "Lưu đồ sai", by="lan")
    settle(desk, "returned")
    exchanged(desk, "documents/procedures/mới.png", QT3)


def evidence_of_a_confirmed_record_exchanged(desk: Desk) -> None:
    exchanged(desk, PHOTO, NC2)


def evidence_of_a_confirmed_record_dropped(desk: Desk) -> None:
    text = desk.read(NC2)
    start = text.index("evidence:")
    desk.write(NC2, text[:start] + text[text.index("\n", start) + 1 :])
    delete(desk, PHOTO)


def evidence_of_a_reopened_closing_exchanged(desk: Desk) -> None:
    desk.run("reopen", "NC-2026-001", "--reason", "Lại quá hẹn", by="lan")
    settle(desk, "reopened")
    exchanged(desk, EVIDENCE, NC)


def reopened_and_exchanged_in_one(desk: Desk) -> None:
    desk.run("reopen", "NC-2026-001", "--reason", "Lại quá hẹn", by="lan")
    exchanged(desk, EVIDENCE, NC)


def disposal(desk: Desk, listed: str, state: str = "approved", by: str = "binh") -> None:
    desk.run("new", "disposal", "--title", "Xóa dữ liệu cá nhân", "--set", listed, "--set", "reason=Công dân yêu cầu", by="hoa")
    desk.fill_in("records/disposals/HUY-2026-001.md")
    if state != "proposed":
        desk.run("advance", "HUY-2026-001", state, by=by)


def erased_on_a_proposal(desk: Desk) -> None:
    disposal(desk, f"erases={PHOTO}", "proposed")
    delete(desk, PHOTO)


def erased_on_a_refusal(desk: Desk) -> None:
    disposal(desk, f"erases={PHOTO}", "refused")
    delete(desk, PHOTO)


def erased_and_another_put_there(desk: Desk) -> None:
    disposal(desk, f"erases={PHOTO}")
    exchanged(desk, PHOTO, NC2)


def picture_in_a_text_erased_on_a_proposal(desk: Desk) -> None:
    disposal(desk, f"erases={FLOW}", "proposed")
    delete(desk, FLOW)


def erased_is_another_than_named(desk: Desk) -> None:
    disposal(desk, f"erases={PHOTO}")
    delete(desk, EVIDENCE)


ATTACKS: tuple[tuple[Change, set[str]], ...] = (
    (picture_in_force_changed, CHANGED),
    (picture_in_force_deleted, GONE | {"reference-broken"}),
    (picture_in_force_exchanged_while_a_draft_names_it_anew, CHANGED),
    (linked_form_changed, CHANGED),
    (linked_list_deleted, GONE | {"reference-broken"}),
    (list_with_other_line_ends, CHANGED),
    (picture_in_its_place_a_link, GONE | {"special-file"}),
    (picture_renamed, GONE | {"reference-broken"}),
    (picture_of_a_superseded_revision_changed, CHANGED),
    (picture_of_a_superseded_revision_deleted, GONE),
    (revision_and_exchange_in_one, CHANGED),
    (picture_of_a_withdrawn_text_deleted, GONE),
    (picture_of_a_returned_text_exchanged, CHANGED),
    (evidence_of_a_confirmed_record_exchanged, CHANGED),
    (evidence_of_a_confirmed_record_dropped, GONE),
    (evidence_of_a_reopened_closing_exchanged, CHANGED),
    (reopened_and_exchanged_in_one, CHANGED),
    (erased_on_a_proposal, GONE),
    (erased_on_a_refusal, GONE),
    (erased_and_another_put_there, CHANGED),
    (picture_in_a_text_erased_on_a_proposal, GONE | {"reference-broken"}),
    (erased_is_another_than_named, GONE),
)


@pytest.mark.parametrize(("attack", "rules"), ATTACKS, ids=[attack.__name__ for attack, _rules in ATTACKS])
def test_is_caught_however_it_comes_in(accepted: Desk, attack: Change, rules: set[str]) -> None:
    caught(accepted, attack, rules)


@pytest.mark.parametrize(("attack", "rules"), ATTACKS, ids=[attack.__name__ for attack, _rules in ATTACKS])
def test_the_way_out_puts_it_right(accepted: Desk, attack: Change, rules: set[str]) -> None:
    """What a message proposes to take back is taken back: nothing but a text that names other bytes is wrong then."""
    attack(accepted)
    found = accepted.run("check", "--base", "accepted", "--format", "json", code=1).json["diagnostics"]
    wrong = [each for each in found if each["rule"] in GONE | CHANGED]
    assert {each["rule"] for each in wrong} == rules & (GONE | CHANGED)
    for each in wrong:
        assert "git checkout" in each["hint"], each
        path = each["message"].partition(" is named here")[0].partition(" has the digest")[0]
        (accepted.root / path).unlink(missing_ok=True)
        accepted.git("checkout", "accepted", "--", path)
    left = accepted.run("check", "--base", "accepted", "--format", "json", code=None).json["diagnostics"]
    assert not [each for each in left if each["rule"] in GONE | CHANGED and each["path"] in {one["path"] for one in wrong}]


# -- honest changes -------------------------------------------------------------------------------


def another_picture_at_a_new_path(desk: Desk) -> None:
    desk.write("documents/procedures/lưu đồ 2.png", PNG + b"2")
    next_revision(desk, "<lưu đồ.png>", "<lưu đồ 2.png>")


def a_revision_that_shows_nothing(desk: Desk) -> None:
    next_revision(desk)


def a_revision_that_names_nothing(desk: Desk) -> None:
    desk.run("revise", "QT-03", "--change", "Bỏ lưu đồ", by="minh")
    desk.edit(QT3, SHOWN, "\nKhông.\n")
    without_files(desk)
    approve(desk, "QT-03", TODAY)


def a_file_erased_by_a_disposal(desk: Desk) -> None:
    disposal(desk, f"erases={PHOTO}")
    delete(desk, PHOTO)


def a_file_of_a_closed_record_erased(desk: Desk) -> None:
    disposal(desk, f"erases={EVIDENCE}")
    delete(desk, EVIDENCE)
    desk.run("advance", "HUY-2026-001", "done", "--set", f"done={TODAY}", by="lan")


def a_picture_in_a_text_in_force_erased(desk: Desk) -> None:
    """The text shows it still, and stays as it was signed."""
    disposal(desk, f"erases={FLOW}")
    delete(desk, FLOW)


def a_picture_in_the_text_of_a_confirmed_record_erased(desk: Desk) -> None:
    scene, record = "records/nonconformities/hiện trường.png", "records/nonconformities/NC-2026-003.md"
    desk.run("nc", "log", "Sai họ tên", "--severity", "minor", "--requirement", "QT-01", "--set", "owner=hoa", by="minh")
    desk.fill_in(record)
    desk.write(scene, PNG)
    desk.edit(record, "## 1. Mô tả\n", "## 1. Mô tả\n\n![Hiện trường](<hiện trường.png>)\n")
    desk.run("advance", "NC-2026-003", "confirmed", by="hoa")
    settle(desk, "confirmed")
    disposal(desk, f"erases={scene}")
    delete(desk, scene)


def an_attachment_nobody_signed_replaced(desk: Desk) -> None:
    desk.run("nc", "log", "Sai họ tên", "--severity", "minor", "--requirement", "QT-01", "--set", "owner=hoa", by="minh")
    desk.fill_in("records/nonconformities/NC-2026-003.md")
    photo = desk.root.parent / "bản sao.png"
    photo.write_bytes(PNG)
    desk.run("attach", "NC-2026-003", photo)
    settle(desk, "attached")
    exchanged(desk, "attachments/NC-2026-003/bản sao.png", "records/nonconformities/NC-2026-003.md")


def a_picture_of_a_draft_changed(desk: Desk) -> None:
    desk.write("documents/procedures/dự thảo.png", PNG)
    desk.edit("documents/procedures/QT-02.md", "## 6. Biểu mẫu\n", "## 6. Biểu mẫu\n\n![a](<dự thảo.png>)\n")
    settle(desk, "drawn")
    desk.write("documents/procedures/dự thảo.png", PNG + b"2")


def a_submission_given_up_with_its_picture(desk: Desk) -> None:
    a_picture_of_a_draft_changed(desk)
    desk.run("submit", "QT-02", by="minh")
    desk.commit("submitted")
    shutil.rmtree(desk.root / "signoffs/QT-02")
    exchanged(desk, "documents/procedures/dự thảo.png", "documents/procedures/QT-02.md")
    desk.run("submit", "QT-02")


def folders_rearranged_with_their_pictures(desk: Desk) -> None:
    (desk.root / "documents/hộ tịch").mkdir()
    for path in (QT3, FLOW):
        (desk.root / path).rename(desk.root / "documents/hộ tịch" / Path(path).name)


def windows_line_ends(desk: Desk) -> None:
    (desk.root / ".gitattributes").unlink()
    plain.convert(desk.root)


def more_evidence(desk: Desk) -> None:
    photo = desk.root.parent / "ảnh 2.png"
    photo.write_bytes(PNG + b"2")
    desk.run("attach", "NC-2026-002", photo, by="hoa")
    desk.run("advance", "NC-2026-002", "contained", "--set", "correction=Ký lại")


HONEST: tuple[Change, ...] = (
    another_picture_at_a_new_path, a_revision_that_shows_nothing, a_revision_that_names_nothing, a_file_erased_by_a_disposal,
    a_file_of_a_closed_record_erased, a_picture_in_a_text_in_force_erased, a_picture_in_the_text_of_a_confirmed_record_erased, an_attachment_nobody_signed_replaced, a_picture_of_a_draft_changed,
    a_submission_given_up_with_its_picture, folders_rearranged_with_their_pictures, windows_line_ends, more_evidence,
)


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.__name__)
def test_an_honest_change_passes_however_it_comes_in(accepted: Desk, change: Change) -> None:
    passes(accepted, change)


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_the_office_passes(accepted: Desk, tmp_path: Path, name: str) -> None:
    assert COPIES[name](accepted, tmp_path / "copy").check() == (0, UNSEEN.get(name, {}))


def test_an_office_of_the_first_format_is_told_and_not_stopped(settled: Desk) -> None:
    settled.git("tag", "accepted")
    reopened_and_exchanged_in_one(settled)
    settled.commit("exchanged")
    found = settled.run("check", "--base", "accepted", "--format", "json").json["diagnostics"]
    assert [(each["rule"], each["severity"], each["path"]) for each in found if each["rule"] in CHANGED] == [("attachment-changed", "note", "qms.yaml")]


# -- commands -------------------------------------------------------------------------------------


def test_attach_never_gives_a_path_other_bytes_than_were_signed_for(accepted: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other" / "ảnh.png"
    other.parent.mkdir()
    other.write_bytes(PNG + b"another")
    assert "exists already; evidence is not replaced" in accepted.refused("attach", "NC-2026-002", other).err
    delete(accepted, PHOTO)
    assert "was signed for with other contents; evidence is not replaced" in accepted.refused("attach", "NC-2026-002", other).err
    other.write_bytes(PNG)
    accepted.run("attach", "NC-2026-002", other)
    assert accepted.errors() == []
    assert accepted.read(NC2).count("sha256: ") == 1


def test_verify_and_the_kit_have_the_files_that_texts_name(accepted: Desk, tmp_path: Path) -> None:
    said = accepted.run("verify", "QT-03")
    assert all(f"names {path}; its digest matches" in " ".join(said.out.split()) for path in (FLOW, FORM, LIST))
    accepted.run("verify", "QT-03", "--kit", tmp_path / "kit")
    sums = (tmp_path / "kit/SHA256SUMS").read_text(encoding="utf-8")
    for path in (FLOW, FORM, LIST):
        assert f"{digest(accepted, path)}  {path}\n" in sums
        assert (tmp_path / "kit" / path).read_bytes() == (accepted.root / path).read_bytes()
    before = digest(accepted, FORM)
    accepted.write(FORM, b"PK other")
    accepted.run("verify", "QT-03", "--kit", tmp_path / "second", code=1)
    assert f"{before}  {FORM}\n" in (tmp_path / "second/SHA256SUMS").read_text(encoding="utf-8"), "so that sha256sum -c fails"


def test_verify_speaks_against_evidence_of_any_copy(accepted: Desk) -> None:
    superseded(accepted)
    assert "no problem found" in accepted.run("verify", "QT-03").out
    delete(accepted, FLOW)
    accepted.commit("gone")
    found = accepted.run("verify", "QT-03", "--format", "json", code=1).json["subjects"][0]["dossiers"]
    files = [each for dossier in found for each in dossier["files"] if each["path"] == FLOW]
    assert [(each["digest_matches"], each["gone_by"]) for each in files] == [(False, None)]
    assert "something is wrong" in accepted.run("verify", "QT-03", code=1).out
    disposal(accepted, f"erases={FLOW}")
    accepted.commit("erased")
    assert "gone by HUY-2026-001" in accepted.run("verify", "QT-03").out


def test_a_report_shows_the_picture_that_was_signed_and_none_that_was_erased(accepted: Desk, tmp_path: Path) -> None:
    page = tmp_path / "page.html"

    def shown() -> str:
        page.unlink(missing_ok=True)
        accepted.run("report", "audit", "--with-documents", "-o", page)
        return page.read_text(encoding="utf-8")

    assert "data:image/png;base64," in shown()
    folders_rearranged_with_their_pictures(accepted)
    assert "data:image/png;base64," in shown(), "it has moved with its text"
    desk = accepted
    for path in (QT3, FLOW):
        (desk.root / "documents/hộ tịch" / Path(path).name).rename(desk.root / path)
    disposal(desk, f"erases={FLOW}")
    delete(desk, FLOW)
    assert "data:image/png;base64," not in shown(), "not from history, either"
    assert desk.errors() == []
