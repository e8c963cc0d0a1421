"""The formats of a check, by the name that ``--format`` gives.

``check_<name>.py`` in this folder is a format: it holds a function of the same name, of the session, the result, and a
function that makes a path of the QMS one from the top of its repository, where a forge looks for it. There is no registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module

from qmsctl.cli import formats
from qmsctl.cli.session import Session
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.engine import CheckResult
from qmsctl.mend import Correction, Mend
from qmsctl.modules import modules_in
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Located:
    """Where a forge finds a file of the QMS: its path ``from_top`` of the repository; and the bytes that were checked."""

    from_top: Callable[[str], str]
    read: Callable[[str], bytes]

    def __call__(self, path: str) -> str:
        """A path of the QMS as one from the top of its repository."""
        return self.from_top(path)


CheckFormat = Callable[[Session, CheckResult, Located], str]

_PREFIX = "check_"


@cache
def check_formats() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    modules = modules_in(formats.__path__) - {__name__.rpartition(".")[2]}
    return tuple(sorted(each.removeprefix(_PREFIX) for each in modules if each.startswith(_PREFIX)))


def check_format(name: str) -> CheckFormat:
    """The format of this name, one of :func:`check_formats`."""
    module = import_module(f"qmsctl.cli.formats.check_{name}")
    found: CheckFormat = getattr(module, f"check_{name}")
    return found


def said(session: Session, found: Diagnostic, between: str = "\n") -> str:
    """The message of a diagnostic and, after ``between``, its mend."""
    message = session.words(found.message)
    return f"{message}{between}→ {session.words(found.mend.hint)}" if found.mend else message


def edits(found: Diagnostic) -> Iterator[tuple[Mend, tuple[Correction, ...]]]:
    """The ways to mend it by edits of texts alone; every place is one of the texts as they stand."""
    for way in found.mend.ways if found.mend else ():
        corrections = tuple(step for step in way.steps if isinstance(step, Correction))
        if len(corrections) == len(way.steps):
            yield way, corrections
