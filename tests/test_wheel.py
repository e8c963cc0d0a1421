"""The wheel works where there is no checkout: templates, translations and dependencies are in it.

One test, so that it is built and installed once, however many processes run the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.desk import environment, git

ROOT = Path(__file__).parents[1]
BUILT_WITH = ("build", "hatchling", "babel")
SOURCES = ("src", "templates", "build_catalog.py", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")
OFFLINE = ("Failed to establish a new connection", "Temporary failure in name resolution", "No matching distribution found for")


def call(*arguments: object, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in environment(**variables).items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(
        [str(word) for word in arguments], cwd=cwd, env=known, capture_output=True, encoding="utf-8", check=False, timeout=300
    )


def built(folder: Path) -> Path:
    """The wheel, from a copy of the sources: the checkout itself stays as it is."""
    source = folder / "source"
    names = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *SOURCES).split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    done = call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", source, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


def installed(wheel: Path, folder: Path) -> Path:
    """``qmsctl`` in an empty environment."""
    venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    install = ("-m", "pip", "install", "--quiet", "--no-input", "--no-compile", "--disable-pip-version-check")
    done = call(programs / "python", *install, "--require-hashes", "-r", ROOT / "locks" / "demo.txt", cwd=folder)
    if done.returncode != 0 and any(each in done.stderr for each in OFFLINE):
        pytest.skip(f"no package index to install from: {done.stderr.splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    for step in ((*install, "--no-deps", wheel), ("-m", "pip", "check", "--disable-pip-version-check")):
        done = call(programs / "python", *step, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
    return programs / "qmsctl"


@pytest.mark.long
@pytest.mark.skipif(any(find_spec(name) is None for name in BUILT_WITH), reason="the tools to build with are not installed")
def test_the_wheel_works_outside_of_the_checkout(home: Path, tmp_path: Path) -> None:
    wheel = built(tmp_path)
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    for needed in ("templates/reports/audit.html.j2", "templates/types/procedure/type.yaml", "templates/fleet/metrics/on_time.sql", "templates/reports/fleet.html.j2", "templates/ci/github/.github/workflows/qms.yml.j2", "locale/vi/LC_MESSAGES/qmsctl.mo", "prepared/vi.txt", "py.typed"):
        assert f"qmsctl/{needed}" in names
    assert not [name for name in names if name.startswith(("tests/", "example-repo/")) or name.endswith(".pyc")]
    qmsctl = installed(wheel, tmp_path / "venv")
    office = tmp_path / "cơ quan"
    me = ("--name", "Đỗ Văn Minh", "--email", "minh@tan-an.example")
    done = call(qmsctl, "init", office, "--profile", "agency", "--standard", "iso9001-2008", "--lang", "vi", *me, "--commit", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    checked = call(qmsctl, "-C", office, "check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "cảnh báo" in checked.stdout
    report = call(qmsctl, "-C", office, "report", "audit", cwd=tmp_path)
    assert report.returncode == 0, report.stderr
    assert "STCL" in report.stdout
    sent = call(qmsctl, "-C", office, "fleet", "export", "-o", tmp_path / "rows", cwd=tmp_path)
    assert sent.returncode == 0, sent.stderr
    assert "on-time" in call(qmsctl, "--lang", "en", "fleet", "query", "on-tme", cwd=tmp_path).stderr
    assert call(qmsctl, "--version", cwd=tmp_path).stdout.startswith("qmsctl ")
    assert git(office, "status", "--short") == ""
