"""A server with the hook, and two people who push to it: what git accepts, what it refuses, and in which words."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from tests import test_adoption_attacks as adoption
from tests import test_age_attacks as age
from tests import test_change_attacks as changes
from tests import test_configuration_attacks as configuration
from tests import test_evidence_attacks as evidence
from tests import test_frozen_attacks as frozen
from tests import test_lfs_attacks as lfs
from tests import test_office_attacks as offices
from tests import test_record_file_attacks as pictures
from tests import test_signed_configuration_attacks as signing
from tests import test_signoff_attacks as attacks
from tests.answering import Answering
from tests.desk import SOURCE, Change, Desk, Once, approve, git, procedure, qmsctl
from tests.keys import public
from tests.landing import errors
from tests.test_signoff_attacks import QT, TODAY

QT3 = "documents/procedures/QT-03.md"


@dataclass
class Server:
    """A bare repository with qmsctl's hook, in which it is always the same day; ``answering`` is what the hook calls, if not the program itself."""

    root: Path
    answering: Answering | None = None

    @property
    def program(self) -> Path:
        return self.root.parent / "bin" / "qmsctl"

    def set_up(self, office: Desk) -> None:
        self.program.parent.mkdir(parents=True)
        if self.answering:
            self.answering.write(self.program)
        else:
            self.program.write_text(f'#!/bin/sh\nPYTHONPATH={SOURCE} exec {sys.executable} -m qmsctl --today {TODAY} "$@"\n', encoding="utf-8")
            self.program.chmod(0o755)
        git(self.root.parent, "clone", "--quiet", "--bare", str(office.root), self.root.name)
        with patch("sys.argv", [str(self.program)]):
            said = qmsctl("-C", self.root, "hook", "install")
        assert said.code == 0, said.err
        assert said.written == [str(self.root / "hooks/pre-receive")]

    def clone(self, name: str, person: str) -> Desk:
        """The work tree of somebody."""
        folder = self.root.parent / name
        git(self.root.parent, "clone", "--quiet", str(self.root), str(folder))
        desk = Desk(folder, TODAY, person, "vi")
        desk.sit(person)
        return desk

    def begun(self, once: Once, begin: Change) -> Desk:
        """The work tree of somebody who has brought the office to where ``begin`` does; the hook accepts that once a run."""
        desk = self.clone("minh", "minh")

        once(desk, begin, self.accepts)
        desk.git("remote", "set-url", "origin", str(self.root))
        git(self.root, "fetch", "--quiet", str(desk.root), "main:main")
        return desk

    def refs(self) -> str:
        return git(self.root, "for-each-ref", "--format=%(refname) %(objectname)")

    def pushed(self, desk: Desk, *arguments: str) -> subprocess.CompletedProcess[str]:
        """What git answers to a push."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        command = ["git", "push", "origin", *arguments]
        if self.answering:
            return self.answering.during(command, desk.root, kept)
        return subprocess.run(command, cwd=desk.root, env=kept, capture_output=True, encoding="utf-8", check=False)

    def accepts(self, desk: Desk, *arguments: str) -> str:
        """What it says of a push that it takes."""
        done = self.pushed(desk, *(arguments or ("main",)))
        assert done.returncode == 0, done.stderr
        return done.stderr

    def refuses_change(self, desk: Desk, change: Change, rules: Iterable[str]) -> str:
        """The words of a refusal that names these rules."""
        change(desk)
        desk.commit("thay đổi")
        said = self.refuses(desk)
        assert [rule for rule in rules if f"[{rule}]" not in said] == []
        return said

    def refuses(self, desk: Desk, *arguments: str) -> str:
        """The words of a refusal, which leaves the server as it was."""
        before = self.refs()
        done = self.pushed(desk, *(arguments or ("main",)))
        assert done.returncode != 0, done.stderr
        assert "pre-receive hook declined" in done.stderr
        assert self.refs() == before
        assert "Traceback" not in done.stderr
        lines = [line.rstrip() for line in done.stderr.splitlines() if line.startswith("remote: ")]
        return "\n".join(line.removeprefix("remote: ") for line in lines)


@pytest.fixture
def server(settled: Desk, tmp_path: Path) -> Server:
    """A server whose hook has this process answer."""
    found = Server(tmp_path / "máy chủ" / "qms.git", Answering(tmp_path / "answering", ("--today", TODAY)))
    found.set_up(settled)
    return found


@pytest.fixture
def whole_server(settled: Desk, tmp_path: Path) -> Server:
    """A server whose hook calls the program itself."""
    found = Server(tmp_path / "máy chủ" / "qms.git")
    found.set_up(settled)
    return found


def second_revision(desk: Desk, change: str = "Thêm bước kiểm tra") -> None:
    desk.run("revise", "QT-01", "--change", change, "--effective", "2026-09-01", by="minh")
    desk.edit(QT, "time: 3h", f"time: {len(change)}h")
    approve(desk, "QT-01", TODAY)


def test_good_changes_of_two_people_pass(whole_server: Server) -> None:
    minh, hoa = whole_server.clone("minh", "minh"), whole_server.clone("hoa", "hoa")
    minh.git("switch", "--quiet", "-c", "QT-01-lần-3")
    second_revision(minh)
    minh.commit("QT-01 lần 3")
    whole_server.accepts(minh, "QT-01-lần-3")
    minh.git("switch", "--quiet", "main")
    minh.git("merge", "--quiet", "--no-ff", "--no-edit", "QT-01-lần-3")
    assert "đạt: 0 lỗi" in whole_server.accepts(minh), "in the language of the office"
    hoa.write(QT3, procedure("QT-03", "Tiếp công dân", "2026-09-01"))
    hoa.commit("QT-03")
    assert "fetch first" in whole_server.pushed(hoa, "main").stderr
    hoa.git("pull", "--quiet", "--no-rebase", "--no-edit")
    whole_server.accepts(hoa)
    assert git(whole_server.root, "rev-parse", "main") == hoa.git("rev-parse", "HEAD")
    minh.git("pull", "--quiet")
    assert minh.row("QT-01", day="2026-09-02")["revision"] == 3


BAD: tuple[tuple[Change, str, str], ...] = (
    (attacks.text_changed, "approved-text-changed", "qmsctl revise QT-01"),
    (changes.document_deleted_with_its_dossiers, "controlled-file-deleted", "đã bị xóa"),
    (changes.dossier_deleted, "dossier-file-deleted", "khôi phục nguyên văn bằng lệnh git checkout"),
    (changes.signoff_edited, "dossier-file-changed", "khôi phục nguyên văn bằng lệnh git checkout"),
    (changes.role_granted_in_the_change, "authority-granted-in-change", "do chính thay đổi này của people.yaml"),
    (attacks.closed_record_edited, "closed-record-changed", "qmsctl reopen NC-2026-001"),
    (attacks.self_approval, "approved-by-author", "do chính mình soạn thảo"),
    (changes.lock_brought_as_a_link, "tool-state-tracked", "giữ khóa và nhật ký ghi của riêng nó"),
    (changes.state_folder_brought_as_a_link, "tool-state-tracked", "git rm -r --force .qms/state"),
)


@pytest.mark.parametrize(("change", "rule", "words"), BAD, ids=[getattr(change, "__name__", rule) for change, rule, _words in BAD])
def test_bad_changes_are_refused(server: Server, change: Change, rule: str, words: str) -> None:
    desk = server.clone("minh", "minh")
    said = server.refuses_change(desk, change, [rule])
    assert words in said
    assert "cảnh báo: " not in said
    assert "bị từ chối, máy chủ không thay đổi gì. Nhánh: main" in said
    desk.git("reset", "--quiet", "--hard", "HEAD^")
    desk.write("README.md", "# Đọc tôi\n")
    desk.commit("nothing bad")
    server.accepts(desk)


PAPERS = tuple(each for each in adoption.ATTACKS if each[0] is not adoption.the_approver_entered_it_before_the_stricter_day)
"""All but the one that begins from another day, which the server has heard of by then."""


HONEST = (evidence.another_picture_at_a_new_path, evidence.a_file_erased_by_a_disposal, evidence.an_attachment_nobody_signed_replaced, evidence.folders_rearranged_with_their_pictures)
OF_FORMAT_2: tuple[tuple[Change, Change, set[str]], ...] = (
    *((evidence.give_evidence, attack, rules) for attack, rules in evidence.ATTACKS),
    *((adoption.give_format_2, attack, rules) for attack, rules in PAPERS),
    *((offices.prepare, attack, rules) for attack, rules in offices.ATTACKS),
    *((evidence.give_evidence, attack, rules) for attack, rules in lfs.ATTACKS),
    *((pictures.confirm, attack, rules) for attack, rules in pictures.ATTACKS),
    *((evidence.give_evidence, change, set()) for change in HONEST),
    *((adoption.give_format_2, change, set()) for change in adoption.HONEST),
    *((offices.prepare, change, set()) for change in offices.HONEST),
    *((evidence.give_evidence, change, set()) for change in lfs.HONEST),
    *((pictures.confirm, change, set()) for change in pictures.HONEST),
)
"""What each begins from, and the rules that refuse it: none for what is honest."""


@pytest.mark.parametrize(("begin", "change", "rules"), OF_FORMAT_2, ids=[change.__name__ for _begin, change, _rules in OF_FORMAT_2])
def test_evidence_papers_offices_pointers_and_pictures_of_records(server: Server, once: Once, begin: Change, change: Change, rules: set[str]) -> None:
    desk = server.begun(once, begin)
    desk.git("tag", "accepted")
    if rules:
        server.refuses_change(desk, change, rules)
    else:
        change(desk)
        desk.commit("thay đổi")
        server.accepts(desk)


def with_an_audit(desk: Desk) -> None:
    desk.write("qms.yaml", desk.read("qms.yaml") + "format: 2\nstricter_from: 2026-07-01\n")
    configuration.audited(desk)
    desk.commit("kế hoạch đánh giá")


LOOSENED: tuple[tuple[Change, str, str], ...] = (
    (configuration.unit_of_the_lead_ended_before, "state-without-gate", "như trước thay đổi này"),
    (configuration.director_since_long_ago, "right-backdated", "basis"),
    (configuration.unit_rewritten_for_all_times, "right-backdated", "units"),
    (configuration.review_no_longer_asked, "approval-loosened", "thêm một dòng có hiệu lực từ hôm nay"),
    (configuration.set_aside_for_good, "ignored-too-long", "2027-08-03 hoặc ngày sớm hơn"),
)


@pytest.mark.parametrize(("change", "rule", "words"), LOOSENED, ids=[getattr(change, "__name__", rule) for change, rule, _words in LOOSENED])
def test_the_past_of_people_and_matrix_is_not_loosened(server: Server, once: Once, change: Change, rule: str, words: str) -> None:
    desk = server.begun(once, with_an_audit)
    said = server.refuses_change(desk, change, [rule])
    assert words in said
    desk.git("reset", "--quiet", "--hard", "HEAD^")
    configuration.appointed_late_with_the_paper(desk)
    desk.commit("bổ nhiệm")
    server.accepts(desk)


DATED = [pair for pair in age.ATTACKS if pair[0] is not age.other_content_accepted_at_the_path_before]


@pytest.mark.parametrize(("attack", "rules"), DATED, ids=[attack.__name__ for attack, _rules in DATED])
def test_dates_set_back_are_refused(server: Server, attack: Change, rules: set[str]) -> None:
    desk = server.clone("minh", "minh")
    changes.stricter(desk)
    attack(desk)
    desk.commit("thay đổi")
    server.accepts(desk, "accepted^{commit}:refs/heads/main")
    said = server.refuses(desk)
    assert all(f"[{rule}]" in said for rule in rules)


@pytest.mark.parametrize("change", [age.approvals_of_the_last_weeks, age.approver_departed_since, age.appointment_entered_late, age.paper_of_that_day],
                         ids=lambda change: change.__name__)
def test_honest_dates_are_accepted(server: Server, change: Change) -> None:
    desk = server.clone("minh", "minh")
    changes.stricter(desk)
    change(desk)
    desk.commit("thay đổi")
    server.accepts(desk, "accepted^{commit}:refs/heads/main")
    server.accepts(desk)


@pytest.mark.parametrize("last", [True, False], ids=["the tip", "a commit before the tip"])
def test_a_commit_of_next_year_is_refused(server: Server, last: bool) -> None:
    desk = server.clone("minh", "minh")
    changes.stricter(desk)
    server.accepts(desk)
    desk.write("README.md", "# Đọc tôi\n")
    desk.git("add", "--all")
    git(desk.root, "commit", "--quiet", "--message", "ngày mai", moment="2099-01-01T00:00:00+07:00")
    if not last:
        desk.commit("hôm nay")
    assert "[commit-ahead-of-clock]" in server.refuses(desk)
    desk.git("reset", "--quiet", "--hard", "origin/main")
    desk.write("README.md", "# Đọc tôi\n")
    desk.commit("hôm nay")
    server.accepts(desk)


def with_a_type_of_its_own(desk: Desk) -> None:
    desk.write("qms.yaml", desk.read("qms.yaml") + "format: 2\nstricter_from: 2026-07-01\n")
    frozen.recorded(desk)
    desk.commit("loại hồ sơ riêng")


FROZEN = (
    (frozen.kept_for_less, "type-loosened", "before"),
    (frozen.final_no_more, "type-loosened", "không còn"),
    (frozen.another_description, "frozen-section-changed", "ghi lại mục đó như trong signoffs/NC-2026-002/"),
    (frozen.found_by_somebody_else, "frozen-field-changed", "raised_by"),
)


@pytest.mark.parametrize(("change", "rule", "words"), FROZEN, ids=[change.__name__ for change, _rule, _words in FROZEN])
def test_what_types_and_signatures_froze_stays(server: Server, once: Once, change: Change, rule: str, words: str) -> None:
    desk = server.begun(once, with_a_type_of_its_own)
    said = server.refuses_change(desk, change, [rule])
    assert words in said
    desk.git("reset", "--quiet", "--hard", "HEAD^")
    frozen.loosened_for_what_is_opened_later(desk)
    desk.commit("từ hôm nay")
    server.accepts(desk)
    frozen.the_task_goes_on(desk)
    frozen.adopted_as_on_paper(desk)
    desk.commit("bàn giao, tiếp nhận")
    server.accepts(desk)


def choosing(server: Server, once: Once) -> Desk:
    """Somebody's work tree of an office that has its configuration signed, as the server has accepted it."""

    def chosen(desk: Desk) -> None:
        signing.has_key(desk)
        server.accepts(desk)
        desk.write("qms.yaml", desk.read("qms.yaml") + signing.CHOICE)
        signing.signed(desk)

    return server.begun(once, chosen)


UNSIGNED: tuple[tuple[Change, str], ...] = (
    (signing.somebody_new, "configuration-unsigned"),
    (signing.an_own_type, "configuration-unsigned"),
    (signing.choice_given_up, "configuration-unsigned"),
    (signing.signed_then_changed, "configuration-unsigned"),
    (signing.the_last_key_ends_and_that_is_signed, "approving-key-ended"),
)


@pytest.mark.parametrize(("change", "rule"), UNSIGNED, ids=[change.__name__ for change, _rule in UNSIGNED])
def test_a_configuration_that_nobody_signed_is_refused(server: Server, once: Once, change: Change, rule: str) -> None:
    desk = choosing(server, once)
    before = desk.git("rev-parse", "HEAD").strip()
    change(desk)
    desk.commit("thay đổi")
    assert f"[{rule}]" in server.refuses(desk)
    desk.git("reset", "--quiet", "--hard", before)
    signing.changed_and_signed(desk)
    server.accepts(desk)


def test_two_pushes_that_first_loosen_and_then_use_it_fail_at_the_first(server: Server, once: Once) -> None:
    desk = choosing(server, once)
    desk.edit("people.yaml", "{role: unit-head, from: 2025-01-01}, {role: clerk", "{role: unit-head, from: 2025-01-01}, {role: director, from: 2026-08-03}, {role: clerk")
    desk.commit("vai trò mới")
    assert "[configuration-unsigned]" in server.refuses(desk)


def test_the_administrator_accepts_one_configuration_after_all_keys_were_lost(server: Server, once: Once) -> None:
    desk = choosing(server, once)
    before = desk.git("rev-parse", "HEAD").strip()
    text = desk.read("people.yaml").replace(public("binh").text, public("new").text)
    desk.write("people.yaml", text)
    commit = desk.commit("khóa mới")
    assert "[configuration-unsigned]" in server.refuses(desk)
    desk.git("config", "qmsctl.acceptedConfiguration", commit)
    assert "[configuration-unsigned]" in server.refuses(desk), "what a clone says of itself is nothing to the server"
    assert "configuration-unsigned" in errors(desk, before), "nor to its own check"
    git(server.root, "config", "qmsctl.acceptedConfiguration", commit)
    signing.somebody_new(desk)
    desk.commit("và một người nữa")
    assert "[configuration-unsigned]" in server.refuses(desk), "what is accepted is that configuration and no other"
    desk.git("reset", "--quiet", "--hard", commit)
    server.accepts(desk)
    git(server.root, "config", "--unset", "qmsctl.acceptedConfiguration")
    desk.write("README.md", "# Đọc tôi\n")
    desk.commit("something else")
    server.accepts(desk)
    signing.signed(desk, key="new")
    server.accepts(desk)
    assert desk.errors() == []
    signing.renamed(desk)
    signing.signed(desk, key="new")
    server.accepts(desk)


@pytest.mark.parametrize("name", ["main", "HEAD", "--output=x", "abc123"])
def test_an_accepted_configuration_is_named_in_full(server: Server, once: Once, name: str) -> None:
    desk = choosing(server, once)
    git(server.root, "config", "qmsctl.acceptedConfiguration", name)
    signing.somebody_new(desk)
    desk.commit("thay đổi")
    assert "qmsctl.acceptedConfiguration" in server.refuses(desk)


def test_two_approved_texts_of_one_revision_are_refused(server: Server) -> None:
    minh, hoa = server.clone("minh", "minh"), server.clone("hoa", "hoa")
    second_revision(minh)
    minh.commit("một")
    second_revision(hoa, "Thêm bước khác")
    hoa.commit("hai")
    server.accepts(minh)
    hoa.git("pull", "--quiet", "--no-rebase", "--no-edit", "--strategy-option=theirs")
    said = server.refuses(hoa)
    assert "[two-approved-dossiers]" in said


def test_an_id_is_not_given_again(server: Server) -> None:
    minh = server.clone("minh", "minh")
    minh.run("withdraw", "QT-01", "-m", "Không dùng nữa", by="binh")
    (minh.root / QT).unlink()
    minh.commit("bãi bỏ")
    server.accepts(minh)
    hoa = server.clone("hoa", "hoa")
    hoa.write(QT, procedure("QT-01", "Tiếp công dân", "2027-01-01").replace("revision: 1", "revision: 3\nchange: Mới"))
    hoa.commit("số cũ")
    assert "[id-reused]" in server.refuses(hoa)


def test_a_protected_branch_only_goes_forward(whole_server: Server) -> None:
    desk = whole_server.clone("minh", "minh")
    desk.write("README.md", "# Đọc tôi\n")
    desk.commit("more")
    whole_server.accepts(desk)
    assert "không được xóa nhánh main" in whole_server.refuses(desk, ":main")
    desk.git("reset", "--quiet", "--hard", "HEAD^")
    said = whole_server.refuses(desk, "--force", "main")
    assert "xóa bớt lịch sử của nhánh main" in said
    assert "git pull" in said


def test_a_replaced_commit_does_not_hide_a_forced_push(server: Server) -> None:
    desk = server.clone("minh", "minh")
    before = desk.git("rev-parse", "HEAD").strip()
    desk.write("README.md", "# Đọc tôi\n")
    tip = desk.commit("more")
    server.accepts(desk)
    desk.git("reset", "--quiet", "--hard", before)
    desk.write("README.md", "# Khác\n")
    rewound = desk.commit("other")
    pretended = desk.git("commit-tree", "HEAD^{tree}", "-p", tip, "-m", "as if it followed").strip()
    desk.git("branch", "pretended", pretended)
    git(server.root, "fetch", "--quiet", str(desk.root), f"pretended:refs/replace/{rewound}")
    assert "xóa bớt lịch sử của nhánh main" in server.refuses(desk, "--force", "main")


def test_a_second_system_nearer_the_top_does_not_hide_the_first(server: Server) -> None:
    desk = server.clone("minh", "minh")
    (desk.root / "hệ thống").mkdir()
    for name in ("qms.yaml", "people.yaml", "documents", "records", "signoffs", "attachments"):
        (desk.root / name).rename(desk.root / "hệ thống" / name)
    desk.commit("chuyển thư mục")
    server.accepts(desk)
    inner = desk.at(desk.root / "hệ thống")
    attacks.text_changed(inner)
    for name in ("qms.yaml", "people.yaml"):
        desk.write(name, inner.read(name))
    desk.commit("che")
    assert "hệ thống" in server.refuses(desk)


def test_other_branches_are_for_work_under_way(server: Server) -> None:
    desk = server.clone("minh", "minh")
    attacks.text_changed(desk)
    desk.commit("đang sửa")
    server.accepts(desk, "main:refs/heads/work")
    assert "approved-text-changed" in server.refuses(desk, "main:refs/heads/master"), "protected, though it is new"
    git(server.root, "config", "--add", "qmsctl.protected", "work")
    git(server.root, "config", "--add", "qmsctl.protected", "release/*")
    desk.write("README.md", "# Đọc tôi\n")
    desk.commit("more")
    assert "Nhánh: work" in server.refuses(desk, "main:refs/heads/work")
    assert "Nhánh: release/2026" in server.refuses(desk, "main:refs/heads/release/2026")
    server.accepts(desk, "main")


def test_of_two_branches_pushed_together_neither_is_taken(whole_server: Server) -> None:
    desk = whole_server.clone("minh", "minh")
    desk.git("branch", "good")
    attacks.text_changed(desk)
    desk.commit("bad")
    git(whole_server.root, "config", "--add", "qmsctl.protected", "*")
    said = whole_server.refuses(desk, "good", "main")
    assert "Nhánh: main" in said
    assert "Nhánh: good" not in said


def test_what_cannot_be_checked_is_not_accepted(whole_server: Server) -> None:
    desk = whole_server.clone("minh", "minh")
    desk.write("qms.yaml", "organization: [\n")
    desk.commit("broken")
    assert "qms.yaml" in whole_server.refuses(desk)
    desk.git("rm", "--quiet", "--force", "qms.yaml")
    desk.commit("gone")
    assert "qms.yaml" in whole_server.refuses(desk)
    (whole_server.root.parent / "bin" / "qmsctl").unlink()
    desk.git("reset", "--quiet", "--hard", "origin/main")
    desk.write("README.md", "# Đọc tôi\n")
    desk.commit("good")
    with patch.dict("os.environ", {"PATH": "/usr/bin:/bin"}):
        assert "không tìm thấy chương trình qmsctl" in whole_server.refuses(desk)


def test_an_empty_server_takes_a_whole_system(whole_server: Server, tmp_path: Path) -> None:
    desk = whole_server.clone("minh", "minh")
    empty = tmp_path / "máy chủ" / "new.git"
    git(tmp_path, "init", "--quiet", "--bare", "-b", "trunk", str(empty))
    with patch("sys.argv", [str(tmp_path / "máy chủ/bin/qmsctl")]):
        assert qmsctl("--lang", "vi", "-C", empty, "hook", "install").code == 0
    desk.git("remote", "set-url", "origin", str(empty))
    new = Server(empty)
    attacks.text_changed(desk)
    desk.commit("bad")
    assert "[approved-text-changed]" in new.refuses(desk, "main")
    assert "[approved-text-changed]" in new.refuses(desk, "main:trunk"), "its default branch"
    desk.git("reset", "--quiet", "--hard", "HEAD^")
    new.accepts(desk, "main")


def test_the_hook_is_taken_away_again(server: Server) -> None:
    assert qmsctl("--lang", "en", "-C", server.root, "hook", "uninstall").code == 0
    desk = server.clone("minh", "minh")
    attacks.text_changed(desk)
    desk.commit("bad")
    server.accepts(desk)


@pytest.mark.parametrize("name", ["refs/tags/main", "refs/heads/refs/heads/main", "refs/tags/refs/heads/main", "refs/replace/{commit}"])
def test_a_name_that_hides_a_protected_branch_is_refused(server: Server, name: str) -> None:
    """With one of these nobody could push to ``main`` any more, or the server would show what it never judged."""
    desk = server.clone("minh", "minh")
    named = name.format(commit=desk.git("rev-parse", "HEAD").strip())
    assert named in server.refuses(desk, f"HEAD:{named}", "HEAD:refs/heads/work")
    git(server.root, "update-ref", named, "main~1")
    server.accepts(desk, "HEAD:refs/heads/work", "HEAD:refs/tags/v1", f":{named}")


def test_what_nobody_could_clone_is_refused(server: Server) -> None:
    desk = server.clone("minh", "minh")
    listed = desk.git("ls-tree", "HEAD") + desk.git("ls-tree", "HEAD", "qms.yaml").replace("qms.yaml", ".git")
    tree = subprocess.run(["git", "mktree"], cwd=desk.root, input=listed, capture_output=True, encoding="utf-8", check=True).stdout.strip()
    desk.git("reset", "--quiet", "--soft", desk.git("commit-tree", "-p", "HEAD", "-m", "x", tree).strip())
    assert "invalid path '.git'" in server.refuses(desk, "HEAD:main")
