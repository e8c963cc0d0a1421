"""What the commits up to one changed of sign-offs and of ``qms.yaml``, in one walk that is made once.

``inside`` is the path of the QMS folder from the top of the repository: empty, or ending in ``/``.
"""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.core.dossier import SIGNOFFS
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.store.git.commit_stream import PastChange
from qmsctl.store.git.repository import Git


def of_signoffs(git: Git, tip: str, inside: str) -> Sequence[PastChange]:
    """Every change of a file below ``signoffs/``, the newest first."""
    return [each for each in git.history_up_to(tip) if each.path.startswith(f"{inside}{SIGNOFFS}")]


def of_configuration(git: Git, tip: str, inside: str) -> Sequence[PastChange]:
    """Every change of ``qms.yaml``, the newest first."""
    return [each for each in git.history_up_to(tip) if each.path == f"{inside}{CONFIG_PATH}"]


def moved_from(git: Git, tip: str, commit: str, inside: str) -> str:
    """The folder of a system from which a commit on the way to ``tip`` moved sign-offs to ``inside``; that itself where it moved none.

    Moved is what it took away in one folder and added in the other with the same path and all its bytes.
    """
    made = [each for each in git.history_up_to(tip) if each.commit == commit]
    gone = [each for each in made if each.status == "D"]
    for new in (each for each in made if each.status == "A" and each.path.startswith(f"{inside}{SIGNOFFS}")):
        rest = new.path.removeprefix(inside)
        for old in gone:
            if old.before == new.blob and f"/{old.path}".endswith(f"/{rest}"):
                return old.path.removesuffix(rest)
    return inside
