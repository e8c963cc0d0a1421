"""The formats of a check, by the name that ``--format`` gives.

``check_<name>.py`` holds a function of the same name, of the session, the result, and a function that
makes a path of the QMS one from the top of its repository, where a forge looks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from qmsctl.cli.session import Session
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.engine import CheckResult

Located = Callable[[str], str]
CheckFormat = Callable[[Session, CheckResult, Located], str]

CHECK_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "rdjson")


def check_format(name: str) -> CheckFormat:
    """The format of this name, one of :data:`CHECK_FORMATS`."""
    module = import_module(f"qmsctl.cli.formats.check_{name}")
    found: CheckFormat = getattr(module, f"check_{name}")
    return found


def said(session: Session, found: Diagnostic, between: str = "\n") -> str:
    """The message of a diagnostic and, after ``between``, its mend."""
    message = session.words(found.message)
    return f"{message}{between}→ {session.words(found.hint)}" if found.hint else message
