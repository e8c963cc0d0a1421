"""``new TYPE --of ID``: a file whose rows are made from documents in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import Body, create, usable_type
from qmsctl.core.lifecycle.made_from import first_filled, rows_from, sources
from qmsctl.core.text.block_rows import with_rows
from qmsctl.core.text.splice import flow
from qmsctl.core.types.record_type import MadeFrom
from qmsctl.errors import UsageError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.value import replace


def create_from(
    library: Library, type_name: str, of: Sequence[str], given: Mapping[str, str], person: str | None, body: Body
) -> Edit:
    """A new file as :func:`create` makes it, with rows from the revisions in force of the documents ``of``.

    Raises :class:`UsageError` for a type that is made from nothing.
    """
    found = usable_type(library, type_name)
    spec = found.made_from
    if spec is None:
        raise UsageError(_("{type} is not made from a document", type=found.label), advice(_("leave --of out")))
    names = tuple(dict.fromkeys(of))
    taken = [key for key in (spec.field, spec.proof) if key in given]
    if taken:
        raise UsageError(_("“{key}” is given twice", key=taken[0]), advice(_("--of gives it already")))
    chosen = sources(library, names)
    rows = rows_from(spec, chosen)
    own = {spec.field: flow(list(names)), "title": _title(library, spec, names)} | dict(given)
    if spec.proof:
        own[spec.proof] = flow([source.proof for source in chosen])
    edit = create(library, type_name, own, person, body)
    change, *further = edit.changes
    assert change.after is not None  # create makes a file
    heading = found.blocks[spec.block].label.in_language(library.config.language)
    filled = replace(change, after=with_rows(change.after, spec.block, rows, heading))
    return replace(edit, changes=(filled, *further))


def _title(library: Library, spec: MadeFrom, names: Sequence[str]) -> str:
    form = spec.title.in_language(library.config.language) if spec.title else ""
    return first_filled([form], {"id": ", ".join(names)})
