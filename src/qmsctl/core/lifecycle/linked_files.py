"""The files that a text shows or links to, named with their digest before the text is signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qmsctl.core.edit import FileChange
from qmsctl.core.library import Library
from qmsctl.core.link_target import read_target
from qmsctl.core.model import ATTACHMENTS, Item
from qmsctl.core.proof.named_digest import digest_now
from qmsctl.core.proof.pictures import folder_of
from qmsctl.core.reading import CONTROLLED_FOLDERS, is_controlled
from qmsctl.core.text.nodes import Sequence, is_empty, plain
from qmsctl.core.text.splice import Value, set_fields
from qmsctl.message import Message, _

FIELD = "files"
"""The field in which a document names them."""

_README = "README.md"


@dataclass(frozen=True, slots=True)
class SignedText:
    """A working text as it is to be signed: its bytes, the change that takes, if any, and what has to be said of it."""

    data: bytes
    changes: tuple[FileChange, ...]
    remarks: tuple[Message, ...]


def with_linked_files(library: Library, working: Item) -> SignedText:
    """The text with every file that it shows or links to under ``files``; what is named there already stays as it is."""
    before = library.outside.read(working.path)
    new = {path: sha256 for path in _unnamed(working, library) if (sha256 := digest_now(path, library))}
    if not new:
        return SignedText(before, (), ())
    node = working.node(FIELD)
    rows = plain(node) if node is not None else []
    entries: list[Value] = [*(rows if isinstance(rows, list) else ()), *({"path": path, "sha256": sha256} for path, sha256 in new.items())]
    after = set_fields(before, {FIELD: entries}, working.type.field_order)
    said = _("{id} names under “files” what it shows and links to, with the SHA-256, so that it stays as it is: {files}",
             id=working.id, files=tuple(new))
    return SignedText(after, (FileChange(working.path, before, after),), (said,))


def _unnamed(working: Item, library: Library) -> Iterator[str]:
    """The paths of files that the text shows or links to and does not name; none where its type has no such field."""
    node = working.node(FIELD)
    if FIELD not in working.type.fields or not (is_empty(node) or isinstance(node, Sequence)):
        return
    named = {row.text("path") for row in working.rows(FIELD)}
    folder = folder_of(working, library)
    for link in working.body.links:
        path = read_target(folder, link.target).path
        if path and path not in named and not is_controlled(path) and (link.image or _belongs(path)):
            named.add(path)
            yield path


def _belongs(path: str) -> bool:
    """True for evidence, and for a form or list beside the texts; what lies elsewhere, such as an export, may change."""
    return path.startswith((ATTACHMENTS, *(f"{folder}/" for folder in CONTROLLED_FOLDERS))) and path.rpartition("/")[2] != _README
