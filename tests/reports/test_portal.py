"""The portal: what everybody reads, and what nobody reads there."""

from __future__ import annotations

import re
import shutil
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from qmsctl.core.library import Library
from qmsctl.core.text.characters import in_ascii
from qmsctl.reports.portal.page import Page, Portal
from qmsctl.reports.portal.public import public_portal
from qmsctl.reports.portal.staff import staff_portal
from qmsctl.store.portal import folder as folder_module
from qmsctl.store.portal import pages as pages_module
from qmsctl.store.portal.folder import Folder
from qmsctl.store.portal.listing import are_addresses, read_listing
from qmsctl.store.portal.pages import Keys, Made, html_of, made
from qmsctl.store.shipped.resources import templates_root
from tests.office import office
from tests.reports.portal_office import INSIDE, TRAPS, portal_office
from tests.reports.small_office import options

SHOWN = {"QT-07", "BM-07.02"}
WORDS = 8


@cache
def site(lang: str = "vi", *, public: bool = True) -> Portal:
    return (public_portal if public else staff_portal)(portal_office(), options(lang=lang))


@cache
def pages(lang: str = "vi", *, public: bool = True) -> dict[str, str]:
    found = site(lang, public=public)
    return {page.address: html_of(page, found).decode() for page in found.pages}


def text(html: str) -> str:
    """What is in a page besides its style and script, with the words of its data and attributes."""
    bare = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", bare) + " ".join(re.findall(r'="([^"]*)"', bare))).split())


def told(portal: Portal, html: dict[str, str], library: Library) -> list[str]:
    """What of the office stands on a page, and should not."""
    shown = {name for name in library.by_id if f"pages/{name}.html" in html}
    ids = [name for name in {*library.by_id, *library.dossiers} - shown if any(map(str.isdigit, name))]
    names = [word for person in library.people.all for word in (person.name, *person.emails)]
    denied = [each.casefold() for each in (*ids, *library.files, *names)]
    whole = "\n".join(f"{address} {text(page)}" for address, page in html.items()).casefold()
    return [each for each in denied if each in whole and re.search(rf"(?<![\w.-]){re.escape(each)}(?![\w-]|\.\w)", whole)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_that_is_for_the_office_alone_is_on_a_page_for_everybody(lang: str) -> None:
    html = pages(lang)
    assert {address for address in html if address.startswith("pages/")} == {f"pages/{name}.html" for name in SHOWN}
    assert [address for address, page in html.items() if INSIDE in page.casefold()] == []
    assert told(site(lang), html, portal_office()) == []


def test_the_page_of_a_service_says_what_somebody_has_to_know() -> None:
    page = text(pages()["pages/QT-07.html"])
    for words in (
        "2.000635", "Hộ tịch", "Quyết định 2228/QĐ-BTP", "20/05/2026", "Nội dung chính thức: Cổng Dịch vụ công quốc gia", "Thành phần hồ sơ", "01 bộ.",
        "8.000 đồng", "Tờ khai BM-07.02", "Các bước ông/bà cần thực hiện", "Biểu mẫu", "3 ngày",
    ):
        assert words in page
    assert 'href="../pages/BM-07.02.html' in pages()["pages/QT-07.html"]


@pytest.mark.parametrize(("old", "new", "told"), [
    ("", "", ""), ("announced: Quyết định 2228/QĐ-BTP\n", "", "QT-07"), ("classification: public", "classification: internal", "nothing is for everybody yet"),
], ids=["all said", "no decision", "nothing public"])
def test_the_office_hears_of_pages_that_lack_what_leads_to_the_official_text(old: str, new: str, told: str) -> None:
    library = office(TRAPS.replace(old, new)) if old else portal_office()
    notes = [str(message) for message, _mend in public_portal(library, options(lang="en")).notes]
    assert len(notes) == bool(told)
    assert told in "".join(notes)


def test_what_is_not_shown_has_its_title_in_place_of_its_id() -> None:
    page = text(pages()["pages/QT-07.html"])
    assert "không phải Phiếu kiểm soát nội bộ hay Phiếu kiểm soát nội bộ, hay Phiếu kiểm soát nội bộ, hay Sổ tay chất lượng theo … của …" in page
    assert "xem Sổ tay chất lượng theo … của … và quy định" in page


DISGUISED = (
    "NC-2026\u200b-001", "N\u200dC-2026-001", "NC-2026&shy;-001", "NC-2026&#8203;-001", "NC-2026\ufe0f-001", r"NC\u002d2026-001", "NC%2D2026%2D001", "NC_2026_001", "NC-~~2026~~-001",
    "![NC-2026-001](x.png)", "`NC-2026-001`", "    NC-2026-001", "x <!-- NC-2026-001 -->", '[x](https://example.org "NC-2026-001")', "[x](https://example.org/%4E%43-2026-001)", "x[^1]\n\n[^1]: NC-2026-001",
    "[x](#NC-2026-001)", "[x](../forms/BM-07.02.md#do-van-minh)", "<svg><text>NC-2026-001</text></svg>", "records%2Fnonconformities%2FNC-2026-001.md", "hoa%40tan-an.example", "hoa@\u200btan-an.example",
    "Đỗ Văn Minh", "Do Van Minh", "ĐỖ&nbsp;VĂN MINH", "Đỗ Văn<br>Minh",
    "NC/2026/001", "NC.2026.001", "NC∕2026∕001", "số NC/2026/001/BC", "\u039dC-2026-001", "N\u0421-2026-001", "N\u0421/2026/001", "\u00d0ỗ Văn Minh", "Đỗ V\u0430\u0306n Minh", "ho\u0430@tan-an.example",
    "NC 2026 001", "số NC  2026\u00a0001", "nc 2026-001", "NC – 2026 – 001", "NC-2O26-OO1", "NC-2026-0Ol", "NC 2O26 00I", "NC\u20112026\u2011001",
    "NC-26-001", "NC 26 1", "NC26001", "001/2026/NC", "1-2026-NC", "NC2026001", "NC-2026001", "NC2O26-OO1", "NC-2026-<b>001</b>", "NC*2026*001", "NC-2026\u30fc001", "Ⓝ\u24b8-2026-001", "N\u0336C-2\u03360\u033626-001", "NC-2026-0\ufe0f\u20e30\ufe0f\u20e31\ufe0f\u20e3",
    "do_van_minh", "DoVanMinh", "Minh Do Van",
)


def test_what_is_withheld_is_known_however_it_is_written() -> None:
    found = public_portal(office(TRAPS.replace("01 bộ.", "\n\n".join(DISGUISED))), options(lang="vi"))
    page = html_of(found.by_address["pages/QT-07.html"], found).decode()
    bare = re.sub(r"<style>.*?</style>|<[^>]*>", "", page, flags=re.DOTALL) + "".join(re.findall(r'="([^"]*)"', page))
    said = re.sub(r"u(?:200[bd]|002d)|[^a-z0-9]", "", in_ascii(re.sub("%(?:2D|40)|\xad|\ufe0f", "", bare)).casefold())
    said = re.sub(r"(?<=nc)2[0o]26[0o][0o][1il]", "2026001", said)
    assert re.findall(r"2026001|nc26|2026nc|[ao]?vn?a?n?minh|minhdovan|hoa?tanan|4e432026", said) == []


@pytest.mark.parametrize("name", ["NC-2026-001", "NC-2026-1", "NC\xad-2026-001", "NC2026001", "Do Van Minh"])
def test_what_is_withheld_is_nowhere_on_a_page_that_carries_it(name: str) -> None:
    places = {
        "title: Cấp bản sao": "title: 'Cấp bản sao {}'", "field: Hộ tịch": "field: 'Hộ tịch {}'", "announced: Quyết định 2228/QĐ-BTP": "announced: 'QĐ {}'", "Thông tư 03/2025/TT-VPCP": "{}",
        "item: Nộp tại quầy": "item: '{}'", "papers: [Tờ khai BM-07.02,": "papers: ['{}',", "title: Tờ khai <b>yêu cầu</b>": "title: 'Tờ khai {}'", "### Số lượng": "### Số lượng {}", "# Tờ khai yêu cầu": "# {}",
        "#to-khai-yeu-cau": "#{}", "https://example.org/x": "https://example.org/{}",
    }
    source = TRAPS
    for old, new in places.items():
        assert old in source
        source = source.replace(old, new.format(name.replace(" ", "-") if "#{}" in new or "://" in new else name))
    found = public_portal(office(source), options(lang="vi"))
    html = {page.address: html_of(page, found).decode() for page in found.pages}
    assert {"pages/QT-07.html", "pages/BM-07.02.html"} <= {*html}
    said = re.sub(r"[^a-z0-9]", "", in_ascii(" ".join(map(text, html.values()))).casefold())
    assert re.findall("nc20260*1|dovanminh", said) == []


def test_on_paper_the_public_reads_what_counts_and_the_staff_what_is_no_controlled_copy() -> None:
    def feet(*, public: bool) -> set[str]:
        return {str(found[0]) for page in site(public=public).pages if (found := dict(getattr(page.parts(), "margins", ())).get("foot-left"))}

    assert feet(public=True) == {"What counts is the text in force at the office."}
    assert "Uncontrolled copy when printed" in feet(public=False)


def test_a_form_names_the_circular_it_was_issued_with() -> None:
    assert "Mẫu 01, Thông tư 03/2025/TT-VPCP" in text(pages()["pages/BM-07.02.html"])


def test_of_complaints_under_the_law_staff_learn_only_how_many_there_are() -> None:
    html = pages(public=False)
    assert not any("PA-2026-001" in page or f"Khiếu nại {INSIDE}" in page for page in html.values())
    assert "chuyển giải quyết theo luật): 1; chỉ nêu số lượng" in text(html["records.html"])


@pytest.mark.parametrize("public", [True, False])
def test_no_page_leaves_out_a_level_of_headings(public: bool) -> None:
    for address, page in pages(public=public).items():
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert levels[0] == 1, address
        assert [(before, after) for before, after in pairwise(levels) if after > before + 1] == [], address


@pytest.mark.parametrize("public", [True, False])
def test_every_link_leads_to_a_page_and_every_page_has_its_policy(public: bool) -> None:
    html = pages(public=public)
    for address, page in html.items():
        assert page.count("Content-Security-Policy") == 1
        assert page.count('<link rel="icon" href="data:,">\n') == 1, "else a browser asks the site for /favicon.ico"
        assert "default-src &#39;none&#39;" in page
        for href in re.findall(r'href="([^"#:]+)[^":]*"', page):
            parts = [*address.split("/")[:-1], *href.split("/")]
            while ".." in parts:
                place = parts.index("..")
                del parts[max(place - 1, 0) : place + 1]
            assert "/".join(parts) in html, f"{address} → {href}"


def test_staff_find_drafts_beside_what_is_in_force() -> None:
    html = pages(public=False)
    assert "documents/QT-08.html" in html
    assert INSIDE in html["documents/QT-08.html"]
    assert "QT-08" in text(html["drafts.html"])
    assert "QT-08" not in text(html["index.html"])


def test_the_same_office_has_the_same_bytes_and_keys() -> None:
    for public in (True, False):
        found = (public_portal if public else staff_portal)(portal_office(), options(lang="vi"))
        assert {page.address: html_of(page, found).decode() for page in found.pages} == pages(public=public)
        assert keys(found) == keys(site(public=public))


def keys(found: Portal) -> dict[str, str]:
    of = Keys(found).of
    return {page.address: of(page) for page in found.pages}


def test_a_page_is_another_one_only_where_what_it_is_made_from_is() -> None:
    other = staff_portal(office(TRAPS.replace("Cẩm nang", "Sách")), options(lang="vi"))
    html = {page.address: html_of(page, other).decode() for page in other.pages}
    same = pages(public=False)
    changed = {address for address, key in keys(other).items() if keys(site(public=False)).get(address) != key}
    assert changed >= {address for address in html if html[address] != same[address]}
    assert "documents/SO-01.html" in changed
    assert not changed & {"documents/QT-07.html", "documents/STCL.html", "records/NC-2026-001.html", "earlier.html"}


CHANGES = (
    ("title: Phiếu kiểm soát nội bộ", "title: Phiếu theo dõi"), ("title: Cấp bản sao", "title: Cấp trích lục"), ("Today: 2026-06-01", "Today: 2026-07-20"),
    ("classification: statutory", "classification: other"), ("title: Sổ tay chất lượng", "title: Quyển sổ"), ("id: STCL\n", "id: STCL\nunit: mot-cua\n"),
    ("binh director 2026-01-12", "hung deputy-director 2026-01-12"), ("Đỗ **Văn Minh**", "Đỗ Văn Minh"), ("", ""), ("id: NC-2026-001\n", "id: NC-2026-002\n"), ("01 bộ.", "01 bộ, theo CA-2026-009."),
    ("01 bộ.", "01 bộ, theo CA-2026-009."), ("label: {en: Guide, vi: Sổ tay", "label: {en: Guide, vi: Cẩm nang"), ("revision: 1\nanswers", "revision: 1\nx-answers"), ("id: BM-07.02\n", "id: CON\n"), ("../manual/STCL.md", "../manual/CON.md"), ("- Họ và tên: ……", "- Họ, tên"),
)
"""What becomes of the office, each time as it was at first; the same twice begins an action that a page names already."""


@pytest.mark.parametrize("public", [True, False])
def test_a_build_after_any_change_is_the_same_as_one_from_nothing(public: bool, tmp_path: Path) -> None:
    make, seen, rendered = public_portal if public else staff_portal, set(), 0
    for number, (was, now) in enumerate((*CHANGES, ("", ""))):
        text_of = f"{TRAPS.replace(was, now)}{BEGUN if not was else ACTION if (was, now) in seen else ''}"
        seen.add((was, now))
        portal = make(office(text_of), options(lang="en" if number == len(CHANGES) else "vi"))
        built = Folder(tmp_path, portal).write(lambda done, whole: None)
        whole = {page.address: made(page, portal) for page in portal.pages}
        assert {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.html")} == {address: page.data for address, page in whole.items()}, now
        key = Keys(portal)
        listing = read_listing(tmp_path)
        assert listing is not None
        assert {address: each.key for address, each in listing.files.items()} == {page.address: key.cut(key.of(page)) if whole[page.address].cut else key.of(page) for page in portal.pages}, now
        rendered += built.written if 0 < number < len(CHANGES) else 0
    assert rendered < len(CHANGES) * len(whole) / 2


def test_what_lays_pages_out_is_part_of_their_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(templates_root() / "reports", tmp_path / "reports")
    (tmp_path / "vi/LC_MESSAGES").mkdir(parents=True)
    monkeypatch.setattr(pages_module, "templates_root", lambda: tmp_path)
    monkeypatch.setattr(pages_module, "LOCALE", tmp_path)
    found = set()
    for name in ("reports/portal-bar.css", "reports/parts.html.j2", "reports/portal-search.js", "vi/LC_MESSAGES/qmsctl.mo"):
        (tmp_path / name).write_bytes(b"other")
        found.add(pages_module._program.__wrapped__())
    assert len(found) == 4


def test_a_record_more_has_no_page_for_everybody_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Folder(tmp_path, site()).write(lambda done, whole: None)
    again: list[str] = []

    def told_of(page: Page, portal: Portal) -> Made:
        again.append(page.address)
        return made(page, portal)

    monkeypatch.setattr(folder_module, "made", told_of)
    Folder(tmp_path, public_portal(office(TRAPS + ACTION), options(lang="vi"))).write(lambda done, whole: None)
    assert again == ["pages/QT-07.html"], "the page of which something is taken out"


ACTION = """
```md records/actions/CA-2026-009.md
---
id: CA-2026-009
type: action
title: Khắc phục
status: planned
owner: minh
---
x
```
"""

BEGUN = """
```md documents/forms/BM-07.01.md
---
id: BM-07.01
type: form
title: Phiếu kiểm soát mới
revision: 2
owner: hoa
parent: QT-07
---
Mới.
```
"""


def test_a_day_later_only_the_first_page_says_so() -> None:
    later = staff_portal(office(TRAPS.replace("Today: 2026-06-01", "Today: 2026-06-02")), options(lang="vi"))
    assert {address for address, key in keys(later).items() if keys(site(public=False)).get(address) != key} == {"index.html"}


HOSTILE = """
```md documents/procedures/QT-01.md
---
id: QT-01
type: procedure
title: "A <script>alert(1)</script> \\"&<>"
revision: 1
owner: minh
classification: public
field: "../../x <b>"
announced: "\\"><img src=x onerror=alert(1)>"
keywords: ["</script><b>"]
---
# X

## Thành phần hồ sơ

<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](//evil.example/x) {{7*7}} </script> [c](../../../etc/passwd)
```
```dossier QT-01
author minh 2026-01-10T08:00:00+07:00
review lan qmr 2026-01-11T08:00:00+07:00
approve binh director 2026-01-12T08:00:00+07:00
```
```md documents/procedures/QT-02.md
---
id: "../../x"
type: procedure
title: No id
revision: 1
owner: minh
field: "../../x  b"
---
# X
```
```md documents/procedures/CON.md
---
id: CON
type: procedure
title: A name of Windows
revision: 1
owner: minh
field: "../../x [b]"
---
# X
```
"""


@pytest.mark.parametrize("public", [True, False])
def test_what_a_hostile_office_writes_is_text_and_leads_nowhere(public: bool) -> None:
    found = (public_portal if public else staff_portal)(office(HOSTILE), options(lang="vi"))
    assert len(found.by_address) == len(found.pages)
    assert are_addresses([*found.by_address])
    assert not any("CON.html" in address.upper().split("/") for address in found.by_address)
    for page in found.pages:
        html = html_of(page, found).decode()
        tags = re.findall(r"<[^>]*>", re.sub(r"<(style|script)\b.*?</\1>|(?<= )data-words=\"[^\"<>]*\"", "", html, flags=re.DOTALL))
        assert [tag for tag in tags if re.search(r"<(script|img)|onerror|javascript:|evil[.]example|passwd", tag)] == []
        assert html.count("<script") == html.count("</script>") == (1 if page.address == "search.html" else 0)
        assert "{{7*7}}" in html or not page.address.endswith("/QT-01.html")
