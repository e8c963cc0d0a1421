from __future__ import annotations

import re
import struct
from base64 import b64decode
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from qmsctl.core.incoming.blocks import block_of, words
from qmsctl.store.incoming.pictures import kind_of
from qmsctl.store.incoming.unfit import Unfit
from qmsctl.store.incoming.word import read
from qmsctl.store.incoming.word_names import value
from qmsctl.store.incoming.word_tidying import hold_columns
from tests.old_fonts import in_tcvn3, in_vni
from tests.word_papers import Paper, as_tcvn3, as_unicode, as_vni, procedure, tracked

PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def said(data: bytes, **options: Any) -> str:
    return words(map(block_of, read(data, **options)["blocks"]))


def changed(data: bytes, name: str, old: str, new: str | Callable[[re.Match[str]], str]) -> bytes:
    """The archive with other words for what matches ``old`` in one of its parts."""
    found = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(found, "w") as after:
        for each in before.namelist():
            text = before.read(each).decode("utf-8", "surrogateescape")
            shown, count = re.subn(old, new, text) if each == name else (text, 1)
            assert count
            after.writestr(each, shown.encode("utf-8", "surrogateescape"))
    return found.getvalue()


def test_three_ways_to_write_vietnamese_are_one_text() -> None:
    title = "ĐĂNG KÝ KHAI SINH LƯU ĐỘNG"
    plain, tcvn3, vni = (read(procedure("08", title, write, head=head)) for write, head in ((as_unicode, "header"), (as_tcvn3, "body"), (as_vni, "header")))
    assert plain["head"] + plain["blocks"] == tcvn3["blocks"]
    assert (plain["head"], plain["blocks"]) == (vni["head"], vni["blocks"])
    assert plain["counts"]["fonts"] == 0 < tcvn3["counts"]["fonts"]


def test_other_fonts_in_the_same_paragraph_are_left_alone() -> None:
    paper = Paper()
    line = paper.document.add_paragraph()
    as_tcvn3(line, "Quy trình ")
    as_unicode(line, "© 25° Ñandú ")
    as_vni(line, "một cửa")
    assert said(paper.bytes()) == "Quy trình © 25° Ñandú một cửa"


@pytest.mark.parametrize(("write", "name"), [(in_vni, "VNI"), (in_tcvn3, "TCVN3")])
def test_where_the_font_is_lost_it_is_only_proposed(write: Any, name: str) -> None:
    text = "Cán bộ tiếp nhận kiểm tra hồ sơ, ghi giấy hẹn, chuyển công chức tư pháp thẩm định rồi trình ký và trả kết quả đúng hạn."
    paper = Paper()
    paper.document.add_paragraph(write(text))
    data = paper.bytes()
    assert (said(data), read(data)["likely"]) == (write(text).replace("\xad", ""), name)
    assert read(data, font=name)["blocks"][0][1] == text


@pytest.mark.parametrize("where", ["character", "paragraph", "default", "theme"])
def test_the_font_may_be_said_by_a_style(where: str) -> None:
    paper = Paper()
    run = paper.document.add_paragraph(style="Body Text").add_run("Quy tr×nh")
    styles = paper.document.styles
    match where:
        case "character":
            run.style = styles.add_style("Own", 2)
            styles["Own"].font.name = ".VnTime"
        case "paragraph":
            styles["Normal"].font.name = ".VnTime"
        case "default":
            fonts = styles.element.xpath("w:docDefaults//w:rFonts")[0]
            fonts.attrib.clear()
            fonts.set(qn("w:hAnsi"), ".VnTime")
    data = paper.bytes()
    if where == "theme":
        data = changed(data, "word/theme/theme1.xml", r'(<a:minorFont>\s*<a:latin typeface=")[^"]*', r"\1.VnTime")
    assert said(data) == "Quy trình"


def test_a_circle_of_styles_ends() -> None:
    paper = Paper()
    styles = paper.document.styles
    one, two = styles.add_style("One", 1), styles.add_style("Two", 1)
    one.base_style, two.base_style = two, one
    paper.document.add_paragraph("Văn bản", style="One")
    assert said(paper.bytes()) == "Văn bản"


def test_tracked_changes_are_counted_and_settled_as_asked() -> None:
    paper = Paper()
    line = paper.line("Thời hạn: ")
    tracked(line, "del", "Lan", "ba ngày")
    tracked(line, "ins", "Sơn", "hai ngày")
    data = paper.bytes()
    assert read(data)["tracked"] == {"Lan": 1, "Sơn": 1}
    assert said(data) == "Thời hạn: hai ngày"
    assert said(data, accepted=False) == "Thời hạn: ba ngày"


SHAPE = (
    '<w:r {ns}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing><w:txbxContent>'
    "<w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>{fallback}</mc:AlternateContent></w:r>"
)
FALLBACK = "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"


@pytest.mark.parametrize("fallback", ["", FALLBACK])
def test_shapes_are_read_once_whichever_way_they_are_drawn(fallback: str) -> None:
    paper = Paper()
    paper.line("Lưu đồ")._p.append(parse_xml(SHAPE.format(ns=nsdecls("w"), fallback=fallback)))
    found = read(paper.bytes())
    assert words(map(block_of, found["blocks"])) == "Lưu đồ\nTrong khung"
    assert found["counts"]["shapes"] == 1


def test_merged_cells_are_filled_and_a_table_within_one_is_flattened() -> None:
    paper = Paper()
    table = paper.table((("a", "b", "c"), ("d", "e", "f")))
    table.cell(0, 0).merge(table.cell(0, 1))
    inner = table.cell(1, 2).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "x", "y"
    found = read(paper.bytes())
    assert found["blocks"][0][3] == [["a\nb", "a\nb", "c"], ["d", "e", "f\nx; y"]]
    assert found["counts"]["nested"] == 1


def test_a_cell_is_never_wider_than_word_makes_it() -> None:
    paper = Paper()
    table = paper.table((("a", "b"),))
    table.cell(0, 0)._tc.get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {W} w:val="1000000000"/>'))
    assert len(read(paper.bytes())["blocks"][0][3][0]) == 63


def test_a_row_is_no_wider_by_many_wide_cells() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="40"/></w:tcPr><w:p/></w:tc>'
    row = parse_xml(f"<w:tbl {W}><w:tr>{cell * 4}</w:tr></w:tbl>")
    hold_columns(row)
    assert [int(value(each)) for each in row.iter(qn("w:gridSpan"))] == [40, 23, 1, 1]


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def test_a_picture_larger_than_any_page_is_not_taken() -> None:
    assert kind_of(png(6000, 8000)) == "png"
    assert kind_of(png(30_000, 30_000)) is None
    assert kind_of(b"GIF89a" + struct.pack("<HH", 60_000, 60_000)) is None
    assert kind_of(b"\xff\xd8\xff\xc0\x00\x11\x08" + struct.pack(">HH", 60_000, 60_000)) is None


def test_a_picture_that_lies_elsewhere_is_told_and_not_fetched() -> None:
    paper = Paper()
    paper.document.add_picture(BytesIO(PNG))
    elsewhere = changed(changed(paper.bytes(), "word/document.xml", "r:embed=", "r:link="), "word/_rels/document.xml.rels", 'Target="media/image1.png"', 'Target="file:///etc/hostname" TargetMode="External"')
    assert [what for what, _text in read(elsewhere)["left"]] == ["picture"]
    assert not read(elsewhere)["pictures"]


def test_links_that_would_do_something_are_only_their_words() -> None:
    paper = Paper()
    paragraph = paper.line("[x](javascript:a()) ")
    relation = paper.document.part.relate_to("JaVaScript:b()", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True)
    paragraph._p.append(parse_xml(f'<w:hyperlink {W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{relation}"><w:r><w:t>đây</w:t></w:r></w:hyperlink>'))
    [block] = read(paper.bytes())["blocks"]
    assert block[1].endswith("đây")
    assert "b()" not in str(block)


def test_what_is_left_aside_is_named_with_its_words() -> None:
    paper = Paper()
    paper.line("1. Mục đích\t3", style="TOC Heading")
    paper.line("Còn lại").add_run("Ẩn").font.hidden = True
    paper.document.add_comment(paper.document.paragraphs[-1].runs, text="Xem lại chỗ này", author="Lan")
    paper.document.add_picture(BytesIO(PNG))
    found = read(paper.bytes(), pictures=True)
    assert words(map(block_of, found["blocks"])).split() == ["Còn", "lại", "picture-1.png"]
    assert sorted(kind for kind, _text in found["left"]) == ["comments", "contents"]
    assert found["counts"]["hidden"] == 1
    assert b64decode(found["pictures"]["picture-1.png"]) == PNG


MATHS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
FORMS = {
    f"<m:oMath {MATHS}><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>100</m:t></m:r></m:den></m:f></m:oMath>": ("(a+b)/100", ["equation"]),
    f"<m:oMathPara {MATHS}><m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></m:oMathPara>": ("x^2", ["equation"]),
    f'<w:fldSimple {W} w:instr="TITLE"><w:bdo w:val="rtl"><w:r><w:t>Tên</w:t></w:r></w:bdo></w:fldSimple>': ("Tên", []),
    f"<w:r {W}><w:ruby><w:rt><w:r><w:t>hán</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>": ("漢 (hán)", []),
    f'<w:sdt {W}><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"/></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>': ("☒", []),
    f'<w:r {W}><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar><w:fldChar w:fldCharType="end"/></w:r>': ("☐", []),
    f'<w:r {W}><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Có"/><w:listEntry w:val="Không"/></w:ddList></w:ffData></w:fldChar><w:fldChar w:fldCharType="end"/></w:r>': ("Không", []),
    f'<w:r {W}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="MẬT MÃ"/></v:shape></w:pict></w:r>': ("MẬT MÃ", []),
    f'<w:r {W}><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/></w:object></w:r>': ("", ["object"]),
    f'<w:r {W}><w:sym w:font="Lạ" w:char="F0FE"/></w:r>': ("", ["symbol"]),
    f"<w:r {W}><w:unheardOf><w:t>chữ</w:t></w:unheardOf></w:r>": ("", ["lost"]),
}


@pytest.mark.parametrize("form", FORMS, ids=[f"{shown} {left}" for shown, left in FORMS.values()])
def test_what_is_no_run_of_text_is_shown_or_named(form: str) -> None:
    paper = Paper()
    paper.line("Tỷ lệ: ")._p.append(parse_xml(form))
    found = read(paper.bytes())
    assert (words(map(block_of, found["blocks"])), [kind for kind, _text in found["left"]]) == (f"Tỷ lệ: {FORMS[form][0]}".strip(), FORMS[form][1])


def test_numbers_that_word_writes_stand_before_headings() -> None:
    paper = Paper()
    for text, level in (("MỤC ĐÍCH", 0), ("Điểm một", 1), ("Điểm hai", 1), ("PHẠM VI", 0)):
        line = paper.line(text, bold=True)
        line._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'))
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>' for n, kind, text in ((0, "upperRoman", "%1."), (1, "decimal", "%1.%2")))
    numbering = f'<w:abstractNum w:abstractNumId="77">{levels}</w:abstractNum>'
    data = changed(paper.bytes(), "word/numbering.xml", "</w:numbering>", f'<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>{numbering}</w:numbering>')
    assert said(data).split("\n") == ["I. MỤC ĐÍCH", "I.1 Điểm một", "I.2 Điểm hai", "II. PHẠM VI"]


@pytest.mark.parametrize(("mark", "write"), [("MẬT", as_unicode), ("TUYỆT MẬT", as_tcvn3), ("T Ố I  M Ậ T", as_vni), ("Độ mật: MẬT".upper(), as_unicode)])
def test_a_mark_of_secrecy_ends_the_reading(mark: str, write: Any) -> None:
    paper = Paper(write)
    paper.table((("UBND", mark),))
    paper.line("Nội dung không ai được thấy")
    assert read(paper.bytes()) == {"secret": True}


def test_a_text_about_such_marks_is_none() -> None:
    paper = Paper()
    paper.line("Văn bản có dấu MẬT, TỐI MẬT hoặc TUYỆT MẬT giao ngay cho văn thư.")
    assert "secret" not in read(paper.bytes())


def test_macros_are_told_and_other_files_refused() -> None:
    data = Paper().bytes()
    with ZipFile(own := BytesIO(data), "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\0")
    assert read(own.getvalue())["macros"]
    with pytest.raises(Unfit, match="no document of Word"):
        read(data.replace(b"word/document.xml", b"word/documents.xm"))


@cache
def a_line() -> bytes:
    paper = Paper()
    paper.line("Đầu")
    return paper.bytes()


def with_xml(xml: str, styles: str = "") -> bytes:
    data = changed(a_line(), "word/document.xml", "</w:p>", lambda found: found[0] + xml)
    return changed(data, "word/styles.xml", "</w:styles>", styles + "</w:styles>") if styles else data


NOWHERE = "".join(
    (
        *(f'<w:sym w:font="{font}" w:char="{char}"/>' for font in ("Symbol", ".VnTime") for char in ("ZZZZ", "D800", "", "-41", "0001", "110000")),
        "<w:sym/>",
        *('<w:footnoteReference w:id="99"/>', "<w:endnoteReference/>", '<w:commentReference w:id="99"/>'),
        '</w:r><w:hyperlink r:id="rId99" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:r/></w:hyperlink><w:r>',
    )
)


def test_what_names_nothing_is_read_around_and_named() -> None:
    found = read(with_xml(f"<w:p><w:r>{NOWHERE}<w:t>chữ</w:t></w:r></w:p>"))
    assert words(map(block_of, found["blocks"])) == "Đầu\nchữ"
    assert [kind for kind, _text in found["left"]] == ["symbol"] * 13 + ["note"] * 2


def a_style(name: str, kind: str, *, base: str = "", vanish: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/><w:rPr>{vanish}</w:rPr></w:style>'


def run(text: str, looks: str = "") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>"


HIDES, SHOWS = "<w:vanish/>", '<w:vanish w:val="0"/>'
HIDING = "".join(
    a_style(f"{kind[0]}{name}", kind, base=base and f"{kind[0]}{base}", vanish=vanish)
    for kind in ("character", "paragraph")
    for name, base, vanish in (("Hid", "", HIDES), ("Son", "Hid", ""), ("Seen", "Son", SHOWS))
)


STYLED = (("", "cHid", "", 1), ("pHid", "", "", 1), ("pSon", "", "", 1), ("", "cSon", "", 1), ("pSeen", "cSeen", "", 0), ("pHid", "cHid", "", 0), ("pHid", "", SHOWS, 0), ("", "cSon", SHOWS, 0), ("pHid", "cHid", HIDES, 1))


def test_text_may_be_hidden_by_a_style() -> None:
    found = read(with_xml("".join(f'<w:p><w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr><w:r><w:rPr><w:rStyle w:val="{character}"/>{own}</w:rPr><w:t>{number}</w:t></w:r></w:p>' for number, (paragraph, character, own, _hidden) in enumerate(STYLED)), HIDING))
    assert words(map(block_of, found["blocks"])).split()[1:] == [str(number) for number, (*_how, hidden) in enumerate(STYLED) if not hidden]
    assert found["counts"]["hidden"] == sum(hidden for *_how, hidden in STYLED)


SHADE = '<w:shd w:val="clear" w:fill="1F4E79"/>'
TABLES = a_style("Hid", "table", vanish=HIDES) + "".join(f'<w:style w:type="table" w:styleId="{name}"><w:tblStylePr w:type="firstRow"><w:rPr>{looks}</w:rPr><w:tcPr>{shade}</w:tcPr></w:tblStylePr></w:style>' for name, looks, shade in (("Dark", "", SHADE), ("Part", HIDES, "")))
LIGHT, FAR = '<w:color w:val="fefeFE"/>', '<w:framePr w:x="-99999"/>'
UNSEEN = {
    **dict.fromkeys((LIGHT, '<w:sz w:val="2"/>', '<w:color w:val="x" w:themeColor="background1"/>', '<w:color w:val="1F4E7F"/><w:shd w:val="clear" w:fill="1F4E79"/>', '<w:color w:val="FF0000"/><w:shd w:val="solid" w:color="FF0000" w:fill="00FF00"/>'), True),
    **dict.fromkeys(('<w:color w:val="auto"/>', '<w:sz w:val="x"/>', f"{LIGHT}{SHADE}", f'{LIGHT}<w:highlight w:val="blue"/>', f'{LIGHT}<w:shd w:val="pct25"/>', '<w:color w:val="0000FF"/>', '<w:color w:themeColor="accent1" w:val="FFFFFF"/>'), False),
}


def in_table(style: str, looks: str = "", shade: str = "") -> str:
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/></w:tblPr><w:tr><w:tc><w:tcPr>{shade}</w:tcPr><w:p>{run("chữ", looks)}</w:p></w:tc></w:tr></w:tbl>'


UNSEEN_OR_HIDDEN = [
    *((f"<w:p>{run('chữ', looks)}</w:p>", 0, unseen) for looks, unseen in UNSEEN.items()),
    *((f"<w:p><w:pPr>{looks}</w:pPr>{run('chữ')}</w:p>", 0, True) for looks in (FAR, '<w:ind w:left="40000"/>')),
    (f"<w:p><w:pPr>{SHADE}</w:pPr>{run('chữ', LIGHT)}</w:p>", 0, False),
    (f'<w:p><w:pPr>{SHADE}<w:ind w:left="720"/></w:pPr>{run("chữ", LIGHT.replace("fefeFE", "1F4E79"))}</w:p>', 0, True),
    (in_table("Hid"), 1, False), (in_table("Hid", SHOWS), 0, False), (in_table("Part"), 0, True),
    (in_table("None", LIGHT), 0, True), (in_table("Dark", LIGHT), 0, False), (in_table("None", LIGHT, SHADE), 0, False),
]  # fmt: skip


def test_text_that_nobody_sees_is_left_out_or_named() -> None:
    found = read(with_xml("".join(xml.replace("chữ", f"c{number}c") for number, (xml, *_how) in enumerate(UNSEEN_OR_HIDDEN)), TABLES))
    assert found["left"] == [("unseen", f"c{number}c") for number, (*_xml, unseen) in enumerate(UNSEEN_OR_HIDDEN) if unseen]
    assert [number for number in range(len(UNSEEN_OR_HIDDEN)) if f"c{number}c" not in str(found["blocks"])] == [number for number, (_xml, hidden, _unseen) in enumerate(UNSEEN_OR_HIDDEN) if hidden]
    assert found["counts"]["hidden"] == 1


def a_row(*cells: str, mark: str = "") -> str:
    return f"<w:tr><w:trPr>{mark}</w:trPr>{''.join(cells)}</w:tr>"


def a_cell(text: str, mark: str = "") -> str:
    return f"<w:tc><w:tcPr>{mark}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def a_mark(name: str) -> str:
    return f'<w:{name} w:id="1" w:author="Lan"/>'


def ended(text: str, mark: str = "") -> str:
    return f"<w:p><w:pPr><w:rPr>{mark and a_mark(mark)}</w:rPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def change(kind: str, before: str) -> str:
    return f'<w:{kind}Change w:author="Lan"><w:{kind}>{before}</w:{kind}></w:{kind}Change>'


def merged(now: str, before: str = "") -> str:
    return f'<w:vMerge/><w:cellMerge w:author="Lan" w:vMerge="{now}" w:vMergeOrig="{before}"/>'


@pytest.mark.parametrize(
    ("xml", "count", "accepted", "rejected"),
    [
        (f"<w:tbl>{a_row(a_cell('một'), mark=a_mark('del'))}{a_row(a_cell('hai'), mark=a_mark('ins'))}{a_row(a_cell('ba'))}</w:tbl>", 2, "hai ba", "một ba"),
        (f"<w:tbl>{a_row(a_cell('một', a_mark('cellDel')), a_cell('hai', a_mark('cellIns')), a_cell('ba'))}</w:tbl>", 2, "hai ba", "một ba"),
        (f"<w:tbl>{a_row(a_cell('một', a_mark('cellDel')), mark=a_mark('del'))}</w:tbl>", 2, "", "một"),
        (ended("một", "del") + ended("hai", "ins") + ended("ba"), 2, "mộthai ba", "một haiba"),
        (ended("một", "del") + ended("hai", "moveFrom") + ended("ba"), 2, "mộthaiba", "một hai ba"),
        (ended("một", "del") + f"<w:tbl>{a_row(a_cell('hai'))}</w:tbl>", 1, "một hai", "một hai"),
        (f"<w:tbl>{a_row('<w:tc>' + ended('một', 'del') + '</w:tc>')}</w:tbl>", 1, "một", "một"),
        (f"<w:p><w:r><w:rPr><w:vanish/>{change('rPr', '')}</w:rPr><w:t>một</w:t></w:r>{run('hai', change('rPr', HIDES))}</w:p>", 2, "hai", "một"),
        (f"<w:tbl>{a_row(a_cell('một', merged('rest')))}{a_row(a_cell('', merged('cont')))}</w:tbl>", 2, "một một", "một"),
        (f"<w:tbl>{a_row(a_cell('một', merged('', 'rest')))}{a_row(a_cell('', merged('', 'cont')))}</w:tbl>", 2, "một", "một một"),
        (f"<w:ins w:id='1' w:author='Lan'>{ended('một')}<w:del w:id='1' w:author='Lan'>{ended('hai')}</w:del></w:ins>", 2, "một", ""),
    ],
)
def test_changes_of_rows_cells_and_ends_of_paragraphs_are_settled_too(xml: str, count: int, accepted: str, rejected: str) -> None:
    data = with_xml(xml)
    assert read(data)["tracked"] == {"Lan": count}
    assert (said(data).split()[1:], said(data, accepted=False).split()[1:]) == (accepted.split(), rejected.split())


def test_a_cell_is_as_wide_as_makes_sense() -> None:
    spans = {"-5": 1, "0": 1, "": 1, "x": 1, "1000000000": 63}
    cells = [a_cell("a", f'<w:gridSpan w:val="{span}"/>') for span in spans]
    rows = [a_row(wrap.format(cell)) for wrap in ("{}", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>") for cell in cells]
    assert [block[3] for block in read(with_xml("<w:p/>".join(f"<w:tbl>{row}</w:tbl>" for row in rows)))["blocks"][1:]] == [[["a"] * wide] for wide in (*spans.values(), *spans.values())]


def test_a_cell_goes_on_only_with_one_that_is_merged() -> None:
    merge, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = a_row(a_cell("a"), a_cell("b", merge)) + a_row(a_cell("c", on), a_cell("", on)) + a_row(a_cell("d"), a_cell("", on))
    assert read(with_xml(f"<w:tbl>{rows}</w:tbl>"))["blocks"][1][3] == [["a", "b"], ["c", "b"], ["d", "b"]]


def test_the_notes_and_the_margins_are_settled_as_the_text_is() -> None:
    head, note = (f'<w:p><w:ins w:id="1" w:author="Sơn"><w:r><w:t>{word}mới</w:t></w:r></w:ins><w:del w:id="2" w:author="Lan"><w:r><w:delText>{word}cũ</w:delText></w:r></w:del></w:p>' for word in ("đầu", "chú"))
    paper = Paper()
    paper.document.sections[0].header.paragraphs[0].text = "X"
    paper.line("Đầu")
    data = changed(paper.bytes(), "word/document.xml", "</w:p>", '<w:r><w:footnoteReference w:id="7"/></w:r></w:p>')
    data = changed(data, "word/header1.xml", "</w:p>", lambda found: found[0] + head)
    data = changed(data, "word/_rels/document.xml.rels", "</Relationships>", '<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>')
    with ZipFile(whole := BytesIO(data), "a") as archive:
        archive.writestr("word/footnotes.xml", f'<w:footnotes {W}><w:footnote w:id="7">{note}</w:footnote><w:footnote><w:p><w:r><w:t>không số</w:t></w:r></w:p></w:footnote></w:footnotes>')
    for accepted, shown, gone in ((True, "mới", "cũ"), (False, "cũ", "mới")):
        found = read(whole.getvalue(), accepted=accepted)
        said = str((found["head"], found["blocks"]))
        assert (f"đầu{shown}" in said, f"chú{shown}" in said, gone in said) == (True, True, False)
        assert (found["tracked"], found["left"]) == ({"Sơn": 2, "Lan": 2}, [("note", "không số")])


def test_how_a_thing_looks_is_settled_but_counted_only_where_other_words_are_read() -> None:
    data = with_xml(f'<w:p><w:pPr><w:jc w:val="center"/>{change("pPr", "")}</w:pPr>{run("một", "<w:b/>" + change("rPr", "<w:i/>"))}</w:p>')
    assert (read(data)["tracked"], said(data), said(data, accepted=False)) == ({}, "Đầu\nmột", "Đầu\nmột")


ODD = "".join(f"<w:{holder}>{a_mark(mark)}<w:r><w:t>chữ</w:t></w:r></w:{holder}>" for holder in ("trPr", "tcPr", "rPr", "p", "tbl") for mark in ("del", "ins", "cellDel", "cellIns", "cellMerge", "rPrChange"))
NOWHERE_ELSE = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rId99"/>'
TEXTPATH = '<v:textpath xmlns:v="urn:schemas-microsoft-com:vml" string="x">'


@pytest.mark.parametrize("xml", [ODD, f"<w:p>{ODD}</w:p>", f"<w:tbl><w:tr><w:tc><w:p>{ODD}</w:p>{ODD}</w:tc></w:tr>{ODD}</w:tbl>", "<w:ffData><w:checkBox/></w:ffData>", f"<w:p><w:r>{TEXTPATH}{TEXTPATH}</v:textpath></v:textpath>{NOWHERE_ELSE}</w:r></w:p>"])
def test_what_stands_at_an_odd_place_is_read_around(xml: str) -> None:
    for accepted in (True, False):
        assert said(with_xml(xml + "<w:p><w:r><w:t>cuối</w:t></w:r></w:p>"), accepted=accepted).endswith("cuối")


def test_the_parts_are_those_that_the_relations_lead_to_whatever_their_names() -> None:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    paper = Paper()
    paper.line("mồi")
    with ZipFile(BytesIO(paper.bytes())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("document.xml.rels")}
    line = "<w:p><w:ins w:id='1' w:author='Lan'><w:r><w:t>{}</w:t></w:r></w:ins></w:p>"
    parts["_rels/.rels"] = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{kinds}officeDocument" Target="/Own/Text.xml"/></Relationships>'.encode()
    targets = "".join(f'<Relationship Id="{kind}" Type="{kinds}{kind}" Target="{name}"/>' for kind, name in (("footnotes", "../notes.xml"), ("header", "kop.xml"), ("image", ""))) + '<Relationship Id="odd"/>'
    parts["own/_rels/text.xml.rels"] = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{targets}</Relationships>'.encode()
    parts["own/text.xml"] = f'<w:document {W}><w:body>{line.format("thật")}<w:p><w:r><w:footnoteReference w:id="7"/></w:r></w:p></w:body></w:document>'.encode()
    parts["notes.xml"] = f'<w:footnotes {W}><w:footnote w:id="7">{line.format("chú")}</w:footnote></w:footnotes>'.encode()
    parts["own/kop.xml"] = f'<w:hdr {W}>{line.format("đầu trang")}</w:hdr>'.encode()
    with ZipFile(data := BytesIO(), "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    found = read(data.getvalue())
    assert (words(map(block_of, found["head"])), found["tracked"]) == ("đầu trang", {"Lan": 3})
    assert ("thật" in str(found["blocks"]), "chú" in str(found["blocks"]), "mồi" in str(found["blocks"])) == (True, True, False)
