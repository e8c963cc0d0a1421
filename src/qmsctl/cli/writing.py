"""How every writing command ends: judged by the rules, shown or written, committed if asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path

from qmsctl.cli.by_command import by_command
from qmsctl.cli.formats import diagnostic_lines, edit_diff
from qmsctl.cli.session import Session
from qmsctl.cli.signature import Signing
from qmsctl.cli.terminal import Stream
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.edit import Edit
from qmsctl.core.engine import brought_by
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Actor, actor_of
from qmsctl.errors import Refusal, RepositoryError
from qmsctl.message import _
from qmsctl.rules import all_rules
from qmsctl.store.git import Identity
from qmsctl.store.loading import Place
from qmsctl.store.writer import Writer

Make = Callable[[Library], Edit]
"""Makes the edit from the library as it is at the moment of writing."""


def carry_out(
    session: Session, make: Make, dry_run: bool = False, commit: bool = False, signing: Signing | None = None
) -> None:
    """Make an edit, let the rules judge it, and write it; or show it under ``--dry-run``.

    What ``signing`` has promised is signed between judging and writing: nobody is asked for a passphrase in vain.
    Raises ``Refusal`` with nothing changed where the edit would bring an error.
    """
    place = session.place()
    if dry_run:
        library = _readable(session.library(place))
        edit = make(library)
        _judge(session, library, edit)
        session.print(edit_diff(edit))
        if signing:
            signing.announce(session, edit)
        session.say(_("nothing was written (--dry-run)"))
        return
    assert place.root is not None
    with Writer(place.root, place.git) as writer:
        library = _readable(session.library(place))
        edit = make(library)
        _judge(session, library, edit)
        if edit.changes_nothing:
            session.say(_("nothing changes: it is so already"))
            return
        wanted = commit or library.config.commit == "always"
        author = committer(place) if wanted else None
        edit = signing.fulfil(session, library, edit) if signing else edit
        writer.write(edit)
    report_written(session, edit)
    if author is not None:
        commit_written(session, place, library, edit, author)


def _readable(library: Library) -> Library:
    """``library``, if its configuration can be read: without it nobody could judge an edit.

    Raises ``RepositoryError``.
    """
    for path in library.unread_configuration:
        found = library.parsed[path].problem
        assert found is not None  # a file without fields says why
        raise RepositoryError(
            _("{path}, line {line}: {problem}", path=path, line=found.line, problem=found.message),
            _("correct that line first; qmsctl check {path} says whether it can be read", path=path),
        )
    return library


def _judge(session: Session, library: Library, edit: Edit) -> None:
    brought = brought_by(edit, library, all_rules())
    if brought:
        made = {c.path for c in edit.changes if c.before is None} | {f"{path}.sig" for path in edit.promised}
        raise RefusedByRules(session, brought, frozenset(made))


class RefusedByRules(Refusal):
    """The rules found errors in what the edit would bring; they have been printed.

    Files that the edit would have made are not named: nobody finds them.
    """

    def __init__(self, session: Session, brought: Sequence[Diagnostic], made: frozenset[str]) -> None:
        told = by_command(brought)
        for each in told:
            for line in diagnostic_lines(session, each, Stream.ERR, placed=each.path not in made):
                session.say_text(line)
        super().__init__(
            _("refused: the change would bring {count} error(s); nothing was written", count=len(told))
        )


def report_written(session: Session, edit: Edit) -> None:
    """Say what was done, and print the paths that were written."""
    session.say(edit.summary)
    for change in edit.changes:
        session.print(session.words(change.path))


def committer(place: Place) -> Identity:
    """Who a commit would be by. Raises ``Refusal``, before anything is written, where there can be none."""
    if place.git is None:
        raise Refusal(_("there is no git repository to commit to; nothing was written"), _("make one with: git init"))
    identity = place.git.identity()
    if identity is None:
        raise Refusal(
            _("git does not know who you are, so it cannot commit; nothing was written"),
            _('git config user.name "…" and git config user.email "…"'),
        )
    place.git.check_committable()
    return identity


def commit_written(session: Session, place: Place, library: Library, edit: Edit, author: Identity) -> None:
    """Commit exactly the files of ``edit`` and its subjects, in the name of ``author``."""
    git = place.git
    assert git is not None
    assert place.root is not None
    paths = {*(change.path for change in edit.changes), *edit.subjects}
    contents = {place.from_top(path): _bytes(place.root / path) for path in sorted(paths)}
    message = edit.summary.render(session.translate, session.language)
    made = git.commit(contents, message, author, session.moment(library))
    if made:
        session.say(_("committed as {commit}", commit=made[:10]))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def git_email(place: Place) -> str | None:
    """The e-mail git signs with here."""
    identity = place.git.identity() if place.git else None
    return identity.email if identity else None


def acting(place: Place, library: Library, by: str | None) -> Actor:
    """Who acts: git's user, or the person named by ``--by``."""
    return actor_of(library, git_email(place), by)


def one_after_another(library: Library, ids: Sequence[str], make: Callable[[Library, str], Edit]) -> Edit:
    """One edit for several subjects, each made on the library after those before it.

    The changes are of different files, so the sum may be judged and written as one.
    """
    edits = [make(library, subject) for subject in dict.fromkeys(ids)]
    whole = reduce(Edit.merge, edits)
    if len(edits) > 1:
        first = edits[0].summary
        whole = replace(whole, summary=_("{first}, and {count} more", first=first, count=len(edits) - 1))
    return whole


