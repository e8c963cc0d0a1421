"""What is said of the form of a text that was adopted as it stands on paper: it stays in sight until the next revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.frozen import adopted
from qmsctl.core.library import Library
from qmsctl.message import _
from qmsctl.value import replace


def as_notes(found: Mapping[str, list[Problem]], library: Library) -> Mapping[str, list[Problem]]:
    """The problems of a rule by path, in one note for each text that was adopted."""
    revisions = {item.path: revision for item in library.documents if item.path in found and (revision := adopted(item.id, library)) is not None} if found else {}
    return {path: [_note(problems, revisions[path])] if path in revisions else problems for path, problems in found.items()}


def _note(problems: Sequence[Problem], revision: int) -> Problem:
    first = min(problems, key=lambda each: each.line)
    if len(problems) == 1:
        said = _("revision {revision} was adopted as its paper has it; for the next one: {problem}",
                 revision=revision, problem=first.message)
    else:
        said = _("revision {revision} was adopted as its paper has it; for the next one there are {count} things to mend, the first: {problem}",
                 revision=revision, count=len(problems), problem=first.message)
    return replace(first, message=said, mend=None, severity=Severity.NOTE)
