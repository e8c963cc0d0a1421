"""How a file that is named with its digest comes back, or a new one is named."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.proof.named_digest import fits
from qmsctl.core.records.disposal import ERASES
from qmsctl.core.records.named_files import NamedFile
from qmsctl.mend import HOLE, Assignment, Hole, Mend, advice, command, take_back
from qmsctl.message import _


def mend_named_file(named: NamedFile, library: Library) -> Mend:
    """The bytes that were named: of the base where they stood there, else from wherever git has them."""
    back = _back(named, library)
    if named.item.type.kind == "signoff":
        return back.in_order_to(_("a sign-off is never given another file"))
    if named.item.id not in library.by_id:
        return back
    attach = command("attach", named.item.id, Hole("file")).in_order_to(_("to attach the new content under a name of its own"))
    return back.or_else(back.then(attach))


def _back(named: NamedFile, library: Library) -> Mend:
    base = library.base
    if base is not None and any(fits(named.path, named.sha256, each) for each in base.libraries):
        return take_back(named.path, since=base.name)
    return advice(_("take {path} back from git", path=named.path), undoes=True)


def mend_gone_file(named: NamedFile, library: Library) -> Mend:
    """The file comes back, or is erased by a disposal."""
    sets = (Assignment(ERASES, named.path), Assignment("reason", HOLE))
    dispose = command("new", "disposal", title=HOLE, sets=sets).in_order_to(_("where it has to be erased, to propose that"))
    return _back(named, library).or_else(dispose)
