"""What a word names: a branch before a tag, a full name only itself, and nothing that somebody made look like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmsctl.errors import RepositoryError
from qmsctl.store.git.refs import named
from qmsctl.store.git.repository import Git
from tests.store.conftest import commit_all, git_command, lay


@pytest.fixture
def commits(folder: Path, git: Git) -> tuple[str, str]:
    """The last two commits of ``main``."""
    first = git.head()
    lay(folder, {"documents/more.md": "thêm\n"})
    assert first is not None
    return first, commit_all(folder)


def ref(folder: Path, name: str, commit: str) -> None:
    git_command(folder, "update-ref", name, commit)


@pytest.mark.parametrize(
    ("meant", "word", "others"),
    [
        ("refs/remotes/origin/main", "origin/main", ["refs/tags/origin/main", "refs/heads/origin/main"]),
        ("refs/heads/origin/main", "origin/main", ["refs/tags/origin/main"]),
        ("refs/heads/main", "main", ["refs/tags/main"]),
        ("refs/heads/main", "heads/main", ["refs/tags/heads/main"]),
        ("refs/remotes/origin/main", "remotes/origin/main", ["refs/tags/remotes/origin/main"]),
        ("refs/heads/main", "refs/heads/main", ["refs/tags/refs/heads/main"]),
        ("refs/heads/nhánh/chính", "nhánh/chính", ["refs/tags/nhánh/chính"]),
        ("refs/heads/a@b", "a@b", ["refs/tags/a@b"]),
        ("refs/tags/v1", "v1", []),
        ("refs/tags/v1", "tags/v1", []),
    ],
)
@pytest.mark.parametrize("rest", ["", "~0", "^0", "^{commit}", "@{0}"])
def test_a_branch_wins_over_a_tag(
    folder: Path, git: Git, commits: tuple[str, str], meant: str, word: str, others: list[str], rest: str
) -> None:
    if rest == "@{0}":
        git_command(folder, "config", "core.logAllRefUpdates", "always")
    old, new = commits
    ref(folder, meant, old)
    for other in others:
        ref(folder, other, new)
    assert git.resolve(word + rest) == old
    found = named(git.plumbing, word + rest)
    assert found is not None
    assert found.revision == meant + rest
    assert set(found.others) == {each for each in others if not word.startswith("refs/")}


def test_an_earlier_commit_is_that_of_the_branch(folder: Path, git: Git, commits: tuple[str, str]) -> None:
    ref(folder, "refs/tags/main", commits[0])
    assert git.resolve("main") == git.resolve("HEAD") == git.resolve("@") == commits[1]
    assert git.resolve("main~1") == git.resolve("HEAD~1") == git.resolve("main^") == commits[0]


@pytest.mark.parametrize("name", ["refs/remotes/origin/main", "refs/heads/work"])
def test_a_full_name_names_nothing_else(folder: Path, git: Git, commits: tuple[str, str], name: str) -> None:
    ref(folder, f"refs/tags/{name}", commits[0])
    with pytest.raises(RepositoryError, match="no commit"):
        git.resolve(name)


def test_a_commit_is_named_by_itself(folder: Path, git: Git, commits: tuple[str, str]) -> None:
    old, new = commits
    for length in (7, 12, 40):
        ref(folder, f"refs/tags/{old[:length]}", new)
        ref(folder, f"refs/heads/{old[:length]}", new)
        assert git.resolve(old[:length]) == old
    assert git.resolve(f"{old[:12]}~0") == old


def test_what_head_means_no_ref_changes(folder: Path, git: Git, commits: tuple[str, str]) -> None:
    ref(folder, "refs/tags/HEAD", commits[0])
    ref(folder, "refs/heads/HEAD", commits[0])
    assert git.resolve("HEAD") == commits[1]


def test_the_branch_that_a_branch_follows(folder: Path, git: Git, commits: tuple[str, str]) -> None:
    ref(folder, "refs/remotes/origin/main", commits[0])
    git_command(folder, "config", "remote.origin.url", "https://example.invalid/x.git")
    git_command(folder, "config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    git_command(folder, "config", "branch.main.remote", "origin")
    git_command(folder, "config", "branch.main.merge", "refs/heads/main")
    assert git.resolve("main@{upstream}") == git.resolve("@{u}") == commits[0]


@pytest.mark.parametrize("word", ["", "-", "--all", "a b", "*", "refs/heads/*", "ma[i]n", "main:", "main..HEAD", "\n", "^main"])
def test_what_is_no_name_finds_nothing(git: Git, word: str) -> None:
    with pytest.raises(RepositoryError, match="no commit"):
        git.resolve(word)
