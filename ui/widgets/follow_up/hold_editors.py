"""Editors of the follow-up's own questions: which due date, in what way, how far a goal is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel

from caseworker_app import i18n
from caseworker_app.domain.dates import full_date
from caseworker_app.domain.follow_up import TALK_STATE_LABELS, WAY_LABELS
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.plan import SCALE
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.i18n import N_
from ui.widgets.combo import Combo
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.choice import ChoiceEditor
from ui.widgets.fields.text import fill
from ui.words import bind_call, tr


class DueEditor(FieldEditor):
    """Which open due date is settled; the last choice settles none."""

    def __init__(self, items: Sequence[DueItem]) -> None:
        super().__init__()
        self._days: list[dt.date | None] = [*dict.fromkeys(item.due for item in items), None]
        self.combo = Combo()
        self.combo.addItems([""] * len(self._days))
        fill(self, self.combo)
        self.parts(self.combo)
        self.combo.activated.connect(self.edited)
        bind_call(self.combo, self.say_days)

    def say_days(self) -> None:
        """Say each day, and how late it is."""
        for row, day in enumerate(self._days):
            self.combo.setItemText(row, tr("None: a contact beside them") if day is None else self._said(day))

    def _said(self, day: dt.date) -> str:
        words, days = full_date(day, i18n.current().language), (self.today - day).days
        if days > 0:
            late = i18n.ngettext("{n} day overdue", "{n} days overdue", days)
            return f"{words} ({late})"
        return words

    def keeps_focus(self) -> bool:
        """Stay "in the field" while the list is open."""
        return self.combo.view().isVisible()

    def show_value(self, value: Any) -> None:
        self.combo.setCurrentIndex(self._days.index(value) if value in self._days else len(self._days) - 1)

    def value(self) -> dt.date | None:
        return self._days[max(self.combo.currentIndex(), 0)]

    def typed(self) -> Plain:
        day = self.value()
        return "" if day is None else day.isoformat()

    def show_typed(self, typed: Plain) -> None:
        self.show_value(dt.date.fromisoformat(str(typed)) if typed else None)


class PermittedChoice(ChoiceEditor):
    """One of several; those that are not permitted can be seen and not chosen."""

    def permit(self, values: Collection[Any]) -> None:
        """Let only these be chosen; what was chosen stays until it is changed."""
        model = self.combo.model()
        for row, value in enumerate(self._values):
            if isinstance(model, QStandardItemModel):
                chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                model.item(row).setFlags(chosen if value in values else Qt.ItemFlag.NoItemFlags)


class WayEditor(PermittedChoice):
    """How it was held."""

    def __init__(self) -> None:
        super().__init__(WAY_LABELS)


class TalkStateEditor(PermittedChoice):
    """What became of the talk with the child; nothing until it is said."""

    def __init__(self) -> None:
        super().__init__(TALK_STATE_LABELS, N_("Not said yet"))


class ScaleEditor(FieldEditor):
    """How far, from 0 to 10, or not said."""

    def __init__(self) -> None:
        super().__init__()
        self.combo = Combo()
        self.combo.setMinimumContentsLength(2)
        self.combo.addItems(["–", *(str(value) for value in range(SCALE + 1))])
        fill(self, self.combo)
        self.parts(self.combo)
        self.combo.activated.connect(self.edited)

    def keeps_focus(self) -> bool:
        """Stay "in the field" while the list is open."""
        return self.combo.view().isVisible()

    def show_value(self, value: Any) -> None:
        self.combo.setCurrentIndex(0 if value is None else int(value) + 1)

    def value(self) -> int | None:
        row = self.combo.currentIndex()
        return row - 1 if row > 0 else None

    def typed(self) -> Plain:
        return self.combo.currentIndex()

    def show_typed(self, typed: Plain) -> None:
        self.combo.setCurrentIndex(int(typed))
