"""Sign-offs that history held: what a plain ``check`` sees of those that are gone, wherever there is a history."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk import COPIES, Desk, git

RULE = "sign-off-deleted"
TODAY = "2026-08-03"


@pytest.fixture
def office(settled: Desk) -> Desk:
    """An office of the second format, whose first revision of QT-01 was reviewed by lan."""
    settled.edit("qms.yaml", "language:", "format: 2\nstricter_from: 2026-01-01\nlanguage:")
    settled.commit("format 2")
    return settled


def old(desk: Desk) -> str:
    return f"{desk.dossiers('QT-01')[0]}/review.lan.md"


def told(desk: Desk) -> list[str]:
    """The paths of which the rule speaks, notes aside."""
    return [each["path"] for each in desk.diagnostics() if each["rule"] == RULE and each["severity"] == "error"]


def noted(desk: Desk) -> list[str]:
    return [each["message"] for each in desk.diagnostics() if each["rule"] == RULE and each["severity"] == "note"]


def in_the_folder(desk: Desk, path: str) -> None:
    (desk.root / path).unlink()


def in_a_commit(desk: Desk, path: str) -> None:
    in_the_folder(desk, path)
    desk.commit("tidied up")


def long_ago(desk: Desk, path: str) -> None:
    in_a_commit(desk, path)
    desk.write("documents/notes.txt", "x")
    desk.commit("later")


def in_a_branch(desk: Desk, path: str, *merge: str) -> None:
    desk.git("switch", "--quiet", "-c", "tidy")
    in_a_commit(desk, path)
    desk.git("switch", "--quiet", "main")
    desk.write("documents/notes.txt", "x")
    desk.commit("meanwhile")
    desk.git("merge", "--quiet", *merge, "tidy")
    if "--squash" in merge:
        desk.commit("squashed")


def merged(desk: Desk, path: str) -> None:
    in_a_branch(desk, path, "--no-edit")


def squashed(desk: Desk, path: str) -> None:
    in_a_branch(desk, path, "--squash")


def rebased(desk: Desk, path: str) -> None:
    desk.git("switch", "--quiet", "-c", "tidy")
    in_a_commit(desk, path)
    desk.git("switch", "--quiet", "main")
    desk.write("documents/notes.txt", "x")
    desk.commit("meanwhile")
    desk.git("switch", "--quiet", "tidy")
    desk.git("rebase", "--quiet", "main")


def in_the_merge_itself(desk: Desk, path: str) -> None:
    """A merge whose result lacks what one of its sides had and the other never touched."""
    desk.git("switch", "--quiet", "-c", "side", "HEAD~1")
    desk.write("documents/notes.txt", "x")
    desk.commit("side")
    desk.git("switch", "--quiet", "main")
    desk.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
    desk.git("rm", "--quiet", path)
    desk.git("commit", "--quiet", "-m", "merged")


def with_an_old_date(desk: Desk, path: str) -> None:
    in_the_folder(desk, path)
    desk.git("add", "-A")
    git(desk.root, "commit", "--quiet", "-m", "tidied up", moment="2025-11-01T08:00:00+07:00")


def moved_with_the_folder(desk: Desk, path: str) -> None:
    """All that the office has goes into a folder, but for one sign-off."""
    in_the_folder(desk, path)
    into_a_folder(desk)


def into_a_folder(desk: Desk) -> None:
    names = [each.name for each in desk.root.iterdir() if each.name not in (".git", "org")]
    (desk.root / "org").mkdir()
    for name in names:
        (desk.root / name).rename(desk.root / "org" / name)
    desk.git("add", "-A")
    desk.git("commit", "--quiet", "-m", "moved")


WAYS = (in_the_folder, in_a_commit, long_ago, merged, squashed, rebased, in_the_merge_itself, with_an_old_date)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_sign_off_that_is_gone_is_missed_until_it_is_back(office: Desk, way: Callable[[Desk, str], None]) -> None:
    path, text = old(office), office.read(old(office))
    assert told(office) == []
    way(office, path)
    assert told(office) == [path]
    (found,) = (each for each in office.diagnostics() if each["rule"] == RULE)
    words = shlex.split(found["hint"].partition("git ")[2])
    office.git(*words)
    assert office.read(path) == text
    assert told(office) == []


def test_a_whole_dossier_that_is_gone_is_missed(office: Desk) -> None:
    folder = office.dossiers("QT-01")[0]
    files = sorted(f"{folder}/{each.name}" for each in (office.root / folder).iterdir())
    office.git("rm", "--quiet", "-r", folder)
    office.git("commit", "--quiet", "-m", "tidied up")
    assert told(office) == files


def test_what_is_left_behind_when_the_folder_moves_is_missed(office: Desk) -> None:
    path = old(office)
    moved_with_the_folder(office, path)
    assert told(office.at(office.root / "org")) == [path]


def test_a_move_is_none(office: Desk) -> None:
    into_a_folder(office)
    assert told(office.at(office.root / "org")) == []


def test_back_again_and_beside_another_system(office: Desk) -> None:
    """The folder is moved away, another system begins where it was: neither misses anything."""
    into_a_folder(office)
    for name in ("qms.yaml", "people.yaml"):
        office.write(name, office.at(office.root / "org").read(name))
    office.write("signoffs/README.txt", "x")
    office.commit("another one")
    assert told(office) == []
    assert told(office.at(office.root / "org")) == []


def test_a_file_that_was_put_where_it_belongs_is_not_gone(office: Desk) -> None:
    path = old(office)
    office.write("signoffs/stray.md", office.read(path))
    office.commit("put into the wrong place")
    (office.root / "signoffs/stray.md").unlink()
    office.commit("put right")
    assert told(office) == []


def test_what_the_base_still_has_is_told_once(office: Desk) -> None:
    office.git("switch", "--quiet", "-c", "tidy")
    in_a_commit(office, old(office))
    said = office.run("check", "--base", "main", "--format", "json", code=1).json["diagnostics"]
    assert [each["rule"] for each in said if each["path"] == old(office)] == ["dossier-file-deleted"]


def test_an_office_of_before_is_told_in_a_note(settled: Desk) -> None:
    in_a_commit(settled, old(settled))
    assert told(settled) == []
    assert len(noted(settled)) == 1


@pytest.mark.parametrize(("copy", "notes"), [("shallow", 1), ("squashed", 0), ("zip", 0)])
def test_a_copy_says_what_it_cannot_see(office: Desk, tmp_path: Path, copy: str, notes: int) -> None:
    in_a_commit(office, old(office))
    found = COPIES[copy](office, tmp_path / "copy")
    assert told(found) == []
    assert len(noted(found)) == notes


def test_of_a_commit_its_own_history_counts(office: Desk) -> None:
    path = old(office)
    in_a_commit(office, path)
    for ref, expected in (("HEAD", [path]), ("HEAD~1", [])):
        code = 1 if expected else None
        said = office.run("check", "--at", ref, "--format", "json", code=code).json["diagnostics"]
        assert [each["path"] for each in said if each["rule"] == RULE and each["severity"] == "error"] == expected


def test_a_server_sees_it_too(office: Desk, tmp_path: Path) -> None:
    in_a_commit(office, old(office))
    subprocess.run(["git", "clone", "--quiet", "--bare", str(office.root), str(tmp_path / "bare.git")], check=True)
    said = office.at(tmp_path / "bare.git").run("check", "--at", "main", "--format", "json", code=1).json["diagnostics"]
    assert [each["path"] for each in said if each["rule"] == RULE and each["severity"] == "error"] == [old(office)]


@pytest.mark.parametrize("subject", ["QT-01", "NC-2026-001"])
@pytest.mark.parametrize("text", ["kept", "gone"])
def test_verify_speaks_of_what_has_no_dossier_left(office: Desk, subject: str, text: str) -> None:
    """Also where nobody names it: what was not seen is not vouched for."""
    shutil.rmtree(office.root / "signoffs" / subject)
    if text == "gone":
        (office.root / office.path_of(subject)).unlink()
    office.commit("tidied up")
    said = office.run("verify", code=1).out
    assert f"[{RULE}]" in said
    assert f"signoffs/{subject}/" in said
    assert "no problem found" not in said
    assert "nobody has signed" not in said


def test_verify_says_nothing_of_what_was_never_signed(office: Desk) -> None:
    assert "QT-02" not in office.run("verify", code=None).out
    assert "nobody has signed anything of it" in office.run("verify", "QT-02").out
