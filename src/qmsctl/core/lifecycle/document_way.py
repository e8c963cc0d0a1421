"""A document's way: raised, submitted, reviewed, approved or returned, withdrawn."""

from __future__ import annotations

from qmsctl.core.asked import document, sign_offs_on, who_signed
from qmsctl.core.dossier import Dossier
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act, choose_role
from qmsctl.core.lifecycle.dossier_files import dossier_folder, freeze, signoff_file
from qmsctl.core.lifecycle.linked_files import with_linked_files
from qmsctl.core.lifecycle.mutual import linked_back
from qmsctl.core.lifecycle.once_more import once, to_give_again
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.mends.giving_up import given_up
from qmsctl.core.mends.signing_command import mended_as_asked
from qmsctl.core.model import Item
from qmsctl.core.signoffs.round import Round
from qmsctl.core.text.splice import Value, set_fields
from qmsctl.core.text.text_file import digest
from qmsctl.core.text.words import holds_words
from qmsctl.errors import Refusal
from qmsctl.mend import HOLE, Mend, addition, advice, command
from qmsctl.message import Message, _
from qmsctl.value import replace


def revise(
    library: Library,
    subject: str,
    change: str,
    editorial: bool = False,
    effective: str | None = None,
    answers: tuple[str, ...] = (),
) -> Edit:
    """Raise the revision of an approved document: its working text becomes a draft."""
    working = document(library, subject)
    if not change.strip():
        raise Refusal(_("a revision needs a reason"), addition(change=HOLE).in_order_to(_("say what changes, and why")))
    standing = library.standing(subject)
    number = working.revision
    if standing.working not in ("clean", "changed") or number is None:
        raise Refusal(
            _("revision {revision} of {id} is still under way", revision=number or "?", id=subject),
            advice(_("edit {path}", path=working.path)).then(command("submit", subject)),
        )
    following = max(number, *(each.revision for each in standing.rounds)) + 1
    changes: dict[str, Value | None] = {
        "revision": str(following),
        "change": change,
        "editorial": "yes" if editorial else None,
        "answers": list(answers) if answers else None,
        "effective": effective,
    }
    before = library.outside.read(working.path)
    after = set_fields(before, changes, working.type.field_order)
    summary = _("{id} revision {revision} begun: {change}", id=subject, revision=following, change=change)
    return linked_back(library, Edit((FileChange(working.path, before, after),), summary, (working.path,)))


def submit(library: Library, subject: str, act: Act) -> Edit:
    """Freeze the working text into a dossier and sign it as its author."""
    working = document(library, subject)
    before = to_give_again(library, subject, "author", act, text=working.sha256)
    if before is None:
        _to_submit(library, working)
    return signed_text(library, working, "author", before, act, ())


def _to_submit(library: Library, working: Item) -> None:
    """Refuse a text that is approved, submitted or returned."""
    standing = library.standing(working.id)
    if standing.working in ("clean", "changed"):
        raise Refusal(
            _("revision {revision} of {id} is approved already", revision=working.revision, id=working.id),
            command("revise", working.id, change=HOLE).in_order_to(_("raise the revision first")),
        )
    if standing.working == "in-review":
        raise Refusal(
            _("revision {revision} of {id} is submitted already, with these very bytes", revision=working.revision, id=working.id),
            sign_offs_on(library, working),
        )
    if standing.under_way and standing.under_way.returned:
        raise Refusal(
            _("this text of {id} was returned and has not changed since", id=working.id),
            mended_as_asked(working, standing.under_way.returned, library),
        )


def signed_text(library: Library, working: Item, meaning: str, before: Dossier | None, act: Act, roles: tuple[str, ...]) -> Edit:
    """The working text frozen into a dossier and signed there; where a sign-off on ``before`` is given again, that alone.

    Raises :class:`Refusal` for a text without a revision: its dossier could have no name.
    """
    if before and before.copy:
        again = Edit((), _done(meaning, working.id, before.revision), (working.path,))
        return signed_edit(library, again, before.folder, meaning, before.copy, before.copy.sha256, act, roles)
    revision, text = working.revision, with_linked_files(library, working)
    if revision is None:
        raise Refusal(_("the text of {id} has no revision that is a whole number", id=working.id), mend_field(library, working, "revision"))
    folder = dossier_folder(working.id, revision, text.data)
    copy = freeze(folder, working.id, text.data)
    changes = text.changes if copy.path in library.files else (*text.changes, copy)
    edit = Edit(changes, _done(meaning, working.id, revision), (working.path,), vouched=(working.path, copy.path), remarks=text.remarks)
    return signed_edit(library, edit, folder, meaning, working, digest(text.data), act, roles)


def _done(meaning: str, subject: str, revision: int | None) -> Message:
    done: dict[str, Message] = {
        "author": _("{id} revision {revision} submitted", id=subject, revision=revision),
        "adopt": _("{id} revision {revision} adopted", id=subject, revision=revision),
        "review": _("{id} revision {revision} reviewed", id=subject, revision=revision),
        "approve": _("{id} revision {revision} approved", id=subject, revision=revision),
        "return": _("{id} revision {revision} returned", id=subject, revision=revision),
    }
    return done[meaning]


def sign_round(library: Library, subject: str, meaning: str, act: Act) -> Edit:
    """``review``, ``approve`` or ``return`` the submission under way."""
    working = document(library, subject)
    found, copy = _to_sign(library, working, meaning, act)
    if meaning == "return" and not holds_words(act.comment):
        raise Refusal(
            _("a return needs a reason, so that the author knows what to change"),
            addition(comment=HOLE),
        )
    entry = library.config.matrix(working.type.name, act.at.date())
    present = (working.path,) if copy.sha256 == working.sha256 else ()
    vouched = () if meaning == "return" else (*present, found.copy_path)
    edit = Edit((), _done(meaning, subject, found.revision), (working.path,), vouched=vouched)
    places = (*(entry.review if meaning != "approve" else ()), *entry.approve) if entry else ()
    roles = tuple(role for place in places for role in place)
    act = replace(act, role=act.role or role_of(library, act, roles))
    standing = library.standing(subject)
    given = (s for r in standing.rounds if r.dossier == found for s in r.signoffs if s.meaning == meaning and s.role == act.role)
    once(library, found, given, act)
    return signed_edit(library, edit, found.folder, meaning, copy, copy.sha256, act, roles)


def _to_sign(library: Library, working: Item, meaning: str, act: Act) -> tuple[Dossier, Item]:
    """The dossier to sign, with its copy: of the submission under way, else one with a sign-off to give again."""
    again = to_give_again(library, working.id, meaning, act, text=working.sha256)
    found = again or _under_way(library, working, meaning).dossier
    return found, found.copy or working


def _under_way(library: Library, working: Item, meaning: str) -> Round:
    standing = library.standing(working.id)
    waiting = [r for r in standing.rounds if r.approved_on is None and not r.returned and r.signoffs]
    same = [r for r in waiting if r.copy and r.copy.sha256 == working.sha256]
    if same:
        return same[-1]
    if standing.working in ("clean", "changed"):
        raise Refusal(
            _("nothing of {id} waits for a sign-off: revision {revision} is approved", id=working.id, revision=working.revision),
            command("show", working.id).in_order_to(_("to see who has signed"))
            .or_else(command("revise", working.id, change=HOLE).in_order_to(_("to change the text"))),
        )
    if waiting:
        raise Refusal(
            _("the text of {id} has changed since it was submitted; “{command}” would sign the earlier text",
              id=working.id, command=meaning),
            command("submit", working.id).in_order_to(_("submit the present text")),
        )
    raise Refusal(
        _("revision {revision} of {id} has not been submitted", revision=working.revision, id=working.id),
        command("submit", working.id).in_order_to(_("its author submits it")),
    )


def withdraw(library: Library, subject: str, act: Act) -> Edit:
    """Take a document out of force, with the sign-off of somebody who may approve it."""
    again = to_give_again(library, subject, "withdraw", act) if act.again else None
    found = again or in_force(library, subject, _give_up(library, subject)).dossier
    copy = found.copy
    assert copy is not None
    if not holds_words(act.comment):
        raise Refusal(
            _("a withdrawal needs a reason, for those who worked by the document"),
            addition(comment=HOLE),
        )
    entry = library.config.matrix(copy.type.name, act.at.date())
    roles = tuple(role for slot in (entry.approve if entry else ()) for role in slot)
    edit = Edit((), _("{id} withdrawn", id=subject), _working_path(library, subject))
    return signed_edit(library, edit, found.folder, "withdraw", copy, copy.sha256, act, roles)


def acknowledge(library: Library, subject: str, act: Act) -> Edit:
    """Sign that the revision in force has been read and understood."""
    found = in_force(library, subject)
    copy = found.copy
    assert copy is not None
    once(library, found.dossier, found.dossier.of("acknowledge"), act)
    edit = Edit(
        (), _("{id} revision {revision} acknowledged", id=subject, revision=found.revision), _working_path(library, subject)
    )
    return signed_edit(library, edit, found.dossier.folder, "acknowledge", copy, copy.sha256, act, ())


def _give_up(library: Library, subject: str) -> Mend | None:
    """How to take leave of a document that has never been approved."""
    working = library.by_id.get(subject)
    if working is None or library.standing(subject).approved:
        return None
    return given_up(working)


def in_force(library: Library, subject: str, otherwise: Mend | None = None) -> Round:
    """The revision in force. Raises :class:`Refusal` where there is none; ``otherwise`` says what to do then."""
    if subject not in library.by_id and subject not in library.dossiers:
        document(library, subject)
    found = library.standing(subject).in_force
    if found is None or found.copy is None:
        raise Refusal(
            _("no revision of {id} is in force on {day}", id=subject, day=library.today),
            otherwise or who_signed(subject),
        )
    return found


def _working_path(library: Library, subject: str) -> tuple[str, ...]:
    working = library.by_id.get(subject)
    return (working.path,) if working else ()


def signed_edit(
    library: Library, edit: Edit, folder: str, meaning: str, copy: Item, sha256: str, act: Act, roles: tuple[str, ...]
) -> Edit:
    """``edit`` and a sign-off on the copy, in a role the actor holds if none is named."""
    if len(act.people) > 1 and meaning != "acknowledge":
        raise Refusal(
            _("every person signs for themselves; --by names one"),
            advice(_("give the command once for each of them; only an acknowledgement takes several people at once")),
        )
    role = act.role or role_of(library, act, roles)
    bound: dict[str, Value] = {"subject": copy.id, "revision": str(copy.revision), "sha256": sha256}
    change = signoff_file(library, folder, meaning, bound, replace(act, role=role))
    return replace(edit, changes=(*edit.changes, change))


def role_of(library: Library, act: Act, roles: tuple[str, ...]) -> str | None:
    """One of ``roles`` that the actor holds; several people have no role in common."""
    return choose_role(library, act.actor.person, act.at.date(), roles) if len(act.people) < 2 else None
