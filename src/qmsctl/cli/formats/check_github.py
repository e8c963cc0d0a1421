"""A check as annotations of GitHub Actions, which Gitea and Forgejo read, too.

A line is a command to the runner only where it begins with ``::``, so no line may begin with data.
Escapes as in the runner's own toolkit:
https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.cli.formats.check_formats import Located, said
from qmsctl.cli.formats.check_text import summary
from qmsctl.cli.session import Session
from qmsctl.core.diagnostic import Severity
from qmsctl.core.engine import CheckResult
from qmsctl.message import _

_ANNOTATIONS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def check_github(session: Session, result: CheckResult, located: Located) -> str:
    """An annotation a line, and the sum; what is set aside in ``qms.yaml`` is only counted."""
    lines = list(_annotations(session, result, located))
    return "\n".join([*lines, summary(session, result)])


def _annotations(session: Session, result: CheckResult, located: Located) -> Iterator[str]:
    for each in result.incomplete:
        title = session.words(_("could not be checked"))
        yield _command("error", {"title": title}, session.words(each))
    for found in result.diagnostics:
        place = {"file": session.words(located(found.path))} | ({"line": str(found.line)} if found.line else {})
        yield _command(_ANNOTATIONS[found.severity], place | {"title": found.rule}, said(session, found))


def _command(name: str, properties: dict[str, str], data: str) -> str:
    given = ",".join(f"{key}={value.translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {given}::{data.translate(_DATA)}"
