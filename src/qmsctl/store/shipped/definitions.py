"""The types and standards that ship with the product, and an office's own types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial
from typing import TYPE_CHECKING

from qmsctl.core.gates import shape_of
from qmsctl.core.reading import OWN_TYPES
from qmsctl.core.standards.standard import Standard, read_standard
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.type_reader import nodes_of, type_of
from qmsctl.core.types.type_set import Definition, TypeSet
from qmsctl.regex import regex
from qmsctl.store.shipped.resources import listing, read_text
from qmsctl.store.shipped.yaml_files import shipped

if TYPE_CHECKING:
    from qmsctl.core.auditing.questions import Questions
    from qmsctl.core.standards.correspondence import Correspondence

USER_TYPES = OWN_TYPES
_IS_TYPE = regex(re.escape(USER_TYPES) + "[^/]+/type\\.yaml")


def type_set(own: Mapping[str, str]) -> TypeSet:
    """Types from an office's files ``.qms/types/<type>/type.yaml`` (path to text), then the built-in ones."""
    own_paths = {path.split("/")[2]: path for path in own if _IS_TYPE.fullmatch(path)}
    if not own_paths:
        return _builtin_types()

    def find(name: str) -> Definition | None:
        builtin = _builtin(name)
        return Definition(partial(nodes_of, own[own_paths[name]]), own_paths[name], builtin.read if builtin else None) if name in own_paths else builtin

    return TypeSet(find, lambda: {*builtin_type_names(), *own_paths}, shape_of, frozenset(own_paths), builtin_type_names() & own_paths.keys())


@cache
def _builtin_types() -> TypeSet:
    """The built-in types, read once however many libraries there are."""
    return TypeSet(_builtin, builtin_type_names, shape_of)


def _builtin(name: str) -> Definition | None:
    return Definition(partial(shipped, f"types/{name}/type.yaml")) if name in builtin_type_names() else None


@cache
def builtin_type_names() -> frozenset[str]:
    """The names of the types that ship with the product."""
    return frozenset(listing("types"))


@cache
def config_type(name: str) -> RecordType:
    """What may stand in ``qms.yaml`` (``qms``) or ``people.yaml`` (``people``)."""

    def no_base(wanted: str) -> RecordType:
        raise KeyError(wanted)

    return type_of(shipped(f"config/{name}.yaml"), no_base, builtin=True, shape_of=shape_of)


@cache
def find_standard(edition: str) -> Standard | None:
    """The edition of this id, or ``None`` if it is not shipped."""
    if f"{edition}.yaml" not in listing("standards") or not edition.startswith("iso"):
        return None
    return read_standard(
        edition,
        shipped("standards/editions.yaml"),
        shipped(f"standards/{edition}.yaml"),
        shipped("standards/iso9001-documented-information.yaml"),
    )


@cache
def find_questions(edition: str) -> Questions:
    """What an auditor asks about each clause of an edition; nothing where none are shipped."""
    from qmsctl.core.auditing.questions import read_questions

    name = f"{edition}.yaml"
    return read_questions(read_text(f"standards/questions/{name}")) if name in listing("standards/questions") else {}


def editions() -> tuple[str, ...]:
    """The ids of the editions that are shipped, the oldest first."""
    names = (name.removesuffix(".yaml") for name in listing("standards"))
    return tuple(name for name in names if find_standard(name) is not None)


def find_correspondence(source: str, target: str) -> Correspondence | None:
    """How the clauses of two editions answer to each other, or ``None`` where no table leads from one to the other."""
    from qmsctl.core.standards.correspondence import read_correspondence

    for first, second in ((source, target), (target, source)):
        name = f"{first}-to-{second.rpartition('-')[2]}.yaml"
        if name in listing("standards"):
            found = read_correspondence(read_text(f"standards/{name}"), first, second)
            return found if first == source else found.back()
    return None
