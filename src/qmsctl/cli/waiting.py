"""How long a command may wait, as it is typed: ``0``, ``90``, ``90s``, ``5min``, ``1h``."""

from __future__ import annotations

import re

from qmsctl.errors import UsageError
from qmsctl.message import _
from qmsctl.regex import regex

_FORM = regex(r"(\d{1,6}) ?(s|sec|m|min|h)?", re.ASCII | re.IGNORECASE)
_SECONDS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600}


def seconds(text: str) -> float:
    """The number of seconds that ``--wait`` gives. Raises :class:`UsageError`."""
    found = _FORM.fullmatch(text.strip())
    if not found:
        raise UsageError(_("{option} is “{text}”; {expected} is expected", option="--wait", text=text, expected=_("a length of time such as 0, 90s, 5min or 1h")))
    return float(int(found[1]) * _SECONDS[(found[2] or "s").lower()])
