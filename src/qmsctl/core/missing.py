"""The sign-offs that history held and that are nowhere now: what is missed, and what was given up by right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from qmsctl.core.outside import Commit, Lost
from qmsctl.core.reading import parse
from qmsctl.core.source import EntryKind

if TYPE_CHECKING:
    from qmsctl.core.library import Library

_PROOF = (".md", ".sig")
_DEPTH = 4
"""``signoffs/<id>/<key>/<file>``: the parts of the path of a file in a dossier."""
_Named = tuple[str, str]


class Missing(NamedTuple):
    """The files of dossiers that are ``missed``, each as the commit that deleted it has it, if one did; and the ids that were ``renumbered``."""

    missed: Mapping[str, Lost | None]
    renumbered: Mapping[str, str]


def missing(library: Library) -> Missing:
    """What was moved, or gave way to a later submission or another number, is not missed."""
    lost, committed = library.outside.lost_signoffs(), library.outside.first_commits()
    gone = _but_given_up([path for path in {*lost, *committed} if path.endswith(_PROOF) and path not in library.files], library)
    moved = _digests(library) if gone else frozenset()
    uncommitted = _uncommitted(library) if gone else {}
    missed: dict[str, Lost | None] = {}
    renumbered: dict[str, str] = {}
    for path in gone:
        found = lost.get(path)
        new = _new_number(path, committed[path], library, uncommitted) if found is None else found.renumbered
        if new is not None:
            renumbered[path.split("/")[1]] = new
        elif found is None or (not found.moved and found.sha256 not in moved):
            missed[path] = found
    return Missing(missed, renumbered)


def _but_given_up(paths: Iterable[str], library: Library) -> list[str]:
    """The paths in order, without submissions that nobody but their author had signed, where the document was submitted anew."""
    by_dossier: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        by_dossier[path.rpartition("/")[0]].append(path)
    there = {path.rpartition("/")[0] for path in library.files if path.startswith("signoffs/")}
    subjects = {folder.rpartition("/")[0] for folder in there}
    given_up = {
        folder for folder, own in by_dossier.items()
        if folder not in there and folder.rpartition("/")[0] in subjects and all(_is_the_authors(each) for each in own)
    }
    return [path for folder, own in by_dossier.items() if folder not in given_up for path in own]


def _is_the_authors(path: str) -> bool:
    parts = path.split("/")
    return len(parts) == _DEPTH and (parts[-1].startswith("author.") or parts[-1] == f"{parts[1]}.md")


def _uncommitted(library: Library) -> Mapping[_Named, str]:
    """The ids that no commit has yet, by type and title of what bears them."""
    known = library.outside.past_ids()
    return {(item.type.name, item.title): item.id for item in library.items if item.id not in known}


def _new_number(path: str, commit: Commit, library: Library, new: Mapping[_Named, str]) -> str | None:
    """Which of the ``new`` ids stands where what was signed stood, while its own is free."""
    parts = path.split("/")
    if not new or len(parts) != _DEPTH or parts[1] in library.by_id:
        return None
    _top, subject, key, _name = parts
    data = library.outside.read_past(f"{commit.id}:signoffs/{subject}/{key}/{subject}.md")
    signed = parse(path, data, library.types).fields if data is not None else None
    return new.get((signed.text("type") or "", signed.text("title") or "")) if signed else None


def _digests(library: Library) -> frozenset[str | None]:
    """Those of everything that lies below ``signoffs/``."""
    files = [path for path, kind in library.files.items() if kind is EntryKind.FILE and path.startswith("signoffs/")]
    return frozenset(library.parsed[each].sha256 if each in library.parsed else library.outside.sha256(each) for each in files)
