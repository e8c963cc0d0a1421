"""Rows of data blocks, written so that nothing beside them changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qmsctl.core.text.body import scan
from qmsctl.core.text.fences import Block
from qmsctl.core.text.list_edit import without
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Node, Plain, Scalar, plain
from qmsctl.core.text.nodes import Sequence as SequenceNode
from qmsctl.core.text.splice import Value, check_filled, flow, normal, scalar
from qmsctl.core.text.text_file import TextFile, cut
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.errors import Refusal
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.value import dataclass

_EXAMPLE = regex(r"[ \t]*#[ \t]*-[ \t]*\{[^\n]*\}[ \t]*\r?\n")
_CELL = regex(r"([A-Za-z_][\w-]*)\.(\d{1,6})\.([A-Za-z_][\w-]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a row of a data block; rows are counted from 1, over all blocks of the name."""

    block: str
    row: int
    column: str

    @classmethod
    def parse(cls, text: str) -> Cell | None:
        """The cell that ``lines.3.result`` names."""
        found = _CELL.fullmatch(text)
        return cls(found[1], int(found[2]), found[3]) if found else None


def with_rows(data: bytes, block: str, rows: Sequence[Mapping[str, Value]], heading: str) -> bytes:
    """``data`` with these rows for all that stands in its data block, comments included.

    Where there is no such block yet, one is added at the end under ``heading``. An empty text is left blank, to
    be filled in.
    """
    file = cut(data)
    end_of_line = "\r\n" if "\r\n" in file.text else "\n"
    written = "".join(_row(row, end_of_line) for row in rows)
    blocks = _blocks(file, block)
    if blocks:
        text = file.text[: blocks[0].start] + written + file.text[blocks[0].end :]
    else:
        gap = "" if file.text.endswith("\n") else end_of_line
        text = end_of_line.join([f"{file.text}{gap}", f"## {heading}", "", f"```{block}", f"{written}```", ""])
    result = file.encode(text)
    if _plain_rows(result, block) != [{key: normal(value) for key, value in row.items()} for row in rows]:
        raise Refusal(_("the rows could not be written into the block “{block}”", block=block))
    return result


def _row(row: Mapping[str, Value], end_of_line: str) -> str:
    lines = [f"{scalar(key)}: {flow(value)}" if value else f"{scalar(key)}:" for key, value in row.items()]
    return "- " + f"{end_of_line}  ".join(lines) + end_of_line


def _blocks(file: TextFile, block: str) -> tuple[Block, ...]:
    return scan(file.text, file.body_start, file.body_line, frozenset((block,))).block(block)


def _plain_rows(data: bytes, block: str) -> list[Plain]:
    found = (each.rows for each in _blocks(cut(data), block))
    return [plain(row) for rows in found if isinstance(rows, SequenceNode) for row in rows.items]


def with_cell(data: bytes, cell: Cell, value: Value) -> bytes:
    """``data`` with one cell of a data block set. Raises :class:`Refusal` where there is no such row.

    An empty text leaves the cell blank.
    """
    check_filled(((cell.column, value),))
    file = cut(data)
    place, row = _found(file, cell)
    start, end, written = _change(file.text[place:], row, cell.column, value)
    result = file.encode(file.text[: place + start] + written + file.text[place + end :])
    wanted = _plain_rows(data, cell.block)
    wanted[cell.row - 1] = {**_as_dict(wanted[cell.row - 1]), cell.column: normal(value)}
    if _plain_rows(result, cell.block) != wanted:
        raise _by_hand()
    return result


def _as_dict(row: Plain) -> dict[str, Plain]:
    return row if isinstance(row, dict) else {}


def without_row(data: bytes, block: str, row: int) -> bytes:
    """``data`` without a row of a data block, its own comment included. Raises :class:`Refusal` where there is no such row."""
    file = cut(data)
    found, rows, place = _holding(file, block, row)
    left = without(file.text[found.start : found.end], rows, place)
    if left is None:
        raise _by_hand()
    result = file.encode(file.text[: found.start] + left + file.text[found.end :])
    wanted = _plain_rows(data, block)
    del wanted[row - 1]
    if _plain_rows(result, block) != wanted:
        raise _by_hand()
    return result


def _found(file: TextFile, cell: Cell) -> tuple[int, MappingNode]:
    """Where the block of the cell begins, and its row, with spans from there."""
    block, rows, place = _holding(file, cell.block, cell.row)
    row = rows.items[place]
    if not isinstance(row, MappingNode):
        raise _by_hand()
    return block.start, row


def _holding(file: TextFile, name: str, row: int) -> tuple[Block, SequenceNode, int]:
    """The data block that holds a row, its rows with spans from its beginning, and the place of the row among them, from 0."""
    number = row
    for block in _blocks(file, name):
        if block.problem:
            raise _unreadable(name, block.problem[0])
        try:
            rows = read_yaml(file.text[block.start : block.end])
        except YamlRefused as error:
            raise _unreadable(name, error.message) from None
        if isinstance(rows, SequenceNode):
            if 0 < number <= len(rows.items):
                return block, rows, number - 1
            number -= len(rows.items)
    raise Refusal(_("the data block “{block}” has no row {row}; it has {count}", block=name, row=row, count=row - number))


def _unreadable(block: str, problem: Message) -> Refusal:
    return Refusal(_("the data block “{block}” cannot be read: {problem}", block=block, problem=problem))


def _change(text: str, row: MappingNode, column: str, value: Value) -> tuple[int, int, str]:
    """Which characters of the block give way to which."""
    written = flow(value) if value or row.flow else ""
    node = row.entries.get(column)
    if node is not None:
        start, end = _span(text, node)
        start -= 1 if not written and text[start - 1] == " " else 0
        space = "" if text[start - 1 : start].isspace() else " "
        return start, end, space + written if written else written
    if row.flow:
        closing = row.end - 1
        return closing, closing, f"{', ' if row.entries else ''}{scalar(column)}: {written}"
    line_end = text.index("\n", max(_span(text, each)[1] for each in row.entries.values()))
    indent = row.start - text.rfind("\n", 0, row.start) - 1
    line_break = "\r\n" if text[line_end - 1] == "\r" else "\n"
    start = line_end + 1
    return start, start, f"{' ' * indent}{scalar(column)}: {written}".rstrip() + line_break


def _span(text: str, node: Node) -> tuple[int, int]:
    """The characters of a value on one line. Raises :class:`Refusal` for one that takes more."""
    is_block = isinstance(node, Scalar) and not node.plain and text[node.start] in "|>"
    is_flow = isinstance(node, Scalar) or node.flow
    if is_block or not is_flow or "\n" in text[node.start : node.end]:
        raise _by_hand()
    return node.start, node.end


def _by_hand() -> Refusal:
    return Refusal(_("the change could not be made without touching other text; edit the file by hand"))


def append_row(data: bytes, block: str, row: Mapping[str, Value], heading: str) -> bytes:
    """``data`` with one more row at the end of its data block.

    Where there is no such block yet, one is added at the end under ``heading``.
    """
    check_filled(row.items())
    data = without_examples(data, frozenset((block,)))
    file = cut(data)
    body = scan(file.text, file.body_start, file.body_line, frozenset((block,)))
    line_end = "\r\n" if "\r\n" in file.text else "\n"
    lines = [f"{scalar(key)}: {flow(value)}" for key, value in row.items()]
    written = "- " + f"{line_end}  ".join(lines) + line_end
    blocks = body.block(block)
    if blocks:
        end = blocks[-1].end
        text = file.text[:end] + written + file.text[end:]
    else:
        gap = "" if file.text.endswith("\n") else line_end
        text = f"{file.text}{gap}{line_end}## {heading}{line_end}{line_end}```{block}{line_end}{written}```{line_end}"
    result = file.encode(text)
    if _all_rows(result, block) != [*_all_rows(data, block), normal(row)]:
        raise Refusal(_("the row could not be added to the block “{block}”; edit the file by hand", block=block))
    return result


def without_examples(data: bytes, blocks: frozenset[str]) -> bytes:
    """``data`` without the row that a template shows behind a ``#`` on the first line of these data blocks."""
    file = cut(data)
    text = file.text
    for block in reversed(scan(text, file.body_start, file.body_line, blocks).blocks):
        shown = _EXAMPLE.match(text, block.start, block.end)
        text = text[: block.start] + text[shown.end() :] if shown else text
    return file.encode(text)


def _all_rows(data: bytes, block: str) -> list[object]:
    """The rows of all blocks of this name; what is no list counts as one row of its own."""
    file = cut(data)
    found = scan(file.text, file.body_start, file.body_line, frozenset((block,))).block(block)
    rows: list[object] = []
    for each in found:
        if isinstance(each.rows, SequenceNode):
            rows += map(plain, each.rows.items)
        elif each.rows or each.problem:
            rows.append(each)
    return rows
