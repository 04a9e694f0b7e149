"""How one of the family is prepared for a meeting: talked with, who comes along, whether the interpreter is ordered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Participant
from caseworker_app.services import meetings
from ui.widgets.check import Check
from ui.widgets.meeting.part import Loaded
from ui.words import bind, tr


class Card(QFrame):
    """``write`` keeps what was ticked or written at once."""

    def __init__(self, write: Callable[[Id, dict[str, Any]], None], participant: Id) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._keep, self._id = write, participant
        self.name, self.talked, self.interpreter = QLabel(), Check(), Check()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.support = QLineEdit()
        self._kept = ""
        bind(self.support.setPlaceholderText, "Support person who comes along")
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 4, 12, 4)
        across.setSpacing(12)
        across.addWidget(self.name, 2)
        across.addWidget(self.talked, 2)
        across.addWidget(self.interpreter, 2)
        across.addWidget(self.support, 3)
        policy = self.interpreter.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.interpreter.setSizePolicy(policy)
        for widget in (self.name, self.talked, self.interpreter, self.support):
            widget.setMinimumWidth(160)
        self.talked.clicked.connect(lambda on: self._write(prepared_on=on or None))
        self.interpreter.clicked.connect(lambda on: self._write(interpreter_on=on or None))
        self.support.editingFinished.connect(self._named)

    def _write(self, **values: Any) -> None:
        self._keep(self._id, values)

    def _named(self) -> None:
        words = self.support.text().strip()
        if words != self._kept:
            self._kept = words
            self._write(support_person=words)

    def show_participant(self, loaded: Loaded, one: Participant) -> None:
        """Show how one is prepared; the interpreter is asked after where one is needed."""
        view, language = loaded.opened.view, i18n.current().language
        person = next((p for p in view.people if p.id == one.person), None)
        card = view.case if meetings.is_the_child(one, view.case) else person
        needed = card is not None and card.interpreter
        spoken = "" if card is None else card.language
        self.name.setText(one.name)
        self.talked.setChecked(one.prepared_on is not None)
        self.talked.setText(
            tr("Talked with on {day}", day=long_date(one.prepared_on, language))
            if one.prepared_on
            else tr("Talked with")
        )
        self.interpreter.setVisible(needed or one.interpreter_on is not None)
        self.interpreter.setChecked(one.interpreter_on is not None)
        self.interpreter.setText(
            tr("Interpreter ordered ({language})", language=spoken) if spoken else tr("Interpreter ordered")
        )
        for box, words in ((self.talked, tr("Talked with")), (self.interpreter, tr("Interpreter ordered"))):
            box.setAccessibleName(f"{one.name}: {words}")
        self.support.setAccessibleName(tr("{name}: support person who comes along", name=one.name))
        known = one.support_person or ("" if card is None else card.support_person)
        if not self.support.hasFocus():
            self.support.setText(known)
            self._kept = known
