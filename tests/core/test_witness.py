"""The log of the witness and its notes: the tree of RFC 6962, and what is read of files that strangers hand in."""

from __future__ import annotations

import hashlib
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.witness.log import read_log
from qmsctl.core.witness.merkle import EMPTY, Frontier, root, roots
from qmsctl.core.witness.note import Note, NoteRefused, read_note

VECTORS = [bytes.fromhex(each) for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""The test vectors of certificate transparency for trees of no to eight entries."""


@pytest.mark.parametrize("size", range(9))
def test_the_root_is_that_of_the_published_vectors(size: int) -> None:
    assert root(VECTORS[:size]).hex() == ROOTS[size]


def by_definition(entries: list[bytes]) -> bytes:
    """The words of RFC 6962, section 2.1, as they stand."""
    if not entries:
        return hashlib.sha256().digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    half = 1 << (len(entries) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + by_definition(entries[:half]) + by_definition(entries[half:])).digest()


@given(st.lists(st.binary(max_size=4), max_size=40), st.lists(st.binary(max_size=4), max_size=10))
def test_appending_never_changes_the_root_of_what_was_there(old: list[bytes], new: list[bytes]) -> None:
    tree = Frontier()
    before = [tree.root()]
    for each in old:
        tree.append(each)
        before.append(tree.root())
    assert before == [by_definition(old[:size]) for size in range(len(old) + 1)]
    assert roots([*old, *new], range(len(old) + 1)) == dict(enumerate(before))


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=20, unique=True), st.data())
def test_a_changed_a_missing_and_a_swapped_entry_change_the_root(entries: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    assert root([*entries[:at], b"other", *entries[at + 1 :]]) != root(entries)
    assert root([*entries[:at], *entries[at + 1 :]]) != root(entries)
    assert len(entries) == 1 or root([*entries[1:], entries[0]]) != root(entries)


def test_there_is_no_root_over_more_than_there_is() -> None:
    assert roots([b"a"], {0, 1, 2}) == {0: EMPTY, 1: root([b"a"])}


@given(st.from_regex(r"[!-~àđễ]{1,30}", fullmatch=True), st.integers(0, 10**15), st.binary(min_size=32, max_size=32))
def test_a_note_is_read_as_it_was_written(origin: str, size: int, digest: bytes) -> None:
    note = Note(origin, size, digest)
    assert read_note(note.encode()) == read_note(note.encode().replace(b"\n", b"\r\n")) == note
    assert "".join(note.groups) == digest.hex()
    assert [len(each) for each in note.groups] == [4] * 16


ROOT = b64encode(bytes(32))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"qmsctl/TA\n1\n" + ROOT, b"qmsctl/TA\n01\n" + ROOT + b"\n", b"qmsctl/TA\n-1\n" + ROOT + b"\n", b"\n1\n" + ROOT + b"\n",
        b"qmsctl/TA\n1\n" + ROOT + b"\nmore\n", b"qmsctl/TA\n1\n" + ROOT[:-4] + b"\n", b"qmsctl/TA\n1\n" + ROOT[:-2] + b"B=\n",
        b"\xff\n1\n" + ROOT + b"\n", b"a b\n1\n" + ROOT + b"\n", b"a\x1b[2J\n1\n" + ROOT + b"\n", b"x" * 5000, "qmsctl/TA\n١\n".encode() + ROOT + b"\n",
    ],
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    with pytest.raises(NoteRefused):
        read_note(data)


@given(st.binary(max_size=200))
def test_no_bytes_make_reading_a_log_fail(data: bytes) -> None:
    log = read_log(data)
    assert len(log.entries) == len(log.lines)


def test_a_log_says_which_of_its_lines_are_none() -> None:
    good = f"{'ab' * 32}  signoffs/QT-07/1-00000000/QT-07.md"
    log = read_log(f"{good}\nnonsense\n{'ab' * 32}  documents/QT-07.md\n{good.upper()}\nrest".encode())
    assert [each and each.path for each in log.entries] == ["signoffs/QT-07/1-00000000/QT-07.md", None, None, None]
    assert log.rest == b"rest"
