"""Mistakes of somebody new to it all: the message names the command that mends it, and that command works as it stands."""

from __future__ import annotations

import re
import shlex
import subprocess

import pytest

from tests.desk import Desk, as_in_the_folder
from tests.desk import qmsctl as bare
from tests.mending import hints

QT = "documents/procedures/QT-01.md"


def typed(desk: Desk, hint: str) -> None:
    """Carry out the git or shell command at the end of a hint, as a person would in the office's folder."""
    words = shlex.split(hint[re.search(r"\b(?:git|cp) ", hint).start() :])  # type: ignore[union-attr]
    subprocess.run(words, cwd=desk.root, check=True, capture_output=True)


def hint_of(desk: Desk, rule: str, *base: str) -> str:
    """The hint of the first finding of a rule."""
    found = desk.run("check", *base, "--format", "json", code=None).json["diagnostics"]
    return next(str(each["hint"]) for each in found if each["rule"] == rule)


def put_back(desk: Desk, rule: str) -> str:
    """The words of the mend of a rule's first finding that give a file its text again."""
    found = desk.run("check", "--format", "json", code=None).json["diagnostics"]
    way = next(each["mend"] for each in found if each["rule"] == rule)
    while way["steps"][0]["kind"] != "take-back":
        way = way["otherwise"]
    return str(way["steps"][0]["text"])


def test_a_text_that_was_submitted_is_another_after_an_edit(office: Desk) -> None:
    again = "QT-01 was submitted as it was before; the changed text has to be submitted again"
    office.run("revise", "QT-01", "--change", "x", by="minh")
    assert again not in office.run("set", "QT-01", "title=Trích lục").err
    office.run("submit", "QT-01")
    assert again in office.run("set", "QT-01", "title=Bản sao").err
    office.run("submit", "QT-01")
    assert again not in office.run("set", "QT-01", "title=Bản sao").err


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("set", "QT-01", "title=Cấp", "trích", "lục"), 'put words that belong together between quotation marks: title="Cấp trích"'),
        (("list", "--status", "mở"), "known are: absent (without a working text), approved (approved, not yet in force), changed (changed without a raised revision), draft, effective (in force)"),
        (("approve", "QT-01", "--sing"), "did you mean --sign?"),
        (("--todya", "2026-03-01", "list"), "did you mean --today?"),
        (("check", "--version"), "it stands before the command: qmsctl --version check"),
        (("verify", "--kit"), "to see how it is used: qmsctl verify --help"),
        (("nc", "log", "--severity"), "to see how it is used: qmsctl nc log --help"),
        (("report", "kit"), "to see them all: qmsctl report --help"),
        (("report", "change"), "did you mean: qmsctl report changes"),
        (("new", "procedur"), "did you mean: qmsctl new procedure"),
        (("revise", "QT-01"), 'qmsctl revise QT-01 --change "…"; or: to see how it is used: qmsctl revise --help'),
    (("measure", "MT-2026-01"), 'qmsctl measure MT-2026-01 "…"; or: '),
    (("set", "QT-01", "title"), 'write it such as: title="…"'),
    ],
)
def test_a_slip_of_the_fingers(office: Desk, words: tuple[str, ...], hint: str) -> None:
    said = as_in_the_folder(bare("-C", office.root, "--lang", "en", *words), office.root)
    assert said.code == 2
    assert len(hints(said.err)) == 1
    assert hints(said.err)[0].startswith(hint)


def test_the_author_who_approves_hears_who_may(desk: Desk) -> None:
    """Not that somebody else should hold the author's own role."""
    desk.run("submit", "QT-01", by="minh")
    desk.run("review", "QT-01", by="lan")
    said = desk.refused("approve", "QT-01", by="minh")
    assert "by Trần Thị Bình, Lê Quốc Hùng: qmsctl approve QT-01" in hints(said.err)
    desk.run("approve", "QT-01", by="hung")


def test_whoever_names_a_wrong_role_hears_the_right_one(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh")
    desk.run("review", "QT-01", by="lan")
    said = desk.refused("approve", "QT-01", "--role", "qmr", by="binh")
    assert hints(said.err) == ["by Trần Thị Bình: qmsctl approve QT-01 --role director"]
    desk.run("approve", "QT-01", "--role", "director")


def test_a_sign_off_says_what_it_led_to(desk: Desk) -> None:
    assert "QT-01 still needs: approval by Chủ tịch or Phó Chủ tịch (Trần Thị Bình, Lê Quốc Hùng)" in desk.run("submit", "QT-01").err
    approved = desk.run("approve", "QT-01", "--effective", "2026-01-02", by="binh").err
    assert "QT-01 still needs: review by Đại diện lãnh đạo (Nguyễn Thị Lan)" in approved
    assert "revision 1 of QT-01 is in force from 2026-01-12" in desk.run("review", "QT-01", by="lan").err, "as the text says"
    desk.today = "2026-01-13"
    assert "in force" not in desk.run("acknowledge", "QT-01", by="hoa").err
    said = desk.run("withdraw", "QT-01", "--comment", "Thôi", "--effective", "2026-03-01", "--dry-run", by="binh").err
    assert "2026-03-01" not in said, "nothing has happened yet"
    said = desk.run("withdraw", "QT-01", "--comment", "Thôi", "--effective", "2026-03-01").err
    assert "QT-01 is withdrawn from 2026-03-01" in said


def test_a_role_that_nobody_holds_is_said_in_words(desk: Desk) -> None:
    desk.write("people.yaml", "".join(line for line in desk.read("people.yaml").splitlines(keepends=True) if "id: lan" not in line))
    assert "QT-01 still needs: review by Đại diện lãnh đạo (nobody as yet)" in desk.run("submit", "QT-01", by="minh").err


def test_approved_once_more(office: Desk) -> None:
    said = office.refused("approve", "QT-01", by="hung")
    assert hints(said.err) == ['to see who has signed: qmsctl show QT-01; or: to change the text: qmsctl revise QT-01 --change "…"']


def test_a_draft_is_neither_compared_nor_withdrawn(desk: Desk) -> None:
    desk.commit()
    said = desk.refused("diff", "QT-01")
    assert hints(said.err) == ["the draft is all there is; to read it: qmsctl show QT-01 --text"]
    assert "id: QT-01" in desk.run("show", "QT-01", "--text").out
    (hint,) = hints(desk.refused("withdraw", "QT-01", "--comment", "Thôi", by="binh").err)
    rest, _, command = hint.partition(", then: ")
    typed(desk, rest)
    desk.run(*shlex.split(command.replace("…", "Thôi"))[1:])
    assert desk.errors() == []


def test_the_revision_that_waits_may_be_compared(desk: Desk) -> None:
    desk.run("submit", "QT-01")
    desk.edit(QT, "title: ", "title: Mới ")
    assert hints(desk.refused("diff", "QT-01").err) == ["name what to compare: qmsctl diff QT-01 1..draft"]
    assert "Mới" in desk.run("diff", "QT-01", "1..draft").out


def test_revisions_are_named_once(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh")
    desk.run("return", "QT-01", "--comment", "Sửa", by="lan")
    desk.edit(QT, "title: ", "title: Mới ")
    desk.run("submit", "QT-01", by="minh")
    assert hints(desk.refused("show", "QT-01", "--revision", "9").err) == ["it has: 1"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_edited_or_deleted_text_is_copied_back(office: Desk, lang: str) -> None:
    office.lang = lang
    before = office.read(QT)
    office.edit(QT, "title: ", "title: Mới ")
    typed(office, put_back(office, "approved-text-changed"))
    assert office.read(QT) == before
    (office.root / QT).unlink()
    typed(office, put_back(office, "signed-file-missing"))
    assert office.read(QT) == before
    assert office.errors() == []


def test_a_frozen_copy_is_taken_from_git(office: Desk) -> None:
    copy = f"{office.dossiers('QT-01')[0]}/QT-01.md"
    office.edit(copy, "title: ", "title: Mới ")
    office.commit("somebody was too eager")
    found = [each for each in office.diagnostics() if each["rule"] == "dossier-digest-mismatch"]
    assert len({each["hint"] for each in found}) == 1, "the copy is at fault, not the sign-offs on it"
    typed(office, str(found[0]["hint"]))
    assert office.errors() == []


def test_a_deleted_draft_leaves_a_tombstone(desk: Desk) -> None:
    base = desk.commit()
    (desk.root / QT).unlink()
    hint = hint_of(desk, "controlled-file-deleted", "--base", base)
    command = hint.partition("tombstone: ")[2].replace("…", "Thôi")
    desk.run(*shlex.split(command)[1:])
    assert desk.run("check", "--base", base).code == 0


def test_the_only_document_of_its_type_is_revised(office: Desk) -> None:
    office.edit("qms.yaml", "ignore: [{rule: required-document-missing, reason: Văn phòng thử nghiệm, until: 2030-12-31}]", "ignore: []")
    office.run("new", "policy", "--title", "Chính sách chất lượng", "--set", "owner=qmr")
    office.fill_in("documents/policy/CSCL.md")
    office.run("submit", "CSCL", by="lan")
    office.run("approve", "CSCL", by="binh")
    office.run("withdraw", "CSCL", "--comment", "Lập lại", "--effective", "2026-06-02")
    said = office.run("check", "--format", "json", code=None, day="2026-06-03").json["diagnostics"]
    (hint,) = [each["hint"] for each in said if each["rule"] == "required-document-missing" and "policy" in each["message"]]
    office.run(*shlex.split(hint.partition("qmsctl ")[2].replace("…", "Lập lại")), day="2026-06-03")
    assert "revision: 2" in office.read("documents/policy/CSCL.md")


def test_a_section_is_filled_in_from_the_start_and_only_once(office: Desk) -> None:
    review = ("new", "periodic-review", "--title", "Soát xét", "--set", "document=QT-01", "--set", "verdict=keep")
    made = office.run(*review, "--set", "findings=Vẫn đúng với thực tế.", by="lan").written[0]
    assert "Vẫn đúng với thực tế." in office.read(made)
    assert "findings" not in office.read(made)
    said = office.refused("advance", "SX-2026-001", "done", "--set", "findings=Khác")
    assert hints(said.err) == [f"edit {made}, and leave “findings” out of the command"]
    office.run("advance", "SX-2026-001", "done")


def test_the_revision_of_a_paper_copy_is_shown(office: Desk) -> None:
    given = ("document=QT-01", "revision=1", "unit=mot-cua", "copies=1,2", "received_by=hoa")
    office.run("new", "distribution", "--title", "Bản giấy", *(word for each in given for word in ("--set", each)), by="lan")
    assert "  Revision: 1\n" in office.run("show", "PP-2026-001").out


def test_a_text_adopted_as_it_was_is_revised_mended_and_approved(desk: Desk) -> None:
    """The way out of a text that falls short of its type is a revision, so nothing may bar that way."""
    path = "documents/instructions/HD-01.md"
    desk.write(path, "---\nid: HD-01\ntype: instruction\ntitle: Đóng gói\nrevision: 1\nowner: clerk\n---\n\n# Đóng gói\n\n## Các bước\n\nĐóng.\n")
    desk.commit()
    desk.run("adopt", "HD-01", "--basis", "1/2026", "--basis-date", "2026-01-05", "--commit", by="binh")
    assert desk.errors() == []
    desk.run("hook", "install")
    said = desk.run("revise", "HD-01", "--change", "Thêm ảnh", "--commit", by="minh")
    assert f"2 error(s) in it, to be mended now that it is open: qmsctl check {path}" in said.err
    assert desk.errors() == ["section-missing", "section-missing"]
    desk.edit(path, "## Các bước", "## 1. Mục đích\n\nĐóng đúng.\n\n## 2. Nội dung")
    desk.run("submit", "HD-01", by="minh")
    desk.run("approve", "HD-01", by="binh")
    assert desk.errors() == []
    assert desk.row("HD-01")["revision"] == 2


def test_a_form_that_was_never_in_force_is_not_withdrawn(desk: Desk) -> None:
    """The way out that is proposed for a draft works: its file goes, its number stays taken."""
    desk.run("new", "form", "--title", "Sổ", "--set", "parent=QT-01", "--set", "owner=minh", by="minh")
    desk.commit("form")
    [hint] = [each["hint"] for each in desk.run("check", "--format", "json", code=None).json["diagnostics"] if each["rule"] == "form-unused"]
    way = hint.partition("to give up a draft: ")[2]
    removed, _, stone = way.partition(", then: ")
    assert removed.startswith("git rm ")
    assert desk.refused(*shlex.split(stone)[1:], code=2)
    desk.git(*shlex.split(removed)[1:])
    desk.run(*shlex.split(stone.replace("…", "Thôi"))[1:], by="minh")
    assert desk.errors() == []


def test_the_author_is_not_named_among_those_who_may_approve(desk: Desk) -> None:
    said = desk.run("submit", "QT-01", by="hung").err
    assert "QT-01 still needs: approval by Chủ tịch or Phó Chủ tịch (Trần Thị Bình)" in said
    [approval] = [line for line in desk.run("show", "QT-01").out.splitlines() if "approval by" in line]
    assert "Trần Thị Bình" in approval
    assert "Lê Quốc Hùng" not in approval


def test_nobody_but_the_author_may_approve(desk: Desk) -> None:
    desk.edit("people.yaml", "{role: director, from: 2025-01-01}", "{role: director, from: 2025-01-01, until: 2025-12-31}")
    assert "(nobody but its author)" in desk.run("submit", "QT-01", by="hung").err
