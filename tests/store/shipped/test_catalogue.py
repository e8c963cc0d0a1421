from __future__ import annotations

import gettext
import importlib.util
import struct
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qmsctl.store.shipped import catalogue


@pytest.fixture
def build_catalog() -> ModuleType:
    path = Path(__file__).parents[3] / "build_catalog.py"
    spec = importlib.util.spec_from_file_location("build_catalog", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def po(msgid: str, msgstr: str) -> str:
    return f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n'


def lay(root: Path, files: dict[str, str]) -> None:
    folder = root / "src/qmsctl/locale/vi"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_several_sources_make_one_catalogue(
    tmp_path: Path, build_catalog: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, {"a.po": po("Approved", "Đã phê duyệt"), "b.po": po("Draft", "Dự thảo")})
    build_catalog.compile_all(tmp_path)
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path / "src/qmsctl/locale")
    catalogue.translator.cache_clear()
    translate = catalogue.translator("vi")
    catalogue.translator.cache_clear()
    assert [translate(word) for word in ("Approved", "Draft", "Other")] == [
        "Đã phê duyệt",
        "Dự thảo",
        "Other",
    ]


def test_sources_that_disagree_are_refused(tmp_path: Path, build_catalog: ModuleType) -> None:
    lay(tmp_path, {"a.po": po("Approved", "Đã phê duyệt"), "b.po": po("Approved", "Đã duyệt")})
    with pytest.raises(ValueError, match="translated differently"):
        build_catalog.compile_all(tmp_path)


@pytest.fixture(scope="module")
def whole() -> gettext.NullTranslations:
    return gettext.translation("qmsctl", catalogue.LOCALE, ["vi"])


def test_a_text_is_found_as_gettext_finds_it(whole: gettext.NullTranslations) -> None:
    known: dict[str, str] = whole._catalog  # type: ignore[attr-defined]
    translate = catalogue.translator("vi")
    assert {text: translate(text) for text in known if text} == {text: whole.gettext(text) for text in known if text}


@given(text=st.text(st.characters(), max_size=40))
@example(text="")
@example(text="\udc80")
@example(text="\x00")
@example(text="\U0010ffff")
def test_what_has_no_translation_stays_as_it_is(text: str, whole: gettext.NullTranslations) -> None:
    assert catalogue.translator("vi")(text) == (whole.gettext(text) if text else "")


@pytest.mark.parametrize("order", "<>")
def test_a_catalogue_of_either_byte_order_is_read(order: str) -> None:
    texts = [(b"", b"Content-Type: text/plain"), (b"a", "á".encode()), (b"b", b"")]
    table, body = b"", b""
    for column in (0, 1):
        for row in texts:
            table += struct.pack(f"{order}2I", len(row[column]), 28 + 16 * len(texts) + len(body))
            body += row[column] + b"\0"
    found = catalogue.Catalogue(struct.pack(f"{order}7I", 0x950412DE, 0, 3, 28, 28 + 8 * len(texts), 0, 0) + table + body)
    assert [found.translation(text) for text in ("a", "c", "")] == ["á", "c", ""]
