"""Generated pages are up to date, and what the documentation links to exists."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from qmsctl import __version__
from qmsctl.__main__ import main
from qmsctl.core.diagnostic import About
from qmsctl.core.rule_page import heading, read_page
from qmsctl.core.types.gate_names import operators_of
from qmsctl.core.types.record_type import State
from qmsctl.rules import all_rules
from qmsctl.store.shipped.definitions import config_type, type_set
from tests.commands import commands
from tests.golden import assert_golden

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])
FOR_INTEGRATORS = {"architecture", "cli", "records", "rules", "types"}
MANUAL = sorted({page.stem for page in ROOT.glob("docs/*.md")} - FOR_INTEGRATORS)
TALKING = [ROOT / "README.md", *(ROOT / "docs" / folder / f"{name}.md" for name in MANUAL for folder in (".", "vi"))]


def test_the_version_is_said_alike() -> None:
    assert f"\n## {__version__} – " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs/forge.md", ROOT / "docs/vi/forge.md"):
        assert f"rev: v{__version__}\n" in page.read_text(encoding="utf-8"), page


def test_rules_page() -> None:
    parts = ["# Rules\n\nWritten from the rules themselves; `qmsctl explain RULE` shows one of them.\n"]
    for rule in all_rules():
        kind = f"{rule.severity.value}, depends on the calendar" if rule.calendar else rule.severity.value
        kind += "" if rule.ignorable else ", cannot be set aside"
        kind += ", about form" if rule.about is About.FORM else ""
        page = read_page(rule.page)
        lines = [f"## {rule.id}", f"*{kind}*", page.summary]
        for part, passages in page.parts.items():
            lines += [f"**{heading(part)}**", *(f"````{p.text[2:-3]}````" if p.code else p.text for p in passages)]
        parts.append("\n\n".join(lines).replace("`````", "````") + "\n")
    assert_golden(ROOT / "docs" / "rules.md", "\n".join(parts))


def test_records_page() -> None:
    parts = ["# Records\n\nWritten from the types themselves; `qmsctl types TYPE` shows the fields of one, [types.md](types.md) explains gates.\n"]
    for found in type_set({}).all():
        if found.kind == "record":
            clauses = "; ".join(f"{edition.removeprefix('iso9001-')}: {', '.join(numbers)}" for edition, numbers in found.clauses.items())
            facts = [f"`{found.id_pattern}`", found.folder, f"kept {found.retention}", *([clauses] if clauses else [])]
            parts.append(f"## {found.name}\n\n{found.label.in_language('en')} · {found.label.in_language('vi')} — {' · '.join(facts)}\n")
            parts.append("\n".join(["| state | | signed by | gates |", "|---|---|---|---|", *map(_state, found.states.values())]) + "\n")
    assert_golden(ROOT / "docs" / "records.md", "\n".join(parts))


def _state(state: State) -> str:
    onward = ", ".join(state.to) or ("final" if state.final else "")
    signed = f"{state.signoff.meaning}: {', '.join(state.signoff.roles) or 'anybody'}" if state.signoff else ""
    gates = ", ".join(dict.fromkeys(name for gate in state.gates for name in operators_of(gate)))
    return f"| {state.id} → {onward} | {state.label.in_language('vi')} | {signed} | {gates} |"


@pytest.mark.parametrize("name", ["qms", "people"])
def test_every_key_of_the_configuration_is_explained(name: str) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    fields = config_type(name).fields
    keys = fields if name == "qms" else fields["people"].keys
    assert [key for key in keys if f"`{key}`" not in page] == []


def test_command_page(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    parts = ["# Commands\n\nWritten from the commands themselves.\n"]
    for words in commands():
        main(["--lang", "en", *words, "--help"])
        shown = "\n".join(line.rstrip() for line in capsys.readouterr().out.rstrip().split("\n"))
        parts.append(f"## {' '.join(['qmsctl', *words])}\n\n```text\n{shown}\n```\n")
    assert_golden(ROOT / "docs" / "cli.md", "\n".join(parts))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_of_the_documentation_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"^(````?)[^`\n]*\n.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\(([^)#\s]+)\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_manual_is_there_in_both_languages() -> None:
    assert sorted(page.stem for page in ROOT.glob("docs/vi/*.md")) == MANUAL


@pytest.mark.parametrize("name", MANUAL)
def test_a_page_of_the_manual_says_the_same_in_both_languages(name: str) -> None:
    english, vietnamese = ((ROOT / "docs" / folder / f"{name}.md").read_text("utf-8") for folder in (".", "vi"))
    assert english.split("\n\n")[1] == f"[Tiếng Việt](vi/{name}.md)"
    assert vietnamese.split("\n\n")[1] == f"[English](../{name}.md)"
    assert blocks(english) == blocks(vietnamese)
    assert _spans(english) == _spans(vietnamese)


def test_the_readme_says_the_same_in_both_languages() -> None:
    english, vietnamese = (ROOT / "README.md").read_text("utf-8").split("\n## Tiếng Việt\n")
    assert blocks(english) == blocks(vietnamese)
    assert [name for name in MANUAL if f"](docs/{name}.md)" not in english or f"](docs/vi/{name}.md)" not in vietnamese] == []


@pytest.mark.parametrize("page", TALKING, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_of_the_documentation_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    typed = [line[2:] for _, block in blocks(text) for line in block.split("\n") if line.startswith("$ ")]
    said = [command for command in (*typed, *_spans(text)) if command.startswith("qmsctl ")]
    assert said
    assert [command for command in said if not _exists(command)] == []


def _exists(command: str) -> bool:
    """Whether docs/cli.md, which is generated, has the command and each of its options."""
    helps = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", (ROOT / "docs/cli.md").read_text("utf-8"), re.MULTILINE | re.DOTALL))
    command = re.sub(r'"[^"]*"|(?<= )(?:-C|--lang|--today) \S+ ?(?=\w)', "", command)
    words = command.split()
    name = next((" ".join(words[:size]) for size in (3, 2) if " ".join(words[:size]) in helps), "qmsctl" if words[1].startswith("--") else "")
    options = [word.split("=")[0] for word in words if word.startswith("--")]
    return bool(name) and all(f"{option} " in helps[name] + "--help " for option in options)


def blocks(text: str) -> list[tuple[str, str]]:
    """Every block with an info string, remarks taken out."""
    found = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [(kind, re.sub(r" +# .*$", "", block, flags=re.MULTILINE)) for kind, block in found]


def _spans(text: str) -> set[str]:
    """Every piece of code in the running text."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return {" ".join(span.split()) for span in re.findall(r"`([^`]+)`", text)}


def test_entries_for_the_changelog_are_of_a_kind() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]
    entries = [path.name for path in (ROOT / "changelog.d").iterdir() if path.name not in settings["ignore"]]
    kinds = "|".join(settings["fragment"])
    assert [name for name in entries if not re.fullmatch(rf"[a-z0-9-]+\.({kinds})\.md", name)] == []
