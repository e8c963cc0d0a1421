"""What the extra ``qmsctl[office]`` brings."""

from __future__ import annotations

from importlib.util import find_spec

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _


def check_installed(*packages: str) -> None:
    """Raise :class:`RepositoryError`, with the command that installs it, where one of these packages is not there."""
    if any(find_spec(each) is None for each in packages):
        raise RepositoryError(
            _("files of Word and Excel are read with packages that are not installed"),
            advice(_("to install it: pip install 'qmsctl[office]'")),
        )
