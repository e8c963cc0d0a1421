"""Public holidays from the table of the library ``holidays``, which is read only when somebody counts days."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qmsctl.core.office.office_hours import NO_COUNTRY, NO_HOLIDAYS, VIET_NAM, PublicHolidays
from qmsctl.store.cache.holidays import kept_holidays


@cache
def public_holidays(country: str, year: int, folder: Path | None = None) -> PublicHolidays:
    """The days off of a country (``VN``), or of a part of it (``DE-BY``), in a year; none where nobody knows them.

    Days at the turn of the lunar year that the Government has not decided on yet are those of the law. In ``folder``,
    the user's own, they are kept.
    """
    if country == NO_COUNTRY:
        return NO_HOLIDAYS
    return _asked(country, year) if folder is None else kept_holidays(folder, country, year, _asked)


def _asked(country: str, year: int) -> PublicHolidays:
    from holidays import country_holidays

    land, _dash, part = country.partition("-")
    try:
        found = country_holidays(land, subdiv=part or None, years=year)
    except NotImplementedError:
        return NO_HOLIDAYS
    return PublicHolidays(frozenset(found), frozenset(found.weekend_workdays))


@cache
def knows_holidays(country: str) -> bool:
    """True for ``none``, and for a country, or a part of one, that is in the table."""
    if country in (NO_COUNTRY, VIET_NAM):
        return True
    from holidays import country_holidays

    land, _dash, part = country.partition("-")
    try:
        country_holidays(land, subdiv=part or None)
    except NotImplementedError:
        return False
    return True
