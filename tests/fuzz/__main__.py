"""``python -m tests.fuzz TARGET,TARGET… FOLDER [options of libFuzzer]``: each target under atheris, its corpus in a folder below.

What is to be fuzzed is made ready once, which takes longer than a short run of a target; atheris ends the fork of each itself.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["qmsctl"]):
    from tests.fuzz.seeds import seeds
    from tests.fuzz.targets import TARGETS


def main(targets: str, folder: Path, *options: str) -> int:
    """The exit code of the first target that breaks its promise; the others after it are not tried."""
    for target in targets.split(","):
        child = os.fork()
        if child == 0:
            fuzz(target, folder / target, *options)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code != 0:
            return code
    return 0


def fuzz(target: str, corpus: Path, *options: str) -> None:
    """Lay the seeds down in ``corpus`` and let atheris go on from there."""
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={corpus.parent}/{target}.", str(corpus)], TARGETS[target])
    atheris.Fuzz()


sys.exit(main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:]))
