"""Tables that papers have again and again: the head, who signed, what was revised, steps, records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.incoming.blocks import Block
from qmsctl.core.incoming.labels import Labels, key
from qmsctl.core.incoming.paper import RECORDS, STEPS, LeftOut, Revision, Row, Table
from qmsctl.regex import regex
from qmsctl.value import replace

_SIGNERS = ("author", "checker", "approver")
_FIRST_ROWS = 3
_NEEDED = ((RECORDS, ({"name", "place"}, {"name", "retention"}, {"name", "keeper"})), (STEPS, ({"task", "responsible"}, {"task", "time"})))
_SECTION = regex(r"\d+(?:\.\d+)+\.?")


def head_of(block: Block, labels: Labels) -> tuple[Mapping[str, str], tuple[str, ...]] | None:
    """What a table says as the head of a document, and its other lines; ``None`` where it is no head."""
    found: dict[str, str] = {}
    rest: list[str] = []
    for row, column, line, following in _lines(block, labels):
        split = labels.split("head", line)
        if split is None:
            rest.append(line)
            continue
        name, said = split
        said = said or _beside(block, row, column, following, labels)
        if said and name not in found:
            found[name] = said
    rest = [line for line in rest if line not in found.values()]
    enough = len(found.keys() - {"page"}) >= 2 and (found.keys() & {"id", "revision", "both", "reviewed", "amendment"})
    return ({**_title(rest, labels), **found}, tuple(rest)) if enough else None


def _lines(block: Block, labels: Labels) -> Iterator[tuple[int, int, str, str]]:
    """Each line once, with its place and the line after it in its cell; a merged cell is looked at where it begins."""
    for row, cells in enumerate(block.rows):
        for column, cell in enumerate(cells):
            if _says(cell) and not (column and cells[column - 1] == cell) and not (row and len(block.rows[row - 1]) > column and block.rows[row - 1][column] == cell):
                lines = [piece for line in cell.split("\n") for piece in labels.pieces("head", line)]
                for number, line in enumerate(lines):
                    yield row, column, line, lines[number + 1] if number + 1 < len(lines) else ""


def _beside(block: Block, row: int, column: int, following: str, labels: Labels) -> str:
    """What stands after a label: on the next line, in the next cell, or below."""
    own = block.rows[row][column]
    right = next((cell for cell in block.rows[row][column + 1 :] if cell != own and _says(cell)), "")
    below = block.rows[row + 1][column] if row + 1 < len(block.rows) else ""
    return next((each.split("\n")[0] for each in (following, right, below) if each and not labels.split("head", each.split("\n")[0])), "")


def _says(cell: str) -> bool:
    return any(letter.isalnum() for letter in cell)


def _title(lines: Sequence[str], labels: Labels) -> Mapping[str, str]:
    """The title, which stands after the word for what kind of document it is."""
    for number, line in enumerate(lines):
        kind = labels.field("types", line)
        if kind:
            following = [each for each in lines[number + 1 :] if each.isupper() == lines[min(number + 1, len(lines) - 1)].isupper()]
            return {"type": kind, "title": " ".join(following[:2])} if following else {"type": kind, "title": line}
        if split := labels.split("types", line):
            return {"type": split[0], "title": line.partition(":")[2].strip() or line if ":" in line else split[1] or line}
    return {}


def signers_of(block: Block, labels: Labels) -> tuple[tuple[str, str], ...] | None:
    """Who wrote, checked and approved, as the table has them; ``None`` where it is another table."""
    places = [(row, column, name) for row, cells in enumerate(block.rows) for column, cell in enumerate(cells) if (name := labels.field("approval", cell.split("\n")[0])) in _SIGNERS]
    if len({name for _row, _column, name in places}) < 2:
        return None
    return tuple((str(name), person) for row, column, name in places if (person := _person(block, row, column, labels)))


def _person(block: Block, row: int, column: int, labels: Labels) -> str:
    """The name below a head, in the row of names if there is one; else the one beside it."""
    below = [cells for cells in block.rows[row + 1 :] if column < len(cells)]
    named = next((cells[column] for cells in below if labels.field("approval", cells[0]) == "name"), "")
    plain = next((cells[column] for cells in below if cells[column] and not labels.field("approval", cells[column]) and not labels.field("approval", cells[0])), "")
    right = block.rows[row][column + 1] if column + 1 < len(block.rows[row]) else ""
    return (named or plain or ("" if labels.field("approval", right) else right)).split("\n")[0]


def history_of(block: Block, labels: Labels) -> tuple[Revision, ...] | None:
    """The table of revisions; ``None`` where it is another table."""
    columns = {name: place for place, name in labels.columns("history", block.rows[0]).items()}
    if "revision" not in columns or "change" not in columns or "date" not in columns:
        return None
    rows = block.rows[1:]
    return tuple(Revision(row[columns["revision"]], row[columns["date"]], row[columns["change"]].replace("\n", "; ")) for row in rows if any(row))


def data_of(block: Block, labels: Labels) -> Table | None:
    """Steps or records, if the heads of the table say so."""
    for number, row in enumerate(block.rows[:_FIRST_ROWS]):
        for kind, needed in _NEEDED:
            columns = _columns(kind, row, labels)
            if any(each <= set(columns.values()) for each in needed):
                below = _second_line(block.rows, number, columns)
                heads = _heads(row, block.rows[number + 1]) if below else row
                before = " ".join(dict.fromkeys(cell for cells in block.rows[:number] for cell in cells if cell))
                return Table(kind, _rows(heads, block.rows[number + 1 + below :], columns, before, labels), block)
    return None


def parts_of(block: Block, labels: Labels) -> tuple[Block, ...]:
    """A table whose steps begin far below its top, as many offices set out all of a procedure in one, cut before them and behind."""
    for number, row in enumerate(block.rows):
        if number >= _FIRST_ROWS and {"task", "responsible"} <= set(_columns(STEPS, row, labels).values()):
            end = next((place for place, cells in enumerate(block.rows) if place > number and _SECTION.fullmatch(cells[0])), len(block.rows))
            return tuple(replace(block, rows=rows) for rows in (block.rows[:number], block.rows[number:end], block.rows[end:]) if rows)
    return (block,)


def _columns(kind: str, row: Sequence[str], labels: Labels) -> Mapping[int, str]:
    """The fields by their columns; a flow chart tells the task where no other column does."""
    found = labels.columns(kind, row)
    return {place: "task" if name == "flow" else name for place, name in found.items() if name != "flow" or "task" not in found.values()}


def _second_line(rows: Sequence[Sequence[str]], number: int, columns: Mapping[int, str]) -> bool:
    """True if the row below is the second line of the heads: most cells reach down into it, and it says more of the others."""
    if number + 1 >= len(rows):
        return False
    upper, lower = rows[number], rows[number + 1]
    reach = [above == below for above, below in zip(upper, lower, strict=False) if above]
    return reach.count(True) >= 2 and not all(reach) and all(upper[place] == lower[place] or upper.count(upper[place]) > 1 for place in columns if place < len(lower))


def _heads(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    return tuple(above if above == below or not below else f"{above}, {below}" for above, below in zip(upper, lower, strict=False))


def _rows(heads: Sequence[str], rows: Sequence[Sequence[str]], columns: Mapping[int, str], group: str, labels: Labels) -> tuple[Row, ...]:
    """The rows by column; a row of one merged cell is a note of those below it, a sum one of the row above it."""
    done: list[Row] = []
    for row in rows:
        if not any(row) or list(row) == list(heads):
            continue
        said = dict.fromkeys(cell for place, cell in enumerate(row) if columns.get(place) != "no" and cell)
        if len(row) > 2 and len(said) == 1 and all(cell or columns.get(place) == "no" for place, cell in enumerate(row)):
            group = " ".join(dict.fromkeys(cell.replace("\n", " ") for cell in row if cell))
            continue
        if done and labels.listed("sums", next(cell for cell in row if cell)):
            done[-1] = _noted(done[-1], " ".join(dict.fromkeys(cell for cell in row if cell)))
            continue
        found = {name: row[place] for place, name in columns.items() if row[place]}
        others = [f"{heads[place]}: {cell}" if heads[place] else cell for place, cell in enumerate(row) if cell and place not in columns and cell not in found.values()]
        note = [each.replace("\n", "; ") for each in (group, found.get("note", ""), *others) if each]
        done.append(found | ({"note": "; ".join(note)} if note else {}))
    return tuple(done)


def _noted(row: Row, words: str) -> Row:
    return {**row, "note": "; ".join(each for each in (row.get("note", ""), words.replace("\n", " ")) if each)}


def told(what: str, block: Block) -> LeftOut:
    """A table that is left out, each of its words once a cell."""
    return LeftOut(what, block.words)


def is_title(text: str, labels: Labels) -> bool:
    """True for the line above a table of revisions."""
    return key(text) in {key(each) for each in labels.lists["history_title"]}
