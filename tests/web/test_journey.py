"""The day of a head of office and of an official, in Chromium: nothing typed but answers, nothing run but the browser."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qmsctl.web import server
from qmsctl.web.house import House
from tests.desk import Desk, Once, procedure
from tests.reports.browser import CHROMIUM, Browser
from tests.web.conftest import CLOCK

pytestmark = [pytest.mark.process, pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")]

WIDTHS = (1280, 390)

_LEFT_OUT = """
[...document.querySelectorAll("body *")].filter(each => {
  const box = each.getBoundingClientRect();
  return !each.closest(".skip, pre, article") && box.width && box.right > document.documentElement.clientWidth + 1;
}).map(each => each.tagName + "." + each.className)
"""
_NAMELESS = """
[...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(each => !each.labels.length).map(each => each.name)
"""


class Sitting:
    """Somebody before the browser: opens addresses, fills in, presses buttons. Every page that is seen fits a phone and a desk, and names its inputs."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address.rstrip("/")

    def at(self, path: str) -> None:
        self._browser.visit(f"{self._address}{path}", WIDTHS[0])
        self._look()

    def press(self, words: str) -> None:
        """Follow the link or press the button that says this."""
        found = f"[...document.querySelectorAll('main a, main button')].find(each => each.textContent.trim() === {json.dumps(words)})"
        assert self._browser.evaluate(f"!!{found}"), f"no “{words}” in:\n{self.text}"
        self._browser.after(f"{found}.click()")
        self._look()

    def fill(self, **given: str) -> None:
        for name, value in given.items():
            self._browser.evaluate(f"document.querySelector('main [name$={json.dumps('.' + name)}]').value = {json.dumps(value)}")

    def choose_file(self, path: Path) -> None:
        root = self._browser.call("DOM.getDocument")["root"]["nodeId"]
        found = self._browser.call("DOM.querySelector", nodeId=root, selector="main input[type=file]")["nodeId"]
        self._browser.call("DOM.setFileInputFiles", nodeId=found, files=[str(path)])

    def vow(self) -> None:
        self._browser.evaluate("document.querySelector('[name=vow]').click()")

    @property
    def text(self) -> str:
        said: str = self._browser.evaluate("document.body.innerText")
        return said

    def _look(self) -> None:
        for width in WIDTHS:
            self._browser.resize(width)
            assert self._browser.evaluate("document.documentElement.scrollWidth") == width, self.text
            assert self._browser.evaluate(_LEFT_OUT) == []
        assert self._browser.evaluate(_NAMELESS) == []
        assert self._browser.evaluate("document.querySelectorAll('h1').length") == 1
        assert self._browser.complaints() == [], self.text


@contextmanager
def sitting(browser: Browser, desk: Desk, person: str, language: str) -> Iterator[Sitting]:
    """The page of an office in the browser, opened by the file that leads to it."""
    desk.sit(person)
    told: dict[str, Any] = {}
    ready = threading.Event()

    def opened(address: str, file: str) -> None:
        told.update(address=address, file=file)
        ready.set()

    stop = threading.Event()
    house = House(desk.root, lambda: CLOCK, language, date.fromisoformat(desk.today))
    thread = threading.Thread(target=server.serve, args=(house, server.listening(0), 600.0, opened, stop.is_set))
    thread.start()
    try:
        assert ready.wait(20)
        browser.visit(Path(told["file"]).as_uri(), WIDTHS[0], until=told["address"])
        assert not Path(told["file"]).exists(), "the file goes once it was used"
        yield Sitting(browser, told["address"])
    finally:
        stop.set()
        thread.join()


@pytest.fixture
def busy(office: Desk, once: Once) -> Desk:
    """An office in which things wait for its head, and for the official minh."""
    return once(office, _make_busy)


def _make_busy(desk: Desk) -> None:
    desk.sit("minh")
    desk.today = "2026-06-01"
    for number in (2, 3, 4, 5):
        desk.write(f"documents/procedures/QT-0{number}.md", procedure(f"QT-0{number}", f"Quy trình {number}", "2026-07-01"))
    desk.run("submit", "QT-02", "QT-03", "QT-04", "QT-05", by="minh")
    desk.run("review", "QT-02", "QT-03", "QT-04", "QT-05", by="lan")
    for title in ("Ba hồ sơ trả quá hẹn", "Thiếu máy quét"):
        desk.run("nc", "log", title, "--severity", "minor", "--requirement", "QT-01", "--description", "Đã thấy", "--set", "owner=hoa", by="minh")
    desk.run("escalate", "NC-2026-002", "--to", "director", "--reason", "Cần mua thêm một máy", by="minh")
    desk.fill_in("records/nonconformities/NC-2026-001.md", "records/nonconformities/NC-2026-002.md")
    desk.run("advance", "NC-2026-001", "confirmed", by="hoa")
    desk.run("advance", "NC-2026-001", "contained", "--set", "correction=Gửi thư xin lỗi")
    cause = ("--set", "cause=Thiếu người", "--set", "cause_method=direct", "--set", "cause_category=people")
    desk.run("advance", "NC-2026-001", "analysed", *cause)
    desk.run("advance", "NC-2026-001", "planned", "--set", "no_action_reason=Đã bố trí người thay")
    desk.run("advance", "NC-2026-001", "in-progress")
    desk.run("advance", "NC-2026-001", "verifying")
    desk.run("new", "self-check", "--of", "QT-01", by="minh")
    desk.commit("busy")
    desk.today = "2026-07-15"


WORDS = {
    "vi": {
        "approve": "Phê duyệt", "show": "Xem nội dung sẽ ghi", "return": "Trả lại người soạn thảo", "answer": "Trả lời nội dung đã báo cáo lên tôi",
        "close": "Chuyển sang “đã đóng”",
    },
    "en": {"show": "Show what will be written", "begin": "Log a nonconformity", "evidence": "Add evidence", "fill": "Fill in the table “Lines”", "do": "Fill in"},
}


def test_the_day_of_a_head_of_office(browser: Browser, busy: Desk) -> None:
    say = WORDS["vi"]
    with sitting(browser, busy, "binh", "vi") as page:
        assert "Trần Thị Bình" in page.text
        for subject in ("QT-02", "QT-03", "QT-04"):
            page.at(f"/item/{subject}")
            page.press(say["approve"])
            page.press(say["show"])
            assert "Chủ tịch" in page.text
            page.vow()
            page.press(say["approve"])
            assert "15/07/2026" in page.text or "2026-07-15" in page.text
        page.at("/item/QT-05")
        page.press(say["return"])
        page.fill(comment="Bước B2 chưa rõ người làm")
        page.press(say["show"])
        page.press(say["return"])
        page.at("/item/NC-2026-002")
        page.press(say["answer"])
        page.fill(answered="Giao Văn phòng mua trong tháng 7")
        page.press(say["show"])
        page.press(say["answer"])
        page.at("/item/NC-2026-001")
        page.press(say["close"])
        page.fill(effective="yes", effect_evidence="Không tái diễn", verifier="binh", verified="2026-07-15")
        page.press(say["show"])
        page.vow()
        page.press(say["close"])
    said = busy.git("log", "-6", "--format=%an: %s")
    assert said.count("Trần Thị Bình: ") == 6
    assert [busy.row(each)["status"] for each in ("QT-02", "QT-03", "QT-04", "NC-2026-001")] == ["effective"] * 3 + ["closed"]
    assert busy.row("QT-05")["draft_status"] == "returned"
    assert busy.errors() == []


def test_the_day_of_an_official(browser: Browser, busy: Desk, tmp_path: Path) -> None:
    say = WORDS["en"]
    photo = tmp_path / "ảnh một cửa.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with sitting(browser, busy, "minh", "en") as page:
        page.at("/begin")
        page.press(say["begin"])
        page.fill(title="Phiếu hẹn thiếu ngày trả", description="Ba phiếu ngày 14/7\nở quầy số 2", requirement="QT-01", evidence="Phiếu 101, 102, 103")
        page.press(say["show"])
        page.press(say["begin"])
        page.at("/item/NC-2026-003")
        page.press(say["evidence"])
        page.choose_file(photo)
        page.press(say["show"])
        page.press(say["evidence"])
        page.at("/item/TKT-2026-001")
        page.press(say["fill"])
        page.fill(**{"1.result": "yes", "2.result": "yes"})
        page.press(say["show"])
        page.press(say["do"])
    assert (busy.root / "attachments/NC-2026-003/ảnh một cửa.png").read_bytes() == photo.read_bytes()
    assert busy.read("records/nonconformities/NC-2026-003.md").count("Phiếu 101, 102, 103") == 1
    assert busy.read(busy.path_of("TKT-2026-001")).count("result: yes") == 2
    assert busy.git("log", "-3", "--format=%an").split("\n")[:3] == ["Đỗ Văn Minh"] * 3
    assert busy.errors() == []
