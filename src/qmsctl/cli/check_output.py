"""Where the result of a check goes: each format to standard output or to a file of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from qmsctl.cli.choices import one_of
from qmsctl.cli.formats.check_formats import Located, check_format, check_formats
from qmsctl.cli.session import Session
from qmsctl.core.engine import CheckResult
from qmsctl.errors import UsageError
from qmsctl.mend import Hole, addition, advice
from qmsctl.message import _
from qmsctl.value import replace

STEP_SUMMARY = "GITHUB_STEP_SUMMARY"


class Wanted(NamedTuple):
    """A format and the file it is written to; ``None`` is standard output."""

    name: str
    file: Path | None


def wanted_formats(words: Sequence[str]) -> list[Wanted]:
    """What the options ``--format NAME`` and ``--format NAME=FILE`` ask for.

    Raises :class:`UsageError` for an unknown name, and where two would share standard output.
    """
    found = []
    for word in words:
        name, _equals, file = word.partition("=")
        one_of(name, "--format", check_formats())
        found.append(Wanted(name, Path(file) if file else None))
    if sum(each.file is None for each in found) > 1:
        raise UsageError(
            _("two formats cannot share the standard output"),
            advice(_("name a file for all but one, as in: {example}", example="--format text --format sarif=qms.sarif")),
        )
    return found


def check_targets(wanted: Sequence[Wanted], *, force: bool) -> None:
    """Raise :class:`Refusal` before anything is put out where one of the files is none that may be written to."""
    files = [each.file for each in wanted if each.file is not None]
    if not files:
        return
    from qmsctl.cli.formats.own_output import is_own_output
    from qmsctl.store.outputs.output import check_allowed

    another = addition(format=Hole("file")).in_order_to(_("name another file"))
    for each in files:
        check_allowed(each, is_own_output, another, force=force)


def put_out(session: Session, wanted: Sequence[Wanted], result: CheckResult, located: Located) -> None:
    """Write every format that is asked for; ``github`` fills in the summary of the step, too.

    Raises :class:`Refusal` where a file cannot be written.
    """
    for name, file in wanted:
        if file is None:
            session.print(check_format(name)(session, result, located))
        else:
            from qmsctl.store.outputs.output import write_output

            text = check_format(name)(replace(session, terminal=session.terminal.to_file()), result, located)
            write_output(file, f"{text}\n".encode())
    summary = os.environ.get(STEP_SUMMARY)
    if summary and any(each.name == "github" for each in wanted):
        from qmsctl.cli.formats.step_summary import step_summary

        _append(Path(summary), step_summary(session, result, located))


def complain_of_faults(session: Session, result: CheckResult) -> None:
    """Name the rules that failed, whatever became of the result itself."""
    for each in result.faults:
        session.complain(each.error.message, each.error.mend)


def _append(file: Path, text: str) -> None:
    """Add to a file that the forge names; it is no place to choose, but none of the system's either."""
    from qmsctl.store.outputs.output import check_outside, unwritten

    check_outside(file, advice(_("Look at what {name} is set to", name=STEP_SUMMARY)))
    try:
        with file.open("a", encoding="utf-8", newline="\n") as target:
            target.write(text)
    except OSError as error:
        raise unwritten(file, error) from None
