"""``new``: a document or record with the next id of its series."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile

from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.mutual import linked_back
from qmsctl.core.lifecycle.new_id import asked_id, next_id
from qmsctl.core.sections.section_text import settable, with_section
from qmsctl.core.text.block_rows import Cell
from qmsctl.core.text.characters import unmarked
from qmsctl.core.text.ids import IdPattern
from qmsctl.core.text.nodes import plain
from qmsctl.core.text.splice import Value, front_matter
from qmsctl.core.text.suggest import did_you_mean, instead
from qmsctl.core.text.values import by_commas, read_integer
from qmsctl.core.text.writing import Writing
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.core.types.choice import chosen, part_of
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.typed_value import filed
from qmsctl.errors import UsageError
from qmsctl.mend import HOLE, advice, command
from qmsctl.message import _, named

Body = Callable[[RecordType, str, str], str]
"""Makes the body of a new file from its type, id and title."""


def create(
    library: Library, type_name: str, given: Mapping[str, str], person: str | None, body: Body
) -> Edit:
    """A new file of ``type_name`` with the fields and sections ``given``, the type's defaults, and a body.

    Raises :class:`UsageError` for an unknown type, :class:`Refusal` where the only id of its series is taken.
    """
    found = usable_type(library, type_name)
    if given.get("type", type_name) != type_name:
        raise UsageError(_("this makes a file of the type {type}", type=found.label), command("new", given["type"], title=HOLE))
    texts = {name: section for name in given if (section := settable(found, name))}
    values = field_values(found, {name: text for name, text in given.items() if name not in texts}, library.config.writing)
    defaults = _defaults(library, found, person)
    parent, unit, year = (_text(values.get(name, defaults.get(name))) for name in ("parent", "unit", "year"))
    new_id = asked_id(library, found, given.get("id", "")) or next_id(library, found, parent, unit, read_integer(year))
    fields: dict[str, Value] = {"id": new_id, "type": found.name}
    title = given.get("title", "")
    if found.first_state:
        fields |= {"title": title, "status": found.first_state}
    for name, field in found.fields.items():
        value = values.get(name, defaults.get(name))
        if value is not None:
            fields[name] = value
        elif field.required and field.state in (None, found.first_state):
            fields[name] = ""
    fields |= {name: value for name, value in values.items() if name not in fields}
    path = f"{found.folder}/{new_id}.md"
    data = front_matter(fields.items(), "\n" + body(found, new_id, title))
    for name, section in texts.items():
        data = with_section(data, found, section, given[name], library.config.language)
    summary = _("{type} {id} created: {title}", type=found.label, id=new_id, title=title)
    return linked_back(library, Edit((FileChange(path, None, data),), summary, (path,), made=(new_id,)))


def usable_type(library: Library, name: str) -> RecordType:
    """The type of this name, if files of it are made by ``new``."""
    return known_type(library, name, lambda each: each.kind in ("document", "record"))


def known_type(library: Library, name: str, fits: Callable[[RecordType], bool] = bool) -> RecordType:
    """The type of this name, if it ``fits``. Raises :class:`UsageError` with the one that is meant by a name that is near, or by its words."""
    found = library.types.get(name)
    if found is not None and fits(found):
        return found
    fitting = [each for each in library.types.all() if fits(each)]
    labels = {each.name: each.label for each in fitting}
    near = did_you_mean(chosen(name, labels) or _of_series(name, fitting) or part_of(name, labels) or name, labels)
    meant = instead(name, near.found) if near.found else command("types").in_order_to(_("to see them all"))
    raise UsageError(_("there is no type “{type}”", type=name), meant)


def _of_series(name: str, types: Sequence[RecordType]) -> str | None:
    """The one type whose ids begin with that word, or are like it."""
    word, own = unmarked(name.strip()), {each.name: IdPattern.parse(each.id_pattern) for each in types}
    series = [key for key, found in own.items() if found and not found.takes_any and (found.matches(name) or _letters(found.template) == word)]
    return series[0] if len(series) == 1 else None


def _letters(template: str) -> str:
    """What the ids of a series begin with, before the first sign or place."""
    return unmarked("".join(takewhile(str.isalpha, template)))


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def field_values(found: RecordType, given: Mapping[str, str], writing: Writing) -> dict[str, Value]:
    """What ``key=value`` arguments mean for the fields of a type. Raises :class:`UsageError`."""
    return {name: filed(found.fields.get(name), value_of(name, text, found.fields.get(name)), writing) for name, text in given.items()}


def cell_value(found: RecordType, cell: Cell, text: str, writing: Writing) -> Value:
    """What ``text`` means for a column of a data block. Raises :class:`UsageError` for an unknown column."""
    columns = found.blocks[cell.block].keys
    if cell.column not in columns:
        raise UsageError(
            _("the table “{block}” has no column “{column}”", block=cell.block, column=cell.column),
            advice(_("use one of {known}", known=named({name: column.label for name, column in columns.items()}))),
        )
    return filed(columns[cell.column], value_of(cell.column, text, columns[cell.column]), writing) if text else ""


def value_of(name: str, text: str, field: Field | None) -> Value:
    """A list may be written ``[a, b]`` or ``a,b``; mappings in YAML's flow style."""
    structured = field is not None and field.kind in ("list", "map", "table")
    if not structured:
        return text
    if not text.startswith(("[", "{")):
        return [*by_commas(text)]
    return read_value(name, text)


def read_value(name: str, text: str) -> Value:
    """A value written in YAML's flow style. Raises :class:`UsageError` where it is not."""
    try:
        node = read_yaml(text)
    except YamlRefused as error:
        raise UsageError(_("the value of “{name}” cannot be read: {problem}", name=name, problem=error.message)) from None
    return plain(node) if node else text


def _defaults(library: Library, found: RecordType, person: str | None) -> dict[str, str]:
    own = library.people.get(person or "")
    known = {
        "{today}": library.today.isoformat(),
        "{year}": f"{library.today.year}",
        "{me}": person,
        "{unit}": own.unit_on(library.today) if own else None,
    }
    given = {name: known.get(field.default, field.default) for name, field in found.fields.items() if field.default}
    return {name: value for name, value in given.items() if value}
