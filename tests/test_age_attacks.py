"""Attacks with dates: a day long gone by in a sign-off or a commit, and honest changes that look like it.

The office has chosen the second format. Each change comes in by fast-forward, merge, squash and rebase.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qmsctl.acts.occasion import moment_of
from qmsctl.core.engine import run
from qmsctl.rules import all_rules
from qmsctl.store.loading import load, locate
from tests.desk import COPIES, Change, Desk, approve, git, without_git
from tests.keys import key_file
from tests.landing import caught, errors, landed, passes
from tests.test_change_attacks import as_told, enrolled, level_asked, stricter
from tests.test_signoff_attacks import EVIDENCE, TODAY, in_force, sign_by_hand

LONG_AGO, LATELY = "2026-05-04", "2026-07-20"
BACKDATED = {"sign-off-backdated"}


@pytest.fixture
def accepted(settled: Desk) -> Desk:
    """The office, of the second format, its state marked as accepted."""
    stricter(settled)
    return settled


def settle(desk: Desk) -> None:
    """What the change begins from, accepted by then."""
    desk.commit("accepted")
    desk.git("tag", "--force", "accepted")


def commit_of(desk: Desk, day: str) -> None:
    """A commit whose two dates are set back."""
    desk.git("add", "--all")
    git(desk.root, "commit", "--quiet", "--message", "forged", moment=f"{day}T09:00:00+07:00")


def submitted(desk: Desk, day: str = LONG_AGO) -> str:
    desk.run("submit", "QT-02", by="minh", day=day)
    return desk.dossiers("QT-02")[0]


# -- attacks --------------------------------------------------------------------------------------


def commits_set_back(desk: Desk) -> None:
    approve(desk, "QT-02", LONG_AGO)
    commit_of(desk, LONG_AGO)


def author_date_set_back(desk: Desk) -> None:
    approve(desk, "QT-02", LONG_AGO)
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message", "forged", f"--date={LONG_AGO}T09:00:00+07:00")


def other_content_at_the_path_before(desk: Desk) -> None:
    """The path is old, what lies there is not."""
    desk.run("submit", "QT-02", by="minh", day=TODAY)
    (folder,) = desk.dossiers("QT-02")
    desk.write(f"{folder}/approve.binh.md", "---\ntype: signoff\n---\n")
    commit_of(desk, LONG_AGO)
    sign_by_hand(desk, folder, "review", "lan", "role: qmr", at=f"{LONG_AGO}T08:00:00+07:00")
    sign_by_hand(desk, folder, "approve", "binh", "role: director", at=f"{LONG_AGO}T09:00:00+07:00")


def other_content_accepted_at_the_path_before(desk: Desk) -> None:
    """What main held there once, and lost, was something else."""
    folder = submitted(desk)
    sign_by_hand(desk, folder, "review", "lan", "role: qmr", at=f"{LONG_AGO}T20:00:00+07:00")
    sign_by_hand(desk, folder, "approve", "binh", "role: director", "comment: x", at=f"{LONG_AGO}T21:00:00+07:00")
    desk.today = LONG_AGO
    desk.commit("once")
    desk.today = TODAY
    (desk.root / f"{folder}/approve.binh.md").unlink()
    settle(desk)
    sign_by_hand(desk, folder, "approve", "binh", "role: director", at=f"{LONG_AGO}T21:00:00+07:00")


def on_a_photo_as_paper(desk: Desk) -> None:
    folder = submitted(desk, TODAY)
    digest = hashlib.sha256((desk.root / EVIDENCE).read_bytes()).hexdigest()
    basis = f"basis: {{number: 1, date: {LONG_AGO}, file: {EVIDENCE}, sha256: {digest}}}"
    sign_by_hand(desk, folder, "acknowledge", "hoa", basis, at=f"{LONG_AGO}T09:00:00+07:00")


def on_a_file_without_a_number(desk: Desk) -> None:
    folder = submitted(desk, TODAY)
    desk.write("attachments/decisions/a.pdf", "%PDF")
    digest = hashlib.sha256(b"%PDF").hexdigest()
    basis = f"basis: {{file: attachments/decisions/a.pdf, sha256: {digest}}}"
    sign_by_hand(desk, folder, "acknowledge", "hoa", basis, at=f"{LONG_AGO}T09:00:00+07:00")


def on_a_paper_of_another_day(desk: Desk) -> None:
    folder = submitted(desk, TODAY)
    desk.write("attachments/decisions/a.pdf", "%PDF")
    digest = hashlib.sha256(b"%PDF").hexdigest()
    basis = f"basis: {{number: 7, date: 2026-01-04, file: attachments/decisions/a.pdf, sha256: {digest}}}"
    sign_by_hand(desk, folder, "acknowledge", "hoa", basis, at=f"{LONG_AGO}T09:00:00+07:00")


def set_aside_by_the_office(desk: Desk) -> None:
    desk.edit("qms.yaml", "ignore: [", "ignore: [{rule: sign-off-backdated, reason: Chậm, until: 2026-12-31}, ")
    settle(desk)
    approve(desk, "QT-02", LONG_AGO)


def level_evaded_by_a_day_before_it(desk: Desk) -> None:
    """What is young bears a day before more was asked."""
    level_asked(desk, "evidenced")
    approve(desk, "QT-02", LATELY)
    commit_of(desk, LATELY)


def key_revoked_and_dates_set_back(desk: Desk) -> None:
    enrolled(desk, "binh", ("old", "from: 2026-07-10, revoked: 2026-08-01"))
    desk.run("submit", "QT-02", by="minh", day=LATELY)
    desk.run("review", "QT-02", by="lan", day=LATELY)
    text = desk.read("people.yaml")
    desk.write("people.yaml", text.replace(", revoked: 2026-08-01", ""))
    desk.run("approve", "QT-02", "--key", key_file(desk.root.parent / "key old", "old"), by="binh", day=LATELY)
    desk.write("people.yaml", text)
    commit_of(desk, LATELY)


ATTACKS: tuple[tuple[Change, set[str]], ...] = (
    (commits_set_back, BACKDATED),
    (author_date_set_back, BACKDATED),
    (other_content_at_the_path_before, {*BACKDATED, "sign-off-misdated"}),
    (other_content_accepted_at_the_path_before, BACKDATED),
    (on_a_photo_as_paper, {"paper-reused"}),
    (on_a_file_without_a_number, BACKDATED),
    (on_a_paper_of_another_day, BACKDATED),
    (set_aside_by_the_office, BACKDATED),
    (level_evaded_by_a_day_before_it, {"level-too-low"}),
    (key_revoked_and_dates_set_back, {"signature-key-expired"}),
)


@pytest.mark.parametrize(("attack", "rules"), ATTACKS, ids=[attack.__name__ for attack, _rules in ATTACKS])
def test_is_caught_however_it_comes_in(accepted: Desk, attack: Change, rules: set[str]) -> None:
    caught(accepted, attack, rules)


OLD = f"{LONG_AGO}T10:00:00+07:00"


def _on_a_side(desk: Desk, *parents: str) -> str:
    """A commit of the folder as it is, its dates set back, made on the first of all unless on others."""
    desk.git("add", "--all")
    made_on = parents or tuple(desk.git("rev-list", "--max-parents=0", "HEAD").split())
    return git(desk.root, "commit-tree", *(word for each in made_on for word in ("-p", each)), "-m", "side", desk.git("write-tree").strip(), moment=OLD).strip()


def left_out_by_the_merge(desk: Desk, side: str) -> str:
    return side


def dropped_on_the_side(desk: Desk, side: str) -> str:
    """By a commit of a day before the office asked for more."""
    shutil.rmtree(desk.root / "signoffs/QT-02")
    return _on_a_side(desk, side)


def moved_away_on_the_side(desk: Desk, side: str) -> str:
    (desk.root / "signoffs/QT-02").rename(desk.root / "attachments/signoffs")
    return _on_a_side(desk, side)


def given_up_for_another(desk: Desk, side: str) -> str:
    """A submission that only its author had signed, where another is there."""
    shutil.rmtree(desk.root / "signoffs/QT-02")
    desk.git("reset", "--quiet", "--hard")
    desk.edit(desk.path_of("QT-02"), "Trả bản sao", "Trả lại bản sao")
    desk.run("submit", "QT-02", by="minh", day=TODAY)
    desk.commit("submitted")
    return side


LEFT_OUT: tuple[tuple[Callable[[Desk, str], str], set[str], set[str]], ...] = (
    (left_out_by_the_merge, {"sign-off-deleted"}, set()),
    (dropped_on_the_side, {"sign-off-deleted"}, set()),
    (moved_away_on_the_side, set(), BACKDATED),
    (given_up_for_another, set(), BACKDATED),
)


@pytest.mark.parametrize(("way", "first", "second"), LEFT_OUT, ids=lambda each: getattr(each, "__name__", ""))
def test_a_merge_cannot_bring_a_past_and_leave_its_files_out(accepted: Desk, way: Callable[[Desk, str], str], first: set[str], second: set[str]) -> None:
    """What came with it would lie in the history since a day of its own choice, and could follow later as if it had been held then."""
    if way is given_up_for_another:
        submitted(accepted)
    else:
        approve(accepted, "QT-02", LONG_AGO)
    side = _on_a_side(accepted)
    merged = way(accepted, side)
    accepted.git("reset", "--quiet", "--hard")
    accepted.git("merge", "--quiet", "--no-edit", "-s", "ours", merged)
    assert errors(accepted, "HEAD^") == first
    accepted.git("checkout", side, "--", "signoffs/QT-02")
    accepted.commit("followed")
    assert errors(accepted, "HEAD^") == second


def test_what_was_signed_with_a_revoked_key_is_refused_without_a_base_too(accepted: Desk) -> None:
    """Commit and sign-off bear days before the revocation, but what they build on came after it."""
    key_revoked_and_dates_set_back(accepted)
    for way, there, _base in landed(accepted):
        assert there.errors() == ["signature-key-expired"], way
        assert "[signature-key-expired]" in there.run("verify", "QT-02", code=1).out, way


def test_verify_tells_what_came_late(accepted: Desk) -> None:
    commits_set_back(accepted)
    said = accepted.run("verify", "QT-02", code=1)
    assert "it came into git so late that it may have been signed then" in said.out
    assert "something is wrong" in said.out
    (subject,) = accepted.run("verify", "QT-02", "--format", "json", code=1).json["subjects"]
    assert [each["first_commit"]["late"] for each in subject["dossiers"][0]["signoffs"]] == [True] * 3


# -- honest changes -------------------------------------------------------------------------------


def approvals_of_the_last_weeks(desk: Desk) -> None:
    approve(desk, "QT-02", LATELY)


def approver_departed_since(desk: Desk) -> None:
    approve(desk, "QT-02", LATELY)
    desk.commit("approved")
    desk.git("branch", "--quiet", "others")
    desk.git("reset", "--quiet", "--hard", "HEAD^")
    desk.edit("people.yaml", "unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]", "unit: lanh-dao, until: 2026-08-01, roles: [{role: director, from: 2025-01-01, until: 2026-08-01}]")
    desk.edit("people.yaml", "roles: [{role: deputy-director, from: 2025-01-01}]", "roles: [{role: deputy-director, from: 2025-01-01}, {role: director, from: 2026-08-02}]")
    settle(desk)
    desk.git("cherry-pick", "others")


def appointment_entered_late(desk: Desk) -> None:
    desk.edit("people.yaml", "{role: clerk, from: 2025-01-01}]}\n  - {id: tuan", f"{{role: clerk, from: 2025-01-01}}, {{role: director, from: {LATELY}}}]}}\n  - {{id: tuan")
    settle(desk)
    approve(desk, "QT-02", "2026-07-27", by="hoa")


def paper_of_that_day(desk: Desk) -> None:
    """A sheet signed long ago is entered as of its day, after more was asked of approvals."""
    level_asked(desk, "signed")
    scan = desk.root.parent / "quyet-dinh.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    desk.run("adopt", "QT-02", "--basis", "12/QĐ-UBND", "--basis-date", LATELY, "--basis-file", scan, by="hung", day=LATELY)


def brought_back(desk: Desk) -> None:
    """A merge lost what main had held; it is brought back as it was, long after its day."""
    approve(desk, "QT-02", TODAY)
    desk.commit("approved")
    desk.today = "2026-10-06"
    shutil.rmtree(desk.root / "signoffs/QT-02")
    settle(desk)
    desk.git("checkout", "accepted~1", "--", "signoffs/QT-02")


def brought_back_to_another_folder(desk: Desk) -> None:
    """And the system has moved meanwhile."""
    brought_back(desk)
    desk.git("reset", "--quiet", "--hard")
    inside = desk.root / "hệ thống"
    inside.mkdir()
    for each in [each for each in desk.root.iterdir() if each.name not in (".git", ".gitattributes", inside.name)]:
        each.rename(inside / each.name)
    settle(desk)
    desk.git("checkout", "accepted~2", "--", "signoffs/QT-02")
    (desk.root / "signoffs/QT-02").rename(inside / "signoffs/QT-02")
    desk.git("reset", "--quiet")


def old_signed_again(desk: Desk) -> None:
    commits_set_back(desk)
    as_told(desk, "sign-off-backdated")


HONEST: tuple[Change, ...] = (approvals_of_the_last_weeks, approver_departed_since, appointment_entered_late, paper_of_that_day, old_signed_again, brought_back)


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.__name__)
def test_an_honest_change_passes_however_it_comes_in(accepted: Desk, change: Change) -> None:
    passes(accepted, change)


def test_what_was_held_before_the_system_moved_is_not_new(accepted: Desk) -> None:
    brought_back_to_another_folder(accepted)
    accepted.commit("brought back")
    assert errors(accepted.at(accepted.root / "hệ thống"), "accepted") == set()


@pytest.mark.parametrize("way", ["squash", "rebase", "merge"])
def test_a_branch_brought_in_64_days_after_its_approvals_is_told_the_way_out(accepted: Desk, way: str) -> None:
    approve(accepted, "QT-02", TODAY)
    accepted.commit("approved")
    accepted.git("branch", "--quiet", "-m", "main", "work")
    accepted.git("switch", "--quiet", "-c", "main", "accepted")
    accepted.today = "2026-10-06"
    accepted.write("README.md", "# Đọc tôi\n")
    accepted.commit("meanwhile")
    accepted.git("tag", "--force", "accepted")
    if way == "rebase":
        accepted.git("switch", "--quiet", "work")
        git(accepted.root, "rebase", "--quiet", "main", moment="2026-10-06T09:00:00+07:00")
    else:
        accepted.git("merge", "--quiet", *(["--squash"] if way == "squash" else ["--no-ff", "--no-edit"]), "work")
        accepted.commit("brought in")
    assert errors(accepted, "accepted") == BACKDATED
    said = accepted.run("check", "--base", "accepted", code=1).out
    assert all(f"qmsctl {verb} QT-02 --again" in said for verb in ("submit", "review", "approve"))
    for verb, person in (("submit", "minh"), ("review", "lan"), ("approve", "binh")):
        accepted.run(verb, "QT-02", "--again", by=person)
    accepted.commit("signed again")
    assert errors(accepted, "accepted") == set()


def test_the_first_push_is_judged_by_its_own_days(accepted: Desk, tmp_path: Path) -> None:
    """A whole office comes to a repository that had none."""
    commits_set_back(accepted)
    new = accepted.at(tmp_path / "neu")
    new.root.mkdir()
    git(new.root, "init", "--quiet", "-b", "main")
    new.sit("minh")
    new.write("README.md", "# Đọc tôi\n")
    base = new.commit("nothing yet")
    shutil.copytree(accepted.root, new.root, ignore=shutil.ignore_patterns(".git", "state", "README.md"), dirs_exist_ok=True)
    new.commit("the office")
    assert errors(new, base) == set()


@pytest.mark.parametrize("copy", ["squashed", "zip"])
def test_a_copy_without_its_history_is_as_good_as_before(accepted: Desk, copy: str, tmp_path: Path) -> None:
    found = COPIES[copy](accepted, tmp_path / "copy")
    assert found.errors() == []


def test_git_init_over_a_copy_says_what_git_cannot_say(accepted: Desk, tmp_path: Path) -> None:
    found = without_git(accepted, tmp_path / "copy")
    git(found.root, "init", "--quiet", "-b", "main")
    assert "git says nothing of them" in found.run("verify").out, "before the first commit, too"
    found.sit("minh")
    found.commit("as handed over")
    said = found.run("verify").out
    number = len(list((found.root / "signoffs").rglob("*.*.md")))
    assert f"{number} are older than this history; git says nothing of them" in said
    assert "what could be seen of them shows no problem" in said
    assert "no problem found" not in said
    found.run("verify", "--strict", code=1)
    assert found.run("verify", "--format", "json").json["before_history"] == number


def test_a_late_sign_off_on_a_copy_is_late_for_all_that(accepted: Desk, tmp_path: Path) -> None:
    """A day before the history began does not hide what came long after it began."""
    found = without_git(accepted, tmp_path / "copy")
    git(found.root, "init", "--quiet", "-b", "main")
    found.sit("minh")
    found.commit("as handed over")
    sign_by_hand(found, in_force(found), "acknowledge", "hoa", at=f"{LONG_AGO}T09:00:00+07:00")
    found.today = "2026-10-06"
    found.commit("much later")
    assert "so late that it may have been signed then" in found.run("verify", code=1).out


def test_what_is_not_in_git_long_after_its_day_is_late(settled: Desk) -> None:
    settled.write("qms.yaml", settled.read("qms.yaml") + "format: 2\nstricter_from: 2026-07-01\n")
    sign_by_hand(settled, in_force(settled), "acknowledge", "hoa", at="2026-08-03T00:00:00+07:00")
    assert "just now" not in settled.run("verify", "QT-01", code=None, day="2026-09-02").out
    said = settled.run("verify", "QT-01", code=1, day="2026-09-03").out
    assert "it is not in git so long after its day that it may have been signed just now" in said


def test_verify_with_nothing_to_verify_says_so(desk: Desk) -> None:
    said = desk.run("verify").out
    assert "0 sign-off(s) verified – there was no sign-off here to verify" in said
    assert "nothing speaks against" not in said


def test_a_folder_that_was_moved_keeps_its_moments(accepted: Desk) -> None:
    before = accepted.run("verify", "--format", "json", code=1).json
    inside = accepted.root / "hệ thống"
    inside.mkdir()
    for each in [each for each in accepted.root.iterdir() if each.name not in (".git", ".gitattributes", inside.name)]:
        each.rename(inside / each.name)
    accepted.today = "2026-12-01"
    accepted.commit("moved")
    there = accepted.at(inside)
    assert there.run("verify", "--format", "json", code=1).json == before


# -- two clocks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("ahead", "counts"), [(0, True), (9, True), (11, False)])
def test_some_minutes_between_two_clocks_are_no_lie(accepted: Desk, ahead: int, counts: bool) -> None:
    """What a machine has signed whose clock is ahead counts at once, and what is signed after it bears a later moment."""
    clock = datetime(2026, 8, 3, 15, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    at = clock + timedelta(minutes=ahead)
    sign_by_hand(accepted, in_force(accepted), "acknowledge", "hoa", at=at.isoformat())
    library = load(locate(accepted.root), clock)
    signed = [each.meaning for dossier in library.dossiers["QT-01"] for each in dossier.signoffs]
    assert ("acknowledge" in signed) == counts
    assert any(each.rule == "sign-off-misdated" for each in run(library, all_rules()).diagnostics) != counts
    assert moment_of(library, clock, None) == (at + timedelta(seconds=1) if counts and ahead else clock)


def test_tomorrow_is_tomorrow(accepted: Desk) -> None:
    clock = datetime(2026, 8, 3, 23, 55, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    sign_by_hand(accepted, in_force(accepted), "acknowledge", "hoa", at="2026-08-04T00:01:00+07:00")
    library = load(locate(accepted.root), clock)
    assert all(each.meaning != "acknowledge" for dossier in library.dossiers["QT-01"] for each in dossier.signoffs)


# -- who committed --------------------------------------------------------------------------------


def warned(desk: Desk) -> list[str]:
    return [each["path"] for each in desk.diagnostics() if each["rule"] == "committed-by-another"]


def test_a_sign_off_that_somebody_else_committed_is_a_warning_and_a_count(accepted: Desk) -> None:
    folder = submitted(accepted, TODAY)
    accepted.commit("submitted")
    accepted.run("review", "QT-02", by="lan")
    accepted.sit("minh")
    accepted.commit("review")
    assert warned(accepted) == [f"{folder}/review.lan.md"]
    assert accepted.errors() == []
    said = accepted.run("verify", "QT-02").out
    assert "no problem found; 1 came into git by somebody else's commit" in said


def test_who_commits_for_all_is_not_named(accepted: Desk) -> None:
    approve(accepted, "QT-02", TODAY)
    accepted.sit("hoa")
    accepted.commit("for all")
    assert warned(accepted) == []
    assert "somebody else" not in accepted.run("verify", "QT-02").out


def test_an_office_of_the_first_format_is_not_told(settled: Desk) -> None:
    settled.run("submit", "QT-02", by="minh")
    settled.sit("hoa")
    settled.commit("submitted")
    assert warned(settled) == []
