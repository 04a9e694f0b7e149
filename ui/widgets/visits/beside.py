"""What stands beside the topic of a visit that is written of."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.visit import AREA_LABELS, Area, Side, area_of
from ui.widgets.check import Check
from ui.widgets.combo import Combo
from ui.widgets.visits import words
from ui.widgets.visits.words import OneVisit
from ui.words import bind, bind_call, tr

BESIDE = 360
"""Width in px of what stands beside the form."""


class Beside(QFrame):
    """What stands beside the topic one is at: which journal it goes to, whether it may go to the investigation, and what
    earlier visits say of it."""

    moved = Signal(str, object)
    let_in = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._one: OneVisit | None = None
        self._topic = ""
        self.title, self.earlier = QLabel(self), QLabel()
        self.title.setProperty("look", "subheading")
        self.area, self.may = Combo(), Check(self)
        goes, before = QLabel(self), QLabel(self)
        goes.setBuddy(self.area)
        bind(goes.setText, "Goes to")
        bind(self.area.setAccessibleName, "Goes to")
        bind(self.may.setText, "May go to the investigation")
        bind(before.setText, "Earlier visits about this")
        before.setProperty("look", "subheading")
        goes.setProperty("look", "muted")
        for label in (self.title, self.earlier):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.earlier.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.earlier.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.area.activated.connect(lambda _n: self.moved.emit(self._topic, self.chosen_area))
        self.may.clicked.connect(lambda on: self.let_in.emit(self._topic, on))
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.earlier)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        for widget in (self.title, goes, self.area, self.may, before):
            column.addWidget(widget)
        column.addWidget(area, 1)
        bind_call(self, self.say)

    @property
    def chosen_area(self) -> Area:
        """The journal and heading that is chosen; a list hands a choice back as mere text."""
        return Area(str(self.area.currentData()))

    def show_topic(self, one: OneVisit | None, topic: str) -> None:
        """Show what stands beside a topic."""
        self._one, self._topic = one, topic
        self.say()

    def say(self) -> None:
        """Say it, in the language of the moment."""
        one, found = self._one, None if self._one is None else self._one.spec.topic(self._topic)
        self.area.setVisible(found is not None)
        self.may.setVisible(found is not None)
        self.area.clear()
        for area in Area:
            self.area.addItem(tr(AREA_LABELS[area]), area)
        if one is None or found is None:
            self.title.setText(tr("Choose a topic: what was said of it before stands here."))
            self.earlier.setText("")
            return
        note = one.view.notes.get(self._topic)
        there = note is not None and not note.empty
        now = note.area if note is not None and there else area_of(found.goes_to)
        shut = one.child_signed if now.side is Side.CHILD else bool(one.parents)
        self.title.setText(found.label)
        self.area.setCurrentIndex(list(Area).index(now))
        self.area.setEnabled(there and not shut)
        self.may.setChecked(note is not None and note.to_investigation)
        self.may.setEnabled(there)
        self.earlier.setText(self._earlier_words(one))

    def _earlier_words(self, one: OneVisit) -> str:
        found = one.view.earlier.get(self._topic, ())
        topic = one.spec.topic(self._topic)
        if not found or topic is None:
            return tr("Nothing was written about this before.")
        return "\n\n".join(
            f"{words.day_words(each.visit.day)}\n{words.note_words(topic, each.note)}" for each in found
        )
