"""A check for reviewdog: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence

from qmsctl.cli.formats.check_formats import Located, edits, said
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.session import Session
from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.engine import CheckResult
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def check_rdjson(session: Session, result: CheckResult, located: Located) -> str:
    """``{"source": …, "diagnostics": […]}``; what could not be checked is an error of ``qms.yaml``."""
    incomplete = [
        {"message": session.words(each), "location": {"path": session.words(located(CONFIG_PATH))}, "severity": "ERROR"}
        for each in result.incomplete
    ]
    diagnostics = [_diagnostic(session, located, found) for found in result.diagnostics]
    return as_json({"source": {"name": "qmsctl"}, "diagnostics": [*incomplete, *diagnostics]})


def _diagnostic(session: Session, located: Located, found: Diagnostic) -> dict[str, object]:
    lines: dict[str, object] = {"range": {"start": {"line": found.line}}} if found.line else {}
    suggestions = list(_suggestions(located, found))
    return {
        "message": said(session, found),
        "location": {"path": session.words(located(found.path)), **lines},
        "severity": _SEVERITIES[found.severity],
        "code": {"value": found.rule},
        **({"suggestions": suggestions} if suggestions else {}),
    }


def _suggestions(located: Located, found: Diagnostic) -> Iterator[dict[str, object]]:
    """The edits that do for themselves: each suggestion stands alone, and is one of the file it is made about."""
    for _way, corrections in edits(found):
        (first, *others) = corrections
        if not others and first.path == found.path:
            yield {"range": _range(located.read(first.path), first.span), "text": first.new}


def _range(data: bytes, span: Span) -> dict[str, object]:
    lines = data.split(b"\n")
    return {"start": _position(lines, span.line, span.column), "end": _position(lines, span.end_line, span.end_column)}


def _position(lines: Sequence[bytes], line: int, column: int) -> dict[str, int]:
    """A place as rdjson counts it: its column in bytes of UTF-8, from 1; a byte order mark is part of the first line."""
    data = lines[line - 1] if line <= len(lines) else b""
    mark = len(BOM_UTF8) if line == 1 and data.startswith(BOM_UTF8) else 0
    before = data[mark:].decode("utf-8", "surrogateescape")[: column - 1]
    return {"line": line, "column": mark + len(before.encode("utf-8", "surrogateescape")) + 1}
