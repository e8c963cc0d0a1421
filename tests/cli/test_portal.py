"""``qmsctl report portal`` as people run it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

from qmsctl.errors import Refusal
from qmsctl.message import Message
from qmsctl.store.portal import folder
from tests.desk import Desk, Said, qmsctl

OFFICE = Path(__file__).parents[2] / "example-repo"

pytestmark = pytest.mark.process


def run(folder: Path, *words: str, lang: str = "en") -> Said:
    return qmsctl("-C", str(folder), "--lang", lang, "--today", "2026-11-20", "report", "portal", *words)


def written(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def test_a_change_writes_its_own_pages_and_the_two_portals_are_kept_apart(tmp_path: Path) -> None:
    office, staff, public = Path(shutil.copytree(OFFICE, tmp_path / "office")), tmp_path / "staff", tmp_path / "public"
    said = run(office, "-o", str(staff))
    assert said.code == 0, said.err
    assert said.out.strip() == str(staff / "index.html")
    before = written(staff)
    path = office / "documents/annexes/PL-01.01.md"
    path.write_text(path.read_text("utf-8").replace("revision: 1\n", "revision: 2\n"), encoding="utf-8")
    assert run(office, "-o", str(staff)).code == 0
    other = {name for name, inode in written(staff).items() if before.get(name) != inode}
    assert other == {".qmsctl-portal.json", "documents/PL-01.01.html", "documents/PL-01.01/draft.html", "drafts.html", "search.html"}
    assert run(office, "--public", "-o", str(public)).code == 0
    refused = run(office, "-o", str(public))
    assert refused.code == 3
    assert "holds the portal for other readers" in refused.err
    assert not (public / "records").exists()


def test_a_build_that_was_broken_off_is_made_again_and_its_drafts_go(desk: Desk) -> None:
    old, young = (desk.root / f"site/.{name}.qmsctl-tmp" for name in ("0123456789abcdef", "fedcba9876543210"))
    for draft in (old, young):
        desk.write(f"site/{draft.name}", "half a pa")
    os.utime(old, (0, 0))
    with patch.object(folder, "made", side_effect=Refusal(Message("full"))):
        assert "pages that were written stand, and it writes the others" in run(desk.root, "-o", str(desk.root / "site")).err
    assert run(desk.root, "-o", str(desk.root / "site")).code == 0
    assert [old.exists(), young.exists()] == [False, True]


def test_a_folder_that_a_commit_of_everything_would_take_in_is_told_of(desk: Desk) -> None:
    said = run(desk.root, "--public", "-o", str(desk.root / "site"))
    assert "nothing is for everybody yet: no document in force says “classification: public”" in said.err
    assert "site lies in the repository of the office" in said.err
    assert "add --output ../site to the command" in said.err
    desk.write(".gitignore", "site/\n")
    assert "lies in the repository" not in run(desk.root, "--public", "-o", str(desk.root / "site")).err
    for part in ("HEAD", "index", "config"):
        (desk.root / ".git" / part).write_text("[[[", encoding="utf-8")
        said = run(desk.root, "--public", "-o", str(desk.root / "site"))
        assert said.code == 1
        assert said.out.strip() == str(desk.root / "site/index.html")
        assert "incomplete: whether" in said.err


def test_it_is_written_to_a_folder_outside_the_office_and_takes_no_other_words(tmp_path: Path) -> None:
    office = Path(shutil.copytree(OFFICE, tmp_path / "office"))
    for words, told in (
        ((), "which -o names"), (("-o", "-"), "which -o names"), (("QT-07", "-o", str(tmp_path / "x")), "takes no more words: QT-07"),
        (("-o", str(office / "documents")), "is not written to"), (("-o", str(tmp_path / "x"), "--format", "pdf"), "html"),
        (("-o", str(tmp_path / "x"), "--copy", "01"), "only report document takes --copy"),
        (("-o", str(tmp_path / "x"), "--to", "2026-01-01"), "or savings takes --to, not report portal"), (("-o", str(tmp_path / "x"), "--revision", "2"), "only report document, or procedure takes"),
        (("-o", str(tmp_path / "x"), "--list", "kept"), "--list is for xlsx"), (("-o", str(tmp_path / "x"), "--excel"), "--excel"),
    ):
        said = run(office, *words)
        assert said.code in (2, 3), words
        assert told in said.err, said.err
    said = qmsctl("-C", str(office), "--lang", "en", "report", "register", "--public")
    assert "only report portal takes --public" in said.err
    assert not (tmp_path / "x").exists()
