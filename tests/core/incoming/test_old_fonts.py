from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.incoming.lost_fonts import likely_encoding
from qmsctl.core.incoming.old_fonts import LETTERS, Encoding, decoded, encoding_of
from tests.old_fonts import SMALL, TCVN3, VNI, in_tcvn3, in_vni


def test_there_are_134_letters() -> None:
    assert len(SMALL) == len(set(SMALL)) == 67
    assert {*SMALL, *SMALL.upper()} == {each for each in LETTERS if not each.isascii()}


def test_every_letter_of_vni() -> None:
    for letter in SMALL + SMALL.upper():
        assert decoded(VNI[letter], Encoding.VNI) == letter
        assert decoded(VNI[letter] + "x", Encoding.VNI) == letter + "x"


def test_a_capital_may_have_a_small_mark() -> None:
    assert decoded("Aùp duïng Ñieàu 5", Encoding.VNI) == "Áp dụng Điều 5"


def test_every_letter_of_tcvn3() -> None:
    for letter in SMALL:
        assert decoded(TCVN3[letter], Encoding.TCVN3) == letter
        assert decoded(TCVN3[letter], Encoding.TCVN3_CAPITALS) == letter.upper()


@pytest.mark.process
def test_tcvn3_is_what_iconv_takes_it_for() -> None:
    if shutil.which("iconv") is None:
        pytest.skip("no iconv here")
    known = "".join(TCVN3[each] for each in SMALL + "ĂÂÊÔƠƯĐ").encode("latin-1")
    done = subprocess.run(["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=known, capture_output=True, check=True)
    assert unicodedata.normalize("NFC", done.stdout.decode()) == SMALL + "ĂÂÊÔƠƯĐ"
    assert decoded(known.decode("latin-1"), Encoding.TCVN3_CAPITALS) == (SMALL + "ăâêôơưđ").upper()


@pytest.mark.parametrize(("text", "shown"), [
    ("QUY TR×NH KIÓM SO¸T Hå S¥", "QUY TRÌNH KIỂM SOÁT HỒ SƠ"),
    ("Bé phËn mét cöa", "Bộ phận một cửa"),
    ("QUY TR×NH néi bé", "QUY TRÌNH nội bộ"),
    ("C¨n cø Q§ sè 12", "Căn cứ QĐ số 12"),
    ("t\xad ph¸p", "tư pháp"),
    ("".join(chr(0xF000 + ord(each)) for each in "Tê khai"), "Tờ khai"),
])
def test_capitals_and_what_editors_do_to_letters(text: str, shown: str) -> None:
    assert decoded(text, Encoding.TCVN3) == shown


@pytest.mark.parametrize(("font", "encoding"), [
    (".VnTime", Encoding.TCVN3), (".VnTimeH", Encoding.TCVN3_CAPITALS), (".vnarial narrowh", Encoding.TCVN3_CAPITALS),
    ("VNI-Times", Encoding.VNI), ("Times New Roman", None), ("", None), ("Vni Helve", Encoding.VNI), ("Vnitimes", None),
])
def test_the_font_says_it(font: str, encoding: Encoding | None) -> None:
    assert encoding_of(font) is encoding


WORDS = st.text(st.sampled_from(sorted({*SMALL, *SMALL.upper(), *"bcdghklmnpqrstvxBCDGHKLMNPQRSTVX0123456789 .,-/()"})), max_size=40)


@given(WORDS)
def test_what_is_written_in_vni_is_read_again(text: str) -> None:
    assert decoded(in_vni(text), Encoding.VNI) == text


@given(st.text(st.sampled_from(sorted({*SMALL, *"abcdeghiklmnopqrstuvxy .,-/()"})), max_size=40))
def test_what_is_written_in_tcvn3_is_read_again(text: str) -> None:
    assert decoded(in_tcvn3(text), Encoding.TCVN3) == text
    assert decoded(in_tcvn3(text), Encoding.TCVN3_CAPITALS) == text.upper()


@pytest.mark.parametrize(("text", "found"), [
    ("Quy trình này áp dụng cho mọi bộ phận tiếp nhận và trả kết quả của Ủy ban nhân dân phường, kể cả công chức tư pháp", None),
    ("déjà vu où été élève français garçon hôtel forêt même très là être naïve après élève été", None),
    ("ngắn quá", None),
])
def test_a_text_that_is_what_it_shows_is_left_alone(text: str, found: Encoding | None) -> None:
    assert likely_encoding(text) is found


def test_vni_letters_are_written_with_those_of_windows() -> None:
    assert not re.search(r"[^\x20-\xff]", "".join(VNI.values()))
