from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.store.incoming import container, xml_guard
from qmsctl.store.incoming.container import opened
from qmsctl.store.incoming.unfit import Unfit, unfit

TYPES = "[Content_Types].xml"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    found = BytesIO()
    with ZipFile(found, "w", ZIP_DEFLATED) as each:
        for name, data in ({TYPES: "<Types/>"} | dict(parts)).items():
            info = ZipInfo(name)
            info.filename = name  # as it is, slashes and all
            info.compress_type = ZIP_DEFLATED
            each.writestr(info, data)
    return found.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(Unfit) as caught:
        opened(data)
    return str(caught.value)


def test_an_honest_archive_is_unpacked() -> None:
    found = opened(archive({"word/document.xml": "<a>Quy trình</a>"}))
    assert found.parts["word/document.xml"].decode() == "<a>Quy trình</a>"
    assert not found.macros


def test_macros_are_told_and_left() -> None:
    found = opened(archive({"word/vbaProject.bin": b"\0", "word/vbaData.xml": "<a/>"}))
    assert found.macros
    assert list(found.parts) == [TYPES]


def nested(tag: str, times: int) -> str:
    return f"<{tag}>" * times + f"</{tag}>" * times


@pytest.mark.parametrize(("parts", "words"), [
    ({"word/document.xml": b" " * 17_000_000}, "would take 17 MB"),
    ({f"{n}": b"" for n in range(4001)}, "4002 parts"),
    ({"../../etc/x": b""}, "written elsewhere"),
    ({"/etc/x": b""}, "written elsewhere"),
    ({"C:/x": b""}, "written elsewhere"),
    ({"a\\..\\b": b""}, "written elsewhere"),
    ({"word/A.xml": "<a/>", "word/a.xml": "<a/>"}, "have one name"),
    ({"a.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "document type"),
    ({"a.rels": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}, "document type"),
    ({"a.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")}, "document type"),
    ({"a.xml": '<?xml version="1.0" encoding="UTF-16BE"?><!DOCTYPE a><a/>'.encode("utf-16-be")}, "document type"),
    ({"a.xml": nested("w:tbl", 3000)}, "nested too deep"),
    ({"a.xml": nested("tbl", 21)}, "nested too deep"),
    ({"a.xml": nested("b", 201)}, "nested too deep"),
    ({"a.xml": "<a>"}, "no whole XML"),
    ({"a.xml": '<?xml version="1.0" encoding="cp037"?><a/>'}, "no whole XML"),
    ({"a.xml": '<?xml version="1.0" encoding="UTF-7"?><a/>'}, "save it anew"),
    ({"a.xml": '<?xml version="1.0" encoding="shift_jis"?><a/>'}, "save it anew"),
    ({"a.xml": '<?xml version="1.0" encoding="klingon"?><a/>'}, "save it anew"),
])
def test_what_is_made_to_harm_is_refused_by_name(parts: Mapping[str, str | bytes], words: str) -> None:
    assert words in refused(archive(parts))


def claiming(size: int, count: int = 1) -> bytes:
    """An archive whose directory says that each of its parts takes so many bytes."""
    data = bytearray(archive({f"{number}.bin": b"" for number in range(count)}))
    place = data.index(b"PK\x01\x02")
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 24 : place + 28] = size.to_bytes(4, "little")
    return bytes(data)


def test_what_the_directory_says_is_enough_to_refuse_it() -> None:
    assert "would take 300 MB" in refused(claiming(300_000_000))
    assert "more than 128 MB" in refused(claiming(30_000_000, 5))


def test_elements_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_guard, "MOST_ELEMENTS", 1000)
    assert "more than 1000 elements" in refused(archive({"a.xml": f"<a>{'<b/>' * 1000}</a>"}))


def test_names_that_repeat_are_refused() -> None:
    found = BytesIO()
    with ZipFile(found, "w") as each:
        each.writestr("a.xml", "<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            each.writestr("a.xml", "<b/>")
    assert "have one name" in refused(found.getvalue())


def test_encrypted_files_are_told_from_old_ones() -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    assert "encrypted" in refused(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "97–2003" in refused(ole)


def test_encrypted_parts_are_refused() -> None:
    data = bytearray(archive({"a.bin": b"x"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(mark) + place] |= 1
    assert "encrypted" in refused(bytes(data))


def test_a_directory_that_lies_about_sizes_is_found_out() -> None:
    data = archive({"a.bin": bytes(5_000_000)})
    assert refused(data.replace((5_000_000).to_bytes(4, "little"), (50).to_bytes(4, "little")))


@given(st.binary(max_size=300), st.integers(0, 500), st.integers(0, 255))
def test_any_bytes_are_unpacked_or_refused(noise: bytes, place: int, byte: int) -> None:
    data = bytearray(archive({"a.xml": "<a/>", "b.bin": b"abc"}))
    data[place % len(data)] = byte
    for each in (noise, bytes(data)):
        try:
            assert opened(each).parts
        except Unfit as error:
            assert str(error)


def test_a_refusal_is_the_same_in_another_process() -> None:
    with pytest.raises(Unfit) as caught:
        container._check_name("../x")
    assert unfit(caught.value.told()).message == caught.value.message
