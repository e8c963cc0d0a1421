"""``renumber``: of two people who took one number, the one whose work is not merged yet takes the next.

Only what nobody else has seen is touched: files that came since the last common state, and their sign-offs, which bind
an id and are therefore given anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from qmsctl.core.asked import item
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.new_id import next_id
from qmsctl.core.model import Item
from qmsctl.core.reading import CONTROLLED_FOLDERS
from qmsctl.core.source import EntryKind
from qmsctl.core.text.ids import IdPattern
from qmsctl.core.text.splice import set_fields
from qmsctl.core.text.values import read_integer
from qmsctl.errors import Refusal
from qmsctl.mend import advice, command
from qmsctl.message import Message, _
from qmsctl.value import dataclass

_SIGNOFFS = "signoffs/"
_ATTACHMENTS = "attachments/"


@dataclass(frozen=True, slots=True)
class Others:
    """What others have: the ``common`` states from which their work and this one went apart, and the system ``there``."""

    common: tuple[Library, ...]
    there: Library

    def knows(self, name: str) -> bool:
        """True for an id that was given before the two went apart."""
        return any(name in library.by_id or name in library.dossiers for library in self.common)

    def holds(self, path: str, library: Library) -> bool:
        """True for a file of ``library`` that others have with the same bytes."""
        mine = library.outside.sha256(path)
        return any(path in each.files and each.outside.sha256(path) == mine for each in (*self.common, self.there))


def renumber(library: Library, subject: str, others: Others) -> Edit:
    """Give what was made here as ``subject`` the next id of its kind, everywhere in what was made here.

    Raises :class:`Refusal` where others know it by this id, where nobody else has taken the id, and where its sign-offs are merged.
    """
    found = item(library, subject)
    _check_own(library, found, others)
    ids = dict(_new_ids(library, found, others))
    own = _own_files(library, others)
    dropped = tuple(_dropped(library, own, ids))
    _check_unmerged(library, dropped, ids, others)
    rewritten = _Rewriting(library, ids, frozenset(path.split("/")[1] for path in dropped))
    changes = [change for path in own if not path.startswith(_SIGNOFFS) for change in rewritten.changes(path)]
    changes += [FileChange(path, library.outside.read(path), None) for path in dropped]
    new = ids[subject]
    path = next(change.path for change in changes if change.after is not None and change.path.endswith(f"/{new}.md"))
    return Edit(tuple(changes), _("{id} takes the number {new}", id=subject, new=new), (path,), made=tuple(ids.values()), remarks=tuple(_remarks(library, dropped, ids)))


def _check_own(library: Library, found: Item, others: Others) -> None:
    if others.knows(found.id):
        raise Refusal(
            _("{id} is merged: others know it by this number, and it keeps it", id=found.id),
            command("show", found.id).in_order_to(_("to see it")),
        )
    if found.id not in others.there.by_id and found.id not in library.outside.ids_elsewhere():
        raise Refusal(
            _("nobody else has given the number {id}, as far as was fetched; it keeps it", id=found.id),
            command("sync").in_order_to(_("to see what others have made")),
        )


def _new_ids(library: Library, found: Item, others: Others) -> Iterator[tuple[str, str]]:
    """The new id, and those of what belongs to it and has its digits in its own."""
    pattern = IdPattern.parse(found.type.id_pattern)
    known = (pattern.read(found.id) if pattern else None) or {}
    if pattern is None or not pattern.counts:
        raise Refusal(
            _("{id} is the only one of its kind, so two people cannot each have one", id=found.id),
            advice(_("take over into the one that is merged what yours says, and delete yours")),
        )
    new = next_id(library, found.type, found.text("parent") or "", known.get("unit", ""), read_integer(known.get("year", "")))
    yield found.id, new
    for child in library.items:
        inner = IdPattern.parse(child.type.id_pattern)
        read = inner.read(child.id) if inner and child.text("parent") == found.id and "{parent}" in child.type.id_pattern else None
        if inner and read and not others.knows(child.id):
            number = next((int(text) for place, text in read.items() if place.startswith("number")), 0)
            yield child.id, inner.fill(number, read_integer(read.get("year", "")) or library.today.year, new, read.get("unit", ""))


def _own_files(library: Library, others: Others) -> tuple[str, ...]:
    """The files that were made or changed here, among texts, evidence and sign-offs."""
    folders = (*(f"{folder}/" for folder in CONTROLLED_FOLDERS), _ATTACHMENTS, _SIGNOFFS)
    plain = (path for path, kind in library.files.items() if kind is EntryKind.FILE and path.startswith(folders))
    return tuple(sorted(path for path in plain if not any(_same(path, library, each) for each in others.common)))


def _same(path: str, library: Library, other: Library) -> bool:
    return path in other.files and other.outside.sha256(path) == library.outside.sha256(path)


def _dropped(library: Library, own: tuple[str, ...], ids: Mapping[str, str]) -> Iterator[str]:
    """The files of every dossier that binds one of these ids, or a text that names one."""
    named = _pattern(ids)
    for path in own:
        parts = path.split("/")
        if path.startswith(_SIGNOFFS) and len(parts) > 2:
            copy = f"{_SIGNOFFS}{parts[1]}/{parts[2]}/{parts[1]}.md"
            text = library.outside.read(copy).decode("utf-8", "replace") if copy in library.files else ""
            if parts[1] in ids or named.search(text):
                yield path


def _check_unmerged(library: Library, dropped: tuple[str, ...], ids: Mapping[str, str], others: Others) -> None:
    folders = tuple(f"{_SIGNOFFS}{name}/" for name in ids)
    merged = [path for path in library.files if (path in dropped or path.startswith(folders)) and others.holds(path, library)]
    if merged:
        raise Refusal(
            _("{path} is merged: what others have seen signed keeps its number", path=merged[0]),
            advice(_("the one who has made the other of the two takes the next number")),
        )


@dataclass(frozen=True, slots=True)
class _Rewriting:
    """Files with new ids in the place of old ones; of the subjects in ``unsigned`` the sign-offs are gone."""

    library: Library
    ids: Mapping[str, str]
    unsigned: frozenset[str]

    def changes(self, path: str) -> Iterator[FileChange]:
        """What becomes of the file: other bytes, another place, both or nothing."""
        before = self.library.outside.read(path)
        after, place = self._bytes(path, before), "/".join(map(self._part, path.split("/")))
        if place != path:
            yield FileChange(path, before, None)
            yield FileChange(place, None, after)
        elif after != before:
            yield FileChange(path, before, after)

    def _part(self, part: str) -> str:
        stem, dot, end = part.rpartition(".")
        return self.ids.get(part) or (f"{self.ids[stem]}{dot}{end}" if stem in self.ids else part)

    def _bytes(self, path: str, before: bytes) -> bytes:
        if path.startswith(_ATTACHMENTS) or not path.endswith(".md"):
            return before
        text = before.decode("utf-8", "surrogateescape")
        after = _pattern(self.ids).sub(lambda found: self.ids[found[0]], text).encode("utf-8", "surrogateescape")
        name = path.rpartition("/")[2].removesuffix(".md")
        known = self.library.by_id.get(name)
        first = known.type.first_state if known and known.path == path and name in self.unsigned else None
        return set_fields(after, {"status": first}, known.type.field_order) if known and first else after


def _pattern(ids: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, ids), key=len, reverse=True)
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(longest_first)})(?![\w-]|\.\d)", re.ASCII)


def _remarks(library: Library, dropped: tuple[str, ...], ids: Mapping[str, str]) -> Iterator[Message]:
    """Whose sign-offs are gone, and are to be given anew."""
    signed = [each for dossiers in library.dossiers.values() for dossier in dossiers for each in dossier.signoffs if each.path in dropped]
    for each in signed:
        person = library.people.get(each.person)
        yield _("the sign-off “{meaning}” of {person} bound the old number and is dropped; it is to be given anew for {id}",
                meaning=each.meaning, person=person.name if person else each.person, id=ids.get(each.subject, each.subject))
