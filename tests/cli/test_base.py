"""``check --base``: a change against what it began from, in real repositories."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk import Desk, approve, assert_plain, git, procedure, qmsctl

DAY = "2026-06-01"
QT = "documents/procedures/QT-01.md"
BAD = {"approved-text-changed": 1}


def against(desk: Desk, base: str = "main", *more: str, code: int | None = None) -> Counter[str]:
    """How often each rule speaks of the change since ``base``; what is incomplete counts as a rule of that name."""
    said = desk.run("check", "--base", base, "--format", "json", *more, code=code)
    return Counter(each["rule"] for each in said.json["diagnostics"] if each["severity"] != "note")


@pytest.fixture
def branch(office: Desk) -> Desk:
    """On the branch ``work`` of an office where QT-01 is in force on ``main``."""
    office.today = DAY
    office.git("switch", "--quiet", "-c", "work")
    return office


def new_procedure(desk: Desk, subject: str, title: str = "Chứng thực") -> str:
    path = f"documents/procedures/{subject}.md"
    desk.write(path, procedure(subject, title, "2027-01-01"))
    return path


def on(desk: Desk, name: str, *, create: bool = False) -> None:
    desk.git("switch", "--quiet", *(("-c",) if create else ()), name)


def test_what_happened_on_the_main_branch_since_is_no_part_of_the_change(branch: Desk) -> None:
    new_procedure(branch, "QT-02")
    branch.commit("mine")
    on(branch, "main")
    new_procedure(branch, "QT-03", "Tiếp công dân")
    branch.commit("theirs")
    on(branch, "work")
    assert against(branch, code=0) == {}
    (branch.root / "documents/procedures/QT-02.md").unlink()
    assert against(branch) == {}
    assert against(branch, "HEAD", code=1) == {"controlled-file-deleted": 1}


def test_what_is_not_committed_is_compared_too(branch: Desk) -> None:
    assert against(branch, "HEAD", code=0) == {}
    (branch.root / QT).unlink()
    assert against(branch, "HEAD", code=1) == {"signed-file-missing": 1}


def test_files_are_known_by_their_id_wherever_they_lie(branch: Desk) -> None:
    new_procedure(branch, "QT-02")
    branch.commit("a draft")
    folder = branch.root / "documents/procedures/Hộ tịch và chứng thực"
    folder.mkdir()
    (branch.root / "documents/procedures/QT-02.md").rename(folder / "QT-02.md")
    branch.commit("rearranged")
    assert against(branch, "HEAD~1", code=0) == {}


def test_of_several_merge_bases_each_counts(branch: Desk) -> None:
    """Both sides merge each other's first commit, then go on: two merge bases."""
    new_procedure(branch, "QT-02")
    mine = branch.commit("mine")
    on(branch, "main")
    new_procedure(branch, "QT-03", "Tiếp công dân")
    theirs = branch.commit("theirs")
    branch.git("merge", "--quiet", "--no-edit", mine)
    on(branch, "work")
    branch.git("merge", "--quiet", "--no-edit", theirs)
    assert len(branch.git("merge-base", "--all", "work", "main").split()) == 2
    assert against(branch, code=0) == {}
    for name in ("QT-02", "QT-03"):
        branch.git("rm", "--quiet", f"documents/procedures/{name}.md")
    branch.commit("both gone")
    assert against(branch, code=1) == {"controlled-file-deleted": 2}


def test_an_octopus_merge_is_one_change(branch: Desk) -> None:
    for name, title in (("QT-02", "Chứng thực"), ("QT-03", "Tiếp công dân"), ("QT-04", "Khai sinh")):
        branch.git("switch", "--quiet", "-c", f"add-{name}", "main")
        new_procedure(branch, name, title)
        branch.commit(name)
    branch.git("switch", "--quiet", "-C", "work", "main")
    branch.git("merge", "--quiet", "--no-edit", "add-QT-02", "add-QT-03", "add-QT-04")
    assert len(branch.git("rev-list", "--parents", "-n", "1", "HEAD").split()) > 3
    assert against(branch, code=0) == {}
    branch.git("rm", "--quiet", "-r", "signoffs/QT-01")
    branch.commit("gone")
    assert against(branch, code=1)["dossier-file-deleted"] == 4


def test_a_merge_that_brings_back_an_older_revision(branch: Desk) -> None:
    before = branch.read(QT)
    on(branch, "main")
    branch.run("revise", "QT-01", "--change", "Rút ngắn")
    branch.edit(QT, "time: 4h", "time: 3h")
    approve(branch, "QT-01", DAY)
    branch.commit("revision 2")
    on(branch, "work")
    new_procedure(branch, "QT-02")
    branch.commit("mine")
    branch.git("merge", "--quiet", "--no-commit", "main")
    branch.write(QT, before)
    branch.commit("merged, keeping the old text")
    assert against(branch, code=1) == {"revision-lowered": 1}


def test_a_shallow_clone_without_the_base_is_incomplete_not_clean(branch: Desk, tmp_path: Path) -> None:
    new_procedure(branch, "QT-02")
    branch.commit("mine")
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{branch.root}", "shallow")
    shallow = branch.at(tmp_path / "shallow")
    said = shallow.run("check", "--base", "origin/main", code=1)
    assert "incomplete" in said.out
    assert "fetch-depth: 0" in said.out
    assert "clean" not in said.out
    only = branch.at(tmp_path / "only")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{branch.root}", "only")
    assert "incomplete" in only.run("check", "--base", "origin/main", code=1).out
    deeper = branch.at(tmp_path / "deeper")
    git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{branch.root}", "deeper")
    said = deeper.run("check", "--base", "HEAD~1", code=1)
    assert "ids used before cannot all be known" in said.out


def test_a_bare_repository_needs_no_work_tree(branch: Desk, tmp_path: Path) -> None:
    branch.edit(QT, "time: 4h", "time: 9h")
    branch.commit("changed")
    git(tmp_path, "clone", "--quiet", "--bare", str(branch.root), "bare.git")
    bare = branch.at(tmp_path / "bare.git")
    assert against(bare, "main", "--at", "work", code=1) == BAD
    assert against(bare, "main", "--at", "main", code=0) == {}


def test_a_system_in_a_folder_that_is_moved(branch: Desk) -> None:
    for name in ("qms.yaml", "people.yaml", "documents", "signoffs"):
        (branch.root / "hệ thống 1").mkdir(exist_ok=True)
        (branch.root / name).rename(branch.root / "hệ thống 1" / name)
    branch.commit("moved")
    inner = branch.at(branch.root / "hệ thống 1")
    assert against(inner, code=0) == {}
    inner.edit(f"{inner.dossiers('QT-01')[0]}/approve.binh.md", "role: director", "role: director\ncapacity: KT")
    assert against(inner, code=1) == {"dossier-file-changed": 1}


def test_of_several_systems_the_one_that_is_gone_has_moved(branch: Desk) -> None:
    for name in ("qms.yaml", "people.yaml", "documents", "signoffs"):
        (branch.root / "phường A").mkdir(exist_ok=True)
        (branch.root / name).rename(branch.root / "phường A" / name)
    for name in ("qms.yaml", "people.yaml"):
        branch.write(f"phường B/{name}", branch.read(f"phường A/{name}"))
    base = branch.commit("two")
    (branch.root / "phường A").rename(branch.root / "xã A")
    inner = branch.at(branch.root / "xã A")
    inner.edit(f"{inner.dossiers('QT-01')[0]}/approve.binh.md", "role: director", "role: director\ncapacity: KT")
    assert against(inner, base, code=1) == {"dossier-file-changed": 1}, "before it is committed, too"
    branch.commit("moved")
    assert against(inner, base, code=1) == {"dossier-file-changed": 1}
    (branch.root / "phường B").rename(branch.root / "xã B")
    branch.commit("both")
    assert "several systems are no longer where they were" in inner.run("check", "--base", base, code=3).err


def test_a_second_system_beside_the_first_is_new(branch: Desk, tmp_path: Path) -> None:
    other = branch.copied(tmp_path / "other")
    for name in ("qms.yaml", "people.yaml"):
        branch.write(f"branch office/{name}", other.read(name))
    branch.commit("second")
    assert against(branch.at(branch.root / "branch office"), code=0) == {}


def test_where_there_was_no_system_before_all_of_it_is_new(home: Path, tmp_path: Path) -> None:
    root = tmp_path / "new"
    git(tmp_path, "init", "--quiet", "-b", "main", "new")
    desk = Desk(root, DAY)
    desk.sit("minh")
    desk.write("README.md", "hello\n")
    first = desk.commit("readme")
    assert qmsctl("-C", root, "init", "--lang", "en").code == 0
    assert "0 error(s)" in desk.run("check", "--base", first, code=0).out


@pytest.mark.parametrize("ref", ["no-such-branch", "", "--output=x", "0" * 40, "$(id)"])
def test_a_base_that_is_not_there_is_refused(branch: Desk, ref: str) -> None:
    said = branch.run("check", f"--base={ref}", code=3)
    assert_plain(said)
    assert not (branch.root / "x").exists()


def test_nothing_in_common_and_no_git_at_all(branch: Desk, tmp_path: Path) -> None:
    branch.git("switch", "--quiet", "--orphan", "other")
    branch.git("commit", "--quiet", "--allow-empty", "-m", "nothing")
    other = branch.git("rev-parse", "HEAD").strip()
    on(branch, "work")
    assert "no history in common" in branch.run("check", "--base", other, code=3).err
    (branch.root / ".git").rename(tmp_path / "git")
    assert "leave out --base" in branch.run("check", "--base", "main", code=3).err


def test_two_branches_take_one_id(branch: Desk) -> None:
    new_procedure(branch, "QT-02", "Chứng thực")
    branch.commit("mine")
    branch.git("switch", "--quiet", "-c", "theirs", "main")
    new_procedure(branch, "QT-02", "Tiếp công dân")
    branch.commit("theirs")
    assert against(branch, code=0) == {"id-taken-elsewhere": 1}
    branch.git("switch", "--quiet", "work")
    assert against(branch, code=0) == {"id-taken-elsewhere": 1}
    branch.git("branch", "--quiet", "-D", "theirs")
    assert against(branch, code=0) == {}


def test_a_rebased_branch_is_no_other_branch(branch: Desk) -> None:
    new_procedure(branch, "QT-02", "Chứng thực")
    old = branch.commit("mine")
    branch.git("update-ref", "refs/remotes/origin/work", old)
    branch.write("documents/procedures/QT-02.md", procedure("QT-02", "Chứng thực bản sao", "2027-01-01"))
    branch.git("add", "--all")
    branch.git("commit", "--quiet", "--amend", "-m", "mine, better")
    assert against(branch, code=0) == {}


def test_an_id_that_was_deleted_long_ago(branch: Desk) -> None:
    on(branch, "main")
    path = new_procedure(branch, "QT-02", "Chứng thực")
    branch.commit("draft")
    branch.git("rm", "--quiet", path)
    branch.commit("given up")
    on(branch, "work")
    branch.git("merge", "--quiet", "main")
    new_procedure(branch, "QT-02", "Chứng thực")
    assert against(branch, code=0) == {}
    new_procedure(branch, "QT-02", "Tiếp công dân")
    assert against(branch, code=1) == {"id-reused": 1}


def test_field_rules_hold_in_the_change_that_freezes_the_file(branch: Desk) -> None:
    """A text whose faults were frozen by hand passes a plain check, and not the change that brings it."""
    new_procedure(branch, "QT-02")
    approve(branch, "QT-02", DAY)
    folder = branch.dossiers("QT-02")[0]
    faulty = branch.read("documents/procedures/QT-02.md").replace("title: Chứng thực", "title: Chứng thực\ncolour: red")
    branch.write("documents/procedures/QT-02.md", faulty)
    _frozen_by_hand(branch, folder, faulty)
    branch.commit("by hand")
    assert "field-unknown" not in branch.check()[1]
    assert against(branch, code=1)["field-unknown"] == 1


def _frozen_by_hand(desk: Desk, folder: str, text: str) -> None:
    """Give a dossier other bytes, with every digest."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    target = f"{folder.rpartition('-')[0]}-{digest[:8]}"
    shutil.move(desk.root / folder, desk.root / target)
    subject = folder.split("/")[1]
    desk.write(f"{target}/{subject}.md", text)
    for path in (desk.root / target).glob("*.*.md"):
        lines = path.read_text().splitlines()
        path.write_text("\n".join(f"sha256: {digest}" if line.startswith("sha256: ") else line for line in lines) + "\n")


def granted(desk: Desk) -> None:
    desk.edit("people.yaml", "{role: clerk, from: 2025-01-01}]}\n  - {id: tuan", "{role: clerk, from: 2025-01-01}, {role: director, from: 2025-01-01}]}\n  - {id: tuan")


def test_a_commit_in_the_middle_of_an_earlier_change_grants_nothing(branch: Desk) -> None:
    """A role is granted and taken back on one branch; another begins in between, where it was held."""
    granted(branch)
    between = branch.commit("granted")
    branch.git("revert", "--no-edit", "HEAD")
    on(branch, "main")
    branch.git("merge", "--quiet", "--no-ff", "--no-edit", "work")
    branch.git("switch", "--quiet", "-c", "second", between)
    new_procedure(branch, "QT-02")
    approve(branch, "QT-02", DAY, by="hoa")
    branch.commit("approved by hoa")
    assert branch.git("merge-base", "main", "second").strip() == between
    assert against(branch, code=1) == {"authority-granted-in-change": 1}


def test_a_person_who_left_the_role_meanwhile_had_it_then(branch: Desk) -> None:
    new_procedure(branch, "QT-02")
    approve(branch, "QT-02", DAY)
    branch.commit("approved by binh")
    on(branch, "main")
    branch.edit("people.yaml", "unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]", "unit: lanh-dao, roles: [{role: director, from: 2025-01-01, until: 2026-06-01}]")
    branch.commit("binh hands over")
    on(branch, "work")
    assert against(branch, code=0) == {}


def test_a_change_may_repair_what_could_not_be_read(branch: Desk) -> None:
    people = branch.read("people.yaml")
    branch.write("people.yaml", "people: [\n")
    broken = branch.commit("broken")
    branch.write("people.yaml", people)
    branch.commit("repaired")
    assert against(branch, broken, code=0) == {}
    new_procedure(branch, "QT-02")
    branch.run("submit", "QT-02")
    assert "people.yaml could not be read where the change began" in branch.run("check", "--base", broken, code=1).out


def test_a_tag_takes_no_branchs_place(branch: Desk) -> None:
    """The tag stands where the fault is, so that a comparison with it would see nothing."""
    branch.edit(QT, "title: Cấp bản sao", "title: Sửa bản sao")
    branch.commit("changed")
    branch.git("update-ref", "refs/remotes/origin/main", "main")
    for name in ("main", "origin/main"):
        branch.git("tag", name)
        said = branch.run("check", "--base", name, code=1)
        assert f"not for refs/tags/{name}" in said.err
        assert against(branch, name) == BAD
        branch.git("tag", "--delete", name)
        assert "refs/tags" not in branch.run("check", "--base", name, code=1).err


def between(branch: Desk, change: Callable[[Desk], None]) -> None:
    """On a branch that begins in the middle of a merged one, where ``change`` was made and taken back."""
    change(branch)
    middle = branch.commit("made")
    branch.git("revert", "--no-edit", "HEAD")
    on(branch, "main")
    branch.git("merge", "--quiet", "--no-ff", "--no-edit", "work")
    branch.git("switch", "--quiet", "-c", "second", middle)


def drafts_allowed(desk: Desk) -> None:
    desk.edit("qms.yaml", "drafts: refused", "drafts: allowed")


def test_drafts_are_refused_where_only_a_middle_commit_allowed_them(branch: Desk) -> None:
    on(branch, "main")
    branch.write("qms.yaml", branch.read("qms.yaml") + "drafts: refused\n")
    branch.commit("no drafts")
    on(branch, "work")
    branch.git("merge", "--quiet", "main")
    between(branch, drafts_allowed)
    new_procedure(branch, "QT-02")
    branch.commit("a draft")
    assert against(branch, code=1) == {"draft-refused": 1}


TYPE = """\
type: tho-khen
kind: record
label: {en: Letter of thanks, vi: Thư khen}
id: "TK-{number:3}"
folder: records/letters
retention: 5y
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
  from: {kind: text, required: true, label: {en: From, vi: Người gửi}}
"""
LETTER = "---\nid: TK-001\ntype: tho-khen\ntitle: Khen\n---\n"
DEFINED = ".qms/types/tho-khen/type.yaml"


def with_type(branch: Desk) -> None:
    on(branch, "main")
    branch.write(DEFINED, TYPE)
    branch.commit("a type")
    on(branch, "work")
    branch.git("merge", "--quiet", "main")


def loosened(desk: Desk) -> None:
    desk.write(DEFINED, "".join(line for line in TYPE.splitlines(keepends=True) if "from:" not in line))


def test_a_type_that_only_a_middle_commit_had_governs_nothing(branch: Desk) -> None:
    with_type(branch)
    between(branch, loosened)
    branch.write("records/letters/TK-001.md", LETTER)
    branch.commit("a letter without sender")
    assert against(branch, code=1) == {"type-changed-with-records": 1}


def test_a_branch_that_is_behind_is_judged_by_what_it_has_of_other_types(branch: Desk) -> None:
    with_type(branch)
    new_procedure(branch, "QT-02")
    branch.commit("mine")
    on(branch, "main")
    loosened(branch)
    branch.commit("another definition")
    on(branch, "work")
    assert against(branch, code=0) == {}


def test_a_sign_off_that_only_a_middle_commit_had_is_new(branch: Desk) -> None:
    """Signed and given up on the way to main; somebody else takes it up with a role that nobody held."""

    def signed(desk: Desk) -> None:
        granted(desk)
        new_procedure(desk, "QT-02")
        approve(desk, "QT-02", DAY, by="hoa")

    between(branch, signed)
    assert against(branch, code=1) == {"authority-granted-in-change": 1}


def test_what_main_took_over_squashed_is_not_new(branch: Desk) -> None:
    """A branch goes on after its first part was squashed onto main; the director left in between."""
    new_procedure(branch, "QT-02")
    approve(branch, "QT-02", DAY)
    branch.commit("approved by binh")
    on(branch, "main")
    branch.git("merge", "--quiet", "--squash", "work")
    branch.commit("squashed")
    branch.edit("people.yaml", "{role: director, from: 2025-01-01}", "{role: director, from: 2025-01-01, until: 2026-06-01}")
    branch.commit("binh hands over")
    on(branch, "work")
    new_procedure(branch, "QT-03", "Tiếp công dân")
    branch.commit("more")
    assert against(branch, code=0) == {}
