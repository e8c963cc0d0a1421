"""What an edit makes of the tree is what the next look at it shows, whatever the names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qmsctl.core.source import EntryKind
from qmsctl.core.tree import with_new
from qmsctl.store.sources import WorkTree

NAME = st.sampled_from(["a", "b.md", "qms.yaml", "node_modules", ".venv", "__pycache__", "x.qmsctl-tmp", "x.md.qmsctl-tmp", ".hidden", "d"])
PATHS = st.lists(st.lists(NAME, min_size=1, max_size=4).map("/".join), max_size=5, unique=True)


def seen(root: Path) -> Mapping[str, EntryKind]:
    return WorkTree(root).entries()


def laid(root: Path, paths: list[str]) -> list[str]:
    """Those of the paths that there is room for: no folder of one may be the file of another."""
    done = []
    for path in paths:
        place = root / path
        if not place.exists() and not any(each.is_file() for each in place.parents):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text("")
            done.append(path)
    return done


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(PATHS, PATHS)
def test_new_files_are_seen_as_the_next_look_sees_them(tmp_path_factory: pytest.TempPathFactory, before: list[str], new: list[str]) -> None:
    root = tmp_path_factory.mktemp("tree")
    (root / "qms.yaml").write_text("")
    laid(root, before)
    was = seen(root)
    added = laid(root, new)
    assert with_new(was, added) == seen(root)


def test_the_deepest_folder(tmp_path: Path) -> None:
    for depth in (49, 50, 51, 52, 53):
        path = "/".join(["a"] * depth) + "/f"
        root = tmp_path / str(depth)
        root.mkdir()
        laid(root, [path])
        assert with_new({}, [path]) == seen(root)
