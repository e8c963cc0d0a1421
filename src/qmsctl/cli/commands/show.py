"""``qmsctl show``: one document or record, as it is or as of a revision."""

from __future__ import annotations

from typing import Annotated, Any

from qmsctl.cli.formats.item_text import item_text
from qmsctl.cli.formats.repeats import repeats_data
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.looking_back import say_how_to_look_back
from qmsctl.cli.session import Session
from qmsctl.cli.streams import put
from qmsctl.core.comparison.chosen_text import chosen
from qmsctl.core.dossier import SignOff
from qmsctl.core.duties.readers import readers
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.paper_approver import approver_data
from qmsctl.core.proof.level import level
from qmsctl.core.records.disposal import DESTROYED, destroyed
from qmsctl.core.records.finding import NONCONFORMITY
from qmsctl.core.records.repeats import Repeats
from qmsctl.core.signoffs.round import Round
from qmsctl.message import show

EXAMPLE = """
qmsctl show QT-07
qmsctl show QT-07 --revision 2 --text
"""


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
    place = session.place(at)
    library = session.library(place)
    shown, round_ = chosen(library, subject, revision)
    if text:
        put(library.outside.read(shown.path))
    elif format_ == "json":
        session.print(as_json(_as_data(library, shown, round_)))
    else:
        session.print("\n".join(item_text(session, library, shown, round_, signoffs(library, shown, round_))))
    if round_ is None:
        say_how_to_look_back(session, place, library, "show", shown.id)


def signoffs(library: Library, shown: Item, round_: Round | None) -> tuple[SignOff, ...]:
    """The sign-offs of a revision, or all of a record, in order."""
    if round_ is not None:
        return round_.dossier.signoffs
    found = (s for dossier in library.dossiers.get(shown.id, ()) for s in dossier.signoffs)
    return tuple(sorted(found, key=lambda signoff: signoff.at))


def _as_data(library: Library, shown: Item, round_: Round | None) -> dict[str, Any]:
    standing = library.standing(shown.id)
    own = standing.status_of(round_) if round_ else standing.status
    gone = destroyed(library).get(shown.id)
    return {
        "id": shown.id,
        "type": shown.type.name,
        "title": shown.title,
        "revision": round_.revision if round_ else shown.revision,
        "status": own if shown.is_document else shown.status if gone is None else DESTROYED,
        "draft": standing.draft,
        "draft_status": standing.working if standing.draft is not None else None,
        "effective": show(round_.effective_on) if round_ and round_.effective_on else None,
        "unread": _unread(library, round_),
        "destroyed": {"on": str(gone.day), "by": gone.disposal.id} if gone else None,
        "path": shown.path,
        **_repeats(library, shown),
        "sha256": shown.sha256,
        "fields": dict(shown.values),
        "signoffs": [
            {"path": s.path, "meaning": s.meaning, "by": list(s.by), "role": s.role, "at": s.at.isoformat(),
             "level": level(s, library).value, "entered_by": s.entered_by,
             "approved_by": approver_data(s.approved_by)}
            for s in signoffs(library, shown, round_)
        ],
    }


def _unread(library: Library, found: Round | None) -> list[str] | None:
    """The ids of the readers who have not signed that they read the revision in force; ``None`` for any other text."""
    if found is None or found is not library.standing(found.dossier.subject).in_force:
        return None
    return [person.id for person in readers(library, found).unread]


def _repeats(library: Library, shown: Item) -> dict[str, Any]:
    """What a nonconformity repeats, and what repeats it; nothing for anything else."""
    if shown.type.name != NONCONFORMITY:
        return {}
    found = Repeats(library)
    return {"repeats": repeats_data(found.before(shown)), "repeated_by": repeats_data(found.after(shown))}
