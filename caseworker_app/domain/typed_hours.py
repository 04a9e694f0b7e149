"""Hours of a whole effort as people type them, with a dot at each thousand; kept as whole minutes."""

from __future__ import annotations

from fractions import Fraction

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.kroner import ore, rounded

MOST_HOURS = 166_000


def many_minutes(typed: str, field: str) -> int | None:
    """Return hours typed as ``1.234,5`` or ``12:30`` in whole minutes; ``None`` for nothing.

    Raises :class:`InvalidInput` for anything else.
    """
    text = "".join(typed.split()).casefold().removesuffix("timer").removesuffix("t")
    if not text:
        return None
    clock = text.partition(":")
    if (
        clock[1]
        and clock[0].isdecimal()
        and len(clock[2]) == 2
        and clock[2].isdecimal()
        and int(clock[2]) < 60
    ):
        found = int(clock[0]) * 60 + int(clock[2])
    else:
        try:
            hundredths = ore(text, field)
        except InvalidInput:
            hundredths = None
        if hundredths is None:
            raise InvalidInput(field, "These are not hours.", "Write hours such as 2, 1,5 or 1:30.")
        found = rounded(Fraction(hundredths * 60, 100))
    if not 0 < found <= MOST_HOURS * 60:
        raise InvalidInput(field, "It goes from a minute to {most} hours.", most=MOST_HOURS)
    return found


def many_hours(minutes: Fraction | int) -> str:
    """Return minutes as hours with a dot at each thousand and one figure after the comma: ``1.234,5``."""
    tenths = rounded(Fraction(minutes) / 6)
    whole, rest = divmod(tenths, 10)
    return f"{whole:,}".replace(",", ".") + (f",{rest}" if rest else "")
