"""Every target with all its seeds, and a short run of each under atheris, the same on every machine."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
QUICK = ("reading", "splicing", "verifying", "counting_cases")
"""Those of which a thousand take seconds."""


@pytest.mark.parametrize("target", TARGETS)
def test_no_seed_breaks_the_promise(target: str) -> None:
    for seed in seeds(target):
        TARGETS[target](seed)


@pytest.mark.process
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.parametrize("target", QUICK)
def test_a_short_run_finds_nothing(target: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", target, str(tmp_path), "-seed=1", "-runs=1000"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert said.returncode == 0, said.stderr.decode(errors="replace")[-4000:]
