"""Many people's “read and understood” at once, as a signed sheet has it."""

from __future__ import annotations

from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act, Actor
from qmsctl.core.lifecycle.document_way import acknowledge, in_force
from qmsctl.core.proof.worth import stands
from qmsctl.errors import Refusal
from qmsctl.mend import advice, command
from qmsctl.message import _
from qmsctl.value import replace


def present_people(library: Library, unit: str, act: Act) -> Act:
    """``act`` as one of everybody who belongs to ``unit`` on its day, entered by the one who acts.

    Raises :class:`Refusal` where nobody belongs to it.
    """
    day = act.at.date()
    people = tuple(person.id for person in library.people.concerned((unit,), day))
    if not people:
        raise Refusal(
            _("nobody in people.yaml belongs to the unit {unit} on {day}", unit=unit, day=day),
            advice(_("name the people in place of the unit, or correct “unit” in people.yaml")),
        )
    entered_by = None if people == (act.actor.person,) else act.actor.person
    return replace(act, actor=Actor(people[0], entered_by), people=people)


def acknowledge_sheet(library: Library, subject: str, act: Act) -> Edit:
    """The acknowledgement of those of ``act`` who have not signed one of this revision yet.

    Raises :class:`Refusal` where all of them have.
    """
    dossier = in_force(library, subject).dossier
    done = {person for each in dossier.of("acknowledge") if stands(each, dossier, library) for person in each.by}
    people = tuple(person for person in act.people if person not in done)
    if not people:
        raise Refusal(
            _("everybody named has acknowledged the revision of {id} in force already", id=subject),
            command("show", subject).in_order_to(_("to see who has read it")),
        )
    return acknowledge(library, subject, replace(act, actor=replace(act.actor, person=people[0]), people=people))
