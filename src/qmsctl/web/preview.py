"""What an act would write, in words: who signs what, which fields become what, and the diff for those who read one."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.acts.done import Done
from qmsctl.core.comparison.differences import changed_fields
from qmsctl.core.comparison.edit_diff import edit_diff
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.level import Level
from qmsctl.core.text.nodes import is_empty
from qmsctl.core.types.field import Field
from qmsctl.message import Label, Message
from qmsctl.reports.parts.field_changes import FieldChange, field_change
from qmsctl.reports.parts.signatures import Signature, signature
from qmsctl.reports.parts.state import State, level_state
from qmsctl.value import dataclass
from qmsctl.web.shown import VOWED, new_sign_offs


@dataclass(frozen=True, slots=True)
class FileView:
    """A document or record with the fields that change; ``is_new`` where it is made. ``text_changes`` says that its body does."""

    id: str
    title: str
    is_new: bool
    fields: tuple[FieldChange, ...]
    text_changes: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """``signatures`` are given by the act; ``level`` is what they will count for, ``vowed`` whether the signer has to say who signs."""

    summary: Message
    files: tuple[FileView, ...]
    signatures: tuple[Signature, ...]
    level: State | None
    vowed: bool
    attachments: tuple[str, ...]
    diff: str
    changes_nothing: bool


def preview(done: Done) -> Preview:
    """The proposal of an act."""
    after, edit = done.library, done.edit
    signed = tuple(new_sign_offs(after, edit))
    shown = tuple(signature(each, after) for each in signed)
    return Preview(
        summary=edit.summary,
        files=tuple(_files(done)),
        signatures=shown,
        level=level_state(Level.SIGNED) if edit.promised else shown[0].level_state if shown else None,
        vowed=any(each.meaning in VOWED for each in signed),
        attachments=tuple(each.path for each in edit.changes if each.path.startswith("attachments/")),
        diff=edit_diff(edit),
        changes_nothing=edit.changes_nothing,
    )


def _files(done: Done) -> Iterator[FileView]:
    before = done.library.before
    assert before is not None  # an edit is of something
    for change in done.edit.changes:
        now = next((each for each in done.library.items if each.path == change.path), None)
        if now is not None and change.before != change.after:
            was = before.by_id.get(now.id)
            yield FileView(now.id, now.title, was is None, tuple(_fields(done.library, was, now)), was is not None and _body(change.before) != _body(change.after))


def _fields(library: Library, was: Item | None, now: Item) -> Iterator[FieldChange]:
    names = changed_fields(now, was) if was else (name for name, node in now.fields.entries.items() if not is_empty(node))
    for name in names:
        if name not in ("id", "type"):
            yield field_change(library, _field(name, now), was.node(name) if was else None, now.node(name))


def _field(name: str, item: Item) -> Field:
    if name == "status":
        labels = {state.id: state.label for state in item.type.states.values()}
        return Field(name, "one-of", Label({"en": "State", "vi": "Trạng thái"}), values=labels)
    return item.type.fields.get(name) or Field(name, "text", Label({"en": name}))


def _body(data: bytes | None) -> bytes:
    """What stands below the front matter."""
    return (data or b"").partition(b"\n---")[2]
