"""Amounts of money as people type and read them: kroner with a comma, kept as whole øre."""

from __future__ import annotations

import re
from fractions import Fraction

from caseworker_app.domain.errors import InvalidInput

MOST_KRONER = 1_000_000_000
_TYPED = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,(\d{1,2}))?$", re.ASCII)


def ore(typed: str, field: str) -> int | None:
    """Return kroner typed as ``40945``, ``40.945`` or ``40.945,50`` in øre; ``None`` for nothing.

    Raises :class:`InvalidInput` for anything else, and for more than a milliard.
    """
    text = "".join(typed.split()).casefold().replace("−", "-").removesuffix("kr.").removesuffix("kr")
    text = text.removesuffix(",-")
    if not text:
        if typed.strip():
            raise _no_amount(field)
        return None
    found = _TYPED.match(text)
    if found is None:
        raise _no_amount(field)
    kroner = int(found[2].replace(".", ""))
    if kroner > MOST_KRONER:
        raise InvalidInput(field, "That is more than a milliard kroner.", "Look at the noughts.")
    sign = -1 if found[1] == "-" else 1
    return sign * (kroner * 100 + int((found[3] or "").ljust(2, "0")))


def _no_amount(field: str) -> InvalidInput:
    return InvalidInput(field, "This is not an amount.", "Write kroner such as 40945, 40.945 or 40.945,50.")


def kroner_words(of_ore: int) -> str:
    """Return øre as Danish kroner with a dot at each thousand: ``40.945`` or ``40.945,50``."""
    whole, rest = divmod(abs(of_ore), 100)
    said = f"{whole:,}".replace(",", ".") + (f",{rest:02d}" if rest else "")
    return f"-{said}" if of_ore < 0 else said


def rounded(amount: Fraction, to: int = 1) -> int:
    """Return an amount to the nearest multiple of ``to``, halves away from nought: as a table is printed."""
    parts = abs(amount) / to
    found = (parts.numerator * 2 + parts.denominator) // (parts.denominator * 2) * to
    return -found if amount < 0 else found


def whole_kroner(of_ore: Fraction) -> str:
    """Return an exact amount in øre as whole kroner."""
    return kroner_words(rounded(of_ore / 100) * 100)
