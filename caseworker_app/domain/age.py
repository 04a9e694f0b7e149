"""Ages in whole years, months, weeks and days.

Someone born on 29 February is a year older on 1 March of an ordinary year: the year is over when 28 February
is. (A choice: no Danish rule was found in the sources; the German BGB § 188 counts so.)
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from caseworker_app.domain.phrases import Phrase

_DAYS_UNTIL: Final = 14
_WEEKS_UNTIL_MONTH: Final = 3
_MONTHS_UNTIL: Final = 24


def age_on(birth: date, day: date) -> int:
    """Return the whole years lived on ``day``. Raises ``ValueError`` for a day before the birth."""
    if day < birth:
        raise ValueError("the day lies before the birth")
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def birthday(birth: date, years: int) -> date:
    """Return the day on which ``years`` are reached: the birth's day, or 1 March where 29 February is
    missing."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(birth.year + years, 3, 1)


def months_on(birth: date, day: date) -> int:
    """Return the whole months lived; a month begun on a day the later month lacks ends with that month."""
    if day < birth:
        raise ValueError("the day lies before the birth")
    return (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)


def age_phrase(birth: date, day: date) -> Phrase:
    """Return the age as it is said: days to a fortnight, weeks to three months, months to two years, then
    years."""
    if day < birth:
        return Phrase("not born yet")
    days, months = (day - birth) // timedelta(days=1), months_on(birth, day)
    if days < _DAYS_UNTIL:
        return Phrase.counted("{n} day", "{n} days", days)
    if months < _WEEKS_UNTIL_MONTH:
        return Phrase.counted("{n} week", "{n} weeks", days // 7)
    if months < _MONTHS_UNTIL:
        return Phrase.counted("{n} month", "{n} months", months)
    return Phrase.counted("{n} year", "{n} years", age_on(birth, day))
