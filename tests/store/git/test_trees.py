"""Trees of git made of bytes: the same as git makes, whatever is put in and taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.store.git.object_bytes import FOLDER, Entry, Made, commit_of, entries_of, pack, tree_of
from qmsctl.store.git.plumbing import Plumbing
from qmsctl.store.git.trees import Trees, folders_along
from tests.store.conftest import git_command

NAMES = st.sampled_from(["a", "b", "a.md", "a-b", "a0", "đ", "Z"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
BLOBS = st.sampled_from([Entry("100644", Made("blob", bytes([letter])).name(40)) for letter in b"xyz"])
FILES = st.dictionaries(PATHS, BLOBS, max_size=6).map(lambda files: {path: each for path, each in files.items() if not is_folder(path, files)})


def is_folder(path: str, files: Mapping[str, object]) -> bool:
    return any(other.startswith(f"{path}/") for other in files)


def laid(size: int, files: Mapping[str, Entry]) -> tuple[str, dict[str, Made]]:
    """The trees of a work tree, each by its name, made from nothing."""
    top, made = Trees(size).with_files(files)
    return top, {each.name(size): each for each in made}


def walked(objects: Mapping[str, Made], name: str, size: int, folder: str = "") -> Iterator[tuple[str, Entry]]:
    for part, entry in entries_of(objects[name].data, size).items():
        if entry.mode == FOLDER:
            yield from walked(objects, entry.oid, size, f"{folder}{part.decode()}/")
        else:
            yield folder + part.decode(), entry


def read(objects: Mapping[str, Made], top: str, paths: Mapping[str, object]) -> Trees:
    """The trees along some paths, as a look at a commit finds them."""
    found: dict[str, bytes | None] = {}
    for folder in folders_along(paths):
        name: str | None = top
        for part in folder.split("/") if folder else ():
            entry = entries_of(objects[name].data, 40).get(part.encode()) if name else None
            name = entry.oid if entry and entry.mode == FOLDER else None
        found[folder] = objects[name].data if name else None
    return Trees.read(40, found)


@given(FILES)
def test_what_is_laid_down_is_read_again(files: Mapping[str, Entry]) -> None:
    top, objects = laid(40, files)
    assert dict(walked(objects, top, 40)) == files


@given(FILES, FILES, st.data())
def test_what_is_put_in_gives_the_tree_of_the_outcome(before: Mapping[str, Entry], after: Mapping[str, Entry], data: st.DataObject) -> None:
    """One may become the other by any of the files that differ, and only these folders are looked at."""
    top, objects = laid(40, before)
    wanted: dict[str, Entry | None] = {path: after.get(path) for path in {*before, *after} if before.get(path) != after.get(path)}
    trees = read(objects, top, wanted)
    assert {path: trees.at(path) for path in wanted if path in before} == {path: before[path] for path in wanted if path in before}
    name, made = trees.with_files(wanted)
    assert name == laid(40, after)[0]
    objects |= {each.name(40): each for each in made}
    assert dict(walked(objects, name, 40)) == after


def test_a_folder_that_nobody_found_is_not_an_empty_one() -> None:
    top, objects = laid(40, {"a/b": Entry("100644", "1" * 40)})
    with pytest.raises(LookupError):
        Trees.read(40, {"": objects[top].data, "a": None})
    with pytest.raises(LookupError):
        Trees.read(40, {"": None})
    with pytest.raises(ValueError, match="."):
        Trees.read(40, {"": objects[top].data[:-1]})


@pytest.mark.process
@pytest.mark.parametrize(("name", "size"), [("sha1", 40), ("sha256", 64)])
def test_git_takes_the_objects_for_its_own(tmp_path: Path, name: str, size: int) -> None:
    git_command(tmp_path, "init", "--quiet", "-b", "main", f"--object-format={name}")
    blobs = {path: Made("blob", path.encode() * 400) for path in ("a", "a.md", "a-b/x", "a0", "b/a/c", "đ/số 7.md", "empty/é")}
    files = {path: Entry("100755" if path == "a0" else "100644", each.name(size)) for path, each in blobs.items()}
    top, trees = laid(size, files)
    commit = commit_of(top, None, "Lê <a@b> 1700000000 +0700", "một\n\nhai\n\n")
    Plumbing(tmp_path / ".git", tmp_path).run("unpack-objects", "-q", stdin=pack([*blobs.values(), *trees.values(), commit], size))
    git_command(tmp_path, "update-ref", "refs/heads/main", commit.name(size))
    git_command(tmp_path, "fsck", "--strict", "--full")
    git_command(tmp_path, "reset", "--quiet", "--hard")
    assert {path: (tmp_path / path).read_bytes() for path in blobs} == {path: each.data for path, each in blobs.items()}
    assert git_command(tmp_path, "write-tree").strip() == top
    assert git_command(tmp_path, "log", "-1", "--format=%an|%B") == "Lê|một\n\nhai\n\n"


def test_an_empty_tree_has_the_name_that_git_knows() -> None:
    assert Trees(40).with_files({})[0] == "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    assert tree_of({}).data == b""
