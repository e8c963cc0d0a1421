"""``qmsctl serve``: a page in the browser to read, sign, answer and decide."""

from __future__ import annotations

import webbrowser
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.cli.waiting import seconds
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store.machine.clock import now

EXAMPLE = """
qmsctl serve
qmsctl serve --read-only --idle 2h
"""

_PACKAGES = ("starlette", "uvicorn", "python_multipart")


def command(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", metavar="NUMBER", min=0, max=65535, help="The port of this machine; the system chooses one by default.")] = 0,
    read_only: Annotated[bool, typer.Option("--read-only", help="Only to read: nothing can be done there.")] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser; the file to open is printed.")] = False,
    idle: Annotated[float, typer.Option("--idle", metavar="DURATION", parser=seconds, help="End when nobody has asked for anything for so long.")] = "30min",  # type: ignore[assignment]
) -> None:
    """Open a page in the browser of this machine: what waits for you, and every act as its command would do it."""
    check_installed()
    from qmsctl.web.house import House
    from qmsctl.web.server import listening, serve

    session: Session = context.obj
    place = session.place()
    if place.root is None:
        raise RepositoryError(_("a bare repository has no files to work on"), advice(_("clone it first")))

    def opened(address: str, file: str) -> None:
        session.say(_("the page is open at {address} for whoever opens this file within a minute; Ctrl-C ends it", address=address))
        session.print(file)
        session.flush()
        if not no_browser and not webbrowser.open(Path(file).as_uri()):
            session.say(_("no browser could be opened: open the file yourself"))

    house = House(place.root, now, session.language, session.day, session.cached, read_only)
    serve(house, listening(port), idle, opened)
    session.say(_("the page is closed"))


def check_installed() -> None:
    """Raise ``RepositoryError``, with the command that installs it, where the server is not there."""
    if any(find_spec(each) is None for each in _PACKAGES):
        raise RepositoryError(_("the page needs packages that are not installed"), advice(_("to install it: pip install 'qmsctl[serve]'")))
