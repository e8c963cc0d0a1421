"""Real git repositories to work on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qmsctl.store.cache.keeping import Cache
from qmsctl.store.git.identity import Identity
from qmsctl.store.git.repository import Git
from qmsctl.store.history.walks import Walks
from qmsctl.store.place import Place
from qmsctl.store.sources import WorkTree

AUTHOR = Identity("Trần Thị Bình", "binh@tan-an.example")
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

Run = Callable[..., str]


def git_command(folder: Path, *arguments: str) -> str:
    """Run the real git as a person would, with the person's own name."""
    done = subprocess.run(
        ["git", "-c", "user.name=Lan", "-c", "user.email=lan@tan-an.example", *arguments],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def lay(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


def commit_all(folder: Path, message: str = "change") -> str:
    git_command(folder, "add", "--all")
    git_command(folder, "commit", "--quiet", "-m", message)
    return git_command(folder, "rev-parse", "HEAD").strip()


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A QMS of two files, committed on ``main``."""
    root = tmp_path / "hệ thống"
    root.mkdir()
    git_command(root, "init", "--quiet", "-b", "main")
    lay(root, {"qms.yaml": "language: vi\n", "documents/QT-01.md": "một\n"})
    commit_all(root, "first")
    return root


@pytest.fixture
def git(folder: Path) -> Git:
    found = Git.discover(folder)
    assert found is not None
    return found


def used_ids(git: Git, prefix: str = "", cache: Cache | None = None) -> frozenset[str]:
    """Every id ever used in a system, walked over or kept."""
    assert git.top is not None
    return Walks(Place(git.top / prefix, git, None, prefix, WorkTree(git.top / prefix), cache)).used_ids()
