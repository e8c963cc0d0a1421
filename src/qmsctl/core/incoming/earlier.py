"""Revisions from before: a document is adopted with all the revisions that its papers tell of, in their order and at one moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qmsctl.core.asked import document
from qmsctl.core.dossier import Basis
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.incoming.labels import Labels
from qmsctl.core.incoming.plan import Plan
from qmsctl.core.incoming.taking_in import Original, made_of
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act
from qmsctl.core.lifecycle.adoption import adopt
from qmsctl.core.lifecycle.creation import field_values
from qmsctl.core.lifecycle.paper_approver import paper_approver
from qmsctl.core.text.splice import Value, set_fields
from qmsctl.core.text.text_file import cut
from qmsctl.core.text.values import read_date
from qmsctl.message import _
from qmsctl.value import replace

_OF_A_REVISION = ("title", "revision", "amendment", "change", "effective", "review_by", "source")


def adopt_with_earlier(plan: Plan, originals: Mapping[str, Sequence[Original]], labels: Labels) -> Callable[[Library, str, Act], Edit]:
    """Adopts a document, and before it, at the same moment, the earlier revisions in ``originals``."""

    def made(library: Library, subject: str, act: Act) -> Edit:
        whole = adopt(library, subject, act)
        for each in originals.get(subject, ()):
            whole = _before(whole, _adopted(library, subject, plan, each, act, labels))
        return whole

    return made


def _before(whole: Edit, older: Edit) -> Edit:
    """Both, with nothing of the older one in the working text."""
    working = frozenset(older.subjects)
    changes = tuple(each for each in older.changes if each.path not in working)
    vouched = tuple(each for each in older.vouched if each not in working)
    return replace(whole, changes=(*whole.changes, *changes), promised={**whole.promised, **older.promised}, vouched=(*whole.vouched, *vouched))


def _adopted(library: Library, subject: str, plan: Plan, original: Original, act: Act, labels: Labels) -> Edit:
    """The adoption of an earlier revision, as if it were the text that is worked on."""
    working, planned = document(library, subject), original.planned
    made = made_of(library, plan, original, labels, frozenset(), f"-{planned.get('revision')}")
    fields = field_values(working.type, made.fields, library.config.writing)
    given: dict[str, Value | None] = {name: fields.get(name) for name in _OF_A_REVISION if name in fields or working.has(name)}
    before = library.outside.read(working.path)
    headed = set_fields(before, given, working.type.field_order)
    text = cut(headed).text
    end = cut(headed).body_start
    older = f"{text[:end]}\n{made.body}".encode()
    then = library.after(Edit((FileChange(working.path, before, older), *made.files), _("{id}, revision {revision}", id=subject, revision=planned.get("revision"))))
    paper = plan.paper_of(planned)
    basis = Basis(planned.get("decision"), read_date(planned.get("decision_date")))
    approver = paper_approver(library, paper["approved_by"]) if paper["approved_by"] else act.approved_by
    edit = adopt(then, subject, replace(act, basis=basis, approved_by=approver, effective=None))
    return replace(edit, changes=(*edit.changes, *made.files))
