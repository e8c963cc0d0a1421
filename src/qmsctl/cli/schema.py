"""``qmsctl schema``: a type as JSON Schema."""

from __future__ import annotations

import typer

from qmsctl.cli import options as o
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.session import Session
from qmsctl.core.types.json_schema import json_schema
from qmsctl.errors import UsageError
from qmsctl.mend import advice
from qmsctl.message import _

EXAMPLE = "qmsctl schema nonconformity"


def command(context: typer.Context, type_name: o.TypeName) -> None:
    """Print the JSON Schema of a type's front matter."""
    session: Session = context.obj
    types = session.library(session.place()).types
    found = types.get(type_name)
    if found is None:
        known = tuple(each.name for each in types.all())
        raise UsageError(_("there is no type “{type}”", type=type_name), advice(_("use one of {known}", known=known)))
    session.print(as_json(json_schema(found, session.language)))
