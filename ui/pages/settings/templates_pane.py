"""The wording of letters and minutes: ours, or the municipality's own in its place."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.i18n import N_
from caseworker_app.services import office
from ui.house import House
from ui.pages.settings.pane import Pane
from ui.tasks import Query, Touched
from ui.words import bind_call, tr

TEMPLATE_LABELS = {
    "invitation_involving": "Invitation to an involving network meeting",
    "invitation_network": "Invitation to a network meeting",
    "invitation_meeting": "Invitation to any other meeting",
    "agenda": "Agenda of a meeting",
    "minutes_involving": "Minutes of an involving network meeting",
    "minutes_decision": "Minutes of decisions of a network meeting",
    "recovery_sheet": "Recovery sheet",
}


class TemplatesPane(Pane):
    """One line a template: what it is, whose wording counts, and the button to change it."""

    def __init__(self, house: House) -> None:
        super().__init__(
            N_(
                "The municipality may use its own words. A text with a fault in it is never used: "
                "the standard wording is, until it is mended."
            ),
        )
        self._house = house
        self._own: dict[str, str] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.column.addLayout(self._lines)
        self.buttons: dict[str, QPushButton] = {}
        self.states: dict[str, QLabel] = {}
        for name in TEMPLATE_LABELS:
            self._lines.addWidget(self._line(name))
        bind_call(self, self._say)

    def _line(self, name: str) -> QWidget:
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        words, state, button = QLabel(), QLabel(), QPushButton()
        words.setMinimumWidth(360)
        state.setProperty("look", "muted")
        across.addWidget(words)
        across.addWidget(state, 1)
        across.addWidget(button)
        button.clicked.connect(lambda: self.change(name))
        self.states[name], self.buttons[name] = state, button
        bind_call(words, lambda: words.setText(tr(TEMPLATE_LABELS[name])))
        return line

    def begin(self) -> None:
        """Ask which texts are the municipality's own."""
        self._house.tasks.query(self, Query(office.own_templates, self._show))

    def follow(self, touched: Touched) -> None:
        if any(kind == "template" for kind, _id in touched):
            self.begin()

    def _show(self, own: dict[str, str]) -> None:
        self._own = own
        self._say()

    def _say(self) -> None:
        for name, button in self.buttons.items():
            self.states[name].setText(
                tr("the municipality's own wording") if name in self._own else tr("standard wording")
            )
            button.setText(tr("Change the wording"))
            button.setAccessibleName(f"{tr('Change the wording')}: {tr(TEMPLATE_LABELS[name])}")

    def change(self, name: str) -> None:
        """Open the text for editing."""
        from ui.dialogs.template_dialog import TemplateDialog

        TemplateDialog(self._house, name, TEMPLATE_LABELS[name], self._own.get(name), self.window()).open()
