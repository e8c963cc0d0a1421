"""What is kept of walks through history says what a walk says, whatever becomes of branches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zlib import compress

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qmsctl.errors import RepositoryError
from qmsctl.store.cache.keeping import Cache
from qmsctl.store.cache.note import note, noted
from qmsctl.store.git import commit_stream, stream
from qmsctl.store.git.commit_stream import PastChange, Step
from qmsctl.store.git.repository import Git
from qmsctl.store.history import walks
from qmsctl.store.history.walks import Walks
from qmsctl.store.place import Place
from qmsctl.store.sources import WorkTree
from tests.store.conftest import commit_all, git_command, lay

pytestmark = pytest.mark.process

BRANCHES = ("main", "side", "other")
PATHS = ("office/documents/QT-{}.md", "office/signoffs/QT-{}/a/author.md", "office/qms.yaml", "signoffs/{}.md", "office/records/nc/NC-{}.md", "note")
Known = tuple[frozenset[str], tuple[PastChange, ...]]


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walks, "_SHORT", 0)


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch) -> list[list[Step]]:
    """The commits of every walk."""
    found: list[list[Step]] = []
    walk = commit_stream.walk

    def counted(*arguments: object) -> list[Step]:
        found.append(list(walk(*arguments)))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(walks, "walk", counted)
    return found


def known(folder: Path, cache: Cache | None, prefix: str = "", *, ids_first: bool = True) -> Known:
    git = Git.discover(folder)
    assert git is not None
    found = Walks(Place(folder / prefix, git, None, prefix, WorkTree(folder / prefix), cache))
    ids = found.used_ids() if ids_first else frozenset[str]()
    commit = found.commit()
    return found.used_ids() if not ids_first else ids, git.history_up_to(commit) if commit else ()


def same(folder: Path, cache: Cache, prefix: str = "", *, ids_first: bool = True) -> Known:
    kept = known(folder, cache, prefix, ids_first=ids_first)
    assert kept == known(folder, None, prefix)
    return kept


class History:
    """A repository to which one step after another is done, and what was committed in it so far."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.made, self.at = folder, list[str](), dict[str, str]()
        git_command(folder, "init", "--quiet", "-b", "main")

    def commit(self, branch: int, parents: list[int], path: int, number: int, moment: int) -> None:
        """On one, two or no commits, new or long known, at a moment of their own; on none it takes a file out."""
        name, told = BRANCHES[branch % 3], PATHS[path % len(PATHS)].format(number % 4)
        on = [self.at[name]] if not parents and name in self.at else [self.made[each % len(self.made)] for each in parents if self.made][:2]
        lines = [f"commit refs/heads/{name}", "mark :1", f"committer L <l@x> {1700000000 + moment} +0000", "data 1", "x"]
        lines += [f"{word} {commit}" for word, commit in zip(("from", "merge"), on, strict=False)]
        lines += [f"D {told}" if number == 4 else f"M 644 inline {told}\ndata 3\n{len(self.made):03}", "", "get-mark :1", ""]
        head = f"reset refs/heads/{name}\n\n" if not on else ""
        git = Git.discover(self.folder)
        assert git is not None
        made = git.plumbing.run("fast-import", "--quiet", "--force", stdin=(head + "\n".join(lines)).encode()).decode().strip()
        self.made.append(made)
        self.at[name] = made

    def drop(self, branch: int) -> None:
        git_command(self.folder, "update-ref", "-d", f"refs/heads/{BRANCHES[branch % 3]}")
        self.at.pop(BRANCHES[branch % 3], None)

    def reset(self, branch: int, commit: int) -> None:
        if self.made:
            git_command(self.folder, "update-ref", f"refs/{'tags' if branch == 3 else 'heads'}/{BRANCHES[branch % 3]}", self.made[commit % len(self.made)])
            self.at[BRANCHES[branch % 3]] = self.made[commit % len(self.made)]

    def switch(self, branch: int, commit: int) -> None:
        there = self.made[commit % len(self.made)] if self.made and branch == 3 else f"ref: refs/heads/{BRANCHES[branch % 3]}"
        (self.folder / ".git/HEAD").write_text(f"{there}\n")


NUMBER = st.integers(0, 20)
STEP = st.one_of(
    st.tuples(st.just("commit"), st.integers(0, 2), st.lists(NUMBER, max_size=2), st.integers(0, 5), st.integers(0, 4), st.integers(0, 3)),
    st.tuples(st.just("commit"), st.just(0), st.just([]), st.integers(0, 5), st.integers(0, 4), st.integers(0, 3)),
    st.tuples(st.just("drop"), st.integers(0, 2)),
    st.tuples(st.just("reset"), st.integers(0, 3), NUMBER),
    st.tuples(st.just("switch"), st.integers(0, 3), NUMBER),
)


@settings(max_examples=8, deadline=None, phases=(Phase.generate,), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.lists(STEP, min_size=1, max_size=3), min_size=3, max_size=5), seed=st.booleans())
def test_what_is_kept_is_what_a_walk_finds(tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[object, ...]]], seed: bool) -> None:
    base = tmp_path_factory.mktemp("history")
    history, cache = History(base / "x"), Cache(base / "kept.sqlite")
    for number, each in enumerate(steps):
        for verb, *arguments in each:
            getattr(history, str(verb))(*arguments)
        same(history.folder, cache, "office", ids_first=seed ^ bool(number % 2))


def test_only_what_came_since_is_walked_over(folder: Path, tmp_path: Path, walked: list[list[Step]]) -> None:
    cache = Cache(tmp_path / "kept.sqlite")

    def steps(change: Callable[[], object]) -> list[int]:
        change()
        walked.clear()
        kept = known(folder, cache)
        found = [len(each) for each in walked]
        assert kept == known(folder, None)
        return found

    def committed(path: str) -> Callable[[], object]:
        def commit() -> None:
            lay(folder, {path: "x"})
            commit_all(folder)

        return commit

    assert steps(lambda: None) == [1]
    assert steps(lambda: None) == []
    assert steps(committed("documents/QT-02.md")) == [1]
    assert steps(lambda: git_command(folder, "update-ref", "refs/remotes/origin/main", "HEAD~1")) == [0]
    assert steps(committed("signoffs/QT-02/x.md")) == [1]
    assert steps(lambda: git_command(folder, "update-ref", "refs/remotes/origin/main", "HEAD")) == []
    git_command(folder, "checkout", "--quiet", "-b", "side", "HEAD~2")
    committed("documents/QT-03.md")()
    assert steps(lambda: git_command(folder, "checkout", "--quiet", "main")) == [1]
    assert steps(lambda: git_command(folder, "merge", "--quiet", "--no-ff", "-m", "x", "side")) == [2, 5, 0]  # no line leads to it
    assert steps(lambda: git_command(folder, "branch", "-D", "side")) == []
    assert steps(lambda: git_command(folder, "commit", "--quiet", "--amend", "-m", "y")) == [1, 5, 0]
    git_command(folder, "reflog", "expire", "--expire=now", "--all")
    git_command(folder, "reset", "--quiet", "--hard", "HEAD~1")
    git_command(folder, "reflog", "expire", "--expire=now", "--all")
    assert steps(lambda: git_command(folder, "gc", "--quiet", "--prune=now")), "what was known is gone"


@pytest.mark.parametrize("spoil", [b"", b"{}", compress(b"[]"), compress(b'["x", "", [], [], [], []]'), compress(b"7")])
def test_what_is_damaged_or_of_another_program_is_nothing(folder: Path, tmp_path: Path, spoil: bytes) -> None:
    cache = Cache(tmp_path / "kept.sqlite")
    same(folder, cache)
    for data in (spoil, cache.walked.read_bytes()[:-1], cache.walked.read_bytes()[:-1] + b"x"):
        cache.walked.write_bytes(data)
        same(folder, cache)
    maker, head, *rest = noted(cache.walked)
    for value in ([maker, head], [maker, 1, 2, 3, 4, 5], [maker, head, [["x"]], *rest[1:]], [maker, head, [["x", 1e99, 0, *"abcdef"]], *rest[1:]]):
        note(cache.walked, value)
        same(folder, cache)


def test_on_a_branch_without_commits_what_was_checked_out_before_leads_nowhere(folder: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "kept.sqlite")
    git_command(folder, "checkout", "--quiet", "-b", "side")
    lay(folder, {"documents/QT-02.md": "x"})
    commit_all(folder)
    same(folder, cache)
    git_command(folder, "symbolic-ref", "HEAD", "refs/heads/new")
    git_command(folder, "branch", "-D", "side")
    assert same(folder, cache) == (frozenset({"QT-01"}), ())


def test_nothing_is_kept_of_a_history_that_is_cut_off_and_of_a_short_one(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(folder, {"documents/QT-02.md": "x"})
    commit_all(folder)
    git_command(tmp_path, "clone", "--quiet", "--depth=1", f"file://{folder}", "shallow")
    cache = Cache(tmp_path / "kept.sqlite")
    assert len(same(tmp_path / "shallow", cache)[1]) == 1
    monkeypatch.setattr(walks, "_SHORT", 2)
    same(folder, cache)
    assert not cache.walked.exists()


def test_what_is_checked_out_in_a_linked_work_tree_is_seen(folder: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "kept.sqlite")
    git_command(folder, "worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    same(folder, cache)
    lay(tmp_path / "linked", {"documents/QT-09.md": "x"})
    commit_all(tmp_path / "linked")
    assert "QT-09" in same(folder, cache)[0]


@pytest.mark.parametrize("is_empty", [True, False])
def test_a_commit_whose_changes_have_no_end_is_named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_empty: bool) -> None:
    """Folders that hold each other: git computes for ever where nothing lies at their end, else it takes all memory there is."""
    monkeypatch.setattr(commit_stream, "_PATIENCE", 1 if is_empty else 30)
    monkeypatch.setattr(stream, "_MEMORY", 1 << 24)
    git = Git.discover(folder)
    assert git is not None
    tree = git.plumbing.run("mktree", stdin=b"" if is_empty else f"100644 blob {git_command(folder, 'rev-parse', 'HEAD:qms.yaml').strip()}\tx\n".encode()).decode().strip()
    for _level in range(40):
        tree = git.plumbing.run("mktree", stdin="".join(f"040000 tree {tree}\t{name}\n" for name in "ab").encode()).decode().strip()
    made = git_command(folder, "commit-tree", "-m", "x", "-p", "HEAD", tree).strip()
    git_command(folder, "branch", "hostile", made)
    cache = Cache(tmp_path / "kept.sqlite")
    with pytest.raises(RepositoryError, match=f"what the commit {made[:12]} changed"):
        known(folder, cache)
    git_command(folder, "branch", "-D", "hostile")
    same(folder, cache)
