"""Rows of sign-offs: in which role and on which day, never by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qmsctl.core.fleet.kinds import Row, row
from qmsctl.core.fleet.subjects import Subjects
from qmsctl.core.library import Library
from qmsctl.core.proof.level import level
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.witness.attested import Attested, seen_by


def signoff_rows(library: Library, subjects: Subjects, outside: Mapping[str, Attested]) -> Iterator[Row | None]:
    """A row for each sign-off on what may be named, given in this very office; ``outside`` is what somebody outside attested of its files."""
    for subject in sorted(subjects.ids & library.dossiers.keys()):
        kind = library.type_of(subject)
        for dossier in library.dossiers[subject]:
            for each in dossier.signoffs:
                if not each.is_foreign:
                    seen = seen_by(each, outside, library)
                    yield row(
                        "signoff", subject=subject, revision=each.revision, state=each.state if kind and each.state in kind.states else None,
                        meaning=each.meaning, role=subjects.role(each.role), at=day_of(each, library.config), level=level(each, library),
                        witnessed=seen and seen.day, signers=len(each.by),
                    )
