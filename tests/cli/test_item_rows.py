"""What ``show`` prints of an item: no two rows bear one label."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from qmsctl.cli.formats.item_text import item_text
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import Terminal
from tests.office import office
from tests.test_type_names import TYPES

_ROW = re.compile(r"  (\S[^:]*): ")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", sorted(TYPES - {"qms", "people"}))
def test_no_two_rows_of_an_item_have_one_label(name: str, lang: str) -> None:
    found = office("").types.get(name)
    assert found is not None
    head = {"id": "XX-01", "type": name, "title": "x", "revision": "1", **{each: "x" for each in found.fields if each not in ("title", "revision")}}
    text = "\n".join(f"{key}: {value}" for key, value in head.items())
    library = office(f"```md documents/x/XX-01.md\n---\n{text}\n---\n```\n")
    lines = item_text(Session(Terminal(lang)), library, library.by_id["XX-01"], None, ())
    labels = Counter(row[1] for line in lines if (row := _ROW.match(line)))
    assert len(labels) > 2
    assert not [label for label, count in labels.items() if count > 1]
