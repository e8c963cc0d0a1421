from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from qmsctl.core.base import Base
from qmsctl.core.brought import errors_brought, warnings_brought
from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.core.rule import Rule
from qmsctl.core.shown import MOST
from qmsctl.errors import Refusal, RuleCrashed
from qmsctl.mend import Mend, advice
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


def broken(error: Exception, name: str = "broken") -> Rule:
    """It finds something, and raises then."""
    def fails(_library: Library) -> Iterator[Problem]:
        yield Problem("documents/z.md", 1, _("bad"))
        raise error

    return Rule(name, Severity.ERROR, {}, "", fails)


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError("deep"), MemoryError(), AssertionError(), StopIteration(), UnicodeError("u")])
def test_a_rule_that_fails_is_named_and_silences_no_other(error: Exception) -> None:
    sound = run(library_of({}), [rule()])
    result = run(library_of({}), [broken(error, "a-rule"), rule(), broken(KeyError("y"), "z-rule")])
    assert sound.diagnostics == tuple(each for each in result.diagnostics if each.rule == "some-rule")
    assert {each.rule for each in result.diagnostics if each.path == "documents/z.md"} == {"a-rule", "z-rule"}
    assert [each.rule for each in result.faults] == ["a-rule", "z-rule"]
    assert str(result.incomplete[-1]) == "rule z-rule failed: KeyError: 'y'"
    with pytest.raises(RuleCrashed, match="rule a-rule failed: ") as caught:
        result.whole()
    assert caught.value.exit_code == 4


def test_what_cannot_be_read_is_no_fault_of_a_rule() -> None:
    result = run(library_of({}), [broken(Refusal(_("git is ill"))), rule()])
    assert not result.faults
    assert [str(each) for each in result.incomplete] == ["rule broken could not judge everything: git is ill"]
    with pytest.raises(Refusal, match="^git is ill"):
        result.whole()


def test_nothing_is_brought_by_a_rule_that_fails() -> None:
    """Whoever asks what a change brings gets no part of the answer."""
    for ask in (errors_brought, warnings_brought):
        with pytest.raises(RuleCrashed, match="rule broken failed"):
            ask(None, library_of({}), [rule(), broken(KeyError("x"))])


def test_a_change_cannot_bring_the_entry_that_excuses_it() -> None:
    entry = "{rule: some-rule, path: documents, reason: x, until: 2026-12-31}"
    plain, excused = library_of({}), office(entry)
    assert run(excused.since(Base((excused,))), [rule()]).ignored
    assert not run(excused.since(Base((plain,))), [rule()]).ignored
    assert not run(plain.since(Base((excused,))), [rule()]).ignored
    assert run(excused.since(Base((plain, excused))), [rule()]).ignored


def many(*numbers: int, severity: Severity | None = None, path: str = "documents/a.md") -> Iterator[Problem]:
    yield from (Problem(path, line, _("bad {line}", line=line), severity=severity) for line in reversed(numbers))


def told_by(*found: Problem) -> Rule:
    return Rule("some-rule", Severity.ERROR, {}, "", lambda _library: iter(found))


def test_what_cannot_be_shown_is_counted_and_the_first_lines_are_shown() -> None:
    result = run(library_of({}), [told_by(*many(*range(1, 3 * MOST)))])
    *shown, rest = result.diagnostics
    assert [each.line for each in shown] == list(range(1, MOST + 1))
    assert (rest.rule, rest.line, rest.severity, rest.count) == ("some-rule", MOST + 1, Severity.ERROR, 2 * MOST - 1)
    assert str(rest.message).startswith(f"{2 * MOST - 1} more ")
    assert result.errors == 3 * MOST - 1


def test_as_many_as_can_be_shown_are_shown() -> None:
    result = run(library_of({}), [told_by(*many(*range(1, MOST + 1)), *many(*range(1, MOST + 1), path="documents/b.md"))])
    assert [each.count for each in result.diagnostics] == [1] * 2 * MOST


def test_errors_are_not_hidden_behind_warnings() -> None:
    warnings = many(*range(1, 3 * MOST), severity=Severity.WARNING)
    result = run(library_of({}), [told_by(*warnings, *many(9999))])
    assert [each.line for each in result.diagnostics if each.severity is Severity.ERROR] == [9999]
    assert (result.errors, result.warnings) == (1, 3 * MOST - 1)
    assert (result.errors_only().errors, result.errors_only().warnings) == (1, 3 * MOST - 1)


def test_what_is_set_aside_is_counted_whole() -> None:
    excused = office("{rule: some-rule, path: documents/a.md, reason: x, until: 2026-12-31}")
    result = run(excused, [told_by(*many(*range(1, 3 * MOST)), *many(1, path="documents/b.md"))])
    assert (result.set_aside, len(result.ignored)) == (3 * MOST - 1, MOST + 1)
    assert [each.path for each in result.diagnostics] == ["documents/b.md"]


def test_an_error_is_brought_though_the_file_had_more_than_are_shown() -> None:
    before, after = library_of({}), library_of({})
    lines = {id(before): range(1, 3 * MOST), id(after): range(1, 3 * MOST + 1)}
    grown = Rule("some-rule", Severity.ERROR, {}, "", lambda library: many(*lines[id(library)]))
    assert [each.line for each in errors_brought(before, after, [grown])] == [3 * MOST]
    assert not errors_brought(after, before, [grown])
    assert not warnings_brought(before, after, [grown])
    assert sum(each.count for each in errors_brought(None, after, [grown])) == 3 * MOST


def test_a_fault_found_at_another_number_of_places_is_the_same_fault() -> None:
    before, after = library_of({}), library_of({})
    often = {id(before): 2, id(after): 1}

    def check(library: Library) -> Iterator[Problem]:
        yield Problem("documents/a.md", 0, _("{id} is gone; {count} name it", id="QT-05", count=often[id(library)]))

    fewer = Rule("some-rule", Severity.ERROR, {}, "", check)
    assert not errors_brought(before, after, [fewer])
    assert not errors_brought(after, before, [fewer])


def test_a_mend_is_looked_for_where_the_problem_is_shown() -> None:
    asked: list[int] = []

    def mend(line: int) -> Mend:
        asked.append(line)
        return advice(_("mend line {line}", line=line))

    found = [Problem("documents/a.md", line, _("bad"), lambda line=line: mend(line)) for line in range(3 * MOST)]  # type: ignore[misc]
    result = run(library_of({}), [told_by(*found)])
    assert asked == list(range(MOST))
    assert str(result.diagnostics[7].mend) == "mend line 7"


def test_a_mend_that_fails_hides_no_problem_and_is_named() -> None:
    def fails() -> Mend:
        raise KeyError("x")

    found = told_by(Problem("documents/a.md", 1, _("bad"), fails))
    result = run(library_of({}), [found])
    assert [(str(each.message), each.mend) for each in result.diagnostics] == [("bad", None)]
    assert [each.rule for each in result.faults] == ["some-rule"]
    with pytest.raises(RuleCrashed, match="rule some-rule failed: KeyError"):
        errors_brought(None, library_of({}), [found])


FORMAT_2 = QMS_YAML + "format: 2\nstricter_from: 2026-05-01\n"
DRAFT = "---\nid: QT-0{number}\ntype: procedure\ntitle: T\n---\n# T{number}\n"


def stricter(day: date | None) -> Rule:
    def check(library: Library) -> Iterator[Problem]:
        for path in PATHS:
            if path in library.files:
                yield Problem(path, 1, _("bad"), stricter=Stricter(day))

    return Rule("some-rule", Severity.ERROR, {}, "", check)


def texts(*paths: str) -> dict[str, bytes | str]:
    return {path: DRAFT.replace("{number}", str(number)) for number, path in enumerate(paths)}


def severities(library: Library, day: date | None) -> list[tuple[str, str, int]]:
    return [(each.path, each.severity.value, each.count) for each in run(library, [stricter(day)]).diagnostics]


NOTED = [("qms.yaml", "note", len(PATHS))]


@pytest.mark.parametrize(
    ("config", "day", "strict"),
    [(FORMAT_2, date(2026, 5, 1), True), (FORMAT_2, date(2026, 4, 30), False), (FORMAT_2, None, False),
     (QMS_YAML, date(2026, 5, 1), False), (QMS_YAML + "stricter_from: 2026-05-01\n", date(2026, 5, 1), False),
     (QMS_YAML + "format: 1\nstricter_from: 2026-05-01\n", date(2026, 6, 1), False), (QMS_YAML + "format: 2\n", date(2026, 6, 1), False)],
)
def test_stricter_criteria_count_from_their_day_on(config: str, day: date | None, strict: bool) -> None:
    found = severities(library_of({"qms.yaml": config, **texts(*PATHS)}), day)
    assert found == ([(path, "error", 1) for path in sorted(PATHS)] if strict else NOTED)


def test_stricter_criteria_count_for_what_is_new_or_changed_whatever_its_day() -> None:
    before = library_of({"qms.yaml": FORMAT_2, **texts(*PATHS[:2])})
    now = library_of({"qms.yaml": FORMAT_2, **texts(*PATHS), PATHS[0]: DRAFT.replace("{number}", "9")})
    found = severities(now.since(Base((before,))), date(2020, 1, 1))
    assert found == [("qms.yaml", "note", 1), (PATHS[0], "error", 1), (PATHS[2], "error", 1)]


def test_without_an_office_before_the_day_alone_decides() -> None:
    now = library_of({"qms.yaml": FORMAT_2, **texts(*PATHS)})
    assert severities(now.since(Base(())), date(2020, 1, 1)) == NOTED


def test_an_office_of_the_first_format_is_told_and_not_stopped() -> None:
    before, now = library_of({}), library_of(texts(*PATHS))
    assert severities(now.since(Base((before,))), date(2026, 5, 1)) == NOTED
    result = run(now, [stricter(None)])
    assert (result.errors, result.warnings, result.notes) == (0, 0, 1)
    assert (result.errors_only().notes, result.errors_only().diagnostics) == (1, ())
    assert not errors_brought(before, now, [stricter(None)])
