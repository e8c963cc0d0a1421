"""``tidy``: what editors and word processors leave in a file, mended; what the file says stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import sign_again
from qmsctl.core.mends.respelling import is_bound
from qmsctl.core.reading import CONFIG_LIMIT, CONFIG_PATHS, OWN_TYPES, PEOPLE_PATH, Parsed, is_controlled, parse
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Node, Scalar, Sequence
from qmsctl.core.text.text_file import cut
from qmsctl.core.text.tidy import QUOTES, plain_form, with_hyphens
from qmsctl.core.text.values import read_date
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.core.types.field import Field
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import HOLE, Mend, advice, command
from qmsctl.message import Message, _
from qmsctl.regex import regex

_KEY = regex(r"[\w.-]+")
_ADDRESS = regex(rf"[^\s@\"'{QUOTES}]+@[^\s@\"'{QUOTES}]+")


class _Splice(NamedTuple):
    """Other characters between two places of a text."""

    start: int
    end: int
    text: str


def tidy(library: Library, path: str) -> Edit:
    """The file at ``path`` tidied; its remarks say what was mended.

    Raises :class:`UsageError` for what is no file of the system, :class:`Refusal` for bytes that a sign-off binds.
    """
    _may_change(library, path)
    before = library.outside.read(path)
    text, done = before.decode("utf-8", "replace"), []  # a byte order mark is still in it
    for what, step in _steps(library, path, before):
        tidied = step(text)
        if tidied != text:
            done.append(what)
        text = tidied
    after = text.encode() if done else before
    return Edit((FileChange(path, before, after),), _("{path} tidied: {mended}", path=path, mended=tuple(done)), (path,))


def _may_change(library: Library, path: str) -> None:
    if not (is_controlled(path) or path.startswith(OWN_TYPES)) or path not in library.files:
        raise UsageError(_("{path} is no document, record or configuration of this system", path=path))
    if path.startswith("signoffs/"):
        raise Refusal(_("{path} lies in a dossier, which keeps its bytes", path=path), sign_again())
    item = library.by_id.get(path.rpartition("/")[2].removesuffix(".md"))
    if is_bound(library, path) and item is not None:
        way = command("revise", item.id, change=HOLE) if item.is_document else command("reopen", item.id, reason=HOLE)
        raise Refusal(_("a sign-off binds the bytes of {path}", path=path), way.then(command("tidy", path)))
    if item is not None and item.is_document and any(copy.sha256 == item.sha256 for each in library.dossiers.get(item.id, ()) if (copy := each.copy)):
        raise Refusal(_("a sign-off binds the bytes of {path}", path=path), command("return", item.id, comment=HOLE).then(command("tidy", path)))


def _steps(library: Library, path: str, before: bytes) -> Iterator[tuple[Message, Callable[[str], str]]]:
    """What may be mended, each from the text that the one before it leaves."""
    try:
        plain = plain_form(before)
    except YamlRefused as error:
        raise Refusal(error.message, _as_utf8(path)) from None
    yield _("characters, line ends"), lambda _text: plain
    if path.endswith(".md"):
        yield _("the lines of --- around the front matter"), with_hyphens
    yield _("quotation marks around keys and e-mail addresses"), lambda text: _spliced(text, [*_keys(text, _nodes(library, path, text)), *_addresses(path, text, library)])
    yield _("days"), lambda text: _spliced(text, _days(library, path, text))


def _as_utf8(path: str) -> Mend:
    return advice(_("save {path} as UTF-8 with your editor, then run the command again", path=path))


def _spliced(text: str, splices: list[_Splice]) -> str:
    for splice in sorted(splices, reverse=True):
        text = text[: splice.start] + splice.text + text[splice.end :]
    return text


def _parsed(library: Library, path: str, text: str) -> Parsed | None:
    return parse(path, text.encode(), library.types) if is_controlled(path) else None


def _nodes(library: Library, path: str, text: str) -> Iterator[Node]:
    """The front matter or configuration, and the rows of every data block."""
    found = _parsed(library, path, text)
    if found is not None and found.fields is not None:
        yield found.fields
        yield from (block.rows for block in found.body.blocks if block.rows is not None)


def _keys(text: str, nodes: Iterator[Node]) -> Iterator[_Splice]:
    """Keys that a word processor has put into quotation marks, each where it stands once on its line."""
    lines = text.split("\n")
    begins = [0]
    for each in lines:
        begins.append(begins[-1] + len(each) + 1)
    for node in nodes:
        for mapping in _mappings(node):
            for key, line in mapping.key_lines.items():
                meant = key.strip(QUOTES)
                if meant != key and _KEY.fullmatch(meant) and meant not in mapping.entries and lines[line - 1].count(key) == 1:
                    start = begins[line - 1] + lines[line - 1].index(key)
                    yield _Splice(start, start + len(key), meant)


def _mappings(node: Node) -> Iterator[MappingNode]:
    if isinstance(node, MappingNode):
        yield node
    parts = node.entries.values() if isinstance(node, MappingNode) else node.items if isinstance(node, Sequence) else ()
    for part in parts:
        yield from _mappings(part)


def _addresses(path: str, text: str, library: Library) -> Iterator[_Splice]:
    """E-mail addresses of people with such marks around them."""
    if path != PEOPLE_PATH:
        return
    for node in _nodes(library, path, text):
        for mapping in _mappings(node):
            for scalar in _scalars(mapping.entries.get("email")):
                meant = scalar.text.strip(QUOTES)
                if meant != scalar.text and _ADDRESS.fullmatch(meant):
                    yield from _instead(text, 0, scalar, meant)


def _scalars(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        yield from (each for each in node.items if isinstance(each, Scalar))


def _days(library: Library, path: str, text: str) -> list[_Splice]:
    """Days that stand as the office types them."""
    writing, found = library.config.writing, _parsed(library, path, text)
    if found is None or found.fields is None:
        return []
    described = _described(library, path, text, found)
    scalars = ((offset, *each) for offset, field, node in described for each in field.scalars(node))
    return [
        splice for offset, field, scalar in scalars
        if field.mentions("date") and read_date(scalar.text) is None and (day := writing.day(scalar.text))
        for splice in _instead(text, offset, scalar, day.isoformat())
    ]


def _described(library: Library, path: str, text: str, found: Parsed) -> Iterator[tuple[int, Field, Node]]:
    """The values of a file with the fields that describe them, each with the place from which its spans count."""
    assert found.fields is not None
    if path in CONFIG_PATHS:
        yield from _entries(library.config_type(path.removesuffix(".yaml")).fields, 0, text)
        return
    known = library.types.get(found.fields.text("type") or "")
    if known is None:
        return
    file = cut(text.encode())
    yield from _entries(known.fields, file.front_start, file.front)
    for block in found.body.blocks:
        rows = read_yaml(text[block.start : block.end]) if block.rows is not None and block.name in known.blocks else None
        if rows is not None:
            yield block.start, known.blocks[block.name], rows


def _entries(fields: Mapping[str, Field], begin: int, text: str) -> Iterator[tuple[int, Field, Node]]:
    top = read_yaml(text, limit=CONFIG_LIMIT)
    if isinstance(top, MappingNode):
        yield from ((begin, fields[name], node) for name, node in top.entries.items() if name in fields)


def _instead(text: str, offset: int, scalar: Scalar, new: str) -> Iterator[_Splice]:
    """Another text in the place of a scalar, its own marks of YAML left; nothing where it is written in another way."""
    written = text[offset + scalar.start : offset + scalar.end]
    if written.count(scalar.text) == 1:
        start = offset + scalar.start + written.index(scalar.text)
        yield _Splice(start, start + len(scalar.text), new)
