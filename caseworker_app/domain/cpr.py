"""Danish personal identifiers: CPR number, replacement number and the health services' eCPR.

Sources: cpr.dk, "Opbygning af CPR-nummeret", "Personnumre uden kontrolciffer" and "Erstatningspersonnummer";
nspop.dk for eCPR (``law-and-practice.md`` section 4). A number is refused for its form or its date, never for
its check digit: numbers without one have been issued since 1 October 2007 and are fully valid.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.phrases import N_

MASK: Final = "••••"
CHECKSUM_NOTE: Final = N_(
    "The check digit does not fit. Some real numbers are like that; compare it once more with the card."
)
"""What to say, softly, when :attr:`PersonNumber.checksum_warning` is set."""
ODD_DIGIT: Final = N_("Odd last digit: registered as male. The person may live otherwise.")
EVEN_DIGIT: Final = N_("Even last digit: registered as female. The person may live otherwise.")

_SHAPE: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})-?([0-9](?:[0-9]{3}|[A-Z]{2}[0-9]))")
_INSIDE: Final = re.compile(
    r"(?<![0-9A-Za-z])[0-9]{6}[-‐‑–−\s]?[0-9](?:[0-9]{3}|[A-Za-z]{2}[0-9])(?![0-9A-Za-z])"
)
_HYPHENS: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_WEIGHTS: Final = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_ECPR_CENTURY: Final = {"0": 1900, "1": 1900, "5": 1800, "6": 2000, "7": 2000}
_REPLACEMENT_DAYS: Final = 60


class NumberKind(enum.Enum):
    """Which of the three identifiers it is."""

    CPR = "cpr"
    REPLACEMENT = "replacement"
    """Erstatningspersonnummer: 60 is added to the day (61-91)."""
    ECPR = "ecpr"
    """The health services' DDMMYYCAAG, with two letters."""


@dataclass(frozen=True, slots=True)
class PersonNumber:
    """A read identifier. ``normalised`` (ten characters, no hyphen) is what is stored; ``repr`` leaves it
    out.

    ``checksum_warning`` is a hint for the eye (:data:`CHECKSUM_NOTE`), never a reason to refuse.
    """

    kind: NumberKind
    normalised: str = field(repr=False)
    birth_date: date = field(repr=False)
    checksum_warning: bool = False

    @property
    def formatted(self) -> str:
        """The number as written on paper: ``DDMMYY-XXXX``."""
        return f"{self.normalised[:6]}-{self.normalised[6:]}"

    @property
    def masked(self) -> str:
        """The number as shown until asked for: ``DDMMYY-••••``."""
        return mask(self.normalised)

    @property
    def sex_digit(self) -> Literal["odd", "even"]:
        """The last digit: odd is registered as male, even as female. It need not match the life lived."""
        return "odd" if int(self.normalised[9]) % 2 else "even"

    @property
    def sex_digit_note(self) -> str:
        """The msgid that says what the last digit says, and no more."""
        return ODD_DIGIT if self.sex_digit == "odd" else EVEN_DIGIT


def parse(text: str, today: date, *, field: str = "person_number") -> PersonNumber:
    """Read an identifier as typed; the hyphen is optional, spaces are tolerated anywhere, letters may be
    small.

    Raises :class:`InvalidInput` for ``field`` when the form is wrong, the date is in no calendar, or it lies
    after ``today``. No message repeats the number.
    """
    squeezed = "".join(text.split()).translate(_HYPHENS)
    found = _SHAPE.fullmatch(squeezed.upper()) if squeezed.isascii() else None
    if found is None:
        raise InvalidInput(
            field,
            "This is not a personal identification number.",
            "Write it as DDMMYY-XXXX: six digits for the birth date and four more.",
            "Without a number, a name and a birth date are enough.",
        )
    day, month, year, serial = int(found[1]), int(found[2]), int(found[3]), found[4]
    ecpr = serial[1].isalpha()
    replacement = day > _REPLACEMENT_DAYS and not ecpr
    if ecpr and serial[0] not in _ECPR_CENTURY:
        raise InvalidInput(
            field,
            "A health replacement number with letters has 0, 1, 5, 6 or 7 after the birth date.",
            "Compare it with the letter it came from.",
        )
    century = _ECPR_CENTURY[serial[0]] if ecpr else _century(int(serial[0]), year)
    born = _birth_date(day - _REPLACEMENT_DAYS if replacement else day, month, century + year, field)
    if born > today:
        raise InvalidInput(
            field,
            "The number says a birth date in the future.",
            "Compare the seventh digit: it says which century the person was born in.",
            "For a child that is not born yet, choose 'unborn child of …' with the due date.",
        )
    kind = NumberKind.ECPR if ecpr else NumberKind.REPLACEMENT if replacement else NumberKind.CPR
    normalised = "".join(found.groups())
    return PersonNumber(kind, normalised, born, kind is NumberKind.CPR and not _checks(normalised))


def mask(text: str) -> str:
    """Return ``DDMMYY-••••`` for an identifier in whatever state it is kept, and only dots for anything
    else."""
    digits = "".join(text.split())[:6]
    return f"{digits}-{MASK}" if len(digits) == 6 and digits.isascii() and digits.isdigit() else MASK


def formatted(number: str) -> str:
    """Return a normalised number as it is written, with its hyphen."""
    return f"{number[:6]}-{number[6:]}"


def contains_person_number(text: str) -> bool:
    """Whether a text holds what may be an identifier: for titles, file names and calendars, which must hold
    none."""
    return any(
        1 <= int(match[0][:2]) % _REPLACEMENT_DAYS <= 31
        and int(match[0][:2]) <= _REPLACEMENT_DAYS + 31
        and 1 <= int(match[0][2:4]) <= 12
        for match in _INSIDE.finditer(text)
    )


def _century(seventh: int, year: int) -> int:
    """The century by the seventh digit (cpr.dk's table)."""
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


def _birth_date(day: int, month: int, year: int, field: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidInput(
            field,
            "The first six digits are not a date in the calendar.",
            "They are day, month and year of birth; in a replacement number 60 is added to the day.",
        ) from None


def _checks(normalised: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, normalised, strict=True))
    return total % 11 == 0
