"""``signed: {meaning: confirm, role: [unit-head]}`` — a sign-off of this meaning by such a role.

``of: FIELD`` looks at the dossiers of the documents or records named in a field instead of the
record's own; the sign-off has to be made by the day of the gate. ``by: [chair]`` asks that the latest one is
by a person whom one of these fields names, ``apart: [owner]`` that it is not, and that no such person entered it with nothing to
show for it, which is all that ``entered_apart`` asks; ``units.owner`` reaches one link away.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.dossier import SignOff
from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.gates.linked import next_step, see
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.proof.filing import meaning_of
from qmsctl.core.records.elapsing import reach
from qmsctl.core.signoffs.approval import day_of, given
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import Mend, command
from qmsctl.message import Message, _

TAKES = Arguments({
    "meaning": Argument(Written.TEXT, needed=True),
    "of": Argument(Written.TEXT, "field"),
    "by": Argument(Written.TEXTS, "field", reaches=True),
    "apart": Argument(Written.TEXTS, "field", reaches=True),
    "entered_apart": Argument(Written.TEXTS, "field", reaches=True),
    "role": Argument(Written.TEXTS, "role"),
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The sign-offs of the record, or of those it names."""
    subjects = item.texts(arguments["of"]) if "of" in arguments else (item.id,)
    for subject in subjects:
        found = _given(subject, arguments, context)
        if found:
            yield from _by_another(item, found[-1], arguments, context)
            continue
        yield Lack(_absent(subject, arguments), _way(subject, arguments["meaning"], context))


def _absent(subject: str, arguments: Any) -> Message:
    meaning, roles = arguments["meaning"], arguments.get("role", ())
    if not roles:
        return _("{subject} has no sign-off “{meaning}”", subject=subject, meaning=meaning)
    return _("{subject} has no sign-off “{meaning}” by {roles}", subject=subject, meaning=meaning, roles=roles)


def _given(subject: str, arguments: Any, context: Context) -> list[SignOff]:
    """The sign-offs that count by the day of the gate, the latest last."""
    config, people = context.library.config, context.library.people
    found = [
        signoff
        for dossier in context.library.dossiers.get(subject, ())
        for signoff in given(arguments["meaning"], arguments.get("role", ()), dossier, config, people)
        if day_of(signoff, config) <= context.day
    ]
    return sorted(found, key=lambda signoff: signoff.at)


def _by_another(item: Item, signoff: SignOff, arguments: Any, context: Context) -> Iterator[Lack]:
    """Whether the one who signed is, or is not, a person the record names."""
    people, meaning = context.library.people, meaning_of(signoff, context.library)
    for name in arguments.get("by", ()):
        wanted = {person for holder, field in _holders(item, name, context) for person in holder.texts(field)}
        if not wanted:
            yield Lack(_("“{label}” ({field}) is not filled in", label=label(item, name), field=name), give(item, name))
        elif not wanted & set(signoff.by):
            names = tuple(people.name(each) for each in sorted(wanted))
            message = _("“{meaning}” has to be signed by {names}, who is “{label}” ({field})",
                        meaning=meaning, names=names, label=label(item, name), field=name)
            yield Lack(message, _again(item).done_by(zip(sorted(wanted), names, strict=True)))
    for name in (*arguments.get("apart", ()), *arguments.get("entered_apart", ())):
        hands = signoff.hands if name in arguments.get("apart", ()) else signoff.hands - set(signoff.by)
        for holder, field in _holders(item, name, context):
            for person in sorted(set(holder.texts(field)) & hands):
                yield _not_apart(item, person, meaning, holder, field, context, entered=person not in signoff.by)


def _not_apart(item: Item, person: str, meaning: object, holder: Item, field: str, context: Context, *, entered: bool) -> Lack:
    """What one who has to be left out did: signed, or ``entered`` the signature of another."""
    said = {"meaning": meaning, "name": context.library.people.name(person), "label": label(holder, field), "field": field, "id": holder.id}
    message = (
        _("“{meaning}” may not be entered by {name}, who is “{label}” ({field}) of {id}, without a file that shows the signature", **said)
        if entered else _("“{meaning}” may not be signed by {name}, who is “{label}” ({field}) of {id}", **said)
    )
    return Lack(message, _again(item).in_order_to(_("somebody else carries it out")), later=entered, separates=True)


def _holders(item: Item, name: str, context: Context) -> Iterator[tuple[Item, str]]:
    """The files that name the persons, the record's own or those one link away, and the field there."""
    field = name.rpartition(".")[2]
    return ((holder, field) for holder in reach(item, name, context.library))


def _again(item: Item) -> Mend:
    """The command that brings the record into its state, and signs it."""
    return command("advance", item.id, item.status or "")


def _way(subject: str, meaning: str, context: Context) -> Mend:
    """The command that asks for such a sign-off: of a record, the way to the state that bears it."""
    from qmsctl.core.mends.advancing import advance_command

    found = context.library.by_id.get(subject)
    bearing = tuple(s.id for s in found.type.states.values() if s.signoff and s.signoff.meaning == meaning) if found else ()
    step = next_step(found, bearing) if found and bearing else None
    if found is not None and step is not None:
        return advance_command(found, found.type.states[step], context.library)
    if found is None or not found.is_document:
        return see(subject)
    return command(meaning, subject)
