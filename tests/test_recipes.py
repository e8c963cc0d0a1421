"""The recipes of CONTRIBUTING are short, and the files they name are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Recipes\n")[2]
RECIPES = dict(re.findall(r"^### ([^\n]+)\n(.*?)(?=^### |\Z)", TEXT, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_has_five_steps_at_most(name: str) -> None:
    steps = [int(number) for number in re.findall(r"^(\d+)\. ", RECIPES[name], re.MULTILINE)]
    assert steps == list(range(1, len(steps) + 1))
    assert 1 <= len(steps) <= 5


@pytest.mark.parametrize("name", RECIPES)
def test_what_a_recipe_names_is_there(name: str) -> None:
    paths = [each for each in re.findall(r"`([\w./<>*-]+/[\w./<>*-]+)`", RECIPES[name]) if not each.startswith(".qms/")]
    assert paths
    for path in paths:
        pattern = re.sub(r"<[\w-]+>", "*", path)
        assert any(any(base.glob(pattern)) for base in (ROOT, ROOT / "src" / "qmsctl")), path
