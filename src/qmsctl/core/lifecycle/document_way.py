"""A document's way: raised, submitted, reviewed, approved or returned, withdrawn."""

from __future__ import annotations

from dataclasses import replace

from qmsctl.core.asked import document, sign_offs_on, who_signed
from qmsctl.core.dossier import Dossier
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act, choose_role
from qmsctl.core.lifecycle.dossier_files import dossier_folder, freeze, signoff_file
from qmsctl.core.lifecycle.linked_files import SignedText, with_linked_files
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
    highest = max((r.revision for r in standing.rounds), default=number)
    changes: dict[str, Value | None] = {
        "revision": str(max(highest, number) + 1),
        "change": change,
        "editorial": "yes" if editorial else None,
        "answers": list(answers) if answers else None,
        "effective": effective,
    }
    before = library.outside.read(working.path)
    after = set_fields(before, changes, working.type.field_order)
    summary = _("{id} revision {revision} begun: {change}", id=subject, revision=highest + 1, change=change)
    return linked_back(library, Edit((FileChange(working.path, before, after),), summary, (working.path,)))


def submit(library: Library, subject: str, act: Act) -> Edit:
    """Freeze the working text into a dossier and sign it as its author."""
    working = document(library, subject)
    standing = library.standing(subject)
    before = to_give_again(library, subject, "author", act, text=working.sha256)
    if before and before.copy:
        submitted = Edit((), _("{id} revision {revision} submitted", id=subject, revision=before.revision), (working.path,))
        return signed_edit(library, submitted, before.folder, "author", before.copy, before.copy.sha256, act, ())
    if standing.working in ("clean", "changed"):
        raise Refusal(
            _("revision {revision} of {id} is approved already", revision=working.revision, id=subject),
            command("revise", subject, change=HOLE).in_order_to(_("raise the revision first")),
        )
    if standing.working == "in-review":
        raise Refusal(
            _("revision {revision} of {id} is submitted already, with these very bytes", revision=working.revision, id=subject),
            sign_offs_on(library, working),
        )
    if standing.working == "returned" and standing.under_way and standing.under_way.returned:
        raise Refusal(_("this text of {id} was returned and has not changed since", id=subject), mended_as_asked(working, standing.under_way.returned, library))
    revision, text = revision_of(library, working), with_linked_files(library, working)
    folder = dossier_folder(subject, revision, text.data)
    edit = frozen_edit(library, working, text, folder, _("{id} revision {revision} submitted", id=subject, revision=revision))
    edit = replace(edit, vouched=(working.path, f"{folder}/{subject}.md"))
    return signed_edit(library, edit, folder, "author", working, digest(text.data), act, ())


def revision_of(library: Library, working: Item) -> int:
    """The revision under which a text is signed; raises ``Refusal`` where it has none, for its dossier could have no name."""
    if working.revision is None:
        raise Refusal(_("the text of {id} has no revision that is a whole number", id=working.id), mend_field(library, working, "revision"))
    return working.revision


def frozen_edit(library: Library, working: Item, text: SignedText, folder: str, summary: Message) -> Edit:
    """The working text as it is to be signed, and its copy in the dossier where it is not there yet."""
    copy = freeze(folder, working.id, text.data)
    copies = () if copy.path in library.files else (copy,)
    return Edit((*text.changes, *copies), summary, (working.path,), remarks=text.remarks)


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
    slots = (*entry.review, *entry.approve) if entry else ()
    if entry and meaning in ("review", "approve"):
        slots = entry.review if meaning == "review" else entry.approve
    done: dict[str, Message] = {
        "review": _("{id} revision {revision} reviewed", id=subject, revision=found.revision),
        "approve": _("{id} revision {revision} approved", id=subject, revision=found.revision),
        "return": _("{id} revision {revision} returned", id=subject, revision=found.revision),
    }
    present = (working.path,) if copy.sha256 == working.sha256 else ()
    vouched = () if meaning == "return" else (*present, found.copy_path)
    edit = Edit((), done[meaning], (working.path,), vouched=vouched)
    roles = tuple(role for slot in slots for role in slot)
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
