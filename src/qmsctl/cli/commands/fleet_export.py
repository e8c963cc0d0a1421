"""``qmsctl fleet export``: the rows of one office."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qmsctl import __version__
from qmsctl.acts.keys import key_to_sign
from qmsctl.cli.formats.own_output import is_own_output
from qmsctl.cli.session import Session
from qmsctl.core.engine import run
from qmsctl.core.fleet.manifest import MANIFEST, NAMESPACE, SIGNATURE
from qmsctl.core.fleet.rows import Rows, rows
from qmsctl.core.fleet.sending import Made, delivery
from qmsctl.core.library import Library
from qmsctl.core.witness.attested import Stamped
from qmsctl.errors import RepositoryError
from qmsctl.mend import Hole, addition, advice
from qmsctl.message import _
from qmsctl.rules import all_rules
from qmsctl.store.fleet.archive import zipped
from qmsctl.store.outputs.new_folder import check_empty, write_folder
from qmsctl.store.outputs.output import check_allowed, check_outside, write_output
from qmsctl.store.place import Place
from qmsctl.store.signatures import ssh_keygen
from qmsctl.store.signatures.timestamps import read_stamps
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be sent, and where to."""

    output: Path
    since: str | None
    titles: bool
    sign: bool
    key: Path | None
    at: str | None


def export_rows(session: Session, wanted: Wanted) -> None:
    """Write the rows of a commit as of the end of a day, whatever the hour."""
    session.day = session.day or session.clock.date()
    _check(wanted.output)
    place = session.place(wanted.at or "HEAD")
    library = session.library(place, exact=True)
    made = _made(session, place, wanted.since, titles=wanted.titles)
    stamps = read_stamps(library)
    found = _rows(library, stamps, titles=wanted.titles)
    files = dict(delivery(library, found, made, f"qmsctl {__version__}"))
    if wanted.sign or wanted.key is not None:
        files[SIGNATURE] = ssh_keygen.sign(key_to_sign(place, wanted.key), {MANIFEST: files[MANIFEST]}, watched=session.teller.is_watched, namespace=NAMESPACE)[MANIFEST]
    _write(wanted.output, files)
    if SIGNATURE not in files:
        session.say(_("these rows are to be looked at: the body above takes only what is signed, with --sign"))
    if found.left_out:
        session.say(_("{count} files are left out: their ids are not made from the pattern of their type, so they may say anything", count=found.left_out))
    for path, said in stamps.items():
        if said.unread and said.problem is not None:
            session.say(_("{path}: {problem}", path=path, problem=said.problem))
    session.print(session.words(str(wanted.output)))


def _rows(library: Library, stamps: Mapping[str, Stamped], *, titles: bool) -> Rows:
    return rows(library, run(library, all_rules()).whole(), stamps, titles=titles)


def _made(session: Session, place: Place, since: str | None, *, titles: bool) -> Made:
    """The commit to send and its moment, and the rows of the one that was sent last. Raises ``RepositoryError``."""
    git, commit = place.git, place.at
    assert git is not None and commit is not None  # a place at a commit has both  # noqa: PT018
    told = git.made(commit)
    if since is None:
        return Made(commit, told[commit].at)
    earlier = git.resolve(since)
    if earlier not in told:
        raise RepositoryError(
            _("{since} is no commit before {commit}, so nobody can tell what changed since", since=since, commit=commit[:12]),
            advice(_("leave out --since: then everything is sent")),
        )
    before = session.library(session.place(earlier), exact=True)
    return Made(commit, told[commit].at, earlier, _rows(before, read_stamps(before), titles=titles))


def _is_zip(output: Path) -> bool:
    return output.suffix.casefold() == ".zip"


def _check(output: Path) -> None:
    another = addition(output=Hole("folder")).in_order_to(_("name a new folder"))
    if _is_zip(output):
        check_allowed(output, is_own_output, another)
    else:
        check_outside(output, another)
        check_empty(output, another)


def _write(output: Path, files: Mapping[str, bytes]) -> None:
    if _is_zip(output):
        write_output(output, zipped(files))
    else:
        write_folder(output, files)
