"""``qmsctl check``: validate the whole system."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from qmsctl.cli.arguments import inside, looked_for
from qmsctl.cli.check_output import check_targets, complain_of_faults, put_out, wanted_formats
from qmsctl.cli.formats.check_formats import Located, check_formats
from qmsctl.cli.half_written import unfinished
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.text.suggest import instead
from qmsctl.errors import RuleCrashed, UsageError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.rules import all_rules
from qmsctl.store.cache.denials import run_again
from qmsctl.store.place import Place
from qmsctl.store.staged import staged as staged_place
from qmsctl.value import replace

EXAMPLE = """
qmsctl check
qmsctl check --base main
qmsctl check --format sarif=check.sarif
"""


def command(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH…", help="Show only what concerns these files or folders.")] = None,
    at: o.At = None,
    base: Annotated[str | None, typer.Option("--base", metavar="REF", help="Judge the change since the merge base with this branch or commit.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail, too.")] = False,
    staged: Annotated[bool, typer.Option("--staged", help="Check what the next commit would hold.")] = False,
    errors_only: Annotated[bool, typer.Option("--errors-only", help="Leave out warnings, and only count them.")] = False,
    formats: Annotated[list[str] | None, typer.Option("--format", metavar=f"{'|'.join(check_formats())}[=FILE]", help="How to print it, to a file if one is named; text by default. May be repeated.")] = None,
    force: o.Force = False,
) -> int:
    """Check every rule of document and record control; changes nothing."""
    session: Session = context.obj
    wanted = wanted_formats(formats or ["text"])
    check_targets(wanted, force=force)
    if staged and at:
        raise UsageError(_("--staged and --at name different files to check"), advice(_("leave out one of the two")))
    place = staged_place(session.place()) if staged else session.place(at)
    library = session.change(place, base) if base is not None else session.library(place, named=False)
    session.tells_unseen = True
    left = () if staged else unfinished(place)
    result = CheckResult((), (), 0, left) if left else _only(run_again(place, library, all_rules()), place, library, paths or [])
    located = Located(place.from_top, library.outside.read)
    put_out(session, wanted, result.errors_only() if errors_only else result, located)
    complain_of_faults(session, result)
    return exit_code(result, strict)


def exit_code(result: CheckResult, strict: bool) -> int:
    """4 where a rule failed; 1 for errors, with ``strict`` for warnings too; could not check is never clean."""
    if result.faults:
        return RuleCrashed.exit_code
    failed = result.errors or result.incomplete or (strict and result.warnings)
    return 1 if failed else 0


def _only(result: CheckResult, place: Place, library: Library, paths: list[Path]) -> CheckResult:
    """The result for some paths; they may be given from here or from the QMS folder.

    Raises :class:`UsageError` for a path that is not there: what was not looked at is not clean.
    """
    wanted = tuple((inside(place, path) if path.exists() else None) or path.as_posix().rstrip("/") for path in paths)
    if any(each in (".", "") for each in wanted) or not wanted:
        return result
    there = {*library.files, *(found.path for found in result.diagnostics)}
    for each in wanted:
        if not any(_below(path, each) for path in there):
            near = library.known_ids.near(each)
            raise UsageError(_("there is no file {path}", path=each), instead(each, *(library.by_id[one].path for one in near)) if near else looked_for())

    def concerned(path: str) -> bool:
        return any(_below(path, each) for each in wanted)

    return replace(
        result,
        diagnostics=tuple(d for d in result.diagnostics if concerned(d.path)),
        ignored=tuple(pair for pair in result.ignored if concerned(pair[0].path)),
        files=sum(map(concerned, library.parsed)) or sum(map(concerned, library.files)),
    )


def _below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
