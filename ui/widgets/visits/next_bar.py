"""What the visit plan expects next, above the list of visits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.widgets.visits import words
from ui.widgets.visits.words import Loaded
from ui.words import bind, tr


class NextBar(QFrame):
    """What the visit plan expects next, and the buttons that plan it and choose another plan."""

    planned = Signal()
    chosen = Signal()
    room = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "banner")
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.plan_button, self.choose_button, self.room_button = (QPushButton(self) for _ in range(3))
        bind(self.plan_button.setText, "Plan it …")
        bind(self.choose_button.setText, "Visit plan …")
        bind(self.room_button.setText, "Familiecentral …")
        for quiet in (self.choose_button, self.room_button):
            quiet.setProperty("look", "quiet")
        self.room_button.clicked.connect(self.room)
        self.plan_button.clicked.connect(self.planned)
        self.choose_button.clicked.connect(self.chosen)
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 6, 8, 6)
        across.setSpacing(8)
        across.addWidget(self.label, 1)
        across.addWidget(self.plan_button)
        across.addWidget(self.choose_button)
        across.addWidget(self.room_button)

    def say(self, loaded: Loaded) -> None:
        """Say what is expected; hidden where the plan is not followed."""
        self.setVisible(loaded.followed)
        due = loaded.pregnancy
        if due is not None and due.due is None:
            self.label.setText(
                tr("The term is missing: write it in the case, and the pregnancy visit is counted from it.")
            )
        elif due is not None and due.due is not None:
            day = words.day_words(due.due)
            if due.due < loaded.today:
                said = tr("The pregnancy visit was to be held by {day}, two months before term.", day=day)
            else:
                said = tr("The pregnancy visit is held by {day}, two months before term.", day=day)
            self.label.setText(said)
        elif loaded.next is not None:
            self.label.setText(words.plan_words(loaded.next))
        else:
            self.label.setText(tr("Nothing more is expected by the visit plan."))
        self.plan_button.setEnabled((due is not None and due.due is not None) or loaded.next is not None)
