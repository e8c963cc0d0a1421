"""Which paths of a folder are seen, and as what: the same for a work tree, a commit, and the outcome of an edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.source import EntryKind
from qmsctl.core.text.characters import name_on_disk
from qmsctl.regex import regex

TEMPORARY = ".qmsctl-tmp"
"""The ending of a file that is about to take another's place."""
SKIPPED = frozenset({".git", "__pycache__", ".venv", "node_modules"})
"""Folders of tools."""
DEEPEST = 50
"""How many folders deep a file may lie."""
STATE = ".qms/state"
"""Where qmsctl keeps its lock and journal in a copy without git."""
TICKET = regex(r"waiting-(\d{1,15})", re.ASCII)
"""What whoever waits there draws."""

_MARKDOWN = regex(r"\.(mdx?|mkdn?|mdwn|mdown|mdtxt|mdtext|markdown)(~|\.(txt|text|bak|old|orig|rej|qmsctl-tmp))*\Z")
"""The endings of Markdown, and what editors, mail programs, merges and this one add to them."""

_LIKE_QMS = regex(r"\.qms|qms~\d+")
"""The folder, and the short name that Windows may give it."""


def looks_like_text(path: str) -> bool:
    """True for a name that people or their programs give to a Markdown file, whether it is read or not."""
    return bool(_MARKDOWN.search(name_on_disk(path.rpartition("/")[2])))


def is_tool_state(path: str) -> bool:
    """True for :data:`STATE`, what lies below it, and what some file system takes for it or for its folder."""
    top, *below = path.split("/")
    if not _LIKE_QMS.fullmatch(name_on_disk(top)):
        return False
    return name_on_disk(below[0]) == "state" if below else top != ".qms"


def is_passed_over(path: str) -> bool:
    """What nobody means to keep: folders of tools at the top, and files that are about to take another's place."""
    return path.endswith(TEMPORARY) or path.partition("/")[0] in SKIPPED


def is_seen(path: str) -> bool:
    """True for all that git tracks, but what is passed over and does not look like a text."""
    return not is_passed_over(path) or looks_like_text(path)


def unread_folder(path: str, nested: frozenset[str]) -> str | None:
    """The topmost folder of ``path`` that is not read; ``nested`` are those with a configuration of their own."""
    parts = path.split("/")[:-1]
    for depth, name in enumerate(parts, 1):
        folder = "/".join(parts[:depth])
        if folder in nested or (depth > 1 and name in SKIPPED) or depth > DEEPEST + 1:
            return folder
    return None


def with_new(files: Mapping[str, EntryKind], new: Iterable[str]) -> dict[str, EntryKind]:
    """``files`` with new ones, as they will be seen once they are written: what is passed over is not there."""
    added = tuple(path for path in new if path.partition("/")[0] not in SKIPPED)
    nested = frozenset(path.partition(f"/{CONFIG_PATH}/")[0] for path in (f"{each}/" for each in added) if f"/{CONFIG_PATH}/" in path)
    unread = {folder for path in added if (folder := unread_folder(path, nested))}
    unread.update(path for path in files if files[path] is EntryKind.UNREAD and any(each.startswith(f"{path}/") for each in added))
    seen = {**files, **{path: EntryKind.FILE for path in added if not is_passed_over(path)}}
    below = tuple(f"{folder}/" for folder in unread)
    kept = {path: kind for path, kind in seen.items() if not path.startswith(below)} if below else seen
    return {**kept, **dict.fromkeys(unread, EntryKind.UNREAD)}
