"""A commit of the change bears a moment that has not come yet.

## Why
What comes into git is no older than the commits it builds on. A commit of next year would date everything after it, so
that nobody could tell any more when a sign-off or a signature came (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3.2).
The clocks of two machines may differ by ten minutes.

## Bad
Stricter from: 2026-01-01

```base
```
```latest 2026-06-02T00:20:00+07:00
```

## Good
Stricter from: 2026-01-01

```base
```
```latest 2026-06-02T00:05:00+07:00
```

## Mend
Set the clock of the machine right, and have git make the commits of the branch once more: `git rebase --force-rebase`
with the branch they are for. The moments of the sign-offs stay as they are.
"""

from collections.abc import Iterator

from qmsctl.core.contents import SKEW
from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import advice, git
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """The latest commit of the change against the clock."""
    base = library.base
    if base is not None and base.latest is not None and base.latest > library.clock + SKEW:
        latest, now = (moment.astimezone(library.config.zone) for moment in (base.latest, library.clock))
        message = _("a commit of this change is dated {at}, but it is only {now}", at=latest, now=now)
        right = advice(_("set the clock of that machine right")).then(git("rebase", "--force-rebase", base.name))
        yield Problem(CONFIG_PATH, 0, message, right, stricter=Stricter(latest.date()))
