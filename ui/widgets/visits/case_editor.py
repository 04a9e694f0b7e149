"""One case of the caseload, or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import Plain
from ui.widgets.combo import Combo
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.text import fill
from ui.words import bind_call, tr


class CaseEditor(FieldEditor):
    """A list of children by name; ``cases`` are translated names by the case's id."""

    def __init__(self, cases: Mapping[Id, str]) -> None:
        super().__init__()
        self._cases = dict(cases)
        self.box = Combo()
        fill(self, self.box)
        self.parts(self.box)
        self.box.addItem("", "")
        for case, name in self._cases.items():
            self.box.addItem(name, case.hex())
        bind_call(self, lambda: self.box.setItemText(0, tr("None")))
        self.box.activated.connect(lambda _n: self.edited.emit())

    def keeps_focus(self) -> bool:
        """Stay "in the field" while its list is open."""
        return self.box.view().isVisible()

    def show_value(self, value: Any) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData("" if value is None else bytes(value).hex())))

    def value(self) -> Id | None:
        """Return the case that is chosen."""
        found = str(self.box.currentData() or "")
        return bytes.fromhex(found) if found else None

    def typed(self) -> Plain:
        return str(self.box.currentData() or "")

    def show_typed(self, typed: Plain) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(str(typed))))

    def words(self, value: Any) -> str:
        return tr("None") if value is None else self._cases.get(bytes(value), tr("None"))
