"""A rule is ignored without a reason, without an end, or under a name that no rule has.

## Why
Setting a rule aside is a decision, and somebody has to answer for it: why, and until when
(ISO 9001:2008, 4.2.1 d, 8.2.3; ISO 9001:2015, 4.4.1 g). An entry under ``ignore:`` in ``qms.yaml`` that lacks one
of these, or whose day has passed, sets nothing aside.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An}
ignore:
  - {rule: review-overdue, path: documents/external/, until: 2026-12-31}
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An}
ignore:
  - {rule: raw-html, path: documents/external/, reason: bản gốc có bảng HTML, until: 2026-12-31}
```

## Mend
Give the reason and the day, or take the entry out. ``qmsctl rules`` lists the names of the rules.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module

from qmsctl.core.diagnostic import Later, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.respelling import meant
from qmsctl.core.office.ignoring import Ignore
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import Mend, advice
from qmsctl.message import Message, _
from qmsctl.modules import modules_in

SEVERITY = Severity.ERROR
IGNORABLE = False
CALENDAR = True
CLAUSES = {"iso9001-2008": ("4.2.1", "8.2.3"), "iso9001-2015": ("4.4.1",)}


@cache
def _names() -> frozenset[str]:
    """The names of the rules: those of the modules in this folder."""
    folder = import_module(__name__.rpartition(".")[0]).__path__
    return frozenset(name.replace("_", "-") for name in modules_in(folder))


def check(library: Library) -> Iterator[Problem]:
    """Look at every entry under ``ignore``; one that has run out is a warning."""
    for entry in library.config.ignore:
        for message, mend in _problems(entry, library):
            yield Problem(CONFIG_PATH, entry.line, message, mend)
        if entry.until and entry.until < library.today:
            message = _("“{rule}” was to be ignored until {until}; it is reported again", rule=entry.rule, until=entry.until)
            mend = advice(_("take the entry out of qms.yaml, or decide on another day and give the reason"))
            yield Problem(CONFIG_PATH, entry.line, message, mend, Severity.WARNING)


def _problems(entry: Ignore, library: Library) -> Iterator[tuple[Message, Mend | Later]]:
    if not entry.reason.strip():
        yield _("“{rule}” is ignored without a reason", rule=entry.rule), advice(_("add a “reason” to the entry"))
    if entry.until is None:
        yield (
            _("“{rule}” is ignored without a last day", rule=entry.rule),
            advice(_("add its last day to the entry, as “until”")),
        )
    if entry.rule and entry.rule not in _names():
        yield _("there is no rule “{rule}”", rule=entry.rule), meant(library, CONFIG_PATH, entry.line, entry.rule, _names())
