"""Every word a person reads exists in Vietnamese: messages, help texts, rule pages, type labels."""

from __future__ import annotations

import ast
import re
import string
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from build_catalog import merged  # noqa: E402

from qmsctl.cli.help import HEADINGS, paragraphs  # noqa: E402
from qmsctl.core.rule_page import read_page  # noqa: E402
from qmsctl.reports import all_reports  # noqa: E402
from qmsctl.rules import all_rules  # noqa: E402

SOURCE = ROOT / "src" / "qmsctl"
TEMPLATE_WORD = re.compile(r"""\b_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
TRANS_BLOCK = re.compile(r"{%-?\s*trans[^%]*%}(.*?){%-?\s*endtrans\s*-?%}", re.DOTALL)


def words_in_code() -> Iterator[str]:
    """First arguments of ``_(…)``, and in the command line ``help=`` texts and docstrings of commands."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                assert node.args, f"{path}: _() without a text"
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}: _() of something that is no literal"
                yield node.args[0].value
            if path.parent.name == "cli" and isinstance(node, ast.keyword) and node.arg == "help" and isinstance(node.value, ast.Constant):
                yield node.value.value
            if path.parent.name == "cli" and isinstance(node, ast.FunctionDef) and _is_command(node):
                yield from paragraphs(ast.get_docstring(node) or "")


def _is_command(node: ast.FunctionDef) -> bool:
    return node.name in ("command", "options") or any(
        isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "command"
        for each in node.decorator_list
    )


def words_in_templates() -> Iterator[str]:
    for path in sorted((ROOT / "templates" / "reports").rglob("*.j2")):
        text = path.read_text(encoding="utf-8")
        for double, single in TEMPLATE_WORD.findall(text):
            yield double.replace('\\"', '"') or single.replace("\\'", "'")
        for body in TRANS_BLOCK.findall(text):
            yield re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", " ".join(body.split()))


@cache
def all_words() -> set[str]:
    pages = {text for rule in all_rules() for text in read_page(rule.page).prose()}
    reports = {each.summary for each in all_reports()}
    return {*words_in_code(), *words_in_templates(), *pages, *reports, *HEADINGS}


@cache
def catalogue() -> dict[str, str]:
    found = merged(SOURCE / "locale" / "vi")
    return {message.id: message.string for message in found if message.id}


def test_every_word_has_a_translation() -> None:
    known = catalogue()
    missing = sorted(word for word in all_words() if not known.get(word))
    assert not missing, f"{len(missing)} without Vietnamese:\n" + "\n".join(missing)


def test_no_translation_is_left_over() -> None:
    left = sorted(set(catalogue()) - all_words())
    assert not left, "\n".join(left)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_translation_has_the_same_places() -> None:
    other = {
        english: vietnamese
        for english, vietnamese in catalogue().items()
        if "{" in english and "```" not in english and places(vietnamese) != places(english)
    }
    assert not other


def test_translation_has_no_blanks_around_it_that_the_text_has_not() -> None:
    assert not {english: text for english, text in catalogue().items() if text.strip() != text and english.strip() == english}


def labels(node: object, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every ``label``, section and value of a type definition that is read by people."""
    if isinstance(node, dict):
        if "en" in node or "vi" in node:
            yield path, {key: node.get(key) for key in ("en", "vi")}
        for key, value in node.items():
            yield from labels(value, f"{path}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from labels(value, f"{path}/{number}")


@pytest.mark.parametrize("path", sorted((ROOT / "templates" / "types").glob("*/type.yaml")), ids=lambda path: path.parent.name)
def test_labels_of_types_exist_in_both_languages(path: Path) -> None:
    for place, texts in labels(yaml.safe_load(path.read_text(encoding="utf-8"))):
        assert texts["en"], place
        assert texts["vi"], place
