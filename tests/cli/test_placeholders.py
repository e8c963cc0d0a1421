"""Help pages in Vietnamese are Vietnamese throughout, what stands for a value included."""

import re

import pytest

from qmsctl.__main__ import main
from qmsctl.cli.placeholders import PLACEHOLDERS
from tests.commands import commands

TYPED_AS_THEY_STAND = {"KT", "TL", "TUQ"}
_CAPITALS = re.compile(r"(?<![\w-])[A-ZĐ]{2,}(?![\w-])")


def placeholders(page: str) -> str:
    """The line of usage, and what stands before the explanations of arguments and options."""
    usage, *lines = page.split("\n")
    begin = next(number for number, line in enumerate(lines) if line and not line.startswith(" "))
    told = (line for line in lines[begin:] if line.startswith("  "))
    return "\n".join((usage, *(re.split(r"(?<=\S)\s{2,}", line)[0] for line in told if not line.startswith("    "))))


@pytest.mark.parametrize("words", [*commands()], ids=" ".join)
def test_what_stands_for_a_value_is_in_the_language_of_the_reader(words: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    shown = {}
    for lang in ("vi", "en"):
        main(["--lang", lang, *words, "--help"])
        shown[lang] = capsys.readouterr().out.partition("\n\nVí dụ:")[0].partition("\n\nExamples:")[0]
    left = set(_CAPITALS.findall(placeholders(shown["vi"])))
    assert not left & (set(PLACEHOLDERS) - TYPED_AS_THEY_STAND)
    assert "<" not in placeholders(shown["vi"]) + placeholders(shown["en"])
    assert "[TÙY CHỌN]" in shown["vi"]
    assert "[OPTIONS]" in shown["en"]
    assert set(_CAPITALS.findall(placeholders(shown["en"]))) <= {*PLACEHOLDERS, *TYPED_AS_THEY_STAND}
