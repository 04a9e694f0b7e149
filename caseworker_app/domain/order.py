"""Places in a list as text: between any two there is always room for a third (fractional keys).

A place is a fraction of base 62, written without its leading point; comparing text compares places.
"""

from __future__ import annotations

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_STEP = 4


def key_after(last: str) -> str:
    """Return a place after ``last`` ("" is before everything), growing slowly when lines are only appended."""
    head = last[:_STEP].ljust(_STEP, "0")
    digits = [_DIGITS.index(c) for c in head]
    for position in range(_STEP - 1, -1, -1):
        if digits[position] < len(_DIGITS) - 1:
            digits[position] += 1
            return "".join(_DIGITS[d] for d in digits[: position + 1]) + "0" * (_STEP - 1 - position)
        digits[position] = 0
    return key_between(last, "")


def key_between(low: str, high: str) -> str:
    """Return a place strictly between ``low`` and ``high``; "" as ``high`` is after everything.

    Raises ``ValueError`` when ``low`` does not come before ``high``.
    """
    if high and low >= high:
        raise ValueError("the first place must come before the second")
    made = ""
    position = 0
    while True:
        floor = _DIGITS.index(low[position]) if position < len(low) else 0
        roof = _DIGITS.index(high[position]) if high and position < len(high) else len(_DIGITS)
        if roof - floor > 1:
            return made + _DIGITS[(floor + roof) // 2]
        made += _DIGITS[floor]
        if roof > floor:
            high = ""
        position += 1
