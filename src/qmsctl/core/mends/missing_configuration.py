"""What to say where a file of the configuration is not there."""

from __future__ import annotations

from qmsctl.core.reading import PEOPLE_PATH
from qmsctl.mend import Mend, advice, command, take_back
from qmsctl.message import Message, _


def is_missing(path: str) -> Message:
    """The sentence; of people.yaml with what nobody can do without it."""
    return _("{path} is missing, so nobody is known who could act or sign", path=path) if path == PEOPLE_PATH else _("{path} is missing", path=path)


def brought_back(path: str) -> Mend:
    """The file as git has it, else made anew."""
    if path != PEOPLE_PATH:
        return take_back(path).or_else(command("init").in_order_to(_("to create a new system")))
    anew = advice(_("where git never held it, take it from a backup, or write it anew: under “people:” a line for each person,"
                    " with id, name, email, unit and roles"))
    return take_back(path).or_else(anew)
