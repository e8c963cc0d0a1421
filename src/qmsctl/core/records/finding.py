"""What an auditor found, and the nonconformities that were logged of it."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.model import Item

AUDIT, FINDING, NONCONFORMITY = "audit", "finding", "nonconformity"
KINDS = ("major", "minor", "ofi", "observation", "strength")
"""What a finding may be, as it is asked for."""

SEVERITIES = ("minor", "major")
"""The kinds of finding that are nonconformities, the lighter first: each is a severity of one."""


def logged_from(library: Library, subject: str) -> Iterator[Item]:
    """The nonconformities that arise from ``subject``; those that were rejected or cancelled do not count."""
    for record in library.by_type.get(NONCONFORMITY, ()):
        if subject in record.texts("of") and not record.is_given_up:
            yield record
