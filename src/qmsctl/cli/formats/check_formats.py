"""The formats of a check, by the name that ``--format`` gives.

``check_<name>.py`` in this folder is a format: it holds a function of the same name, of the session, the result, and a
function that makes a path of the QMS one from the top of its repository, where a forge looks for it. There is no registry.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module

from qmsctl.cli import formats
from qmsctl.cli.session import Session
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.engine import CheckResult

Located = Callable[[str], str]
CheckFormat = Callable[[Session, CheckResult, Located], str]

_PREFIX = "check_"


@cache
def check_formats() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    modules = {found.name for found in pkgutil.iter_modules(formats.__path__)} - {__name__.rpartition(".")[2]}
    return tuple(sorted(each.removeprefix(_PREFIX) for each in modules if each.startswith(_PREFIX)))


def check_format(name: str) -> CheckFormat:
    """The format of this name, one of :func:`check_formats`."""
    module = import_module(f"qmsctl.cli.formats.check_{name}")
    found: CheckFormat = getattr(module, f"check_{name}")
    return found


def said(session: Session, found: Diagnostic, between: str = "\n") -> str:
    """The message of a diagnostic and, after ``between``, its mend."""
    message = session.words(found.message)
    return f"{message}{between}→ {session.words(found.hint)}" if found.hint else message
