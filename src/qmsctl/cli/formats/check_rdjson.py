"""A check for reviewdog: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf."""

from __future__ import annotations

from qmsctl.cli.formats.check_formats import Located, said
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.session import Session
from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.engine import CheckResult
from qmsctl.core.reading import CONFIG_PATH

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING"}


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
    return {
        "message": said(session, found),
        "location": {"path": session.words(located(found.path)), **lines},
        "severity": _SEVERITIES[found.severity],
        "code": {"value": found.rule},
    }
