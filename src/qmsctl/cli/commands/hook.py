"""``qmsctl hook``: have git ask qmsctl before it takes anything in."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from qmsctl.acts.judging import check_seen
from qmsctl.cli import options as o
from qmsctl.cli.formats.check_text import diagnostic_lines
from qmsctl.cli.program import PlainGroup
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import Stream
from qmsctl.core.brought import errors_brought
from qmsctl.errors import Refusal, RepositoryError, RuleCrashed
from qmsctl.mend import Hole, advice
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.rules import all_rules
from qmsctl.store.git.hooks import hook_of
from qmsctl.store.git.repository import Git
from qmsctl.store.loading import load, locate
from qmsctl.store.shipped.ci import PRE_COMMIT, PRE_RECEIVE, hook_script
from qmsctl.store.staged import staged

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Have git ask qmsctl before it takes anything in.")


@app.command("install", epilog="qmsctl hook install")
def install(
    context: typer.Context,
    force: Annotated[bool, typer.Option("--force", help="Take the place of another hook, which is kept beside it.")] = False,
    dry_run: o.DryRun = False,
) -> None:
    """Check every commit before it is made; in a bare repository, every push before it is accepted."""
    session: Session = context.obj
    git = _repository(session)
    script = _script(session, git)
    if dry_run:
        session.print(script.rstrip("\n"))
        session.say(_("nothing was written (--dry-run)"))
        return
    hook = hook_of(git)
    hook.install(script, force=force)
    session.print(session.words(str(hook.path)))
    if git.top is None:
        session.say(_("pushes to the branches that are protected are checked from now on, before the server accepts them"))
    else:
        session.say(_("commits are checked from now on, before they are made"))


@app.command("uninstall", epilog="qmsctl hook uninstall")
def uninstall(context: typer.Context, dry_run: o.DryRun = False) -> None:
    """Take the hook away again, and put back the one that was there before."""
    session: Session = context.obj
    hook = hook_of(_repository(session))
    if not dry_run:
        hook.uninstall()
    session.print(session.words(str(hook.path)))
    session.say(_("nothing was written (--dry-run)") if dry_run else _("the hook is taken away"))


@app.command("run", epilog="qmsctl hook run")
def run(context: typer.Context) -> None:
    """Do what the pre-commit hook does: refuse a commit that would bring errors."""
    session: Session = context.obj
    place = staged(session.place())
    library = session.library(place)
    before = None
    if place.commit:
        before = load(locate(session.start, place.commit), session.clock, session.day, near=library)
    try:
        brought = errors_brought(before, library, all_rules())
    except RuleCrashed as error:
        raise error.so(_("nothing was committed")) from error
    check_seen(library, *([before] if before else []))
    for each in brought:
        for line in diagnostic_lines(session, each, Stream.ERR):
            session.say_text(line)
    if brought:
        raise Refusal(
            _("not committed: it would bring {count} error(s) into the system", count=sum(each.count for each in brought)),
            advice(_("mend them, for the same check awaits the push")).then(git_command("add", Hole("files"))).then(git_command("commit")),
        )


def _repository(session: Session) -> Git:
    git = Git.discover(session.start)
    if git is None:
        raise RepositoryError(_("{folder} is in no git repository", folder=str(session.start)), git_command("init").in_order_to(_("make one")))
    return git


def _script(session: Session, git: Git) -> str:
    """The hook in the language of the office, calling the very program that runs now."""
    program = _program()
    if git.top is None:
        if git.head():
            session.library(session.place("HEAD"))
        return hook_script(PRE_RECEIVE, program, "", session.language)
    return hook_script(PRE_COMMIT, program, session.place().prefix, session.language)


def _program() -> list[str]:
    """The words that start this program from anywhere: as it was called, or as it lies beside its Python."""
    for each in (Path(sys.argv[0]), Path(sys.executable).with_name("qmsctl")):
        if each.stem == "qmsctl" and each.is_file() and os.access(each, os.X_OK):
            return [str(each.absolute())]
    return [sys.executable, "-m", "qmsctl"]
