"""The drawings of the guide: made from what the pages show and from what a real office answers, in both languages."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from tests.desk import Desk
from tests.drawing import COLUMNS, Network, Window, editor, machines, terminal, windows
from tests.golden import assert_golden
from tests.guide import ROOT, pages, typed

PAGES, TOUR = pages("several-machines"), pages("tour")
PICTURES = ROOT / "docs/pictures"
QT = "documents/procedures/QT-01.md"
NETWORK = {
    "en": Network(
        about="Two machines with the whole system each, and the shared repository between them; qmsctl sync sends and fetches",
        left="Minh's machine", right="Lan's machine", whole="the whole system,\nalso without a network",
        saves="each command saves here\n(commit: always)", shared="the shared place", where="a server, or a folder\nthat all can reach",
        sends="sends", fetches="fetches",
    ),
    "vi": Network(
        about="Hai máy, mỗi máy có trọn hệ thống, ở giữa là kho chung; qmsctl sync gửi đi và nhận về",
        left="máy của Minh", right="máy của Lan", whole="trọn hệ thống,\nkể cả khi không có mạng",
        saves="mỗi lệnh lưu tại đây\n(commit: always)", shared="kho chung", where="máy chủ hoặc thư mục\nmọi người vào được",
        sends="gửi đi", fetches="nhận về",
    ),
}
WORDS = {
    "en": {"tour": "The author's approval is refused, somebody else approves; then what the next revision changes", "practice": "a practice office", "minh": "Minh's machine", "lan": "Lan's machine", "sync": "Lan sends with qmsctl sync, Minh fetches with the same command",
           "conflict": "Two people have changed the same lines: qmsctl sync changes nothing and says what to do",
           "editor": "A procedure in an editor, and below it what qmsctl check says of it", "terminal": "terminal of the editor"},
    "vi": {"tour": "Người soạn thảo không tự phê duyệt được, người khác phê duyệt; sau đó là nội dung lần ban hành sau thay đổi", "practice": "cơ quan tập huấn", "minh": "máy của Minh", "lan": "máy của Lan", "sync": "Lan gửi bằng qmsctl sync, Minh nhận về bằng chính lệnh đó",
           "conflict": "Hai người sửa cùng những dòng: qmsctl sync không thay đổi gì và nói phải làm gì",
           "editor": "Một quy trình trong trình soạn thảo, bên dưới là kết quả của qmsctl check", "terminal": "cửa sổ lệnh của trình soạn thảo"},
}


def exchange(lang: str, first: int, count: int) -> list[Window]:
    """What is typed on the machines, from one sync to another as the page shows it; a machine whose turn it is gets a window."""
    synced = [each for each in typed(PAGES[lang]) if each[1].startswith("qmsctl sync")][first : first + count]
    return [terminal(WORDS[lang][name], f"{name}$ {line}\n{said}") for name, line, said in synced]


def refusal(lang: str) -> tuple[str, str, str]:
    """The sync of the page that finds the same lines changed by two people."""
    return next(each for each in typed(PAGES[lang]) if re.search(r"(error|lỗi): .* HD-01|(error|lỗi): .*HD-01\.md", each[2]))


@pytest.mark.parametrize("lang", PAGES)
def test_the_machines(lang: str) -> None:
    assert_golden(PICTURES / f"machines.{lang}.svg", machines(NETWORK[lang]))


@pytest.mark.parametrize("lang", PAGES)
def test_one_sends_and_the_other_fetches(lang: str) -> None:
    """The third and the fourth sync of the page, which ``test_several_machines`` holds true."""
    assert_golden(PICTURES / f"sync.{lang}.svg", windows(WORDS[lang]["sync"], exchange(lang, 2, 2)))


@pytest.mark.parametrize("lang", PAGES)
def test_the_same_lines(lang: str) -> None:
    name, line, said = refusal(lang)
    assert_golden(PICTURES / f"conflict.{lang}.svg", windows(WORDS[lang]["conflict"], [terminal(WORDS[lang][name], f"{name}$ {line}\n{said}")]))


@pytest.mark.parametrize("lang", PAGES)
def test_the_first_thing_a_reader_sees(lang: str) -> None:
    """What is refused to the author and done by somebody else, as ``test_guide`` holds it true."""
    shown = [each for each in typed(TOUR[lang]) if each[1] in ("qmsctl check documents/policy", "qmsctl approve CSCL", "qmsctl diff CSCL 1..draft")]
    lines = "".join(f"{name}$ {line}\n{said}" for name, line, said in shown)
    assert_golden(PICTURES / f"tour.{lang}.svg", windows(WORDS[lang]["tour"], [terminal(WORDS[lang]["practice"], lines)]))


@pytest.mark.parametrize("lang", PAGES)
def test_a_file_with_its_problems(desk: Desk, lang: str) -> None:
    desk.lang = lang
    desk.edit(QT, "effective: 2026-01-12", "effective: 12/01/2026")
    desk.edit(QT, "owner: unit-head", "owner: unit-haed")
    said = desk.run("check", QT, code=1).out
    wrong = sorted({int(each) for each in re.findall(rf"^{re.escape(QT)}:(\d+):", said, re.MULTILINE)})
    lines = desk.read(QT).splitlines()
    written = editor(QT, lines[: wrong[-1] + 3], 1, wrong)
    assert_golden(PICTURES / f"editor.{lang}.svg", windows(WORDS[lang]["editor"], [written, terminal(WORDS[lang]["terminal"], f"minh$ qmsctl check {QT}\n{said}")]))


@pytest.mark.parametrize("name", [f"{name}.{lang}.svg" for name in ("machines", "sync", "conflict", "editor", "tour") for lang in PAGES])
def test_a_drawing_runs_nothing_and_fetches_nothing(name: str) -> None:
    """A forge shows it as an image; whoever opens it by itself is as safe."""
    text = (PICTURES / name).read_text(encoding="utf-8")
    tags = {each.tag.rpartition("}")[2] for each in ET.fromstring(text).iter()}
    assert tags <= {"svg", "title", "style", "rect", "path", "circle", "ellipse", "text"}
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "").replace("https://qms.tan-an.example", "")
    assert all(len(unescape(line)) <= COLUMNS for line in re.findall(r'class="mono [^>]*>([^<]*)<', text))


@pytest.mark.parametrize("lang", PAGES)
def test_the_pages_show_them(lang: str) -> None:
    shown = {each for page in (PAGES[lang], TOUR[lang]) for each in re.findall(r"!\[[^\]]+\]\(([^)]+\.svg)\)", page.read_text(encoding="utf-8"))}
    up = "../" if lang == "vi" else ""
    assert shown == {f"{up}pictures/{each.name}" for each in PICTURES.glob(f"*.{lang}.svg")}
