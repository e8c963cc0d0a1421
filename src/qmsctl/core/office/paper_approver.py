"""Who approved a paper, where people.yaml has nobody for that."""

from __future__ import annotations

from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class PaperApprover:
    """Who approved a paper, in its words: somebody whom people.yaml does not know, of a body that may be gone."""

    name: str
    title: str
    body: str | None = None


def approver_data(named: str | PaperApprover | None) -> str | dict[str, str | None] | None:
    """The same for scripts: a person's id, or the words of the paper."""
    return {"name": named.name, "title": named.title, "body": named.body} if isinstance(named, PaperApprover) else named
