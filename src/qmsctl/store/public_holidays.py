"""Public holidays from the table of the library ``holidays``, which is read only when somebody counts days."""

from __future__ import annotations

from functools import cache

from qmsctl.core.office.office_hours import NO_COUNTRY, NO_HOLIDAYS, PublicHolidays


@cache
def public_holidays(country: str, year: int) -> PublicHolidays:
    """The days off of a country (``VN``) in a year; none for ``none``.

    Days at the turn of the lunar year that the Government has not decided on yet are those of the law.
    """
    if country == NO_COUNTRY:
        return NO_HOLIDAYS
    from holidays import country_holidays

    found = country_holidays(country, years=year)
    return PublicHolidays(frozenset(found), frozenset(found.weekend_workdays))
