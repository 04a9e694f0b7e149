"""Writing a third value where two stand: an editor of the field's own kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.entity import FieldSpec
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.i18n import N_
from caseworker_app.services import conflicts
from caseworker_app.services.conflicts import Conflict
from ui.value_words import labels_of
from ui.widgets.complaint import Complaint
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.words import bind

_BY_KIND: dict[str, Callable[[], FieldEditor]] = {
    "date": makers.date("near"),
    "record:Address": makers.address(),
    "record:TimeSpan": makers.time_span(),
}


class NewValue(QWidget):
    """The row; hidden for a field that takes no third value here. ``written`` carries the value."""

    written = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.editor: FieldEditor | None = None
        self.words, self.use_button, self.complaint = QLabel(), QPushButton(), Complaint()
        bind(self.words.setText, "Or write a new one (Alt+N)")
        bind(self.use_button.setText, "Use what I wrote")
        self.use_button.setAutoDefault(False)
        self.use_button.clicked.connect(self._use)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.use_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.words)
        layout.addLayout(self._row)
        layout.addWidget(self.complaint)
        self.hide()

    def show_conflict(self, conflict: Conflict, label: str, *, long: bool) -> None:
        """Make the editor for a conflict's field, with the value that counts now in it. ``label`` is translated."""
        self._forget()
        spec = conflicts.spec_of(conflict)
        made = None if spec is None or not conflict.writable else editor_for(spec, long=long)
        self.setVisible(made is not None)
        if made is None or spec is None:
            return
        self.editor = made
        made.field = spec.name
        made.name_parts(label)
        made.show_value(spec.from_plain(conflict.values[0].plain))
        made.edited.connect(self._edited)
        self._row.insertWidget(0, made, 1)
        self.words.setBuddy(made.control)
        self.use_button.setEnabled(False)

    def _forget(self) -> None:
        self.complaint.clear()
        if self.editor is not None:
            self._row.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None

    def _edited(self) -> None:
        self.complaint.clear()
        self.use_button.setEnabled(True)

    def _use(self) -> None:
        if self.editor is None:
            return
        try:
            value = self.editor.value()
        except InvalidInput as problem:
            self.complaint.show_error(problem)
            self.editor.setFocus()
            return
        self.written.emit(value)


def editor_for(spec: FieldSpec[Any], *, long: bool) -> FieldEditor | None:
    """Return an editor for values of a field, ``None`` where it is written in a form of its own."""
    kind = spec.kind.name
    if kind == "text":
        if spec.name == "person_number":
            return makers.person_number()()
        return makers.long_text(4)() if long else makers.text()()
    if kind.startswith(("choice:", "optional:")):
        labels = labels_of(kind.partition(":")[2])
        if not labels:
            return None
        return makers.choice(labels, N_("Not said") if kind.startswith("optional:") else "")()
    made = _BY_KIND.get(kind)
    return None if made is None else made()
