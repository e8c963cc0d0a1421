"""The files for forges: valid by the forges' own schemas, with no more rights than they need, and scripts that do as they say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from qmsctl.store.shipped.ci import FORGES, PRE_COMMIT, PRE_RECEIVE, ci_files, hook_script
from qmsctl.store.shipped.resources import templates_root

SHELLCHECK = shutil.which("shellcheck", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
ROOT = Path(__file__).parents[3]
ZERO, OLD, NEW = "0" * 40, "1" * 40, "2" * 40
LANGUAGES = ("en", "vi")
WORKFLOWS = (("github", ".github/workflows/qms.yml"), ("gitea", ".gitea/workflows/qms.yml"))


def text(forge: str, path: str, lang: str = "en", folder: str = "") -> str:
    return ci_files([forge], folder, lang, "9.8.7")[path].decode()


def read(forge: str, path: str, lang: str = "en", folder: str = "") -> Any:
    return yaml.load(text(forge, path, lang, folder), yaml.BaseLoader)


def schema(name: str) -> Draft7Validator:
    vendored = files("check_jsonschema") / "builtin_schemas" / "vendor" / f"{name}.json"
    return Draft7Validator(json.loads(vendored.read_text(encoding="utf-8")))


def as_data(document: str) -> Any:
    """As the forges read it: YAML 1.2, in which ``on`` is no boolean."""
    return yaml.safe_load(re.sub(r"^on:", '"on":', document, flags=re.MULTILINE))


def test_every_forge_has_its_files() -> None:
    assert {forge: sorted(ci_files([forge], "", "en", "9.8.7")) for forge in FORGES} == {
        "github": [".github/actions/qmsctl/action.yml", ".github/workflows/qms.yml"],
        "gitlab": [".gitlab-ci.yml", ".gitlab/qms/template.yml"],
        "gitea": [".gitea/workflows/qms.yml"],
        "bare": [".qms/server/pre-receive"],
    }
    assert sorted(FORGES) == sorted(path.name for path in (templates_root() / "ci").iterdir() if path.is_dir())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("folder", ["", "chất lượng", 'a "b" \'c\' $(d) #e: f'])
def test_workflows_and_actions_are_valid(lang: str, folder: str) -> None:
    for forge, path in WORKFLOWS:
        schema("github-workflows").validate(as_data(text(forge, path, lang, folder)))
    schema("github-actions").validate(as_data(text("github", ".github/actions/qmsctl/action.yml", lang, folder)))
    spec, jobs = text("gitlab", ".gitlab/qms/template.yml", lang, folder).split("\n---\n")
    schema("gitlab-ci").validate(as_data(spec))
    schema("gitlab-ci").validate(as_data(jobs))
    schema("gitlab-ci").validate(as_data(text("gitlab", ".gitlab-ci.yml", lang, folder)))


def test_the_projects_own_checks_are_valid() -> None:
    root = Path(__file__).parents[3]
    schema("github-workflows").validate(as_data((root / ".github/workflows/ci.yml").read_text(encoding="utf-8")))
    hooks = as_data((root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}, "nothing is fetched at a commit"


def test_a_schema_would_object() -> None:
    broken = text("github", ".github/workflows/qms.yml").replace("runs-on:", "run-on:")
    assert not schema("github-workflows").is_valid(as_data(broken))


@pytest.mark.parametrize("folder", ["chất lượng", 'a "b" \'c\' $(d) #e: f'])
def test_the_folder_arrives_as_it_is(folder: str) -> None:
    (_check, action) = read("github", ".github/workflows/qms.yml", folder=folder)["jobs"]["check"]["steps"]
    assert action["with"]["folder"] == folder
    assert read("gitea", ".gitea/workflows/qms.yml", folder=folder)["env"]["FOLDER"] == folder
    spec = yaml.safe_load(text("gitlab", ".gitlab/qms/template.yml", folder=folder).split("\n---\n")[0])
    assert spec["spec"]["inputs"]["folder"]["default"] == folder


@pytest.mark.parametrize(("forge", "path"), [*(each for each in WORKFLOWS if each[0] == "gitea"), ("github", ".github/actions/qmsctl/action.yml"), ("gitlab", ".gitlab/qms/template.yml")])
def test_the_version_that_made_them_is_installed(forge: str, path: str) -> None:
    assert text(forge, path).count("qmsctl==9.8.7") == 1


def steps() -> Iterator[dict[str, Any]]:
    yield from read("github", ".github/actions/qmsctl/action.yml")["runs"]["steps"]
    for forge, path in WORKFLOWS:
        yield from read(forge, path)["jobs"]["check"]["steps"]


@pytest.mark.parametrize(("forge", "path"), WORKFLOWS)
def test_a_workflow_may_read_and_nothing_else(forge: str, path: str) -> None:
    found = read(forge, path)
    assert found["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in found["jobs"].values())
    assert "secrets" not in text(forge, path)
    assert set(found["on"]) <= {"pull_request", "merge_group", "push", "schedule"}
    assert {"pull_request", "push", "schedule"} <= set(found["on"])
    checkout = found["jobs"]["check"]["steps"][0]
    assert checkout["uses"].startswith("actions/checkout@")
    assert checkout["with"] == {"fetch-depth": "0", "persist-credentials": "false"}


def test_no_script_holds_what_an_event_brings() -> None:
    scripts = [step["run"] for step in steps() if "run" in step]
    assert len(scripts) > 5
    assert not [script for script in scripts if "${{" in script]
    job = yaml.safe_load(text("gitlab", ".gitlab/qms/template.yml").split("\n---\n")[1])["qms"]
    assert not [line for line in job["script"] + job["after_script"] if "$[[" in line]
    assert job["variables"]["GIT_DEPTH"] == "0"


def test_foreign_actions_are_named_by_their_commit() -> None:
    """A tag can be moved by whoever holds the repository of the action."""
    used = [step["uses"] for step in steps() if "uses" in step]
    foreign = [each for each in used if not each.startswith("./")]
    assert len(foreign) >= 4
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", each) for each in foreign)


CHECK = 'qmsctl -C "$FOLDER" check "$@"'


def script_of(forge: str) -> str:
    """The step that checks."""
    if forge == "gitlab":
        job = yaml.safe_load(text("gitlab", ".gitlab/qms/template.yml").split("\n---\n")[1])["qms"]
        return str(next(line for line in job["script"] if CHECK in line)).replace("/tmp/qmsctl/bin/", "")
    path = {"github": ".github/actions/qmsctl/action.yml", "gitea": ".gitea/workflows/qms.yml"}[forge]
    found = read(forge, path)
    all_steps = found["runs"]["steps"] if "runs" in found else found["jobs"]["check"]["steps"]
    return str(next(step["run"] for step in all_steps if CHECK in step.get("run", "")))


def called(folder: Path, script: str, shell: str = "bash", **variables: str) -> list[str]:
    """The words with which the script calls qmsctl."""
    program = folder / "qmsctl"
    program.write_text('#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done\n', encoding="utf-8")
    program.chmod(0o755)
    env = {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "FOLDER": "chất lượng; x", **variables}
    done = subprocess.run([shell, "-e", "-u", "-c", script], env=env, capture_output=True, check=True)
    return done.stdout.decode().splitlines()


@pytest.mark.process
@pytest.mark.parametrize("forge", ["github", "gitea"])
@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"EVENT": "pull_request", "MERGE_INTO": OLD, "BEFORE": ""}, ["--base", OLD]),
        ({"EVENT": "push", "MERGE_INTO": "", "BEFORE": OLD}, ["--base", OLD]),
        ({"EVENT": "push", "MERGE_INTO": "", "BEFORE": ZERO}, ["--base", "refs/remotes/origin/chính"]),
        ({"EVENT": "schedule", "MERGE_INTO": "", "BEFORE": ""}, ["--strict"]),
        ({"EVENT": "pull_request", "MERGE_INTO": "", "BEFORE": ""}, ["--base", ""]),
    ],
)
def test_a_forge_compares_with_the_right_commit(tmp_path: Path, forge: str, event: dict[str, str], expected: list[str]) -> None:
    words = called(tmp_path, script_of(forge), DEFAULT_BRANCH="chính", **event)
    assert words == ["-C", "chất lượng; x", "check", "--format", "github", *expected]


@pytest.mark.process
@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_DIFF_BASE_SHA": OLD}, ["--base", OLD]),
        ({"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": OLD}, ["--base", OLD]),
        ({"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": ZERO}, ["--base", "refs/remotes/origin/main"]),
        ({"CI_PIPELINE_SOURCE": "schedule"}, ["--strict"]),
    ],
)
def test_gitlab_compares_with_the_right_commit(tmp_path: Path, event: dict[str, str], expected: list[str]) -> None:
    words = called(tmp_path, script_of("gitlab"), "sh", CI_DEFAULT_BRANCH="main", **event)
    assert words[:3] == ["-C", "chất lượng; x", "check"]
    assert words[-len(expected) :] == expected
    assert "gitlab=gl-code-quality-report.json" in words


SCRIPTS = {
    "pre-receive": hook_script(PRE_RECEIVE, ["/opt/it's here/qmsctl"], "", "vi"),
    "pre-receive on the path": hook_script(PRE_RECEIVE, [], "", "en"),
    "pre-commit": hook_script(PRE_COMMIT, ["/usr/bin/python 3", "-m", "qmsctl"], "-x (y) 'z'", "en"),
    **{f"{forge} step": f"#!/bin/sh\n{script_of(forge)}" for forge in ("github", "gitea", "gitlab")},
}


@pytest.mark.process
@pytest.mark.skipif(SHELLCHECK is None, reason="shellcheck is not installed")
@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_clean_shell(tmp_path: Path, name: str) -> None:
    script = tmp_path / "script"
    script.write_text(SCRIPTS[name], encoding="utf-8")
    undefined = [] if name.startswith("pre-") else ["--exclude=SC2154"]
    assert SHELLCHECK
    done = subprocess.run([SHELLCHECK, "--severity=style", *undefined, str(script)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    for shell in ("sh", "bash"):
        subprocess.run([shell, "-n", str(script)], check=True)


def test_hook_of_the_framework() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert [hook["entry"], *hook["args"]] == ["qmsctl", "check", "--staged"]
    assert hook["language"] == "python"
    assert hook["pass_filenames"] is False
    assert hook["always_run"] is True, "a commit that only deletes names no file"
