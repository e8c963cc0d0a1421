"""``qmsctl tidy``: what editors and word processors leave in a file, mended."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qmsctl.acts.carrying_out import carry_out
from qmsctl.cli import options as o
from qmsctl.cli.arguments import inside
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.tidying import tidy
from qmsctl.errors import UsageError
from qmsctl.message import _
from qmsctl.store.place import Place

EXAMPLE = """
qmsctl tidy people.yaml
qmsctl tidy qms.yaml --dry-run
"""


@spread()
def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A document, a record, qms.yaml or people.yaml.")],
    *,
    ending: o.Ending,
) -> None:
    """Put in order what editors and word processors leave in a file; what it says stays.

    Letters taken apart, byte order mark, line ends, dashes for ---, quotation marks around keys and e-mail addresses,
    days written 25/03/2026 where the office writes them so.
    """
    session: Session = context.obj
    occasion = session.occasion()
    tell(session, carry_out(occasion, lambda library: tidy(library, _path(library, occasion.place, file)), ending))


def _path(library: Library, place: Place, file: Path) -> str:
    """The path of the file in the QMS folder: as seen from here, as messages name it, or by the id of what it holds."""
    if str(file) in library.by_id and not file.exists():
        return library.by_id[str(file)].path
    assert place.root is not None  # acts are done where there are files
    path = inside(place, file if file.exists() else place.root / file)
    if path is None:
        raise UsageError(_("{path} is no document, record or configuration of this system", path=str(file)))
    return path
