"""What :mod:`qmsctl.core.text.yaml_reader` reads, from the events of libyaml."""

from __future__ import annotations

import contextlib
from typing import Any

import yaml

try:
    from yaml import cyaml

    _Parser: Any = cyaml.CParser  # type: ignore[attr-defined]
except ImportError:  # PyYAML built without libyaml: slower, the same events
    _Parser = yaml.Loader

from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence, shared
from qmsctl.core.text.yaml_refused import YamlRefused, hidden_here, unseen
from qmsctl.core.text.yaml_words import plain_words
from qmsctl.message import Message, _
from qmsctl.regex import regex

_SCALAR, _SEQUENCE_END, _MAPPING_END = yaml.ScalarEvent, yaml.SequenceEndEvent, yaml.MappingEndEvent
_new = tuple.__new__  # what a named tuple calls in the end, at two thirds of the time

_OFTEN_REPEATED = 20
_LOOKED_AHEAD = 1024  # characters, YAML 1.1, 7.4: a key that needs no question mark is no longer
_OPENING = regex(r"[\[{]")


def read_events(text: str, first_line: int, offset: int, depth: int) -> Node | None:
    """The one document in ``text``. Raises :class:`YamlRefused`."""
    try:
        return _Builder(text, first_line, offset, depth).document()
    except yaml.MarkedYAMLError as error:
        if error.problem_mark and (begun := _half_opened(text, error.problem_mark.index)):
            _refuse_depth(begun, first_line, depth)
        message, line = plain_words(error, text)
        raise YamlRefused(message, first_line + min(line, text.count("\n"))) from None
    except yaml.YAMLError as error:
        raise YamlRefused(_("this is not valid YAML: {problem}", problem=error), first_line) from None


def _half_opened(text: str, index: int) -> str:
    """``text`` up to half of the brackets that open on the line before ``index``, as far as a parser looks ahead for a key."""
    start = max(text.rfind("\n", 0, index) + 1, index - _LOOKED_AHEAD)
    ends = [found.end() for found in _OPENING.finditer(text, start, index)]
    return text[: ends[len(ends) // 2]] if ends else ""


def _refuse_depth(text: str, first_line: int, depth: int) -> None:
    """Raise :class:`YamlRefused` if ``text`` is nested too deep, or else; a parser has a limit of its own, which may speak first."""
    with contextlib.suppress(yaml.YAMLError):
        _Builder(text, first_line, 0, depth).document()


class _Builder:
    def __init__(self, text: str, first_line: int, offset: int, depth: int) -> None:
        parser = _Parser(text)
        self._next = parser.get_event
        self._line = first_line
        self._offset = offset
        self._depth = depth

    def document(self) -> Node | None:
        self._next()
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        if event.version or event.tags:
            raise self._refused(_("a YAML directive is not allowed"), event)
        node = self._node(self._next(), 1)
        self._next()
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._refused(_("only one YAML document may stand here"), event)
        return node

    def _refused(self, message: Message, event: Any) -> YamlRefused:
        return YamlRefused(message, self._line + event.start_mark.line)

    def _node(self, event: Any, depth: int) -> Node:
        """A scalar at once, for nearly all events are scalars."""
        kind = type(event)
        if kind is not _SCALAR or event.anchor is not None or event.tag is not None:
            return self._collection(event, depth)
        text, start, plain, offset = event.value, event.start_mark, not event.style, self._offset
        if not plain and (found := unseen(text)):
            raise self._refused(hidden_here(found.group()), event)
        kept = shared(text) if len(text) < _OFTEN_REPEATED else text
        values = kept, self._line + start.line, offset + start.index, offset + event.end_mark.index, plain
        return _new(Scalar, values)

    def _collection(self, event: Any, depth: int) -> Node:
        """A list or a mapping; whatever is neither is refused."""
        kind = type(event)
        if kind is yaml.AliasEvent:
            raise self._refused(_("a YAML alias (*{name}) is not allowed", name=event.anchor), event)
        if event.anchor is not None:
            raise self._refused(_("a YAML anchor (&{name}) is not allowed", name=event.anchor), event)
        if event.tag is not None:
            raise self._refused(_("a YAML tag ({tag}) is not allowed", tag=event.tag), event)
        if depth > self._depth:
            raise self._refused(_("nested deeper than {depth} levels", depth=self._depth), event)
        return self._mapping(event, depth) if kind is yaml.MappingStartEvent else self._sequence(event, depth)

    def _sequence(self, start: Any, depth: int) -> Sequence:
        items: list[Node] = []
        event = self._next()
        while type(event) is not _SEQUENCE_END:
            items.append(self._node(event, depth + 1))
            event = self._next()
        return Sequence(tuple(items), *self._span(start, event))

    def _mapping(self, start: Any, depth: int) -> Mapping:
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        event = self._next()
        while type(event) is not _MAPPING_END:
            key = self._node(event, depth + 1)
            if type(key) is not Scalar:
                raise self._refused(_("a key must be a word, not a list or a mapping"), event)
            name = shared(key.text)
            if name == "<<" and key.plain:
                raise self._refused(_("a YAML merge key (<<) is not allowed"), event)
            if name in entries:
                raise YamlRefused(
                    _("key “{key}” is given twice, first on line {first}", key=name, first=lines[name]),
                    key.line,
                )
            entries[name] = self._node(self._next(), depth + 1)
            lines[name] = key.line
            event = self._next()
        return Mapping(entries, lines, *self._span(start, event))

    def _span(self, start: Any, end: Any) -> tuple[int, int, int, bool]:
        first = start.start_mark
        offset = self._offset
        return (
            self._line + first.line,
            offset + first.index,
            offset + end.end_mark.index,
            bool(start.flow_style),
        )
