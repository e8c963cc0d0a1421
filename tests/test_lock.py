"""The locks name every package that ``pyproject.toml`` asks for, within its range, with exact version and digests, and nothing of a machine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUN = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
NOT_NEEDED = {"weasyprint", "pyspark", "psycopg"}
"""What prints where no browser is there: in tests another stands in for it; and the engines that ``make engines`` installs."""

ASKED = {"demo": RUN, "test": [*RUN, *(each for extra in EXTRAS.values() for each in extra if Requirement(each).name not in NOT_NEEDED)]}
PINNED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+))?(?: \\\n    --hash=sha256:[0-9a-f]{64})+")
NO_UPPER_END = {"cryptography", "packaging", "tzdata", "types-jsonschema", "types-openpyxl", "types-pyyaml"}
"""Numbered by date or by release: a higher first number says nothing about what breaks."""


def entries(name: str) -> list[re.Match[str]]:
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    return [read for each in re.split(r"\n(?=\S)", text.strip()) if (read := PINNED.fullmatch(each)) or pytest.fail(f"no pinned package with digests: {each[:200]}")]


def versions(name: str) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    for each in entries(name):
        found.setdefault(each["name"], []).append(Version(each["version"]))
    return found


@pytest.mark.parametrize("name", ASKED)
def test_each_requirement_is_locked_within_its_range(name: str) -> None:
    locked = versions(name)
    wanted = [Requirement(each) for each in ASKED[name]]
    outside = [
        f"{each}: {', '.join(map(str, found)) or 'not locked'}"
        for each in wanted
        if not (found := locked.get(canonicalize_name(each.name), [])) or not all(version in each.specifier for version in found)
    ]
    assert not outside, "make lock\n" + "\n".join(outside)


def test_what_both_lock_is_the_same() -> None:
    run, test = versions("demo"), versions("test")
    assert {name: found for name, found in run.items() if test.get(name) != found} == {}


def test_a_lock_is_for_every_platform() -> None:
    """A wheel has a digest for each of Linux, macOS and Windows and each Python: what is compiled has many."""
    compiled = ("pyyaml", "cryptography", "nh3", "markupsafe")
    few = {each["name"]: each[0].count("--hash") for each in entries("demo") if each["name"] in compiled and each[0].count("--hash") < 20}
    assert not few
    assert {"colorama", "tzdata"} <= set(versions("demo")), "needed on Windows only"


def test_each_requirement_has_its_ends() -> None:
    open_ended = []
    for each in map(Requirement, ASKED["test"]):
        operators = {part.operator for part in each.specifier}
        needed = {">="} if canonicalize_name(each.name) in NO_UPPER_END else {">=", "<"}
        if operators != needed:
            open_ended.append(str(each))
    assert not open_ended
