"""What new files, new systems and the example office say: hints of one form, and commands that exist."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest

from qmsctl.core.text.body import scan
from qmsctl.store.shipped.rendering import filled, text_environment
from tests.desk import Desk, qmsctl

ROOT = Path(__file__).parents[2]
FOLDERS = ("templates/profiles", "templates/types", "example-repo/documents", "example-repo/records")
TEXTS = sorted(
    path
    for top in (*FOLDERS, "example-repo/README.md")
    for path in [ROOT / top, *(ROOT / top).rglob("*")]
    if path.is_file()
)
BODIES = sorted((ROOT / "templates/types").glob("*/new.*.md.j2"))
TO_FILL_IN = {"STCL", "MTCL-2026", "OBJ-2026"}
"""The documents of a new system in which an office has to fill something in."""

EXAMPLES = ("steps", "records", "objectives")
REPORTS = ("archive", "audit", "changes", "document", "records", "redline", "register")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def options_by_command() -> dict[str, set[str]]:
    """From the generated page, which ``test_docs`` compares with the commands themselves."""
    page = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    return {
        part.partition("\n")[0].removeprefix("qmsctl").strip(): set(re.findall(r"(?<!\w)--?[a-z][a-z-]*", part))
        for part in page.split("\n## ")[1:]
    }


def commands_in(text: str) -> list[list[str]]:
    spans = (re.sub(r"{{.*?}}", "2026", span) for span in re.findall(r"`(qmsctl [^`\n]+)`", text))
    plain = (span.rstrip(",.;:") for span in re.findall(r"(?<!`)\bqmsctl [a-z]+", text))
    return [shlex.split(span)[1:] for span in [*spans, *plain] if "2026" not in span.split()[1]]


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_every_command_that_a_text_names_exists(path: Path) -> None:
    known = options_by_command()
    for words in commands_in(path.read_text(encoding="utf-8")):
        command = " ".join(words[:2]) if words[0] == "nc" and len(words) > 1 else words[0]
        assert command in known, words
        assert {word for word in words if word.startswith("-")} <= known[command], words
        if command == "report" and len(words) > 1:
            assert words[1] in REPORTS, words
        if command in ("return", "withdraw") and len(words) > 1:
            assert "--comment" in words, "the reason is required"


@pytest.mark.parametrize("path", BODIES, ids=name_of)
def test_words_to_the_writer_are_hints_of_one_form(path: Path) -> None:
    text = re.sub(r"(?m)^ *{%.*%}\n", "\n", path.read_text(encoding="utf-8"))
    paragraphs = [part.strip() for part in text.split("\n\n")]
    assert not [part for part in paragraphs if part.startswith("(")], "without asterisks the rule does not see it"
    started = sum(part.startswith("*(") for part in paragraphs)
    assert started == len(scan(text, 0, 1, frozenset()).hints)
    assert started > 0 or "\n# - {" in text or "\n## " not in text, "a section says what is to be written in it"
    for before, block in pairwise(paragraphs):
        if block.startswith(tuple(f"```{name}" for name in EXAMPLES)):
            assert before.startswith("*("), "an example is announced as one"


def test_bodies_without_conditions_are_what_jinja_makes_of_them() -> None:
    given = {"id": "NC-2026-001", "title": r"Thu {{ id }} {% if %} \1 \g<0>", "type_label": "Phiếu", "profile": "company"}
    made = {path: filled(path.read_text(encoding="utf-8"), given) for path in BODIES}
    known = {path: text_environment().get_template(path.relative_to(ROOT / "templates").as_posix()).render(given) for path in BODIES}
    assert {path: text for path, text in made.items() if text is not None and text != known[path]} == {}
    assert sum(text is None for text in made.values()) < len(BODIES) / 5


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("profile", ["agency", "company"])
@pytest.mark.parametrize("standard", ["iso9001-2008", "iso9001-2015"])
def test_a_new_system_has_hints_only_where_the_office_fills_in(
    home: Path, tmp_path: Path, lang: str, profile: str, standard: str
) -> None:
    me = ("--name", "Đỗ Văn Minh", "--email", "minh@tan-an.example")
    qmsctl(
        "--today",
        "2026-01-05",
        "init",
        tmp_path / "a",
        "--profile",
        profile,
        "--standard",
        standard,
        "--lang",
        lang,
        *me,
    )
    found = Desk(tmp_path / "a", "2026-01-05").run("check", "--format", "json").json["diagnostics"]
    hints = {Path(each["path"]).stem for each in found if each["rule"] == "placeholder-left"}
    assert hints
    assert hints <= TO_FILL_IN
