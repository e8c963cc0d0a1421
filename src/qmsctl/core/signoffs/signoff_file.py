"""A file of the type ``signoff`` to a sign-off."""

from __future__ import annotations

from qmsctl.core.dossier import Basis, SignOff
from qmsctl.core.model import Item
from qmsctl.core.office.paper_approver import PaperApprover
from qmsctl.core.text.nodes import Mapping, Node, Scalar
from qmsctl.core.text.values import read_date, read_integer, read_moment


def read_signoff(item: Item) -> SignOff | None:
    """The sign-off in a file of that type, or ``None`` where it lacks what makes it one."""
    values = item.values
    text = {name: value for name, value in values.items() if type(value) is str}.get
    at, subject, sha256, meaning, by = read_moment(text("at")), text("subject"), text("sha256"), text("meaning"), item.texts("by")
    if not (at and subject and sha256 and meaning and by):
        return None
    basis = item.node("basis") if "basis" in values else None
    return SignOff(
        path=item.path,
        subject=subject,
        revision=read_integer(text("revision") or ""),
        state=text("state"),
        sha256=sha256,
        meaning=meaning,
        by=by,
        role=text("role"),
        at=at,
        capacity=text("capacity"),
        on_behalf_of=text("on_behalf_of"),
        effective=read_date(text("effective")),
        entered_by=text("entered_by"),
        basis=read_basis(basis) if isinstance(basis, Mapping) else None,
        approved_by=_approver(item.node("approved_by")) if "approved_by" in values else None,
        instead_of=text("instead_of"),
        office=text("office"),
    )


def _approver(node: Node | None) -> str | PaperApprover | None:
    if isinstance(node, Mapping):
        return PaperApprover(node.text("name") or "", node.text("title") or "", node.text("body"))
    return node.text or None if isinstance(node, Scalar) else None


def read_basis(node: Mapping) -> Basis:
    """The paper that a mapping names."""
    return Basis(node.text("number"), read_date(node.text("date")), node.text("file"), node.text("sha256"))
