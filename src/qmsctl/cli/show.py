"""``qmsctl show``: one document or record, as it is or as of a revision."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from qmsctl.cli import options as o
from qmsctl.cli.formats.table import as_json, table
from qmsctl.cli.list_ import owner_name
from qmsctl.cli.session import BOLD, Session
from qmsctl.core.level import level
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import plain
from qmsctl.core.lifecycle.signing import item
from qmsctl.core.model import Item, SignOff
from qmsctl.core.nodes import is_empty
from qmsctl.core.status import Round
from qmsctl.core.status_labels import level_words, status_words
from qmsctl.errors import Refusal
from qmsctl.message import _, show


def command(
    context: typer.Context,
    subject: o.Id,
    revision: Annotated[int | None, typer.Option("--revision", help="The revision to show.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Print the text itself, byte for byte.")] = False,
    at: o.At = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json", help="How to print it.")] = "text",
) -> None:
    """Show a document's revision in force, or a record, with its sign-offs."""
    session: Session = context.obj
    library = session.library(session.place(at))
    shown, round_ = chosen(library, subject, revision)
    if text:
        sys.stdout.flush()
        sys.stdout.buffer.write(library.outside.read(shown.path))
    elif format_ == "json":
        session.print(as_json(_as_data(library, shown, round_)))
    else:
        session.print("\n".join(_lines(session, library, shown, round_)))


def chosen(library: Library, subject: str, revision: int | None) -> tuple[Item, Round | None]:
    """The text to show and its round: the asked-for revision, else that in force, else the working text."""
    standing = library.standing(subject)
    if revision is None:
        round_ = standing.in_force or standing.withdrawn or standing.coming
        if round_ is None or round_.copy is None:
            return item(library, subject), None
        return round_.copy, round_
    round_ = standing.revision(revision)
    if round_ is None or round_.copy is None:
        known = tuple(str(each.revision) for each in standing.rounds)
        raise Refusal(
            _("{id} has no revision {revision} that was submitted", id=subject, revision=revision),
            _("it has: {known}", known=known) if known else None,
        )
    return round_.copy, round_


def signoffs(library: Library, shown: Item, round_: Round | None) -> tuple[SignOff, ...]:
    """The sign-offs of a revision, or all of a record, in order."""
    if round_ is not None:
        return round_.dossier.signoffs
    found = (s for dossier in library.dossiers.get(shown.id, ()) for s in dossier.signoffs)
    return tuple(sorted(found, key=lambda signoff: signoff.at))


def _lines(session: Session, library: Library, shown: Item, round_: Round | None) -> Iterator[str]:
    yield session.colour(f"{shown.id}  {session.words(shown.title)}", BOLD)
    yield from _facts(session, library, shown, round_)
    found = signoffs(library, shown, round_)
    if found:
        headings = [_("At"), _("Meaning"), _("By"), _("Role"), _("Level"), _("Comment")]
        yield ""
        yield table([session.words(each) for each in headings], [_signoff_cells(session, library, s) for s in found])


def _facts(session: Session, library: Library, shown: Item, round_: Round | None) -> Iterator[str]:
    standing = library.standing(shown.id)
    status = standing.status if shown.is_document else shown.status or ""
    yield _fact(session, _("Type"), shown.type.label)
    yield _fact(session, _("Status"), status_words(shown.type, status))
    if round_ is not None:
        yield _fact(session, _("Revision"), round_.revision)
        if round_.effective_on:
            yield _fact(session, _("In force from"), round_.effective_on)
        if round_.withdrawn_on:
            yield _fact(session, _("Withdrawn from"), round_.withdrawn_on)
        for place in round_.open_places:
            yield _fact(session, _("Still to sign"), f"{place.meaning}: {' | '.join(place.roles)}")
    if standing.draft is not None:
        yield _fact(session, _("Draft under way"), standing.draft)
    for name, field in shown.type.fields.items():
        node = shown.node(name)
        if name in ("title", "revision") or node is None or is_empty(node):
            continue
        yield _fact(session, field.label, _value(session, library, field.kind, plain(node)))
    yield _fact(session, _("File"), shown.path)


def _fact(session: Session, label: object, value: object) -> str:
    return f"  {session.words(label)}: {session.words(value)}"


def _value(session: Session, library: Library, kind: str, value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {part}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return ", ".join(_value(session, library, "", part) for part in value)
    return owner_name(library, value) if kind in ("person", "role", "any") else str(value)


def _signoff_cells(session: Session, library: Library, signoff: SignOff) -> list[str]:
    meaning = library.types.get("signoff")
    labels = meaning.fields["meaning"].values if meaning else {}
    role = library.config.role(signoff.role or "")
    return [
        session.words(signoff.at.astimezone(library.config.zone)),
        session.words(labels.get(signoff.meaning, signoff.meaning)),
        ", ".join(library.people.name(person) for person in signoff.by),
        role.title if role else signoff.role or "",
        session.words(level_words(level(signoff, library))),
        _comment(library, signoff),
    ]


def _comment(library: Library, signoff: SignOff) -> str:
    from qmsctl.core.text_file import cut

    return " ".join(cut(library.outside.read(signoff.path)).body.split())


def _as_data(library: Library, shown: Item, round_: Round | None) -> dict[str, Any]:
    standing = library.standing(shown.id)
    return {
        "id": shown.id,
        "type": shown.type.name,
        "title": shown.title,
        "revision": round_.revision if round_ else shown.revision,
        "status": standing.status if shown.is_document else shown.status,
        "draft": standing.draft,
        "effective": show(round_.effective_on) if round_ and round_.effective_on else None,
        "path": shown.path,
        "sha256": shown.sha256,
        "fields": {key: plain(node) for key, node in shown.fields.entries.items()},
        "signoffs": [
            {"path": s.path, "meaning": s.meaning, "by": list(s.by), "role": s.role, "at": s.at.isoformat(),
             "level": level(s, library).value, "entered_by": s.entered_by}
            for s in signoffs(library, shown, round_)
        ],
    }  # fmt: skip
