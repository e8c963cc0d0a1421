"""The sign-off on the configuration: who may give it, and of which number it is."""

from __future__ import annotations

from datetime import date

from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act
from qmsctl.core.lifecycle.document_way import sign_round
from qmsctl.core.lifecycle.dossier_files import signoff_file
from qmsctl.core.proof.configuration import (
    Manifest,
    approving_roles,
    different,
    is_valid,
    last_number,
    lines,
    listed,
    manifest,
    manifest_digest,
    newest,
    number,
    why_not,
)
from qmsctl.core.proof.holders import either, role_titles
from qmsctl.core.reading import CONFIGURATION
from qmsctl.core.text.splice import Value
from qmsctl.errors import Refusal
from qmsctl.mend import Mend, advice, command
from qmsctl.message import Message, _
from qmsctl.value import replace


def approve(library: Library, subject: str, act: Act) -> Edit:
    """``approve`` the submission of a document that is under way, or the configuration."""
    if subject == CONFIGURATION and not library.knows(subject):
        return sign_configuration(library, act)
    return sign_round(library, subject, "approve", act)


def sign_configuration(library: Library, act: Act) -> Edit:
    """Approve the files of the configuration as they are now, as the next number; a commit takes them along.

    Raises :class:`Refusal` where the actor has no key or no role for it, or where they are signed as they are.
    """
    day, person = act.at.date(), act.actor.person
    own, last = manifest(library), newest(library)
    for signoff in last:
        if signoff.sha256 == manifest_digest(own) and why_not(signoff, library) is None:
            raise Refusal(_("the configuration is signed as it is, as number {number}", number=number(signoff)),
                          command("check").in_order_to(_("to see what it finds")))
    role = _role(library, act, day)
    _check_key(library, person, day)
    following = last_number(library.configuration_signoffs) + 1
    sha256 = manifest_digest(own)
    bound: dict[str, Value] = {"subject": CONFIGURATION, "revision": str(following), "sha256": sha256, "files": lines(own)}
    folder = f"signoffs/{CONFIGURATION}/{following}-{sha256[:8]}"
    change = signoff_file(library, folder, "approve", bound, replace(act, role=role))
    before = listed(last[-1], library) if last else {}
    return Edit(
        (change,), _("configuration approved as number {number}", number=following), tuple({**own, **before}),
        remarks=(_changes(before, own, number(last[-1])) if last else _("for the first time, it covers {files}", files=tuple(own)),),
    )


def _changes(before: Manifest, own: Manifest, earlier: int) -> Message:
    return _("changed since number {number}: {files}", number=earlier, files=different(before, own) or ("—",))


def _role(library: Library, act: Act, day: date) -> str:
    """The role that was named, or the first that approves of those the actor holds."""
    roles, person = approving_roles(library.config, day), library.people.get(act.actor.person)
    held = [each for each in (person.roles_on(day) if person else ()) if each in roles and act.role in (None, each)]
    if not held:
        titles = role_titles((each.id for each in library.config.roles if each.id in roles), library)
        raise Refusal(
            _("{name} holds no role that approves; the configuration is signed by {roles}",
              name=library.people.name(act.actor.person), roles=either(titles) if titles else _("nobody as yet")),
            advice(_("let somebody who approves sign it")),
        )
    return held[0]


def _check_key(library: Library, person: str, day: date) -> None:
    found = library.people.get(person)
    if not any(is_valid(key, day) for key in (found.keys if found else ())):
        raise Refusal(
            _("{name} has no key in people.yaml that is valid today, and the configuration is signed with one", name=library.people.name(person)),
            enrolled(person),
        )


def enrolled(person: str) -> Mend:
    """How somebody comes to have a key that counts."""
    return (
        advice(_("a new one is made with: {command}", command="ssh-keygen -t ed25519"))
        .then(advice(_("enter the line of its .pub file, with its first day, among the “keys” of {person} in people.yaml", person=person)))
        .then(advice(_("have that change accepted by itself, by somebody who knows whose key it is")))
    )
