"""Deliveries into a lake, agency by agency in the order of their commits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qmsctl.core.fleet.receiving import NotTaken
from qmsctl.core.fleet.succession import is_again, load_of, why_not
from qmsctl.errors import QmsError
from qmsctl.message import Message
from qmsctl.store.fleet.inbox import Opened, read_again
from qmsctl.store.fleet.lake import Lake
from qmsctl.value import replace


def load_all(lake: Lake, found: Sequence[Opened]) -> Iterator[Opened]:
    """Load what may be, and tell of each what became of it. Of an agency of which one is not taken nothing after it is.

    All of an agency are looked at before one of them is loaded.
    """
    yield from (each for each in found if each.found is None)
    taken = [each for each in found if each.found is not None]
    for agency in sorted({each.agency for each in taken if each.agency}):
        own = sorted((each for each in taken if each.agency == agency), key=_order)
        problem = _problem(lake, own)
        for each in own:
            problem = problem or _loaded(lake, each)
            yield replace(each, found=None, problem=problem) if problem else each


def _order(each: Opened) -> tuple[object, ...]:
    assert each.found is not None
    return each.found.manifest.committed, each.found.manifest.day


def _problem(lake: Lake, own: Sequence[Opened]) -> Message | None:
    """Why those of an agency, one after the other, may not follow what is there."""
    last = lake.register.last(own[0].agency or "")
    for each in own:
        assert each.found is not None
        problem = None if is_again(each.found, last) else why_not(each.found, last)
        if problem is not None:
            return problem
        last = load_of(each.found)
    return None


def _loaded(lake: Lake, each: Opened) -> Message | None:
    """Load one; why it cannot be, where it cannot."""
    assert each.found is not None
    if is_again(each.found, lake.register.last(each.found.manifest.agency)):
        return None
    try:
        lake.load(read_again(each))
    except (NotTaken, QmsError) as error:
        return error.message
    return None
