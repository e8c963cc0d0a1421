"""From the blocks of a file to a document: what stands in its first tables is taken up, the rest is its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from qmsctl.core.incoming.blocks import HEADING, PARAGRAPH, TABLE, Block
from qmsctl.core.incoming.labels import Labels
from qmsctl.core.incoming.measures import day_in
from qmsctl.core.incoming.paper import LeftOut, Paper, Revision, SourceDocument, Table
from qmsctl.core.incoming.tables import data_of, head_of, history_of, is_title, parts_of, signers_of, told
from qmsctl.core.sections.section_title import readings
from qmsctl.regex import regex

_DECISION = regex(r"(?:Quyết định|QĐ|Decision)\s*(?:số|No\.?)?\s*:?\s*(\d{1,6}\s*/\s*[\w\-–/.ĐÐ]*\w|\d{1,6})(?:\s*,?\s*(?:ngày|of|dated)\s+(\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?", re.IGNORECASE)
_KEY = regex(r"[^a-z0-9]+")
_OURS = ("id", "type", "title", "revision", "amendment", "effective", "owner", "review_by", "clauses", "change")
_FIRST = 12
"""So many blocks may stand before the text begins."""
_LONGEST_TITLE = 160


def recognise(source: SourceDocument, labels: Labels) -> Paper:
    """The document that is in the file."""
    reading = _Reading(labels)
    for block in source.head:
        reading.margin("header", block)
    body = tuple(reading.body(source.blocks))
    for block in source.foot:
        reading.margin("footer", block)
    head = {**reading.head, **_named(source.fields, labels)}
    return Paper(head, tuple(reading.signers), tuple(reading.history), body, (*reading.left, *source.left), source)


def _named(fields: Mapping[str, str], labels: Labels) -> Mapping[str, str]:
    """What front matter of others says, by our names; what has none stands behind ``x-``, a version as it was written, too."""
    found: dict[str, str] = {}
    for name, value in fields.items():
        own = labels.field("keys", name) or (name if name in _OURS else "")
        if own == "type":
            found["type"] = labels.field("types", value) or (value if value in labels.groups["types"].values() else "")
        if own and own != "type":
            found.setdefault(own, value)
        if not own or own in ("type", "approved_by") or (own == "revision" and not value.isdigit()):
            found[name if name.startswith("x-") else f"x-{_KEY.sub('-', name.casefold()).strip('-')}"] = value
    return {name: value for name, value in found.items() if value}


class _Reading:
    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self.head: dict[str, str] = {}
        self.signers: list[tuple[str, str]] = []
        self.history: list[Revision] = []
        self.left: list[LeftOut] = []
        self._tables = {"steps": 0, "records": 0}
        self._begun = False

    def margin(self, where: str, block: Block) -> None:
        """What stands on every page: the head of the document, or words that are left out."""
        if block.kind == TABLE and (found := head_of(block, self._labels)):
            self._take(found[0])
        else:
            self._take(self._said(block.text))
        if block.words.strip():
            self.left.append(told(where, block))

    def _said(self, line: str) -> Mapping[str, str]:
        """The fields that a line names, with what it says of them."""
        found = (self._labels.split("head", piece) for piece in self._labels.pieces("head", line))
        return dict(reversed([split for split in found if split and split[1]]))

    def body(self, blocks: tuple[Block, ...]) -> Iterator[Block | Table]:
        """The text, without what is taken up or left out."""
        place = count()
        for block in blocks:
            number = next(place)
            if block.kind == TABLE:
                yield from self._table(block, first=number < _FIRST)
            elif is_title(block.text, self._labels):
                self.left.append(LeftOut("history", block.text))
            elif number < _FIRST and not self._begun and self._line(block):
                continue
            else:
                self._begun = self._begun or not (block.bold or block.text.isupper() or _DECISION.search(block.text)) or _is_numbered(block.text)
                yield block

    def _table(self, block: Block, *, first: bool) -> Iterator[Block | Table]:
        if (history := history_of(block, self._labels)) is not None:
            self.history += history
            self.left.append(told("history", block))
        elif first and (head := head_of(block, self._labels)):
            self._take(head[0])
            self.left.append(told("header", block))
        elif (signers := signers_of(block, self._labels)) is not None:
            self.signers += signers
            self.left.append(told("approval", block))
        else:
            for part in parts_of(block, self._labels):
                yield self._data(part) or part

    def _data(self, block: Block) -> Table | None:
        """Data, once each kind; a second table of steps would number them anew."""
        found = data_of(block, self._labels)
        if found is None or not found.rows or (found.kind == "steps" and self._tables["steps"]):
            return None
        self._tables[found.kind] += 1
        return found

    def _line(self, block: Block) -> bool:
        """True for a line before the text that is taken up: its title, a label with its value, the decision."""
        if block.kind not in (PARAGRAPH, HEADING) or len(block.text) > _LONGEST_TITLE:
            return False
        if decision := _DECISION.search(block.text):
            day = day_in(decision[2]) if decision[2] else None
            self._take({"decision": re.sub(r"\s+", "", decision[1])} | ({"decision_date": day.isoformat()} if day else {}))
            return False
        if ":" in block.text and (said := self._said(block.text)):
            self._take(said)
            self.left.append(LeftOut("header", block.text))
            return True
        return self._title(block)

    def _title(self, block: Block) -> bool:
        """Take a line that says what kind of document it is; or the line after it."""
        kind = self._labels.field("types", block.text)
        if kind and "type" not in self.head:
            self.head["type"] = kind
            self.left.append(LeftOut("title", block.text))
            return True
        same = "title" in self.head and readings(self.head["title"]).whole[0] == readings(block.text).whole[0]
        section, split = self._labels.field("sections", block.text) is not None, self._labels.split("types", block.text)
        unnamed = "title" not in self.head and not section and not _is_numbered(block.text) and (block.level == 1 or (block.bold and (split is not None or "type" in self.head)))
        if unnamed:
            self._take({"title": block.text} | ({"type": split[0]} if split else {}))
        self.left += [LeftOut("title", block.text)] if same or unnamed else []
        return same or unnamed

    def _take(self, found: Mapping[str, str]) -> None:
        """Keep what is said first."""
        self.head = {**found, **self.head}


def _is_numbered(text: str) -> bool:
    return len(readings(text).whole) > 1
