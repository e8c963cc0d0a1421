"""A delivery put together from an office: its rows, the list of its ids, and the manifest over both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from qmsctl.core.fleet.manifest import MANIFEST, Manifest, is_agency, packed, parts
from qmsctl.core.fleet.rows import Rows, changed
from qmsctl.core.library import Library
from qmsctl.core.witness.checkpoints import latest_checkpoint
from qmsctl.errors import Refusal
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """The commit that is sent, and the one after which, with the rows of that one."""

    commit: str
    committed: datetime
    since: str | None = None
    before: Rows | None = None


def delivery(library: Library, found: Rows, made: Made, tool: str) -> Mapping[str, bytes]:
    """The files of a delivery, all but the signature. Raises ``Refusal`` for an office without a code."""
    code = library.config.code
    if not is_agency(code):
        raise Refusal(
            _("the code of this office is “{code}”; rows are sent under one of A–Z, a–z, 0–9 and . _ -, at most 32 characters", code=code),
            advice(_("give it in qms.yaml, as the code of the organization")),
        )
    lines, touched = (found.lines, None) if made.before is None else changed(found.lines, made.before.lines)
    files = packed(lines, found.ids, touched)
    manifest = Manifest(
        code, made.commit, made.committed.astimezone(UTC), library.today, tool, library.config.standards, parts(files),
        made.since, _checkpoint(library), found.left_out,
    )
    return {MANIFEST: manifest.data, **files}


def _checkpoint(library: Library) -> Mapping[str, str] | None:
    """The latest note of the witness."""
    found = latest_checkpoint(library)
    sha256 = library.outside.sha256(found.path) if found else None
    return {"path": found.path, "sha256": sha256} if found and sha256 else None
