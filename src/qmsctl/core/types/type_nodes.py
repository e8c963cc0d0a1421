"""Parts of ``type.yaml``, each of the shape that is expected there."""

from __future__ import annotations

from collections.abc import Iterable

from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence
from qmsctl.core.text.nodes import texts as node_texts
from qmsctl.core.text.values import read_bool, read_integer
from qmsctl.message import Label, Message, _


class TypeInvalid(Exception):
    """A type definition that cannot be used; ``line`` is that of ``type.yaml``."""

    def __init__(self, message: Message, line: int) -> None:
        super().__init__(str(message))
        self.message = message
        self.line = line


def as_mapping(node: Node | None, line: int) -> Mapping:
    """The node as a mapping. Raises :class:`TypeInvalid` for anything else."""
    if not isinstance(node, Mapping):
        raise TypeInvalid(_("keys with values are expected here"), node.line if node else line)
    return node


def entries_of(node: Node | None) -> Iterable[tuple[str, Node]]:
    """The keys of a mapping with their values; nothing where there is no node."""
    return as_mapping(node, node.line).entries.items() if node is not None else ()


def only_keys(node: Mapping, known: frozenset[str]) -> None:
    """Refuse a key that is not among ``known``."""
    for key, line in node.key_lines.items():
        if key not in known:
            raise TypeInvalid(_("“{key}” is not known here; expected one of {known}", key=key, known=known), line)


def list_of(node: Mapping, key: str) -> tuple[Node, ...]:
    """The items of the list under ``key``; nothing where there is none."""
    found = node.entries.get(key)
    if found is None or isinstance(found, Sequence):
        return node.sequence(key)
    raise TypeInvalid(_("a list is expected, such as [a, b]"), node.key_lines[key])


def flag_of(node: Mapping, key: str) -> bool:
    """The yes or no under ``key``; no where there is none."""
    if key not in node.entries:
        return False
    flag = read_bool(node.text(key) or "")
    if flag is None:
        raise TypeInvalid(
            _("got “{text}”; expected {expected}", text=node.text(key) or "", expected=_("yes or no")),
            node.key_lines[key],
        )
    return flag


def number_of(node: Mapping, key: str, default: int) -> int:
    """The whole number under ``key``; ``default`` where there is none."""
    if key not in node.entries:
        return default
    number = read_integer(node.text(key) or "")
    if number is None:
        raise TypeInvalid(
            _("got “{text}”; expected {expected}", text=node.text(key) or "", expected=_("a whole number")),
            node.key_lines[key],
        )
    return number


def text_of(node: Mapping, key: str) -> str:
    """The text under ``key``, which has to be there."""
    text = node.text(key)
    if not text:
        raise TypeInvalid(_("“{key}” is missing", key=key), node.line)
    return text


def one_of(node: Mapping, key: str, known: tuple[str, ...]) -> str:
    """The text under ``key``, which has to be one of ``known``."""
    text = text_of(node, key)
    if text not in known:
        raise TypeInvalid(
            _("got “{text}”; expected {expected}", text=text, expected=_("one of {values}", values=known)),
            node.key_lines[key],
        )
    return text


def label_of(node: Node | None, line: int) -> Label:
    """The texts of a mapping by language, those of an edition or a profile under its name, and the profiles after ``for``."""
    entries = as_mapping(node, line).entries.items()
    texts = {key: value.text for key, value in entries if isinstance(value, Scalar)}
    variants = {key: label_of(value, value.line).texts for key, value in entries if isinstance(value, Mapping)}
    only = next((value for key, value in entries if key == "for" and isinstance(value, Sequence)), None)
    return Label(texts, variants, node_texts(only))
