"""Names and codes of a new office and of whoever founds it."""

from __future__ import annotations

import re

from qmsctl.core.text.characters import in_ascii
from qmsctl.errors import Refusal
from qmsctl.mend import HOLE, Hole, addition
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.git.identity import Identity
from qmsctl.store.shipped.profiles import Newcomer


def _id_of(name: str, email: str) -> str:
    """The given name in ASCII, the last word of a Vietnamese name; else the e-mail's first part."""
    words = in_ascii(name).split()
    return re.sub(r"[^a-z0-9]", "", (words[-1] if words else email.partition("@")[0]).lower()) or "me"


def code_of(organization: str) -> str:
    """The initials of the organization's last two words: UBND phường Tân An gives TA."""
    words = re.findall(r"[A-Za-z0-9]+", in_ascii(organization))
    return "".join(word[0].upper() for word in words[-2:]) or "QMS"


_TRAINING = {"en": (" (training)", "-TRAINING"), "vi": (" (tập huấn)", "-TAPHUAN")}


def named(title: str, code: str, training: str | None) -> tuple[str, str]:
    """The name and the code of the organization; in a system for ``training``, in that language, those of nobody else."""
    name_end, code_end = _TRAINING[training] if training else ("", "")
    return title + name_end, code + code_end


def newcomer(identity: Identity | None, name: str | None, email: str | None) -> Newcomer:
    """The founder: as the options say, else as git knows them. Raises :class:`Refusal` where neither does."""
    found_name = name or (identity.name if identity else None)
    found_email = email or (identity.email if identity else None)
    if not found_name or not found_email:
        raise Refusal(
            _("your name and e-mail are not known, and they go into people.yaml"),
            addition(name=HOLE, email=HOLE).or_else(
                git_command("config", "--global", "user.name", Hole("name"))
                .then(git_command("config", "--global", "user.email", Hole("email")))
            ),
        )
    return Newcomer(_id_of(found_name, found_email), found_name, found_email)
