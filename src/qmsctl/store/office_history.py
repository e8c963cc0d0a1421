"""What the commits up to one changed of sign-offs and of ``qms.yaml``, in one walk that is made once.

``inside`` is the path of the QMS folder from the top of the repository: empty, or ending in ``/``.
"""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.core.reading import CONFIG_PATH
from qmsctl.store.commit_stream import PastChange
from qmsctl.store.git import Git

_SIGNOFFS = "signoffs"


def of_signoffs(git: Git, tip: str, inside: str) -> Sequence[PastChange]:
    """Every change of a file below ``signoffs/``, the newest first."""
    return [each for each in _walked(git, tip, inside) if each.path.startswith(f"{inside}{_SIGNOFFS}/")]


def of_configuration(git: Git, tip: str, inside: str) -> Sequence[PastChange]:
    """Every change of ``qms.yaml``, the newest first."""
    return [each for each in _walked(git, tip, inside) if each.path == f"{inside}{CONFIG_PATH}"]


def _walked(git: Git, tip: str, inside: str) -> Sequence[PastChange]:
    return git.history_of((f"{inside}{_SIGNOFFS}", f"{inside}{CONFIG_PATH}"), tip)
