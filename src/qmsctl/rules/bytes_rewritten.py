"""A line of ``.gitattributes`` makes git write other bytes than were signed, or leave a file out.

## Why
A sign-off holds for bytes, and evidence for its digest. An attribute such as ``filter``, ``ident`` or
``working-tree-encoding`` changes them in every clone, and ``export-ignore`` leaves files out of the zip an auditor gets;
so does ``text`` for a scan (ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015, 7.5.3.2). What ``init`` lays down is enough:
Markdown, YAML and signatures are text with the line end LF, attachments stay as they are. Evidence may be given to git-lfs
(`attachments/** filter=lfs diff=lfs merge=lfs -text`): its pointer names the digest of the content.

## Bad
```text .gitattributes
*.md text eol=lf
records/** export-ignore
```
```md records/disposals/TH-2026-001.md
---
id: TH-2026-001
type: disposal
title: Tiêu hủy hồ sơ hết hạn
---
```

## Good
```text .gitattributes
*.md text eol=lf
*.png binary
website/** export-ignore
```
```md records/disposals/TH-2026-001.md
---
id: TH-2026-001
type: disposal
title: Tiêu hủy hồ sơ hết hạn
---
```

## Mend
Take the attribute out of the line, or name files in it that are not controlled.
"""

from collections.abc import Iterator, Mapping

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.proof.attributes import LFS, attributes_of, unread_attributes
from qmsctl.core.reading import CONFIG_PATHS, CONTROLLED_FOLDERS
from qmsctl.core.source import EntryKind
from qmsctl.core.text.git_attributes import FILE, Attributes, Set, watched
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.2",)}

_EVIDENCE = "attachments"
_TOPS = frozenset((*CONTROLLED_FOLDERS, *CONFIG_PATHS, _EVIDENCE, ".qms"))
_TEXTS = (".md", ".yaml", ".sig")
_ALWAYS = frozenset({"filter", "ident", "working-tree-encoding", "export-subst", "crlf"})
_ENDS = frozenset({"text", "eol"})
_LEFT_OUT = "export-ignore"


def check(library: Library) -> Iterator[Problem]:
    """Every line that counts for a file which is controlled or evidence, with the first such file."""
    for path, why in unread_attributes(library):
        yield Problem(path, 0, why.message, why.mend)
    attributes = attributes_of(library)
    if attributes is None or attributes.names().isdisjoint((*_ALWAYS, *_ENDS, _LEFT_OUT)):
        return
    told: set[tuple[str, int]] = set()
    for above in filter(lambda each: each.value, attributes.of_the_qms(_LEFT_OUT)):
        told.add((above.file, above.line))
        yield Problem(
            above.file, above.line,
            _("the attribute “{attribute}” leaves the whole system out of a zip", attribute=_LEFT_OUT),
            advice(_("take “{attribute}” out of the line, or name other files in it", attribute=_LEFT_OUT)),
        )
    paths = (path for path, kind in library.files.items() if kind is EntryKind.FILE and _counts(path))
    for path, is_folder in watched(paths):
        for name, found in _faults(path, is_folder, attributes):
            if (found.file, found.line) not in told:
                told.add((found.file, found.line))
                yield Problem(
                    found.file,
                    found.line,
                    _("the attribute “{attribute}” changes {path} in a clone, or leaves it out of a zip", attribute=name, path=path),
                    advice(_("take “{attribute}” out of the line, or name other files in it", attribute=name)),
                )


def _counts(path: str) -> bool:
    """True for what is controlled, evidence and types; a file that explains a folder may be as it likes."""
    return path.partition("/")[0] in _TOPS and path.rpartition("/")[2] not in {"README.md", FILE}


def _faults(path: str, is_folder: bool, attributes: Attributes) -> Iterator[tuple[str, Set]]:
    """The attributes that do harm to a path, on a system that tells capitals from small letters or on one that does not."""
    for fold in (False, True):
        found = attributes.of(path, folder=is_folder, fold=fold)
        if _LEFT_OUT in found and found[_LEFT_OUT].value:
            yield _LEFT_OUT, found[_LEFT_OUT]
        if not is_folder:
            yield from ((name, found[name]) for name in sorted(_ALWAYS & found.keys()) if found[name].value and not _is_lfs(path, name, found))
            yield from _line_ends(path, found)


def _is_lfs(path: str, name: str, found: Mapping[str, Set]) -> bool:
    """True for evidence whose content git-lfs keeps: its pointer names the digest, and is read as that."""
    return name == "filter" and found[name].value == LFS and path.startswith(f"{_EVIDENCE}/")


def _line_ends(path: str, found: Mapping[str, Set]) -> Iterator[tuple[str, Set]]:
    text, eol = (found[name].value if name in found else None for name in ("text", "eol"))
    if path.startswith(f"{_EVIDENCE}/") or not path.casefold().endswith(_TEXTS):
        if text in {True, "input"} or (text == "auto" and path.startswith(f"{_EVIDENCE}/")):
            yield "text", found["text"]
        elif eol is not None and text is not False:
            yield "eol", found["eol"]
    elif text is False:
        yield "text", found["text"]
    elif eol not in {None, "lf"}:
        yield "eol", found["eol"]
