"""Every word a person reads exists in Vietnamese: messages, help texts, rule pages, type labels."""

from __future__ import annotations

import re
import string
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from qmsctl.store.shipped import catalogue as shipped

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from build_catalog import merged  # noqa: E402
from collect_words import SOURCE, update, words  # noqa: E402


@cache
def all_words() -> set[str]:
    return set(words())


@cache
def catalogue() -> dict[str, str]:
    found = merged(SOURCE / "locale" / "vi")
    return {str(message.id): str(message.string) for message in found if message.id}


def test_every_word_has_a_translation() -> None:
    known = catalogue()
    missing = sorted(word for word in all_words() if not known.get(word))
    assert not missing, f"{len(missing)} without Vietnamese:\n" + "\n".join(missing)


def test_no_translation_is_left_over() -> None:
    left = sorted(set(catalogue()) - all_words())
    assert not left, "\n".join(left)


def test_every_place_an_entry_names_is_there() -> None:
    named = {(path.name, line[3:]) for path in SOURCE.glob("locale/*/*.po") for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#: ")}
    assert named
    assert not [f"{name}: {place}" for name, places in sorted(named) for place in places.split() if not (ROOT / place).is_file()]


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


CODE = re.compile(r"``.*?``|`[^`]*`|--commit|pre-commit|\{commit\}|commit: always|lưu \(commit\)", re.DOTALL | re.IGNORECASE)
"""What is typed, what is filled in, and the one word for it."""


def test_a_commit_is_called_one_thing_in_vietnamese() -> None:
    """“Lần lưu (commit)”, later in a text “lần lưu”; neither git's word alone nor another one."""
    other = re.compile(r"\bcommit\b|(?<!văn )bản ghi|ghi vào kho|lưu vào git", re.IGNORECASE)
    assert not {text for english, text in catalogue().items() if english != "commit" and other.search(CODE.sub("", text))}
    assert catalogue()["commit"] == "lần lưu (commit)"


def labels(node: object, path: str = "") -> Iterator[tuple[str, dict[str, object]]]:
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


HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"'
KEPT = '#: src/qmsctl/cli/commands/new.py\nmsgid ""\n"A long "\n"word"\nmsgstr "Một từ dài"'
GONE = 'msgid "Gone"\nmsgstr "Đã bỏ"'


def lay(folder: Path) -> None:
    (folder / "cli.po").write_text(f"# The words of cli/.\n{HEADER}\n\n{GONE}\n\n{KEPT}\n", encoding="utf-8")
    (folder / "core.po").write_text(f"{HEADER}\n", encoding="utf-8")
    (folder / "reports.po").write_text(f"{HEADER}\n", encoding="utf-8")


def test_what_is_missing_comes_to_its_room_and_all_else_stays(tmp_path: Path) -> None:
    folder = tmp_path / "vi"
    folder.mkdir()
    lay(folder)
    wanted = {
        "A long word": "src/qmsctl/cli/commands/new.py",
        'New “{name}”, "{x}"\n': "src/qmsctl/cli/commands/new.py",
        "Page": "templates/reports/x.html.j2",
        "Error": "src/qmsctl/errors.py",
    }
    assert update(folder, wanted) == (["Error", 'New “{name}”, "{x}"\n', "Page"], ["Gone"])
    cli = (folder / "cli.po").read_text(encoding="utf-8")
    assert cli.startswith(f"# The words of cli/.\n{HEADER}\n\n{KEPT}\n\n#: src/qmsctl/cli/commands/new.py\n")
    assert 'msgid "Error"\nmsgstr ""' in (folder / "core.po").read_text(encoding="utf-8")
    assert 'msgid "Page"\nmsgstr ""' in (folder / "reports.po").read_text(encoding="utf-8")
    assert {str(each.id): each.string for each in merged(folder) if each.id} == dict.fromkeys(wanted, "") | {"A long word": "Một từ dài"}
    assert update(folder, wanted) == ([], [])
    assert (folder / "cli.po").read_text(encoding="utf-8") == cli


def test_the_catalogues_of_the_project_are_up_to_date(tmp_path: Path) -> None:
    for path in (SOURCE / "locale" / "vi").glob("*.po"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert update(tmp_path, words()) == ([], [])
    for path in (SOURCE / "locale" / "vi").glob("*.po"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_a_catalogue_that_holds_nothing_leaves_the_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "vi" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "qmsctl.mo").write_bytes(b"")
    monkeypatch.setattr(shipped, "LOCALE", tmp_path)
    assert shipped.translator.__wrapped__("vi")("Title") == "Title"
