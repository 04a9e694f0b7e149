"""One of some things that are offered by their names, or none of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import Plain
from ui.widgets.combo import Combo
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.text import fill
from ui.words import tr


class OfferedEditor(FieldEditor):
    """A list of things with their ids. ``none`` is the msgid of what it is to choose none of them."""

    def __init__(self, none: str) -> None:
        super().__init__()
        self._none = none
        self._ids: list[Id | None] = [None]
        self.combo = Combo()
        self.combo.addItem(tr(none))
        fill(self, self.combo)
        self.parts(self.combo)
        self.combo.activated.connect(lambda _row: self.edited.emit())

    def offer(self, found: Iterable[tuple[Id, str]]) -> None:
        """Offer things with their names; what was chosen stays, also when it is not among them any more."""
        now, among = self.value(), list(found)
        self._ids = [None, *(one for one, _name in among)]
        self.combo.clear()
        self.combo.addItems([tr(self._none), *(name for _one, name in among)])
        self.show_value(now)

    def keeps_focus(self) -> bool:
        """Stay in the field while the list is open."""
        return self.combo.view().isVisible()

    def show_value(self, value: Any) -> None:
        if value not in self._ids:
            self._ids.append(value)
            self.combo.addItem(tr("Chosen earlier"))
        self.combo.setCurrentIndex(self._ids.index(value))

    def value(self) -> Id | None:
        return self._ids[max(0, self.combo.currentIndex())]

    def typed(self) -> Plain:
        return self.value()

    def show_typed(self, typed: Plain) -> None:
        self.show_value(typed)

    def words(self, value: Any) -> str:
        return self.combo.itemText(self._ids.index(value)) if value in self._ids else tr("nothing")
