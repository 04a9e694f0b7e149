"""Before Familievisning: for whom. What stands against it is said here, with the way to do something about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.network_map import Voice
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.services import honour
from caseworker_app.services.family_view import Audience
from caseworker_app.services.ports import Reader
from ui.dialogs.fitting import fit
from ui.house import House
from ui.tasks import Query
from ui.words import bind, bind_call

if TYPE_CHECKING:
    from caseworker_app.domain.honour import HonourConcern
    from ui.family_mode.mode import Asked

_WIDTH = 620
_HEADINGS = {
    Audience.CHILD: N_("The child alone"),
    Audience.PARENTS: N_("The parents, and the child if it is there"),
}
_TELLS = {
    Audience.CHILD: N_("The child's own map in its own words. Lines that are hard are put away until the child asks."),
    Audience.PARENTS: N_("The map you draw with them today, and what they have drawn themselves. Nothing of the child's."),
}  # fmt: skip
_ONLY = {
    Voice.MOTHER: N_("Show it to the mother alone: for both parents, draw a map together."),
    Voice.FATHER: N_("Show it to the father alone: for both parents, draw a map together."),
}


class AudienceDialog(QDialog):
    """Asks. ``chosen`` carries the :class:`Audience`."""

    chosen = Signal(object)

    def __init__(self, house: House, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._asked = house, asked
        self.buttons: dict[Audience, QPushButton] = {}
        self.assess = QPushButton()
        bind(self.setWindowTitle, "Show to the family")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(_label("Show to the family", "heading"))
        layout.addWidget(
            _label("A window of its own shows nothing but this map. Your cases come back with your PIN or passphrase; "
                   "F12 covers everything at once.", "muted")
        )  # fmt: skip
        self._for_all = self._against_all()
        if self._for_all is not None:
            layout.addWidget(_phrase(self._for_all, "overdue"))
        for audience in Audience:
            layout.addWidget(self._card(audience))
        bind(self.assess.setText, "Open the concern and its risk assessment …")
        self.assess.setAutoDefault(False)
        self.assess.clicked.connect(self._open_concern)
        self.assess.hide()
        cancel = QPushButton()
        bind(cancel.setText, "Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.assess)
        foot.addStretch(1)
        foot.addWidget(cancel)
        layout.addLayout(foot)
        self.setMinimumWidth(_WIDTH)
        house.tasks.query(self, Query(self._shut, self.assess.setVisible))

    def _shut(self, reader: Reader) -> bool:
        return honour.gate(reader, self._asked.case.id) is not None

    def _against_all(self) -> Phrase | None:
        """Return what stands against showing it to anybody, said once."""
        first, *others = self._asked.against.values()
        return first if all(one == first for one in others) else None

    def _card(self, audience: Audience) -> QFrame:
        against = self._asked.against[audience]
        card = QFrame()
        card.setProperty("look", "card")
        inner = QHBoxLayout(card)
        inner.setContentsMargins(12, 8, 12, 12)
        inner.setSpacing(12)
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addWidget(_label(_HEADINGS[audience], "subheading"))
        if against is None or self._for_all is not None:
            said.addWidget(_label(_TELLS[audience], "muted"))
            only = _ONLY.get(self._asked.map.voice)
            if audience is Audience.PARENTS and only is not None:
                said.addWidget(_label(only, "soon"))
        else:
            said.addWidget(_phrase(against, "soon"))
        inner.addLayout(said, 1)
        button = self.buttons[audience] = QPushButton()
        bind(button.setText, "Show")
        words = _HEADINGS[audience]
        bind_call(button, lambda: button.setAccessibleName(f"{i18n.gettext('Show')}: {i18n.gettext(words)}"))
        button.setEnabled(against is None)
        if against is None:
            button.setProperty("look", "primary")
        button.clicked.connect(lambda: self._choose(audience))
        inner.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return card

    def _choose(self, audience: Audience) -> None:
        self.chosen.emit(audience)
        self.close()

    def _open_concern(self) -> None:
        """Go to the concern that shuts the gate: its risk assessment is written there."""
        case = self._asked.case
        self._house.tasks.query(self, Query(lambda r: honour.concerns(r, case.id), self._show_concern))

    def _show_concern(self, found: tuple[HonourConcern, ...]) -> None:
        from ui.dialogs.honour_dialog import HonourDialog

        parent = self.parentWidget()
        if found:
            HonourDialog(self._house, self._asked.case, found[0].id, parent).open()
            self.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)


def _label(msgid: str, look: str) -> QLabel:
    label = QLabel()
    label.setProperty("look", look)
    label.setWordWrap(True)
    bind(label.setText, msgid)
    return label


def _phrase(phrase: Phrase, look: str) -> QLabel:
    label = QLabel()
    label.setProperty("look", look)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    bind_call(label, lambda: label.setText(i18n.gettext(phrase.msgid, **dict(phrase.values))))
    return label
