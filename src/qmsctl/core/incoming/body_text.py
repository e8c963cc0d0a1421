"""The text of a document as Markdown of the office: its sections, its data blocks, and nothing of it lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from qmsctl.core.incoming import blocks, markdown
from qmsctl.core.incoming.blocks import HEADING, ITEM, PARAGRAPH, Block
from qmsctl.core.incoming.labels import Labels, key
from qmsctl.core.incoming.measures import duration_in, retention_in
from qmsctl.core.incoming.naming import Names, one_line
from qmsctl.core.incoming.numbering import codes_in
from qmsctl.core.incoming.paper import RECORDS, LeftOut, Paper, Row, Table
from qmsctl.core.sections.sections import by_title, titled
from qmsctl.core.text.splice import Value, flow, line
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.section import Section
from qmsctl.regex import regex
from qmsctl.value import dataclass, field, replace

_NUMBER = regex(r"(?:(?:Điều|Mục|Chương|Phần)\s+)?(\d+(?:\.\d+)*|[IVX]+)[.):]?\s+\S", re.IGNORECASE)
_LONGEST_HEADING = 150


@dataclass(frozen=True)
class Setting:
    """What a text is written for: its type, the office's language, whom names mean, where forms and pictures lie.

    ``form`` gives the id of a form that is or will be there for one as the paper writes it, else nothing.
    """

    type: RecordType
    language: str
    labels: Labels
    names: Names = field(default_factory=dict)
    form: Callable[[str], str] = lambda _code: ""
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """The Markdown, what of the paper is left out in writing it, and how many rows there are of each kind of data."""

    text: str
    left: tuple[LeftOut, ...]
    rows: Mapping[str, int]


def written(paper: Paper, title: str, setting: Setting) -> Written:
    """The body of the file."""
    writer = _Writer(setting)
    parts = [f"# {markdown.inline(title)}" if title else "", *writer.parts(paper.body)]
    return Written("\n\n".join(part for part in parts if part) + "\n", tuple(writer.left), writer.rows)


class _Writer:
    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        own = {section.id: section for section in setting.type.sections}
        self._titles = by_title(setting.type.sections)
        self._aliases = {name: own.get(each) for name, each in setting.labels.groups["sections"].items()}
        self._places = {section.id: number for number, section in enumerate(setting.type.sections, 1)}
        self._opened: set[str] = set()
        self.left: list[LeftOut] = []
        self.rows: dict[str, int] = {}

    def parts(self, body: tuple[Block | Table, ...]) -> Iterator[str]:
        """The pieces of the text; items of one list stand together."""
        items: list[str] = []
        for part in body:
            if isinstance(part, Block) and part.kind == ITEM:
                items.append(markdown.item(part.text, part.level, numbered=part.numbered))
                continue
            yield "\n".join(items)
            items = []
            if isinstance(part, Table):
                yield self._table(part)
            else:
                yield from map(self._block, self._apart(part))
        yield "\n".join(items)

    def _block(self, block: Block) -> str:
        match block.kind:
            case _ if self._is_heading(block):
                return self._heading(block)
            case blocks.TABLE:
                return markdown.table(block.rows)
            case blocks.PICTURE:
                return self._picture(block)
            case blocks.CODE:
                return "\n".join(markdown.seen(line) for line in block.text.split("\n"))
        return f"**{markdown.inline(block.text)}**" if block.bold and not block.text.endswith((":", ".")) else markdown.paragraph(block.text)

    def _apart(self, block: Block) -> tuple[Block, ...]:
        """A paragraph that begins with the title of a section and a colon, as two: the heading, and what it says."""
        title, colon, rest = block.text.partition(":")
        if block.kind != PARAGRAPH or not colon or not rest.strip() or not _NUMBER.match(title) or self._section(title) is None:
            return (block,)
        return replace(block, kind=HEADING, text=title.strip(), level=2), replace(block, text=rest.strip(), bold=False)

    def _is_heading(self, block: Block) -> bool:
        if block.kind == HEADING:
            return True
        if block.kind != PARAGRAPH or len(block.text) > _LONGEST_HEADING:
            return False
        numbered, section = _NUMBER.match(block.text) is not None, self._section(block.text) is not None
        return (numbered and section) or ((block.bold or block.text.isupper()) and (numbered or section))

    def _section(self, text: str) -> Section | None:
        """The section that a heading opens, by its title, an office's own words or those of others."""
        found = titled(text, self._titles)
        return found or self._aliases.get(key(text))

    def _heading(self, block: Block) -> str:
        section = self._section(block.text)
        depth = _depth(block.text)
        if section is not None and section.id not in self._opened and depth <= 1:
            self._opened.add(section.id)
            self.left.append(LeftOut("headings", block.text))
            title = section.title.in_language(self._setting.language)
            return f"## {self._places[section.id]}. {title}"
        level = depth + 1 if depth else max(block.level, 2)
        return f"{'#' * min(max(level, 2), 6)} {markdown.inline(block.text)}"

    def _picture(self, block: Block) -> str:
        path = self._setting.pictures.get(block.text)
        alt = markdown.inline(block.rows[0][0]) if block.rows else ""
        if path:
            return f"![{alt}]({path})"
        self.left.append(LeftOut("picture", block.text))
        return alt

    def _table(self, table: Table) -> str:
        columns = self._setting.type.blocks.get(table.kind)
        if columns is None:
            return markdown.table(table.source.rows)
        make = self._record if table.kind == RECORDS else self._step
        rows: list[dict[str, Value]] = [make(row, number) for number, row in enumerate(table.rows, 1)]
        if len({str(row.get("no")) for row in rows}) < len(rows) and table.kind != RECORDS:
            rows = [row | {"no": f"B{number}"} for number, row in enumerate(rows, 1)]
        self.rows[table.kind] = self.rows.get(table.kind, 0) + len(rows)
        heads = " ".join(cell for cell in dict.fromkeys(cell for row in table.source.rows[:1] for cell in row))
        self.left.append(LeftOut("heads of a table", heads))
        text = "\n".join(_entry(row) for row in rows)
        return f"```{table.kind}\n{text}\n```"

    def _step(self, row: Row, number: int) -> dict[str, Value]:
        """A step: what fits no column is a note, with the name of the column."""
        note = [row["note"]] if row.get("note") else []
        found: dict[str, Value] = {"no": _said(row.get("no") or f"B{number}"), "task": _said(row.get("task") or "–")}
        if name := one_line(row.get("responsible", "")):
            note += self._named(found, "steps", "responsible", name)
        if time := row.get("time"):
            read = duration_in(time, self._setting.labels)
            if read:
                found["time"] = read
                self.left.append(LeftOut("times", time))
            note += [] if read and _is_plain(time) else [self._labelled("steps", "time", time)]
        outputs = [*_lines(row.get("outputs", "")), *_lines(row.get("forms", ""))]
        if outputs:
            found["outputs"] = [_said(each) for each in outputs]
        if forms := [form for code in codes_in(" ".join(outputs)) if (form := self._setting.form(code))]:
            found["forms"] = list(dict.fromkeys(forms))
        if row.get("check"):
            found["check"] = _said(row["check"])
        return found | ({"note": _said("; ".join(note))} if note else {})

    def _record(self, row: Row, _number: int) -> dict[str, Value]:
        """A record that is kept: what fits no column stands with its place."""
        found: dict[str, Value] = {"name": _said(row.get("name") or "–")}
        rest = [row["note"]] if row.get("note") else []
        if code := row.get("form"):
            form = self._setting.form(code)
            if form:
                found["form"] = form
                self.left.append(LeftOut("ids", code))
            rest += [] if form else [self._labelled("records", "form", code)]
        place = [row["place"]] if row.get("place") else []
        if name := one_line(row.get("keeper", "")):
            rest += self._named(found, "records", "keeper", name)
        if kept := row.get("retention"):
            read = retention_in(kept, self._setting.labels)
            if read:
                found["retention"] = read
                self.left.append(LeftOut("times", kept))
            rest += [] if read and _is_plain(kept) else [self._labelled("records", "retention", kept)]
        found |= {name: _said(row[name]) for name in ("medium", "disposal") if row.get(name)}
        if place or rest:
            found["place"] = _said("; ".join((*place, *rest)))
        if row.get("no"):
            self.left.append(LeftOut("numbers of rows", row["no"]))
        return found

    def _named(self, found: dict[str, Value], block: str, column: str, name: str) -> list[str]:
        """Put the role or unit that a name means into its column; else the name is a note."""
        meant = self._setting.names.get(name, "")
        if meant:
            found[column] = meant
            self.left.append(LeftOut("names", name))
            return []
        return [self._labelled(block, column, name)]

    def _labelled(self, block: str, column: str, text: str) -> str:
        label = self._setting.type.blocks[block].keys[column].label.in_language(self._setting.language)
        return f"{label}: {_said(text)}"


def _entry(row: Mapping[str, Value]) -> str:
    lines = [f"{name}: {line(value) if isinstance(value, str) else flow(value)}" for name, value in row.items()]
    return "- " + "\n  ".join(lines)


def _said(text: str) -> str:
    return markdown.plain_line("; ".join(_lines(text)))


def _lines(text: str) -> list[str]:
    return [each.strip(" -–•+*") or each for each in text.split("\n") if each.strip()]


def _is_plain(text: str) -> bool:
    """True if a length of time says no more than a number and its unit."""
    return len(text.split()) <= 4 and "(" not in text


def _depth(text: str) -> int:
    found = _NUMBER.match(text)
    return len(found[1].rstrip(".").split(".")) if found else 0
