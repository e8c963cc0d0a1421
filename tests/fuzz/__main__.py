"""``python -m tests.fuzz TARGET CORPUS [options of libFuzzer]``: one target under atheris, which ends the process itself."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["qmsctl"]):
    from tests.fuzz.seeds import seeds
    from tests.fuzz.targets import TARGETS


def main(target: str, corpus: Path, *options: str) -> None:
    """Lay the seeds down in ``corpus`` and let atheris go on from there."""
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={corpus.parent}/{target}.", str(corpus)], TARGETS[target])
    atheris.Fuzz()


main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
