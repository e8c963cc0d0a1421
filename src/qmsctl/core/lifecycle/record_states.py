"""A record's way through its states: moved on, signed again, reopened."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.asked import record, way_on
from qmsctl.core.dossier import Dossier
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.gates.linked import next_step
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act, choose_role
from qmsctl.core.lifecycle.dossier_files import dossier_folder, freeze, signoff_file
from qmsctl.core.lifecycle.linked_files import with_linked_files
from qmsctl.core.lifecycle.mutual import linked_back
from qmsctl.core.lifecycle.once_more import to_give_again
from qmsctl.core.lifecycle.record_way import free, with_values
from qmsctl.core.mends.advancing import advance_command
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import since
from qmsctl.core.reading import parse
from qmsctl.core.sections.section_text import without_idle_sections
from qmsctl.core.signoffs.state_roles import state_roles
from qmsctl.core.text.block_rows import without_examples
from qmsctl.core.text.splice import Value, set_fields
from qmsctl.core.text.suggest import did_you_mean, instead
from qmsctl.core.text.text_file import digest
from qmsctl.core.text.words import holds_words
from qmsctl.core.types.choice import chosen, part_of
from qmsctl.core.types.record_type import Reopening, RequiredSignOff, State
from qmsctl.errors import Refusal
from qmsctl.mend import HOLE, Mend, addition, advice, command
from qmsctl.message import Message, _, named
from qmsctl.value import replace


def advance(library: Library, subject: str, state: str, act: Act, given: Mapping[str, str]) -> Edit:
    """Move a record to ``state``, named by its id or its words, setting fields on the way, with the sign-off the state asks for."""
    found = record(library, subject)
    state = chosen(state, {name: each.label for name, each in found.type.states.items()}) or state
    once_more = _again(library, found, state, act)
    if once_more is not None:
        return once_more
    free(library, found, given)
    target = _reachable(found, state, library)
    after = with_values(library, found, given, {"status": state})
    summary = _("{id}: {state}", id=subject, state=target.label)
    if target.signoff is None:
        return linked_back(library, Edit((FileChange(found.path, library.outside.read(found.path), after),), summary, (found.path,)))
    after = without_examples(after, frozenset(found.type.blocks))
    if target.final:
        after = without_idle_sections(after, Item.of(found.path, found.type, parse(found.path, after, library.types)))
    text = with_linked_files(library, found, after)
    signed = _signed(library, found, target, target.signoff, text.data, act)
    return linked_back(library, Edit((*text.changes, *signed), summary, (found.path,), remarks=text.remarks))


def _signed(library: Library, found: Item, state: State, asked: RequiredSignOff, data: bytes, act: Act) -> tuple[FileChange, ...]:
    """The sign-off that a state asks for on these bytes, and their copy where it is not there yet."""
    folder = dossier_folder(found.id, state.id, data)
    role = act.role or _role(library, found, state, act)
    bound: dict[str, Value] = {"subject": found.id, "state": state.id, "sha256": digest(data)}
    signed = signoff_file(library, folder, asked.meaning, bound, replace(act, role=role))
    copy = freeze(folder, found.id, data)
    return (signed,) if copy.path in library.files else (copy, signed)


def _again(library: Library, found: Item, state: str, act: Act) -> Edit | None:
    """The sign-off of a state once more, where it was given and does not count; the record stays as it is."""
    asked = found.type.states[state].signoff if state in found.type.states else None
    here = found.type.states.get(found.status or "")
    if asked is None or not (act.again or here is None or state not in here.to):
        return None
    before = to_give_again(library, found.id, asked.meaning, act, state=state)
    if before is None or before.copy is None:
        return None
    role = act.role or _role(library, found, found.type.states[state], act)
    signed = _on(library, before, before.copy, asked.meaning, replace(act, role=role, instead_of=_in_place_of(before, asked.meaning)))
    return Edit((signed,), _("{id}: {state}", id=found.id, state=found.type.states[state].label), (found.path,))


def _in_place_of(dossier: Dossier, meaning: str) -> str | None:
    """The file of the sign-off whose place another one takes where a reopening has undone it."""
    last = max(dossier.of(meaning), key=lambda each: since(each, dossier))
    undone = any(each.at >= since(last, dossier) for each in dossier.of("reopen"))
    return (last.instead_of or last.path.rpartition("/")[2]) if undone else None


def _role(library: Library, found: Item, state: State, act: Act) -> str | None:
    """A role in which the person who acts may sign the state."""
    day = act.at.date()
    return choose_role(library, act.actor.person, day, state_roles(found.type, state, day, library.config))


def _on(library: Library, dossier: Dossier, copy: Item, meaning: str, act: Act) -> FileChange:
    """A further sign-off on the copy in a dossier of a state."""
    bound: dict[str, Value] = {"subject": dossier.subject, "state": dossier.state, "sha256": copy.sha256}
    return signoff_file(library, dossier.folder, meaning, bound, act)


def _reachable(found: Item, state: str, library: Library) -> State:
    states = found.type.states
    current = states.get(found.status or "")
    if not state:
        raise Refusal(_("the state that {id} is to go to is missing; it is “{current}” now", id=found.id, current=current.label if current else "?"), way_on(found))
    if state not in states:
        labels = {name: each.label for name, each in states.items()}
        known = advice(_("use one of {known}", known=named(labels)))
        near = did_you_mean(part_of(state, labels) or state, states)
        raise Refusal(_("{type} has no state “{state}”", type=found.type.label, state=state), instead(state, near.found) if near.found else known)
    if current is not None and state not in current.to:
        if current.final:
            raise Refusal(
                _("{id} is closed (“{state}”) and does not change any more", id=found.id, state=current.label),
                way_on(found),
            )
        if state == found.status:
            raise Refusal(_("{id} is “{current}” already", id=found.id, current=current.label), way_on(found))
        raise Refusal(
            _("{id} is “{current}”; from there it does not go to “{state}”", id=found.id, current=current.label, state=states[state].label),
            _first_step(found, state, library),
        )
    return states[state]


def _first_step(found: Item, wanted: str, library: Library) -> Mend:
    """The command that takes a record one step nearer to a state; where no way leads there, those it may go."""
    step = next_step(found, (wanted,))
    return advance_command(found, found.type.states[step], library).in_order_to(_("first comes")) if step else way_on(found)


def reopen(library: Library, subject: str, act: Act) -> Edit:
    """Bring a closed record back, with a signed reason in the dossier that closed it; to sign that again moves nothing."""
    found = record(library, subject)
    way = found.type.reopening
    before = to_give_again(library, subject, "reopen", act) if act.again else None
    if way is None or not (before or library.is_closed(found)):
        raise Refusal(_("{id} is not closed", id=subject), way_on(found))
    if not holds_words(act.comment):
        raise Refusal(_("reopening needs a reason"), addition(reason=HOLE))
    back: tuple[FileChange, ...] = ()
    if before is None:
        earlier = library.outside.read(found.path)
        back = (FileChange(found.path, earlier, set_fields(earlier, {"status": _way_back(found, way)})),)
    closed = before or _closing_dossier(library, found)
    role = act.role or choose_role(library, act.actor.person, act.at.date(), way.roles)
    signed = _on(library, closed, closed.copy or found, "reopen", replace(act, role=role))
    return Edit((*back, signed), _reopened(subject, act), (found.path,))


def _reopened(subject: str, act: Act) -> Message:
    return _("{id} reopened: {reason}", id=subject, reason=act.comment.strip().partition("\n")[0])


def _way_back(found: Item, way: Reopening) -> str:
    """The state a closed record goes back to: where it never came so far, the one it was closed from."""
    chain = found.type.chain(found.status or "")
    before = chain[-1].follows
    return way.to if before is None or any(state.id == way.to for state in chain) else before


def _closing_dossier(library: Library, found: Item) -> Dossier:
    for dossier in library.dossiers.get(found.id, ()):
        if dossier.copy and dossier.copy.sha256 == found.sha256 and dossier.signoffs:
            return dossier
    raise Refusal(
        _("the dossier that closed {id} is not there, or holds other bytes", id=found.id),
        command("check").in_order_to(_("to see what is wrong")),
    )
