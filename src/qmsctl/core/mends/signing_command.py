"""The commands that sign: again what was signed wrongly, and on to the approval of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qmsctl.core.dossier import Basis, Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.attestation import signature_path
from qmsctl.core.proof.level import Level
from qmsctl.core.proof.level_asked import level_asked
from qmsctl.core.signoffs.approval import MissingSignOff, authors
from qmsctl.core.signoffs.one_person import is_staffed, sole_holder
from qmsctl.core.text.text_file import cut
from qmsctl.mend import HOLE, Mend, advice, command
from qmsctl.message import _


def signed_anew(signoff: SignOff, dossier: Dossier, **options: Any) -> Mend:
    """The command that gives a sign-off again, beside the one that does not count."""
    return _sign(signoff, dossier, again=True, **options)


def signed_with_key(signoff: SignOff, dossier: Dossier, library: Library) -> Mend:
    """The same with the signer's key, which has to be known first."""
    signer = library.people.get(signoff.person)
    way = signed_anew(signoff, dossier, sign=True)
    if signer is None or not any(key.public and key.period.covers(library.today) and not key.revoked for key in signer.keys):
        known = advice(_("have a key of {person} that is valid now entered in people.yaml, and that change merged", person=signoff.person))
        way = known.then(way)
    return way.done_by([(signer.id, signer.name)] if signer else [])


def way_to_sign_again(signoff: SignOff, dossier: Dossier, library: Library) -> Mend:
    """The command that gives a sign-off again with what the office asks to stand behind it."""
    asked = level_asked(signoff, dossier, library)
    if asked is Level.SIGNED or signature_path(signoff) in library.files:
        return signed_with_key(signoff, dossier, library)
    if asked is Level.EVIDENCED:
        return signed_anew(signoff, dossier, basis=HOLE, basis_date=HOLE, basis_file=HOLE)
    return signed_anew(signoff, dossier)


def _sign(signoff: SignOff, dossier: Dossier, **options: Any) -> Mend:
    if signoff.meaning == "reopen":
        return command("reopen", signoff.subject, reason=HOLE, **options)
    if dossier.revision is None:
        return command("advance", signoff.subject, dossier.state, **options)
    comment = HOLE if signoff.meaning in ("withdraw", "return") else None
    options |= {name: value for name, value in _paper(signoff).items() if name not in options} if signoff.meaning == "adopt" else {}
    return command("submit" if signoff.meaning == "author" else signoff.meaning, signoff.subject, comment=comment, **options)


def _paper(signoff: SignOff) -> dict[str, Any]:
    """The options by which an adoption names its paper."""
    basis = signoff.basis or Basis()
    return {"basis": basis.number or HOLE, "basis_date": basis.date.isoformat() if basis.date else HOLE, "basis_file": basis.file or HOLE}


def on_to_approval(item: Item, library: Library) -> Mend | None:
    """What comes next for a text that is not approved yet; of all that is needed it is a part."""
    standing = library.standing(item.id)
    waiting = standing.under_way
    match standing.working:
        case "draft":
            return on_from_draft(item, library)
        case "returned":
            return advice(_("change the text as asked")).then(command("submit", item.id)).in_part()
        case "in-review" if waiting is not None:
            return sign_next(item, waiting.open_places, waiting.dossier, library)
        case _:
            return None


def on_from_draft(item: Item, library: Library) -> Mend:
    """What comes next for a text that nobody has submitted."""
    if _works_alone(item, library):
        return adopted_on_paper(item.id)
    submitted = command("submit", item.id)
    return (filled_in(item).then(submitted) if item.hints else submitted).in_part()


def mended_as_asked(working: Item, returned: SignOff, library: Library) -> Mend:
    """What a text waits for that came back, in the words of whoever sent it back."""
    words = " ".join(cut(library.outside.read(returned.path)).body.split())
    name = library.people.name(returned.person)
    asked = _("change {path} as {name} asks: “{words}”", path=working.path, name=name, words=words) if words else _("change {path} as asked", path=working.path)
    return advice(asked).then(command("submit", working.id))


def filled_in(item: Item) -> Mend:
    """What comes before anything else in a text in which the template still speaks."""
    return advice(_("write in {path} what its template asks for, and take the hints out", path=item.path))


def sign_next(item: Item, places: Sequence[MissingSignOff], dossier: Dossier, library: Library) -> Mend:
    """The first of the ``places`` that are open, by those who may fill it."""
    if not places:
        return command("approve", item.id)
    first = places[0]
    own = authors(dossier, library.config) if first.meaning == "approve" else frozenset()
    holders = [person for role in first.roles for person in library.people.holders(role, library.today)]
    others = dict.fromkeys((each.id, each.name) for each in holders if each.id not in own)
    if holders and not others and library.config.is_strict_on(library.today):
        return adopted_on_paper(item.id)
    way = command(first.meaning, item.id).done_by(others)
    return way.in_part() if len(places) > 1 else way


def _works_alone(item: Item, library: Library) -> bool:
    """True where nobody else works here, and the one who does holds all the roles: what they submitted they could not approve.

    Where a role has no holder yet, the others are still to be entered.
    """
    strict, config, people = library.config.is_strict_on(library.today), library.config, library.people
    return strict and is_staffed(config, people, library.today) and people.only_one(library.today) is not None and sole_holder(item.type.name, library.today, config, people) is not None


def adopted_on_paper(subject: str) -> Mend:
    """What is left to somebody who alone holds the roles."""
    paper = command("adopt", subject, basis=HOLE, basis_date=HOLE, basis_file=HOLE)
    return paper.in_order_to(_("where one person holds all the roles, bring in the text signed on paper"))
