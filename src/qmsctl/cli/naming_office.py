"""Names and codes of a new office and of whoever founds it."""

from __future__ import annotations

import re

from qmsctl.core.text.characters import in_ascii


def id_of(name: str, email: str) -> str:
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
