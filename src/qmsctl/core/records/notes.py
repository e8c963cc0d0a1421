"""What people note down of one or several records, in YAML, JSON or Markdown: facts by key, texts by section."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from qmsctl.core.sections.section_text import section_named, text_of
from qmsctl.core.sections.sections import by_title, section_of, titled
from qmsctl.core.sections.typed_body import typed_body
from qmsctl.core.text.body import scan
from qmsctl.core.text.nodes import plain
from qmsctl.core.text.splice import Value, flow, has_hole
from qmsctl.core.text.text_file import NoFrontMatter, cut, decode
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.core.types.record_type import RecordType
from qmsctl.errors import UsageError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.unfilled import is_hole, refuse_holes
from qmsctl.value import dataclass, field

LIMIT = 1024 * 1024
_MOST = 1000
_OURS = ("id", "status")


@dataclass(frozen=True, slots=True)
class Noted:
    """One record as somebody noted it: ``fields`` as ``key=value`` gives them, ``texts`` by the id of a section.

    ``body`` is a whole text with headings of its own.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None


def read_notes(name: str, data: bytes, found: RecordType) -> tuple[Noted, ...]:
    """The records of type ``found`` in a file; its form follows from the ending of ``name``.

    Raises :class:`UsageError` with the line where it cannot be read.
    """
    try:
        text, _bom = decode(data)
        ending = name.rpartition(".")[2].lower()
        if ending in ("md", "markdown"):
            return (_from_markdown(data, found),)
        values = _json(text) if ending == "json" else _yaml(text)
    except YamlRefused as error:
        raise UsageError(_("{path}, line {line}: {problem}", path=name, line=error.line, problem=error.message)) from None
    except NoFrontMatter:
        raise UsageError(_("{path} does not begin with front matter between two lines of ---", path=name)) from None
    entries = values if isinstance(values, list) else [values]
    if not entries or len(entries) > _MOST or not all(isinstance(each, Mapping) for each in entries):
        message = _("{path} has to hold keys with values, or a list of up to {most} such records", path=name, most=_MOST)
        raise UsageError(message, advice(_("title: …, description: …, one a line")))
    return tuple(noted(each, found) for each in entries if isinstance(each, Mapping))


def noted(values: Mapping[str, Value], found: RecordType) -> Noted:
    """The values by key: those of a section's id or title are texts, unless a field is called so and takes a text."""
    fields: dict[str, str] = {}
    texts: dict[str, str] = {}
    for key, value in values.items():
        if key in _OURS or (key == "type" and value != found.name):
            raise UsageError(_("“{field}” is not set by hand", field=key), advice(_("take it out; the record is given the next number of its series")))
        section = section_named(found, key) or titled(key, by_title(found.sections))
        if isinstance(value, str) and section and not _is_field_of_text(found, key):
            texts[section.id] = value
        elif key != "type":
            fields[key] = value if isinstance(value, str) else flow(value)
    return Noted(fields, texts)


def _is_field_of_text(found: RecordType, key: str) -> bool:
    return key in found.fields and found.fields[key].kind not in ("list", "map", "table")


def _from_markdown(data: bytes, found: RecordType) -> Noted:
    file = cut(data)
    values = _yaml(file.front)
    if not isinstance(values, dict):
        raise YamlRefused(_("the front matter has to be keys and values, one a line"), 2)
    result = noted(values, found)
    body = file.body.replace("\r\n", "\n").strip("\n")
    if any(section_of(each, found.sections) for each in typed_body(body, 0, 1, found).headings):
        refuse_holes(_open_places(body, found))
        return Noted(result.fields, result.texts, body + "\n")
    first = next((section.id for section in found.sections if section.required), None)
    return Noted(result.fields, {**result.texts, **({first: body} if first and body else {})})


def _open_places(body: str, found: RecordType) -> Iterator[str]:
    """What a whole text leaves to be supplied: its sections, and the columns of its data blocks."""
    yield from (each.id for each in found.sections if is_hole(text_of(body, found, each)))
    for block in scan(body, 0, 1, frozenset(found.blocks)).blocks:
        rows = plain(block.rows) if block.rows else ()
        yield from (f"{block.name}.{name}" for row in rows if isinstance(row, Mapping) for name, value in row.items() if has_hole(value))


def _yaml(text: str) -> Any:
    node = read_yaml(text, limit=LIMIT)
    return plain(node) if node is not None else None


def _json(text: str) -> Any:
    try:
        return _worded(json.loads(text, object_pairs_hook=_once, parse_int=str, parse_float=str, parse_constant=_no_number))
    except json.JSONDecodeError as error:
        raise YamlRefused(_("this is no JSON: {problem}", problem=error.msg), error.lineno) from None
    except RecursionError:
        raise YamlRefused(_("this is no JSON: {problem}", problem="nesting"), 1) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise YamlRefused(_("“{key}” is given twice", key=key), 1)
        found[key] = value
    return found


def _no_number(text: str) -> Any:
    raise YamlRefused(_("this is no JSON: {problem}", problem=text), 1)


def _worded(value: Any) -> Any:
    """Numbers are texts already; yes, no and nothing become the words that front matter has for them."""
    match value:
        case dict():
            return {key: _worded(part) for key, part in value.items() if part is not None}
        case list():
            return [_worded(part) for part in value if part is not None]
        case bool():
            return "yes" if value else "no"
        case _:
            return value
