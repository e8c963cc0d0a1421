"""The kinds of rows, column by column. What stands here is all that ever leaves an office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qmsctl.core.fleet.columns import CODE, COUNT, DAY, FLAG, ID, MONTH, NUMBER, TITLE, WORD, Cell, Column
from qmsctl.core.proof.level import LEVELS

VERSION = 1
"""Of all rows: it changes when a column is taken out or means something else."""

Row = Mapping[str, Cell]

KINDS: Mapping[str, Mapping[str, Column]] = {
    "document": {
        "id": Column(ID, "The document.", needed=True, names=True, tells=True),
        "type": Column(WORD, "Its type.", needed=True),
        "revision": Column(COUNT, "Which revision of it.", needed=True, tells=True),
        "status": Column(WORD, "Where that revision stands.", needed=True, words=("effective", "superseded", "withdrawn", "approved", "in-review", "returned", "draft", "changed"), tells=True),
        "approved": Column(DAY, "The day of the last approval it needed."),
        "effective": Column(DAY, "The day from which it is in force."),
        "ended": Column(DAY, "The day on which a later revision or a withdrawal took its place."),
        "next_review": Column(DAY, "The day by which it is to be reviewed, where it is in force."),
        "owner": Column(WORD, "The role that looks after it; null where that is a person."),
        "unit": Column(WORD, "The unit it belongs to."),
        "level": Column(WORD, "The weakest level of the sign-offs it rests on.", words=LEVELS),
        "public": Column(FLAG, "Whether it is classified as public.", needed=True),
        "steps": Column(COUNT, "How many steps it has."),
        "steps_h": Column(NUMBER, "What they take, in working hours, as far as that counts against the limit."),
        "limit_h": Column(NUMBER, "The limit, in working hours of eight a day."),
        "title": Column(TITLE, "The title, only of a public document and only where the office asked for it."),
    },
    "tthc": {
        "document": Column(ID, "The document.", needed=True, names=True, tells=True),
        "revision": Column(COUNT, "Which revision of it.", needed=True, tells=True),
        "code": Column(CODE, "The code of an administrative procedure that it serves.", needed=True, tells=True),
    },
    "signoff": {
        "subject": Column(ID, "The document or record.", needed=True, names=True),
        "revision": Column(COUNT, "Of a document: which revision."),
        "state": Column(WORD, "Of a record: which state."),
        "meaning": Column(WORD, "What was said by it.", needed=True),
        "role": Column(WORD, "In which role; no person is named."),
        "at": Column(DAY, "On which day.", needed=True),
        "level": Column(WORD, "What shows who gave it.", needed=True, words=LEVELS),
        "witnessed": Column(DAY, "The day by which somebody outside had seen it; null where the office verified no such word when it sent the row."),
        "signers": Column(COUNT, "How many persons.", needed=True),
    },
    "record": {
        "id": Column(ID, "The record.", needed=True, names=True, tells=True),
        "type": Column(WORD, "Its type.", needed=True),
        "state": Column(WORD, "The state it is in."),
        "final": Column(FLAG, "Whether that is the end of its way.", needed=True),
        "given_up": Column(FLAG, "Whether it was rejected or cancelled.", needed=True),
        "opened": Column(DAY, "The day it was begun."),
        "closed": Column(DAY, "The day it came to its end."),
        "due": Column(DAY, "The first day that something of it is, or was, due."),
        "unit": Column(WORD, "The unit it belongs to."),
        "severity": Column(WORD, "How severe it is, in the words of its type."),
        "source": Column(WORD, "Where it came from, in the words of its type."),
        "cause": Column(WORD, "The group of its cause, in the words of its type."),
        "edition": Column(WORD, "Of a declaration: which edition of the standard."),
    },
    "state": {
        "record": Column(ID, "The record.", needed=True, names=True, tells=True),
        "state": Column(WORD, "A state that it reached.", needed=True, tells=True),
        "at": Column(DAY, "On which day.", needed=True),
    },
    "case": {
        "procedure": Column(ID, "The procedure.", needed=True, names=True, tells=True),
        "month": Column(MONTH, "The month in which the cases came in.", needed=True, tells=True),
        "received": Column(COUNT, "How many came in.", needed=True),
        "finished": Column(COUNT, "How many of them are finished.", needed=True),
        "early": Column(COUNT, "Finished before they were due.", needed=True),
        "on_time": Column(COUNT, "Finished when they were due.", needed=True),
        "late": Column(COUNT, "Finished later.", needed=True),
        "open": Column(COUNT, "Not finished, not due yet.", needed=True),
        "overdue": Column(COUNT, "Not finished, and due before.", needed=True),
        "stopped": Column(COUNT, "Waiting for a supplement.", needed=True),
        "supplemented": Column(COUNT, "Sent back for a supplement at least once.", needed=True),
        "unread": Column(COUNT, "Lists that could not be read whole: the other figures are too small.", needed=True),
    },
    "diagnostic": {
        "rule": Column(WORD, "The rule.", needed=True, tells=True),
        "severity": Column(WORD, "How severe it is.", needed=True, words=("error", "warning", "note"), tells=True),
        "subject": Column(ID, "The document or record, where it is about one.", names=True, tells=True),
        "ignored": Column(FLAG, "Whether the office set it aside with a reason.", needed=True, tells=True),
        "count": Column(COUNT, "How often.", needed=True),
    },
    "objective": {
        "id": Column(ID, "The objective.", needed=True, names=True, tells=True),
        "state": Column(WORD, "The state it is in."),
        "due": Column(DAY, "The day by which it is to be reached."),
        "direction": Column(WORD, "Which way is good.", needed=True, words=("at-least", "at-most")),
        "target": Column(NUMBER, "The target."),
        "value": Column(NUMBER, "What was measured last."),
        "measured": Column(DAY, "The last day of the period that was measured."),
        "reached": Column(FLAG, "Whether that meets the target."),
    },
    "count": {
        "what": Column(WORD, "What is counted: of this nothing but the number leaves the office.", needed=True, words=("statutory-complaints",), tells=True),
        "year": Column(COUNT, "The year in which they came in.", needed=True, tells=True),
        "count": Column(COUNT, "How many.", needed=True),
    },
}

BY_SUBJECT: Mapping[str, str] = {"signoff": "subject", "record": "id", "state": "record"}
"""The kinds of which a delivery with ``since`` sends only the rows of what changed, with the column that names it."""

NAMING: Mapping[str, str] = {kind: name for kind, columns in KINDS.items() for name, column in columns.items() if column.names}
"""The columns in which a document or record is named."""

_TELLING = {kind: tuple(name for name, column in columns.items() if column.tells) for kind, columns in KINDS.items()}

SUMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {"case": {"finished": ("early", "on_time", "late"), "received": ("finished", "open", "overdue", "stopped")}}
"""Counts that are the sum of others."""


def row(kind: str, **values: object) -> Row | None:
    """A row of these values, each that its column does not hold left out; ``None`` where one is left out that it needs."""
    columns = KINDS[kind]
    found = {name: column.taken(values.get(name)) for name, column in columns.items()}
    assert not values.keys() - columns.keys()
    return {"v": VERSION, **found} if all(column.holds(found[name]) for name, column in columns.items()) else None


def row_problem(kind: str, found: object) -> str | None:
    """The name of the column that is wrong in what claims to be a row; ``None`` where it is one."""
    columns = KINDS[kind]
    if not isinstance(found, dict) or found.get("v") != VERSION or isinstance(found.get("v"), bool):
        return "v"
    if found.keys() != {"v", *columns}:
        return min(found.keys() ^ {"v", *columns})
    wrong = next((name for name, column in columns.items() if not column.holds(found[name])), None)
    return wrong or _at_odds(kind, found)


def _at_odds(kind: str, found: Row) -> str | None:
    """The column that does not go with the others: a sum that is none, the title of what is not public."""
    if kind == "document" and found["title"] is not None and not found["public"]:
        return "title"
    return next((name for name, parts in SUMS.get(kind, {}).items() if found[name] != sum(int(found[part] or 0) for part in parts)), None)


def identity(kind: str, found: Row) -> tuple[Cell, ...] | None:
    """What no two rows of a kind share: of a document one revision is in force; ``None`` where rows may look alike."""
    if kind == "document" and found["status"] == "effective":
        return found["id"], None, found["status"]
    return tuple(found[name] for name in _TELLING[kind]) or None


def schema(kind: str) -> Mapping[str, Any]:
    """The JSON Schema of a row."""
    columns = KINDS[kind]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A row of {kind}.jsonl",
        "type": "object",
        "additionalProperties": False,
        "required": ["v", *columns],
        "properties": {"v": {"const": VERSION}, **{name: column.schema for name, column in columns.items()}},
    }
