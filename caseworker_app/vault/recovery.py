"""The recovery code: a random secret written so that a person can read it from paper and type it.

Seven groups of five Crockford base32 characters (no I, L, O, U), the fifth of each a check character:
28 × 5 = 140 random bits. The check is a weighted sum in the field of 32 elements, with a constant of its own
per group. It catches every single wrong character, every two exchanged characters of a group and every two
exchanged groups, and says which group to look at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from caseworker_app.vault.errors import OpenError, Reason

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 7
DATA_PER_GROUP = 4
GROUP_LENGTH = DATA_PER_GROUP + 1
CODE_LENGTH = GROUPS * GROUP_LENGTH
ENTROPY_BITS = GROUPS * DATA_PER_GROUP * 5

_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_LOOKALIKES = str.maketrans("OILoil", "011011")
_FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, irreducible over GF(2)
_WEIGHTS = (1, 2, 3, 4)  # distinct and not zero: an exchange of two characters changes the sum


def new_code() -> str:
    """Return a new random code as it is printed: ``XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX``."""
    values = [byte & 31 for byte in os.urandom(GROUPS * DATA_PER_GROUP)]
    groups = [values[start : start + DATA_PER_GROUP] for start in range(0, len(values), DATA_PER_GROUP)]
    return "-".join(
        "".join(ALPHABET[value] for value in (*group, _check(number, group)))
        for number, group in enumerate(groups)
    )


def read_code(text: str) -> bytes:
    """Return the secret of a typed code: its 28 characters without checks, in capitals.

    Hyphens, spaces and small letters are as good; O is read as 0, I and L as 1. Raises :class:`OpenError`:
    ``CODE_LENGTH`` (``got``, ``expected``, and ``groups`` that are too long or short, where they were kept
    apart) or ``CODE_TYPO`` (``groups``: the ones that cannot be right, counted from 1). No error repeats it.
    """
    pieces = list(_pieces(text))
    letters = "".join(pieces)
    if len(letters) != CODE_LENGTH:
        wrong = tuple(n for n, piece in enumerate(pieces[:GROUPS], 1) if len(piece) != GROUP_LENGTH)
        raise OpenError(
            Reason.CODE_LENGTH,
            got=len(letters),
            expected=CODE_LENGTH,
            groups=wrong if len(pieces) == GROUPS else (),
        )
    groups = [letters[start : start + GROUP_LENGTH] for start in range(0, CODE_LENGTH, GROUP_LENGTH)]
    wrong = tuple(number for number, group in enumerate(groups, 1) if not group_is_right(number, group))
    if wrong:
        raise OpenError(Reason.CODE_TYPO, groups=wrong)
    return "".join(group[:DATA_PER_GROUP] for group in groups).encode("ascii")


def group_is_right(number: int, group: str) -> bool:
    """Whether ``group`` (five characters as typed) can be the code's group ``number``, counted from 1.

    For a mark beside each group while a person types. One of 32 wrong groups passes by chance.
    """
    values = [_VALUE.get(letter) for letter in group.translate(_LOOKALIKES).upper()]
    known = [value for value in values if value is not None]
    if len(values) != GROUP_LENGTH or len(known) != GROUP_LENGTH:
        return False
    return _check(number - 1, known[:DATA_PER_GROUP]) == known[DATA_PER_GROUP]


def _pieces(text: str) -> Iterator[str]:
    """Yield what stands between hyphens and spaces, in capitals, with look-alikes replaced."""
    for piece in "".join(letter if letter.isalnum() else " " for letter in text).split():
        yield piece.translate(_LOOKALIKES).upper()


def _check(index: int, values: list[int]) -> int:
    """Return the check value of the group with this ``index`` (from 0)."""
    total = _times(index + 1, 5)  # differs from group to group
    for weight, value in zip(_WEIGHTS, values, strict=True):
        total ^= _times(weight, value)
    return total


def _times(left: int, right: int) -> int:
    """Multiply in the field of 32 elements."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0b100000:
            left ^= _FIELD_POLYNOMIAL
        right >>= 1
    return product
