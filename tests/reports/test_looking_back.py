"""The reports that look back: what a revision changed, what changed in a period, who has read what."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from qmsctl.core.comparison.revision_pair import revision_pair
from qmsctl.core.comparison.word_changes import DELETED, INSERTED, SAME
from qmsctl.core.library import Library
from qmsctl.errors import Refusal
from qmsctl.reports import build
from qmsctl.reports.changes import Changes
from qmsctl.reports.options import ReportOptions
from qmsctl.reports.parts.difference import Difference, difference
from qmsctl.reports.parts.readership import reading
from qmsctl.store.pages.report_page import render_report
from tests.office import office
from tests.reports.small_office import checked, options
from tests.reports.test_pages import parsed

PATH = "documents/procedures/QT-07.md"
SIGNED = """\
```dossier QT-07
author minh 2026-0{0}-05T08:00:00+07:00
review lan qmr 2026-0{0}-06T08:00:00+07:00
approve binh director 2026-0{0}-07T08:00:00+07:00{1}
```
"""
OLD = """\
## 1. Mục đích

Trả kết quả đúng hẹn cho
người dân.

Đoạn này bị bỏ.

```steps
- {no: B1, task: Tiếp nhận, responsible: clerk, time: 1h, outputs: [Giấy hẹn]}
- {no: B2, task: Ký, responsible: director, time: 4h, outputs: [Bản sao]}
```
"""
NEW = """\
## 1. Mục đích

Trả kết quả đúng giờ hẹn
cho người dân.

```steps
- {no: B1, task: Tiếp nhận, responsible: clerk, time: 1h, outputs: [Giấy hẹn, Phiếu]}
- {no: B2, task: Đối chiếu, responsible: clerk, time: 1h, outputs: [Dự thảo]}
- {no: B3, task: Ký, responsible: director, time: 2h, outputs: [Bản sao]}
```

## 7. Hồ sơ lưu

Một **đoạn** mới.
"""


def file(revision: int, body: str, extra: str = "", title: str = "Cấp bản sao") -> str:
    fence = body.replace("```", "~~~")
    return f"```md {PATH}\n---\nid: QT-07\ntype: procedure\ntitle: {title}\nrevision: {revision}\nowner: minh\n{extra}---\n{fence}```\n"


def story(old: str = OLD, new: str = NEW, before: str = "", after: str = "change: Thêm bước đối chiếu\n", title: str = "Cấp bản sao") -> Library:
    return office(file(1, old, before) + SIGNED.format(1, "") + file(2, new, after, title) + SIGNED.format(3, ""))


def told(library: Library) -> Difference:
    return difference(library, *revision_pair(library, "QT-07", "1..2"))


def redline(library: Library, span: str = "1..2", lang: str = "en") -> str:
    given = options(lang=lang, subject="QT-07", span=span)
    return render_report("redline", build("redline", library, checked(library), given), lang)


def words(text: str) -> str:
    """A page without its tags but those that mark words."""
    return re.sub(r"\s+", " ", re.sub(r"<(?!/?(?:ins|del)\b)[^>]*>", " ", text))


# -- what differs ------------------------------------------------------------------------------------


def test_fields_are_compared_by_what_they_say() -> None:
    found = told(story(before="time_limit: 5d\nlegal_basis: [TLBN-01, TLBN-02]\n", after="change: x\ntime_limit: 3d\nlegal_basis: [TLBN-02]\nunit: ho-tich\n"))
    fields = {each.name: [(part.kind, str(part.text)) for part in each.parts] for each in found.fields}
    assert fields == {
        "time_limit": [(DELETED, "5 working days"), (INSERTED, "3 working days")],
        "legal_basis": [(DELETED, "TLBN-01"), (SAME, "TLBN-02")],
        "unit": [(INSERTED, "Bộ phận Hộ tịch")],
    }
    assert [(each.name, each.old, each.new) for each in found.fields][1] == ("legal_basis", "[TLBN-01, TLBN-02]", "[TLBN-02]")


def test_a_value_that_reads_the_same_is_told_as_written() -> None:
    found = told(story(before="unit: Bộ phận Hộ tịch\n", after="change: x\nunit: ho-tich\n"))
    assert [part.kind for part in found.fields[0].parts] == [DELETED, INSERTED]


def test_passages_rows_and_words() -> None:
    found = told(story())
    kinds = [(part.kind, bool(part.text), bool(part.words), bool(part.table)) for part in found.parts]
    assert kinds == [
        (SAME, True, False, False), ("changed", False, True, False), (DELETED, True, False, False),
        ("changed", False, False, True), (INSERTED, True, False, False),
    ]
    assert "".join(f"{{+{w.text}+}}" if w.kind == INSERTED else w.text for w in found.parts[1].words) == "Trả kết quả đúng {+giờ +}hẹn cho người dân."
    table = found.parts[3].table
    assert table
    assert [(row.kind, row.cells[0].new) for row in table.rows] == [("changed", "B1"), (INSERTED, "B2"), ("changed", "B3")]
    assert [cell.name for cell in table.rows[2].cells if cell.old != cell.new] == ["no", "time"]


def test_a_paragraph_that_was_only_broken_otherwise_is_told_with_its_line_ends() -> None:
    found = told(story(old="Một hai\nba bốn.\n", new="Một hai ba\nbốn.\n"))
    assert [(w.kind, w.text) for w in found.parts[0].words if w.kind != SAME] != []
    assert not told(story(old="Như cũ.\n", new="Như cũ.\n")).fields
    assert told(story(old="Như cũ.\n", new="Như cũ.\n")).is_none


def test_a_block_that_says_the_same_in_another_layout_is_told_as_written() -> None:
    found = told(story(old=OLD, new=OLD.replace("time: 1h,", "time:  1h ,")))
    assert [part.kind for part in found.parts if part.kind != SAME] == ["changed"]
    assert all(part.table is None for part in found.parts)


# -- the redline page --------------------------------------------------------------------------------


def test_every_word_of_both_texts_is_in_the_page_and_marked() -> None:
    text = words(redline(story()))
    assert "đúng <ins>giờ </ins>hẹn" in text
    assert re.search(r"<del[^>]*>\s*Đoạn này bị bỏ\.\s*</del>", text)
    assert re.search(r"<ins[^>]*>.*Hồ sơ lưu.*Một đoạn mới\..*</ins>", text)
    assert "<del>4 hours</del>" in text
    assert "<ins>2 hours</ins>" in text
    assert "Thêm bước đối chiếu" in text
    for name in ("Đỗ Văn Minh", "Nguyễn Thị Lan", "Trần Thị Bình"):
        assert name in text


def test_links_read_as_what_they_are_called() -> None:
    link = "[Kiểm soát tài liệu](../procedures/QT-07.md)"
    page = redline(story(old=f"Theo {link}.\n\nGiữ {link}.\n", new=f"Làm theo {link}.\n\nGiữ {link}.\n"))
    assert "theo</ins> Kiểm soát tài liệu." in page.replace(" </ins>", "</ins> ")
    assert "Giữ Kiểm soát tài liệu (QT-07)." in page
    assert "../procedures" not in page


def test_who_reads_black_and_white_print_sees_it_by_shape() -> None:
    style = re.search(r"<style>(.*?)</style>", redline(story()), re.DOTALL)
    assert style
    for shape in ("ins { ", "text-decoration: underline", "text-decoration: line-through", ".came { border-left: .3rem solid", ".went { border-left: .3rem dashed"):
        assert shape in style[1]


HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![x](http://evil.example/x.png) </ins></div> {{7*7}}"


def test_hostile_text_is_only_text() -> None:
    page = redline(story(old=f"Một đoạn {HOSTILE}\n\nHai\n", new=f"Một đoạn mới {HOSTILE}\n\n{HOSTILE} thêm\n"))
    found = parsed(page)
    assert found.open == []
    assert not {"script", "img", "iframe"} & set(found.tags)
    assert {address for address in found.values("href") if not address.startswith("#")} <= {"http://evil.example/x.png"}
    assert "{{7*7}}" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_long_text_is_compared() -> None:
    old = "một hai ba bốn năm sáu\n\n" * 1_500
    found = told(story(old=old, new=old.replace("bốn", "bảy", 700) + HOSTILE + "\n"))
    assert sum(part.kind != SAME for part in found.parts) >= 1


def test_no_such_revision() -> None:
    with pytest.raises(Refusal, match="no revision 7"):
        redline(story(), "1..7")


# -- changes of a period -----------------------------------------------------------------------------

FORM = "```md documents/forms/BM-01.md\n---\nid: BM-01\ntype: form\ntitle: Giấy hẹn\nrevision: 1\nowner: hoa\n---\n```\n"
WITHDRAWN = """\
```dossier BM-01
author hoa 2026-01-04T08:00:00+07:00
approve binh director 2026-01-05T08:00:00+07:00
withdraw binh director 2026-04-01T08:00:00+07:00 effective=2026-04-10
```
"""
RECORD = """\
```md records/nonconformities/NC-2026-00{0}.md
---
id: NC-2026-00{0}
type: nonconformity
title: x
status: {1}
raised: {2}
owner: minh
---
```
"""
YEAR = (
    file(1, "Một\n") + SIGNED.format(1, "") + file(2, "Hai\n", "change: Sửa\nanswers: [NC-2026-001]\n") + SIGNED.format(3, "")
    + file(3, "Ba\n", "change: Sửa nữa\neffective: 2026-07-01\n") + SIGNED.format(5, "")
    + FORM + WITHDRAWN + RECORD.format(1, "reported", "2026-03-01") + RECORD.format(2, "reported", "2025-03-01")
    + RECORD.format(3, "rejected", "2026-03-02") + "```dossier NC-2026-003\nclose lan qmr 2026-03-20T08:00:00+07:00\n```\n"
)


def changed(start: str, end: str, text: str = YEAR) -> Changes:
    library = office(text)
    given = ReportOptions(tool_version="0", start=date.fromisoformat(start), end=date.fromisoformat(end))
    found: Any = build("changes", library, checked(library), given)
    assert isinstance(found, Changes)
    return found


def test_what_is_new_revised_withdrawn_and_coming() -> None:
    whole = changed("2026-01-01", "2026-06-01")
    assert [(row.id, row.revision) for row in whole.added] == [("BM-01", 1), ("QT-07", 1)]
    (row,) = whole.revised
    assert (row.id, row.revision, row.effective, row.change, row.answers) == ("QT-07", 2, date(2026, 3, 7), "Sửa", ("NC-2026-001",))
    assert [(each.meaning_id, each.name, each.day) for each in row.signatures][2] == ("approve", "Trần Thị Bình", date(2026, 3, 7))
    assert str(row.command) == "qmsctl report redline QT-07 1..2"
    assert whole.added[0].command is None
    assert [(each.revision, each.effective) for each in whole.coming] == [(3, date(2026, 7, 1))]
    (gone,) = whole.withdrawn
    assert (gone.id, gone.day, gone.signature.name) == ("BM-01", date(2026, 4, 10), "Trần Thị Bình")


def test_each_belongs_to_the_period_in_which_it_took_effect() -> None:
    assert [row.revision for row in changed("2026-02-01", "2026-02-28").revised] == []
    assert [row.revision for row in changed("2026-03-07", "2026-03-07").revised] == [2]
    assert changed("2026-03-08", "2026-04-09").withdrawn == ()
    assert [row.id for row in changed("2026-04-10", "2026-04-10").withdrawn] == ["BM-01"]


def test_records_are_counted_by_type() -> None:
    (found,) = changed("2026-01-01", "2026-06-01").counts
    assert (str(found.label), found.opened, found.closed, found.open) == ("Nonconformity", 2, 1, 2)
    (early,) = changed("2026-03-01", "2026-03-10").counts
    assert (early.opened, early.closed, early.open) == (2, 0, 3)


def test_a_period_in_which_nothing_happened() -> None:
    found = changed("2024-01-01", "2024-12-31", FORM)
    page = render_report("changes", found, "en")
    assert "No document is new." in page
    assert "There is no record in the system yet." in page


# -- read and understood -----------------------------------------------------------------------------


def test_the_register_tells_who_has_read_and_which_copies_are_out() -> None:
    copies = "```md records/distributions/PP-2026-00{0}.md\n---\nid: PP-2026-00{0}\ntype: distribution\ntitle: x\nstatus: {1}\ndocument: QT-07\nrevision: {0}\nunit: ho-tich\ncopies: [4]\n---\n```\n"
    text = (
        file(1, "Một\n") + SIGNED.format(1, "") + file(2, "Hai\n", "change: x\ndistribution: [ho-tich, mot-cua]\n")
        + SIGNED.format(3, "\nacknowledge hoa clerk 2026-03-08T08:00:00+07:00") + copies.format(1, "issued") + copies.format(2, "issued")
    )
    (found,) = reading(office(text))
    assert (found.id, found.units, str(found.state.word if found.state else "")) == ("QT-07", ("Trung tâm Phục vụ hành chính công", "Bộ phận Hộ tịch"), "2 of 2")
    assert found.missing == ()
    assert [(each.record, each.outdated) for each in found.copies] == [("PP-2026-001", True), ("PP-2026-002", False)]
    assert reading(office(FORM)) == ()
