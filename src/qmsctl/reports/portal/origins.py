"""What the page of a document or record is made from, as digests: where they are the same again, so is the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from qmsctl.core.dossier import Dossier
from qmsctl.core.library import Library
from qmsctl.core.link_target import read_target
from qmsctl.core.model import Item
from qmsctl.core.proof.attestation import signature_path
from qmsctl.core.proof.pictures import folder_of
from qmsctl.core.reading import CONFIG_PATHS, OWN_TYPES
from qmsctl.core.records.distribution import OUT, TYPE
from qmsctl.core.source import EntryKind
from qmsctl.core.types.record_type import RecordType


class Origins:
    """The digests of files of a library, each found out once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._digests: dict[str, str | None] = {}
        self._references: dict[str, tuple[str, ...]] = {}
        self._asked: dict[str, tuple[str, ...]] = {}

    @cached_property
    def office(self) -> tuple[object, ...]:
        """What every page is made from: the configuration, people and types of the office, and the days it is off."""
        paths = (*CONFIG_PATHS, *sorted(path for path in self.library.files if path.startswith(OWN_TYPES)))
        return tuple((path, self.digest(path)) for path in paths)

    def digest(self, path: str) -> str | None:
        """The digest of a file; ``None`` where there is none."""
        if path not in self._digests:
            parsed = self.library.parsed.get(path)
            there = self.library.files.get(path) is EntryKind.FILE
            self._digests[path] = parsed.sha256 if parsed else self.library.outside.sha256(path) if there else None
        return self._digests[path]

    def references(self, found: RecordType) -> tuple[str, ...]:
        """The names of the fields of a type that name documents and records, found out once."""
        if found.name not in self._references:
            self._references[found.name] = tuple(field.name for field in found.fields_with("reference"))
        return self._references[found.name]

    def asked(self, found: RecordType) -> tuple[str, ...]:
        """Which entry of the approval matrix holds for a type today, found out once."""
        if found.name not in self._asked:
            matrix = self.library.config.matrix(found.name, self.library.today)
            self._asked[found.name] = (matrix.type, str(matrix.start)) if matrix else ()
        return self._asked[found.name]

    def of_document(self, item: Item) -> tuple[object, ...]:
        """The text, every submission of the document with its sign-offs, and the copies that are given out."""
        standing = self.library.standing(item.id)
        rounds = tuple((each.revision, standing.status_of(each), each.effective_on, each.withdrawn_on) for each in standing.rounds)
        working = self.library.by_id.get(item.id)
        other = standing.working, working.revision if working else None
        return item.sha256, rounds, other, self._dossiers(item), self._copies.get(item.id, ()), tuple(self._pictures(item))

    def of_record(self, item: Item) -> tuple[object, ...]:
        """The text with its sign-offs."""
        return item.path, item.sha256, self._dossiers(item), tuple(self._pictures(item))

    def _dossiers(self, item: Item) -> tuple[object, ...]:
        return tuple((each.folder, each.copy.sha256 if each.copy else "", tuple(self._signed(each))) for each in self.library.dossiers.get(item.id, ()))

    def _signed(self, dossier: Dossier) -> Iterator[tuple[str | None, ...]]:
        for each in dossier.signoffs:
            signature, basis = signature_path(each), each.basis.file if each.basis else None
            yield each.path, self.digest(each.path), self.digest(signature) if signature in self.library.files else None, self.digest(basis) if basis else None

    def _pictures(self, item: Item) -> Iterator[tuple[str, str | None]]:
        folder = folder_of(item, self.library) if any(link.image for link in item.links) else ""
        for link in item.links if folder else ():
            path = read_target(folder, link.target).path if link.image else None
            if path:
                yield path, self.digest(path)

    @cached_property
    def _copies(self) -> Mapping[str, tuple[str, ...]]:
        """The records of copies that are out, by document."""
        found: dict[str, tuple[str, ...]] = {}
        for record in self.library.by_type.get(TYPE, ()):
            if record.status == OUT:
                name = record.text("document") or ""
                found[name] = (*found.get(name, ()), record.sha256)
        return found
