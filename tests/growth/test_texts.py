"""What commands do with texts and tables takes time in proportion to them."""

from __future__ import annotations

from functools import partial
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from qmsctl.core.cases.cells import Cells
from qmsctl.core.cases.table import read_table
from qmsctl.core.comparison.edit_diff import edit_diff
from qmsctl.core.comparison.passages import compared, passages
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.text.splice import set_fields
from qmsctl.core.text.suggest import closest
from qmsctl.core.text.text_file import cut
from qmsctl.message import _
from tests.growth.measure import Work, grows_evenly
from tests.growth.offices import PATH, document
from tests.office import library_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HEADER = "id,procedure,received,due,finished\n"
ROW = "h#,QT-01,2026-03-02 09:30,2026-03-09 09:30,2026-03-05 09:30\n"


@pytest.mark.parametrize("known", ["role-{}", "r{:05}", "{:05}r", "a{0:05}a{0:05}"])
def test_what_may_be_meant_is_looked_for_in_linear_time(known: str) -> None:
    """Each time other names are known, for what was found once is remembered."""
    anew = count()

    def work(size: int) -> Work:
        own = f"{known}{next(anew):02}"
        names = frozenset(own.format(number) for number in range(size))
        words = [f"x{own.format(number)}" for number in range(size // 20)]
        return lambda: [closest(word, names) for word in words]

    grows_evenly(work, 2_000)


@pytest.mark.parametrize("piece", [ROW, "h,QT-01,2026-03-02 09:30,,\n", '"', '"",', ",", "\r\n", ";\n", "\t", "a\n", "h#,\n", '"a\n'])
@pytest.mark.parametrize("header", [HEADER, HEADER.replace(",", ";"), ""], ids=["commas", "semicolons", "none"])
def test_a_table_of_cases_is_read_in_linear_time(piece: str, header: str) -> None:
    def work(size: int) -> Work:
        rows = (piece.replace("#", str(number)) for number in range(size // len(piece)))
        return partial(read_table, (header + "".join(rows)).encode(), ("1", "2"), Cells(ZONE))

    grows_evenly(work, 60_000)


def numbered(size: int, step: int, kinds: int, between: str) -> str:
    """Words in another order for each ``step``, each of the ``kinds`` as often."""
    return between.join(f"w{(number * step + number // kinds) % kinds}" for number in range(size // 6))


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "paragraphs"])
@pytest.mark.parametrize("kinds", [2, 110, 400, 100_000])
def test_two_texts_are_compared_in_linear_time(kinds: int, between: str) -> None:
    """From some thousand differences on the search for the shortest edit is cut off; below, it is thorough."""

    def work(size: int) -> Work:
        old, new = numbered(size, 7, kinds, between), numbered(size, 11, kinds, between)
        return lambda: edit_diff(Edit((FileChange(PATH, old.encode(), new.encode()),), _("subject")))

    def of_passages(size: int) -> Work:
        library = [library_of(document(body=numbered(size, step, kinds, between))) for step in (7, 11)]
        texts = [(each.by_id["QT-00"], cut(each.outside.read(PATH))) for each in library]
        return lambda: list(compared(*(passages(item, text) for item, text in texts)))

    grows_evenly(work, 40_000)
    grows_evenly(of_passages, 40_000)


@pytest.mark.parametrize("entry", ["own#: a", "own#: [a, b]", "own#: {a: b}", "own#: |\n  a", "own#: a  # own"])
def test_fields_are_set_in_linear_time(entry: str) -> None:
    def work(size: int) -> Work:
        data = str(document(more="".join(f"{entry.replace('#', str(number))}\n" for number in range(size // 12)))[PATH]).encode()
        return lambda: set_fields(data, {"title": "Khác", "own7": "b", "new": "c"}, ("id", "title"))

    grows_evenly(work, 12_000)


def test_many_fields_are_set_in_linear_time() -> None:
    def work(count: int) -> Work:
        data = str(document(more="".join(f"own{number}: a\n" for number in range(count)))[PATH]).encode()
        return lambda: set_fields(data, {f"own{number}": "b" for number in range(count)}, ("id", "title"))

    grows_evenly(work, 500)
