"""What makes a diagnostic the same from one check to the next, wherever its line has moved to."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from qmsctl.core.diagnostic import Diagnostic


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """One for each, in hexadecimal: from its rule, path and English message, and its number among its likes.

    No two of a check are the same, and the reader's language does not matter.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for each in diagnostics:
        likeness = (each.rule, each.path, str(each.message))
        seen[likeness] += 1
        text = "\0".join((*likeness, str(seen[likeness])))
        found.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    return found
