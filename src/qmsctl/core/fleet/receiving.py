"""What came in, judged before anything of it is used: who signed it, whether it is whole, and whether each row is one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NoReturn

from qmsctl.core.fleet.columns import ID, Cell
from qmsctl.core.fleet.kinds import BY_SUBJECT, KINDS, NAMING, VERSION, identity, row_problem
from qmsctl.core.fleet.manifest import FILES, IDS, MANIFEST, NAMESPACE, Manifest, read_manifest
from qmsctl.core.fleet.signers import Signer, Signers
from qmsctl.core.keys.ssh_signature import Signature
from qmsctl.message import Message, _
from qmsctl.value import dataclass

MOST_OF_A_LINE = 4096
MOST_ROWS = 500_000
"""Of a file; a large office has twenty thousand."""


class NotTaken(Exception):
    """Why a delivery is not taken, and whose it is, where its signature tells."""

    def __init__(self, message: Message, agency: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.agency = agency


@dataclass(frozen=True, slots=True)
class Received:
    """A delivery that is what its signer sent. ``changed`` are the ids of which all rows came, ``None`` where those of all did."""

    manifest: Manifest
    sha256: str
    files: Mapping[str, bytes]
    ids: frozenset[str]
    changed: frozenset[str] | None

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(self.manifest.files[name].rows for name in FILES.values())


def received(files: Mapping[str, bytes], signature: Signature | None, signers: Signers, today: date) -> Received:
    """The delivery in these files; ``signature`` is what the one beside the manifest says of it. Raises :class:`NotTaken`."""
    data = files.get(MANIFEST)
    if data is None:
        raise NotTaken(_("it has no {file}", file=MANIFEST))
    signer = _signer(signature, signers, today)
    try:
        manifest = _manifest(data, signer)
        _check_come(manifest, today)
        check_whole(files, manifest)
        ids, changed = _ids(files[IDS])
        for kind in KINDS:
            _check_rows(kind, files[FILES[kind]], ids if changed is None or kind not in BY_SUBJECT else ids & changed, _latest(manifest.day))
    except NotTaken as error:
        raise NotTaken(error.message, signer.agency) from None
    if (manifest.since is None) != (changed is None):
        raise NotTaken(_("{file} and {other} do not say the same of what was sent", file=MANIFEST, other=IDS), signer.agency)
    return Received(manifest, hashlib.sha256(data).hexdigest(), files, ids, changed)


def _signer(signature: Signature | None, signers: Signers, today: date) -> Signer:
    """The agency that signed: by its key, whatever the rows say."""
    if signature is None:
        raise NotTaken(_("it is not signed"))
    if signature.problem is not None:
        raise NotTaken(_("its signature is not valid: {reason}", reason=signature.problem))
    if signature.namespace != NAMESPACE:
        raise NotTaken(_("it was signed for “{purpose}”, not for “{expected}”", purpose=signature.namespace, expected=NAMESPACE))
    found = signers.of(signature.key, today) if signature.key else None
    if found is None:
        raise NotTaken(_("its signer is unknown: the key {key} is that of no agency", key=signature.key.fingerprint if signature.key else "—"))
    if not found.may_sign(today):
        raise NotTaken(_("the key {key} of {agency} may not be used today", key=found.key.fingerprint, agency=found.agency), found.agency)
    return found


def _manifest(data: bytes, signer: Signer) -> Manifest:
    found = read_manifest(_json(data, MANIFEST))
    if isinstance(found, str):
        raise NotTaken(_("{file} is not as it has to be: see “{key}”; it may come from a newer qmsctl", file=MANIFEST, key=found[:40]))
    if found.agency != signer.agency:
        raise NotTaken(_("it calls itself {claimed}, but the key that signed it is that of {agency}", claimed=found.agency, agency=signer.agency))
    return found


def _check_come(manifest: Manifest, today: date) -> None:
    """A day to come would keep out whatever is sent until then; one day is left for clocks and zones that differ."""
    latest = _latest(today)
    if max(manifest.day, manifest.committed.date()) > latest:
        raise NotTaken(_("it is of {day}, which has not come yet", day=max(manifest.day, manifest.committed.date())))


def _latest(day: date) -> date:
    return day + timedelta(days=1)


def check_whole(files: Mapping[str, bytes], manifest: Manifest) -> None:
    """Raise :class:`NotTaken` where a file is missing, is another than was signed, or has not so many rows."""
    for name, part in manifest.files.items():
        if name not in files:
            raise NotTaken(_("{file} is missing", file=name))
        if hashlib.sha256(files[name]).hexdigest() != part.sha256:
            raise NotTaken(_("{file} was altered after signing", file=name))
        if (count := files[name].count(b"\n")) != part.rows:
            raise NotTaken(_("{file} has {count} lines, and by {manifest} it has {told}", file=name, count=count, manifest=MANIFEST, told=part.rows))


def _ids(data: bytes) -> tuple[frozenset[str], frozenset[str] | None]:
    found = _json(data, IDS)
    if not isinstance(found, dict) or found.keys() != {"v", "ids", "changed"} or found["v"] != VERSION or not _are_ids(found["ids"]):
        raise NotTaken(_("{file} is no list of ids", file=IDS))
    if found["changed"] is not None and not _are_ids(found["changed"]):
        raise NotTaken(_("{file} is no list of ids", file=IDS))
    return frozenset(found["ids"]), None if found["changed"] is None else frozenset(found["changed"])


def _are_ids(value: object) -> bool:
    return isinstance(value, list) and all(map(ID.fits, value))


_DONE: Mapping[str, tuple[str, ...]] = {"signoff": ("at", "witnessed"), "document": ("approved",), "record": ("opened", "closed")}
"""Columns of days on which something has been done."""


def _check_rows(kind: str, data: bytes, named: frozenset[str], latest: date) -> None:
    """Every line is a row of the kind, unlike those before, about nothing but what is ``named``; nothing was done after ``latest``."""
    name, lines = FILES[kind], data.split(b"\n")
    if lines.pop():
        raise NotTaken(_("{file} does not end with the end of a line", file=name))
    if len(lines) > MOST_ROWS:
        raise NotTaken(_("{file} has {count} rows; more than {most} are not read", file=name, count=len(lines), most=MOST_ROWS))
    column, seen = NAMING.get(kind), dict[tuple[Cell, ...], int]()
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_OF_A_LINE:
            raise NotTaken(_("line {line} of {file} has {count} bytes; more than {most} are not read", line=number, file=name, count=len(line), most=MOST_OF_A_LINE))
        found = _json(line, name, number)
        wrong = row_problem(kind, found) or next((each for each in _DONE.get(kind, ()) if (found[each] or "") > latest.isoformat()), None)
        if wrong is not None:
            raise NotTaken(_("line {line} of {file} is no row: see “{column}”", line=number, file=name, column=wrong[:40]))
        assert isinstance(found, dict)  # row_problem has made sure
        if column and found[column] is not None and found[column] not in named:
            raise NotTaken(_("line {line} of {file} is about {id}, which is not in the list of ids", line=number, file=name, id=found[column]))
        same = identity(kind, found)
        if same is not None and seen.setdefault(same, number) != number:
            raise NotTaken(_("line {line} of {file} is about the same as line {first}", line=number, file=name, first=seen[same]))


def _json(data: bytes, name: str, line: int = 0) -> Any:
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except _TwiceError as error:
        problem = _("it has “{key}” twice", key=str(error)[:40])
    except (ValueError, RecursionError):
        problem = _("it is no JSON that can be read")
    raise NotTaken(_("line {line} of {file}: {problem}", line=line, file=name, problem=problem) if line else _("{file}: {problem}", file=name, problem=problem))


class _TwiceError(ValueError):
    """A key that stands in an object twice: nobody knows which of its values is meant."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _no_constant(_text: str) -> NoReturn:
    raise ValueError
