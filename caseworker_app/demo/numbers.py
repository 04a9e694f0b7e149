"""Numbers that belong to nobody: replacement CPR numbers, telephones that ring nowhere, numbers of a record system."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from typing import Final

REPLACEMENT: Final = 60
"""Added to the day of birth in a replacement number (domain/cpr.py): no ordinary CPR number has such a day."""
_BEFORE_2000: Final = "0123"
_FROM_2000: Final = "5678"
_LATIN: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ł": "l", "đ": "d", "ı": "i", "ß": "ss"})


def cpr(born: dt.date, sex: str, rng: random.Random) -> str:
    """Return a replacement number, ten digits, whose seventh digit says the century and whose last the ``sex``.

    ``sex`` is ``"p"`` (pige, even) or ``"d"`` (dreng, odd). Raises ``ValueError`` for a year outside 1900-2057.
    """
    if not 1900 <= born.year <= 2057:
        raise ValueError("the seventh digit says only the years 1900 to 2057 here")
    seventh = rng.choice(_BEFORE_2000 if born.year < 2000 else _FROM_2000)
    last = rng.choice("13579" if sex == "d" else "02468")
    return f"{born.day + REPLACEMENT:02}{born:%m%y}{seventh}{rng.randrange(100):02}{last}"


def phone(rng: random.Random, *, office: bool = False) -> str:
    """Return a telephone number that reaches nobody: Danish subscribers' numbers begin with 2 to 9."""
    first = "07 10" if office else f"05 {rng.randrange(10, 100)}"
    return f"{first} {rng.randrange(10, 100)} {rng.randrange(100):02}"


def email(name: str, domain: str = "lyngdal.example") -> str:
    """Return an address under ``.example``, a domain kept free for examples (RFC 2606)."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LATIN))
    words = "".join(c for c in plain if c.isascii() and (c.isalpha() or c in " -")).replace("-", " ").split()
    return f"{'.'.join((words[0], words[-1]) if len(words) > 1 else words)}@{domain}"


def record(opened: dt.date, rng: random.Random) -> str:
    """Return the case's number in a record system that does not exist."""
    return f"{opened.year}-{rng.randrange(1_000, 100_000):05}"
