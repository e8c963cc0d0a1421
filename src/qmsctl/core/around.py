"""What lies around an edit: all that it may have changed for rules that do not see everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, groupby
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import unquote

from qmsctl.core.edited import names_at
from qmsctl.core.library import Library
from qmsctl.core.link_target import read_target
from qmsctl.core.mentions import mentions
from qmsctl.core.model import Item
from qmsctl.core.part import Around, Parts, items_of
from qmsctl.core.reading import FileRead, is_controlled, texts_in
from qmsctl.core.sight import Sight
from qmsctl.core.text.characters import fold
from qmsctl.core.types.gate_names import names_of
from qmsctl.regex import regex

_RUN = regex(r"[\w.-]+")
_PATH = regex(r"[^\s/][^\n]*/[^\n/]+\.\w+")
"""What may be the path of a file: two texts that name one are linked by it, unless it is named by its id."""


class Changed(NamedTuple):
    """A library ``before``, which is another now in the files at ``paths`` and in nothing else that a rule sees."""

    before: Library
    paths: frozenset[str]


def arounds(after: Library) -> Mapping[Sight, Around]:
    """What lies around the edit that ``after`` comes from, by how far a rule sees; nothing where it may have changed anything."""
    before, edit = after.before, after.edit
    if before is None or edit is None or after.base is not None or after.config is not before.config:
        return {}
    paths = frozenset((*(change.path for change in edit.changes), *edit.promised, *(f"{path}.sig" for path in edit.promised)))
    if not all(map(is_controlled, (path.removesuffix(".sig") for path in paths))):
        return {}
    changes = (Changed(before, paths),)
    return {sight: around(changes, frozenset(), after, sight) for sight in (Sight.FILE, Sight.LINKED)}


def parts(library: Library, found: Mapping[Sight, Around]) -> Mapping[Sight, Library]:
    """What rules are asked about, by how far they see."""
    whole = Parts(library) if found else None
    return {sight: whole.of(found[sight]) if whole and sight in found else library for sight in Sight}


def around(changes: Sequence[Changed], told: frozenset[str], after: Library, sight: Sight) -> Around:
    """What lies around what has changed, by each of the ``changes``, until ``after``, and around the paths of which something was ``told``."""
    others = Around(names_at(told, *(each.before.parsed for each in changes), after.parsed), _with_signatures(told))
    owns = [_own(each.paths, each.before, after) for each in changes]
    if sight is Sight.FILE:
        return _union((others, *owns))
    found = [_linked(own, others, each.before, after) for own, each in zip(owns, changes, strict=True)]
    words = frozenset().union(*(each.words for each in found))
    return _union((others, *(each.around for each in found), _naming(after, words)))


def resting(names: frozenset[str], library: Library) -> frozenset[str]:
    """The paths of all that a sign-off of these ids rests on: what bears them, what they name, and what names them."""
    found = around((Changed(library, frozenset(_borne(names, library))),), frozenset(), library, Sight.LINKED)
    return found.paths.union(_borne(found.ids, library))


def _borne(names: frozenset[str], library: Library) -> Iterator[str]:
    """The paths of texts, dossiers and sign-offs of these ids, be they readable or not."""
    called = {f"{name}.md" for name in names}
    yield from (path for path in library.parsed if (path.split("/", 2)[1] in names if path.startswith("signoffs/") else path.rpartition("/")[2] in called))
    yield from (item.path for item in library.items if item.id in names)


def _own(paths: frozenset[str], before: Library, after: Library) -> Around:
    return Around(names_at(paths, before.parsed, after.parsed), _with_signatures(paths))


def _with_signatures(paths: frozenset[str]) -> frozenset[str]:
    return paths | frozenset(f"{path}.sig" for path in paths)


def _union(found: Iterable[Around]) -> Around:
    return Around(*(frozenset().union(*each) for each in zip(*found, strict=True)))


class _Linked(NamedTuple):
    """What is linked one way, and the ``words`` of which one stands in what names it."""

    around: Around
    words: frozenset[str]


def _linked(own: Around, others: Around, before: Library, after: Library) -> _Linked:
    """What bears one of the ``own`` ids, and what it names. What is not touched is the same in both.

    Of ``others`` what bears their ids in another spelling.
    """
    items = [item for each in (before, after) for item in items_of(own, each)]
    copies = (each.copy.path for library in (before, after) for name in own.ids for each in library.dossiers.get(name, ()) if each.copy)
    texts = own.paths.union((item.path for item in items), copies)
    touched = [file for each in (before, after) for path in texts if (file := each.parsed.get(path)) is not None]
    known = frozenset(name for file in touched for name in _words(file) if before.knows(name) or after.knows(name))
    paths = frozenset(text for file in touched for text in texts_in(file) if _PATH.fullmatch(text) and text.rpartition("/")[2].removesuffix(".md") not in known)
    ids, places = frozenset(map(_plain, own.ids | others.ids)), frozenset(map(_plain, own.paths | others.paths))
    signed = {path.split("/", 2)[1] for path in before.files if path.startswith("signoffs/")}
    twins, beside = frozenset(_alike((*before.by_id, *signed), ids)), frozenset(_alike(tuple(before.files), places))
    return _Linked(Around(own.ids | known | twins | frozenset(_asking(items, before)), own.paths | beside), own.ids | paths | frozenset(_gone(items, before)))


def _alike(names: Sequence[str], plain: frozenset[str]) -> Iterator[str]:
    """Those of the names that file systems may take for one of the ``plain`` ones."""
    joined = "\0".join(names).lower()
    known = joined.split("\0") if joined.isascii() else ()
    return compress(names, map(plain.__contains__, known if len(known) == len(names) else map(_plain, names)))


def _plain(name: str) -> str:
    """The form in which file systems compare names."""
    return name.lower() if name.isascii() else fold(name)


def _words(file: FileRead) -> Iterator[str]:
    """Whatever a file says that may be an id."""
    for text in texts_in(file):
        yield text
        for run in _RUN.findall(_unescaped(unquote(text))):
            yield run
            yield from (run[:place] for place, sign in enumerate(run) if sign == ".")


def _unescaped(text: str) -> str:
    """The text without character references; what knows these is imported where there may be one."""
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


def _gone(items: Iterable[Item], library: Library) -> Iterator[str]:
    """What ``items`` name and is not there: others that name it are told of together."""
    for item in items:
        named = (each.value.text for each in mentions((item,), "reference") if each.field.kind == "reference")
        linked = (read_target(item.path.rpartition("/")[0], link.target).id for link in item.links)
        yield from (name for name in (*named, *linked) if name and not library.knows(name))


def _naming(library: Library, words: frozenset[str]) -> Around:
    """The texts, and the copies that were signed, in which one of the words may stand; of copies with files in their tables, all."""
    named = names_at(frozenset(_saying(words, library.parsed.values())), library.parsed) if words else frozenset()
    with_files = words and any(kind.blocks_with_files for kind in library.types.own())
    signed = library.dossiers.items() if with_files else ()
    return Around(named | frozenset(name for name, dossiers in signed if any(each.copy is not None and each.copy.type.blocks_with_files for each in dossiers)), frozenset())


def _saying(words: frozenset[str], files: Iterable[FileRead]) -> Iterator[str]:
    """The paths of the files in which one of the words may stand: what is kept together is asked together."""
    for leaf, together in groupby(files, attrgetter("leaf")):
        if leaf is None:
            yield from (file.path for file in together if file.may_name(words))
        elif there := leaf.naming(words):
            yield from (file.path for file in together if file.path in there)


def _asking(items: Iterable[Item], library: Library) -> Iterator[str]:
    """The ids of records whose gates ask for what is of the type of one of the ``items``."""
    changed = {item.type.name: item.type for item in items}
    for others in library.by_type.values():
        gates = (gate for state in others[0].type.states.values() for gate in state.gates)
        asked = {name for gate in gates for what, name in names_of(gate) if what == "type"}
        if any(each.is_a(name) for each in changed.values() for name in asked):
            yield from (other.id for other in others)
