"""Files that texts and sign-offs name with their digest: evidence, pictures, forms, papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from qmsctl.core.diagnostic import Stricter
from qmsctl.core.dossier import SIGNOFFS, Dossier
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.named_digest import named_digests
from qmsctl.core.records.disposal import disposed
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.text.body import scan
from qmsctl.core.text.nodes import Scalar
from qmsctl.core.text.text_file import cut


class NamedFile(NamedTuple):
    """The file at ``path``, named with its digest by ``item`` on ``line``; ``stricter`` where only a signed copy of old asks for it."""

    item: Item
    path: str
    sha256: str
    line: int
    stricter: Stricter | None = None


def named_files(library: Library) -> Iterator[NamedFile]:
    """Every file that has to be there with its digest, each digest of it once a document or record.

    Working texts and sign-offs come first, then the copies of every dossier that is kept: of a document any, of a
    record as long as no approved disposal lists it.
    """
    asked: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for item in (*library.items, *library.signoff_items):
        for name in item.type.fields_with_files:
            for found in _in_field(item, name) if item.has(name) else ():
                if item.type.kind != "signoff":
                    asked[item.id].add((found.path, found.sha256))
                yield found
    for dossier in _kept(library):
        for found in _of_copy(dossier, library):
            if (found.path, found.sha256) not in asked[dossier.subject]:
                asked[dossier.subject].add((found.path, found.sha256))
                yield found


def files_of(copy: Item, library: Library) -> Iterator[NamedFile]:
    """What a signed copy names with a digest, in whatever field or data block."""
    for name, node in copy.fields.entries.items():
        if not isinstance(node, Scalar):
            yield from _in_field(copy, name)
    blocks = copy.type.blocks_with_files
    if blocks:
        file = cut(library.outside.read(copy.path))
        read = scan(file.text, file.body_start, file.body_line, frozenset(copy.type.blocks))
        rows = (each.rows for each in read.blocks if each.name in blocks and each.rows is not None)
        yield from (NamedFile(copy, *found) for node in rows for found in named_digests(node))


def proofs(subjects: Iterable[str], library: Library) -> tuple[str, ...]:
    """The paths of what proves something about the documents and records at the paths ``subjects``, be it there or not.

    These are the files of their dossiers, and those that they, their copies and their sign-offs name with a digest.
    """
    names = {path.rpartition("/")[2].removesuffix(".md") for path in subjects}
    found = [path for path in library.files if path.startswith(SIGNOFFS) and path.split("/", 2)[1] in names]
    dossiers = [each for name in names for each in library.dossiers.get(name, ())]
    items = [library.by_id[name] for name in names if name in library.by_id]
    found += [each.path for item in items for name in item.type.fields_with_files for each in _in_field(item, name) if item.has(name)]
    found += [each.path for dossier in dossiers if dossier.copy for each in files_of(dossier.copy, library)]
    found += [each.basis.file for dossier in dossiers for each in dossier.signoffs if each.basis and each.basis.file]
    return tuple(dict.fromkeys(found))


def evidence_digests(library: Library) -> Mapping[str, str]:
    """The digests of files that records name as evidence, or named when they were signed, each with the id of a record."""
    named = {each.sha256: each.item.id for each in named_files(library) if each.item.type.kind == "record"}
    for record in library.records:
        rows = (each.rows for each in record.blocks if each.name in record.type.blocks_with_files and each.rows is not None)
        named |= {each.sha256: record.id for node in rows for each in named_digests(node)}
    return named


def signed_digests(path: str, library: Library) -> frozenset[str]:
    """The digests that signed copies give for the file at ``path``: it gets no other bytes."""
    found = (each for dossier in _kept(library) for each in _of_copy(dossier, library))
    return frozenset(each.sha256 for each in found if each.path == path)


def _kept(library: Library) -> Iterator[Dossier]:
    """The dossiers that have a copy, those in force before the others; none of a record that may be destroyed."""
    gone = disposed(library)
    for subject, dossiers in library.dossiers.items():
        kept = (each for each in dossiers if each.copy and (each.revision is not None or subject not in gone))
        yield from sorted(kept, key=lambda each: not _is_in_force(each, library))


def _is_in_force(dossier: Dossier, library: Library) -> bool:
    found = library.standing(dossier.subject).in_force if dossier.revision is not None else None
    return found is not None and found.dossier is dossier


def _of_copy(dossier: Dossier, library: Library) -> Iterator[NamedFile]:
    """What the copy names; the first format asks for the files of what is in force, in the fields that its type knows."""
    copy = dossier.copy
    assert copy is not None  # only dossiers with a copy are kept
    if _is_in_force(dossier, library):
        for name in copy.type.fields_with_files:
            yield from _in_field(copy, name)
    day = day_of(dossier.signoffs[0], library.config) if dossier.signoffs else None
    for found in files_of(copy, library):
        yield found._replace(stricter=Stricter(day, found.path))


def _in_field(item: Item, name: str) -> Iterator[NamedFile]:
    node = item.node(name)
    for found in named_digests(node) if node is not None else ():
        yield NamedFile(item, *found)
