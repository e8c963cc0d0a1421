"""What attributes say of a path, with git itself as the judge."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qmsctl.core.source import EntryKind
from qmsctl.core.text.git_attributes import Attributes
from qmsctl.errors import RepositoryError
from qmsctl.message import _
from qmsctl.rules import bytes_rewritten
from tests.desk import environment

pytestmark = pytest.mark.process
NAMES = st.sampled_from(["a", "b.md", "ab", "a b", "B.md", "é"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
PART = st.sampled_from(["a", "b.md", "*", "*.md", "**", "?b", "[ab]", "[!a]*", "[^b]", "a*b", "é", "\\a", "\\*", "B.MD"])
PATTERN = st.tuples(st.sampled_from(["", "/"]), st.lists(PART, min_size=1, max_size=3).map("/".join), st.sampled_from(["", "", "/"])).map("".join)
WORD = st.sampled_from(["text", "-text", "!text", "text=auto", "eol=lf", "eol=crlf", "filter=x", "binary", "mine", "-mine", "export-ignore", "ident"])
LINE = st.tuples(PATTERN, st.lists(WORD, min_size=1, max_size=2)).map(lambda each: f"{each[0]} {' '.join(each[1])}")
OTHER = st.sampled_from(["", "# a", "  # b", "[attr]mine ident -text", "[attr]loop mine loop", '"a b" text', '"\\141" ident', "!a text", "a", " b.md text"])
FILE = st.lists(st.one_of(LINE, LINE, OTHER), max_size=5).map("\n".join)


def asked(root: Path, paths: list[str]) -> dict[str, dict[str, str]]:
    """What git says: of each path the attributes that are not unspecified."""
    done = subprocess.run(
        ["git", "check-attr", "-z", "--all", "--stdin"], cwd=root, input="\0".join(paths).encode(),
        capture_output=True, check=True, env=environment(),
    )
    parts = done.stdout.decode().split("\0")[:-1]
    found: dict[str, dict[str, str]] = {path: {} for path in paths}
    for path, name, value in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        found[path][name] = value
    return found


def ours(attributes: Attributes, path: str) -> dict[str, str]:
    words = {True: "set", False: "unset"}
    return {
        name: words[each.value] if isinstance(each.value, bool) else each.value
        for name, each in attributes.of(path).items()
        if each.value is not None
    }


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("attributes")
    subprocess.run(["git", "init", "--quiet", str(root)], check=True, env=environment())
    (root / "org/qms/a").mkdir(parents=True)
    return root


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILE, FILE, FILE, st.lists(PATHS, min_size=1, max_size=6, unique=True))
def test_every_path_has_the_attributes_that_git_gives_it(repository: Path, top: str, inside: str, deep: str, paths: list[str]) -> None:
    (repository / ".gitattributes").write_text(top)
    (repository / "org/qms/.gitattributes").write_text(inside.replace("[attr]", "#"))
    (repository / "org/qms/a/.gitattributes").write_text(deep.replace("[attr]", "#"))
    said = asked(repository, [f"org/qms/{path}" for path in paths])
    attributes = Attributes(
        {"": inside.replace("[attr]", "#").encode(), "a/": deep.replace("[attr]", "#").encode()}, {"org/qms/": top.encode()}
    )
    assert {path: ours(attributes, path) for path in paths} == {path: said[f"org/qms/{path}"] for path in paths}


def test_a_folder_has_attributes_of_its_own() -> None:
    attributes = Attributes({"": b"signoffs/ export-ignore\n"}, {})
    assert attributes.of("signoffs", folder=True)["export-ignore"].value is True
    assert not attributes.of("signoffs")
    assert not attributes.of("signoffs/a.md")


def test_case_makes_no_difference_where_it_makes_none_to_the_system() -> None:
    attributes = Attributes({"": b"*.MD ident\n"}, {})
    assert not attributes.of("a.md")
    assert attributes.of("a.md", fold=True)["ident"].line == 1


def test_what_cannot_be_read_is_told() -> None:
    def closed(path: str) -> bytes:
        raise RepositoryError(_("{path} cannot be read: {reason}", path=path, reason="permission denied"))

    outside = SimpleNamespace(read=closed, attributes_above=dict)
    library: Any = SimpleNamespace(whole=None, files={".gitattributes": EntryKind.FILE}, outside=outside)
    (found,) = bytes_rewritten.check(library)
    assert str(found.message) == ".gitattributes cannot be read: permission denied"
