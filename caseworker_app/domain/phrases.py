"""Words said later: a msgid with its values, made where no translator is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def _mark(msgid: str) -> str:
    return msgid


N_ = _mark
"""Mark a literal as a msgid, so that it is found for the catalogue; it is returned as it is."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence or word to be translated when it is shown.

    ``msgid`` is English with named ``{fields}`` filled from ``values``. With ``plural`` the form follows
    ``count``, which is also the value ``{n}``.
    """

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str = ""
    count: int = 0

    @staticmethod
    def counted(one: str, many: str, count: int, **values: object) -> Phrase:
        """Return the phrase of ``count`` things; both forms may say ``{n}``."""
        return Phrase(one, {"n": count, **values}, many, count)

    def __str__(self) -> str:
        """Return the English sentence, for tests and for whoever debugs."""
        form = self.plural if self.plural and self.count != 1 else self.msgid
        return form.format(**self.values)
