"""What each form asks: made from the types of the office, never written for one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from qmsctl.core.library import Library
from qmsctl.core.lifecycle.table_rows import Table, table
from qmsctl.core.mends.advancing import open_parts
from qmsctl.core.model import Item
from qmsctl.core.office.people import Person
from qmsctl.core.proof.holders import role_title
from qmsctl.core.records.finding import NONCONFORMITY
from qmsctl.core.sections.section_text import settable
from qmsctl.core.text.nodes import Mapping as Row
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Message, _
from qmsctl.value import replace
from qmsctl.web.filled import FILE, OPERAND, OPTION, SET, Filled
from qmsctl.web.part import CHOICE, DAY, LINES, Choice, Part, field_part, row_parts, set_part
from qmsctl.web.part import FILE as UPLOAD

Ask = Callable[[Library, Filled, Person | None], Iterable[Part]]
"""The questions for whoever sits there; what is filled in already may lead to others."""

_NOT_ASKED = frozenset({"list", "map", "table", "any", "sha256", "path"})
"""Kinds whose values are made by other acts, unless they are needed."""


def nothing(_library: Library, _filled: Filled, _me: Person | None) -> Iterator[Part]:
    """No question."""
    return iter(())


def option(name: str, label: Message, kind: str = "line", *, needed: bool = False, offered: Iterable[Choice] = (), value: str = "", note: Message | None = None, folded: bool = False) -> Part:
    """The question for an option."""
    return Part(f"{OPTION}{name}", label, kind, needed, value, tuple(offered), note, folded=folded)


def operand(name: str, label: Message, kind: str = "line") -> Part:
    """The question for a word after the command."""
    return Part(f"{OPERAND}{name}", label, kind, needed=True)


def sign_off(library: Library, _filled: Filled, me: Person | None) -> Iterator[Part]:
    """What may be said of a sign-off: words, the role, the paper behind it, a signature with a key."""
    yield option("comment", _("Words of the signer"), LINES)
    yield from _of_signer(library, me)


def adoption(library: Library, _filled: Filled, me: Person | None) -> Iterator[Part]:
    """The paper that a text was approved on, who approved it, and from which day it holds."""
    yield option("approved-by", _("Who approved the paper: a person's id, or “name, title, body” as the paper has them."))
    yield option("effective", _("In force from"), DAY, note=_("nothing: as the text says"))
    yield option("comment", _("Words of the signer"), LINES)
    for part in _of_signer(library, me):
        yield replace(part, folded=False, needed=part.folded)


def _of_signer(library: Library, me: Person | None) -> Iterator[Part]:
    roles = me.roles_on(library.today) if me else ()
    if len(roles) > 1:
        yield option("role", _("In which role"), CHOICE, offered=((each, role_title(each, library)) for each in roles))
    yield option("basis", _("Number of the decision on paper"), folded=True)
    yield option("basis-date", _("Date of the decision on paper"), DAY, folded=True)
    yield Part(f"{FILE}basis-file", _("Its scan or signed PDF"), UPLOAD, folded=True)
    if me is not None and any(key.public and key.period.covers(library.today) and not key.revoked for key in me.keys):
        yield option("sign", _("Sign with my key as well"), CHOICE, offered=(("yes", _("yes")),), note=_("the key has to be in the agent of OpenSSH: ssh-add"))


def ruling(library: Library, filled: Filled, me: Person | None) -> Iterator[Part]:
    """The same, and from which day it holds."""
    yield option("effective", _("In force from"), DAY, note=_("nothing: as the text says"))
    yield from sign_off(library, filled, me)


def revision(library: Library, _filled: Filled, _me: Person | None) -> Iterator[Part]:
    """Why there is to be a further revision, what it mends, and from which day it is to hold."""
    yield option("change", _("What changes, and why."), LINES, needed=True)
    yield option("answers", _("Nonconformity this revision mends."), CHOICE, offered=((each.id, f"{each.id} {each.title}") for each in library.by_type.get(NONCONFORMITY, ()) if not library.is_closed(each)))
    yield option("effective", _("Day from which it is in force."), DAY)
    yield option("editorial", _("Only typing errors or layout."), CHOICE, offered=(("yes", _("yes")),), folded=True)


def with_reason(name: str) -> Ask:
    """The same where the words are the reason, and needed."""

    def asked(library: Library, _filled: Filled, me: Person | None) -> Iterator[Part]:
        yield option(name, _("Reason"), LINES, needed=True)
        yield from _of_signer(library, me)

    return asked


def state(library: Library, filled: Filled, me: Person | None) -> Iterator[Part]:
    """The fields that a state asks for and that it may have, and the sign-off if there is one."""
    item, name = library.by_id.get(filled.subject), filled.word(1)
    target = item.type.states.get(name) if item else None
    if item is None or target is None:
        return
    parts = open_parts(item, target, library)
    needed = [item.type.fields[each.name] for each in parts if each.name in item.type.fields]
    days = {each.name: each.value for each in parts if isinstance(each.value, str)}
    for field in needed:
        yield set_part(library, field, needed=True, value=days.get(field.name) or proposed(field, library, me))
    for each in parts:
        section = settable(item.type, each.name)
        if section is not None:
            yield Part(f"{SET}{each.name}", section.title, LINES, needed=True)
    for field in item.type.fields.values():
        if field.state == name and field not in needed and field.kind not in _NOT_ASKED and not item.has(field.name):
            yield set_part(library, field)
    if target.signoff is not None:
        yield from sign_off(library, filled, me)


def proposed(field: Field, library: Library, me: Person | None) -> str:
    """What most would answer: the type's own default, today where a day lies behind, oneself."""
    known = {"{today}": library.today.isoformat(), "{me}": me.id if me else "", "{year}": str(library.today.year), "{unit}": (me.unit_on(library.today) if me else None) or ""}
    if field.default is not None:
        return known.get(field.default, field.default)
    return library.today.isoformat() if field.kind == "date" and field.day is not None else ""


def upload(_library: Library, _filled: Filled, _me: Person | None) -> Iterator[Part]:
    """The file to be kept as evidence."""
    yield Part(FILE, _("File to keep as evidence"), UPLOAD, needed=True)


def fields(library: Library, filled: Filled, _me: Person | None) -> Iterator[Part]:
    """The fields that are to be set, the columns of a new row, and the empty cells of a table that is to be filled."""
    item = library.by_id.get(filled.subject)
    if item is None:
        return
    for key in filled.options.get("want", ()):
        yield from _wanted(library, item, key)
    for block in filled.options.get("fill", ()):
        yield from _cells(library, table(library, item.id, block))


def _wanted(library: Library, item: Item, key: str) -> Iterator[Part]:
    block, _dot, column = key.rpartition(".")
    name = key.removesuffix("+")
    section = settable(item.type, name)
    if name in item.type.blocks:
        yield from row_parts(library, name, item.type.blocks[name].keys.values())
    elif name in item.type.fields:
        yield set_part(library, item.type.fields[name], value=item.text(name) or ("" if item.type.fields[name].kind != "list" else ",".join(item.texts(name))))
    elif section is not None:
        yield Part(f"{SET}{name}", section.title, LINES)
    elif (found := item.type.blocks.get(block.partition(".")[0])) and column in found.keys:
        yield field_part(library, found.keys[column], f"{SET}{key}")


def _cells(library: Library, found: Table) -> Iterator[Part]:
    """The cells that are still empty and asked for, row by row, below what the row says already."""
    asked = asked_columns(found.item.type, found.field)
    for number, row in enumerate(found.rows, 1):
        if isinstance(row, Row) and not all(row.text(name) for name in asked):
            about = f"{number}. " + " · ".join(text for name, column in found.columns.items() if not column.values and (text := row.text(name)))
            for name in (*asked, *remarks(found.item.type, found.field)):
                if not row.text(name):
                    yield field_part(library, found.columns[name], f"{SET}{found.field.name}.{number}.{name}", about=about)


def asked_columns(kind: RecordType, block: Field) -> tuple[str, ...]:
    """The columns of a table that every row needs by the gates of the type, or by itself."""
    named = {name for each in _of_rows(kind, block) if "where" not in each for name in each.get("columns", ())}
    return tuple(name for name, column in block.keys.items() if column.kind not in _NOT_ASKED and (column.required or name in named))


def remarks(kind: RecordType, block: Field) -> tuple[str, ...]:
    """The columns that some rows need besides: one of several, or where the row has some value."""
    named = {name for each in _of_rows(kind, block) for name in (*each.get("any", ()), *(each.get("columns", ()) if "where" in each else ()))}
    return tuple(name for name, column in block.keys.items() if name in named and column.kind not in _NOT_ASKED and name not in asked_columns(kind, block))


def _of_rows(kind: RecordType, block: Field) -> list[Any]:
    """What the gates of a type say of the rows of a table."""
    return [gate.arguments for state in kind.states.values() for gate in state.gates if gate.operator == "rows" and gate.arguments["block"] == block.name]


def row(library: Library, filled: Filled, _me: Person | None) -> Iterator[Part]:
    """The columns of a table."""
    found = table(library, filled.subject, filled.word(1))
    for name, column in found.columns.items():
        yield field_part(library, column, f"{SET}{name}", needed=column.required)
