"""Which columns of a table are taken and which are left: what a map says, and nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qmsctl.core.text.labels import plain_label
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Node, Scalar, Sequence, texts
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.message import Message, _
from qmsctl.value import dataclass, field, replace

CASES, REGISTERS = "cases", "registers"
"""The kinds of maps, and the folders they lie in."""
OWN_MAPS = ".qms/imports/"
"""Where an office's own maps lie."""

_KEYS = ("extends", "take", "leave", "personal", "key", "passed", "parts", "values")
_PARTS = ("from", "until", "leave")


@dataclass(frozen=True, slots=True)
class Parts:
    """A list inside a row, of stops: the keys that begin and end one, and those that are left."""

    start: str
    end: str
    leave: frozenset[str]


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What becomes of each column, by its heading in plain form.

    ``take`` has for each target the headings it is taken from, the best first. Columns that are ``left`` are not looked at;
    those that are ``personal`` are left too, and named. ``key`` are the targets that tell a row from others. A row is
    ``passed`` over where a column has one of these values. ``parts`` are lists inside a row. What it does not say itself, the map says that
    it ``extends``. ``values`` are further words, in plain form, for the values of a field that is chosen.
    """

    name: str
    take: Mapping[str, tuple[str, ...]]
    left: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()
    key: tuple[str, ...] = ()
    passed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parts: Mapping[str, Parts] = field(default_factory=dict)
    extends: str = ""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def target(self, heading: str) -> str | None:
        """What a column with this heading, in plain form, is taken for."""
        return next((target for target, headings in self.take.items() if heading in headings), None)

    def leaves(self, heading: str) -> bool:
        """True for a column that is known and not taken."""
        return heading in self.left or heading in self.personal

    def knows(self, heading: str) -> bool:
        """True for a column that is known at all."""
        return self.leaves(heading) or heading in self.passed or heading in self.parts or self.target(heading) is not None

    def without(self, personal: frozenset[str]) -> ColumnMap:
        """The same, with these columns left whatever it says of them."""
        take = {target: tuple(each for each in headings if each not in personal) for target, headings in self.take.items()}
        return replace(self, take=take, personal=self.personal | personal)

    def over(self, other: ColumnMap) -> ColumnMap:
        """The same, and of what it does not say itself what ``other`` says."""
        own = frozenset(heading for headings in self.take.values() for heading in headings)
        others = {target: tuple(each for each in headings if not self.knows(each)) for target, headings in other.take.items()}
        return replace(
            self, take={target: (*self.take.get(target, ()), *others.get(target, ())) for target in {**other.take, **self.take}},
            left=self.left | (other.left - own), personal=self.personal | other.personal, key=self.key or other.key,
            passed={**other.passed, **self.passed}, parts={**other.parts, **self.parts},
            values={name: {**other.values.get(name, {}), **self.values.get(name, {})} for name in {**other.values, **self.values}},
        )


def read_map(name: str, text: str, targets: frozenset[str]) -> ColumnMap:
    """The map in a YAML text. Raises :class:`YamlRefused` with the line of what it may not say."""
    top = _mapping(read_yaml(text), 1)
    _known(top, _KEYS)
    take = _mapping(top.entries.get("take"), top.line, optional=True)
    _known(take, tuple(sorted(targets)))
    passed = _mapping(top.entries.get("passed"), top.line, optional=True)
    parts = _mapping(top.entries.get("parts"), top.line, optional=True)
    return ColumnMap(
        name, {target: _headings(node) for target, node in take.entries.items()},
        frozenset(_headings(top.entries.get("leave"))), frozenset(_headings(top.entries.get("personal"))),
        tuple(texts(top.entries.get("key"))),
        {plain_label(heading): frozenset(_headings(node)) for heading, node in passed.entries.items()},
        {plain_label(heading): _parts(node, parts.line) for heading, node in parts.entries.items()},
        top.text("extends") or "", _values(top),
    )


def _values(top: MappingNode) -> Mapping[str, Mapping[str, str]]:
    """For each field the values by the words for them."""
    found = _mapping(top.entries.get("values"), top.line, optional=True)
    known = {name: _mapping(node, found.line) for name, node in found.entries.items()}
    return {name: {word: value for value, words in node.entries.items() for word in _headings(words)} for name, node in known.items()}


def personal_columns(text: str) -> frozenset[str]:
    """The headings that the YAML text lists under ``personal``, in plain form."""
    return frozenset(_headings(_mapping(read_yaml(text), 1).entries.get("personal")))


def _parts(node: Node, line: int) -> Parts:
    found = _mapping(node, line)
    _known(found, _PARTS)
    start, end = found.text("from"), found.text("until")
    if not start or not end:
        raise YamlRefused(_("these columns are missing: {columns}", columns=tuple(each for each in _PARTS[:2] if not found.text(each))), found.line)
    return Parts(plain_label(start), plain_label(end), frozenset(_headings(found.entries.get("leave"))))


def _mapping(node: Node | None, line: int, *, optional: bool = False) -> MappingNode:
    if node is None and optional:
        return MappingNode({}, {}, line, 0, 0, flow=False)
    if not isinstance(node, MappingNode):
        raise YamlRefused(_("keys with values are expected here"), node.line if node else line)
    return node


def _known(node: MappingNode, known: tuple[str, ...]) -> None:
    for key in node.entries:
        if key not in known:
            raise YamlRefused(_("“{key}” is not known here; {hint}", key=key, hint=did_you_mean(key, known)), node.key_lines[key])


def _headings(node: Node | None) -> tuple[str, ...]:
    return tuple(plain_label(each) for each in _each(node))


def _each(node: Node | None) -> Iterator[str]:
    if isinstance(node, Sequence) and not all(isinstance(item, Scalar) for item in node.items):
        raise YamlRefused(_("a list of headings is expected here"), node.line)
    if isinstance(node, MappingNode):
        raise YamlRefused(_("a list of headings is expected here"), node.line)
    yield from texts(node)


def unknown(heading: str) -> Message:
    """Why a table with such a column is not taken in."""
    return _("the column “{column}” is not known: take it out, or say in a map in {folder} what becomes of it", column=heading, folder=OWN_MAPS)
