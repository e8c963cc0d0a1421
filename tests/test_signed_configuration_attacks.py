"""Attacks on an office that has its configuration signed, and honest changes of it that look like these.

Binh, who directs, has the key; the office has chosen ``configuration: signed`` and accepted that. Each change comes in the
four ways of ``landing``.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk import Change, Desk, approve, without_git
from tests.keys import key_file
from tests.landing import caught, errors, landed, passes
from tests.test_change_attacks import enrolled
from tests.test_signoff_attacks import TODAY

VALID = "from: 2026-07-01, basis: 3/BB"
CHOICE = "configuration: signed\n"
OWN_TYPE = ".qms/types/permit/type.yaml"
PERMIT = """\
type: permit
kind: record
label: {en: Permit, vi: Giấy phép}
id: GP-{year}-{number:3}
folder: records/permits
retention: 5y
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tên}}
states:
  - {id: open, label: {en: Open, vi: Đang mở}, to: [closed]}
  - {id: closed, label: {en: Closed, vi: Đã đóng}, final: true, signoff: {meaning: close, role: [qmr]}}
"""


def key_of(desk: Desk, name: str) -> Path:
    return key_file(desk.root.parent / f"key {name}", name)


def signed(desk: Desk, by: str = "binh", key: str | None = None) -> None:
    """The configuration as it is, signed by somebody, and committed with it."""
    desk.run("approve", "configuration", "--key", key_of(desk, key or by), "--commit", by=by)


def has_key(desk: Desk) -> None:
    enrolled(desk, "binh", ("binh", VALID))


def chosen(desk: Desk) -> None:
    """The office of ``settled``, in which the configuration is signed."""
    desk.today = TODAY
    has_key(desk)
    desk.write("qms.yaml", desk.read("qms.yaml") + CHOICE)
    signed(desk)
    desk.git("tag", "--force", "accepted")


@pytest.fixture
def accepted(settled: Desk) -> Desk:
    chosen(settled)
    return settled


# -- attacks ----------------------------------------------------------------------------------------


def renamed(desk: Desk, name: str = "UBND phường Tân An mới") -> None:
    text = desk.read("qms.yaml")
    (old,) = (line for line in text.splitlines() if line.startswith("organization:"))
    desk.write("qms.yaml", text.replace(old, f"organization: {{name: {name}, code: TA}}"))


def somebody_new(desk: Desk) -> None:
    desk.write("people.yaml", desk.read("people.yaml") + "  - {id: mai, name: Hồ Thị Mai, email: mai@tan-an.example, unit: lanh-dao, roles: [{role: clerk, from: 2026-08-01}]}\n")


def an_own_type(desk: Desk) -> None:
    desk.write(OWN_TYPE, PERMIT)


def choice_given_up(desk: Desk) -> None:
    desk.edit("qms.yaml", CHOICE, "")


def choice_given_up_by_a_word_nobody_knows(desk: Desk) -> None:
    desk.edit("qms.yaml", CHOICE, "configuration: manual\n")


def choice_given_up_with_other_changes(desk: Desk) -> None:
    somebody_new(desk)
    choice_given_up(desk)


def signed_then_changed(desk: Desk) -> None:
    renamed(desk)
    signed(desk)
    somebody_new(desk)


def own_type_changed_after_it_was_signed(desk: Desk) -> None:
    an_own_type(desk)
    signed(desk)
    desk.git("tag", "--force", "accepted")
    desk.write(OWN_TYPE, PERMIT.replace("Permit", "Licence"))


def own_type_taken_out(desk: Desk) -> None:
    an_own_type(desk)
    signed(desk)
    desk.git("tag", "--force", "accepted")
    (desk.root / OWN_TYPE).unlink()


def back_to_what_was_signed_before(desk: Desk) -> None:
    """An older state is brought back together with nothing: its own sign-off fits it, but was followed by another."""
    before = desk.read("qms.yaml")
    renamed(desk)
    signed(desk)
    desk.git("tag", "--force", "accepted")
    desk.write("qms.yaml", before)


def older_sign_off_copied_to_a_new_number(desk: Desk) -> None:
    before = desk.read("qms.yaml")
    renamed(desk)
    signed(desk)
    desk.git("tag", "--force", "accepted")
    desk.write("qms.yaml", before)
    (folder,) = (desk.root / "signoffs/configuration").glob("1-*")
    shutil.copytree(folder, folder.with_name(folder.name.replace("1-", "3-", 1)))


def signed_by_a_key_brought_along(desk: Desk) -> None:
    text = desk.read("people.yaml")
    desk.git("branch", "--quiet", "kept")
    enrolled(desk, "binh", ("other", VALID), ("binh", VALID))
    desk.git("tag", "--force", "accepted", "kept")
    desk.git("branch", "--quiet", "-D", "kept")
    assert desk.read("people.yaml") != text
    signed(desk, key="other")


def signed_by_somebody_made_approver(desk: Desk) -> None:
    enrolled(desk, "hoa", ("hoa", VALID))
    signed(desk)
    desk.git("tag", "--force", "accepted")
    desk.edit("people.yaml", "{role: unit-head, from: 2025-01-01}, {role: clerk", "{role: unit-head, from: 2025-01-01}, {role: director, from: 2026-08-01}, {role: clerk")
    signed(desk, by="hoa")


def signed_without_a_key(desk: Desk) -> None:
    renamed(desk)
    signed(desk)
    (made,) = (desk.root / "signoffs/configuration").glob("2-*/*.sig")
    made.unlink()


def signed_with_an_old_date(desk: Desk) -> None:
    renamed(desk)
    desk.run("approve", "configuration", "--key", key_of(desk, "binh"), "--commit", by="binh", day="2026-07-02")
    desk.today = "2026-08-20"


def the_last_key_revoked(desk: Desk) -> None:
    desk.edit("people.yaml", f", {VALID}", f", revoked: {TODAY}, {VALID}")


def the_last_key_ends_and_that_is_signed(desk: Desk) -> None:
    desk.edit("people.yaml", f", {VALID}", f", until: 2026-08-31, {VALID}")
    signed(desk)


def the_last_role_ends_and_that_is_signed(desk: Desk) -> None:
    desk.edit("people.yaml", "roles: [{role: director, from: 2025-01-01}]", "roles: [{role: director, from: 2025-01-01, until: 2026-08-31}]")
    signed(desk)


def two_changes_merged_with_one_signature_each(desk: Desk) -> None:
    desk.git("branch", "--quiet", "second")
    renamed(desk)
    signed(desk)
    desk.git("tag", "--force", "accepted")
    first = desk.git("rev-parse", "--abbrev-ref", "HEAD").strip()
    desk.git("switch", "--quiet", "second")
    somebody_new(desk)
    signed(desk)
    desk.git("switch", "--quiet", first)
    desk.git("merge", "--quiet", "--no-ff", "--no-edit", "second")


def newest_sign_off_deleted(desk: Desk) -> None:
    back_to_what_was_signed_before(desk)
    (folder,) = (desk.root / "signoffs/configuration").glob("2-*")
    shutil.rmtree(folder)


def sign_off_hidden_behind_a_document(desk: Desk) -> None:
    """A copy beside it makes it look like one of a document of that id."""
    (folder,) = (desk.root / "signoffs/configuration").glob("1-*")
    (folder / "configuration.md").write_text(desk.read("documents/procedures/QT-02.md").replace("QT-02", "configuration"), encoding="utf-8")
    renamed(desk)


def number_taken_that_nobody_signed(desk: Desk) -> None:
    """Nothing is changed, but whoever signs next would find a number taken, and the files unsigned."""
    (path,) = (desk.root / "signoffs/configuration").glob("1-*/approve.binh.md")
    digits = path.parent.name.removeprefix("1-")
    desk.write(f"signoffs/configuration/900-{digits}/approve.binh.md", path.read_text(encoding="utf-8").replace("revision: 1\n", "revision: 900\n"))


UNSIGNED, ENDED = "configuration-unsigned", "approving-key-ended"

ATTACKS: tuple[tuple[Change, set[str]], ...] = (
    (renamed, {UNSIGNED}),
    (somebody_new, {UNSIGNED}),
    (an_own_type, {UNSIGNED}),
    (choice_given_up, {UNSIGNED}),
    (choice_given_up_by_a_word_nobody_knows, {UNSIGNED, "configuration-invalid"}),
    (choice_given_up_with_other_changes, {UNSIGNED}),
    (signed_then_changed, {UNSIGNED}),
    (own_type_changed_after_it_was_signed, {UNSIGNED}),
    (own_type_taken_out, {UNSIGNED}),
    (back_to_what_was_signed_before, {UNSIGNED}),
    (older_sign_off_copied_to_a_new_number, {UNSIGNED, "sign-off-without-subject"}),
    (signed_by_a_key_brought_along, {UNSIGNED}),
    (signed_by_somebody_made_approver, {UNSIGNED}),
    (signed_without_a_key, {UNSIGNED}),
    (signed_with_an_old_date, {UNSIGNED}),
    (the_last_key_revoked, {UNSIGNED, ENDED}),
    (the_last_key_ends_and_that_is_signed, {ENDED}),
    (the_last_role_ends_and_that_is_signed, {ENDED}),
    (two_changes_merged_with_one_signature_each, {UNSIGNED}),
    (newest_sign_off_deleted, {UNSIGNED, "dossier-file-deleted"}),
    (sign_off_hidden_behind_a_document, {UNSIGNED, "dossier-digest-mismatch", "sign-off-misdated"}),
    (number_taken_that_nobody_signed, {UNSIGNED}),
)


@pytest.mark.parametrize(("attack", "rules"), ATTACKS, ids=[attack.__name__ for attack, _rules in ATTACKS])
def test_is_caught_however_it_comes_in(accepted: Desk, attack: Change, rules: set[str]) -> None:
    caught(accepted, attack, rules)


def test_a_choice_without_a_key_that_the_base_knows_is_no_choice(settled: Desk) -> None:
    settled.today = TODAY
    settled.git("branch", "--quiet", "kept")
    has_key(settled)
    settled.git("tag", "--force", "accepted", "kept")
    settled.git("branch", "--quiet", "-D", "kept")
    settled.write("qms.yaml", settled.read("qms.yaml") + CHOICE)
    signed(settled)
    for way, there, base in landed(settled):
        assert errors(there, base) == {UNSIGNED}, way


# -- honest changes ---------------------------------------------------------------------------------


def changed_and_signed(desk: Desk) -> None:
    renamed(desk)
    an_own_type(desk)
    signed(desk)


def signed_in_a_commit_after_the_change(desk: Desk) -> None:
    renamed(desk)
    desk.commit("the change")
    somebody_new(desk)
    desk.commit("one more")
    signed(desk)


def signed_twice_on_the_way(desk: Desk) -> None:
    renamed(desk)
    signed(desk)
    somebody_new(desk)
    signed(desk)


def two_changes_merged_and_signed_anew(desk: Desk) -> None:
    two_changes_merged_with_one_signature_each(desk)
    signed(desk)


def signed_by_another_approver(desk: Desk) -> None:
    enrolled(desk, "hung", ("hung", VALID))
    signed(desk)
    desk.git("tag", "--force", "accepted")
    renamed(desk)
    signed(desk, by="hung")


def key_follows_key(desk: Desk) -> None:
    """The old key signs the change that ends it and brings the new one; the new one signs what comes after."""
    enrolled(desk, "binh", ("binh", f"until: {TODAY}, {VALID}"), ("new", f"from: {TODAY}"))
    signed(desk)
    desk.git("tag", "--force", "accepted")
    renamed(desk)
    signed(desk, key="new")


def key_revoked_by_the_new_one(desk: Desk) -> None:
    enrolled(desk, "binh", ("binh", VALID), ("new", f"from: {TODAY}"))
    signed(desk)
    desk.git("tag", "--force", "accepted")
    desk.edit("people.yaml", f", {VALID}", f", revoked: {TODAY}, {VALID}")
    signed(desk, key="new")


def choice_given_up_and_signed(desk: Desk) -> None:
    choice_given_up(desk)
    signed(desk)


def free_after_the_choice_was_given_up(desk: Desk) -> None:
    choice_given_up_and_signed(desk)
    desk.git("tag", "--force", "accepted")
    somebody_new(desk)


def own_type_taken_out_and_signed(desk: Desk) -> None:
    own_type_taken_out(desk)
    signed(desk)


def a_document_alone(desk: Desk) -> None:
    approve(desk, "QT-02", TODAY, by="binh")


def the_signer_has_left_since(desk: Desk) -> None:
    """A successor with a key; the sign-off of who left goes on to count."""
    enrolled(desk, "hung", ("hung", VALID))
    desk.edit("people.yaml", "unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]", "unit: lanh-dao, until: 2026-08-31, roles: [{role: director, from: 2025-01-01, until: 2026-08-31}]")
    signed(desk)
    desk.git("tag", "--force", "accepted")
    desk.today = "2026-09-10"
    a_document_alone_by_the_deputy(desk)


def a_document_alone_by_the_deputy(desk: Desk) -> None:
    approve(desk, "QT-02", desk.today, by="hung")


HONEST: tuple[Callable[[Desk], None], ...] = (
    changed_and_signed, signed_in_a_commit_after_the_change, signed_twice_on_the_way, two_changes_merged_and_signed_anew,
    signed_by_another_approver, key_follows_key, key_revoked_by_the_new_one, choice_given_up_and_signed,
    free_after_the_choice_was_given_up, own_type_taken_out_and_signed, a_document_alone, the_signer_has_left_since,
)


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.__name__)
def test_an_honest_change_passes_however_it_comes_in(accepted: Desk, change: Change) -> None:
    passes(accepted, change, without_base=True)


@pytest.mark.parametrize("criteria", ["", "format: 2\nstricter_from: 2026-07-01\n"], ids=["first format", "second format"])
def test_the_choice_is_made_with_a_key_that_was_known(settled: Desk, criteria: str) -> None:
    settled.write("qms.yaml", settled.read("qms.yaml") + criteria)
    settled.today = TODAY
    has_key(settled)
    settled.write("qms.yaml", settled.read("qms.yaml") + CHOICE)
    signed(settled)
    for way, there, base in landed(settled):
        assert errors(there, base) == set(), way


def test_an_office_that_has_not_chosen_is_free(settled: Desk) -> None:
    settled.today = TODAY
    has_key(settled)
    renamed(settled)
    somebody_new(settled)
    an_own_type(settled)
    for way, there, base in landed(settled):
        assert errors(there, base) == set(), way


def test_a_copy_without_git_or_with_other_line_ends_is_as_it_was_signed(accepted: Desk) -> None:
    found = without_git(accepted, accepted.root.parent / "zip")
    assert found.errors() == []
    for path in ("qms.yaml", "people.yaml"):
        found.write(path, found.read(path).replace("\n", "\r\n"))
    assert UNSIGNED not in found.errors()


def test_a_signed_change_is_named_with_who_signed_it(accepted: Desk) -> None:
    renamed(accepted)
    signed(accepted)
    said = accepted.run("check", "--base", "accepted")
    assert "this change alters qms.yaml, signed as number 2 by Trần Thị Bình" in said.out


# -- the command ------------------------------------------------------------------------------------


def test_signing_takes_the_changed_files_along_and_says_which(accepted: Desk) -> None:
    renamed(accepted)
    an_own_type(accepted)
    accepted.write("README.md", "not of the configuration\n")
    said = accepted.run("approve", "configuration", "--key", key_of(accepted, "binh"), "--commit", by="binh")
    assert "configuration approved as number 2" in said.err
    assert f"changed since number 1: {OWN_TYPE}, qms.yaml" in said.err
    names = accepted.git("show", "--name-only", "--format=", "HEAD").splitlines()
    assert [name for name in names if not name.startswith("signoffs/")] == [OWN_TYPE, "qms.yaml"]
    assert accepted.errors() == []
    said = accepted.refused("approve", "configuration", "--key", key_of(accepted, "binh"), by="binh")
    assert "the configuration is signed as it is, as number 2" in said.err


def test_check_says_whether_the_files_are_as_they_were_signed(accepted: Desk) -> None:
    renamed(accepted)
    (found,) = accepted.diagnostics()
    assert (found["rule"], found["message"]) == (UNSIGNED, "qms.yaml changed since the configuration was signed as number 1")
    assert "qmsctl approve configuration --sign --commit" in str(found["mend"])
    accepted.commit("the change")
    said = accepted.run("check", "--base", "accepted", code=1)
    assert "this change alters qms.yaml, and nobody has signed the configuration as it leaves it" in said.out


def test_without_a_key_the_person_is_told_how_to_come_to_one(accepted: Desk) -> None:
    renamed(accepted)
    said = accepted.refused("approve", "configuration", "--key", key_of(accepted, "hung"), by="hung")
    assert "Lê Quốc Hùng has no key in people.yaml that is valid today" in said.err
    assert "among the “keys” of hung in people.yaml" in said.err
    assert "holds no role that approves" in accepted.refused("approve", "configuration", "--key", key_of(accepted, "hoa"), by="hoa").err
    said = accepted.refused("approve", "configuration", "--key", key_of(accepted, "other"), by="binh")
    assert "the sign-off of the configuration as number 2 does not count" in said.out + said.err


def test_a_command_that_edits_the_configuration_leaves_it_to_be_signed(accepted: Desk) -> None:
    accepted.run("upgrade")
    assert accepted.errors() == [UNSIGNED]
    signed(accepted)
    assert accepted.errors() == []


def test_an_auditor_needs_no_more_than_sha256sum(accepted: Desk) -> None:
    an_own_type(accepted)
    signed(accepted)
    (path,) = (accepted.root / "signoffs/configuration").glob("2-*/approve.binh.md")
    files = (OWN_TYPE, "people.yaml", "qms.yaml")
    lines = [f"{hashlib.sha256((accepted.root / name).read_bytes()).hexdigest()}  {name}\n" for name in files]
    bound = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert f"sha256: {bound}\n" in path.read_text(encoding="utf-8")
    assert path.parent.name == f"2-{bound[:8]}"



# -- what todo proposes -----------------------------------------------------------------------------


def proposed(desk: Desk, person: str = "binh") -> list[str]:
    tasks = desk.run("todo", "--for", person, "--format", "json").json
    return [task["what"] for task in tasks if task["id"] == "configuration"]


def test_todo_proposes_what_keys_may_protect_once_two_people_have_one(settled: Desk) -> None:
    settled.today = TODAY
    has_key(settled)
    assert proposed(settled) == []
    enrolled(settled, "lan", ("lan", VALID))
    found = proposed(settled)
    assert found == ["proposed: changes of the configuration are signed with a key", "proposed: records are closed with a key"]
    assert proposed(settled, "hoa") == [], "only to those who can choose it"
    settled.write("qms.yaml", settled.read("qms.yaml") + CHOICE)
    settled.edit("qms.yaml", "review_every:", "  - {from: 2026-08-03, type: nonconformity, level: signed}\nreview_every:")
    signed(settled)
    assert proposed(settled) == []
    assert settled.errors() == []
