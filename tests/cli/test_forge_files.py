"""``init --ci``: files for a forge, in a new system and in one that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk, git, qmsctl

DAY = "2026-01-05"
ME = ("--name", "Đỗ Văn Minh", "--email", "minh@tan-an.example")
GITHUB = [".github/actions/qmsctl/action.yml", ".github/workflows/qms.yml"]
GITLAB = [".gitlab/qms/template.yml", ".gitlab-ci.yml"]


def test_a_new_system_comes_with_them_and_stays_clean(home: Path, tmp_path: Path) -> None:
    root = tmp_path / "office"
    forges = ("--ci", "github", "--ci", "gitlab", "--ci", "gitea", "--ci", "bare")
    said = qmsctl("--today", DAY, "--lang", "vi", "init", root, *ME, *forges, "--commit")
    assert said.code == 0, said.err
    assert {*GITHUB, *GITLAB, ".gitea/workflows/qms.yml", ".qms/server/pre-receive"} <= set(said.written)
    assert "Kiểm tra" in (root / GITHUB[1]).read_text(encoding="utf-8")
    desk = Desk(root, DAY)
    assert desk.git("status", "--short") == ""
    assert desk.git("log", "--format=%s").splitlines()[0] == "đã thêm phần kiểm tra cho github, gitlab, gitea, bare"
    before = qmsctl("--today", DAY, "--lang", "vi", "init", tmp_path / "plain", *ME)
    assert before.code == 0
    assert desk.check() == Desk(tmp_path / "plain", DAY).check()


def test_a_system_that_is_there_gets_only_them(office: Desk) -> None:
    before = office.tree()
    said = office.run("init", "--ci", "github", "--commit")
    assert said.written == GITHUB
    assert {path for path in office.tree() if path not in before} == set(GITHUB)
    assert office.git("show", "--name-only", "--format=", "HEAD").split() == GITHUB
    assert 'name: "Kiểm tra"' in office.read(GITHUB[1]), "in the language of the office"
    again = office.run("init", "--ci", "github")
    assert again.written == []
    assert "nothing changes" in again.err


def test_they_lie_at_the_top_of_the_repository(home: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "-b", "main")
    said = qmsctl("--today", DAY, "--lang", "en", "init", tmp_path / "chất lượng", *ME, "--ci", "github", "--ci", "gitea")
    assert said.code == 0, said.err
    assert 'folder: "chất lượng"' in (tmp_path / GITHUB[1]).read_text(encoding="utf-8")
    assert 'FOLDER: "chất lượng"' in (tmp_path / ".gitea/workflows/qms.yml").read_text(encoding="utf-8")
    assert not (tmp_path / "chất lượng" / ".github").exists()
    later = qmsctl("--lang", "en", "-C", tmp_path / "chất lượng", "init", "--ci", "gitlab", "--commit", "--dry-run")
    assert "+++ b/.gitlab/qms/template.yml" in later.out
    assert not (tmp_path / ".gitlab").exists()


@pytest.mark.parametrize("kind", ["other", "folder", "link"])
def test_what_is_there_is_never_overwritten(office: Desk, tmp_path: Path, kind: str) -> None:
    place = office.root / GITHUB[1]
    place.parent.mkdir(parents=True)
    if kind == "other":
        place.write_text("name: ours\n", encoding="utf-8")
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(tmp_path / "elsewhere")
    said = office.refused("init", "--ci", "github", "--ci", "gitlab")
    assert f"these files exist already and differ: {GITHUB[1]}" in said.err
    assert not (office.root / GITLAB[0]).exists()
    assert not (tmp_path / "elsewhere").exists()


def test_the_entry_file_of_gitlab_belongs_to_the_office(office: Desk) -> None:
    office.write(".gitlab-ci.yml", "stages: [test]\n")
    said = office.run("init", "--ci", "gitlab")
    assert said.written == GITLAB[:1]
    assert "add to it: include: [{local: /.gitlab/qms/template.yml}]" in said.err
    assert office.read(".gitlab-ci.yml") == "stages: [test]\n"
    office.write(".gitlab-ci.yml", "include: [{local: /.gitlab/qms/template.yml}]\n")
    assert ".gitlab-ci.yml" not in office.run("init", "--ci", "gitlab").err


def test_a_refusal_lays_down_no_system_either(home: Path, tmp_path: Path) -> None:
    (tmp_path / GITHUB[1]).parent.mkdir(parents=True)
    (tmp_path / GITHUB[1]).write_text("ours\n", encoding="utf-8")
    said = qmsctl("--today", DAY, "--lang", "en", "init", tmp_path, *ME, "--ci", "github")
    assert said.code == 3
    assert GITHUB[1] in said.err
    assert not (tmp_path / "qms.yaml").exists()


def test_an_unknown_forge_and_no_forge(office: Desk) -> None:
    assert "one of github, gitlab, gitea, bare is expected" in office.refused("init", "--ci", "svn", code=2).err
    assert "holds a QMS already" in office.refused("init").err
