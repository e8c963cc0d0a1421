"""Attacks on sign-offs: what must be caught, by which rule, and what must pass.

Each attack is a small edit on an office made with commands. Those that only signatures or a
comparison with a base can show are tested with them.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk import COPIES, UNSEEN, Desk, approve, git, procedure

TODAY = "2026-08-03"
QT = "documents/procedures/QT-01.md"
NC = "records/nonconformities/NC-2026-001.md"
EVIDENCE = "attachments/NC-2026-001/ảnh.png"


@pytest.fixture
def office(settled: Desk) -> Desk:
    return settled


# -- the attacks ----------------------------------------------------------------------------------


def in_force(desk: Desk) -> str:
    """The dossier of QT-01 in force."""
    return desk.dossiers("QT-01")[-1]


def closing(desk: Desk) -> str:
    return desk.dossiers("NC-2026-001")[-1]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def draft_submitted(desk: Desk) -> str:
    """The dossier of QT-02, submitted by minh."""
    desk.run("submit", "QT-02", by="minh")
    return desk.dossiers("QT-02")[0]


def sign_by_hand(desk: Desk, folder: str, meaning: str, person: str, *fields: str, at: str = "2026-08-03T23:00:00+07:00") -> None:
    """A sign-off nobody asked a command for."""
    subject = folder.split("/")[1]
    copy = desk.read(f"{folder}/{subject}.md")
    revision = folder.rpartition("/")[2].partition("-")[0]
    office = ["office: TA"] if "format: 2" in desk.read("qms.yaml") else []
    lines = [*office, f"subject: {subject}", f"revision: {revision}", f"sha256: {sha256(copy)}", f"meaning: {meaning}", f"by: {person}", *fields, f"at: {at}"]
    desk.write(f"{folder}/{meaning}.{person}.md", "---\ntype: signoff\n" + "\n".join(lines) + "\n---\n")


def self_approval(desk: Desk) -> None:
    desk.edit("people.yaml", "roles: [{role: clerk, from: 2025-01-01}]}\n  - {id: hoa", "roles: [{role: clerk, from: 2025-01-01}, {role: director, from: 2025-01-01}]}\n  - {id: hoa")
    folder = draft_submitted(desk)
    desk.run("review", "QT-02", by="lan")
    sign_by_hand(desk, folder, "approve", "minh", "role: director")


def approval_together_with_another(desk: Desk) -> None:
    self_approval(desk)
    folder = desk.dossiers("QT-02")[0]
    desk.edit(f"{folder}/approve.minh.md", "by: minh", "by: [binh, minh]")


def second_name_of_one_person(desk: Desk) -> None:
    """The author enters himself a second time, with his other address, as a director."""
    desk.edit("people.yaml", "people:\n", "people:\n  - {id: minh2, name: Đỗ Văn Minh, email: Minh@home.example, unit: ho-tich, roles: [{role: director, from: 2025-01-01}]}\n")


def entered_for_the_approver(desk: Desk) -> None:
    folder = draft_submitted(desk)
    desk.run("review", "QT-02", by="lan")
    sign_by_hand(desk, folder, "approve", "binh", "role: director", "entered_by: minh")


def entered_with_any_file_for_evidence(desk: Desk) -> None:
    """A file that is there anyway is no paper that anybody signed."""
    folder = draft_submitted(desk)
    desk.run("review", "QT-02", by="lan")
    basis = f"basis: {{number: '7', date: 2026-08-03, file: qms.yaml, sha256: {sha256(desk.read('qms.yaml'))}}}"
    sign_by_hand(desk, folder, "approve", "binh", "role: director", "entered_by: minh", basis)


def without_the_role(desk: Desk) -> None:
    folder = draft_submitted(desk)
    desk.run("review", "QT-02", by="lan")
    sign_by_hand(desk, folder, "approve", "hoa", "role: director")


def in_a_role_that_may_not(desk: Desk) -> None:
    folder = draft_submitted(desk)
    desk.run("review", "QT-02", by="lan")
    sign_by_hand(desk, folder, "approve", "hoa", "role: unit-head")


def not_at_that_time(desk: Desk) -> None:
    desk.edit("people.yaml", "roles: [{role: director, from: 2025-01-01}]", "roles: [{role: director, from: 2026-05-01}]")


def by_nobody(desk: Desk) -> None:
    folder = draft_submitted(desk)
    desk.run("review", "QT-02", by="lan")
    sign_by_hand(desk, folder, "approve", "ghost", "role: director")


def text_changed(desk: Desk) -> None:
    desk.edit(QT, "time: 3h", "time: 9h")


def copy_changed(desk: Desk) -> None:
    desk.edit(f"{in_force(desk)}/QT-01.md", "time: 3h", "time: 9h")


def copy_and_digests_changed(desk: Desk) -> None:
    folder = in_force(desk)
    before = desk.read(f"{folder}/QT-01.md")
    copy_changed(desk)
    after = desk.read(f"{folder}/QT-01.md")
    for name in ("author.minh.md", "review.lan.md", "approve.binh.md"):
        desk.edit(f"{folder}/{name}", sha256(before), sha256(after))
    desk.write(QT, after)


def attachment_changed(desk: Desk) -> None:
    desk.write(EVIDENCE, b"\x89PNG another")


def attachment_deleted(desk: Desk) -> None:
    (desk.root / EVIDENCE).unlink()


def copied_to_the_next_revision(desk: Desk) -> None:
    desk.run("revise", "QT-01", "--change", "Rút ngắn", "--effective", "2027-01-01", by="minh")
    desk.run("submit", "QT-01")
    before, after = desk.dossiers("QT-01")[-2:]
    shutil.copy(desk.root / before / "approve.binh.md", desk.root / after)


def copied_and_renumbered(desk: Desk) -> None:
    copied_to_the_next_revision(desk)
    desk.edit(f"{in_force(desk)}/approve.binh.md", "revision: 2", "revision: 3")


def copied_to_another_document(desk: Desk) -> None:
    folder = draft_submitted(desk)
    shutil.copy(desk.root / in_force(desk) / "approve.binh.md", desk.root / folder)


def copied_from_another_repository(desk: Desk) -> None:
    """The other office has approved another text under the same id and revision."""
    other = desk.copied(desk.root.parent / "other")
    other.write("documents/procedures/QT-02.md", procedure("QT-02", "Chứng thực bản sao", "2027-01-01"))
    approve(other, "QT-02", TODAY)
    folder = draft_submitted(desk)
    shutil.copy(other.root / other.dossiers("QT-02")[0] / "approve.binh.md", desk.root / folder)


def dossier_from_another_repository(desk: Desk) -> None:
    other = desk.copied(desk.root.parent / "other")
    other.write("documents/procedures/QT-02.md", procedure("QT-02", "Chứng thực bản sao", "2027-01-01"))
    approve(other, "QT-02", TODAY)
    approve(desk, "QT-02", TODAY)
    folder = other.dossiers("QT-02")[0]
    shutil.copytree(other.root / folder, desk.root / folder)


def signoff_of_nothing(desk: Desk) -> None:
    folder = desk.root / "signoffs/QT-77/1-12345678"
    folder.mkdir(parents=True)
    text = desk.read(f"{in_force(desk)}/approve.binh.md").replace("QT-01", "QT-77").replace("revision: 2", "revision: 1")
    (folder / "approve.binh.md").write_text(text)


def dated_before_the_author(desk: Desk) -> None:
    folder = in_force(desk)
    desk.write(f"{folder}/approve.binh.md", desk.read(f"{folder}/approve.binh.md").replace("at: 2026-04-20", "at: 2026-04-19"))


def dated_in_the_future(desk: Desk) -> None:
    folder = in_force(desk)
    desk.write(f"{folder}/approve.binh.md", desk.read(f"{folder}/approve.binh.md").replace("at: 2026-04-20", "at: 2031-04-20"))


def two_branches(desk: Desk) -> None:
    """Two texts are each approved as the same revision, and the branches come together."""
    desk.git("checkout", "--quiet", "-b", "other")
    approve(desk, "QT-02", TODAY)
    desk.commit("one")
    desk.git("checkout", "--quiet", "main")
    desk.write("documents/procedures/QT-02.md", procedure("QT-02", "Chứng thực bản sao", "2027-01-01"))
    approve(desk, "QT-02", TODAY)
    desk.commit("other")
    desk.git("merge", "--quiet", "-X", "ours", "--no-edit", "other")


def closed_record_edited(desk: Desk) -> None:
    desk.edit(NC, "effect_evidence: Không tái diễn", "effect_evidence: Có tái diễn")


def closed_record_edited_below(desk: Desk) -> None:
    desk.write(NC, desk.read(NC) + "\nThêm một dòng.\n")


def closed_record_moved_on(desk: Desk) -> None:
    desk.edit(NC, "status: closed", "status: planned")


def closed_without_signing(desk: Desk) -> None:
    shutil.rmtree(desk.root / closing(desk))


def closed_record_under_another_id(desk: Desk) -> None:
    desk.write("records/nonconformities/NC-2026-009.md", desk.read(NC).replace("NC-2026-001", "NC-2026-009").replace("attachments/NC-2026-009", "attachments/NC-2026-001"))
    (desk.root / NC).unlink()


def confirmed_field_changed(desk: Desk) -> None:
    desk.run("nc", "log", "Thiếu chữ ký", "--severity", "major", "--requirement", "QT-01", "--set", "owner=hoa", by="minh")
    desk.fill_in("records/nonconformities/NC-2026-002.md")
    desk.run("advance", "NC-2026-002", "confirmed", by="hoa")
    desk.run("advance", "NC-2026-002", "contained", "--set", "correction=Ký bổ sung")
    desk.edit("records/nonconformities/NC-2026-002.md", "severity: major", "severity: minor")


def one_id_in_two_folders(desk: Desk) -> None:
    desk.write("documents/procedures/cũ/QT-02.md", procedure("QT-02", "Chứng thực", "2027-01-01"))


def one_id_from_two_branches(desk: Desk) -> None:
    """Where the folders differ, git merges without a word."""
    desk.git("checkout", "--quiet", "-b", "other")
    desk.write("documents/procedures/a/QT-03.md", procedure("QT-03", "Khai sinh", "2027-01-01"))
    desk.commit("one")
    desk.git("checkout", "--quiet", "main")
    desk.write("documents/procedures/b/QT-03.md", procedure("QT-03", "Khai tử", "2027-01-01"))
    desk.commit("other")
    desk.git("merge", "--quiet", "--no-edit", "other")


def returned_after_approval(desk: Desk) -> None:
    sign_by_hand(desk, in_force(desk), "return", "lan", "role: qmr")


def approved_without_an_author(desk: Desk) -> None:
    (desk.root / in_force(desk) / "author.minh.md").unlink()


def adopted_on_nothing(desk: Desk) -> None:
    folder = draft_submitted(desk)
    sign_by_hand(desk, folder, "adopt", "lan", "role: qmr")


# The rule for the attack stands first; further rules say what else it breaks.
CLOSED_ON_IT = {"state-without-gate"}
"""The nonconformity that was closed on revision 2 of QT-01, where an attack voids its approval."""

ATTACKS: tuple[tuple[Callable[[Desk], None], set[str]], ...] = (
    (self_approval, {"approved-by-author"}),
    (approval_together_with_another, {"approved-by-author", "sign-off-misnamed"}),
    (second_name_of_one_person, {"configuration-invalid"}),
    (entered_for_the_approver, {"entered-without-evidence"}),
    (entered_with_any_file_for_evidence, {"entered-without-evidence"}),
    (without_the_role, {"signer-without-role"}),
    (in_a_role_that_may_not, {"signer-without-role"}),
    (not_at_that_time, {"signer-without-role", "approval-incomplete", *CLOSED_ON_IT}),
    (by_nobody, {"signer-without-role", "field-invalid"}),
    (text_changed, {"approved-text-changed"}),
    (copy_changed, {"dossier-digest-mismatch", *CLOSED_ON_IT}),
    (copy_and_digests_changed, {"dossier-digest-mismatch"}),
    (attachment_changed, {"attachment-changed"}),
    (attachment_deleted, {"attachment-missing"}),
    (copied_to_the_next_revision, {"dossier-digest-mismatch", "sign-off-without-subject", "sign-off-misdated"}),
    (copied_and_renumbered, {"dossier-digest-mismatch", "sign-off-misdated"}),
    (copied_to_another_document, {"dossier-digest-mismatch", "sign-off-without-subject", "sign-off-misdated"}),
    (copied_from_another_repository, {"dossier-digest-mismatch", "sign-off-misdated"}),
    (dossier_from_another_repository, {"two-approved-dossiers", "approved-text-changed"}),
    (signoff_of_nothing, {"sign-off-without-subject", "sign-off-misdated"}),
    (dated_before_the_author, {"sign-off-misdated"}),
    (dated_in_the_future, {"sign-off-misdated", *CLOSED_ON_IT}),
    (two_branches, {"two-approved-dossiers", "approved-text-changed"}),
    (closed_record_edited, {"closed-record-changed"}),
    (closed_record_edited_below, {"closed-record-changed"}),
    (closed_record_moved_on, {"closed-record-changed"}),
    (closed_without_signing, {"state-without-gate"}),
    (closed_record_under_another_id, {"state-without-gate", "signed-file-missing"}),
    (confirmed_field_changed, {"frozen-field-changed"}),
    (one_id_in_two_folders, {"id-duplicate"}),
    (one_id_from_two_branches, {"id-duplicate"}),
    (returned_after_approval, {"sign-off-misdated"}),
    (approved_without_an_author, {"sign-off-misdated", "approval-incomplete", *CLOSED_ON_IT}),
    (adopted_on_nothing, {"entered-without-evidence"}),
)


@pytest.mark.parametrize(("attack", "rules"), ATTACKS, ids=[attack.__name__ for attack, _rules in ATTACKS])
def test_is_caught(office: Desk, attack: Callable[[Desk], None], rules: set[str]) -> None:
    attack(office)
    assert set(office.errors()) == rules, office.diagnostics()
    assert office.run("check", code=1)


NOT_IN_FORCE = (entered_for_the_approver, self_approval, without_the_role, by_nobody, copied_to_another_document, copied_from_another_repository, adopted_on_nothing)


@pytest.mark.parametrize("attack", NOT_IN_FORCE, ids=lambda attack: attack.__name__)
def test_gains_nothing_by_it(office: Desk, attack: Callable[[Desk], None]) -> None:
    """A sign-off that does not count puts nothing in force, whether or not anybody runs the check."""
    attack(office)
    assert office.row("QT-02", day="2027-06-01")["status"] == "in-review"


@pytest.mark.parametrize("gone", ["approve.binh.md", "review.lan.md", ""])
def test_a_signoff_or_dossier_that_is_gone_is_missed(office: Desk, gone: str) -> None:
    """Without a base only its absence shows: the revision before is in force again, and the text waits."""
    folder = office.root / in_force(office)
    (folder / gone).unlink() if gone else shutil.rmtree(folder)
    assert office.row("QT-01")["revision"] == 1
    assert "approval-incomplete" in office.check()[1]


def closed_record_deleted(desk: Desk) -> None:
    (desk.root / NC).unlink()


def revision_skipped(desk: Desk) -> None:
    desk.run("revise", "QT-01", "--change", "Rút ngắn", by="minh")
    desk.edit(QT, "revision: 3", "revision: 5")


def revision_lowered(desk: Desk) -> None:
    """What a merge does that takes the older side: the text of revision 1 stands there again."""
    desk.write(QT, desk.read(f"{desk.dossiers('QT-01')[0]}/QT-01.md"))


def working_text_deleted(desk: Desk) -> None:
    (desk.root / QT).unlink()


def signoff_renamed(desk: Desk) -> None:
    approval = desk.root / in_force(desk) / "approve.binh.md"
    approval.rename(approval.with_name("approve.hung.md"))


def signoff_doubled(desk: Desk) -> None:
    approval = desk.root / in_force(desk) / "approve.binh.md"
    shutil.copy(approval, approval.with_name("approve.binh.2.md"))


GONE_OR_BACK = (
    (closed_record_deleted, "signed-file-missing"),
    (working_text_deleted, "signed-file-missing"),
    (revision_skipped, "revision-skipped"),
    (revision_lowered, "revision-lowered"),
    (signoff_renamed, "sign-off-misnamed"),
    (signoff_doubled, "sign-off-misnamed"),
)


@pytest.mark.parametrize(("attack", "rule"), GONE_OR_BACK, ids=[attack.__name__ for attack, _rule in GONE_OR_BACK])
def test_what_is_gone_or_set_back_is_caught(office: Desk, attack: Callable[[Desk], None], rule: str) -> None:
    attack(office)
    assert rule in office.errors(), office.diagnostics()


# -- what must pass -------------------------------------------------------------------------------


def convert(root: Path) -> None:
    """Every text file as Windows checks it out."""
    for path in root.rglob("*"):
        if path.suffix in (".md", ".yaml") and ".git" not in path.parts:
            path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def clean(desk: Desk, copy: str = "") -> None:
    """No diagnostic, and the answers that the office gives."""
    assert desk.check() == (0, UNSEEN.get(copy, {})), desk.diagnostics()
    row = desk.row("QT-01")
    assert (row["status"], row["revision"]) == ("effective", 2)
    assert desk.row("NC-2026-001")["status"] == "closed"
    shown = desk.run("show", "QT-01", "--format", "json").json
    assert [each["meaning"] for each in shown["signoffs"]] == ["author", "review", "approve"]


@pytest.mark.parametrize("name", COPIES)
def test_copies_pass(office: Desk, tmp_path: Path, name: str) -> None:
    clean(COPIES[name](office, tmp_path / "copy"), name)


def test_a_rebase_passes(office: Desk) -> None:
    office.git("checkout", "--quiet", "-b", "other", "HEAD~1")
    office.write("README.md", "# Đọc tôi\n")
    office.commit("readme")
    office.git("checkout", "--quiet", "main")
    office.git("rebase", "--quiet", "other")
    clean(office)


def test_windows_line_ends_pass(office: Desk) -> None:
    convert(office.root)
    clean(office)


def test_a_checkout_by_autocrlf_passes(office: Desk, tmp_path: Path) -> None:
    """Also in an office that has no ``.gitattributes``."""
    (office.root / ".gitattributes").unlink()
    office.commit("no attributes")
    git(tmp_path, "clone", "--quiet", "-c", "core.autocrlf=true", str(office.root), "windows")
    assert b"\r\n" in (tmp_path / "windows" / QT).read_bytes()
    there = office.at(tmp_path / "windows")
    there.sit("minh")
    clean(there)
    there.run("acknowledge", "QT-01", by="hoa")
    there.run("submit", "QT-02", by="minh")
    assert there.check()[0] == 0
    assert b"\r" not in (there.root / there.dossiers("QT-02")[0] / "QT-02.md").read_bytes()


def test_work_goes_on_with_windows_line_ends(office: Desk) -> None:
    convert(office.root)
    office.run("revise", "QT-01", "--change", "Rút ngắn", by="minh")
    approve(office, "QT-01", TODAY)
    assert office.row("QT-01")["revision"] == 3
    office.run("reopen", "NC-2026-001", "--reason", "Lại quá hẹn", by="lan")
    assert office.check()[0] == 0


def test_the_approver_leaves(office: Desk) -> None:
    office.edit("people.yaml", "unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]", "unit: lanh-dao, until: 2026-06-30, roles: [{role: director, from: 2025-01-01, until: 2026-06-30}]")
    office.edit("people.yaml", "roles: [{role: deputy-director, from: 2025-01-01}]", "roles: [{role: deputy-director, from: 2025-01-01}, {role: director, from: 2026-07-01}]")
    clean(office)


def test_the_matrix_asks_for_more(office: Desk) -> None:
    office.edit("qms.yaml", "review_every:", "  - {from: 2026-07-01, type: procedure, review: [qmr, unit-head], approve: [director, deputy-director]}\nreview_every:")
    clean(office)
    approve(office, "QT-02", TODAY)
    assert office.row("QT-02")["status"] == "in-review", "but from its day on it asks for more"


def test_a_late_signature_takes_effect_on_its_day(office: Desk) -> None:
    office.write("documents/procedures/QT-02.md", procedure("QT-02", "Chứng thực", "2026-07-01"))
    office.run("submit", "QT-02", by="minh", day="2026-06-20")
    office.run("review", "QT-02", by="lan", day="2026-06-20")
    office.run("approve", "QT-02", by="binh", day="2026-07-20")
    days = [office.row("QT-02", day=day)["status"] for day in ("2026-07-01", "2026-07-19", "2026-07-20")]
    assert days == ["in-review", "in-review", "effective"]
    assert office.check() == (0, {"approved-after-effective": 1})


def test_returned_changed_and_submitted_again(office: Desk) -> None:
    office.run("submit", "QT-02", by="minh")
    office.run("return", "QT-02", "-m", "Thiếu thời hạn", by="lan")
    office.edit("documents/procedures/QT-02.md", "time: 4h", "time: 2h")
    approve(office, "QT-02", TODAY)
    assert office.check() == (0, {})
    assert office.row("QT-02")["status"] == "approved"
    assert len(office.dossiers("QT-02")) == 2, "the earlier round stays as its trace"


def test_a_departed_owner_is_a_warning(office: Desk) -> None:
    office.write("documents/procedures/QT-02.md", procedure("QT-02", "Chứng thực", "2026-08-01").replace("owner: unit-head", "owner: tuan"))
    approve(office, "QT-02", "2026-07-20")
    office.edit("people.yaml", "unit: ho-tich, roles: [{role: unit-head", "unit: ho-tich, until: 2026-07-31, roles: [{role: unit-head")
    assert office.check() == (0, {"owner-departed": 1})


def test_folders_rearranged(office: Desk) -> None:
    for path in (QT, NC):
        target = office.root / Path(path).parent / "2026" / Path(path).name
        target.parent.mkdir()
        (office.root / path).rename(target)
    clean(office)


def test_closed_on_a_document_withdrawn_later(office: Desk) -> None:
    office.run("withdraw", "QT-01", "-m", "Không dùng nữa", by="binh")
    assert office.row("QT-01")["status"] == "withdrawn"
    assert not office.errors()
    assert office.row("NC-2026-001")["status"] == "closed"
