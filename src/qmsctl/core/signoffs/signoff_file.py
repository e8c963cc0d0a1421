"""A file of the type ``signoff`` to a sign-off."""

from __future__ import annotations

from qmsctl.core.dossier import Basis, SignOff
from qmsctl.core.model import Item
from qmsctl.core.office.paper_approver import PaperApprover
from qmsctl.core.text.nodes import Mapping, Node, Scalar
from qmsctl.core.text.values import read_date, read_moment


def read_signoff(item: Item) -> SignOff | None:
    """The sign-off in a file of that type, or ``None`` where it lacks what makes it one."""
    at = read_moment(item.text("at"))
    subject, sha256, meaning = item.text("subject"), item.text("sha256"), item.text("meaning")
    by = item.texts("by")
    if not (at and subject and sha256 and meaning and by):
        return None
    basis = item.node("basis")
    return SignOff(
        path=item.path,
        subject=subject,
        revision=item.integer("revision"),
        state=item.text("state"),
        sha256=sha256,
        meaning=meaning,
        by=by,
        role=item.text("role"),
        at=at,
        capacity=item.text("capacity"),
        on_behalf_of=item.text("on_behalf_of"),
        effective=item.day("effective"),
        entered_by=item.text("entered_by"),
        basis=read_basis(basis) if isinstance(basis, Mapping) else None,
        approved_by=_approver(item.node("approved_by")),
        instead_of=item.text("instead_of"),
        office=item.text("office"),
    )


def _approver(node: Node | None) -> str | PaperApprover | None:
    if isinstance(node, Mapping):
        return PaperApprover(node.text("name") or "", node.text("title") or "", node.text("body"))
    return node.text or None if isinstance(node, Scalar) else None


def read_basis(node: Mapping) -> Basis:
    """The paper that a mapping names."""
    return Basis(node.text("number"), read_date(node.text("date")), node.text("file"), node.text("sha256"))
