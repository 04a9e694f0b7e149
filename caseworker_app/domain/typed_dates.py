"""Reading dates and times as people type them: ``21-11-2026``, ``21.11.26``, ``21/11``, ``i morgen``;
``10.30``, ``9``.

What can be read two ways or is in no calendar is refused, with :class:`InvalidInput`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, time, timedelta
from typing import Final, Literal, NoReturn

from caseworker_app.domain.dates import MONTHS, WEEKDAYS
from caseworker_app.domain.errors import InvalidInput

Lean = Literal["near", "ahead", "back"]
"""Which year is meant when none is typed: the nearest day, the next one, or the last one (today is both)."""

_WORDS: Final = {
    "i dag": 0, "idag": 0, "today": 0,
    "i morgen": 1, "imorgen": 1, "tomorrow": 1,
    "i overmorgen": 2, "overmorgen": 2,
    "i går": -1, "igår": -1, "yesterday": -1,
    "i forgårs": -2, "forgårs": -2,
}  # fmt: skip
_NUMBERS: Final = re.compile(r"([0-9]{1,2})[-./ ]+([0-9]{1,2})(?:[-./ ]+([0-9]{4}|[0-9]{2}))?[.]?")
_RUN: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NAMED: Final = re.compile(r"(?:den )?([0-9]{1,2})[.]? ?([a-zæøå]{3,})[.,]?(?: ([0-9]{4}|[0-9]{2}))?")
_TIME: Final = re.compile(r"([0-9]{1,2})(?:[.:, ]?([0-9]{2}))?")
_HALF_DAY: Final = re.compile(r"(.*?) ?([ap])[.]?m[.]?")
_YEARS: Final = range(1850, 2151)
_LONGEST: Final = 60
_TWO_DIGITS_AHEAD: Final = 20


def parse_date(text: str, today: date, *, lean: Lean = "near", field: str = "date") -> date:
    """Return the date meant by ``text``, in Danish or English.

    Two digits of a year mean the one at most twenty years ahead of ``today``; a weekday alone is its next one
    after today (its last one when ``lean`` is ``"back"``). Raises :class:`InvalidInput`.
    """
    typed = " ".join(text.casefold().split()) if len(text) <= _LONGEST else ""
    if typed in _WORDS:
        return today + timedelta(days=_WORDS[typed])
    asked = _weekday(typed)
    if asked is not None:
        return _next_weekday(asked, today, lean)
    said, rest = _split_weekday(typed)
    day = _read(rest, today, lean, field)
    if said is not None and day.weekday() != said:
        raise InvalidInput(
            field,
            "The day of the week does not fit the date.",
            "Check them against each other, or leave one out.",
        )
    return day


def parse_time(text: str, *, field: str = "time") -> time:
    """Return the time of day meant by ``text``: ``10.30``, ``10:30``, ``1030``, ``9``, ``kl. 9``, ``2.30
    pm``.

    Raises :class:`InvalidInput` for what no clock shows. ``24`` is refused: it could be either end of the
    day.
    """
    typed = " ".join(text.casefold().split()) if len(text) <= _LONGEST else ""
    typed = re.sub(r"^(kl[.]?|at) ?", "", typed)
    half = _HALF_DAY.fullmatch(typed)
    found = _TIME.fullmatch(half[1] if half else typed)
    if found is None:
        raise InvalidInput(field, "This is not a time of day.", "Write hours and minutes, such as 10.30.")
    hour, minute = int(found[1]), int(found[2] or 0)
    if half:
        hour = hour % 12 + (12 if half[2] == "p" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise InvalidInput(
            field, "No clock shows that time.", "Hours are 0 to 23, minutes 0 to 59; midnight is 0.00."
        )
    return time(hour, minute)


def _read(typed: str, today: date, lean: Lean, field: str) -> date:
    """The date written in numbers, or with the month's name."""
    if found := _ISO.fullmatch(typed):
        return _exact(int(found[3]), int(found[2]), int(found[1]), field)
    if found := _NUMBERS.fullmatch(typed) or _RUN.fullmatch(typed):
        return _resolve(int(found[1]), int(found[2]), found[3], today, lean, field)
    if (found := _NAMED.fullmatch(typed)) and (month := _month(found[2])):
        return _resolve(int(found[1]), month, found[3], today, lean, field)
    raise InvalidInput(field, "This is not a date.", "Write day, month and year, such as 21-11-2026.")


def _resolve(day: int, month: int, year: str | None, today: date, lean: Lean, field: str) -> date:
    if year is not None:
        number = int(year)
        if len(year) == 2:
            latest = today.year + _TWO_DIGITS_AHEAD
            number = latest - (latest - number) % 100
        return _exact(day, month, number, field)
    around = range(today.year - 1, today.year + 2)
    days = [date(at, month, day) for at in around if _exists(day, month, at)]
    if lean == "ahead":
        days = [candidate for candidate in days if candidate >= today]
    elif lean == "back":
        days = [candidate for candidate in days if candidate <= today]
    if not days:
        _refuse_day(field)
    return min(days, key=lambda candidate: (abs(candidate - today), -candidate.toordinal()))


def _exact(day: int, month: int, year: int, field: str) -> date:
    if year not in _YEARS:
        raise InvalidInput(field, "That year is too far away.", "Write the year with four digits.")
    if not _exists(day, month, year):
        _refuse_day(field)
    return date(year, month, day)


def _refuse_day(field: str) -> NoReturn:
    raise InvalidInput(
        field,
        "That day is not in the calendar.",
        "Check the number of the day, then of the month, then the year.",
    )


def _exists(day: int, month: int, year: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _month(word: str) -> int:
    """The number of a month by its name or the beginning of it (three letters at least); 0 for no month."""
    for names in MONTHS.values():
        for number, name in enumerate(names, start=1):
            if name.casefold().startswith(word):
                return number
    return 0


def _weekday(typed: str) -> int | None:
    word = typed.removeprefix("på ").removeprefix("on ")
    for names in WEEKDAYS.values():
        for number, name in enumerate(names):
            if name.casefold() == word:
                return number
    return None


def _split_weekday(typed: str) -> tuple[int | None, str]:
    first, _, rest = typed.partition(" ")
    said = _weekday(first.rstrip(",")) if rest else None
    return (None, typed) if said is None else (said, rest.removeprefix("d. "))


def _next_weekday(asked: int, today: date, lean: Lean) -> date:
    if lean == "back":
        return today - timedelta(days=(today.weekday() - asked - 1) % 7 + 1)
    return today + timedelta(days=(asked - today.weekday() - 1) % 7 + 1)
