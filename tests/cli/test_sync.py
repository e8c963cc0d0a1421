"""Two people on two machines keep in step through a bare repository, without knowing git."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from qmsctl.store.git.remote import Remote
from tests.damages import lacks, loosened
from tests.desk import Desk, git, procedure
from tests.hostile import arm
from tests.mending import hints

FORM = "---\nid: {id}\ntype: form\ntitle: {title}\nrevision: 1\nowner: clerk\n---\n\n{title}.\n"
QT_01 = "documents/procedures/QT-01.md"
QT_02 = "documents/procedures/QT-02.md"


@pytest.fixture
def server(desk: Desk, tmp_path: Path) -> Path:
    """A bare repository with the office of ``desk`` in it."""
    bare = tmp_path / "máy chủ.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(desk.root), str(bare))
    desk.git("remote", "add", "origin", str(bare))
    return bare


@pytest.fixture
def lan(desk: Desk, server: Path, tmp_path: Path) -> Desk:
    """The second machine."""
    git(tmp_path, "clone", "--quiet", str(server), "lan")
    found = desk.at(tmp_path / "lan")
    found.sit("lan")
    return found


def tip(folder: Path) -> str:
    return git(folder, "rev-parse", "main").strip()


def clean(desk: Desk) -> bool:
    return desk.git("status", "--porcelain") == ""


def add(desk: Desk, path: str, text: str) -> None:
    desk.write(path, text)
    desk.commit(f"adds {path}")


def test_what_one_has_sent_the_other_fetches(desk: Desk, lan: Desk, server: Path) -> None:
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    said = desk.run("sync")
    assert "nothing to fetch from" in said.err
    assert "1 commit(s) sent" in said.err
    assert tip(server) == tip(desk.root)
    fetched = lan.run("sync")
    assert fetched.written == [QT_02]
    assert "1 commit(s) fetched" in fetched.err
    assert "nothing to send" in fetched.err
    assert tip(lan.root) == tip(server)
    assert lan.read(QT_02) == desk.read(QT_02)
    assert clean(lan)
    assert "nothing to fetch and nothing to send" in lan.run("sync").err


def test_who_signs_by_a_right_that_nobody_else_knows_is_told_how_to_send_it_first(desk: Desk, server: Path) -> None:
    desk.run("sync")
    desk.edit("people.yaml", "{role: unit-head, from: 2025-01-01}, {role: clerk,", "{role: director, from: 2025-01-01}, {role: clerk,")
    desk.run("submit", "QT-01", "--commit", by="minh")
    warned = "holds the role director only by this very change of people.yaml; sync refuses that until the others have the change: "
    assert f"{warned}commit the change of the configuration on its own" in desk.run("approve", "QT-01", "--dry-run", by="hoa").err
    desk.commit("hoa is director")
    told = desk.run("approve", "QT-01", "--commit", by="hoa").err
    desk.refused("sync")
    push = told.partition(warned)[2].partition(", then")[0].split()
    assert push[:3] == ["git", "push", "origin"]
    desk.git(*push[1:])
    assert "commit(s) sent" in desk.run("sync").err
    assert tip(server) == tip(desk.root)


def test_what_was_taken_back_on_the_server_is_not_sent_again_unasked(desk: Desk, lan: Desk, server: Path) -> None:
    before = tip(server)
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.run("sync")
    lan.run("sync")
    git(server, "update-ref", "refs/heads/main", before)
    add(lan, "documents/procedures/QT-03.md", procedure("QT-03", "Tiếp dân", "2027-01-01"))
    for _time in range(2):
        said = lan.refused("sync")
        assert "1 commit(s) that stood at" in said.err
        assert "nothing was changed and nothing sent" in said.err
        assert tip(server) == before
    [hint] = hints(said.err)
    for line in re.findall(r"git (?:branch|rebase) .*?(?=, then|;|$)", hint):
        lan.git(*shlex.split(line)[1:])
    assert "1 commit(s) sent" in lan.run("sync").err
    assert git(server, "ls-tree", "--name-only", "main", "--", QT_02) == ""
    said = desk.refused("sync")
    [push] = re.findall(r"git push .*", hints(said.err)[0])
    desk.git("pull", "--quiet", "--no-rebase", "--no-edit", "origin", "main")
    desk.git(*shlex.split(push)[1:])
    assert "nothing to send" in desk.run("sync").err


def test_a_branch_that_is_gone_on_the_server_is_told(desk: Desk, lan: Desk, server: Path) -> None:
    lan.run("sync")
    git(server, "update-ref", "-d", "refs/heads/main")
    said = lan.refused("sync")
    assert "there is no branch main at" in said.err
    lan.git(*shlex.split(re.findall(r"git push .*", said.err)[0])[1:])
    assert "nothing to send" in lan.run("sync").err


def test_the_first_to_send_makes_the_branch_there(desk: Desk, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", "leer.git")
    desk.git("remote", "add", "origin", str(tmp_path / "leer.git"))
    assert "commit(s) sent" in desk.run("sync").err
    assert tip(tmp_path / "leer.git") == tip(desk.root)


def test_the_first_to_send_is_judged_as_well_and_sends_along_whom_his_texts_name(desk: Desk, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", "leer.git")
    desk.git("remote", "add", "origin", str(tmp_path / "leer.git"))
    desk.edit("people.yaml", "people:\n", "people:\n  - {id: moi, name: Người Mới, email: moi@tan-an.example, roles: [{role: qmr, from: 2026-01-01}]}\n")
    desk.edit(QT_01, "owner: unit-head", "owner: moi")
    desk.git("add", "--", QT_01)
    desk.git("commit", "--quiet", "-m", "owner")
    said = desk.refused("sync")
    assert "to the others; nothing was changed and nothing sent" in said.err
    assert "send what you have written in an editor along with it: qmsctl sync --commit" in said.err
    desk.run("sync", "--commit")
    assert tip(tmp_path / "leer.git") == tip(desk.root)


def test_what_both_have_made_is_merged_and_sent(desk: Desk, lan: Desk, server: Path) -> None:
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.run("sync")
    lan.edit(QT_01, "Trả bản sao trích lục hộ tịch đúng hẹn.", "Trả bản sao đúng hẹn.")
    lan.commit("shorter")
    said = lan.run("sync")
    assert said.written == [QT_02]
    assert "1 commit(s) fetched" in said.err
    assert "2 commit(s) sent" in said.err
    assert tip(server) == tip(lan.root)
    assert lan.git("log", "-1", "--format=%an <%ae> %p").strip().startswith("Nguyễn Thị Lan <lan@tan-an.example>")
    assert len(lan.git("log", "-1", "--format=%P").split()) == 2
    assert clean(lan)
    assert desk.run("sync").written == [QT_01]
    assert desk.tree() == lan.tree()


def test_a_file_moved_there_and_changed_here_is_merged(desk: Desk, lan: Desk) -> None:
    desk.git("mv", QT_01, "documents/QT-01.md")
    desk.commit("moved")
    desk.run("sync")
    lan.edit(QT_01, "Trả bản sao trích lục hộ tịch đúng hẹn.", "Trả bản sao đúng hẹn.")
    lan.commit("shorter")
    lan.run("sync")
    assert "Trả bản sao đúng hẹn." in lan.read("documents/QT-01.md")
    assert not (lan.root / QT_01).exists()
    assert clean(lan)


def test_the_same_lines_changed_twice_change_nothing(desk: Desk, lan: Desk, server: Path) -> None:
    desk.edit(QT_01, "đúng hẹn.", "đúng hạn.")
    desk.commit("one")
    desk.run("sync")
    lan.edit(QT_01, "đúng hẹn.", "trong ngày.")
    mine = lan.commit("other")
    there = tip(server)
    said = lan.refused("sync")
    assert f"Đỗ Văn Minh and you have changed the same lines of {QT_01}; nothing was changed and nothing sent" in said.err
    assert "git merge origin/main" in said.err
    assert "git merge --abort" in said.err
    assert (tip(server), tip(lan.root)) == (there, mine)
    # The way that is named works to its end.
    git(lan.root, "merge", "origin/main", code=1)
    marked = lan.run("check", code=1)
    assert "a merge was not finished" in marked.out
    assert "A merge is not finished here." in lan.run("sync", code=3).err
    lan.write(QT_01, desk.read(QT_01))
    lan.git("add", "--", QT_01)
    lan.git("commit", "--no-edit", "--quiet")
    lan.run("sync")
    assert tip(server) == tip(lan.root)


def test_deleted_here_and_changed_there_is_said_so(desk: Desk, lan: Desk) -> None:
    desk.edit(QT_01, "đúng hẹn.", "đúng hạn.")
    desk.commit("one")
    desk.run("sync")
    lan.git("rm", "--quiet", QT_01)
    lan.commit("gone")
    assert "one has deleted it, the other changed it" in lan.refused("sync").err


@pytest.mark.parametrize("mine", [QT_02, "documents/QT-02.md"])
def test_two_who_made_one_id_are_told_of_renumbering(desk: Desk, lan: Desk, server: Path, mine: str) -> None:
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.run("sync")
    add(lan, mine, procedure("QT-02", "Khai sinh", "2027-01-01"))
    there, here = tip(server), tip(lan.root)
    said = lan.refused("sync")
    assert "Đỗ Văn Minh and you have both made QT-02: “Chứng thực” there, “Khai sinh” here; nothing was changed and nothing sent" in said.err
    assert "qmsctl renumber QT-02, then: qmsctl sync" in said.err
    assert (tip(server), tip(lan.root)) == (there, here)
    lan.run("renumber", "QT-02", "--commit")
    lan.run("sync")
    assert lan.errors() == []


def test_the_very_same_file_from_both_is_one(desk: Desk, lan: Desk) -> None:
    for each in (desk, lan):
        add(each, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
        each.run("sync")
    assert clean(lan)


@pytest.mark.parametrize(
    ("amiss", "says"),
    [
        ("HEAD:people.yaml", "objects of git are missing here or damaged"),
        ("No space left on device", "git has no room left to write"),
        ("write error. Out of diskspace", "git has no room left to write"),
        ("remote: No space left on device", "sent is damaged"),
    ],
)
def test_what_is_amiss_here_is_not_laid_on_the_server(desk: Desk, lan: Desk, server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, amiss: str, says: str) -> None:
    desk.edit(QT_01, "time: 4h", "time: 3h")
    desk.commit("quicker")
    desk.run("sync")
    if amiss.startswith("HEAD"):
        loosened(lan)
        lacks(amiss)(lan, tmp_path)
    words = amiss.partition("remote: ")
    said = f"{words[1]}fatal: {words[2] or words[0]}"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").write_text(f'#!/bin/sh\ncase " $* " in *" fetch "*) echo "{said}" >&2; exit 128;; esac\nexec {shutil.which("git")} "$@"\n')
    (tmp_path / "bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert says in lan.refused("sync").err


def test_what_would_bring_errors_is_not_sent(desk: Desk, lan: Desk, server: Path) -> None:
    there = tip(server)
    lan.edit(QT_01, "owner: unit-head", "owner: nobody")
    lan.commit("nobody")
    said = lan.refused("sync")
    assert "would bring 1 error(s) to the others; nothing was changed and nothing sent" in said.err
    assert tip(server) == there


def test_a_merge_that_brings_an_error_neither_side_has_is_not_made(desk: Desk, lan: Desk, server: Path) -> None:
    """Minh links to what Lan deletes."""
    add(desk, "bảng.txt", "1")
    desk.run("sync")
    lan.run("sync")
    desk.edit(QT_01, "Áp dụng cho Bộ phận Hộ tịch.", "Xem [bảng](../../bảng.txt).")
    desk.commit("link")
    desk.run("sync")
    lan.git("rm", "--quiet", "bảng.txt")
    lan.commit("gone")
    there, mine = tip(server), tip(lan.root)
    said = lan.refused("sync")
    assert "reference-broken" in said.err
    assert "would bring 1 error(s) to the others; nothing was changed and nothing sent" in said.err
    assert (tip(server), tip(lan.root)) == (there, mine)


def test_errors_that_come_are_told_and_hinder_nobody(desk: Desk, lan: Desk) -> None:
    desk.edit(QT_01, "owner: unit-head", "owner: nobody")
    desk.commit("nobody")
    desk.git("push", "--quiet", "origin", "main")
    said = lan.run("sync")
    assert "what came has 1 error(s)" in said.err
    assert "qmsctl check" in said.err
    add(lan, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    assert "1 commit(s) sent" in lan.run("sync").err


def test_a_right_granted_and_used_there_long_since_is_no_error_here(desk: Desk, lan: Desk) -> None:
    desk.edit("people.yaml", "roles: [{role: clerk, from: 2025-01-01}]}\n  - {id: hoa", "roles: [{role: clerk, from: 2025-01-01}, {role: qmr, from: 2026-01-01}]}\n  - {id: hoa")
    desk.commit("right")
    desk.run("sync")
    desk.run("submit", "QT-01", by="tuan", day="2026-01-07")
    desk.run("review", "QT-01", by="minh", day="2026-01-07")
    desk.run("approve", "QT-01", by="binh", day="2026-01-07")
    desk.today = "2026-01-07"
    desk.commit("approved")
    desk.run("sync")
    lan.today = "2026-01-08"
    assert "error" not in lan.run("sync").err


def test_what_is_not_saved_stays_and_is_said(desk: Desk, lan: Desk) -> None:
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.run("sync")
    lan.edit(QT_01, "đúng hẹn.", "đúng hạn.")
    said = lan.run("sync")
    assert said.written == [QT_02]
    assert "not saved in git, so they were not sent\n  → qmsctl sync --commit" in said.err
    assert "đúng hạn." in lan.read(QT_01)
    lan.write("ghi chú.txt", "x")
    said = lan.run("sync", "--commit")
    assert f"written by hand: {QT_01}" in said.err
    assert lan.git("status", "--porcelain").split() == ["??", '"ghi', 'ch\\303\\272.txt"'], "what is no part of the system stays out"
    assert lan.git("log", "-1", "--format=%an: %s").strip() == f"Nguyễn Thị Lan: written by hand: {QT_01}"
    desk.run("sync")
    assert "đúng hạn." in desk.read(QT_01)


def test_what_is_written_with_an_error_is_not_saved(desk: Desk, lan: Desk, server: Path) -> None:
    there, mine = tip(server), tip(lan.root)
    lan.edit(QT_01, "owner: unit-head", "owner: nobody")
    said = lan.refused("sync", "--commit")
    assert "what was written by hand has 1 error(s); nothing was saved and nothing sent" in said.err
    assert (tip(server), tip(lan.root)) == (there, mine)


def test_what_is_deleted_by_hand_stays_in_git(desk: Desk, lan: Desk, server: Path) -> None:
    (lan.root / QT_01).unlink()
    lan.write(QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    lan.run("sync", "--commit")
    assert {QT_01, QT_02} <= set(git(server, "ls-tree", "-r", "--name-only", "main").splitlines())


def test_a_file_changed_here_and_not_saved_is_not_overwritten(desk: Desk, lan: Desk) -> None:
    desk.edit(QT_01, "đúng hẹn.", "đúng hạn.")
    desk.commit("one")
    desk.run("sync")
    lan.edit(QT_01, "đúng hẹn.", "trong ngày.")
    mine = tip(lan.root)
    said = lan.refused("sync")
    assert f"{QT_01} came from others, and you have changed the same file without saving it in git" in said.err
    assert "save yours first: qmsctl sync --commit" in said.err
    assert tip(lan.root) == mine


def test_windows_line_ends_on_the_disk_are_no_change(desk: Desk, lan: Desk) -> None:
    desk.edit(QT_01, "đúng hẹn.", "đúng hạn.")
    desk.commit("one")
    desk.run("sync")
    (lan.root / QT_01).write_bytes((lan.root / QT_01).read_bytes().replace(b"\n", b"\r\n"))
    lan.run("sync")
    assert "đúng hạn." in lan.read(QT_01)


def test_a_dry_run_moves_nothing(desk: Desk, lan: Desk, server: Path) -> None:
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    there = tip(server)
    assert "send 1" in desk.run("sync", "--dry-run").err
    assert tip(server) == there
    desk.run("sync")
    before, mine = lan.tree(), tip(lan.root)
    assert lan.run("sync", "--dry-run").written == [QT_02]
    assert (lan.tree(), tip(lan.root)) == (before, mine)


@pytest.mark.parametrize("way", ["hook", "hooksPath", "alternateRefsCommand", "include", "worktree", "suffix", "url"])
def test_programs_in_a_folder_that_was_handed_over_do_not_run(desk: Desk, server: Path, tmp_path: Path, way: str) -> None:
    canary, program = tmp_path / "canary", tmp_path / "programs/pre-receive"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n# qmsctl pre-receive\necho ran > '{canary}'\n")
    program.chmod(0o755)
    settings = {"hooksPath": ("core.hooksPath", program.parent), "alternateRefsCommand": ("core.alternateRefsCommand", program)}
    if way in settings:
        git(server, "config", *map(str, settings[way]))
    elif way == "include":
        (server / "more").write_text(f"[core]\n\thooksPath = {program.parent}\n")
        git(server, "config", "include.path", "more")
    else:
        (server / "hooks").mkdir(exist_ok=True)
        (server / "hooks/pre-receive").write_bytes(program.read_bytes())
        (server / "hooks/pre-receive").chmod(0o755)
    if way == "worktree":
        desk.git("remote", "set-url", "origin", "../máy chủ.git")
    elif way == "suffix":
        desk.git("remote", "set-url", "origin", str(server).removesuffix(".git"))
    elif way == "url":
        desk.git("remote", "set-url", "origin", f"file://{str(server).replace('á', '%C3%A1')}")
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    said = desk.refused("sync")
    assert "has programs of its own (hooks or settings), which would run on this machine" in said.err
    assert not canary.exists()


def test_a_server_that_refuses_is_quoted(desk: Desk, server: Path) -> None:
    hook = server / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'QT-02: no' >&2\nexit 1\n")
    hook.chmod(0o755)
    git(server, "config", "--global", "--add", "safe.directory", str(server))
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    said = desk.refused("sync")
    assert "the server does not take what you sent: QT-02: no; it stays on this machine" in said.err


def test_a_fault_of_the_server_is_told_as_one(desk: Desk, server: Path) -> None:
    (server / f"refs/heads/{desk.git('branch', '--show-current').strip()}.lock").touch()
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    said = " ".join(desk.refused("sync").err.split())
    assert "something is amiss there: cannot lock ref" in said
    assert "ask whoever looks after the server" in said
    assert "Another git process" not in said


def test_somebody_who_sends_in_between_is_merged_too(desk: Desk, lan: Desk, server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qmsctl.store.git.remote import Remote

    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    lan.edit(QT_01, "đúng hẹn.", "đúng hạn.")
    lan.commit("one")
    push, first = Remote.push, [True]

    def overtaken(remote: Remote, commit: str) -> None:
        if first.pop() if first else False:
            desk.git("push", "--quiet", "origin", "main")
        push(remote, commit)

    monkeypatch.setattr(Remote, "push", overtaken)
    said = lan.run("sync")
    assert said.written == [QT_02]
    assert tip(server) == tip(lan.root)


def test_tags_are_left_alone(desk: Desk, lan: Desk, server: Path) -> None:
    desk.git("tag", "mine")
    git(server, "tag", "theirs")
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.run("sync")
    lan.run("sync")
    assert git(server, "tag").split() == ["theirs"]
    assert lan.git("tag").split() == []


def test_an_address_that_cannot_be_reached(desk: Desk) -> None:
    desk.git("remote", "add", "origin", "http://127.0.0.1:9/tan-an.git")
    said = desk.refused("sync")
    assert "http://127.0.0.1:9/tan-an.git cannot be reached now; what you have saved stays" in said.err
    desk.git("remote", "set-url", "origin", "../nowhere.git")
    assert "there is no repository to be found at" in desk.refused("sync").err


def test_a_password_in_the_address_is_not_shown(desk: Desk) -> None:
    desk.git("remote", "add", "origin", "http://minh:geheim@127.0.0.1:9/tan-an.git")
    assert "geheim" not in desk.refused("sync").err


@pytest.mark.parametrize("address", ["ext::sh -c true", "ftp://tan-an.example/qms.git", "-upload-pack=x", "git://tan-an.example/qms.git"])
def test_addresses_that_are_not_gone_to(desk: Desk, address: str) -> None:
    desk.git("config", "remote.origin.url", address)
    assert "is no address that qmsctl goes to" in desk.refused("sync").err


def test_which_remote_is_meant_has_to_be_clear(desk: Desk, server: Path) -> None:
    desk.git("remote", "add", "other", "../other.git")
    assert "several others, origin, other" in desk.refused("sync").err
    desk.git("remote", "remove", "other")
    desk.git("config", "remote.origin.pushurl", "../other.git")
    assert "origin has several addresses" in desk.refused("sync").err
    desk.git("config", "--unset", "remote.origin.pushurl")
    desk.git("config", "branch.main.merge", "refs/heads/draft")
    assert "tied to another one there, draft" in desk.refused("sync").err
    desk.git("config", "--unset", "branch.main.merge")
    desk.git("remote", "remove", "origin")
    assert "knows no other" in desk.refused("sync").err


def test_another_system_there_is_never_mixed_in(desk: Desk, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "-b", "main", "fremd")
    other = desk.at(tmp_path / "fremd")
    other.sit("lan")
    other.write("readme", "x\n")
    other.commit("x")
    desk.git("remote", "add", "origin", str(other.root))
    assert "another system" in desk.refused("sync").err


def test_a_clone_without_its_history_merges_nothing(desk: Desk, server: Path, tmp_path: Path) -> None:
    desk.commit("one more")
    desk.git("push", "--quiet", "origin", "main")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{server}", "flach")
    found = desk.at(tmp_path / "flach")
    found.sit("lan")
    assert "git fetch --unshallow" in found.refused("sync").err


def test_a_clone_without_its_objects_fetches_them(desk: Desk, server: Path, tmp_path: Path) -> None:
    desk.edit(QT_01, "đúng hẹn.", "đúng hạn.")
    desk.commit("later")
    desk.git("push", "--quiet", "origin", "main")
    git(server, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=tree:0", f"file://{server}", "thưa")
    found = desk.at(tmp_path / "thưa")
    found.sit("lan")
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.run("sync")
    found.edit(QT_01, "owner: unit-head", "owner: director")
    found.commit("theirs")
    assert "1 commit(s) fetched" in found.run("sync").err
    assert tip(server) == tip(found.root)
    assert "?" not in found.git("rev-list", "--objects", "--missing=print", "HEAD")


def test_objects_named_by_sha256_go_to_their_like_alone(desk: Desk, server: Path, tmp_path: Path) -> None:
    own = desk.copied(tmp_path / "own")
    shutil.rmtree(own.root / ".git")
    own.git("init", "--quiet", "-b", "main", "--object-format=sha256")
    own.sit("minh")
    own.commit("all of it")
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", "--object-format=sha256", "like.git")
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", "unlike.git")
    own.git("remote", "add", "origin", str(tmp_path / "like.git"))
    own.run("sync")
    git(tmp_path, "clone", "--quiet", str(tmp_path / "like.git"), "other")
    other = own.at(tmp_path / "other")
    other.sit("lan")
    add(other, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    other.run("sync")
    own.edit(QT_01, "đúng hẹn.", "đúng hạn.")
    own.commit("ours")
    assert "1 commit(s) fetched" in own.run("sync").err
    assert tip(own.root) == tip(tmp_path / "like.git")
    for there in ("unlike.git", server):
        own.git("remote", "remove", "origin")
        own.git("remote", "add", "origin", str(tmp_path / there))
        said = own.refused("sync", code=3)
        assert "names its objects by SHA-256" in said.err
        assert "git init --bare --object-format=sha256" in said.err


def test_a_proposal_names_what_would_be_saved(desk: Desk, server: Path) -> None:
    desk.edit(QT_01, "đúng hẹn.", "đúng hạn.")
    said = desk.run("sync", "--commit", "--dry-run").err
    assert f"written by hand: {QT_01}" in said
    assert "send 1" in said
    assert not clean(desk)


def test_no_program_of_the_repository_runs(desk: Desk, lan: Desk, server: Path, tmp_path: Path) -> None:
    """Hooks, filters, merge drivers and transports that the repository's own configuration names stay silent."""
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.edit(QT_01, "đúng hẹn.", "đúng hạn.")
    desk.commit("one")
    desk.run("sync")
    (lan.root / ".git/info/attributes").write_text("*.md filter=evil diff=evil merge=evil\n")
    lan.edit(QT_01, "owner: unit-head", "owner: director")
    lan.commit("other")
    outside, canary = tmp_path / "außen", tmp_path / "canary"
    outside.mkdir()
    arm(lan.root, outside, canary)
    for key, value in {
        "remote.origin.url": str(server), "remote.origin.receivepack": str(outside / "program"), "remote.origin.vcs": "evil",
        "remote.origin.proxy": "x", "url.ext::evil.insteadOf": str(server)[:4], "push.default": "matching", "remote.origin.mirror": "true",
    }.items():
        git(lan.root, "config", key, value)
    for key in ("remote.origin.promisor", "extensions.partialClone", "core.worktree"):
        git(lan.root, "config", "--unset", key)
    canary.unlink(missing_ok=True)
    assert "2 commit(s) fetched" in lan.run("sync").err
    assert not canary.exists(), canary.read_text()
    assert "đúng hạn." in lan.read(QT_01)
    assert "owner: director" in lan.read(QT_01)
    assert tip(server) == tip(lan.root)
    subprocess.run(["git", "status"], cwd=lan.root, capture_output=True, check=False)
    assert canary.exists(), "the trap is armed: git itself does run them"


def test_the_persons_own_configuration_is_what_counts(desk: Desk, lan: Desk, server: Path, home: Path) -> None:
    """An address that only the person's own settings resolve is reached."""
    desk.git("remote", "set-url", "origin", "https://qms.tan-an.example/office.git")
    subprocess.run(
        ["git", "config", "--global", f"url.file://{server}.insteadOf", "https://qms.tan-an.example/office.git"], check=True, env=dict(os.environ)
    )
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.run("sync")
    assert tip(server) == tip(desk.root)


def test_an_office_in_a_folder_of_a_larger_repository(home: Path, desk: Desk, tmp_path: Path) -> None:
    top = tmp_path / "lớn"
    git(tmp_path, "init", "--quiet", "-b", "main", str(top))
    subprocess.run(["cp", "-r", str(desk.root), str(top / "qms")], check=True)
    subprocess.run(["rm", "-rf", str(top / "qms/.git")], check=True)
    inner = desk.at(top / "qms")
    inner.sit("minh")
    (top / "khác.txt").write_text("một\n", encoding="utf-8")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "-m", "all")
    git(tmp_path, "clone", "--quiet", "--bare", str(top), "lớn.git")
    git(top, "remote", "add", "origin", str(tmp_path / "lớn.git"))
    git(tmp_path, "clone", "--quiet", str(tmp_path / "lớn.git"), "hai")
    other = inner.at(tmp_path / "hai/qms")
    other.sit("lan")
    add(inner, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    (top / "khác.txt").write_text("hai\n", encoding="utf-8")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "-m", "outside")
    inner.run("sync")
    other.edit(QT_01, "đúng hẹn.", "đúng hạn.")
    other.commit("one")
    assert sorted(other.run("sync").written) == ["khác.txt", f"qms/{QT_02}"]
    assert (tmp_path / "hai/khác.txt").read_text(encoding="utf-8") == "hai\n"
    assert git(tmp_path / "hai", "status", "--porcelain") == ""


def test_what_came_is_told_where_yours_cannot_be_sent(desk: Desk, lan: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add(desk, QT_02, procedure("QT-02", "Chứng thực", "2027-01-01"))
    desk.run("sync")
    add(lan, "documents/procedures/QT-03.md", procedure("QT-03", "Khai sinh", "2027-01-01"))

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Remote, "push", full)
    said = lan.run("sync", code=3)
    assert said.written == [QT_02]
    assert f"committed as {tip(lan.root)[:10]}" in said.err
    assert "error: the system does not let qmsctl go on: no space left on device" in said.err
    assert clean(lan)
    monkeypatch.undo()
    lan.run("sync")
    assert clean(lan)
