"""Every command and option that a hint names is there: in the code, in what is printed, and in every language."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from typer.core import TyperGroup

from qmsctl.cli import command_line
from qmsctl.cli.language import chosen_language
from qmsctl.cli.program import root_command
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import Terminal
from qmsctl.cli.typed import Typed, typed, with_typed
from qmsctl.core.engine import run
from qmsctl.mend import HOLE, Addition, Advice, Assignment, Command, Hole, Mend, Row, addition, command, holes_of
from qmsctl.mend_words import command_words
from qmsctl.rules import load_rule, rule_names
from tests.core.test_gates import OPEN_AND_CLOSED
from tests.desk import SOURCE, Desk
from tests.mending import steps_of
from tests.office import office
from tests.test_mends import gate_office, lacks, messages
from tests.test_rules import section

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*[a-z]")
OF_GIT = frozenset({"--no-verify", "--unshallow", "--all", "--global"})


@cache
def root() -> tuple[command_line.Command, Session]:
    session = Session(Terminal.here(chosen_language([])), language_is_asked=False)
    return root_command(session), session


def walked(found: command_line.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, command_line.Command]]:
    """Every command by the words after ``qmsctl``."""
    yield " ".join(words), found
    if isinstance(found, TyperGroup):
        context = command_line.Context(found, obj=root()[1])
        for name in found.list_commands(context):
            below = found.get_command(context, name)
            assert below is not None
            yield from walked(below, (*words, name))


@cache
def options() -> dict[str, frozenset[str]]:
    """The options of every command, without dashes."""
    return {
        verb: frozenset(name.lstrip("-") for each in found.params if each.param_type_name == "option" for name in each.opts) | {"help"}
        for verb, found in walked(root()[0])
    }


def wrong(step: Command) -> str | None:
    """Why a command cannot be typed as it is shown."""
    words = [word.replace("…", "x") for word in shlex.split(" ".join(command_words(step)))]
    if step.verb not in options():
        return f"no command {step.verb}"
    return None if step.verb == "" or typed(root()[0], words, root()[1]) else f"cannot be read: {words}"


def calls() -> Iterator[tuple[str, str | None, frozenset[str], bool]]:
    """Where the code makes a command or an addition: place, verb, options, and whether fields are set."""
    for path in sorted((SOURCE / "qmsctl").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="command" | "command_of"), args=[ast.Constant(value=str(verb)), *_], keywords=given):
                    names = [each.arg for each in given if each.arg]
                    yield f"{path.name}:{node.lineno}", verb, _named(names), "sets" in names
                case ast.Call(func=ast.Name(id="addition"), keywords=given):
                    yield f"{path.name}:{node.lineno}", None, _named([each.arg for each in given if each.arg]), False
                case _:
                    continue


def _named(names: Sequence[str]) -> frozenset[str]:
    return frozenset(name.rstrip("_").replace("_", "-") for name in names) - {"sets"}


def test_the_code_names_commands_and_options_that_are_there() -> None:
    found = list(calls())
    assert len(found) > 100
    assert not [each for each in found if each[1] is not None and each[1] not in options()]
    assert not [each for each in found if each[1] is not None and each[2] - options()[each[1]]]
    assert not [each for each in found if each[3] and each[1] not in ("set", "row add", "row set") and "set" not in options()[each[1] or ""]]
    anywhere = frozenset().union(*options().values())
    assert not [each for each in found if each[1] is None and each[2] - anywhere]


@pytest.mark.parametrize("name", rule_names())
def test_a_rule_proposes_what_can_be_typed(name: str) -> None:
    library = office(section(load_rule(name).page, "Bad"))
    steps = steps_of(each.mend for each in run(library, [load_rule(name)]).diagnostics)
    assert not [said for step in steps if isinstance(step, Command) and (said := wrong(step))]


def every_mend() -> Iterator[Mend]:
    """Those of every rule's bad example and of every gate."""
    for name in rule_names():
        yield from (each.mend for each in run(office(section(load_rule(name).page, "Bad")), [load_rule(name)]).diagnostics if each.mend)
    for operator, arguments, text, more, _count in OPEN_AND_CLOSED:
        yield from (lack.mend for lack in lacks(operator, arguments, gate_office(text, more)) if lack.mend)


JUDGED = frozenset({"result", "answer", "effective", "verdict", "cause", "conclusion", "evaluation", "reassessment", "evidence", "finding"})
"""Fields and columns that hold what somebody found."""
MARKS = {"en": " (a form: fill in …)", "vi": " (mẫu, điền vào chỗ …)"}


@pytest.mark.parametrize("lang", MARKS)
def test_what_has_a_hole_is_called_a_form_and_what_has_none_is_not(lang: str) -> None:
    translate = Session(Terminal(lang), language_is_asked=True).words
    forms = commands = 0
    for mend in every_mend():
        open_ = any(True for way in mend.ways for step in way.steps for _hole in holes_of(step))
        assert translate(mend.hint).endswith(MARKS[lang]) == open_, mend
        forms, commands = forms + open_, commands + (not open_)
    assert forms > 70
    assert commands > 100


def test_no_hint_proposes_what_somebody_has_to_judge() -> None:
    """A verdict is filled in by whoever has seen the thing."""
    given = (each for step in steps_of(every_mend()) if isinstance(step, Command | Addition) for each in step.sets)
    cells = (pair for each in given for pair in (each.value.cells if isinstance(each.value, Row) else ((each.name, each.value),)))
    assert not [pair for pair in cells if pair[0].rpartition(".")[2] in JUDGED and isinstance(pair[1], str)]


def test_a_hint_sets_only_fields_that_are_there() -> None:
    """A table is no field: what is wrong in one of its cells is mended there, or in the text."""
    for name in rule_names():
        library = office(section(load_rule(name).page, "Bad"))
        for step in steps_of(each.mend for each in run(library, [load_rule(name)]).diagnostics):
            item = library.by_id.get(str(step.operands[0])) if isinstance(step, Command) and step.verb == "set" else None
            if item is not None and isinstance(step, Command):
                known = {*item.type.fields, *item.type.blocks, *(each.id for each in item.type.sections)}
                assert {each.name.partition(".")[0] for each in step.sets} <= known, (name, step)


def test_gates_propose_what_can_be_typed() -> None:
    for operator, arguments, text, more, _count in OPEN_AND_CLOSED:
        for step in steps_of(lack.mend for lack in lacks(operator, arguments, gate_office(text, more))):
            assert not isinstance(step, Command) or wrong(step) is None, step


def test_what_is_wrong_is_found() -> None:
    assert wrong(Command("set", ("QT-01",), (), (("owner", HOLE),)))
    assert wrong(Command("cases import", ("QT-01",), (Assignment("owner", HOLE),)))
    assert wrong(Command("aprove", ("QT-01",)))
    assert wrong(Command("approve", ("QT-01",), (), (("role", "director"),))) is None
    assert wrong(Command("set", ("TB-001",), (Assignment("calibration", Row((("date", HOLE),)), more=True),))) is None


def named_options(text: str) -> frozenset[str]:
    return frozenset(OPTION.findall(text))


def test_sentences_name_options_that_are_there() -> None:
    known = {f"--{name}" for found in options().values() for name in found} | OF_GIT
    assert not [f"{path}: {text}" for path, text in messages() if named_options(text) - known]


@pytest.mark.parametrize("path", sorted((SOURCE / "qmsctl" / "locale").rglob("*.po")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_translation_names_the_same_options(path: Path) -> None:
    with path.open("rb") as file:
        found = [(str(each.id), str(each.string)) for each in read_po(file) if each.id]
    assert not [said for said, translated in found if named_options(said) != named_options(translated)]


def fitted(verb: str, mend: Mend, *given: tuple[str, str]) -> Mend:
    return with_typed(mend, Typed(Command(verb, (), (), given), options()[verb]))


@pytest.mark.parametrize("verb", [verb for verb in options() if verb])
def test_what_is_to_be_added_is_what_the_command_takes(verb: str) -> None:
    """Whatever a refusal asks for, of every command."""
    asked = (
        addition(Assignment("owner", HOLE), Assignment("title", HOLE)), addition(Assignment("owner", HOLE)), addition(Assignment("clause", HOLE)),
        addition(by=HOLE), addition(comment=HOLE, role=HOLE), addition(Assignment("lines", Row(())), list=Hole("file")),
    )
    for mend in asked:
        [step] = fitted(verb, mend.or_else(mend)).ways.__next__().steps
        if isinstance(step, Addition):
            assert {name for name, _value in step.options} <= options()[verb]
            assert not step.sets or "set" in options()[verb] or [each.name for each in step.sets] == ["title"]
        else:
            assert isinstance(step, Advice)
            assert "no option" in str(step.message)


def test_a_field_is_given_by_the_option_of_its_own() -> None:
    own = Typed(Command("some command"), frozenset({"owner", "by"}))
    assert str(with_typed(addition(Assignment("owner", HOLE)), own)) == 'add --owner "…" to the command'
    assert str(fitted("new", addition(Assignment("owner", HOLE)))) == 'add --set owner="…" to the command'
    assert str(fitted("cases import", addition(Assignment("owner", HOLE)), ("by", "nobody"))) == 'add --by "…" to the command'
    same = command("approve", "QT-01", role="director")
    assert fitted("check", same) == same


MAKING = {
    "new": ("new", "instruction", "--title", "Đóng gói"),
    "nc log": ("nc", "log", "Trả chậm", "--severity", "minor", "--description", "a", "--requirement", "QT-01"),
    "cases import": ("cases", "import", "QT-01", "2026-01", "cases.csv"),
    "audit programme": ("audit", "plan", "--year", "2026"),
    "management-review prepare": ("management-review", "prepare"),
}


@pytest.mark.parametrize("words", MAKING.values(), ids=MAKING)
def test_a_stranger_hears_what_the_command_takes(office: Desk, words: tuple[str, ...]) -> None:
    (office.root / "cases.csv").write_text("case,received,due,finished\na,2026-01-05 08:00,2026-01-30,\n")
    office.sit("stranger")
    here = tuple(str(office.root / word) if word == "cases.csv" else word for word in words)
    said = office.refused(*here, day="2026-01-20")
    hinted = [word for line in said.err.splitlines() if "→ add" in line for word in shlex.split(line.partition("→ add ")[2])]
    asked = frozenset(word.lstrip("-") for word in hinted if word.startswith("--"))
    assert asked, said.err
    verb = next(verb for verb in (" ".join(words[:2]), words[0]) if verb in options() and not any(other.startswith(f"{verb} ") for other in options()))
    assert asked <= options()[verb]
    assert "by" in asked
    assert office.run(*here, "--by", "hoa", day="2026-01-20").code == 0
