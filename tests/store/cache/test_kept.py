"""What is kept of a file is what parsing it gives."""

from __future__ import annotations

import pickle
import re
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.reading import is_controlled, parse, texts_in
from qmsctl.store.cache.kept import Kept, keep
from qmsctl.store.cache.leaf import UNSEEN, File, Leaf
from qmsctl.store.shipped.definitions import type_set

EXAMPLE = Path(__file__).parents[3] / "example-repo"
TYPES = type_set({})
FIELDS = ("id", "type", "title", "change", "clauses", "x")
TEXTS = st.text(st.sampled_from("ab 1.é\u1ebf#:-'\"[]{},|>\\\t\n"), max_size=12)
VALUES = st.one_of(
    TEXTS, st.just('"\\ud800"'), TEXTS.map("[{}]".format), st.lists(TEXTS, max_size=3).map(lambda each: "".join(f"\n  - {text}" for text in each)),
    st.dictionaries(st.sampled_from("abc"), TEXTS, max_size=3).map(lambda each: "".join(f"\n  {key}: {text}" for key, text in each.items())),
)
FRONTS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6).map(lambda each: "".join(f"{key}: {text}\n" for key, text in each.items()))
BODIES = st.lists(
    st.one_of(TEXTS, st.sampled_from(("# Mục đích", "## 1. Phạm vi", "[a](b.md#c)", "![a](http://x)", "<b>", "*(gợi ý)*", "\u200b", "e\u0301", ">" * 30))
              , st.sampled_from(("```steps\n- no: B1\n  task: [a, b]\n```", "```steps\n- {\n```", "```steps\n", "```python\nx\n```"))),
    max_size=8,
).map("\n".join)


def alike(path: str, data: bytes) -> bool:
    """True if what is kept of a file equals what was parsed; of what cannot be kept there is nothing to compare."""
    parsed = parse(path, data, TYPES)
    kept = keep(parsed, data)
    if kept is None:
        return False
    found = pickle.loads(pickle.dumps(kept))
    assert isinstance(found, Kept)
    assert (found.path, found.sha256, found.type_name, found.id, found.problem) == (path, parsed.sha256, parsed.type_name, parsed.id, None)
    assert parsed.fields is not None
    assert [*map(found.plain, parsed.fields.entries)] == [*map(parsed.plain, parsed.fields.entries)]
    assert [*map(found.line, parsed.fields.entries), found.line("")] == [*map(parsed.line, parsed.fields.entries), parsed.line("")]
    assert (found.values, list(found.values)) == (parsed.values, list(parsed.values))
    assert found.blob == kept.blob
    assert found.links == parsed.links
    assert found.fields == parsed.fields
    assert found.body == parsed.body
    assert repr((found.fields, found.body)) == repr((parsed.fields, parsed.body)), "a truth is no number"
    return True


@given(st.sampled_from(("procedure", "nonconformity", "signoff", "?")), FRONTS, BODIES, st.booleans(), st.sampled_from(("documents/QT-01.md", "signoffs/a/b/c.md", "people.yaml")))
def test_decoded_is_what_was_encoded(kind: str, front: str, body: str, crlf: bool, path: str) -> None:
    text = front if path == "people.yaml" else f"---\ntype: {kind}\n{front}---\n{body}"
    alike(path, (text.replace("\n", "\r\n") if crlf else text).encode("utf-8", "surrogatepass"))


@given(st.lists(st.tuples(FRONTS, BODIES), min_size=1, max_size=3), TEXTS, st.data())
def test_what_a_file_names_is_not_denied_by_its_leaf(texts: list[tuple[str, str]], other: str, data: st.DataObject) -> None:
    """Neither by the one in which it was put first, nor by one that is made of it and others."""
    read = {f"documents/{number}.md": f"---\ntype: procedure\n{front}---\n{body}".encode() for number, (front, body) in enumerate(texts)}
    parsed = {path: parse(path, raw, TYPES) for path, raw in read.items()}
    files = [File(kept, UNSEEN, sha256(raw).digest()) for path, raw in read.items() if (kept := keep(parsed[path], raw))]
    if not files:
        return
    leaf = Leaf.of(2, [*Leaf.of(1, files[:1], b""), *files[1:]], b"")
    for each in leaf:
        said = [text for text in texts_in(parsed[each.kept.path]) if text]
        word = data.draw(st.sampled_from(said)) if said else other
        runs = re.findall(r"[\w.-]+", word)
        named = frozenset((*runs, *(run.partition(".")[0] for run in runs)))
        assert all(parsed[each.kept.path].may_name(frozenset((one,))) for one in named)
        for words in (frozenset((word[1:], other)), frozenset((word[:-1],)), frozenset((other,)), *(frozenset((one,)) for one in named)):
            assert not parsed[each.kept.path].may_name(words) or each.kept.path in leaf.naming(words)
            assert each.kept.may_name(words) or each.kept.path not in leaf.naming(words)


@pytest.mark.parametrize("folder", ["documents", "records", "signoffs", "."])
def test_every_file_of_the_example_office_is_kept(folder: str) -> None:
    paths = [path.relative_to(EXAMPLE).as_posix() for path in (EXAMPLE / folder).glob("*.yaml" if folder == "." else "**/*.md")]
    assert paths
    for path in paths:
        if is_controlled(path):
            assert alike(path, (EXAMPLE / path).read_bytes()), path


@pytest.mark.parametrize(
    "text",
    ["no front matter", "---\nid: [\n---\n", "---\ntype: procedure\n---\n```steps\n- {\n```\n"],
)
def test_what_cannot_be_read_is_read_anew_each_time(text: str) -> None:
    assert not alike("documents/QT-01.md", text.encode())
