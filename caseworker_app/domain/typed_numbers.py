"""Numbers as people type them: hours as 1,5 or 1:30, and figures with a comma. Kept as whole minutes and hundredths."""

from __future__ import annotations

import re
from decimal import Decimal

from caseworker_app.domain.errors import InvalidInput

MOST_HOURS = 500
_FIGURE = re.compile(r"([+-]?)(\d{1,6})(?:[.,](\d{1,2}))?$", re.ASCII)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)$", re.ASCII)
_HALVES = {"½": ",5", "¼": ",25", "¾": ",75"}


def hundredths(typed: str, field: str) -> int | None:
    """Return a figure in hundredths: ``12,4`` is 1240; ``None`` for nothing. Raises :class:`InvalidInput`."""
    text = _plain(typed)
    if not text:
        return None
    found = _FIGURE.match(text)
    if found is None:
        raise InvalidInput(field, "This is not a figure.", "Write a figure such as 12 or 12,5.")
    sign = -1 if found[1] == "-" else 1
    return sign * (int(found[2]) * 100 + int((found[3] or "").ljust(2, "0")))


def minutes(typed: str, field: str) -> int | None:
    """Return hours typed as ``1,5``, ``1½`` or ``1:30`` in whole minutes; ``None`` for nothing.

    Raises :class:`InvalidInput` for anything else, for no time at all and for more than :data:`MOST_HOURS`.
    """
    text = _plain(typed).removesuffix("timer").removesuffix("time").removesuffix("t")
    if not text:
        if typed.strip():
            raise _no_hours(field)
        return None
    clock, figure = _CLOCK.match(text), _FIGURE.match(text)
    if clock is not None:
        found = int(clock[1]) * 60 + int(clock[2])
    elif figure is not None and not figure[1]:
        found = round(Decimal(f"{figure[2]}.{figure[3] or 0}") * 60)
    else:
        raise _no_hours(field)
    if not 0 < found <= MOST_HOURS * 60:
        raise InvalidInput(field, "It goes from a minute to {most} hours.", most=MOST_HOURS)
    return found


def _no_hours(field: str) -> InvalidInput:
    return InvalidInput(field, "These are not hours.", "Write hours such as 2, 1,5 or 1:30.")


def _plain(typed: str) -> str:
    text = "".join(typed.split()).casefold().replace("−", "-")
    for sign, figure in _HALVES.items():
        text = text.replace(sign, figure if text[:1] != sign else f"0{figure}")
    return text


def figure_words(value: int | None) -> str:
    """Return hundredths as a Danish figure without idle noughts; empty for ``None``."""
    if value is None:
        return ""
    whole, rest = divmod(abs(value), 100)
    said = f"{whole},{rest:02d}".rstrip("0").rstrip(",")
    return f"-{said}" if value < 0 else said


def hours_words(of_minutes: int) -> str:
    """Return minutes as hours with at most two figures after the comma: 90 is ``1,5``."""
    return figure_words(round(of_minutes * 100 / 60))
