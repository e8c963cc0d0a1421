"""A check for people: ``path:line: error: message [rule]``, the mend below, the sum at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qmsctl.cli.formats.check_formats import Located
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD, DIM, GREEN, RED, YELLOW, Stream
from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.engine import CheckResult
from qmsctl.message import _
from qmsctl.value import replace

COUNTS = _("{errors} error(s), {warnings} warning(s) in {files} file(s)")
"""The sum of a check, its numbers still to be told."""
WORDS = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.NOTE: _("note")}
_COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.NOTE: DIM}


def diagnostic_lines(
    session: Session, found: Diagnostic, stream: Stream = Stream.OUT, *, placed: bool = True
) -> Iterator[str]:
    """One diagnostic, in one line or two; not ``placed`` where the file it is about is not there."""
    return _lines(session, (found,), stream, placed=placed)


def _lines(session: Session, diagnostics: Sequence[Diagnostic], stream: Stream = Stream.OUT, *, placed: bool = True) -> Iterator[str]:
    """All of them; a mend that several have is put into words once."""
    severities = {each: session.colour(session.words(word), _COLOURS[each], stream) for each, word in WORDS.items()}
    hints: dict[int, str] = {}
    for found in diagnostics:
        place = f"{found.path}:{found.line}" if found.line else found.path
        begin = f"{session.colour(session.words(place), BOLD, stream)}: {severities[found.severity]}:" if placed else "-"
        yield f"{begin} {session.words(found.message)} {session.colour(f'[{found.rule}]', DIM, stream)}"
        if found.mend is not None:
            if id(found.mend) not in hints:
                hints[id(found.mend)] = session.words(found.mend.hint)
            yield f"    → {hints[id(found.mend)]}"


def check_text(session: Session, result: CheckResult, _located: Located) -> str:
    """The whole result, with paths from the folder of the QMS."""
    lines = list(_lines(session, result.diagnostics))
    if lines:
        lines.append("")
    lines += [session.words(_("incomplete: {what}", what=each)) for each in result.incomplete]
    lines.append(session.colour(summary(session, result), _colour(result)))
    return "\n".join(lines)


def summary(session: Session, result: CheckResult) -> str:
    """The sum of a check in one line, its counts alone."""
    counts = replace(COUNTS, params={"errors": result.errors, "warnings": result.warnings, "files": result.files})
    clean = _("nothing is wrong in what could be seen: {counts}", counts=counts) if result.cut else _("clean: {counts}", counts=counts)
    words = session.words(clean if _clean(result) else counts)
    if result.notes:
        words += session.words(_("; {count} note(s) on what is older", count=result.notes))
    if result.set_aside:
        words += session.words(_("; {count} set aside in qms.yaml", count=result.set_aside))
    return words


def _colour(result: CheckResult) -> str:
    return GREEN if _clean(result) and not result.cut else RED if result.errors else YELLOW


def _clean(result: CheckResult) -> bool:
    return not (result.errors or result.warnings or result.incomplete)
