"""One question of a form, as data: what it is called, how it is answered, and which part of the command line it is."""

from __future__ import annotations

from collections.abc import Iterable

from qmsctl.core.library import Library
from qmsctl.core.proof.holders import role_title
from qmsctl.core.types.field import Field
from qmsctl.message import Label, Message, _
from qmsctl.value import dataclass
from qmsctl.web.filled import ROW, SET

Choice = tuple[str, Label | Message | str]

LINE, LINES, DAY, NUMBER, CHOICE, FILE, TICK = "line", "lines", "day", "number", "choice", "file", "tick"
"""How a question is answered."""


@dataclass(frozen=True, slots=True)
class Part:
    """``name`` is that of the input, see :mod:`.filled`. ``note`` says how to answer, ``about`` what the question belongs to.

    What is seldom answered is ``folded`` away.
    """

    name: str
    label: Label | Message | str
    kind: str = LINE
    needed: bool = False
    value: str = ""
    choices: tuple[Choice, ...] = ()
    note: Message | None = None
    about: str = ""
    folded: bool = False


def field_part(library: Library, field: Field, name: str, *, needed: bool = False, value: str = "", about: str = "") -> Part:
    """The question for a field or column, by what its type says of it."""
    kind, note = _kind(field)
    return Part(name, field.label, kind, needed, value, choices(library, field), note, about)


def _kind(field: Field) -> tuple[str, Message | None]:
    match field.kind:
        case "date":
            return DAY, None
        case "one-of" | "bool" | "person" | "unit" | "role":
            return CHOICE, None
        case "text":
            return (LINE if field.name == "title" else LINES), None
        case "list":
            return LINE, _("several with commas")
        case _:
            return LINE, None


def choices(library: Library, field: Field) -> tuple[Choice, ...]:
    """What may be chosen; nothing where the value is written."""
    match field.kind:
        case "one-of":
            return tuple(field.values.items())
        case "bool":
            return (("yes", _("yes")), ("no", _("no")))
        case "person":
            return tuple((each.id, each.name) for each in library.people.all if each.is_present(library.today))
        case "unit":
            return tuple((each.id, each.name) for each in library.config.units)
        case "role":
            return tuple((each.id, role_title(each.id, library)) for each in library.config.roles)
        case _:
            return ()


def set_part(library: Library, field: Field, *, needed: bool = False, value: str = "") -> Part:
    """The question for a field that is set."""
    return field_part(library, field, f"{SET}{field.name}", needed=needed, value=value)


def row_parts(library: Library, block: str, columns: Iterable[Field]) -> tuple[Part, ...]:
    """The questions for a row of a table."""
    return tuple(field_part(library, each, f"{ROW}{block}.{each.name}", needed=each.required) for each in columns)
