"""Records that were destroyed by the rules: their files may be gone, their sign-offs stay."""

from __future__ import annotations

from qmsctl.core.closing import signed_states
from qmsctl.core.library import Library

FIELD = "disposes"
"""The field in which a record names those to be destroyed."""


def disposed(library: Library) -> frozenset[str]:
    """Ids that are listed in the copy somebody entitled signed when approving their disposal.

    A record that is closed without that approval, because it was refused, allows nothing.
    """
    return frozenset(
        subject
        for record in library.records
        if FIELD in record.type.fields
        for each in signed_states(record, library)
        if each.signoff.meaning == "approve" and not each.reopened
        for subject in each.copy.texts(FIELD)
    )
