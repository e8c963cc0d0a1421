"""Whatever reads foreign text takes time in proportion to its size.

    python -m pytest benchmarks/test_growth.py

A text is doubled until reading it takes a measurable time, then made eight times as long. Only the ratio of the two processor
times is judged, so neither a slow machine nor a busy one changes anything; a ratio that is too high is measured again.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from qmsctl.core.comparison.alignment import runs
from qmsctl.core.comparison.word_changes import word_changes
from qmsctl.core.gates import shape_of
from qmsctl.core.reading import parse
from qmsctl.core.sections.section_title import readings
from qmsctl.core.text.body import scan
from qmsctl.core.text.ids import IdPattern
from qmsctl.core.text.text_file import cut
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.types.type_set import TypeSet
from qmsctl.store.pages.markdown import HtmlWriter

TIMES_LONGER = 8
STEEPEST = 24.0
"""Between 8, which is linear, and 64, which is quadratic."""
MEASURABLE = 0.004
LARGEST = 500_000
TRIES = 4


@pytest.fixture(autouse=True)
def _no_garbage_collected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def seconds(work: Callable[[], object]) -> float:
    """Of processor, the best of three."""
    found = []
    for _round in range(3):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def grows_evenly(read: Callable[[int], Callable[[], object]], size: int = 2_000) -> None:
    """``read`` makes for a size, at least ``size``, the work to be measured."""
    while (first := seconds(read(size))) < MEASURABLE and size < LARGEST:
        size *= 2
    if first < MEASURABLE:
        return
    ratios = []
    for _try in range(TRIES):
        ratios.append(seconds(read(size * TIMES_LONGER)) / seconds(read(size)))
        if ratios[-1] < STEEPEST:
            return
    pytest.fail(f"{TIMES_LONGER} times the size took {min(ratios):.1f} times as long, at {size}")


def repeated(piece: str, size: int) -> str:
    return piece * (size // len(piece))


BODIES = {
    "quotes": "> ",
    "quotes and tabs": ">\t",
    "tabs": "\t",
    "tabs and bullet": "\t\t\t- ",
    "dashes": "- ",
    "rule": "-",
    "digits": "1. ",
    "many digits": "123456789",
    "brackets": "[",
    "closing brackets": "]",
    "link starts": "[](",
    "link starts, angle": "[](<",
    "links": "[a](b)",
    "images": "![[",
    "link with parentheses": "](((",
    "definition": "[a]:",
    "definitions": "[a]: b\n",
    "footnotes": "[^1]: ",
    "backtick": "`",
    "backticks": "` `` ``` ",
    "backtick lines": "`\n",
    "fences": "```\n",
    "fences of two kinds": "```\n~~~\n",
    "open fences": "```x\n",
    "html": "<",
    "html names": "<a",
    "comments": "<!-",
    "hashes": "#",
    "headings": "# ",
    "headings and spaces": "# a    #  ",
    "empty headings": "## \n",
    "stars": "*",
    "backslashes": "\\",
    "bars": "|",
    "blank lines": "\n",
    "blank CRLF lines": "\r\n",
    "spaces": " ",
    "list of an image": "![]",
    "nested targets": "[a](b(c",
    "empty definitions": "[a]:\n",
    "open codes": "`a``",
    "scheme": "<a:",
    "heading and blanks": "# a                                                  ",
    "fences on a line": "``` ",
    "underlined": "a\n---\n",
    "underlined twice": "a\n===\n===\n",
    "underlined item": "- a\n===\nb\n",
    "underlined table": "|a|\n===\n",
    "almost underlined": "----- x\n--",
    "hints": "# a\n\n*(b)*\n\n",
    "hints without headings": "*(b)*\n\n",
}


@pytest.mark.parametrize("prefix", ["", "# a", "[](x)<a ` ", "[a]: ", "[]("], ids=["bare", "heading", "all", "definition", "link"])
@pytest.mark.parametrize("piece", [pytest.param(piece, id=name) for name, piece in BODIES.items()])
def test_facts_of_a_body(piece: str, prefix: str) -> None:
    grows_evenly(lambda size: lambda: scan(prefix + repeated(piece, size) + " x", 0, 1, frozenset()))


def test_facts_of_a_body_with_runs_of_backticks_of_many_lengths() -> None:
    grows_evenly(lambda size: lambda: scan(" ".join("`" * n for n in range(1, int((2 * size) ** 0.5))), 0, 1, frozenset()))


@pytest.mark.parametrize("piece", ["*", "* a", "_a", "[", "[[a]", "[a](", "`", "` ``", "\\", "<", "&", "1.", "(", " ", "a ", "/", "{#"])
def test_words_of_a_heading(piece: str) -> None:
    grows_evenly(lambda size: lambda: readings.__wrapped__(f"1. {repeated(piece, size)}{size}"))


FRONTS = {
    "blank lines": "\n",
    "blank CRLF lines": "\r\n",
    "spaces": " ",
    "spaces and lines": " \n",
    "fences that are none": "---x\n",
    "fences with spaces": "---" + " " * 97 + "x\n",
    "comments": "#\n",
}


@pytest.mark.parametrize("closing", ["---\n", "", "---" + " " * 100_000], ids=["closed", "open", "blanks"])
@pytest.mark.parametrize("piece", [pytest.param(piece, id=name) for name, piece in FRONTS.items()])
def test_front_matter(piece: str, closing: str) -> None:
    types = TypeSet(lambda _name: None, list, shape_of)

    def read(size: int) -> Callable[[], object]:
        data = f"---\n{repeated(piece, size)}\n{closing}".encode()
        return lambda: parse("documents/x.md", data, types)

    grows_evenly(read)


def test_a_fence_with_spaces() -> None:
    grows_evenly(lambda size: lambda: cut(b"---" + b" " * size + b"\nid: a\n---\n"))


@pytest.mark.parametrize("piece", ["x,", "a b,", "{a: b},", "[],"])
def test_nodes_of_yaml(piece: str) -> None:
    grows_evenly(lambda size: lambda: read_yaml(f"a: [{repeated(piece, size)}]", limit=8 * LARGEST))


@pytest.mark.parametrize("part", ["[", "![[", "*a **b ", "<", "[a](", "`a ", "&", "[a]: b\n"])
def test_html_of_a_body(part: str) -> None:
    writer = HtmlWriter()
    grows_evenly(lambda size: lambda: writer.html(repeated(part, size)))


@pytest.mark.parametrize("template", ["{parent}{unit}{number:9}", "{parent}.{unit}-{year}{number}", "{parent}-{number}x"])
@pytest.mark.parametrize("piece", ["1", "1.", "a-", "1-"])
def test_an_id_against_its_template(template: str, piece: str) -> None:
    pattern = IdPattern.parse(template)
    assert pattern is not None
    grows_evenly(lambda size: lambda: (pattern.matches(repeated(piece, size)), pattern.next((repeated(piece, size),), 2026, "QT-07")))


SEARCHED = 40_000
"""From here on the search for the shortest edit is cut off; below, it is thorough."""


def between_marks(size: int) -> tuple[Sequence[object], Sequence[object]]:
    marks = range(size // 250)
    return [x for n in marks for x in (n, *["x"] * 150, *["y"] * 100)], [x for n in marks for x in (n, *["y"] * 150, *["x"] * 100)]


ALIGNED: dict[str, Callable[[int], tuple[Sequence[object], Sequence[object]]]] = {
    "two words in turn": lambda size: (["a", "b"] * (size // 2), ["b", "a", "c"] * (size // 3)),
    "all the same": lambda size: (["a"] * size, ["a"] * (size - 1000)),
    "turned round": lambda size: (range(size), range(size)[::-1]),
    "nothing in common": lambda size: (range(size), range(size, 2 * size)),
    "repeats between marks": between_marks,
}


@pytest.mark.parametrize("name", ALIGNED)
def test_alignment(name: str) -> None:
    def aligned(size: int) -> Callable[[], object]:
        old, new = map(list, ALIGNED[name](size))
        return lambda: list(runs(old, new))

    grows_evenly(aligned, SEARCHED)


def test_words_that_changed() -> None:
    def compared(size: int) -> Callable[[], object]:
        old = repeated("một hai ba bốn năm ", size)
        new = old.replace("ba", "bảy").replace("năm", "hai", size // 1000) + "hết"
        return lambda: word_changes(old, new)

    grows_evenly(compared, SEARCHED)
