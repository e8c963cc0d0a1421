"""What an edit makes of the files and of what they hold: whatever it does not touch is taken over as it was."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Mapping
from datetime import datetime

from qmsctl.core.contents import Contents, contents, sorted_out
from qmsctl.core.edit import Edit
from qmsctl.core.model import Item
from qmsctl.core.reading import CONFIG_PATHS, CONFIGURATION, FileRead, is_controlled, parse
from qmsctl.core.source import EntryKind
from qmsctl.core.tree import with_new
from qmsctl.core.types.type_set import TypeSet
from qmsctl.value import replace

Files = Mapping[str, FileRead]


def with_edit(files: Mapping[str, EntryKind], parsed: Files, edit: Edit, types: TypeSet) -> tuple[Mapping[str, EntryKind], Files]:
    """The files and what was parsed of them, once ``edit`` has been written."""
    new = with_new(files, (change.path for change in edit.changes if change.after is not None))
    read = {path: each for path, each in parsed.items() if path in new}
    for change in edit.changes:
        if change.after is None:
            new.pop(change.path, None)
            read.pop(change.path, None)
        elif is_controlled(change.path) and change.path in new:
            read[change.path] = parse(change.path, change.after, types)
    new.update(dict.fromkeys((f"{path}.sig" for path in edit.promised), EntryKind.FILE))
    return new, read


def touched(was: Files, now: Files) -> frozenset[str]:
    """The paths of what is in one of them alone, or is another in each."""
    return frozenset((*(path for path, each in now.items() if was.get(path) is not each), *(was.keys() - now.keys())))


def names_at(paths: frozenset[str], *read: Files) -> frozenset[str]:
    """The ids, as far as they can be told, whose texts or dossiers lie at ``paths``."""
    return frozenset(name for path in paths for name in _names(path, read))


def _names(path: str, read: tuple[Files, ...]) -> Iterator[str]:
    subject = _signed(path)
    yield path.rpartition("/")[2].removesuffix(".md") if subject is None else subject
    yield from (each.id for files in read if (each := files.get(path)) is not None and each.id)


def revised(was: Contents, paths: frozenset[str], parsed: Files, now: datetime) -> Contents:
    """What the files hold that were ``was``, and of which those at ``paths`` are others."""
    subjects = {subject for path in paths if (subject := _signed(path)) is not None}
    if not paths.isdisjoint(CONFIG_PATHS) or CONFIGURATION in subjects:
        return contents(parsed, was.types, now)
    beside = (path for path in parsed if path.startswith("signoffs/") and path.split("/", 2)[1] in subjects) if subjects else ()
    near = {path: parsed[path] for path in (*paths, *beside) if path in parsed}
    part = sorted_out(was, near, now)
    return replace(
        part,
        items=_merged(part.items, (each for each in was.items if each.path not in paths)),
        signoff_items=_merged(part.signoff_items, (each for each in was.signoff_items if each.path not in paths and _signed(each.path) not in subjects)),
        dossiers=was.dossiers.with_others(subjects, part.dossiers),
        configuration=was.configuration,
    )


def _signed(path: str) -> str | None:
    """The subject in whose folder of sign-offs a file lies."""
    return path.split("/", 2)[1] if path.startswith("signoffs/") else None


def _merged(new: tuple[Item, ...], stay: Iterator[Item]) -> tuple[Item, ...]:
    found = list(stay)
    for item in new:
        insort(found, item, key=lambda each: each.path)
    return tuple(found)
