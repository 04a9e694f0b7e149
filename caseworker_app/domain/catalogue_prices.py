"""Reading the dated prices of an entry of the catalogue: ``prices = [{from = 2025-01-01, kr = 42500.50}]``.

A price holds until its ``to``, or until the day before the next one; the two days of a price count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final, TypeGuard

from caseworker_app.domain.catalogue import DatedPrice
from caseworker_app.domain.phrases import Phrase

_KEYS: Final = ("from", "to", "kr")
EXAMPLE: Final = "[{from = 2026-01-01, kr = 1200}]"
_MOST_KR: Final = 100_000_000


def read_prices(value: Any, fault: Callable[[Phrase], None]) -> tuple[DatedPrice, ...]:
    """Return the prices in the order of their days; each fault is told and what has one is left out."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        fault(Phrase("prices are a list, each with from and kr: {example}", {"example": EXAMPLE}))
        return ()
    found = [price for one in value if (price := _read(one, fault)) is not None]
    found.sort(key=lambda price: price.first)
    made: list[DatedPrice] = []
    for number, price in enumerate(found):
        last = price.last
        following = found[number + 1] if number + 1 < len(found) else None
        if following is not None:
            if last is None:
                last = following.first - dt.timedelta(days=1)
            if last >= following.first:
                fault(Phrase("two prices hold on {day}", {"day": following.first}))
                continue
        made.append(DatedPrice(price.oere, price.first, last))
    return tuple(made)


def _read(one: dict[str, Any], fault: Callable[[Phrase], None]) -> DatedPrice | None:
    for name in sorted(one.keys() - set(_KEYS)):
        fault(Phrase("a price has from, to and kr; it knows no {name}", {"name": name}))
    first, last, kr = one.get("from"), one.get("to"), one.get("kr")
    if not _is_day(first) or (last is not None and not _is_day(last)):
        fault(Phrase("a price holds from a date such as 2026-01-31"))
        return None
    if isinstance(kr, bool) or not isinstance(kr, int | float) or not 0 <= kr <= _MOST_KR:
        fault(Phrase("a price is an amount in kr. of at least 0"))
        return None
    if last is not None and last < first:
        fault(Phrase("a price ends before it begins"))
        return None
    return DatedPrice(round(kr * 100), first, last)


def _is_day(value: object) -> TypeGuard[dt.date]:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
