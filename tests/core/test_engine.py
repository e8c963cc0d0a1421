from __future__ import annotations

from collections.abc import Iterator

import pytest

from qmsctl.core.base import Base
from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.engine import Rule, run
from qmsctl.core.library import Library
from qmsctl.errors import RuleCrashed
from qmsctl.message import _
from tests.office import QMS_YAML, library_of

PATHS = ("documents/a.md", "documents/ab.md", "documents/a/b.md")


def finds(library: Library) -> Iterator[Problem]:
    for path in PATHS:
        yield Problem(path, 3, _("bad"))


def rule(name: str = "some-rule", *, ignorable: bool = True) -> Rule:
    return Rule(name, Severity.ERROR, {}, "", finds, ignorable=ignorable)


def office(entry: str) -> Library:
    return library_of({"qms.yaml": QMS_YAML + f"ignore: [{entry}]\n"})


@pytest.mark.parametrize(
    ("path", "aside"),
    [("documents/a", {"documents/a/b.md"}), ("documents/a/", {"documents/a/b.md"}), ("documents/a.md", {"documents/a.md"}),
     ("d", set()), ("documents/a/b", set()), ("documents", set(PATHS))],
)
def test_what_is_ignored_is_a_file_or_a_whole_folder(path: str, aside: set[str]) -> None:
    result = run(office(f"{{rule: some-rule, path: {path}, reason: x, until: 2026-12-31}}"), [rule()])
    assert {found.path for found, _why in result.ignored} == aside
    assert {found.path for found in result.diagnostics} == set(PATHS) - aside


@pytest.mark.parametrize("entry", ["{rule: some-rule, reason: x, until: 2026-05-31}", "{rule: some-rule, until: 2026-12-31}",
                                   "{rule: some-rule, reason: x}", "{rule: other, reason: x, until: 2026-12-31}"])
def test_without_a_reason_or_after_its_day_nothing_is_ignored(entry: str) -> None:
    assert not run(office(entry), [rule()]).ignored


def test_the_proof_of_signoffs_is_never_ignored() -> None:
    result = run(office("{rule: some-rule, reason: x, until: 2026-12-31}"), [rule(ignorable=False)])
    assert len(result.diagnostics) == len(PATHS)
    assert not result.ignored


def test_a_rule_that_fails_stops_the_run_and_is_named() -> None:
    def fails(library: Library) -> Iterator[Problem]:
        raise KeyError("x")
        yield

    with pytest.raises(RuleCrashed, match="rule broken failed: KeyError") as caught:
        run(library_of({}), [rule(), Rule("broken", Severity.ERROR, {}, "", fails)])
    assert caught.value.exit_code == 4


def test_a_change_cannot_bring_the_entry_that_excuses_it() -> None:
    entry = "{rule: some-rule, path: documents, reason: x, until: 2026-12-31}"
    plain, excused = library_of({}), office(entry)
    assert run(excused.since(Base((excused,))), [rule()]).ignored
    assert not run(excused.since(Base((plain,))), [rule()]).ignored
    assert not run(plain.since(Base((excused,))), [rule()]).ignored
    assert run(excused.since(Base((plain, excused))), [rule()]).ignored
