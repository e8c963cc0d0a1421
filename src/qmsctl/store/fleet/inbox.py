"""Deliveries as they lie there, opened and judged one by one: what is wrong with one keeps none of another agency out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from qmsctl.core.fleet.manifest import MANIFEST, SIGNATURE
from qmsctl.core.fleet.receiving import NotTaken, Received, check_whole, received
from qmsctl.core.fleet.signers import Signers, read_signers
from qmsctl.core.fleet.succession import contradictory
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import Message, _
from qmsctl.store.fleet.archive import read_delivery
from qmsctl.store.machine import files
from qmsctl.store.signatures.ssh_signatures import verify
from qmsctl.value import dataclass, replace


@dataclass(frozen=True, slots=True)
class Opened:
    """A delivery at ``place``: what was ``found``, without its files, or the ``problem``; ``agency`` where it is known whose it is."""

    place: Path
    found: Received | None = None
    problem: Message | None = None
    agency: str | None = None


def signers_in(path: Path) -> Signers:
    """The signers a file names. Raises ``QmsError`` where it cannot be read."""
    try:
        return read_signers(files.read(path, str(path)).decode("utf-8-sig"), str(path))
    except UnicodeDecodeError:
        raise RepositoryError(_("{path} cannot be read: it is not UTF-8", path=str(path)), advice(_("save it as UTF-8"))) from None


def opened(places: Sequence[Path], signers: Signers, today: date) -> tuple[Opened, ...]:
    """What lies at each place. Of an agency of which one is not taken, or two contradict each other, none is."""
    found = tuple(_opened(place, signers, today) for place in places)
    bad = {each.agency: each.problem for each in found if each.agency and each.problem}
    return refused(found, {**bad, **contradictory(each.found for each in found if each.found)})


def refused(found: Iterable[Opened], wrong: Mapping[str, Message]) -> tuple[Opened, ...]:
    """The same, with a problem for those of an agency with which something is ``wrong``."""
    return tuple(replace(each, found=None, problem=each.problem or wrong[each.agency]) if each.agency and each.agency in wrong else each for each in found)


def read_again(each: Opened) -> Received:
    """The delivery with its files, each with the digest that it was judged by. Raises ``QmsError`` or :class:`NotTaken`."""
    assert each.found is not None
    contents = read_delivery(each.place)
    check_whole(contents, each.found.manifest)
    return replace(each.found, files=contents)


def _opened(place: Path, signers: Signers, today: date) -> Opened:
    try:
        contents = read_delivery(place)
        signature = verify(contents[MANIFEST], contents[SIGNATURE]) if MANIFEST in contents and SIGNATURE in contents else None
        found = received(contents, signature, signers, today)
    except RepositoryError as error:
        return Opened(place, problem=error.message)
    except NotTaken as error:
        return Opened(place, problem=error.message, agency=error.agency)
    return Opened(place, replace(found, files={}), agency=found.manifest.agency)
