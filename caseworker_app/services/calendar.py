"""The Danish calendar: which days offices are closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from caseworker_app.domain.rules.workdays import Holidays

OFTEN_CLOSED: Final = {
    "may_1": (5, 1),
    "constitution_day": (6, 5),
    "christmas_eve": (12, 24),
    "new_years_eve": (12, 31),
}
"""No statutory holidays, but a municipality may be closed: it chooses."""


@lru_cache(maxsize=64)
def danish_holidays(year: int) -> frozenset[date]:
    """Return Denmark's public holidays of a year; Store Bededag is one of them up to 2023."""
    from holidays import country_holidays

    return frozenset(country_holidays("DK", years=year))


def closed_days(often_closed: Iterable[str] = ()) -> Holidays:
    """Return the public holidays with the days a municipality is closed besides, by :data:`OFTEN_CLOSED`."""
    besides = tuple(OFTEN_CLOSED[name] for name in often_closed)

    def closed(year: int) -> frozenset[date]:
        return danish_holidays(year) | {date(year, month, day) for month, day in besides}

    return lru_cache(maxsize=64)(closed) if besides else danish_holidays
