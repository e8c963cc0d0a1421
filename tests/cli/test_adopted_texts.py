"""A text is adopted as its paper has it: what is amiss in its form is noted until the next revision, what speaks against the proof refused."""

from __future__ import annotations

import pytest

from qmsctl.core.diagnostic import About
from qmsctl.rules import all_rules
from tests.desk import Desk

QT2 = "documents/procedures/QT-02.md"
PAPER = ("--basis", "86/QĐ-UBND", "--basis-date", "2026-07-20", "--basis-file", "86-QD-UBND.pdf")
FORM = {"field-invalid", "step-incomplete", "section-missing"}


def of(desk: Desk, severity: str, *arguments: str) -> dict[str, str]:
    """What a check says of QT-02 with this severity: messages by rule."""
    found = desk.run("check", "--format", "json", *arguments, code=None).json["diagnostics"]
    return {each["rule"]: each["message"] for each in found if each["path"] == QT2 and each["severity"] == severity}


@pytest.fixture
def old_paper(settled: Desk) -> Desk:
    """QT-02 as it stands on paper: without a section, its step without an outcome, its owner nobody the office knows."""
    settled.edit(QT2, "owner: unit-head", "owner: nobody")
    settled.edit(QT2, "outputs: [Phiếu tiếp nhận]", "outputs: []")
    text = settled.read(QT2)
    settled.write(QT2, text.replace(next(line for line in text.splitlines() if line.startswith("## ")), "Không có tiêu đề"))
    (settled.root.parent / "86-QD-UBND.pdf").write_bytes(b"%PDF-1.4 scan")
    settled.commit("as it stands on paper")
    settled.git("tag", "accepted")
    assert of(settled, "error").keys() >= FORM
    return settled


def adopt(desk: Desk) -> None:
    paper = [str(desk.root.parent / each) if each.endswith(".pdf") else each for each in PAPER]
    desk.run("adopt", "QT-02", *paper, by="binh")
    desk.commit("adopted")


def test_form_keeps_nobody_from_adopting_and_stays_in_sight(old_paper: Desk) -> None:
    adopt(old_paper)
    for base in ((), ("--base", "accepted")):
        assert of(old_paper, "error", *base) == {}
        notes = of(old_paper, "note", *base)
        assert notes.keys() >= FORM
        assert all("revision 1 was adopted as its paper has it" in said for said in notes.values())
    old_paper.git("tag", "--force", "accepted")
    assert of(old_paper, "note", "--base", "accepted").keys() >= FORM


def test_the_next_revision_is_begun_and_submit_asks_for_what_is_missing(old_paper: Desk) -> None:
    adopt(old_paper)
    before = old_paper.read(QT2)
    said = old_paper.run("revise", "QT-02", "--change", "Viết theo mẫu", by="minh")
    assert "to be mended now that it is open" in said.err
    assert of(old_paper, "error").keys() >= FORM
    refusal = old_paper.refused("submit", "QT-02", by="minh").err
    assert all(f"[{rule}]" in refusal for rule in FORM)
    old_paper.write(QT2, before)
    assert of(old_paper, "error") == {}


@pytest.mark.parametrize(("name", "spoil", "rule"), [
    ("html", lambda text: text + "\n<script>alert(1)</script>\n", "raw-html"),
    ("hidden", lambda text: text + "\nẨn \u202e đây.\n", "control-character"),
    ("file-gone", lambda text: text.replace("owner: ", f"files: [{{path: attachments/khong-co.png, sha256: {'0' * 64}}}]\nowner: ", 1), "attachment-missing"),
    ("deep", lambda text: text + "\n" + ">" * 120 + " sâu\n", "text-too-deep"),
])
def test_what_nobody_can_read_or_prove_is_not_adopted(old_paper: Desk, name: str, spoil: object, rule: str) -> None:
    assert callable(spoil), name
    old_paper.write(QT2, spoil(old_paper.read(QT2)))
    old_paper.commit("in the branch already")
    paper = [str(old_paper.root.parent / each) if each.endswith(".pdf") else each for each in PAPER]
    assert f"[{rule}]" in old_paper.refused("adopt", "QT-02", *paper, by="binh").err


def test_a_text_approved_here_is_held_to_its_form(old_paper: Desk) -> None:
    """Only an adoption is spared: a change that brings sign-offs of the office's own has the errors."""
    for command, person in (("submit", "minh"), ("review", "lan"), ("approve", "binh")):
        old_paper.refused(command, "QT-02", by=person)


def test_what_proves_something_is_never_form() -> None:
    """A rule that says nothing is about proof; one about form rests on no office and may be set aside."""
    of_form = [rule for rule in all_rules() if rule.about is About.FORM]
    assert of_form
    assert not [rule.id for rule in of_form if rule.office or not rule.ignorable or rule.calendar]
    proof = {rule.id for rule in all_rules() if rule.about is About.PROOF}
    assert proof >= {"id-malformed", "id-not-file-name", "raw-html", "control-character", "text-not-nfc", "text-too-deep", "wrong-folder", "type-unknown", "link-outside"}
