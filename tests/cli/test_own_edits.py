"""What somebody has edited by hand when a command commits: in its subject it belongs to the commit and is said, elsewhere it is a refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_renumber import twins
from tests.cli.test_sync import QT_01, lan, server
from tests.desk import Desk

__all__ = ["lan", "server", "twins"]

SAID = f"with your edits in {QT_01}"
SET = ("set", "QT-01", "owner=minh", "--commit")


def committed(desk: Desk) -> str:
    return desk.git("show", "--format=", "HEAD")


def test_edits_in_the_subject_belong_to_the_commit_and_are_said(desk: Desk) -> None:
    desk.edit(QT_01, "đúng hẹn", "trước hẹn")
    assert f"{SAID}\nnothing was written (--dry-run)" in desk.run(*SET, "--dry-run").err
    assert "your edits" not in desk.run(*SET[:-1], "--dry-run").err
    assert SAID in desk.run(*SET).err
    assert "trước hẹn" in committed(desk)
    assert desk.git("status", "--porcelain") == ""


def test_so_do_those_in_a_subject_that_the_command_only_reads(desk: Desk) -> None:
    desk.edit(QT_01, "đúng hẹn", "trước hẹn")
    assert SAID in desk.run("submit", "QT-01", "--commit", by="minh").err
    assert "trước hẹn" in desk.git("show", f"HEAD:{QT_01}")


def test_a_subject_that_was_never_committed_is_said_too(desk: Desk) -> None:
    (path,) = desk.run("new", "instruction", "--title", "Xếp hồ sơ").written
    assert f"with your edits in {path}" in desk.run("set", Path(path).stem, "owner=clerk", "--commit").err


def test_an_office_in_a_folder_of_its_repository(desk: Desk) -> None:
    (desk.root / "phường").mkdir()
    for each in ("qms.yaml", "people.yaml", "documents"):
        desk.git("mv", each, f"phường/{each}")
    desk.commit("moved")
    inner = desk.at(desk.root / "phường")
    assert "your edits" not in inner.run("set", "QT-01", "owner=minh", "--commit").err
    inner.edit(QT_01, "đúng hẹn", "trước hẹn")
    assert SAID in inner.run("set", "QT-01", "owner=unit-head", "--commit").err


@pytest.mark.parametrize("more", [(), ("--commit",)])
def test_where_nothing_was_edited_nothing_is_said(desk: Desk, more: tuple[str, ...]) -> None:
    desk.write(QT_01, (desk.root / QT_01).read_bytes().replace(b"\n", b"\r\n"))
    assert "your edits" not in desk.run("set", "QT-01", "owner=minh", *more).err
    assert "your edits" not in desk.run("new", "instruction", "--title", "Xếp hồ sơ", *more).err


def test_without_a_commit_edits_are_nobodys_matter(desk: Desk) -> None:
    desk.edit(QT_01, "đúng hẹn", "trước hẹn")
    assert "your edits" not in desk.run("set", "QT-01", "owner=minh").err


def test_edits_in_another_file_that_it_writes_are_a_refusal(twins: Desk) -> None:
    twins.run("sync", code=3)
    twins.edit(QT_01, "đúng hẹn", "trước hẹn")
    said = twins.refused("renumber", "QT-02", "--commit")
    assert said.err == twins.refused("renumber", "QT-02", "--commit", "--dry-run").err
    assert f"what you have edited in {QT_01} is in no commit yet, and would go unnamed into the one of this command; nothing was written" in said.err
    assert f"git add -- {QT_01}" in said.err
    twins.git("add", "--", QT_01)
    twins.git("commit", "--quiet", "-m", "mine", "--", QT_01)
    twins.run("renumber", "QT-02", "--commit")
    assert "trước hẹn" in twins.read(QT_01)
    assert twins.git("status", "--porcelain") == ""


def test_edits_in_files_that_it_does_not_write_stay_where_they_are(desk: Desk) -> None:
    desk.edit("people.yaml", "people:\n", "# nhân sự\npeople:\n")
    assert "your edits" not in desk.run(*SET).err
    assert desk.git("status", "--short") == " M people.yaml\n"


def a_paper(desk: Desk) -> Path:
    paper = desk.root.parent / "giấy.txt"
    paper.write_text("1", encoding="utf-8")
    return paper


def test_what_proves_something_about_the_subject_and_is_in_no_commit_belongs_to_it(desk: Desk) -> None:
    given = [*desk.run("attach", "QT-01", str(a_paper(desk))).written, *desk.run("submit", "QT-01", by="minh").written]
    left_out = [path for path in given if path != QT_01]
    said = "with what was in no commit yet: "
    assert said in desk.run("approve", "QT-01", "--commit", "--dry-run", by="binh").err
    told = desk.run("approve", "QT-01", "--commit", by="binh").err
    assert all(path in told.partition(said)[2] for path in left_out)
    assert desk.git("status", "--porcelain") == ""


def test_a_proof_that_git_is_not_to_have_stays_out(desk: Desk) -> None:
    desk.run("attach", "QT-01", str(a_paper(desk)))
    desk.write(".gitignore", b"/attachments/\n")
    assert "no commit yet" not in desk.run("submit", "QT-01", "--commit", by="minh").err
    assert desk.git("ls-files", "attachments") == ""
