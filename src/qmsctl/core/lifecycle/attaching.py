"""Files kept as evidence of a record or document, and named there with their digest."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.asked import item
from qmsctl.core.dossier import ATTACHMENTS
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.records.named_files import signed_digests
from qmsctl.core.source import EntryKind
from qmsctl.core.text.characters import hidden, name_on_disk
from qmsctl.core.text.nodes import Sequence, plain
from qmsctl.core.text.splice import Value, set_fields
from qmsctl.core.text.values import path_problem
from qmsctl.core.tree import with_new
from qmsctl.errors import Refusal
from qmsctl.mend import Hole, advice, command
from qmsctl.message import _


def attach(library: Library, subject: str, files: Mapping[str, bytes], digests: Mapping[str, str]) -> Edit:
    """Put files under ``attachments/<id>/`` and name them, with their SHA-256, in the front matter.

    ``files`` are bytes by file name, ``digests`` their SHA-256 in hex. Raises :class:`Refusal` where a file lies at
    such a path, or lay there with other bytes when somebody signed for it.
    """
    found = item(library, subject)
    field = "files" if found.is_document else "evidence"
    if field not in found.type.fields:
        raise Refusal(_("{type} takes no attachments", type=found.type.label))
    node = found.node(field)
    entries: list[Value] = [plain(row) for row in node.items] if isinstance(node, Sequence) else []
    changes: list[FileChange] = []
    for name, data in files.items():
        path = f"{ATTACHMENTS}{subject}/{name}"
        _named_well(subject, name, path)
        _free(library, path, digests[name])
        changes.append(FileChange(path, None, data))
        entry: Value = {"path": path, "sha256": digests[name]}
        entries += [] if entry in entries else [entry]
    before = library.outside.read(found.path)
    after = set_fields(before, {field: entries}, found.type.field_order)
    summary = _("{id}: {files} attached", id=subject, files=tuple(files))
    return Edit((FileChange(found.path, before, after), *changes), summary, (found.path,))


def _named_well(subject: str, name: str, path: str) -> None:
    """Refuse a name that some system takes for something else, that steers git, or that the next check would not see."""
    steers = name_on_disk(name).startswith(".git")
    if path_problem(path) or hidden(name) or steers or with_new({}, (path,)).get(path) is not EntryKind.FILE:
        raise Refusal(
            _("“{name}” is no name under which evidence can be kept", name=name),
            advice(_("copy the file under another name")).then(command("attach", subject, Hole("file"))),
        )


def _free(library: Library, path: str, sha256: str) -> None:
    """Refuse a path that is taken, or is that of other bytes in a text somebody signed."""
    other = advice(_("attach it under another name"))
    if path in library.files:
        raise Refusal(_("{path} exists already; evidence is not replaced", path=path), other)
    if signed_digests(path, library) - {sha256}:
        raise Refusal(_("{path} was signed for with other contents; evidence is not replaced", path=path), other)
