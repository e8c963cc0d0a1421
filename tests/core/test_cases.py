"""Data files of cases: what may stand in them, and what becomes of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qmsctl.core.cases.case import Case, Due, Result
from qmsctl.core.cases.cells import Cells, read_count, write_moment, write_stops
from qmsctl.core.cases.register import Month
from qmsctl.core.cases.table import MAX_BYTES, MAX_FAULTS, Table, read_table, write_table
from qmsctl.core.office.working_time import Stop

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
STEPS = ("B1", "B2a", "B3")
HEAD = "case,received,due,B1,B2a,B3,stops,supplements,finished,released_by\n"
ROW = "H29.12-260302-0001,2026-03-02 08:10,2026-03-03 17:00,2026-03-02 08:40,,2026-03-02 15:00,,0,2026-03-02 15:30,director\n"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def read(text: str | bytes) -> Table:
    return read_table(text if isinstance(text, bytes) else text.encode(), STEPS, Cells(HANOI))


@pytest.mark.parametrize("cell", ["02/03/2026 08:10", "08:10 02/03/2026", "2026-03-02 08:10"])
def test_where_days_are_written_the_year_first_no_other_way_is_read(cell: str) -> None:
    text = (HEAD + ROW.replace("2026-03-02 08:10", cell)).encode()
    assert bool(read_table(text, STEPS, Cells(HANOI, day_first=False)).faults) == ("/" in cell)
    assert not read_table(text, STEPS, Cells(HANOI)).faults


def faults(text: str | bytes) -> list[tuple[int, str]]:
    return [(fault.line, str(fault.message)) for fault in read(text).faults]


CASE = Case(
    id="H29.12-260302-0001", line=2, received=at("2026-03-02 08:10"), due=Due(at("2026-03-03 17:00")),
    steps=(("B1", at("2026-03-02 08:40")), ("B3", at("2026-03-02 15:00"))),
    finished=at("2026-03-02 15:30"), released_by="director",
)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ROW,
        "\ufeff" + (HEAD + ROW).replace("\n", "\r\n"),
        (HEAD + ROW).replace(",", ";"),
        (HEAD + ROW).replace(",", "\t"),
        "\n\n" + HEAD + "\n,,,\n" + ROW,
        (
            "Mã hồ sơ;Ngày giờ tiếp nhận;Hẹn trả;Bước B1;bước b2a;B3;Tạm dừng;Bổ sung;Ngày trả kết quả;Người ký\n"
            "H29.12-260302-0001;02/03/2026 8:10;3/3/2026 17:00:00;08:40 02/03/2026;;2-3-2026 15:00;;không;2026-03-02T15:30+07:00;director\n"
        ),
        (
            "ma_ho_so,TIẾP NHẬN,hen_tra,b1,B3,finished,released by\n"
            'H29.12-260302-0001,2026-03-02 08:10,2026-03-03T10:00:00Z,2026-03-02 08:40,"2026-03-02 15:00",2026-03-02 15:30,director\n'
        ),
    ],
    ids=["own", "bom-crlf", "semicolon", "tab", "blank-lines", "vietnamese", "fewer-columns"],
)
def test_the_same_case_however_it_is_written(text: str) -> None:
    found = read(text)
    assert found.faults == ()
    (case,) = found.cases
    assert Case(**{name: getattr(case, name) for name in Case.__slots__} | {"line": 2}) == CASE


@dataclass(frozen=True)
class Saved:
    """How a spreadsheet saves a table of two rows."""

    separator: str
    end: str
    codec: str
    quoted: bool
    wider: int
    lower: int
    named: str

    def bytes(self) -> bytes:
        cells = [["case", "received", "finished"], ["A1", "02/03/2026 8:10", "02/03/2026 9:10"], ["A2", "2026-03-02 08:20", ""]]
        cells += [[""] * 3] * self.lower
        lines = [self.separator.join(f'"{cell}"' if self.quoted else cell for cell in (*row, *[""] * self.wider)) for row in cells]
        return self.end.join((*([self.named.format(self.separator)] if self.named else []), *lines, "")).encode(self.codec)


WAYS = st.builds(
    Saved, st.sampled_from([";", ",", "\t"]), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(), st.integers(0, 9), st.integers(0, 3), st.sampled_from(["", "sep={}", '"sep={}"', "SEP={0}{0}{0}"]),
)


@given(WAYS)
def test_a_table_is_read_however_a_spreadsheet_saves_it(saved: Saved) -> None:
    found = read(saved.bytes())
    assert found.faults == ()
    assert [(case.id, case.received, case.finished) for case in found.cases] == [
        ("A1", at("2026-03-02 08:10"), at("2026-03-02 09:10")), ("A2", at("2026-03-02 08:20"), None),
    ]
    assert [case.line for case in found.cases] == ([3, 4] if saved.named else [2, 3])


@pytest.mark.parametrize("head", ["sep=|\n", "\n;;\nsep"])
def test_a_separator_that_only_its_own_line_names(head: str) -> None:
    text = "case|received|finished\nA1|2026-03-02 08:10|\n"
    assert (read(head + text).faults == ()) is head.startswith("sep=|")


def test_columns_without_a_heading_are_none_where_they_are_empty() -> None:
    found = read(";case;;received;finished;\n;A1;;2026-03-02 08:10;;\n;;;;;\n")
    assert (found.faults, [case.id for case in found.cases]) == ((), ["A1"])


@pytest.mark.parametrize(("one", "other"), [("H1", "h1"), ("h29.a-1", "H29.A-1"), ("a", "a")])
def test_capitals_make_no_other_case(one: str, other: str) -> None:
    first, second = read(f"case,received,finished\n{one},2026-03-02 08:10,\n{other},2026-03-02 08:10,\n").cases
    assert (first.key == second.key, first.id, second.id) == (True, one, other)


def test_the_own_form_is_read_as_it_was_written() -> None:
    found = read(HEAD + ROW)
    assert write_table(found.cases, STEPS).decode() == HEAD + ROW


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Nguyễn Văn A,2026-03-02 08:10,,,,,,,,", "“case”: got “Nguyễn Văn A”; expected the id of a case"),
        ("=HYPERLINK(1),2026-03-02 08:10,,,,,,,,", "“case”: got “=HYPERLINK(1)”"),
        ("-1,2026-03-02 08:10,,,,,,,,", "“case”"),
        (",2026-03-02 08:10,,,,,,,,", "“case”: got “”"),
        ("x,,,,,,,,,", "“received”: got “”; expected a moment such as 2026-03-25 09:30"),
        ("x,2026-03-02,,,,,,,,", "“received”: got “2026-03-02”"),
        ("x,2026-02-30 08:00,,,,,,,,", "“received”: got “2026-02-30 08:00”"),
        ("x,2026-03-02 24:00,,,,,,,,", "“received”"),
        ("x,1999-03-02 08:00,,,,,,,,", "“received”"),
        ("x,2026-03-02T08:00+99:99,,,,,,,,", "“received”"),
        ("x,٢٠٢٦-03-02 08:00,,,,,,,,", "“received”"),
        ("x,03/14/2026 08:00,,,,,,,,", "“received”"),
        (f"x,{'9' * 5000},,,,,,,,", "…”; expected"),
        ("x,2026-03-02 08:10,soon,,,,,,,", "“due”: got “soon”; expected a moment or a day"),
        ("x,2026-03-02 08:10,,late,,,,,,", "“B1”: got “late”"),
        ("x,2026-03-02 08:10,,,,,2026-03-02 09:00,,,", "“stops”: got “2026-03-02 09:00”; expected stops such as"),
        ("x,2026-03-02 08:10,,,,,..2026-03-02 09:00,,,", "“stops”"),
        ("x,2026-03-02 08:10,,,,,,many,,", "“supplements”: got “many”; expected yes, no, or how often"),
        ("x,2026-03-02 08:10,,,,,,-1,,", "“supplements”"),
        ("x,2026-03-02 08:10,,,,,,,,,,extra", "12 cells in this row; there are 10 columns"),
    ],
)
def test_a_line_that_is_wrong(row: str, said: str) -> None:
    (found,) = faults(HEAD + ROW + row + "\n")
    assert found[0] == 3
    assert said in found[1]
    assert len(found[1]) < 300


def test_every_fault_is_told_with_its_line() -> None:
    rows = "a b,x,,y,,,,,,\n" + ROW + "c,2026-03-02 08:10,,,,,,,z,\n"
    assert [(line, text.partition(":")[0]) for line, text in faults(HEAD + rows)] == [
        (2, "“case”"), (2, "“received”"), (2, "“B1”"), (4, "“finished”"),
    ]


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"", 0, "the file is empty"),
        (b"\n\n", 0, "the file is empty"),
        (b"PK\x03\x04\x14\x00", 0, "this is a workbook"),
        (b"\xff\xfec\x00\x00\xd8", 1, "not UTF-8"),
        (b"sep=;\n", 0, "the file is empty"),
        (b"sep=;\ncase;received\n", 2, "these columns are missing: finished"),
        (b"sep=#;received;finished;case\n", 1, "the column “sep=#” is not known"),
        (b"case;received;finished\nsep=;2026-03-02 08:00\n", 2, "“case”: got “sep=”"),
        (b"case;received;finished;;\nA;2026-03-02 08:00;;x;\n", 2, "4 cells in this row; there are 3 columns"),
        (b"case;;received;finished\nA;x;2026-03-02 08:00;\n", 2, "“x” stands in a column without a heading"),
        (b";;;\n", 0, "the file is empty"),
        (HEAD.encode() + "ngày".encode("cp1258", "replace") + b"\xea,", 2, "not UTF-8"),
        ((HEAD + "x\x00,").encode(), 2, "hidden character U+0000"),
        ((HEAD + "x\u202e,").encode(), 2, "hidden character U+202E"),
        ((HEAD + "x\x1b]52;c,").encode(), 2, "hidden character U+001B"),
        ((HEAD + '"x,2026').encode(), 2, "the quotation marks"),
        (b"x" * (MAX_BYTES + 1), 0, "larger than 4 MB"),
        (b"received,finished\n", 1, "these columns are missing: case"),
        (b"case,id,received,finished\n", 1, "the column “id” is there twice"),
        ("case,received,finished,Họ tên\n".encode(), 1, "the column “Họ tên” is not known: only ids and times are kept"),
        (b"case,received,finished,B9\n", 1, "known are: B1, B2a, B3, case"),
        (b"case,received,finished,recieved\n", 1, "did you mean “received”?"),
        ("case,received,finished,Kết quả\n".encode(), 1, "results follow from the times"),
    ],
)
def test_a_file_that_is_wrong(data: bytes, line: int, said: str) -> None:
    (found,) = faults(data)
    assert found[0] == line
    assert said in found[1]


def test_a_file_full_of_faults_is_left_early() -> None:
    assert len(faults(HEAD + "?\n" * 100_000)) < MAX_FAULTS + 10


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: (HEAD + text).encode("utf-8", "replace")))
@example(b'case,received,finished\n"')
@example(b"case\rreceived")
def test_nothing_makes_it_fail(data: bytes) -> None:
    found = read(data)
    assert found.faults or all(case.received for case in found.cases)


moments = st.integers(0, 3_150_000_000).map(lambda seconds: at("2000-01-02 00:00") + timedelta(seconds=seconds))


@given(moments)
def test_a_moment_is_read_as_it_was_written(moment: datetime) -> None:
    assert Cells(HANOI).moment(write_moment(moment)) == moment
    assert Cells(HANOI).moment(moment.strftime("%d/%m/%Y %H:%M:%S")) == moment
    assert Cells(HANOI).moment(moment.isoformat()) == moment
    due = Cells(HANOI).due(moment.strftime("%d/%m/%Y"))
    assert due is not None
    assert due.whole_day
    assert due.at.date() == moment.date()


@given(st.lists(st.tuples(moments, moments | st.none()), min_size=1, max_size=4))
def test_stops_are_read_as_they_were_written(pairs: list[tuple[datetime, datetime | None]]) -> None:
    stops = tuple(Stop(*pair) for pair in pairs)
    assert Cells(HANOI).stops(write_stops(stops)) == stops


@pytest.mark.parametrize(("text", "count"), [("có", 1), ("x", 1), ("No", 0), ("2", 2), ("1000", None), ("", None), ("1.5", None), ("٣", None)])
def test_counts(text: str, count: int | None) -> None:
    assert read_count(text) == count


NOW = at("2026-03-10 12:00")


@pytest.mark.parametrize(
    ("due", "finished", "stops", "result"),
    [
        ("2026-03-03 17:00", "2026-03-03 16:59", "", Result.EARLY),
        ("2026-03-03 17:00", "2026-03-03 17:00:59", "", Result.ON_TIME),
        ("2026-03-03 17:00", "2026-03-03 17:01", "", Result.LATE),
        ("2026-03-03", "2026-03-02 23:00", "", Result.EARLY),
        ("2026-03-03", "2026-03-03 08:00", "", Result.ON_TIME),
        ("2026-03-03", "2026-03-04 00:00", "", Result.LATE),
        ("2026-03-10 13:00", "", "", Result.OPEN),
        ("2026-03-10", "", "", Result.OPEN),
        ("2026-03-10 11:00", "", "", Result.OVERDUE),
        ("2026-03-10 11:00", "2026-03-10 12:30", "", Result.OVERDUE),  # finished after the moment of reading
        ("2026-03-10 11:00", "", "2026-03-04 08:00..", Result.STOPPED),
        ("", "", "2026-03-04 08:00..", Result.STOPPED),
    ],
)
def test_results(due: str, finished: str, stops: str, result: Result) -> None:
    (case,) = read(f"case,received,due,stops,finished\nx,2026-03-02 08:00,{due},{stops},{finished}\n").cases
    assert case.result(NOW) is result


def test_a_stop_counts_as_a_supplement_unless_the_list_says_otherwise() -> None:
    head = "case,received,stops,supplements,finished\n"
    rows = [f"{name},2026-03-02 08:00,{stops},{said},\n" for name, stops, said in
            (("a", "2026-03-02 09:00..2026-03-02 10:00|2026-03-03 09:00..", ""), ("b", "2026-03-02 09:00..", "0"), ("c", "", "3"))]
    assert [case.supplements for case in read(head + "".join(rows)).cases] == [2, 0, 3]


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "1999-12", "2026-1", "2026-10-01", "٢٠٢٦-10"])
def test_no_month(text: str) -> None:
    assert Month.parse(text) is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_month_has_its_days(day: date) -> None:
    month = Month.parse(f"{day:%Y-%m}")
    assert month is not None
    assert day in month
    assert month.first <= day <= month.last
    assert (month.first.day, (month.last - month.first).days > 26, month.last in month) == (1, True, True)
    assert str(month) == f"{day:%Y-%m}"
