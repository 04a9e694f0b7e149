"""Expected errors: what happened, what is safe, and the way out, in words the user understands.

Everything that is not a :class:`UserError` is a bug: it is shown, logged without personal data, and the work is kept.
"""

from __future__ import annotations


class UserError(Exception):
    """Something the user can do something about.

    ``message`` and each of ``ways_out`` are msgids (English) with named ``{fields}`` filled from ``values`` after
    translation, so that the sentence can be said in the language shown at the moment.
    """

    def __init__(self, message: str, *ways_out: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.ways_out = ways_out
        self.values = values

    def __str__(self) -> str:
        """Return the English sentence; the log must not use it (values may be personal)."""
        return self.message.format(**self.values)


class InvalidInput(UserError):
    """A value the form must not take. ``field`` names it, so that the editor can stand beside the sentence."""

    def __init__(self, field: str, message: str, *ways_out: str, **values: object) -> None:
        super().__init__(message, *ways_out, **values)
        self.field = field


class NotKept(UserError):
    """What was to be written could not be, and may be later: the disk is full, the folder write-protected."""


class Unopened(UserError):
    """The store does not open as it is, whatever way in is tried: a backup may help."""
