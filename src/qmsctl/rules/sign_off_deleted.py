"""A sign-off that the history of the repository holds is gone.

## Why
What somebody has signed is a record that stays (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2). Once the commit that
deleted it has been accepted, no comparison with a base shows it any more, and the system looks as if nobody had ever
signed, returned or withdrawn anything. Wherever there is a history, it is asked: a copy, sign-off or signature that a
commit deleted, or that is gone from the folder since the last one, has to come back. One that was moved is not gone:
the same bytes lie elsewhere below `signoffs/`, or went with the folder of the system. Nor is one missed that bound a number which
two people had given, each without knowing of the other: whoever was not merged yet took the next number (`qmsctl renumber`), which
is told in a note; nor a submission that only its author had signed, and then submitted anew. A shallow clone does not see
all of the history, and says so.

## Bad
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
return binh director 2026-01-06T08:00:00+07:00
```
```lost signoffs/CSCL/1-68ffcd08/return.binh.md 2026-02-02
```

Stricter from: 2026-01-01

## Good
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```
```dossier CSCL
author lan 2026-01-05T08:00:00+07:00
return binh director 2026-01-06T08:00:00+07:00
```

Stricter from: 2026-01-01

## Mend
Bring it back from the commit before the one that deleted it: `git checkout 1a2b3c4d^ -- FILE`. What was signed by
mistake is answered by another sign-off: `qmsctl withdraw`, `qmsctl return`, `qmsctl reopen`. In a shallow clone
`git fetch --unshallow` brings the rest of the history.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.outside import Commit, Lost
from qmsctl.core.proof.since_base import dossier_files
from qmsctl.core.reading import CONFIG_PATH, parse
from qmsctl.core.source import EntryKind
from qmsctl.mend import Mend, advice, command, git, take_back
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.2",)}

_PROOF = (".md", ".sig")
_DEPTH = 4
"""``signoffs/<id>/<key>/<file>``: the parts of the path of a file in a dossier."""
_Named = tuple[str, str]


def takes(library: Library, name: str) -> object:
    """What lies among the sign-offs of an id, and what has taken its place where that is given anew."""
    item, folder = library.by_id.get(name), f"signoffs/{name}/"
    return (item.type.name, item.title) if item else None, [path for path in library.files if path.startswith(folder)]


def check(library: Library) -> Iterator[Problem]:
    """Every file of a dossier that history held and that is nowhere now; what the base still has is told by its own rule."""
    lost, committed = library.outside.lost_signoffs(), library.outside.first_commits()
    told = {path for path, _home in dossier_files(library)}
    gone = _but_given_up([path for path in {*lost, *committed} if path.endswith(_PROOF) and path not in library.files and path not in told], library)
    moved = _digests(library) if gone else frozenset()
    uncommitted = _uncommitted(library) if gone else {}
    renumbered: dict[str, str] = {}
    for path in gone:
        found, subject = lost.get(path), path.split("/")[1]
        new = _new_number(path, committed[path], library, uncommitted) if found is None else found.renumbered
        if new is not None:
            renumbered[subject] = new
        elif found is None:
            message = _("{path} was signed and committed, and is deleted now", path=path)
            yield Problem(path, 0, message, take_back(path, since=committed[path].id[:12]), stricter=Stricter(library.today))
        elif not found.moved and found.sha256 not in moved:
            day = found.at.astimezone(library.config.zone).date()
            message = _("{path} was signed; the commit {commit} deleted it", path=path, commit=found.commit[:12])
            yield Problem(path, 0, message, _back(path, found), stricter=Stricter(day))
    for subject, new in renumbered.items():
        message = _("{id} was given twice and is {new} here since; its sign-offs of before were dropped", id=subject, new=new)
        yield Problem(f"signoffs/{subject}", 0, message, command("show", new), Severity.NOTE)
    if committed and not library.outside.history_is_whole():
        message = _("this clone has a part of the history only: whether sign-offs were deleted before that could not be seen")
        yield Problem(CONFIG_PATH, 0, message, git("fetch", "--unshallow"), Severity.NOTE)


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


def _back(path: str, found: Lost) -> Mend:
    before = f"{found.commit[:12]}^"
    if found.place == path or (found.place.endswith(f"/{path}") and not found.elsewhere):
        return take_back(path, since=before)
    return advice(_("its bytes are in git at {place}", place=f"{before}:{found.place}"))
