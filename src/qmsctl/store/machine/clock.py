"""The clock of the machine."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The moment in the zone of the machine; in UTC where that is set to what no clock can show, such as ``TZ=UTC+99``."""
    try:
        return datetime.now().astimezone()
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC)
