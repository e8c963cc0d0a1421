"""A clause is declared not applicable without a reason.

## Why
A requirement may be left out only with a justification that anybody can read
(ISO 9001:2008, 1.2 and 4.2.2 a; ISO 9001:2015, 4.3). The reason appears in the coverage report and is what an
auditor asks for first.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An}
standards: [iso9001-2008]
not_applicable:
  - {standard: iso9001-2008, clause: "7.3"}
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An}
standards: [iso9001-2008]
not_applicable:
  - {standard: iso9001-2008, clause: "7.3", reason: Phường không thiết kế dịch vụ mới}
```

## Mend
Add ``reason:`` to the entry in ``qms.yaml``, the same as in the quality manual or the scope.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("1.2", "4.2.2"), "iso9001-2015": ("4.3",)}


def check(library: Library) -> Iterator[Problem]:
    """Look at every entry under ``not_applicable``."""
    for entry in library.config.not_applicable:
        if not entry.reason.strip():
            message = _("clause {clause} is declared not applicable without a reason", clause=entry.clause)
            yield Problem(CONFIG_PATH, entry.line, message, advice(_("add a “reason” to the entry in qms.yaml")))
