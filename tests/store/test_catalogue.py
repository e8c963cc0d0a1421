from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from qmsctl.store import catalogue


@pytest.fixture
def build_catalog() -> ModuleType:
    path = Path(__file__).parents[2] / "build_catalog.py"
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
