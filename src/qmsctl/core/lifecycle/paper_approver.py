"""Who approved a paper, as a command is told."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.office.paper_approver import PaperApprover
from qmsctl.core.text.suggest import instead
from qmsctl.core.types.kinds import meant_id
from qmsctl.errors import Refusal
from qmsctl.mend import advice
from qmsctl.message import _


def paper_approver(library: Library, text: str) -> str | PaperApprover:
    """The id of a person, or “name, title, body” as the paper has them; with semicolons where a part has a comma of its own.

    Raises :class:`Refusal` for what is neither.
    """
    words = text.strip()
    if library.people.get(words):
        return words
    parts = [part.strip() for part in words.split(";" if ";" in words else ",", 2)]
    if len(parts) < 2 or not all(parts):
        near, known = meant_id(words, library.names.people, library.names), tuple(person.id for person in library.people.all)
        raise Refusal(
            _("“{text}” is nobody's id in people.yaml, and no name with a title as a paper has them", text=words),
            instead(text, near) if near else advice(_("use one of {known}, or “name, title, body” as the paper has them", known=known)),
        )
    return PaperApprover(*parts)
