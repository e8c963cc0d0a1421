"""``python -m tests.mutants ROOM [MODULE…]``: how many faults the tests notice, a module and in all, and which they do not.

What is said in ``explained.md`` to change nothing that anybody could see is counted apart. 1 where fewer than ``LEAST`` of a
hundred are noticed of the rest.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

import pytest

from tests.mutants.faults import Fault, FaultyModules, modules

LEAST = 92.0
EXPLAINED = Path(__file__).with_name("explained.md")
_OF_RULES = ["tests/test_rules.py", "tests/test_rule_sentences.py", "tests/test_rule_severities.py"]
_OF_SIGN_OFFS = ["signoff_edges", "status", "approval", "acceptance", "as_of", "chronicle", "closing", "once_more", "attested", "shown_words", "disclosure"]
_OF_LIFE_CYCLE = ["lifecycle", "once_more", "named_files", "opened_texts", "auditing", "measuring"]
ROOMS = {
    "rules": [*_OF_RULES, "tests/test_rule_tips.py", "tests/test_narrow.py"],
    "core/signoffs": [*_OF_RULES, *(f"tests/core/test_{name}.py" for name in _OF_SIGN_OFFS)],
    "core/gates": [*_OF_RULES, "tests/core/test_gates.py", "tests/core/test_gate_shapes.py", "tests/test_planned_asked.py", "tests/test_gate_attacks.py"],
    "core/lifecycle": [*_OF_RULES, *(f"tests/core/test_{name}.py" for name in _OF_LIFE_CYCLE), "tests/acts"],
}
"""The rooms whose faults are tried, and the tests that are to notice them."""
WITHOUT_COMMANDS = (
    "actor adoption attaching creation derived document_way dossier_files linked_files made_from mutual new_id once_more paper_approver record_states record_way told_fields"
)
MODULES = {"core/lifecycle": WITHOUT_COMMANDS.split()}
"""Those of a room that are tried where none is named: what only tests of whole commands go through would take hours."""
OPTIONS = ["-q", "-s", "-m", "not process", "-p", "no:xdist", "-p", "no:cacheprovider", "-p", "no:logging"]


def main(room: str, *names: str) -> int:
    """Try every fault of the modules of a room, or of those of these names; print what was found; the exit code."""
    made = FaultyModules([*modules(room, names or MODULES.get(room, ("*",)))])
    made.install()
    from tests.mutants.judging import Judge  # it imports what is faulty

    faults = [fault for each in made.made.values() for fault in each.faults]
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    judge = Judge(faults, lambda line: print(line, file=sys.stderr))
    pytest.main([*ROOMS[room], *OPTIONS], plugins=[judge])
    return _told(faults, judge.noticed, said)


def _told(faults: Sequence[Fault], noticed: Mapping[str, str], said: TextIO) -> int:
    explained = _explained()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for fault in faults:
        kind = "noticed" if noticed.get(fault.name) else "explained" if explained.fullmatch(str(fault)) else "alive"
        found[fault.name.rpartition(".")[0].removeprefix("qmsctl.")][kind] += 1
        if kind == "alive":
            print(fault, file=said)
    found["all"] = sum(found.values(), Counter())
    for module, counts in found.items():
        print(f"{module:50} {counts['noticed']:6} noticed {counts['alive']:5} alive {counts['explained']:5} explained {share(counts):7.1f} %", file=said)
    return 0 if share(found["all"]) >= LEAST else 1


def _explained() -> re.Pattern[str]:
    """The faults that are explained, each as it is printed; an ellipsis stands for anything."""
    lines = (line.removeprefix("- ") for line in EXPLAINED.read_text(encoding="utf-8").splitlines() if line.startswith("- "))
    return re.compile("|".join(re.escape(line).replace("…", ".*") for line in lines))


def share(counts: Counter[str]) -> float:
    """Of a hundred that change something, how many are noticed."""
    judged = counts["noticed"] + counts["alive"]
    return 100 * counts["noticed"] / judged if judged else 100.0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
