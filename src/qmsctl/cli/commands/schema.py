"""``qmsctl schema``: a type as JSON Schema."""

from __future__ import annotations

from qmsctl.cli.formats.table import as_json
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.core.lifecycle.creation import known_type
from qmsctl.core.types.json_schema import json_schema

EXAMPLE = "qmsctl schema nonconformity"


def command(context: typer.Context, type_name: o.TypeName) -> None:
    """Print the JSON Schema of a type's front matter."""
    session: Session = context.obj
    session.print(as_json(json_schema(known_type(session.library(session.place()), type_name), session.language)))
