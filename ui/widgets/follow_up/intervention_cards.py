"""The interventions of a case, a card each: running ones first, then coming, the ended ones folded."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.intervention import DECIDED, InterventionState
from caseworker_app.i18n import N_
from caseworker_app.services.case_desk import Agreed, CaseDesk
from caseworker_app.services.interventions import InterventionView
from ui import icons, theme
from ui.models.intervention_words import Minded, agreed_words, basis_words, minded, price_words, time_words
from ui.words import bind, bind_call, tr

ACT_LABELS = {
    "hold": N_("Hold a follow-up …"),
    "edit": N_("Edit …"),
    "end": N_("End …"),
    "hearing": N_("The child's hearing …"),
    "exception": N_("Record an exception …"),
    "exceptions": N_("The exceptions …"),
    "follow_ups": N_("The follow-ups that are written …"),
    "rhythm": N_("Decide the rhythm …"),
    "go_on": N_("It goes on after all"),
    "remove": N_("Remove"),
}
"""What can be done with an intervention, by the name that ``asked`` carries."""


class InterventionCard(QFrame):
    """One intervention. ``asked`` carries the name of what is to be done with it."""

    asked = Signal(str)

    def __init__(self, view: InterventionView, desk: CaseDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.view = view
        found = view.intervention
        self.setAccessibleName(found.name)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(12, 8, 12, 8)
        self._lines.setSpacing(2)
        self._head(view)
        facts = (
            basis_words(found.basis, found.start),
            " · ".join(part for part in (found.supplier, price_words(found.price)) if part),
            time_words(found, view.state),
            *agreed_words(desk.agreed.get(found.id, Agreed()), desk),
        )
        for words in facts:
            if words:
                self._lines.addWidget(_text(words, "muted"))
        self.minded = minded(view, desk)
        for one in self.minded:
            self._mind(one)
        self._buttons(view, desk)

    def _head(self, view: InterventionView) -> None:
        found = view.intervention
        name = _text(found.name, "")
        font = name.font()
        font.setBold(True)
        name.setFont(font)
        across = QHBoxLayout()
        across.addWidget(name, 1)
        if found.step is not None:
            across.addWidget(_text(tr("Step {step}", step=found.step), "muted"), 0, Qt.AlignmentFlag.AlignTop)
        self._lines.addLayout(across)

    def _mind(self, one: Minded) -> None:
        picture, words = QLabel(), _text(one.words, one.tone)
        icon = "warning" if one.tone in ("overdue", "soon") else "note"
        picture.setPixmap(
            icons.pixmap(icon, str(getattr(theme.tokens(), one.tone)), 16, self.devicePixelRatioF())
        )
        across = QHBoxLayout()
        across.setSpacing(4)
        across.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(words, 1)
        self._lines.addLayout(across)

    def _buttons(self, view: InterventionView, desk: CaseDesk) -> None:
        name = view.intervention.name
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 4, 0, 0)
        buttons.setSpacing(4)
        first, rest = _acts(view, desk)
        for act in first:
            button = QPushButton(tr(ACT_LABELS[act]))
            button.setAccessibleName(f"{button.text()} {name}")
            button.clicked.connect(partial(self.asked.emit, act))
            buttons.addWidget(button)
        more = QPushButton(tr("More"))
        more.setAccessibleName(tr("More about {name}", name=name))
        menu = QMenu(more)
        for act in rest:
            menu.addAction(tr(ACT_LABELS[act])).triggered.connect(partial(self.asked.emit, act))
        more.setMenu(menu)
        self.more = menu
        buttons.addWidget(more)
        buttons.addStretch(1)
        self._lines.addLayout(buttons)


def _acts(view: InterventionView, desk: CaseDesk) -> tuple[list[str], list[str]]:
    """Return what stands on buttons, and what in the menu."""
    found = view.intervention
    agreed = desk.agreed.get(found.id, Agreed())
    seen = ["follow_ups", *(["exceptions"] if agreed.exceptions else [])]
    if view.state is InterventionState.ENDED:
        return ["edit"], ["go_on", "hold", *seen, "remove"]
    first, rest = ["edit"], []
    if found.start is not None and found.start <= desk.today:
        first.append("end")
        rest += ["hold", "follow_ups"]
    if found.kind in DECIDED:
        rest.append("hearing")
        if view.state is InterventionState.OPEN:
            rest.append("rhythm")
    if agreed.offered:
        rest.append("exception")
    if agreed.exceptions:
        rest.append("exceptions")
    return first, [*rest, "remove"]


class InterventionCards(QWidget):
    """The column. ``asked`` carries what is to be done and the intervention's view; ``register`` asks for a new one."""

    asked = Signal(str, object)
    register = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk: CaseDesk | None = None
        self._open = False
        self.cards: list[InterventionCard] = []
        self.add, self.toggle = QPushButton(self), QToolButton(self)
        self.add.setProperty("look", "primary")
        bind(self.add.setText, "Register an intervention … (Ins)")
        self.add.clicked.connect(self.register)
        self.toggle.setProperty("look", "quiet")
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle.clicked.connect(self._unfold)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(8)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bind(area.setAccessibleName, "Interventions")
        area.setWidget(self._inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.add)
        outer.addWidget(area, 1)
        bind_call(self, self._say)

    def show_desk(self, desk: CaseDesk) -> None:
        """Show the interventions of a case."""
        if self._desk is None or self._desk.case.id != desk.case.id:
            self._open = False
        self._desk = desk
        self._say()

    def _unfold(self) -> None:
        self._open = not self._open
        self._say()

    def _say(self) -> None:
        desk = self._desk
        if desk is None:
            return
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.toggle:
                widget.hide()
                widget.deleteLater()
        self.cards = []
        found = desk.interventions
        for note in found.notes:
            self._column.addWidget(_text(i18n.say(note), "soon"))
        ended = [view for view in found.rows if view.state is InterventionState.ENDED]
        for view in found.rows:
            if view.state is not InterventionState.ENDED:
                self._card(view, desk)
        if not found.rows:
            words = tr(
                "Nothing is done for the child yet. What you register here brings its deadlines along."
            )
            self._column.addWidget(_text(words, "muted"))
        self.toggle.setVisible(bool(ended))
        self.toggle.setText(tr("Ended ({n})", n=len(ended)))
        self.toggle.setArrowType(Qt.ArrowType.DownArrow if self._open else Qt.ArrowType.RightArrow)
        self._column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        for view in ended if self._open else ():
            self._card(view, desk)
        self._column.addStretch(1)

    def _card(self, view: InterventionView, desk: CaseDesk) -> None:
        card = InterventionCard(view, desk, self._inner)
        card.asked.connect(lambda act: self.asked.emit(act, view))
        self._column.addWidget(card)
        self.cards.append(card)


def _text(words: str, look: str) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        label.setProperty("look", look)
    return label
