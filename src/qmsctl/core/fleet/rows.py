"""All rows of an office, kind by kind, in an order that depends on nothing but them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from qmsctl.core.engine import CheckResult
from qmsctl.core.fleet.document_rows import document_rows, tthc_rows
from qmsctl.core.fleet.kinds import BY_SUBJECT, KINDS, Row
from qmsctl.core.fleet.record_rows import count_rows, objective_rows, record_rows, state_rows
from qmsctl.core.fleet.signoff_rows import signoff_rows
from qmsctl.core.fleet.subjects import Subjects
from qmsctl.core.fleet.work_rows import case_rows, diagnostic_rows
from qmsctl.core.library import Library
from qmsctl.core.witness.attested import Stamped, witnessed
from qmsctl.value import dataclass, replace

Lines = Mapping[str, tuple[str, ...]]
"""The rows of each kind as lines of JSON, sorted."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows as lines, and the ids they may name; ``left_out`` files have ids that may not leave."""

    lines: Lines
    ids: tuple[str, ...]
    left_out: int


def rows(library: Library, result: CheckResult, stamps: Mapping[str, Stamped], *, titles: bool = False) -> Rows:
    """What leaves the office as of its day, whenever that is asked; ``stamps`` is what was read of time stamps. With ``titles`` those of public documents."""
    subjects, outside = Subjects(library), witnessed(replace(library, clock=library.now), stamps)
    found: Mapping[str, Iterable[Row | None]] = {
        "document": document_rows(library, subjects, titles=titles),
        "tthc": tthc_rows(library, subjects),
        "signoff": signoff_rows(library, subjects, outside),
        "record": record_rows(library, subjects),
        "state": state_rows(library, subjects),
        "case": case_rows(library, subjects),
        "diagnostic": diagnostic_rows(subjects, result),
        "objective": objective_rows(library, subjects),
        "count": count_rows(library),
    }
    return Rows({kind: _lines(found[kind]) for kind in KINDS}, tuple(sorted(subjects.ids)), subjects.left_out)


def changed(now: Lines, before: Lines) -> tuple[Lines, tuple[str, ...]]:
    """The lines of what changed, of the kinds that tell so by their subject, and the ids of it; all lines of the others."""
    touched = {subject for kind in BY_SUBJECT for subject in _subjects(kind, set(now[kind]) ^ set(before[kind]))}
    kept = {kind: tuple(line for line in lines if kind not in BY_SUBJECT or json.loads(line)[BY_SUBJECT[kind]] in touched) for kind, lines in now.items()}
    return kept, tuple(sorted(touched))


def _subjects(kind: str, lines: Iterable[str]) -> set[str]:
    return {json.loads(line)[BY_SUBJECT[kind]] for line in lines}


def _lines(found: Iterable[Row | None]) -> tuple[str, ...]:
    """Each row once, the same line wherever it is written."""
    return tuple(sorted(json.dumps(each, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for each in found if each is not None))
