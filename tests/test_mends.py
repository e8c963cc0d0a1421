"""Every mend of every rule's bad example is tried: what can be typed is typed, and then the rule has nothing to say.

A step with a hole is a form: typed as printed it is refused as incomplete, and changes nothing. A step in
words is for people; the ways that have one are only counted.
"""

from __future__ import annotations

import ast
import re
import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from qmsctl.cli.program import COMMANDS
from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.engine import run
from qmsctl.core.gates import Context, Lack, missing
from qmsctl.core.library import Library
from qmsctl.core.types.record_type import Gate
from qmsctl.mend import Addition, Command, Mend
from qmsctl.mend_words import step_words
from qmsctl.rules import load_rule, rule_names
from qmsctl.store.loading import load, locate
from tests.core.test_gates import DAY, NC, OPEN_AND_CLOSED, record
from tests.desk import SOURCE as SRC
from tests.desk import Desk
from tests.mending import BASE, carry_out, is_by_hand, is_form, lay_down
from tests.office import library_of, office
from tests.test_rules import section

SOURCE = SRC / "qmsctl"


class Fault(NamedTuple):
    """What the JSON of a check says of a diagnostic."""

    severity: str
    rule: str
    path: str
    message: str
    hint: str | None


HIDES = frozenset({"controlled-file-deleted", "type-unknown", "file-unreadable", "front-matter-missing"})
"""Rules that speak of files whose fields nobody can judge until they are mended."""


def bad(name: str) -> Library:
    """The office of the bad example of a rule."""
    return office(section(load_rule(name).page, "Bad"))


def found(name: str) -> list[Diagnostic]:
    return list(run(bad(name), [load_rule(name)]).diagnostics)


def ways(name: str) -> list[tuple[Diagnostic, Mend]]:
    """The ways out of what the rule finds in its bad example, with what each is for."""
    return [(each, way) for each in found(name) if each.mend for way in each.mend.ways]


def can_be_typed(way: Mend) -> bool:
    return not is_by_hand(way) and not any(map(is_form, way.steps))


def faults(desk: Desk, *, changed: bool) -> Counter[Fault]:
    """What a check finds, against the base where the example is of a change: severity, rule, path, message and mend."""
    base = ["--base", BASE] if changed else []
    said = desk.run("check", "--format", "json", *base, code=None).json
    return Counter(Fault(*(each[name] for name in Fault._fields)) for each in said["diagnostics"])


def still_there(fault: Diagnostic, way: Mend, after: Counter[Fault]) -> list[Fault]:
    """The same fault; of a mend that settles a part, only where it is to be mended in the same way as before."""
    same = [each for each in after if (each.rule, each.path, each.message) == (fault.rule, fault.path, str(fault.message))]
    return [each for each in same if not way.part or each.hint == str(fault.mend)]


TO_TYPE = [name for name in rule_names() if any(can_be_typed(way) for _, way in ways(name))]


NOT_SIGNED = {"approval-incomplete"}
"""Rules whose mend is a sign-off, on a page with too short a text to be signed; ``tests/cli/test_text_with_errors.py`` signs a whole one."""


OF_HISTORY = {"sign-off-deleted"}
"""Rules whose mend names a commit of a real history; ``tests/test_deleted_sign_offs.py`` has one."""


@pytest.mark.parametrize("name", [name for name in TO_TYPE if name not in OF_HISTORY])
def test_a_mend_that_can_be_typed_mends(name: str, home: Path, tmp_path: Path) -> None:
    laid = lay_down(bad(name), tmp_path / "office")
    changed = bad(name).base is not None
    for number, (fault, way) in enumerate((f, w) for f, w in ways(name) if can_be_typed(w)):
        desk = laid.copied(tmp_path / f"way {number}")
        before = faults(desk, changed=changed)
        typed = carry_out(desk, way)
        if name in NOT_SIGNED:
            assert typed[-1].code == 3
            assert "a text is not signed with" in typed[-1].said
            continue
        assert not typed[-1].code, typed
        desk.commit("mended")
        after = faults(desk, changed=changed)
        left = still_there(fault, way, after)
        assert sum(after[each] for each in left) < max(1, sum(before[each] for each in left)), f"{typed}: {left}"
        unread = {each.path for each in before if each.rule in HIDES}
        errors = {each.rule for each in after if each.severity == "error" and each.path not in unread}
        new = errors - {each.rule for each in before}
        assert not new, f"{typed} brought {new}"


FORMS = sorted({str(step_words(step)) for name in rule_names() for _, way in ways(name) for step in way.steps if isinstance(step, Command) and is_form(step)})


@pytest.mark.parametrize("words", FORMS)
def test_a_form_typed_as_printed_is_refused(words: str, desk: Desk) -> None:
    said = desk.refused(*shlex.split(words)[1:], code=2)
    assert "…" in said.err


def lacks(operator: str, arguments: Any, library: Library) -> list[Lack]:
    return list(missing(Gate(operator, arguments, {}), library.by_id["NC-2026-001"], Context(library, DAY)))


def gate_office(text: str, more: dict[str, str]) -> Library:
    return library_of({NC: text or record(), **more}, DAY)


OF_GATES = [
    pytest.param(operator, arguments, text, more, id=f"{operator} {number}")
    for number, (operator, arguments, text, more, _count) in enumerate(OPEN_AND_CLOSED)
    if any(can_be_typed(way) for lack in lacks(operator, arguments, gate_office(text, more)) if lack.mend for way in lack.mend.ways)
]


@pytest.mark.parametrize(("operator", "arguments", "text", "more"), OF_GATES)
def test_a_mend_of_a_gate_opens_it_or_says_what_comes_first(
    operator: str, arguments: Any, text: str, more: dict[str, str], home: Path, tmp_path: Path
) -> None:
    library = gate_office(text, more)
    laid = lay_down(library, tmp_path / "office")
    found = [(lack, way) for lack in lacks(operator, arguments, library) if lack.mend for way in lack.mend.ways if can_be_typed(way)]
    for number, (lack, way) in enumerate(found):
        desk = laid.copied(tmp_path / f"way {number}")
        typed = carry_out(desk, way)[-1]
        assert typed.code in (0, 3), typed
        if typed.code:
            assert "→ " in typed.said, typed
        elif not typed.words.startswith("qmsctl show"):
            after = load(locate(desk.root), library.clock, DAY)
            assert str(lack.message) not in [str(each.message) for each in lacks(operator, arguments, after)], typed


GIT = "add|branch|checkout|clone|commit|config|diff|fetch|init|log|merge|mv|pull|push|rebase|restore|rm|show|status|switch"
A_COMMAND = re.compile(rf"\bqmsctl (?:-C \S+ )?(?:{'|'.join(COMMANDS)})\b|\bgit (?:{GIT})\b|\b(?:cp|mkdir|ssh-keygen) -")


def messages() -> Iterator[tuple[str, str]]:
    """Every sentence of the program with its module: what stands in ``_(…)``."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(text)), *_]):
                    yield path.relative_to(SOURCE).as_posix(), text


def test_no_message_has_a_command_as_words() -> None:
    assert A_COMMAND.search("the way back is: qmsctl reopen {id}")
    assert A_COMMAND.search("take it back with git checkout -- {path}")
    assert not [f"{path}: {text}" for path, text in messages() if A_COMMAND.search(text)]


def test_no_rule_leaves_a_person_without_a_mend() -> None:
    """A note says what stays as it is."""
    bare = [f"{name}: {each.message}" for name in rule_names() for each in found(name) if each.mend is None and each.severity is not Severity.NOTE]
    assert not bare


def test_an_addition_is_only_for_a_refused_command() -> None:
    """A check looks at files: there is no command to add anything to."""
    assert not [name for name in rule_names() for _, way in ways(name) for step in way.steps if isinstance(step, Addition)]
