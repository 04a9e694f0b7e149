"""The PIN that ends Familievisning: a short number in place of the passphrase, for a kitchen table.

It opens no store. It lies, hashed, in the worker's own encrypted stream; after a few wrong tries only the passphrase
counts.
"""

from __future__ import annotations

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.kinds import TEXT

SHORTEST, LONGEST = 4, 8
TRIES = 5
"""So many wrong PINs, and only the passphrase counts until it has been given."""
_ROWS = ("0123456789", "9876543210")


@entity("family_pin", "PIN for showing to the family")
class FamilyPin(Entity):
    """One PIN, as its slow hash."""

    pin_hash: str = field(TEXT, "PIN", default="")


def check_pin(pin: str) -> None:
    """Raise :class:`InvalidInput` for a PIN that must not be chosen: its length, other signs, one that is guessed first."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise InvalidInput("pin", "A PIN is {few} to {many} digits.", few=SHORTEST, many=LONGEST)
    if len(set(pin)) < 2 or any(pin in row for row in _ROWS):
        raise InvalidInput("pin", "That PIN is guessed first.", "Choose digits that make no row.")
