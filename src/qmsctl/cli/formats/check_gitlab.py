"""A check as GitLab's Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

import hashlib

from qmsctl.cli.formats.check_formats import Located, said
from qmsctl.cli.formats.fingerprint import fingerprints
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.session import Session
from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.engine import CheckResult
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.message import Message

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
INCOMPLETE = "check-incomplete"
"""In place of a rule, for what could not be checked."""


def check_gitlab(session: Session, result: CheckResult, located: Located) -> str:
    """An array of issues. Each needs a file and a line: the whole file is its first line."""
    marks = fingerprints(result.diagnostics)
    issues = [_issue(session, located, found, mark) for found, mark in zip(result.diagnostics, marks, strict=True)]
    return as_json([*(_incomplete(session, located, each) for each in result.incomplete), *issues])


def _issue(session: Session, located: Located, found: Diagnostic, mark: str) -> dict[str, object]:
    return {
        "description": said(session, found, " "),
        "check_name": found.rule,
        "fingerprint": mark,
        "severity": _SEVERITIES[found.severity],
        "location": {"path": session.words(located(found.path)), "lines": {"begin": max(found.line, 1)}},
    }


def _incomplete(session: Session, located: Located, what: Message) -> dict[str, object]:
    return {
        "description": session.words(what),
        "check_name": INCOMPLETE,
        "fingerprint": hashlib.sha256(f"{INCOMPLETE}\0{what}".encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": "blocker",
        "location": {"path": session.words(located(CONFIG_PATH)), "lines": {"begin": 1}},
    }
