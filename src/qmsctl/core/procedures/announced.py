"""What a decision that announced services to the public says of them: which procedure serves which, by which code, in which field.

A procedure may say so in its own head. Where it does not, the document with the decision does, in its block ``services``: one
decision announces many services, and who compares them again with what is published raises no revision of any procedure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.text.nodes import texts
from qmsctl.value import dataclass

BLOCK = "services"
PUBLIC = "public"
TTHC = "tthc"
"""The field in which a procedure names itself what it serves."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A service as a decision in force announces it.

    ``checked`` is when somebody last compared it with what is published, ``is_public`` whether the document with the decision is for everybody.
    """

    code: str
    name: str
    field: str
    number: str
    issuer: str
    issued: date | None
    checked: date | None
    is_public: bool


def announced(library: Library) -> Mapping[str, tuple[Announced, ...]]:
    """The services of each procedure, by its id."""
    found: defaultdict[str, list[Announced]] = defaultdict(list)
    for document in _decisions(library):
        for row in document.block_rows(BLOCK):
            code, name, field = ((row.text(key) or "").strip() for key in ("code", "name", "field"))
            told = Announced(
                code, name, field, document.text("number") or "", document.text("issuer") or "", document.day("issued"), document.day("checked"),
                document.text("classification") == PUBLIC,
            )
            for procedure in texts(row.entries.get("documents")):
                found[procedure].append(told)
    return {procedure: tuple(services) for procedure, services in found.items()}


def served(procedure: Item, services: Mapping[str, tuple[Announced, ...]]) -> tuple[str, ...]:
    """The codes, or names, of what a procedure serves: as its own text says, else as it was announced."""
    return procedure.texts(TTHC) or tuple(dict.fromkeys(each.code for each in services.get(procedure.id, ())))


def field_of(item: Item, services: Mapping[str, tuple[Announced, ...]]) -> str:
    """The field of work of a document: as its own text says, else as what it serves was announced; empty where nothing is said."""
    return item.text("field") or next((each.field for each in services.get(item.id, ()) if each.field), "")


def _decisions(library: Library) -> Iterator[Item]:
    """The documents in force that announce services, with decisions that still hold."""
    for item in library.documents:
        if BLOCK in item.type.blocks:
            text = text_of(library.standing(item.id).in_force, library)
            until = text.day("in_force_until") if text else None
            if text is not None and (until is None or until >= library.today):
                yield text
