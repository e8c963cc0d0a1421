"""The house stands: ``cli → acts → (store, rules, reports) → core → errors``, and each room keeps to itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "qmsctl"
VALUES = {"errors", "mend", "mend_steps", "mend_words", "message", "modules", "regex", "value"}
MAY_IMPORT = {
    "value": set(),
    "regex": set(),
    "modules": set(),
    "message": {"value"},
    "mend_steps": {"message", "value"},
    "mend_words": {"mend_steps", "message", "regex", "value"},
    "mend": {"mend_steps", "mend_words", "message", "value"},
    "unfilled": VALUES,
    "errors": {"mend", "message"},
    "core": VALUES | {"unfilled"},
    "rules": VALUES | {"core"},
    "reports": VALUES | {"core"},
    "store": VALUES | {"core"},
    "acts": VALUES | {"store", "rules", "reports", "core"},
    "web": VALUES | {"acts", "store", "rules", "reports", "core", "unfilled", ""},
    "cli": VALUES | {"web", "acts", "store", "rules", "reports", "core", "unfilled", ""},
    "__main__": {"cli", ""},
    "__init__": set(),
}
FLOORS_OF_CORE = (
    *("text", "diagnostic", "sight", "source", "rule_page", "keys", "office", "edit", "types", "standards", "outside"),
    *("model", "narrow", "dossier", "opening", "sections", "reading", "tree", "link_target", "mentions", "signoffs", "dossiers", "contents", "edited", "known_ids", "base", "look_up", "frozen", "missing", "assembled", "library", "part", "around", "suspects", "strictness"),
    *("proof", "witness", "asked", "again", "adopted", "unjudged", "unseen", "rule", "shown", "engine", "denied", "brought", "records", "comparison", "coverage", "mends", "listing", "gates", "procedures"),
    *("auditing", "cases", "duties", "review", "tasks", "attention", "lifecycle", "incoming", "fleet"),
)
"""The rooms of core, bottom up."""
FLOORS_OF_STORE = ("machine", "shipped", "git", "writing", "cache", "history", "signatures", "incoming", "outputs", "pages", "word", "portal", "fleet")
"""The rooms of store, bottom up; the modules beside them are what a source and its library are made of, and the machine."""
TYPE_ALONE = {("base", "library"), ("frozen", "library"), ("missing", "library"), ("assembled", "library")}
"""A library knows its base, and a base is made of libraries: the lower one names only the type."""
ACTS_MAY_NOT = {"typer", "rich", "sys", "subprocess", "git", "yaml", "jinja2"}
CLI_MAY_NOT_WRITE = ("qmsctl.store.writing.writer", "qmsctl.store.writing.journal", "qmsctl.store.writing.lock", "qmsctl.store.writing.replacement")
PURE_ROOMS = ("core", "rules", "reports")
OUTSIDE = {"os", "subprocess", "shutil", "pathlib", "tempfile", "socket", "io", "sys", "git", "rich", "typer", "jinja2", "time"}
CLI_MAY_NOT = {"git", "yaml", "jinja2"}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    parts = path.relative_to(SOURCE).parts
    return parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> tuple[str, ...]:
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def forbidden(path: Path) -> Iterator[str]:
    own = room(path)
    for name in imported(path):
        top, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if other not in MAY_IMPORT:
            other = ""
        if top == "qmsctl" and other != own and other not in MAY_IMPORT[own]:
            yield f"{path.relative_to(SOURCE)} imports {name}"


def test_rooms_import_only_what_lies_below_them() -> None:
    found = [each for path in modules() for each in forbidden(path)]
    assert not found, "\n".join(found)


def touched(path: Path) -> set[str]:
    """What a module knows of the world outside: packages, and functions that read, write or run."""
    packages = {name.partition(".")[0] for name in imported(path) if name != "sys.intern"}
    if room(path) == "cli":
        return packages & CLI_MAY_NOT
    calls = {node.func.id for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return packages & OUTSIDE | calls & {"open", "print", "input", "exec", "eval"} if room(path) in PURE_ROOMS else set()


def test_rooms_touch_outside_only_what_is_theirs() -> None:
    found = [f"{path.relative_to(SOURCE)}: {', '.join(sorted(names))}" for path in modules() if (names := touched(path))]
    assert not found, "\n".join(found)


def calls_of(path: Path) -> set[str]:
    """The names of functions that are called, and of methods."""
    calls = (node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return {each.id if isinstance(each, ast.Name) else each.attr for each in calls if isinstance(each, ast.Name | ast.Attribute)}


def test_acts_print_nothing_and_ask_nothing() -> None:
    for path in (SOURCE / "acts").glob("*.py"):
        assert not {name.partition(".")[0] for name in imported(path)} & ACTS_MAY_NOT, path.name
        assert not calls_of(path) & {"print", "input", "now", "today"}, path.name


def test_what_commands_share_knows_no_command() -> None:
    """They are found by name; what writes their help when qmsctl is built may import one."""
    shared = (path for path in (SOURCE / "cli").rglob("*.py") if path.parent.name != "commands" and path.name != "preparing.py")
    assert not [f"{path.name} imports {name}" for path in shared for name in imported(path) if name.startswith("qmsctl.cli.commands")]


def test_commands_write_through_acts() -> None:
    for path in (SOURCE / "cli").rglob("*.py"):
        assert not [name for name in imported(path) if name.startswith(CLI_MAY_NOT_WRITE)], path.name
        assert "commit" not in calls_of(path), path.name


def room_of_core(name: str) -> str:
    """The room of a module below ``qmsctl.core``, given by its dotted name."""
    return name.removeprefix("qmsctl.core.").partition(".")[0]


def test_the_rooms_of_core_are_the_floors() -> None:
    found = {path.stem for path in (SOURCE / "core").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert found - {"__init__"} == set(FLOORS_OF_CORE)


def test_a_room_of_core_imports_only_from_the_floors_below_it() -> None:
    upward = []
    for path in (SOURCE / "core").rglob("*.py"):
        own = path.relative_to(SOURCE / "core").parts[0].removesuffix(".py")
        for name in imported(path) if own != "__init__" else ():
            other = room_of_core(name)
            if not name.startswith("qmsctl.core.") or other == own or (own, other) in TYPE_ALONE:
                continue
            if FLOORS_OF_CORE.index(other) > FLOORS_OF_CORE.index(own):
                upward.append(f"{path.relative_to(SOURCE)} imports {name}")
    assert not upward


def test_a_room_of_store_imports_only_from_the_floors_below_it() -> None:
    rooms = {path.name for path in (SOURCE / "store").iterdir() if (path / "__init__.py").exists()}
    assert rooms == set(FLOORS_OF_STORE)
    upward = []
    for floor, own in enumerate(FLOORS_OF_STORE):
        above = tuple(f"qmsctl.store.{each}." for each in FLOORS_OF_STORE[floor + 1:])
        upward += [f"{path.name} imports {name}" for path in (SOURCE / "store" / own).glob("*.py") for name in imported(path) if name.startswith(above)]
    assert not upward


def test_only_the_git_module_knows_gitpython() -> None:
    users = {p.relative_to(SOURCE).as_posix() for p in modules() if any(n.partition(".")[0] == "git" for n in imported(p))}
    assert users == {"store/git/repository.py"}


def test_one_module_knows_the_parser_that_typer_hides() -> None:
    users = {p.relative_to(SOURCE).as_posix() for p in modules() if any("._" in n for n in imported(p) if n.startswith(("typer", "click")))}
    assert users == {"cli/command_line.py"}


def test_rules_import_no_rule() -> None:
    for path in (SOURCE / "rules").glob("[a-z]*.py"):
        assert not [name for name in imported(path) if name.startswith("qmsctl.rules")], path.name


def test_no_clock_in_the_pure_rooms() -> None:
    for path in modules():
        if room(path) in PURE_ROOMS:
            text = path.read_text(encoding="utf-8")
            assert ".today()" not in text, path.name
            assert ".now(" not in text, path.name
            assert ".utcnow(" not in text, path.name


def test_modules_stay_short() -> None:
    long = {p.relative_to(SOURCE).as_posix(): n for p in modules() if (n := p.read_text(encoding="utf-8").count("\n")) > 250}
    assert not long


def test_only_the_door_looks_at_the_terminal() -> None:
    """Formats and commands get the terminal as a value; nothing redirects a stream."""
    looks = ("isatty", "get_terminal_size", "NO_COLOR", "redirect_stdout", "redirect_stderr")
    for path in (SOURCE / "cli").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert path.name in ("terminal.py", "prepared.py") or not [word for word in looks if word in text], path.name
        if path.parent.name == "formats":
            outside = {"os", "sys", "shutil"} & {name.partition(".")[0] for name in imported(path)}
            assert not outside, f"{path.name} imports {outside}"


def test_values_are_made_by_our_own_dataclass() -> None:
    """That of ``qmsctl.value``: it makes a class in half the time."""
    others = [path for path in modules() if path != SOURCE / "value.py" and "dataclasses.dataclass" in imported(path)]
    assert not others


def test_expressions_of_a_module_are_compiled_when_they_are_used() -> None:
    """By ``qmsctl.regex``: all of them at once took a short command a fifth of its time."""
    others = [path for path in modules() if path != SOURCE / "regex.py" and re.search(r"^[^\s#\"].*\bre\.compile\(", path.read_text(encoding="utf-8"), re.MULTILINE)]
    assert not others
