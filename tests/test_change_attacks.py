"""Attacks on sign-offs as changes to an accepted branch, and honest changes that look like them.

Each is made on a branch of its own and comes in the four ways of ``landing``.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests import test_signoff_attacks as plain
from tests.desk import Change, Desk, approve, git, procedure
from tests.keys import key_file, public
from tests.landing import caught, errors, passes
from tests.test_signoff_attacks import NC, QT, TODAY, in_force

QT2 = "documents/procedures/QT-02.md"


@pytest.fixture
def accepted(settled: Desk) -> Desk:
    """The office, its state marked as accepted."""
    settled.git("tag", "accepted")
    return settled


# -- attacks that only the comparison shows -------------------------------------------------------


def role_granted_in_the_change(desk: Desk) -> None:
    desk.edit("people.yaml", "{role: clerk, from: 2025-01-01}]}\n  - {id: tuan", "{role: clerk, from: 2025-01-01}, {role: director, from: 2025-01-01}]}\n  - {id: tuan")
    approve(desk, "QT-02", TODAY, by="hoa")


def matrix_loosened_in_the_change(desk: Desk) -> None:
    desk.edit("qms.yaml", "type: procedure, review: [qmr], approve: [[director, deputy-director]]}", "type: procedure, review: [], approve: [[director, deputy-director, clerk]]}")
    plain.draft_submitted(desk)
    desk.run("approve", "QT-02", "--role", "clerk", by="hoa")


def matrix_rewritten_to_free_a_text(desk: Desk) -> None:
    """What was approved by then becomes a draft, which may be changed without a new revision."""
    desk.edit("qms.yaml", "type: procedure, review: [qmr]", "type: procedure, review: [qmr, unit-head]")
    plain.text_changed(desk)


def signoff_deleted(desk: Desk) -> None:
    (desk.root / in_force(desk) / "review.lan.md").unlink()


def signoff_edited(desk: Desk) -> None:
    path = f"{in_force(desk)}/approve.binh.md"
    desk.write(path, desk.read(path) + "\nVới điều kiện bổ sung mục 6.\n")


def dossier_deleted(desk: Desk) -> None:
    shutil.rmtree(desk.root / in_force(desk))


def document_deleted_with_its_dossiers(desk: Desk) -> None:
    (desk.root / QT).unlink()
    shutil.rmtree(desk.root / "signoffs/QT-01")


def closed_record_deleted_with_its_dossiers(desk: Desk) -> None:
    (desk.root / NC).unlink()
    shutil.rmtree(desk.root / "signoffs/NC-2026-001")


def closed_record_moved_to_another_id(desk: Desk) -> None:
    text = desk.read(NC).replace("id: NC-2026-001", "id: NC-2026-009")
    desk.write("records/nonconformities/NC-2026-009.md", text)
    closed_record_deleted_with_its_dossiers(desk)


def record_reopened_without_signing(desk: Desk) -> None:
    shutil.rmtree(desk.root / "signoffs/NC-2026-001")
    desk.edit(NC, "status: closed", "status: reported")


def older_revision_brought_back_whole(desk: Desk) -> None:
    """What a merge does that takes everything from the older side."""
    first, second = desk.dossiers("QT-01")[-2:]
    desk.write(QT, desk.read(f"{first}/QT-01.md"))
    shutil.rmtree(desk.root / second)


def draft_deleted(desk: Desk) -> None:
    (desk.root / QT2).unlink()


def number_given_again(desk: Desk) -> None:
    (desk.root / QT2).unlink()
    desk.commit("given up")
    desk.git("tag", "--force", "accepted")
    desk.write(QT2, procedure("QT-02", "Tiếp công dân", "2027-01-01"))


def number_of_a_withdrawn_document_given_again(desk: Desk) -> None:
    desk.run("withdraw", "QT-01", "-m", "Không dùng nữa", by="binh")
    (desk.root / QT).unlink()
    desk.commit("withdrawn")
    desk.git("tag", "--force", "accepted")
    desk.write(QT, procedure("QT-01", "Tiếp công dân", "2027-01-01").replace("revision: 1", "revision: 3\nchange: Mới"))


def type_loosened_with_its_record(desk: Desk) -> None:
    template = (Path(__file__).parents[1] / "templates/types/nonconformity/type.yaml").read_text(encoding="utf-8")
    desk.write(".qms/types/nonconformity/type.yaml", template.replace("      - {elapsed:", "      # {elapsed:"))
    desk.run("nc", "log", "Thiếu chữ ký", "--severity", "major", "--requirement", "QT-01", "--set", "owner=hoa", by="minh")
    desk.fill_in("records/nonconformities/NC-2026-002.md")


def type_loosened_in_a_deeper_folder(desk: Desk) -> None:
    """A definition counts where it is looked for, and nowhere else: the record is judged by the built-in one."""
    type_loosened_with_its_record(desk)
    own = desk.root / ".qms/types/nonconformity/type.yaml"
    asked = "    signoff: {meaning: confirm, role: [unit-head, qmr, director, deputy-director]}\n"
    text = own.read_text(encoding="utf-8")
    assert asked in text
    desk.write(".qms/types/nonconformity/v2/type.yaml", text.replace(asked, ""))
    own.unlink()
    desk.edit("records/nonconformities/NC-2026-002.md", "status: reported", "status: confirmed")


def excuse_brought_along(desk: Desk) -> None:
    desk.edit("qms.yaml", "ignore: [", "ignore: [{rule: step-incomplete, path: documents/procedures/QT-02.md, reason: Gấp, until: 2027-12-31}, ")
    desk.edit(QT2, ", outputs: [Phiếu tiếp nhận]", "")


def signed_long_ago_all_at_once(desk: Desk) -> None:
    approve(desk, "QT-02", "2026-05-04")


def more_time_for_its_own_sign_offs(desk: Desk) -> None:
    desk.edit("qms.yaml", "effect_after: 30", "effect_after: 30\ncommit_within: 3650")
    signed_long_ago_all_at_once(desk)


def open_record_hidden_by_a_void_number(desk: Desk) -> None:
    desk.run("nc", "log", "Thiếu chữ ký", "--severity", "major", "--requirement", "QT-01", "--set", "owner=hoa", by="minh")
    desk.commit("logged")
    desk.git("tag", "--force", "accepted")
    (desk.root / "records/nonconformities/NC-2026-002.md").unlink()
    desk.run("new", "tombstone", "--set", "id=NC-2026-002", "--title", "Không có", "--set", "reason=Nhầm")


def status_written_by_hand(desk: Desk) -> None:
    desk.write("documents/procedures/QT-03.md", procedure("QT-03", "Khai sinh", "2026-08-01").replace("owner:", "status: effective\nowner:"))


def text_changed_under_a_name_with_spaces(desk: Desk) -> None:
    target = desk.root / "documents/procedures/Hộ tịch và chứng thực"
    target.mkdir()
    (desk.root / QT).rename(target / "QT-01.md")
    desk.edit("documents/procedures/Hộ tịch và chứng thực/QT-01.md", "time: 3h", "time: 9h")


def lock_brought_as_a_link(desk: Desk) -> None:
    """In a copy without git it would lead whoever writes to another file."""
    (desk.root / ".qms/state").mkdir(parents=True)
    (desk.root / ".qms/state/lock").symlink_to("../../people.yaml")
    desk.git("add", "--all")


def journal_brought_along(desk: Desk) -> None:
    desk.write(".qms/state/journal", b'{"version": 1, "steps": []}\n')
    desk.git("add", "--all")


def state_folder_brought_as_a_link(desk: Desk) -> None:
    (desk.root / ".qms").mkdir(exist_ok=True)
    (desk.root / ".qms/state").symlink_to("../documents")


def state_brought_under_a_name_of_other_systems(desk: Desk) -> None:
    desk.write(".QMS/State/journal", b"x")
    desk.git("add", "--all")


def state_brought_with_its_own_ignore_file(desk: Desk) -> None:
    desk.write(".qms/state/.gitignore", "!*\n")
    desk.git("add", "--all")

def signed_again(desk: Desk, path: str, name: str, at: str = "2026-08-03T23:00:00+07:00", *more: tuple[str, str]) -> None:
    """A sign-off once more by hand, of another moment, under another name."""
    text = re.sub(r"^at: .*$", f"at: {at}", desk.read(path), flags=re.MULTILINE)
    for old, new in more:
        assert old in text
        text = text.replace(old, new)
    desk.write(f"{path.rpartition('/')[0]}/{name}", text)


def approval_that_counts_forged_once_more(desk: Desk) -> None:
    signed_again(desk, f"{in_force(desk)}/approve.binh.md", "approve.binh.2.md")


def approval_once_more_to_take_effect_later(desk: Desk) -> None:
    signed_again(desk, f"{in_force(desk)}/approve.binh.md", "approve.binh.2.md", "2026-08-03T23:00:00+07:00", ("role: director", "role: director\neffective: 2027-01-01"))


def approval_once_more_with_a_nought(desk: Desk) -> None:
    signed_again(desk, f"{in_force(desk)}/approve.binh.md", "approve.binh.02.md")


def approval_once_more_as_the_first(desk: Desk) -> None:
    signed_again(desk, f"{in_force(desk)}/approve.binh.md", "approve.binh.1.md")


def stricter(desk: Desk) -> None:
    """The office has chosen the criteria of today, and that was accepted."""
    desk.write("qms.yaml", desk.read("qms.yaml") + "format: 2\nstricter_from: 2026-08-01\n")
    desk.commit("format 2")
    desk.git("tag", "--force", "accepted")


OF_THE_OFFICE = ("meaning: approve", "meaning: approve\noffice: TA")


def approval_once_more_with_a_number_left_out(desk: Desk) -> None:
    stricter(desk)
    signed_again(desk, f"{in_force(desk)}/approve.binh.md", "approve.binh.3.md", "2026-08-03T23:00:00+07:00", OF_THE_OFFICE)


def approval_once_more_put_before_the_first(desk: Desk) -> None:
    stricter(desk)
    signed_again(desk, f"{in_force(desk)}/approve.binh.md", "approve.binh.2.md", "2026-04-20T00:00:01+07:00", OF_THE_OFFICE)


def returned_text_submitted_once_more_by_hand(desk: Desk) -> None:
    folder = plain.draft_submitted(desk)
    desk.run("return", "QT-02", "-m", "Thiếu thời hạn", by="lan")
    signed_again(desk, f"{folder}/author.minh.md", "author.minh.2.md")


def level_asked(desk: Desk, level: str, start: str = "2026-08-01") -> None:
    """The office asks more of approvals of procedures, and that was accepted."""
    desk.edit("qms.yaml", "review_every:", f"  - {{from: {start}, type: procedure, review: [qmr], approve: [[director, deputy-director]], level: {level}}}\nreview_every:")
    desk.commit("level")
    desk.git("tag", "--force", "accepted")


def too_low_twice(desk: Desk) -> None:
    """The paper that is asked for is missing the second time, too."""
    level_asked(desk, "evidenced")
    folder = plain.draft_submitted(desk)
    plain.sign_by_hand(desk, folder, "review", "lan", "role: qmr")
    plain.sign_by_hand(desk, folder, "approve", "binh", "role: director")
    signed_again(desk, f"{folder}/approve.binh.md", "approve.binh.2.md", "2026-08-03T23:30:00+07:00")


def enrolled(desk: Desk, person: str, *keys: tuple[str, str]) -> None:
    """The keys of a person with their days in people.yaml, accepted."""
    text = desk.read("people.yaml")
    (own,) = (each for each in text.splitlines() if f"id: {person}," in each)
    listed = ", ".join(f'{{key: "{public(name).text}", {days}}}' for name, days in keys)
    desk.write("people.yaml", text.replace(own, f"{own.removesuffix('}').partition(', keys: ')[0]}, keys: [{listed}]}}"))
    desk.commit("keys")
    desk.git("tag", "--force", "accepted")


def signed_with(desk: Desk, name: str, *words: str) -> None:
    """Binh approves QT-02 with a key."""
    desk.run("approve", "QT-02", "--key", key_file(desk.root.parent / f"key {name}", name), *words, by="binh")


def signed_with_a_key_revoked_since(desk: Desk) -> None:
    """The key is found to have been lost before the approval that bears its signature."""
    enrolled(desk, "binh", ("old", "from: 2026-01-01"))
    desk.run("submit", "QT-02", by="minh")
    desk.run("review", "QT-02", by="lan")
    signed_with(desk, "old")
    desk.commit("approved")
    enrolled(desk, "binh", ("old", "from: 2026-01-01, revoked: 2026-08-01"), ("new", "from: 2026-08-02"))


def revoked_key_hidden_by_an_approval_without_one(desk: Desk) -> None:
    signed_with_a_key_revoked_since(desk)
    (folder,) = desk.dossiers("QT-02")
    signed_again(desk, f"{folder}/approve.binh.md", "approve.binh.2.md")


def somebody_else_in_another_role(desk: Desk) -> None:
    """A reviewer's word does not take the place of an approval that was nobody's to give."""
    plain.without_the_role(desk)
    (folder,) = desk.dossiers("QT-02")
    plain.sign_by_hand(desk, folder, "review", "binh", "role: director", at="2026-08-03T23:30:00+07:00")


DELETED, CHANGED = "dossier-file-deleted", "dossier-file-changed"

LOST = plain.CLOSED_ON_IT
"""The nonconformity that was closed on what the attack takes away."""

ONLY_AGAINST_A_BASE: tuple[tuple[Change, set[str]], ...] = (
    (role_granted_in_the_change, {"authority-granted-in-change"}),
    (matrix_loosened_in_the_change, {"authority-granted-in-change"}),
    (matrix_rewritten_to_free_a_text, {"approval-undone", *LOST}),
    (signoff_deleted, {DELETED, "approval-incomplete", *LOST}),
    (signoff_edited, {CHANGED}),
    (dossier_deleted, {DELETED, *LOST}),
    (document_deleted_with_its_dossiers, {DELETED, "controlled-file-deleted", *LOST}),
    (closed_record_deleted_with_its_dossiers, {DELETED, "controlled-file-deleted", "reference-broken"}),
    (closed_record_moved_to_another_id, {DELETED, "controlled-file-deleted", "reference-broken", *LOST}),
    (record_reopened_without_signing, {DELETED, "closed-record-changed"}),
    (older_revision_brought_back_whole, {DELETED, *LOST}),
    (draft_deleted, {"controlled-file-deleted"}),
    (number_given_again, {"id-reused"}),
    (number_of_a_withdrawn_document_given_again, {"id-reused"}),
    (type_loosened_with_its_record, {"type-changed-with-records"}),
    (type_loosened_in_a_deeper_folder, {"state-without-gate", "section-missing"}),
    (excuse_brought_along, {"step-incomplete"}),
    (signed_long_ago_all_at_once, {"sign-off-backdated"}),
    (more_time_for_its_own_sign_offs, {"sign-off-backdated"}),
    (open_record_hidden_by_a_void_number, {"type-changed"}),
    (status_written_by_hand, {"field-unknown"}),
    (text_changed_under_a_name_with_spaces, {"approved-text-changed"}),
    (lock_brought_as_a_link, {"tool-state-tracked"}),
    (journal_brought_along, {"tool-state-tracked"}),
    (state_folder_brought_as_a_link, {"tool-state-tracked"}),
    (state_brought_under_a_name_of_other_systems, {"tool-state-tracked", "id-duplicate"}),
    (state_brought_with_its_own_ignore_file, {"tool-state-tracked"}),
    (approval_that_counts_forged_once_more, {"sign-off-repeated", *LOST}),
    (approval_once_more_to_take_effect_later, {"sign-off-repeated", *LOST}),
    (approval_once_more_with_a_nought, {"sign-off-repeated", "sign-off-misnamed", *LOST}),
    (approval_once_more_as_the_first, {"sign-off-repeated", "sign-off-misnamed", *LOST}),
    (approval_once_more_with_a_number_left_out, {"sign-off-repeated", "sign-off-misnamed", *LOST}),
    (approval_once_more_put_before_the_first, {"sign-off-misdated", "sign-off-backdated", "sign-off-misnamed"}),
    (returned_text_submitted_once_more_by_hand, {"sign-off-repeated"}),
    (too_low_twice, {"level-too-low"}),
    (revoked_key_hidden_by_an_approval_without_one, {"signature-key-expired"}),
    (somebody_else_in_another_role, {"signer-without-role"}),
)

ALSO: dict[Change, set[str]] = {
    plain.self_approval: {"authority-granted-in-change"},
    plain.approval_together_with_another: {"authority-granted-in-change"},
    plain.copy_changed: {CHANGED},
    plain.copy_and_digests_changed: {CHANGED},
    plain.copied_to_the_next_revision: {"sign-off-backdated"},
    plain.copied_and_renumbered: {"sign-off-backdated"},
    plain.copied_to_another_document: {"sign-off-backdated"},
    plain.signoff_of_nothing: {"sign-off-backdated"},
    plain.dated_before_the_author: {CHANGED},
    plain.dated_in_the_future: {CHANGED},
    plain.closed_without_signing: {DELETED},
    plain.approved_without_an_author: {DELETED},
}
"""What the comparison adds to the rules that catch an attack by the files alone."""

ATTACKS = (*ONLY_AGAINST_A_BASE, *((attack, rules | ALSO.get(attack, set())) for attack, rules in plain.ATTACKS))


@pytest.mark.parametrize(("attack", "rules"), ATTACKS, ids=[attack.__name__ for attack, _rules in ATTACKS])
def test_is_caught_however_it_comes_in(accepted: Desk, attack: Change, rules: set[str]) -> None:
    caught(accepted, attack, rules)


# -- honest changes -------------------------------------------------------------------------------


def a_new_draft(desk: Desk) -> None:
    desk.write("documents/procedures/QT-03.md", procedure("QT-03", "Khai sinh", "2027-01-01"))


def a_draft_submitted(desk: Desk) -> None:
    plain.draft_submitted(desk)


def a_revision_approved(desk: Desk) -> None:
    desk.run("revise", "QT-01", "--change", "Rút ngắn", by="minh")
    desk.edit(QT, "time: 3h", "time: 2h")
    approve(desk, "QT-01", TODAY)


def a_revision_in_two_commits(desk: Desk) -> None:
    desk.run("revise", "QT-01", "--change", "Rút ngắn", by="minh")
    desk.run("submit", "QT-01")
    desk.commit("submitted")
    desk.run("review", "QT-01", by="lan")
    desk.run("approve", "QT-01", by="binh")


def returned_and_submitted_again(desk: Desk) -> None:
    desk.run("submit", "QT-02", by="minh")
    desk.run("return", "QT-02", "-m", "Thiếu thời hạn", by="lan")
    desk.commit("returned")
    desk.edit(QT2, "time: 4h", "time: 2h")
    approve(desk, "QT-02", TODAY)


def a_submission_given_up_on_the_branch(desk: Desk) -> None:
    folder = plain.draft_submitted(desk)
    desk.commit("submitted")
    shutil.rmtree(desk.root / folder)
    desk.edit(QT2, "time: 4h", "time: 2h")
    desk.run("submit", "QT-02")


def a_document_withdrawn(desk: Desk) -> None:
    desk.run("withdraw", "QT-01", "-m", "Không dùng nữa", by="binh")


def a_withdrawn_text_taken_out(desk: Desk) -> None:
    a_document_withdrawn(desk)
    desk.commit("withdrawn")
    desk.git("tag", "--force", "accepted")
    (desk.root / QT).unlink()


def read_and_understood(desk: Desk) -> None:
    desk.run("acknowledge", "QT-01", by="hoa")
    desk.run("acknowledge", "QT-01", by="tuan")


def a_nonconformity_logged_and_moved_on(desk: Desk) -> None:
    plain.confirmed_field_changed(desk)
    desk.edit("records/nonconformities/NC-2026-002.md", "severity: minor", "severity: major")


def a_record_reopened(desk: Desk) -> None:
    desk.run("reopen", "NC-2026-001", "--reason", "Lại quá hẹn", by="lan")


def folders_rearranged(desk: Desk) -> None:
    for path in (QT, NC):
        target = desk.root / Path(path).parent / "năm 2026" / Path(path).name
        target.parent.mkdir()
        (desk.root / path).rename(target)


def windows_line_ends(desk: Desk) -> None:
    (desk.root / ".gitattributes").unlink()
    plain.convert(desk.root)


def a_role_for_the_time_to_come(desk: Desk) -> None:
    desk.edit("people.yaml", "{role: clerk, from: 2025-01-01}]}\n  - {id: tuan", "{role: clerk, from: 2025-01-01}, {role: director, from: 2026-09-01}]}\n  - {id: tuan")
    approve(desk, "QT-02", TODAY)


def the_matrix_asks_for_more(desk: Desk) -> None:
    desk.edit("qms.yaml", "review_every:", "  - {from: 2026-09-01, type: procedure, review: [qmr, unit-head], approve: [director, deputy-director]}\nreview_every:")


def the_approver_leaves(desk: Desk) -> None:
    desk.edit("people.yaml", "unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]", "unit: lanh-dao, until: 2026-08-01, roles: [{role: director, from: 2025-01-01, until: 2026-08-01}]")
    desk.edit("people.yaml", "roles: [{role: deputy-director, from: 2025-01-01}]", "roles: [{role: deputy-director, from: 2025-01-01}, {role: director, from: 2026-08-02}]")


def somebody_new(desk: Desk) -> None:
    desk.write("people.yaml", desk.read("people.yaml") + "  - {id: mai, name: Hồ Thị Mai, email: mai@tan-an.example, unit: ho-tich, roles: [{role: clerk, from: 2026-08-01}]}\n")


def a_type_with_its_first_record(desk: Desk) -> None:
    desk.write(".qms/types/thu-khen/type.yaml", 'type: thu-khen\nkind: record\nlabel: {en: Letter of thanks, vi: Thư khen}\nid: "TK-{number:3}"\nfolder: records/letters\nretention: 5y\nfields:\n  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}\n')
    desk.write("records/letters/TK-001.md", "---\nid: TK-001\ntype: thu-khen\ntitle: Khen công chức hộ tịch\n---\n")


def adopted_from_paper(desk: Desk) -> None:
    scan = desk.root.parent / "quyet-dinh.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    desk.run("adopt", "QT-02", "--basis", "12/QĐ-UBND", "--basis-date", "2025-09-15", "--basis-file", scan, by="lan")


def entered_with_the_paper(desk: Desk) -> None:
    scan = desk.root.parent / "phieu.pdf"
    scan.write_bytes(b"%PDF-1.7 signed sheet")
    desk.run("submit", "QT-02", by="minh")
    desk.run("review", "QT-02", by="lan")
    desk.run("approve", "QT-02", "--by", "binh", "--basis", "7", "--basis-date", TODAY, "--basis-file", scan, by="minh")


def a_draft_given_up(desk: Desk) -> None:
    (desk.root / QT2).unlink()
    desk.run("new", "tombstone", "--set", "id=QT-02", "--title", "Chứng thực", "--set", "reason=Gộp vào QT-01", by="minh")


def a_file_brought_back(desk: Desk) -> None:
    text = desk.read(QT2)
    draft_deleted(desk)
    desk.commit("deleted by mistake")
    desk.git("tag", "--force", "accepted")
    desk.write(QT2, text)


def evidence_added(desk: Desk) -> None:
    a_nonconformity_logged_and_moved_on(desk)
    photo = desk.root.parent / "biển báo.png"
    photo.write_bytes(b"\x89PNG")
    desk.run("attach", "NC-2026-002", photo)


def state_left_from_before_there_was_git(desk: Desk) -> None:
    """What a copy without git made for itself; git is told to ignore it."""
    for name, text in {".gitignore": "*\n", "lock": "{}", "journal": "x", "journal.new": "x"}.items():
        desk.write(f".qms/state/{name}", text)


def a_type_called_state(desk: Desk) -> None:
    a_type_with_its_first_record(desk)
    desk.write(".qms/types/state/notes.txt", "Ghi chú\n")
    desk.write(".qms/states.txt", "Ghi chú\n")


def as_told(desk: Desk, rule: str, *supplied: object, key: str | None = None) -> None:
    """Do the next day what a check says of each such error: sit down as the person and type the command, its holes filled in order.

    ``key`` names the key to sign with; ``{}`` in it is the person.
    """
    desk.today = "2026-08-04"
    found = desk.run("check", "--base", "accepted", "--format", "json", code=1).json["diagnostics"]
    wrong = [each["mend"] for each in found if each["rule"] == rule]
    assert wrong, found
    for mend in wrong:
        (step,) = (each for each in mend["steps"] if each["kind"] == "command")
        words, holes = shlex.split(step["text"])[1:], iter(supplied)
        person = mend["by"][0] if mend["by"] else desk.me
        if key:
            name = key.format(person)
            words[words.index("--sign") :] = ["--again", "--key", str(key_file(desk.root.parent / f"key {name}", name))]
        desk.run(*(str(next(holes)) if word == "…" else word for word in words), by=person)


def key_exchanged_and_signed_again(desk: Desk) -> None:
    signed_with_a_key_revoked_since(desk)
    as_told(desk, "signature-key-expired", key="new")


def level_raised_and_signed_again(desk: Desk) -> None:
    """What had been signed on the branch is too low by the time it is to be merged."""
    approve(desk, "QT-02", TODAY)
    desk.commit("approved")
    desk.git("branch", "--quiet", "others")
    desk.git("reset", "--quiet", "--hard", "HEAD^")
    for person in ("lan", "binh", "minh"):
        enrolled(desk, person, (person, "from: 2026-01-01"))
    stricter(desk)
    level_asked(desk, "signed")
    desk.git("merge", "--quiet", "--no-edit", "others")
    as_told(desk, "level-too-low", key="{}")
    (folder,) = desk.dossiers("QT-02")
    assert {path.name for path in (desk.root / folder).glob("*.2.md")} == {"author.minh.2.md", "review.lan.2.md", "approve.binh.2.md"}


def signed_long_ago_and_signed_again(desk: Desk) -> None:
    signed_long_ago_all_at_once(desk)
    desk.commit("signed long ago")
    as_told(desk, "sign-off-backdated")


def signed_by_the_wrong_person_and_again_by_the_right_one(desk: Desk) -> None:
    plain.without_the_role(desk)
    as_told(desk, "signer-without-role")


def entered_without_the_paper_and_again_with_it(desk: Desk) -> None:
    scan = desk.root.parent / "phieu.pdf"
    scan.write_bytes(b"%PDF-1.7 signed sheet")
    plain.entered_for_the_approver(desk)
    desk.sit("minh")
    as_told(desk, "entered-without-evidence", "7/PTK", scan)


def approved_in_force_and_signed_again(desk: Desk) -> None:
    """The text is in force; what is wrong is known only now, and the revision is the same."""
    signed_with_a_key_revoked_since(desk)
    desk.git("tag", "--force", "accepted")
    as_told(desk, "signature-key-expired", key="new")


def signed_again_under_a_new_draft(desk: Desk) -> None:
    """The working text has gone on; what is signed again is the text that was signed."""
    signed_with_a_key_revoked_since(desk)
    desk.run("revise", "QT-02", "--change", "Rút ngắn", by="minh")
    desk.run("submit", "QT-02", by="minh")
    desk.run("review", "QT-02", by="lan")
    as_told(desk, "signature-key-expired", key="new")
    assert not (desk.root / desk.dossiers("QT-02")[-1] / "approve.binh.md").exists()


def state_signed_again(desk: Desk) -> None:
    """A record stays as it is when the sign-off of its state is given again."""
    desk.run("nc", "log", "Thiếu chữ ký", "--severity", "major", "--requirement", "QT-01", "--set", "owner=hoa", by="minh")
    desk.fill_in("records/nonconformities/NC-2026-002.md")
    enrolled(desk, "hoa", ("old", "from: 2026-01-01"))
    desk.run("advance", "NC-2026-002", "confirmed", "--key", key_file(desk.root.parent / "key old", "old"), by="hoa")
    desk.run("advance", "NC-2026-002", "contained", "--set", "correction=Ký bổ sung")
    desk.commit("confirmed")
    enrolled(desk, "hoa", ("old", "from: 2026-01-01, revoked: 2026-08-01"), ("new", "from: 2026-08-02"))
    as_told(desk, "signature-key-expired", key="new")
    (folder,) = desk.dossiers("NC-2026-002")
    assert (desk.root / folder / "confirm.hoa.2.md.sig").exists()


HONEST: tuple[Change, ...] = (
    key_exchanged_and_signed_again, level_raised_and_signed_again, signed_long_ago_and_signed_again,
    signed_by_the_wrong_person_and_again_by_the_right_one, entered_without_the_paper_and_again_with_it,
    approved_in_force_and_signed_again, signed_again_under_a_new_draft, state_signed_again,
    a_new_draft, a_draft_submitted, a_revision_approved, a_revision_in_two_commits, returned_and_submitted_again,
    a_submission_given_up_on_the_branch, a_document_withdrawn, a_withdrawn_text_taken_out, read_and_understood,
    a_nonconformity_logged_and_moved_on, a_record_reopened, folders_rearranged, windows_line_ends,
    a_role_for_the_time_to_come, the_matrix_asks_for_more, the_approver_leaves, somebody_new,
    a_type_with_its_first_record, adopted_from_paper, entered_with_the_paper, a_draft_given_up, a_file_brought_back,
    evidence_added, state_left_from_before_there_was_git, a_type_called_state,
)


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.__name__)
def test_an_honest_change_passes_however_it_comes_in(accepted: Desk, change: Change) -> None:
    passes(accepted, change)


def test_a_branch_rebased_weeks_later_is_not_backdated(accepted: Desk) -> None:
    accepted.git("switch", "--quiet", "-c", "work")
    approve(accepted, "QT-02", TODAY)
    accepted.commit("approved")
    accepted.git("switch", "--quiet", "main")
    accepted.today = "2026-09-21"
    accepted.write("README.md", "# Đọc tôi\n")
    accepted.commit("meanwhile")
    accepted.git("switch", "--quiet", "work")
    git(accepted.root, "rebase", "--quiet", "main", moment="2026-09-21T09:00:00+07:00")
    assert errors(accepted, "main") == set()


@pytest.mark.parametrize("moment", ["99999999999999 +0000", "-5 +0000", "", "noon"])
def test_a_commit_of_a_day_that_is_none_stops_nobody(accepted: Desk, moment: str) -> None:
    """Anybody may push such a commit, and all of history is read."""
    approve(accepted, "QT-02", TODAY)
    accepted.commit("approved")
    made = git(accepted.root, "cat-file", "commit", "HEAD").split("\n")
    odd = "\n".join(f"{line.partition('>')[0]}> {moment}" if line.startswith(("author ", "committer ")) else line for line in made)
    (accepted.root.parent / "commit").write_text(odd, encoding="utf-8")
    name = git(accepted.root, "hash-object", "-t", "commit", "-w", "--literally", str(accepted.root.parent / "commit")).strip()
    accepted.git("update-ref", "refs/heads/other", name)
    accepted.run("new", "action", "--title", "Phân công", "--set", "due=2026-09-01", by="minh")
    accepted.git("reset", "--quiet", "--hard", name)
    assert accepted.run("check", "--base", "accepted", code=None).code in (0, 1)
