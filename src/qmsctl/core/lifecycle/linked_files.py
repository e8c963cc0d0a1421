"""The files that a text shows or links to, named with their digest before the text is signed."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.dossier import ATTACHMENTS
from qmsctl.core.edit import FileChange
from qmsctl.core.library import Library
from qmsctl.core.link_target import read_target
from qmsctl.core.model import Item
from qmsctl.core.proof.named_digest import FILES, digest_now, named_digests
from qmsctl.core.proof.pictures import folder_of
from qmsctl.core.reading import CONTROLLED_FOLDERS, is_controlled, parse
from qmsctl.core.text.nodes import Sequence, is_empty, plain
from qmsctl.core.text.splice import Value, set_fields
from qmsctl.message import Message, _
from qmsctl.value import dataclass

_README = "README.md"


@dataclass(frozen=True, slots=True)
class SignedText:
    """A working text as it is to be signed: its bytes, the change that takes, if any, and what has to be said of it."""

    data: bytes
    changes: tuple[FileChange, ...]
    remarks: tuple[Message, ...]


def with_linked_files(library: Library, item: Item, data: bytes | None = None) -> SignedText:
    """The text with every file that it shows or links to under ``files``; what is named already stays as it is.

    ``data`` are its bytes where the edit that signs it sets more; then the change is that of both.
    """
    on_disk = library.outside.read(item.path)
    before = on_disk if data is None else data
    working = item if data is None else Item.of(item.path, item.type, parse(item.path, data, library.types))
    new = {path: sha256 for path in _unnamed(working, library) if (sha256 := digest_now(path, library))}
    if not new:
        return SignedText(before, () if data is None else (FileChange(item.path, on_disk, before),), ())
    node = working.node(FILES)
    entries: list[Value] = [plain(row) for row in node.items] if isinstance(node, Sequence) else []
    entries += ({"path": path, "sha256": sha256} for path, sha256 in new.items())
    after = set_fields(before, {FILES: entries}, working.type.field_order)
    said = _("{id} names under “files” what it shows and links to, with the SHA-256, so that it stays as it is: {files}",
             id=working.id, files=tuple(new))
    return SignedText(after, (FileChange(item.path, on_disk, after),), (said,))


def _unnamed(working: Item, library: Library) -> Iterator[str]:
    """The paths of files that the text shows or links to and does not name; none where its type has no such field."""
    node = working.node(FILES)
    field = working.type.fields.get(FILES)
    if field is None or not field.mentions("sha256") or not (is_empty(node) or isinstance(node, Sequence)):
        return
    named = {each.path for node in working.fields.entries.values() for each in named_digests(node)}
    named |= {row.text("path") or "" for row in working.rows(FILES)}
    folder = folder_of(working, library)
    for link in working.body.links:
        path = read_target(folder, link.target).path
        if path and path not in named and not is_controlled(path) and (link.image or _belongs(path)):
            named.add(path)
            yield path


def _belongs(path: str) -> bool:
    """True for evidence, and for a form or list beside the texts; what lies elsewhere, such as an export, may change."""
    return path.startswith((ATTACHMENTS, *(f"{folder}/" for folder in CONTROLLED_FOLDERS))) and path.rpartition("/")[2] != _README
