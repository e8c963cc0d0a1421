"""Pictures: what their bytes are, and which of them are those that were signed."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.outside import Commit
from qmsctl.core.proof.picture_format import media_type, pixels
from qmsctl.core.proof.pictures import LARGEST, Picture, pictures
from qmsctl.core.text.body import scan
from qmsctl.core.text.text_file import cut
from tests.office import FakeOutside, dossier, library_of

PATH, FLOW = "documents/procedures/QT-07.md", "documents/procedures/flow.png"
SIGNED = "author minh 2026-01-05T08:00:00+07:00\nreview lan qmr 2026-01-05T09:00:00+07:00\napprove binh director 2026-01-06T09:00:00+07:00\n"


def png(width: int = 3, height: int = 2, more: bytes = b"") -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + more


GIF = b"GIF89a" + struct.pack("<HH", 3, 2)
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc2\x00\x11\x08" + struct.pack(">HH", 2, 3)
WEBP = {
    "extended": b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0" + b"\2\0\0\1\0\0",
    "lossless": b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 2 | 1 << 14),
    "lossy": b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 3, 2),
}


@pytest.mark.parametrize(
    ("data", "media"),
    [(png(), "image/png"), (GIF, "image/gif"), (JPEG, "image/jpeg"), *((each, "image/webp") for each in WEBP.values())],
)
def test_kind_and_size_are_read_from_the_bytes(data: bytes, media: str) -> None:
    assert (media_type(data), pixels(data)) == (media, 6)


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff", b"\xff\xd8\xff\xda\x00\x02x", b"RIFF\0\0\0\0WEBP", png(0, 5), b"BM", b"%PDF-1.7"])
def test_what_cannot_be_drawn_has_no_size(data: bytes) -> None:
    assert pixels(data) is None


@given(st.one_of(st.binary(max_size=60), st.sampled_from([png(), GIF, JPEG, *WEBP.values()]).flatmap(lambda head: st.binary(max_size=30).map(lambda tail: head[: len(head) // 2] + tail))))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    found = pixels(data)
    assert found is None or (found > 0 and media_type(data))


def commit(name: str) -> Commit:
    return Commit(name, datetime(2026, 1, 5, tzinfo=UTC), "m", "m@tan-an.example")


@dataclass
class Versions(FakeOutside):
    """A history in which a path has other bytes in every commit."""

    versions: dict[str, bytes] = field(default_factory=dict)

    def read_past(self, place: str) -> bytes | None:
        return self.versions.get(place)


def shown(
    now: dict[str, bytes], commits: dict[str, str] | None = None, versions: dict[str, bytes] | None = None, body: str = "![lưu đồ](flow.png)", more: str = "", signed: str = SIGNED
) -> Picture:
    """The picture of a signed text; ``commits`` brought the copy and each meaning, ``versions`` is what stood there."""
    text = f"---\nid: QT-07\ntype: procedure\ntitle: a\nrevision: 1\n{more}---\n{body}\n".encode()
    folder = dossier({PATH: text}, "QT-07", signed) if signed else {}
    outside = Versions(versions=versions or {})
    for path in folder:
        meaning = path.rpartition("/")[2].partition(".")[0]
        if name := (commits or {}).get(meaning):
            outside.commits[path] = commit(name)
    library = library_of({PATH: text, **folder, **now}, outside=outside)
    item = library.by_id["QT-07"]
    file = cut(text)
    (picture,) = pictures(item, scan(file.text, file.body_start, file.body_line, frozenset()).links, library)
    return picture


ALL = {"QT-07": "c1", "author": "c1", "review": "c2", "approve": "c3"}
OLD, NEW = png(more=b"old"), png(more=b"new")
ALIKE = {f"c{n}:{FLOW}": OLD for n in (1, 2, 3)}


def test_before_anything_is_committed_and_in_a_draft_it_is_what_is_there() -> None:
    assert shown({FLOW: NEW}).data == NEW
    assert shown({FLOW: NEW}, signed="").data == NEW
    assert shown({FLOW: NEW}, {}, ALIKE).media == "image/png"


def test_a_picture_that_was_changed_since_is_shown_as_it_was_signed() -> None:
    assert shown({FLOW: NEW}, ALL, ALIKE).data == OLD
    assert shown({}, ALL, ALIKE).data == OLD


@pytest.mark.parametrize("at", ["c1", "c2", "c3"])
def test_a_picture_that_was_changed_while_it_was_signed_is_not_shown(at: str) -> None:
    assert "while the text was being signed" in str(shown({FLOW: OLD}, ALL, {**ALIKE, f"{at}:{FLOW}": NEW}).lack)
    assert "while the text was being signed" in str(shown({FLOW: OLD}, ALL, {k: v for k, v in ALIKE.items() if not k.startswith(at)}).lack)


def test_a_picture_that_came_later_is_not_shown() -> None:
    assert "not there when the text was signed" in str(shown({FLOW: NEW}, ALL, {}).lack)


def test_a_digest_in_the_text_decides() -> None:
    more = f"attachments: [{{path: {FLOW}, sha256: {hashlib.sha256(OLD).hexdigest()}}}]\n"
    assert shown({FLOW: OLD}, ALL, {}, more=more).data == OLD
    assert shown({FLOW: NEW}, ALL, ALIKE, more=more).data == OLD
    assert shown({FLOW: NEW}, ALL, {f"c1:{FLOW}": NEW}, more=more).lack
    assert shown({FLOW: NEW}, more=more).lack


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "PNG, JPEG, GIF and WebP"),
        (b"version https://git-lfs.github.com/spec/v1\n", "PNG, JPEG"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (png(60_000, 60_000), "million pixels"),
        (png(more=b"x" * LARGEST), "larger than 4 MB"),
        (None, "no such file"),
    ],
)
def test_what_is_not_shown_says_why(data: bytes | None, part: str) -> None:
    found = shown({} if data is None else {FLOW: data})
    assert part in str(found.lack)
    assert not found.data


@pytest.mark.parametrize("target", ["flow.png", "./flow.png", "../procedures/flow.png", "fl%6Fw.png", "<flow.png>", 'flow.png "T"', "flow.png?x#y"])
def test_however_it_is_named(target: str) -> None:
    assert shown({FLOW: NEW}, body=f"![a]({target})").data == NEW


@pytest.mark.parametrize("target", ["https://a.example/flow.png", "//a.example/flow.png", "/etc/passwd", "../../../etc/passwd", "..%2f..%2f..%2fetc/passwd", "data:image/png;base64,AAAA", "file:///etc/passwd"])
def test_nothing_from_outside_is_read(target: str) -> None:
    with pytest.raises(ValueError, match="expected 1, got 0"):
        shown({FLOW: NEW}, body=f"![a]({target})")
