"""Who does it: free words, with the people of the case offered while one types."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter

from caseworker_app.i18n import N_
from ui.widgets.fields.text import LineEditor


class WhoEditor(LineEditor):
    """A line of text; the down arrow shows everybody, what is typed narrows."""

    def __init__(self) -> None:
        super().__init__(N_("A parent, the child, a grandmother, a teacher, you …"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _words: self.edited.emit())
        self.line.setCompleter(completer)

    def offer(self, names: Iterable[str]) -> None:
        """Offer names."""
        self._names.setStringList(list(dict.fromkeys(names)))

    def keeps_focus(self) -> bool:
        """Stay in the field while the list is open."""
        completer = self.line.completer()
        popup = None if completer is None else completer.popup()
        return popup is not None and popup.isVisible()
