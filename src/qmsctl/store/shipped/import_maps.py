"""The maps that say which columns of a foreign table are taken: those that ship with the product, and an office's own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from qmsctl.core.incoming.columns import OWN_MAPS, ColumnMap, personal_columns, read_map
from qmsctl.core.library import Library
from qmsctl.core.source import EntryKind
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.errors import RepositoryError, UsageError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store.shipped.resources import listing, read_text

_ENDING = ".yaml"


def maps_of(library: Library, folder: str, targets: frozenset[str]) -> tuple[ColumnMap, ...]:
    """The maps of a kind, the office's own first; what is personal is left by all of them.

    Raises :class:`RepositoryError` where one of the office cannot be read.
    """
    own = tuple(_own(library, folder, targets))
    names = {each.name for each in own}
    shipped = {each: _shipped(folder, each, targets) for each in _names(folder)}
    extended = (each.over(shipped[each.extends]) if each.extends in shipped else each for each in own)
    return tuple(each.without(_personal()) for each in (*extended, *(each for name, each in shipped.items() if name not in names)))


def map_for(library: Library, folder: str, name: str, targets: frozenset[str], own_words: ColumnMap, *, asked: bool) -> ColumnMap:
    """The map of this name, and of what it does not say the words that a type has itself; these alone where there is none.

    Raises :class:`UsageError` where it is ``asked`` for and there is none.
    """
    own = {each.name: each for each in _own(library, folder, targets) if each.name == name}
    shipped = _shipped(folder, name, targets) if name in _names(folder) else None
    found = own.get(name) or shipped
    if found is None and asked:
        raise UsageError(_("there is no map “{map}”", map=name), advice(did_you_mean(name, (*own, *_names(folder)))))
    if found is not None and found.extends and found is not shipped:
        found = found.over(_shipped(folder, found.extends, targets))
    return (found.over(own_words) if found else own_words).without(_personal())


def shipped_maps(folder: str, targets: frozenset[str]) -> tuple[ColumnMap, ...]:
    """The maps of a kind that ship with the product."""
    return tuple(_shipped(folder, each, targets).without(_personal()) for each in _names(folder))


def named_map(maps: tuple[ColumnMap, ...], name: str) -> ColumnMap:
    """The map of this name. Raises :class:`UsageError`."""
    for each in maps:
        if each.name == name:
            return each
    raise UsageError(_("there is no map “{map}”", map=name), advice(did_you_mean(name, tuple(each.name for each in maps))))


def _own(library: Library, folder: str, targets: frozenset[str]) -> Iterator[ColumnMap]:
    beginning = f"{OWN_MAPS}{folder}/"
    for path, kind in library.files.items():
        name = path.removeprefix(beginning).removesuffix(_ENDING)
        if kind is EntryKind.FILE and path == f"{beginning}{name}{_ENDING}" and "/" not in name:
            try:
                found = read_map(name, library.outside.read(path).decode("utf-8-sig", "replace"), targets)
                if found.extends and found.extends not in _names(folder):
                    raise YamlRefused(_("“{map}” is no map that can be extended; {hint}", map=found.extends, hint=did_you_mean(found.extends, _names(folder))), 1)  # noqa: TRY301 — told like all that is wrong in the file
                yield found
            except YamlRefused as error:
                raise RepositoryError(
                    _("{path}, line {line}: {problem}", path=path, line=error.line, problem=error.message), advice(_("correct that line first")),
                ) from None


def _names(folder: str) -> tuple[str, ...]:
    return tuple(each.removesuffix(_ENDING) for each in listing(f"imports/{folder}") if each.endswith(_ENDING))


@cache
def _shipped(folder: str, name: str, targets: frozenset[str]) -> ColumnMap:
    return read_map(name, read_text(f"imports/{folder}/{name}{_ENDING}"), targets)


@cache
def _personal() -> frozenset[str]:
    return personal_columns(read_text("imports/personal.yaml"))

