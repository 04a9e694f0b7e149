"""What the paper of a genogram is made of: one copy for one reader, and nothing that reader must not see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.genogram_view import GenogramView
from caseworker_app.domain.genogram_words import GenogramWords
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Sender


class Sheet(StrEnum):
    """The sheet it is printed on, lying."""

    A4 = "A4"
    A3 = "A3"


@dataclass(frozen=True, slots=True)
class ToldMember:
    """Somebody in words: the name, the years, and what she is to the others, in sentences without full stop."""

    id: Id
    name: str
    years: str
    lines: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Everything in one line."""
        head = f"{self.name} ({self.years})" if self.years else self.name
        return f"{head}: {'; '.join(self.lines)}." if self.lines else f"{head}."


@dataclass(frozen=True, slots=True)
class GenogramFacts:
    """One copy. ``number`` is the formatted cpr. nr. or empty."""

    sender: Sender
    view: GenogramView
    words: GenogramWords
    told: tuple[ToldMember, ...]
    child: str
    number: str
    dated: dt.date
    sheet: Sheet = Sheet.A4
