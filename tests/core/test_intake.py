"""What people noted down is read as they meant it, whatever its form."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.records.notes import Noted, noted, read_notes
from qmsctl.core.text.splice import flow
from qmsctl.errors import UsageError
from qmsctl.store.shipped.definitions import type_set

(NC,) = (each for each in type_set({}).all() if each.name == "nonconformity")

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=30).map(str.strip).filter(bool)
VALUES = st.dictionaries(
    st.sampled_from(["title", "unit", "raised", "description", "evidence", "requirement"]), st.one_of(WORDS, st.lists(WORDS, max_size=3)), min_size=1
)


def test_texts_go_to_sections_and_facts_to_fields() -> None:
    found = noted({"title": "a", "description": "b", "evidence": "c", "requirement": ["QT-01", "8.2.3"], "type": "nonconformity"}, NC)
    assert found == Noted({"title": "a", "requirement": "[QT-01, 8.2.3]"}, {"description": "b", "seen": "c"})
    assert noted({"evidence": [{"path": "a", "sha256": "b"}]}, NC).fields == {"evidence": "[{path: a, sha256: b}]"}


@given(st.lists(VALUES, min_size=1, max_size=3))
def test_json_and_yaml_say_the_same(values: list[dict[str, object]]) -> None:
    in_json = read_notes("a.JSON", json.dumps(values).encode(), NC)
    lines = "".join(f"- {flow(each)}\n" for each in values)  # type: ignore[arg-type]
    assert read_notes("a.yaml", lines.encode(), NC) == in_json
    assert [each.fields.get("title") for each in in_json] == [_as_given(each.get("title")) for each in values]


def _as_given(value: object) -> object:
    return value if value is None or isinstance(value, str) else flow(value)  # type: ignore[arg-type]


@given(st.binary(max_size=200), st.sampled_from(["a.yaml", "a.json", "a.md", "a", "a.csv"]))
def test_any_bytes_are_read_or_refused_in_words(data: bytes, name: str) -> None:
    try:
        assert read_notes(name, data, NC)
    except UsageError as error:
        assert str(error)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for name in ("a.yaml", "a.json"):
        try:
            assert read_notes(name, text.encode("utf-8", "surrogatepass"), NC)
        except UsageError as error:
            assert str(error)
