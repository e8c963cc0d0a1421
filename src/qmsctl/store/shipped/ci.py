"""Files for a forge and hooks for git, from the templates below ``templates/ci/`` and ``templates/hooks/``."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qmsctl.store.shipped.rendering import text_environment
from qmsctl.store.shipped.resources import templates_root

if TYPE_CHECKING:
    from jinja2 import Environment

FORGES = ("github", "gitlab", "gitea", "bare")
PRE_RECEIVE = "ci/bare/.qms/server/pre-receive.j2"
PRE_COMMIT = "hooks/pre-commit.j2"
_SUFFIX = ".j2"


def ci_files(forges: Sequence[str], folder: str, language: str, version: str) -> Mapping[str, bytes]:
    """The files for these forges, by their path from the top of the repository.

    ``folder`` is that of the QMS from there, empty where they are one; ``version`` that of qmsctl to install.
    """
    found = {}
    for forge in forges:
        root = templates_root() / "ci" / forge
        for path in sorted(each for each in root.rglob(f"*{_SUFFIX}") if each.is_file()):
            name = path.relative_to(root).as_posix()
            text = _rendered(f"ci/{forge}/{name}", language, folder=folder or ".", package=f"qmsctl=={version}", program=())
            found[name.removesuffix(_SUFFIX)] = text.encode()
    return found


def hook_script(template: str, program: Sequence[str], folder: str, language: str) -> str:
    """The script of a git hook that calls ``program``, the words of a command line, or else ``qmsctl`` on the path."""
    return _rendered(template, language, folder=f"./{folder}" if folder else ".", program=tuple(program))


def _rendered(template: str, language: str, **values: object) -> str:
    def say(vietnamese: str, english: str) -> str:
        return vietnamese if language == "vi" else english

    return _environment().get_template(template).render(values, say=say)


def _environment() -> Environment:
    """Marks of its own, for forges and shells have a meaning for braces."""
    environment = text_environment().overlay(
        variable_start_string="@{", variable_end_string="}@",
        block_start_string="@%", block_end_string="%@",
        comment_start_string="@#", comment_end_string="#@",
    )
    environment.filters["quote"] = shlex.quote
    return environment
