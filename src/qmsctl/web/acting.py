"""An act on the page: shown first, then done as its command does it, by the same functions and the same judge."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.acts.done import Done
from qmsctl.acts.ending import Ending
from qmsctl.acts.keys import ALWAYS
from qmsctl.core.keys.ssh_key import PublicKey
from qmsctl.errors import QmsError, Refusal
from qmsctl.mend import advice
from qmsctl.mend_words import command_words
from qmsctl.message import _
from qmsctl.store.signatures.ssh_keygen import agent_keys
from qmsctl.unfilled import refuse_holes, unfilled
from qmsctl.value import dataclass, replace
from qmsctl.web.deeds import Deed
from qmsctl.web.filled import SET, Filled
from qmsctl.web.part import Part, set_part
from qmsctl.web.shown import Shown, digests
from qmsctl.web.visit import Visit

PATIENCE = 5.0
"""Seconds that the page waits while others write."""
_OF_THE_FORM = ("want", "fill")
"""What an address says of the form alone."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be done, and the digests that the form has to bring back."""

    done: Done
    seen: Mapping[str, str]


def command_line(deed: Deed, filled: Filled) -> str:
    """The command that does the same, as somebody would type it."""
    return " ".join(("qmsctl", *command_words(filled.without(*_OF_THE_FORM).command(deed.verb))))


def propose(visit: Visit, deed: Deed, filled: Filled) -> Proposal:
    """What the act would write, judged and not written. Raises what the command would be refused with."""
    _check(deed, filled)
    done = deed.run(visit.occasion(deed.verb), filled.without(*_OF_THE_FORM), Shown(), Ending(dry_run=True))
    _check_agent(done.edit.promised)
    return Proposal(done, {path: digest for path, digest in digests(done.edit).items() if not _is_upload(path, filled)})


def carry_out(visit: Visit, deed: Deed, filled: Filled, seen: Mapping[str, str], *, vowed: bool) -> Done:
    """Do what was shown. Raises :class:`.Stale` where that is not so any more."""
    _check(deed, filled)
    if filled.option("sign") == "yes" or visit.library.config.sign == ALWAYS:
        propose(visit, deed, filled)
    return deed.run(visit.occasion(deed.verb), filled.without(*_OF_THE_FORM), Shown(seen, vowed), Ending(commit=True, wait=PATIENCE))


def _is_upload(path: str, filled: Filled) -> bool:
    """True for the paper of a sign-off, which joins the edit after the pure function has made it."""
    return path.startswith("attachments/") and "basis-file" in filled.files


def _check(deed: Deed, filled: Filled) -> None:
    """Refuse a hole, which no command takes for a value."""
    said = filled.command(deed.verb)
    texts = (*map(str, said.operands), *(f"{each.name}={each.value}" for each in said.sets if isinstance(each.value, str)))
    refuse_holes(unfilled((*texts, *(f"--{name}={value}" for name, value in said.options if value))))


def _check_agent(promised: Mapping[str, PublicKey]) -> None:
    """Refuse to sign with a key that somebody would have to be asked a passphrase for: none passes through a page."""
    if promised and not set(promised.values()) <= set(agent_keys()):
        raise Refusal(_("the key is not in the agent, and a passphrase is asked for on no page; nothing was written"), advice(_("load it on a terminal: {command}", command="ssh-add")))


def questions(visit: Visit, deed: Deed, filled: Filled, also: tuple[str, ...] = ()) -> tuple[Part, ...]:
    """The questions of the form, with the answers that are there; ``also`` are the names of inputs that a refusal asks for."""
    try:
        parts = [*deed.asks(visit.library, filled, visit.me)]
    except QmsError:
        parts = []
    item = visit.library.by_id.get(filled.subject)
    kind = item.type if item else visit.library.types.get(filled.subject)
    known = {each.name for each in parts}
    for name in also:
        field = kind.fields.get(name.removeprefix(SET)) if kind else None
        if field is not None and name not in known:
            parts.append(set_part(visit.library, field, needed=True))
    return tuple(replace(each, value=_answer(each.name, deed, filled) or each.value, needed=each.needed or each.name in also, folded=each.folded and each.name not in also) for each in parts)


def _answer(name: str, deed: Deed, filled: Filled) -> str:
    room, _dot, rest = name.partition(".")
    match room:
        case "operand":
            return dict(zip(deed.operands, filled.operands, strict=False)).get(rest, "")
        case "option":
            return filled.option(rest) or ""
        case "set":
            return filled.sets.get(rest, "")
        case "row":
            block, _stop, column = rest.partition(".")
            return filled.rows.get(block, {}).get(column, "")
        case _:
            return ""
