"""What a rule has to say about a place in a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum, auto

from qmsctl.mend import Mend
from qmsctl.message import Message
from qmsctl.value import dataclass, field

Later = Callable[[], Mend | None]
"""A mend that is looked for only where somebody is shown the problem."""


class Severity(StrEnum):
    """An error fails a check; a warning does so only under ``--strict``, and a note never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class About(StrEnum):
    """What a rule is about: how a text is written, or what proves something: sign-offs, digests, ids, whether a file can be read."""

    FORM = auto()
    PROOF = auto()


@dataclass(frozen=True, slots=True)
class Stricter:
    """The mark of a problem that only the criteria of a later format see: ``day`` is when it came to be, if that is known.

    It counts where it is new in the change that is judged, or of a day from which the office chose these criteria
    (``stricter_from`` in qms.yaml). What is older is told in one note. A problem that stands in one file and is
    ``about`` another is new where either of them is.
    """

    day: date | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A bad state a rule has found: where, what is there, what was expected, and the mend.

    ``line`` counts from 1; 0 means the whole file. ``severity`` overrides the rule's own. ``stricter`` is set
    where the rules of the first format had nothing to say.
    """

    path: str
    line: int
    message: Message
    mend: Mend | Later | None = None
    severity: Severity | None = None
    stricter: Stricter | None = None


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A problem under the name of its rule, as formatters print it. Sorts by place.

    One that stands for more of its rule and file than can be shown says how many: they ``count`` as so many.
    """

    path: str
    line: int
    rule: str
    severity: Severity = field(compare=False)
    message: Message = field(compare=False)
    mend: Mend | None = field(compare=False, default=None)
    clauses: tuple[str, ...] = field(compare=False, default=())
    count: int = field(compare=False, default=1)
