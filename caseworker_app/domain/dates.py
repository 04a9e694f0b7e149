"""Dates and times as they are said and written, in Danish and English, without Babel: these are hot paths.

``language`` is ``"da"`` or ``"en"`` everywhere; the clock has 24 hours and weeks are ISO 8601 weeks. Reading
typed dates and times is in :mod:`caseworker_app.domain.typed_dates`.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

MONTHS: Final = {
    "da": ("januar", "februar", "marts", "april", "maj", "juni",
           "juli", "august", "september", "oktober", "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
WEEKDAYS: Final = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def long_date(day: date, language: str = "da") -> str:
    """Return ``21. november 2026``; ``21 November 2026`` in English."""
    dot = "." if language == "da" else ""
    return f"{day.day}{dot} {MONTHS[language][day.month - 1]} {day.year}"


def short_date(day: date, language: str = "da") -> str:
    """Return ``21-11-2026``; in English ``21 Nov 2026``, which cannot be read the American way."""
    if language == "da":
        return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"
    return f"{day.day} {MONTHS[language][day.month - 1][:3]} {day.year}"


def day_and_month(day: date, language: str = "da") -> str:
    """Return ``21. november``; ``21 November`` in English."""
    return long_date(day, language).rpartition(" ")[0]


def full_date(day: date, language: str = "da") -> str:
    """Return ``lørdag den 21. november 2026``; ``Saturday 21 November 2026`` in English."""
    den = " den" if language == "da" else ""
    return f"{weekday(day, language)}{den} {long_date(day, language)}"


def weekday(day: date, language: str = "da") -> str:
    """Return the name of the day of the week."""
    return WEEKDAYS[language][day.weekday()]


def clock(moment: time | datetime, language: str = "da") -> str:
    """Return ``10.30``; ``10:30`` in English. Seconds are left out."""
    return f"{moment.hour:02d}{'.' if language == 'da' else ':'}{moment.minute:02d}"


def at_clock(moment: time | datetime, language: str = "da") -> str:
    """Return ``kl. 10.30``; ``at 10:30`` in English."""
    return f"{'kl.' if language == 'da' else 'at'} {clock(moment, language)}"


def clock_span(start: time | datetime, end: time | datetime, language: str = "da") -> str:
    """Return ``kl. 10.30-12.00``; ``10:30-12:00`` in English."""
    if language == "da":
        return f"kl. {clock(start)}-{clock(end)}"
    return f"{clock(start, language)}-{clock(end, language)}"


def meeting_time(start: datetime, end: datetime, language: str = "da") -> str:
    """Return ``lørdag den 21. november 2026 kl. 10.30-12.00`` from two local moments.

    A meeting that ends on another day says both days.
    """
    comma = "" if language == "da" else ","
    if start.date() == end.date():
        return f"{full_date(start, language)}{comma} {clock_span(start, end, language)}"
    to = "til" if language == "da" else "to"
    first = f"{full_date(start, language)}{comma} {at_clock(start, language)}"
    return f"{first} {to} {full_date(end, language)}{comma} {at_clock(end, language)}"


def week(day: date, language: str = "da", *, with_year: bool = False) -> str:
    """Return ``uge 47``; ``week 47`` in English. The year is the week's own: 1 January 2027 is in week 53 of
    2026."""
    year, number, _ = day.isocalendar()
    name = f"{'uge' if language == 'da' else 'week'} {number}"
    return f"{name}, {year}" if with_year else name
