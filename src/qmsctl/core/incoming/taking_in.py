"""From the plan to files of the office: a draft for each document, its original beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from qmsctl.core.dossier import ATTACHMENTS
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.incoming.body_text import Setting, written
from qmsctl.core.incoming.labels import Labels
from qmsctl.core.incoming.markdown import inline
from qmsctl.core.incoming.numbering import numbered
from qmsctl.core.incoming.old_fonts import Encoding
from qmsctl.core.incoming.paper import Paper
from qmsctl.core.incoming.plan import DECIDED, FONT, TRACKED, Plan, Planned
from qmsctl.core.incoming.planning import document_types, is_of
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import create, usable_type
from qmsctl.core.text.splice import flow
from qmsctl.core.types.record_type import RecordType
from qmsctl.errors import QmsError, Refusal
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.value import dataclass, replace

ORIGINALS = f"{ATTACHMENTS}import/"
_LOST = ("", Encoding.TCVN3.value, Encoding.VNI.value)
_ENDING = regex(r"\.[a-z0-9]{1,8}$")


@dataclass(frozen=True, slots=True)
class Original:
    """A file of the plan as it was read again: its bytes, the document in it, its pictures by name."""

    planned: Planned
    data: bytes
    paper: Paper
    pictures: Mapping[str, bytes]


def undecided(plan: Plan, library: Library, planned: Planned) -> Refusal | None:
    """Why a file cannot be taken in as the plan stands; nothing where it can."""
    double = Counter(each.get("id") for each in plan.files if each.is_draft)
    own, kind = planned.get("id"), library.types.get(planned.get("type"))
    if not own or kind is None or kind.kind != "document":
        return Refusal(_("its type and id are not decided"))
    if double[own] > 1:
        return Refusal(_("{count} files bear the id {id}", count=double[own], id=own))
    if TRACKED in planned.fields and planned.get(TRACKED) not in ("accepted", "rejected"):
        return Refusal(_("whether its tracked changes are accepted or rejected is not decided"))
    if planned.get(FONT) not in _LOST:
        return Refusal(_("“{font}” is no encoding; {known} is expected", font=planned.get(FONT), known=_LOST[1:]))
    if own in library.by_id and not is_there(library, planned):
        return Refusal(_("{id} is in use: {path}", id=own, path=library.by_id[own].path))
    return None


def is_there(library: Library, planned: Planned) -> bool:
    """True if the document was taken in from this very file before."""
    return is_of(library, planned.get("id"), planned.sha256)


def take_in(library: Library, plan: Plan, originals: Sequence[Original], person: str | None, labels: Labels) -> tuple[Edit, Mapping[str, Refusal]]:
    """One edit of all that can be taken in, and why the others cannot. Raises :class:`Refusal` where none can."""
    edits: list[Edit] = []
    left: dict[str, Refusal] = {}
    coming = frozenset(each.get("id") for each in plan.files if each.is_draft)
    for each in originals:
        try:
            edits.append(_document(library, plan, each, person, labels, coming))
        except QmsError as error:
            left[each.planned.path] = Refusal(error.message)
    if not edits:
        return Edit((), _("nothing was taken in")), left
    whole = reduce(Edit.merge, edits)
    summary = _("{count} documents taken in from papers", count=len(edits)) if len(edits) > 1 else edits[0].summary
    foreign = tuple(path for each in edits for path in each.subjects)
    return replace(whole, summary=summary, foreign=foreign), left


@dataclass(frozen=True, slots=True)
class Made:
    """What becomes of a file: the fields and the body of its document, and the files beside it."""

    type: str
    fields: Mapping[str, str]
    body: str
    files: tuple[FileChange, ...]


def _document(library: Library, plan: Plan, original: Original, person: str | None, labels: Labels, coming: frozenset[str]) -> Edit:
    made = made_of(library, plan, original, labels, coming)
    edit = create(library, made.type, made.fields, person, lambda _type, _id, _title: made.body)
    return replace(edit, changes=(*edit.changes, *made.files))


def made_of(library: Library, plan: Plan, original: Original, labels: Labels, coming: frozenset[str], mark: str = "") -> Made:
    """The document in a file; ``mark`` tells the files of one revision from those of another."""
    planned = original.planned
    own = planned.get("id") + mark
    pictures = {name: f"{ATTACHMENTS}{own}/{name}" for name in original.pictures}
    kind = usable_type(library, planned.get("type"))
    up = "../" * (kind.folder.count("/") + 1)
    setting = Setting(kind, library.config.language, labels, plan.names, _forms(library, labels, kind, coming), {name: up + path for name, path in pictures.items()})
    kept = f"{ORIGINALS}{own}{_ending(planned.path)}"
    text = written(original.paper, planned.get("title"), setting).text if original.paper.body else _scan(planned, kind, setting, up + kept)
    given = {name: planned.get(name) for name in DECIDED if name != "type" and planned.get(name) and (name in kind.fields or name == "id")}
    given |= {name if name.startswith("x-") else f"x-{name}": value for name, value in planned.extra.items() if value}
    given["source"] = flow({"path": kept, "sha256": planned.sha256, "name": planned.path.rpartition("/")[2]})
    files = (FileChange(kept, None, original.data), *(FileChange(pictures[name], None, data) for name, data in original.pictures.items()))
    return Made(kind.name, given, text, files)


def _scan(planned: Planned, kind: RecordType, setting: Setting, path: str) -> str:
    """The text of a paper that could not be read: where the paper is."""
    label = kind.fields["source"].label.in_language(setting.language)
    return f"# {inline(planned.get('title'))}\n\n{label}: [{inline(planned.path.rpartition('/')[2])}]({path})\n"


def _forms(library: Library, labels: Labels, kind: RecordType, coming: frozenset[str]) -> Callable[[str], str]:
    """The form that a code means, if it is there or will be: an id of a type that tables of ``kind`` refer to."""
    wanted = {name for block in kind.blocks.values() for column in block.keys.values() for each in (column, *column.of) for name in each.to}
    kinds = tuple(each for each in document_types(library, labels) if each.name in wanted)

    def found(code: str) -> str:
        own = numbered(code, kinds)
        return own.id if own and (own.id in library.by_id or own.id in coming) else ""

    return found


def _ending(path: str) -> str:
    found = _ENDING.search(path.lower())
    return found.group() if found else ""
