"""Whether a sign-off stands by all that its library shows. One that does not may be given again, beside the first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from heapq import merge
from itertools import islice

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.proof.attestation import attestation, signature_path
from qmsctl.core.proof.level import LEVELS, Level, level
from qmsctl.core.proof.level_asked import SINCE_FORMAT_2, level_asked
from qmsctl.core.proof.paper import approver_held, is_overtaken
from qmsctl.core.proof.presence import absent
from qmsctl.core.proof.roles_asked import roles_asked
from qmsctl.core.signoffs.approval import binds, by_author, counts, day_of, held_role
from qmsctl.core.strictness import is_strict

_AFTER_AUTHOR = ("review", "approve", "return")
_DIGITS = 5


def stands(signoff: SignOff, dossier: Dossier, library: Library) -> bool:
    """True if nothing speaks against it: its bytes, signer, role, level, key and moment. Its age is a matter of changes."""
    asked = level_asked(signoff, dossier, library) if _is_asked(signoff, library) else None
    proof = attestation(signoff, library)
    return (
        counts(signoff, dossier, library.config, library.people)
        and not without_office(signoff, library)
        and not _in_another_role(signoff, dossier, library)
        and not _before_author(signoff, dossier)
        and not _before_decision(signoff, library)
        and not _in_vain(signoff, dossier, library)
        and (asked is None or LEVELS.index(level(signoff, library)) >= LEVELS.index(asked))
        and (proof is None or proof.fault is None)
    )


def without_office(signoff: SignOff, library: Library) -> bool:
    """True if it has to name the office and does not: by the stricter criteria alone."""
    return not signoff.office and is_strict(library, signoff.path, day_of(signoff, library.config))


def taken_up(signoff: SignOff, dossier: Dossier, library: Library) -> SignOff | None:
    """The next sign-off that takes the place of this one: given again by the same person, or by whom else it was for to give.

    What bore a signature is taken up only by what is backed by one, or by a paper.
    """
    later = (dossier.signoffs[place] for place in _near(signoff, dossier, library))
    return next((each for each in later if _takes_up(each, signoff, dossier, library)), None)


def _near(signoff: SignOff, dossier: Dossier, library: Library) -> Iterator[int]:
    """The places after a sign-off's own of those that may take it up by their persons and roles, the next first."""
    own, asked = dossier.places[signoff.path], roles_asked(signoff, dossier, library)
    found: list[tuple[str, str | None]] = [("by", person) for person in signoff.by]
    if not _is_own(signoff, dossier, library, asked):
        some: tuple[str | None, ...] = (signoff.role,) if signoff.role in asked else asked or tuple(each.role for each in dossier.of(signoff.meaning))
        found += [("role", role) for role in dict.fromkeys(some)]
    known = [places for each in found if (places := dossier.places_of.get((signoff.meaning, *each)))]
    return merge(*(islice(places, bisect_right(places, own), None) for places in known))


def may_take_up(person: str, role: str | None, signoff: SignOff, dossier: Dossier, library: Library) -> bool:
    """True if ``person``, in ``role``, may give again what ``signoff`` was to be."""
    if person in signoff.by:
        return True
    asked = roles_asked(signoff, dossier, library)
    others = not _is_own(signoff, dossier, library, asked)
    return others and (not asked or role in asked) and (role == signoff.role or signoff.role not in asked)


def _takes_up(later: SignOff, signoff: SignOff, dossier: Dossier, library: Library) -> bool:
    return (
        (later.person != signoff.person or number(later) > number(signoff))
        and (set(signoff.by) <= set(later.by) or may_take_up(later.person, later.role, signoff, dossier, library))
        and binds(later, dossier)
        and (signature_path(signoff) not in library.files or level(later, library) in (Level.EVIDENCED, Level.SIGNED))
    )


def number(signoff: SignOff) -> int:
    """The number in the name of its file, ``approve.binh.2.md``; 1 where it has none."""
    last = signoff.path.removesuffix(".md").rpartition(".")[2]
    return int(last) if last.isascii() and last.isdecimal() and len(last) < _DIGITS else 1


def _is_own(signoff: SignOff, dossier: Dossier, library: Library, asked: tuple[str, ...]) -> bool:
    """True if it was for its signer to give at all."""
    in_role = held_role(signoff, library.config, library.people) and (not asked or signoff.role in asked)
    return in_role and not any(absent(signoff, library)) and not (signoff.meaning == "approve" and by_author(signoff, dossier, library.config))


def _is_asked(signoff: SignOff, library: Library) -> bool:
    """True if a level counts for it: of an author only by the stricter criteria."""
    return signoff.meaning not in SINCE_FORMAT_2 or is_strict(library, signoff.path, day_of(signoff, library.config))


def _in_another_role(signoff: SignOff, dossier: Dossier, library: Library) -> bool:
    asked = roles_asked(signoff, dossier, library)
    return bool(asked) and signoff.role not in asked


def _before_author(signoff: SignOff, dossier: Dossier) -> bool:
    if signoff.meaning not in _AFTER_AUTHOR or dossier.revision is None:
        return False
    return signoff.at < min((each.at for each in dossier.of("author")), default=signoff.at)


def _in_vain(signoff: SignOff, dossier: Dossier, library: Library) -> bool:
    """True for the adoption of a paper that nobody entitled approved; by the stricter criteria also where it came before, or a signer was absent."""
    if isinstance(signoff.approved_by, str) and not approver_held(signoff, dossier, library):
        return signoff.meaning == "adopt"
    void = is_overtaken(signoff, dossier, library) or any(absent(signoff, library))
    return void and is_strict(library, signoff.path, day_of(signoff, library.config))


def _before_decision(signoff: SignOff, library: Library) -> bool:
    """True for an adoption without a decision, or with a later one."""
    if signoff.meaning != "adopt":
        return False
    decided = signoff.basis.date if signoff.basis and signoff.basis.number else None
    return decided is None or decided > signoff.at.astimezone(library.config.zone).date()
