"""Bytes to text, text to front matter and body, and the digest."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.text.characters import hidden, is_nfc, is_ordinary
from qmsctl.core.text.text_file import MAX_BODY_BYTES, NoFrontMatter, cut, decode, digest
from qmsctl.core.text.yaml_reader import MAX_BYTES
from qmsctl.core.text.yaml_refused import YamlRefused

PIECES = st.lists(
    st.sampled_from(["---", "----", "--- ", "---\t", " ---", "id: x", "\n", "\r\n", "\r", "a", "đ", "\ufeff", "...", "\x00"]), max_size=14
).map("".join)


@settings(max_examples=400)
@given(st.one_of(st.binary(max_size=120), PIECES.map(str.encode), PIECES.map(lambda text: ("---\n" + text).encode())))
def test_any_bytes_are_cut_or_refused(data: bytes) -> None:
    try:
        file = cut(data)
    except (NoFrontMatter, YamlRefused):
        return
    assert file.text[: file.front_start] + file.front + file.text[file.front_start + len(file.front) : file.body_start] + file.body == file.text
    assert file.encode(file.text) == data
    opening, closing = file.text[: file.front_start], file.text[file.front_end : file.body_start]
    assert opening.rstrip() == closing.rstrip() == "---"
    assert opening.endswith("\n")
    assert not any(line.rstrip() == "---" for line in file.front.split("\n"))
    assert file.body_line == file.text.count("\n", 0, file.front_end) + 2


@settings(max_examples=150)
@given(
    st.text(st.sampled_from("ab: \nđ"), max_size=40),
    st.text(st.sampled_from("ab# \n-đ"), max_size=40),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_front_and_body_are_found_again(front: str, body: str, end: str, bom: bool) -> None:
    front, body = (part.replace("\n", end) for part in (front + "\n", body))
    data = (b"\xef\xbb\xbf" if bom else b"") + f"---{end}{front}---{end}{body}".encode()
    file = cut(data)
    assert (file.front, file.body, file.bom) == (front, body, bom)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"---\na: b\n\xc3\x28\n---\n", 3),
        (b"\xff\xfe-\x00", 1),
        (b"\xfe\xff\x00-", 1),
        (b"x" * (MAX_BODY_BYTES + MAX_BYTES + 1), 0),
        (b"---\nx\n", 1),
        (b"---\nx\n----\n", 1),
        (b"---\nx\n ---\n", 1),
        (b"---\nx: 1\n---\na\rb", 4),
        (b"---\n" + b"#" * (MAX_BYTES + 20) + b"\n---\n", 1),
    ],
)
def test_refused_with_its_line(data: bytes, line: int) -> None:
    with pytest.raises(YamlRefused) as caught:
        cut(data)
    assert caught.value.line == line


@pytest.mark.parametrize("data", [b"", b"text", b"----\n---\n", b" ---\n---\n", b"\n---\n---\n", b"# Title\n", b"---x\n---\n"])
def test_no_front_matter(data: bytes) -> None:
    with pytest.raises(NoFrontMatter):
        cut(data)


@pytest.mark.parametrize("at", range(MAX_BYTES - 20, MAX_BYTES + 20))
def test_a_line_cut_by_the_limit_is_no_fence(at: int) -> None:
    data = b"---\n" + b"#" * at + b"\n---      x\nmore\n"
    with pytest.raises(YamlRefused):
        cut(data)


def test_closing_fence_may_have_spaces_and_end_the_file() -> None:
    assert cut(b"---  \na: 1\n--- \t").front == "a: 1\n"
    assert cut(b"---\n---").front == ""


def test_decode_says_whether_there_was_a_mark() -> None:
    assert decode(b"\xef\xbb\xbfx") == ("x", True)
    assert decode("đ".encode()) == ("đ", False)


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_digest_is_that_of_the_lf_form(data: bytes) -> None:
    lf = data.replace(b"\r\n", b"\n")
    assert digest(data) == digest(lf) == hashlib.sha256(lf).hexdigest()
    if b"\r" not in data:
        assert digest(data.replace(b"\n", b"\r\n")) == digest(data)


def test_digest_tells_a_lone_carriage_return_apart() -> None:
    assert digest(b"a\rb") != digest(b"a\nb")


def test_ordinary_characters_are_visible_and_in_form_c() -> None:
    ordinary = [character for character in map(chr, range(0x110000)) if is_ordinary(character)]
    assert len(ordinary) > 700
    assert hidden("".join(ordinary)) is None
    assert is_nfc("".join(ordinary))
    assert not any(map(unicodedata.combining, ordinary))
    assert not is_ordinary("e\u0301")
    assert not is_ordinary("a\u200bb")
