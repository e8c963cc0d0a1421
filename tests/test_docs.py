"""Generated pages are up to date, and what the documentation links to exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qmsctl.__main__ import main
from qmsctl.cli.commands import COMMANDS
from qmsctl.core.rule_page import heading, read_page
from qmsctl.rules import all_rules
from tests.golden import assert_golden

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")])


def test_rules_page() -> None:
    parts = ["# Rules\n\nWritten from the rules themselves; `qmsctl explain RULE` shows one of them.\n"]
    for rule in all_rules():
        kind = f"{rule.severity.value}, depends on the calendar" if rule.calendar else rule.severity.value
        kind += "" if rule.ignorable else ", cannot be set aside"
        page = read_page(rule.page)
        lines = [f"## {rule.id}", f"*{kind}*", page.summary]
        for part, passages in page.parts.items():
            lines += [f"**{heading(part)}**", *(f"````{p.text[2:-3]}````" if p.code else p.text for p in passages)]
        parts.append("\n\n".join(lines).replace("`````", "````") + "\n")
    assert_golden(ROOT / "docs" / "rules.md", "\n".join(parts))


def test_command_page(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    parts = ["# Commands\n\nWritten from the commands themselves.\n"]
    subcommands = {"nc": ("log", "list"), "hook": ("install", "uninstall", "run")}
    for words in [[], *([name] for name in COMMANDS), *([g, s] for g, each in subcommands.items() for s in each)]:
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
