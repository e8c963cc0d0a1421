"""``qmsctl report portal``: the pages of the office in a folder, for its staff or for everybody."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic

from qmsctl import __version__
from qmsctl.cli.choices import one_of
from qmsctl.cli.session import Session
from qmsctl.errors import RepositoryError, UsageError
from qmsctl.mend import Hole, addition, advice
from qmsctl.message import _
from qmsctl.reports.options import ReportOptions
from qmsctl.reports.portal.public import public_portal
from qmsctl.reports.portal.staff import staff_portal
from qmsctl.store.git.ignored import would_be_kept
from qmsctl.store.place import Place
from qmsctl.store.portal.folder import Folder

PORTAL = "portal"
PORTAL_SUMMARY = _("The pages of the office in a folder, for a server or a disk: for its staff, or with --public what is for everybody.").text
_EVERY = 1.0
"""Seconds between two words about how far it has come."""


class Progress:
    """Tells a person who waits how far a build has come, now and then."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._next = monotonic() + _EVERY
        self._told = False

    def __call__(self, done: int, whole: int) -> None:
        """Is told of every page; whoever reads a file of what was said is not told."""
        if not self._session.terminal.stderr or (monotonic() < self._next and not (self._told and done == whole)):
            return
        self._next, self._told = monotonic() + _EVERY, True
        print(f"\r{self._session.words(_('{done} of {whole} pages', done=done, whole=whole))}", end="\n" if done == whole else "", file=sys.stderr, flush=True)


def check_not_public(name: str, *, public: bool) -> None:
    """Raise :class:`UsageError` for ``--public`` with another report."""
    if public:
        raise UsageError(_("only report {portal} takes {options}, not report {name}", portal=PORTAL, options="--public", name=name))


def portal_folder(given: Path | None, words: list[str], form: str | None) -> Path:
    """The folder that is named. Raises :class:`UsageError` where none is, and for what the portal cannot have besides."""
    if words:
        raise UsageError(_("the report “{name}” takes no more words: {words}", name=PORTAL, words=" ".join(words)))
    one_of(form or "html", "--format", ("html",))
    if given is None or given == Path("-"):
        raise UsageError(_("report portal writes to a folder, which -o names"), addition(output=Hole("folder")).in_order_to(_("name a new folder")))
    return given


def put_portal(session: Session, place: Place, folder: Path, *, public: bool) -> None:
    """Write the portal, and say what was done. It names a commit where it is made of one: to hash every file would take as long as all the rest."""
    library = session.library(place)
    options = ReportOptions(__version__, session.language, commit=place.at)
    make = public_portal if public else staff_portal
    portal = make(library, options)
    found = Folder(folder, portal, place.cache).write(Progress(session))
    for address in found.left:
        session.say(_("{path} belongs here no longer, and was changed by somebody: it was left as it is", path=str(folder / address)))
    session.say(_("{pages} pages, {written} of them written, {removed} taken away", pages=found.pages, written=found.written, removed=found.removed))
    for message, mend in portal.notes:
        session.warn(message, mend)
    if _would_be_kept(session, place, folder):
        name = folder.resolve().name
        session.warn(
            _("{folder} lies in the repository of the office: a commit of everything would take its pages in", folder=str(folder)),
            addition(output=f"../{name}").in_order_to(_("have it beside the office")).or_else(advice(_("write {name}/ into .gitignore", name=name))),
        )
    session.print(session.words(str(folder / "index.html")))


def _would_be_kept(session: Session, place: Place, folder: Path) -> bool:
    """The same as :func:`would_be_kept`; where git does not answer the pages stand, and nobody has looked."""
    try:
        return would_be_kept(place.git, folder)
    except RepositoryError as error:
        session.unseen.append(_("whether git would take the pages in could not be looked at: {reason}; {mend}", reason=error.message, mend=error.mend))
        return False
