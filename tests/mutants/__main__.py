"""``mutmut results --all true | python -m tests.mutants``: how many mutants the tests have killed, a module and in all.

What survives and is said in ``explained.txt`` to change nothing that a test could see is counted apart. 1 where fewer than
``LEAST`` of a hundred are killed of the rest.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

LEAST = 92.0
EXPLAINED = Path(__file__).with_name("explained.txt")
_KILLED = ("killed", "timeout", "segfault", "caught by type check")


def main(lines: Iterable[str]) -> int:
    """Print the table; the exit code."""
    explained = {line.split(maxsplit=1)[0] for line in EXPLAINED.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")}
    found: dict[str, Counter[str]] = {}
    for line in lines:
        name, _colon, result = line.strip().partition(": ")
        if result and result != "not checked":
            kind = "killed" if result in _KILLED else "explained" if name in explained else "alive"
            found.setdefault(name.partition(".x")[0].removeprefix("qmsctl."), Counter())[kind] += 1
    for module, counts in sorted(found.items()):
        print(f"{module:50} {counts['killed']:6} killed {counts['alive']:5} alive {counts['explained']:5} explained {share(counts):7.1f} %")
    whole = sum(found.values(), Counter())
    print(f"{'all':50} {whole['killed']:6} killed {whole['alive']:5} alive {whole['explained']:5} explained {share(whole):7.1f} %")
    return 0 if whole and share(whole) >= LEAST else 1


def share(counts: Counter[str]) -> float:
    """Of a hundred that change something, how many are killed."""
    judged = counts["killed"] + counts["alive"]
    return 100 * counts["killed"] / judged if judged else 100.0


if __name__ == "__main__":
    sys.exit(main(sys.stdin))
