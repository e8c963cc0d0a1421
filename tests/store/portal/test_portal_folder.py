"""The folder of a portal: what is the same is not written again, and nothing that is not the portal's is touched."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from qmsctl.errors import Refusal
from qmsctl.reports.portal.page import Kind, Page, Portal
from qmsctl.reports.portal.withheld import Withheld
from qmsctl.store.cache.keeping import Cache
from qmsctl.store.machine import files as files_module
from qmsctl.store.portal import folder as folder_module
from qmsctl.store.portal import lying as lying_module
from qmsctl.store.portal.folder import Folder
from qmsctl.store.portal.listing import NAME
from qmsctl.store.portal.pages import Made
from qmsctl.store.portal.site import Built


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "made", lambda page, _portal: Made(f'<!doctype html><meta name="generator" content="qmsctl 1">{page.parts()}'.encode(), cut=False))


def portal(public: bool = False, **texts: str) -> Portal:
    pages = tuple(Page(f"{name.replace('__', '/')}.html", name, Kind.LIST, (text,), partial(str, text)) for name, text in texts.items())
    return Portal(public, "vi", (), pages, Withheld())


def built(folder: Path, public: bool = False, cache: Cache | None = None, **texts: str) -> Built:
    return Folder(folder, portal(public, **texts), cache).write(lambda done, whole: None)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {NAME}


def test_only_what_changed_is_written_and_what_is_gone_is_taken_away(tmp_path: Path) -> None:
    target = tmp_path / "site"
    assert built(target, index="a", documents__x="b", documents__y="c") == Built(3, 3, 0)
    before = {name: (target / name).stat().st_ino for name in files(target)}
    assert built(target, index="a", documents__x="b", documents__y="c") == Built(3, 0, 0)
    assert built(target, index="a", documents__x="other") == Built(2, 1, 1)
    assert files(target) == {"index.html", "documents/x.html"}
    assert (target / "index.html").stat().st_ino == before["index.html"]
    assert built(target, index="a") == Built(1, 0, 1)
    assert not (target / "documents").exists()


def test_a_page_is_made_again_where_one_it_leads_to_comes_or_goes(tmp_path: Path) -> None:
    def site(*names: str) -> Portal:
        leading = Page("index.html", "", Kind.LIST, (), lambda: f"to {names}", lambda: ["x.html", "y.html"])
        return Portal(False, "vi", (), (leading, *(Page(f"{name}.html", name, Kind.LIST, (), lambda: "") for name in names)), Withheld())

    for names, written in ((("x",), 2), (("x", "z"), 1), (("y", "z"), 2), (("y", "z"), 0), (("z",), 1), ((), 0)):
        assert Folder(tmp_path, site(*names)).write(lambda done, whole: None).written == written, names


def test_two_builds_have_the_same_bytes_in_any_order_of_changes(tmp_path: Path) -> None:
    built(tmp_path / "two", index="z", old="y")
    for name in ("one", "two"):
        built(tmp_path / name, index="a", documents__x="b")
    one, two = ({path: (tmp_path / name / path).read_bytes() for path in (*files(tmp_path / name), NAME)} for name in ("one", "two"))
    assert one == two


def test_what_somebody_changed_is_written_again_and_not_taken_away(tmp_path: Path) -> None:
    built(tmp_path, index="a", x="b")
    (tmp_path / "x.html").write_text("mine")
    assert built(tmp_path, index="a", x="b") == Built(2, 1, 0)
    (tmp_path / "x.html").write_text("mine")
    assert built(tmp_path, index="a") == Built(1, 0, 0, ("x.html",))
    assert (tmp_path / "x.html").read_text() == "mine"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were read to know what lies there."""
    found: list[str] = []
    real = files_module.open_regular

    def opened(path: str, shown: str) -> int:
        found.append(shown)
        return real(path, shown)

    monkeypatch.setattr(files_module, "open_regular", opened)
    return found


def test_a_page_that_lies_as_it_was_is_not_read_again(tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lying_module, "GRANULE", -10**18)
    target, cache = tmp_path / "site", Cache(tmp_path / "cache.sqlite")
    assert built(target, cache=cache, index="a", x="b") == built(tmp_path / "other", index="a", x="b") == Built(2, 2, 0)
    read.clear()
    assert built(target, cache=cache, index="a", x="b") == Built(2, 0, 0)
    assert {*read} <= {str(target / NAME)}
    page = target / "x.html"
    before, text = page.stat(), page.read_text()
    page.write_text(text[:-1] + "c")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert built(target, cache=cache, index="a", x="b") == Built(2, 1, 0)
    assert page.read_text() == text
    assert (target / NAME).read_bytes() == (tmp_path / "other" / NAME).read_bytes()


@pytest.mark.parametrize("kept", [None, b"", b"[1]", b'{"x.html":7}', b"\xff", b"[" * 100_000, "link"])
def test_without_stamps_every_page_is_read(tmp_path: Path, read: list[str], kept: bytes | str | None) -> None:
    target, cache = tmp_path / "site", Cache(tmp_path / "cache.sqlite")
    built(target, cache=cache, index="a", x="b")
    file = cache.beside(target)
    assert not file.exists(), "what was written just now may be written again at the same moment"
    if kept == "link":
        (tmp_path / "elsewhere").write_text("{}")
        file.symlink_to(tmp_path / "elsewhere")
    elif isinstance(kept, bytes):
        file.write_bytes(kept)
    read.clear()
    assert built(target, cache=cache, index="a", x="b") == Built(2, 0, 0)
    assert {*read} >= {"index.html", "x.html"}


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Refusal):
        built(tmp_path, index="a")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_the_portal_for_others_is_not_mixed_with_this_one(tmp_path: Path) -> None:
    built(tmp_path, public=True, index="a")
    with pytest.raises(Refusal):
        built(tmp_path, index="inside", records__x="inside")
    assert files(tmp_path) == {"index.html"}


def test_a_file_in_the_way_that_no_build_wrote_stops_all(tmp_path: Path) -> None:
    built(tmp_path, index="a")
    (tmp_path / "x.html").write_text("mine")
    with pytest.raises(Refusal):
        built(tmp_path, index="b", x="c")
    assert (tmp_path / "index.html").read_text().endswith("a")
    assert (tmp_path / "x.html").read_text() == "mine"


@pytest.mark.parametrize("forged", [
    '{"maker":"qmsctl","public":false,"files":{"../mine.html":["",""]}}', '{"maker":"qmsctl","public":false,"files":{"/etc/x.html":["",""]}}',
    '{"maker":"qmsctl","public":false,"files":{"a/../../mine.html":["",""]}}', '{"maker":"other","public":false,"files":{}}', "[]", "x", '{"files":{"a.html":1}}', "[" * 100_000,
])
def test_a_forged_list_takes_nothing_away(tmp_path: Path, forged: str) -> None:
    target = tmp_path / "site"
    target.mkdir()
    (tmp_path / "mine.html").write_text("mine")
    (target / NAME).write_text(forged)
    with pytest.raises(Refusal):
        built(target, index="a")
    assert (tmp_path / "mine.html").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_no_link_is_followed(tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "x.html").write_text("mine")
    built(target, index="a")
    (target / "documents").symlink_to(elsewhere)
    with pytest.raises(Refusal):
        built(target, index="a", documents__x="b")
    with pytest.raises(Refusal):
        built(target, index="a", documents__new="b")
    assert [path.name for path in elsewhere.iterdir()] == ["x.html"]
    assert (elsewhere / "x.html").read_text() == "mine"


def test_a_build_that_ends_in_the_middle_is_finished_by_the_next(tmp_path: Path) -> None:
    def dies(count: int) -> Callable[[int, int], None]:
        def progress(done: int, _whole: int) -> None:
            if done == count:
                raise KeyboardInterrupt
        return progress

    built(tmp_path, index="a", x="b")
    for count in range(3):
        with pytest.raises(KeyboardInterrupt):
            Folder(tmp_path, portal(index="a2", x=f"b{count}", y="c")).write(dies(count))
    assert json.loads((tmp_path / NAME).read_text())["maker"] == "qmsctl"
    built(tmp_path, index="a2", x="b9")
    assert files(tmp_path) == {"index.html", "x.html"}
    built(tmp_path, index="a2", x="b9", y="c")
    assert {path: (tmp_path / path).read_text()[-2:] for path in files(tmp_path)} == {"index.html": "a2", "x.html": "b9", "y.html": ">c"}


@pytest.mark.parametrize("refused", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_disk_that_takes_nothing_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: BaseException) -> None:
    def full(path: Path, _data: bytes, *, synced: bool) -> None:
        path.write_bytes(b"")
        raise refused

    (tmp_path / "mine").mkdir()
    monkeypatch.setattr(files_module, "write_new", full)
    for name in ("a/b/site", "mine"):
        with pytest.raises((Refusal, KeyboardInterrupt)):
            built(tmp_path / name, index="a")
    assert [path.name for path in tmp_path.rglob("*")] == ["mine"]
