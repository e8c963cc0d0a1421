"""Papers come in: what the plan says of each is made a draft, its original kept beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from qmsctl.acts.carrying_out import carry_out
from qmsctl.acts.done import Done
from qmsctl.acts.ending import Ending
from qmsctl.acts.occasion import Occasion
from qmsctl.core.edit import Edit
from qmsctl.core.incoming.labels import Labels
from qmsctl.core.incoming.measures import number_in
from qmsctl.core.incoming.plan import EARLIER, FONT, TRACKED, Plan, Planned
from qmsctl.core.incoming.recognising import recognise
from qmsctl.core.incoming.scans import scan
from qmsctl.core.incoming.taking_in import Original, is_there, take_in, undecided
from qmsctl.core.library import Library
from qmsctl.errors import Refusal
from qmsctl.message import Message, _
from qmsctl.store.incoming.papers import SCANS, bytes_of, paper_at, read_paper
from qmsctl.store.incoming.reader import Reader
from qmsctl.value import dataclass

Progress = Callable[[int, int, str], None]
"""Told before each file: its number, of how many, and its path."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came in: the act, nothing where there was nothing to write; why files were left, and how many were there before."""

    done: Done | None
    left: Mapping[str, Message]
    there: int


def bring_in(occasion: Occasion, plan: Plan, folder: Path, labels: Labels, only: Sequence[str], by: str | None, ending: Ending, progress: Progress) -> Arrived:
    """Take in the files of ``plan``, which lie in ``folder``; of several ids only these. One bad file does not stop the others."""
    library = occasion.library()
    wanted = [each for each in plan.files if each.is_draft and (not only or each.get("id") in only)]
    new = [each for each in wanted if not is_there(library, each)]
    left: dict[str, Message] = {}
    originals: list[Original] = []
    with Reader() as reader:
        for number, each in enumerate(new, 1):
            progress(number, len(new), each.path)
            try:
                originals.append(_original(reader, library, plan, each, folder, labels))
            except Refusal as error:
                left[each.path] = error.message
    if not originals:
        return Arrived(None, left, len(wanted) - len(new))

    def make(now: Library) -> Edit:
        nonlocal new
        new = [each for each in new if not is_there(now, each)]  # what a command that was stopped had begun is there by now
        rest = [each for each in originals if each.planned in new]
        edit, refused = take_in(now, plan, rest, occasion.person(now, by), labels)
        left.update({path: each.message for path, each in refused.items()})
        return edit

    done = carry_out(occasion, make, ending)
    return Arrived(done if done.edit.changes else None, left, len(wanted) - len(new))


def earlier(library: Library, plan: Plan, folder: Path, labels: Labels, subjects: Sequence[str]) -> dict[str, list[Original]]:
    """The files of the plan that are earlier revisions of these documents, each with a decision of its own, read again, by their documents, the first revision first.

    Raises :class:`Refusal` where one of them cannot be read as it was planned.
    """
    found: dict[str, list[Original]] = {}
    wanted = [each for each in plan.files if each.take == EARLIER and each.get("decision") and each.get("id") in subjects]
    with Reader() as reader:
        for each in sorted(wanted, key=lambda one: number_in(one.get("revision")) or 0):
            found.setdefault(each.get("id"), []).append(_read_again(reader, each, folder, labels))
    return found


def _original(reader: Reader, library: Library, plan: Plan, planned: Planned, folder: Path, labels: Labels) -> Original:
    """A file of the plan, read again. Raises :class:`Refusal` where nobody has decided about it, too."""
    refused = undecided(plan, library, planned)
    if refused is not None:
        raise refused
    return _read_again(reader, planned, folder, labels)


def _read_again(reader: Reader, planned: Planned, folder: Path, labels: Labels) -> Original:
    """A file as it was planned. Raises :class:`Refusal` where it is another one by now."""
    data = bytes_of(paper_at(folder, planned.path))
    if planned.path.lower().endswith(SCANS):
        _check_same(planned, hashlib.sha256(data).hexdigest())
        return Original(planned, data, scan({}), {})
    found = read_paper(reader, planned.path, data, accepted=planned.get(TRACKED) != "rejected", pictures=True, font=planned.get(FONT))
    _check_same(planned, found.sha256)
    return Original(planned, data, recognise(found.document, labels), found.pictures)


def _check_same(planned: Planned, sha256: str) -> None:
    """Raise :class:`Refusal` where a file is not the one that was planned."""
    if sha256 != planned.sha256:
        raise Refusal(_("it was changed since the plan was made: plan it again"))
