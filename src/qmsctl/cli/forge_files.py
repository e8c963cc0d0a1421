"""What ``init --ci`` adds: files that let a forge, or a server of one's own, run the check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qmsctl import __version__
from qmsctl.acts.committing import committer
from qmsctl.acts.ending import Ending
from qmsctl.acts.founding import add_checks, top_of
from qmsctl.cli.session import Session
from qmsctl.cli.telling import tell
from qmsctl.core.comparison.edit_diff import edit_diff
from qmsctl.core.edit import Edit, FileChange
from qmsctl.errors import Refusal
from qmsctl.mend import advice, command, with_general
from qmsctl.message import _
from qmsctl.store.git.repository import Git
from qmsctl.store.shipped.ci import ci_files

GITLAB_ENTRY, GITLAB_TEMPLATE = ".gitlab-ci.yml", "/.gitlab/qms/template.yml"
"""The one file of a GitLab project, which belongs to the office, and what it has to include."""


def add_to_system(session: Session, target: Path, forges: Sequence[str], language: str | None, ending: Ending) -> None:
    """Add the files to the QMS at ``target``. Raises ``Refusal`` with nothing changed, as where none are asked for."""
    if not forges:
        raise Refusal(
            _("{folder} holds a QMS already", folder=str(target)),
            with_general(command("check"), C=str(target)).in_order_to(_("to see how it stands")),
        )
    occasion = session.occasion(target)
    place = occasion.place
    library = session.library(place)
    edit = forge_edit(session, place.git, target, forges, language or library.config.language)
    if ending.dry_run:
        session.print(edit_diff(edit))
        session.say(_("nothing was written (--dry-run)"))
    elif not edit.changes:
        session.say(_("nothing changes: it is so already"))
    else:
        wanted = ending.commit or library.config.commit == "always"
        author = committer(place.git, occasion.author(library)) if wanted else None
        tell(session, add_checks(occasion, library, edit, author, ending.wait))


def forge_edit(session: Session, git: Git | None, target: Path, forges: Sequence[str], language: str) -> Edit:
    """The files that are missing, with paths from the top of the repository of the QMS at ``target``.

    Raises ``Refusal`` where a file is there that says something else.
    """
    top = top_of(git, target)
    wanted = ci_files(forges, git.prefix(target) if git else "", language, __version__)
    before = {path: _bytes(top / path) for path in wanted}
    differing = {path for path in wanted if before[path] not in (None, wanted[path])}
    if GITLAB_ENTRY in differing:
        differing.remove(GITLAB_ENTRY)
        if GITLAB_TEMPLATE.encode() not in (before[GITLAB_ENTRY] or b""):
            include = f"include: [{{local: {GITLAB_TEMPLATE}}}]"
            session.say(_("{path} was there before and is left as it is; add to it: {line}", path=GITLAB_ENTRY, line=include))
    if differing:
        raise Refusal(
            _("these files exist already and differ: {paths}", paths=tuple(sorted(differing))),
            advice(_("rename or delete them, and run the command again; nothing was written")),
        )
    changes = tuple(FileChange(path, None, data) for path, data in wanted.items() if before[path] is None)
    return Edit(changes, _("checks for {forges} added", forges=tuple(forges)))


def _bytes(path: Path) -> bytes | None:
    """What is there; of anything but a file, bytes that no file of ours has."""
    if path.is_file() and not path.is_symlink():
        return path.read_bytes()
    return b"" if path.is_symlink() or path.exists() else None
