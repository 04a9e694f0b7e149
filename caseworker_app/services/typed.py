"""How long a typed text may be, and what of it is kept; for every service that takes text from a form."""

from __future__ import annotations

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.typed_text import tidied

NAME_LENGTH = 200
"""Longest name of a person, in characters; the longest registered in Denmark is far shorter."""
TEXT_LENGTH = 20_000


def tidy(name: str, text: str, longest: int) -> str:
    """Return text without outer space and what cannot be seen, in one line if it is a short one.

    Raises :class:`InvalidInput` when it is too long.
    """
    clean = tidied(text, lines=longest > NAME_LENGTH)
    if len(clean) > longest:
        raise InvalidInput(
            name,
            "This is {length} characters long; there is room for {longest}.",
            "Shorten it, or write the rest in the note.",
            length=len(clean),
            longest=longest,
        )
    return clean
