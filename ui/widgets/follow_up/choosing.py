"""Editors of what is chosen from data with names of its own: kinds of exception, the catalogue of interventions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel

from caseworker_app import i18n
from caseworker_app.domain.catalogue import CatalogueEntry
from caseworker_app.domain.intervention import INTERVENTION_KIND_LABELS
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.rules.model import ExceptionKind
from ui.widgets.combo import Combo
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.text import fill
from ui.words import bind_call, tr


class _NamedChoice(FieldEditor):
    """A list whose rows carry the id of what they name; a row without one is a heading."""

    def __init__(self) -> None:
        super().__init__()
        self.combo = Combo()
        self._value = ""
        fill(self, self.combo)
        self.parts(self.combo)
        self.combo.activated.connect(self._activated)
        bind_call(self.combo, self.say_rows)

    def say_rows(self) -> None:
        """Fill the list in the language of the moment."""

    def keeps_focus(self) -> bool:
        """Stay "in the field" while the list is open."""
        return self.combo.view().isVisible()

    def _activated(self, row: int) -> None:
        self._value = str(self.combo.itemData(row) or "")
        self.edited.emit()

    def show_value(self, value: Any) -> None:
        self._value = str(value or "")
        self.combo.setCurrentIndex(self.combo.findData(self._value) if self._value else -1)

    def value(self) -> str:
        """Return the id chosen, empty for none."""
        return self._value

    def typed(self) -> Plain:
        return self._value

    def show_typed(self, typed: Plain) -> None:
        self.show_value(typed)


class ExceptionKindEditor(_NamedChoice):
    """Which exception; below it, when it may be agreed."""

    def __init__(self, kinds: Sequence[ExceptionKind]) -> None:
        self._kinds = {kind.id: kind for kind in kinds}
        super().__init__()

    def say_rows(self) -> None:
        language = i18n.current().language
        self.combo.clear()
        for kind in self._kinds.values():
            self.combo.addItem(kind.title.say(language), kind.id)
        self.show_value(self._value)

    def hint(self) -> str:
        """Say when it may be agreed, and where that stands."""
        kind = self._kinds.get(self._value)
        if kind is None:
            return ""
        return f"{kind.condition.say(i18n.current().language)} ({kind.source})"

    def words(self, value: Any) -> str:
        kind = self._kinds.get(value)
        return tr("nothing") if kind is None else kind.title.say(i18n.current().language)


class CatalogueEditor(_NamedChoice):
    """An intervention of the catalogue, under the kinds of help there are."""

    def __init__(self) -> None:
        self._entries: dict[str, CatalogueEntry] = {}
        super().__init__()

    def offer(self, entries: Sequence[CatalogueEntry]) -> None:
        """Offer what the catalogue has on the day of the start; what was chosen stays chosen if it is there."""
        self._entries = {entry.id: entry for entry in entries}
        self.say_rows()

    @property
    def entry(self) -> CatalogueEntry | None:
        """What is chosen, as far as it is on offer."""
        return self._entries.get(self._value)

    def say_rows(self) -> None:
        self.combo.clear()
        model = self.combo.model()
        for kind, label in INTERVENTION_KIND_LABELS.items():
            own = [entry for entry in self._entries.values() if entry.kind is kind]
            if not own:
                continue
            self.combo.addItem(tr(label))
            if isinstance(model, QStandardItemModel):
                heading = model.item(self.combo.count() - 1)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                font = heading.font()
                font.setBold(True)
                heading.setFont(font)
            for entry in own:
                step = tr("step {step}", step=entry.step)
                self.combo.addItem(f"{entry.name}  ({step})", entry.id)
        self.show_value(self._value)

    def words(self, value: Any) -> str:
        found = self._entries.get(value)
        return str(value) if found is None else found.name
