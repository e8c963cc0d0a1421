"""Who acts is whom git would name, by every way that git has to know it, and never a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk, git

LOCAL = ("user.name", "user.email")


@pytest.fixture
def nobody(desk: Desk) -> Desk:
    """The office, its repository saying nothing of who is at work."""
    for key in LOCAL:
        desk.git("config", "--unset-all", key)
    desk.me = ""
    return desk


def file_with(path: Path, **user: str) -> Path:
    path.write_text("[user]\n" + "".join(f"\t{key} = {value}\n" for key, value in user.items()))
    return path


def whole(monkeypatch: pytest.MonkeyPatch, path: Path, **variables: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value.replace("FILE", str(path)))


WAYS = {
    "a name and an e-mail": {"GIT_AUTHOR_NAME": "Minh", "GIT_AUTHOR_EMAIL": "minh@tan-an.example"},
    "the author's e-mail": {"GIT_AUTHOR_EMAIL": "minh@tan-an.example"},
    "an empty name": {"GIT_AUTHOR_NAME": "", "GIT_AUTHOR_EMAIL": "minh@tan-an.example"},
    "another file of configuration": {"GIT_CONFIG_GLOBAL": "FILE"},
    "a system configuration": {"GIT_CONFIG_SYSTEM": "FILE", "GIT_CONFIG_NOSYSTEM": "0"},
    "a configuration of the command": {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.email", "GIT_CONFIG_VALUE_0": "minh@tan-an.example"},
    "an author of the configuration": {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "author.email", "GIT_CONFIG_VALUE_0": "minh@tan-an.example"},
    "what git hands on": {"GIT_CONFIG_PARAMETERS": "'user.email=minh@tan-an.example'"},
    "the address of the machine's mail": {"EMAIL": "minh@tan-an.example"},
}


@pytest.mark.parametrize("variables", WAYS.values(), ids=WAYS)
def test_an_e_mail_is_enough_by_whatever_way_git_knows_it(
    nobody: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    whole(monkeypatch, file_with(tmp_path / "mine", email="minh@tan-an.example"), **variables)
    nobody.run("submit", "QT-01", "--commit")
    assert nobody.git("log", "-1", "--format=%an <%ae> %cn <%ce>").split("\n")[0] == (
        "Đỗ Văn Minh <minh@tan-an.example> Đỗ Văn Minh <minh@tan-an.example>"
    )


def test_the_e_mail_of_the_repository_alone_is_enough(nobody: Desk) -> None:
    nobody.git("config", "user.email", "minh@tan-an.example")
    nobody.run("submit", "QT-01", "--commit")
    assert nobody.git("log", "-1", "--format=%an").strip() == "Đỗ Văn Minh"


@pytest.mark.parametrize("path", ["includeIf.gitdir:/.path", "include.path"])
def test_what_the_users_configuration_includes_counts(nobody: Desk, tmp_path: Path, path: str) -> None:
    git(nobody.root, "config", "--global", path, str(file_with(tmp_path / "work", email="minh@tan-an.example")))
    nobody.run("submit", "QT-01")


def test_a_guess_is_nobody(nobody: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git would make up root@host, even if that were somebody's, and the repository asks for guesses."""
    nobody.git("config", "user.useConfigOnly", "false")
    said = nobody.refused("submit", "QT-01")
    assert "git config --global user.email" in said.err
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Minh")
    nobody.refused("submit", "QT-01")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "")
    nobody.refused("submit", "QT-01")


def test_a_configuration_that_cannot_be_read_is_said(nobody: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken"
    broken.write_text("[user\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(broken))
    assert str(broken) in nobody.refused("submit", "QT-01").err


@pytest.mark.parametrize("key", ["user.email", "author.email"])
def test_a_repository_makes_nobody_sign_as_somebody_else(nobody: Desk, key: str) -> None:
    git(nobody.root, "config", "--global", "user.email", "hoa@tan-an.example")
    nobody.git("config", key, "minh@tan-an.example")
    for words in (("submit", "QT-01"), ("submit", "QT-01", "--by", "minh"), ("submit", "QT-01", "--by", "hoa")):
        said = nobody.refused(*words)
        assert "minh@tan-an.example" in said.err
        assert "hoa@tan-an.example" in said.err
        assert f"git config --unset-all {key}" in said.err
    nobody.run("set", "QT-01", "title=Quy trình không ai ký")
    nobody.git("config", "--unset-all", key)
    nobody.refused("submit", "QT-01", "--by", "nobody")
    nobody.run("submit", "QT-01", "--by", "minh")
    assert "entered_by: hoa" in nobody.read(nobody.run("show", "QT-01", "--format", "json").json["signoffs"][-1]["path"])


def test_an_include_of_the_repository_makes_nobody_sign_as_somebody_else(nobody: Desk) -> None:
    git(nobody.root, "config", "--global", "user.email", "hoa@tan-an.example")
    more = file_with(nobody.root / ".git/more", email="minh@tan-an.example")
    nobody.git("config", "include.path", str(more))
    assert f"git config --file {more} --unset-all user.email" in nobody.refused("submit", "QT-01").err
    nobody.git("config", "--file", str(more), "--unset-all", "user.email")
    nobody.run("submit", "QT-01", "--by", "minh")


def test_the_settings_of_a_work_tree_make_nobody_sign_as_somebody_else(nobody: Desk) -> None:
    git(nobody.root, "config", "--global", "user.email", "hoa@tan-an.example")
    nobody.git("config", "extensions.worktreeConfig", "true")
    nobody.git("config", "--worktree", "user.email", "minh@tan-an.example")
    assert "git config --worktree --unset-all user.email" in nobody.refused("submit", "QT-01").err


def test_an_author_of_the_users_own_beside_another_person_of_the_repository_is_refused(nobody: Desk) -> None:
    git(nobody.root, "config", "--global", "author.email", "minh@tan-an.example")
    nobody.git("config", "user.email", "hoa@tan-an.example")
    nobody.refused("submit", "QT-01")


@pytest.mark.parametrize("own", ["MINH@home.example", "minh@tan-an.example", "someone@elsewhere.example"])
def test_the_repositorys_e_mail_counts_where_it_names_no_second_person(nobody: Desk, own: str) -> None:
    git(nobody.root, "config", "--global", "user.email", own)
    nobody.git("config", "user.email", "minh@tan-an.example")
    nobody.run("submit", "QT-01")


def test_who_says_it_for_this_command_is_asked_no_further(nobody: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    git(nobody.root, "config", "--global", "user.email", "hoa@tan-an.example")
    nobody.git("config", "user.email", "lan@tan-an.example")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "minh@tan-an.example")
    nobody.run("submit", "QT-01")


def test_in_a_copy_without_git_the_users_own_e_mail_counts(nobody: Desk, tmp_path: Path) -> None:
    git(nobody.root, "config", "--global", "user.email", "minh@tan-an.example")
    copied = nobody.copied(tmp_path / "unpacked")
    (copied.root / ".git").rename(tmp_path / "away")
    copied.run("submit", "QT-01")
