"""A check for scripts; the shape is a promise."""

from __future__ import annotations

from qmsctl.cli.formats.check_formats import Located
from qmsctl.cli.formats.mend_data import mend_data
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.session import Session
from qmsctl.core.engine import CheckResult


def check_json(session: Session, result: CheckResult, _located: Located) -> str:
    """``{"version": 1, "summary": …, "diagnostics": […]}``; messages in the reader's language, paths from the QMS folder."""
    return as_json(
        {
            "version": 1,
            "summary": {
                "errors": result.errors,
                "warnings": result.warnings,
                "notes": result.notes,
                "files": result.files,
                "ignored": result.set_aside,
                "incomplete": [session.words(each) for each in result.incomplete],
            },
            "diagnostics": [
                {
                    "rule": found.rule,
                    "severity": found.severity.value,
                    "path": found.path,
                    "line": found.line,
                    "message": session.words(found.message),
                    "hint": session.words(found.mend) if found.mend else None,
                    "mend": mend_data(session.again.mend(found.mend), session.words) if found.mend else None,
                    "clauses": list(found.clauses),
                    **({"count": found.count} if found.count > 1 else {}),
                }
                for found in result.diagnostics
            ],
        }
    )
