"""Options whose value is one of a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qmsctl.errors import UsageError
from qmsctl.message import Label, _


def one_of(value: str, option: str, known: Sequence[str]) -> None:
    """Raise :class:`UsageError` where ``value`` is none of those known, with the one that may be meant."""
    if value in known:
        return
    from qmsctl.core.text.suggest import did_you_mean
    from qmsctl.mend import advice

    near = did_you_mean(value, known)
    raise UsageError(_("{option} is “{value}”; one of {known} is expected", option=option, value=value, known=known), advice(near) if near.found else None)


def worded(value: str, option: str, known: Mapping[str, Label]) -> str:
    """The one of those known that ``value`` is, or whose words it has. Raises :class:`UsageError`, which says all of them with their words."""
    from qmsctl.core.types.choice import chosen, part_of, with_labels

    found = chosen(value, known) or part_of(value, known)
    if found is None:
        raise UsageError(_("{option} is “{value}”; one of {known} is expected", option=option, value=value, known=with_labels(known.items())))
    return found
