"""Editors and rows of the genogram's forms."""

from __future__ import annotations

from typing import Any

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.family import (
    COUPLE_LABELS,
    MEMBER_KIND_LABELS,
    SEX_LABELS,
    SIBLING_LABELS,
    TIE_LABELS,
)
from caseworker_app.domain.kinds import Plain
from caseworker_app.i18n import N_
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.text import LineEditor
from ui.widgets.form_view import Row


class WholeNumberEditor(LineEditor):
    """A whole number, such as a year; empty when it is not known."""

    def __init__(self) -> None:
        super().__init__(N_("not known"))
        self.line.setMaxLength(6)

    def show_value(self, value: Any) -> None:
        super().show_value("" if value is None else str(value))

    def value(self) -> Any:
        text = self.line.text().strip()
        if not text:
            return None
        if not text.isascii() or not text.isdigit():
            raise InvalidInput(self.field, "Write it in digits, such as 1986.")
        return int(text)

    def typed(self) -> Plain:
        return self.line.text()

    def show_typed(self, typed: Plain) -> None:
        self.line.setText(str(typed))


def number() -> FieldEditor:
    """A whole number or nothing."""
    return WholeNumberEditor()


OWN_ROWS = (
    Row("name", makers.text(), width=8),
    Row("kind", makers.choice(MEMBER_KIND_LABELS), width=4),
    Row("sex", makers.choice(SEX_LABELS, N_("Not known")), width=4),
    Row("born", number, width=4),
    Row("role_words", makers.text(), width=4),
    Row("dead", makers.flag(N_("Dead")), width=4),
    Row("died", number, width=4),
    Row("count", number, help=N_("Only for siblings nobody knows more about."), width=4),
    Row("note", makers.long_text(2), help=N_("For the file only; on no other copy."), width=12),
)
CARD_ROWS = tuple(row for row in OWN_ROWS if row.name not in ("name", "kind", "count"))
"""Of somebody with a card or a case: the name stands there."""

TIE_ROWS = (
    Row("kind", makers.choice(TIE_LABELS), width=6),
    Row("begun", number, width=3),
    Row("ended", number, width=3),
)
COUPLE_ROWS = (
    Row("kind", makers.choice(COUPLE_LABELS), width=12),
    Row("begun", number, width=3),
    Row("ended", number, width=3),
    Row("related", makers.flag(N_("They are of one blood")), width=12),
)
SIBLING_ROWS = (Row("kind", makers.choice(SIBLING_LABELS), width=8),)
