"""Between which days a day may lie, as a type says it under ``day`` of a field or column."""

from __future__ import annotations

from qmsctl.value import dataclass

WHEN = "when"
"""What limits in ``stricter`` call that a day has come."""


@dataclass(frozen=True, slots=True)
class DayLimits:
    """What a day of kind ``date`` has to keep to.

    It has ``come``: what happened, which its field says with ``when: past``, is not still to come. It is not earlier than the days in the fields or columns of
    ``since``, and later than those of ``after``; at most ``within`` (a duration, or a field that holds one) after the
    first of them, as far as the last row of a block is concerned. In a column that is ``rising`` no day is earlier
    than the one in the row above. Where a named day is missing nothing is asked. What of all this is named in
    ``stricter`` (a day or a duration, ``WHEN`` for having come) the first format did not ask for.
    """

    come: bool = False
    since: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    within: str | None = None
    rising: bool = False
    stricter: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """The fields or columns with the days it is compared with."""
        return (*self.after, *self.since)
