"""Writing of a visit: the form's topics in the order of the sheet, with what earlier visits say beside the one at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.form_spec import Topic, TopicKind
from caseworker_app.domain.ids import Id
from caseworker_app.domain.visit import Area, VisitNote
from caseworker_app.i18n import N_
from caseworker_app.services import visit_journal, visit_notes
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Reader, Writer
from ui import icons
from ui.house import House
from ui.tasks import Op, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.topic_form.columns import AnswerKeeping, Column, Shown, by_kind, editor_of
from ui.widgets.topic_form.editors import PageEditor
from ui.widgets.topic_form.form import TopicForm
from ui.widgets.visits import words
from ui.widgets.visits.beside import BESIDE, Beside
from ui.widgets.visits.words import OneVisit
from ui.words import bind, tr


class VisitWriting(QWidget):
    """``left`` is pressed to go back; ``agree_asked`` carries the visit something was agreed on."""

    left = Signal()
    agree_asked = Signal(object)
    sheet_asked = Signal(object)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._one: OneVisit | None = None
        self._topic = ""
        self.title, self.when = QLabel(self), QLabel(self)
        self.title.setProperty("look", "heading")
        self.when.setProperty("look", "muted")
        self.back_button, self.agree_button, self.sheet_button = (QPushButton(self) for _ in range(3))
        icons.dress(self.back_button, "back")
        icons.dress(self.sheet_button, "print")
        bind(self.back_button.setText, "All visits (Esc)")
        bind(self.agree_button.setText, "Agree … (Ctrl+Enter)")
        bind(self.sheet_button.setText, "Sheet to take along …")
        self.complaint = Complaint(self)
        self.shut = QLabel(self)
        self.shut.setProperty("look", "note")
        self.shut.setWordWrap(True)
        self.form = TopicForm(house, self._keeping(), parent=self)
        self.beside = Beside(self)
        self.beside.setFixedWidth(BESIDE)
        self.agreed = QLabel(self)
        self.agreed.setProperty("look", "muted")
        self.agreed.setWordWrap(True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back_button)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for label in (self.title, self.when):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            lines.addWidget(label)
        head.addLayout(lines, 1)
        head.addWidget(self.agree_button)
        head.addWidget(self.sheet_button)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self.form, 1)
        across.addWidget(self.beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.complaint)
        column.addWidget(self.shut)
        column.addWidget(self.agreed)
        column.addLayout(across, 1)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.agree_button.clicked.connect(self._agree)
        self.sheet_button.clicked.connect(self._sheet)
        self.form.turned.connect(self._at)
        self.form.loaded.connect(self._begin)
        self.beside.moved.connect(self._move)
        self.beside.let_in.connect(self._let_in)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        for keys, act in (("Esc", self.left.emit), ("Ctrl+Return", self._agree)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _keeping(self) -> AnswerKeeping:
        books = self._house.books

        def add(writer: Writer, visit: Id, topic: str, values: Mapping[str, Any]) -> Id:
            return visit_notes.write_note(writer, books.forms(writer), visit, topic, values)

        def edit(writer: Writer, note: Id, edits: Mapping[str, Edit]) -> None:
            visit_notes.edit_note(writer, books.forms(writer), note, edits)

        return AnswerKeeping(VisitNote, add, edit, self._columns)

    def _columns(self, topic: Topic) -> Sequence[Column]:
        """Return what is written under a topic; a text of a visit together has a part for all and one for the child."""
        one = self._one
        if one is None or not one.visit.together or topic.kind is not TopicKind.TEXT:
            return by_kind(topic)
        return (
            Column("common", lambda _topic: PageEditor(2), N_("Common to the siblings")),
            Column("text", editor_of, N_("This child alone")),
        )

    # what is shown

    def show_visit(self, one: OneVisit) -> None:
        """Show a visit, or what has become of the one that is shown."""
        first = self._one is None or self._one.visit.id != one.visit.id
        self._one = one
        visit = one.visit
        if first:
            self._topic = ""
            self.complaint.clear()

        def answers(reader: Reader) -> Mapping[str, Id]:
            return {note.topic: note.id for note in reader.find(VisitNote, where={"visit": visit.id})}

        title = words.kind_words(visit)
        self.form.show_form(Shown(one.spec, visit.id, visit.stream, "visit", title, answers))
        self.say()

    def say(self) -> None:
        """Say the words around the form."""
        one = self._one
        if one is None:
            return
        self.title.setText(words.kind_words(one.visit))
        said = (words.when_words(one.visit), words.together_words(one))
        self.when.setText(" · ".join(part for part in said if part))
        shut = []
        if one.child_signed:
            shut.append(tr("Signed in the child's journal: its points are not changed any more."))
        if one.parents:
            shut.append(tr("Signed in the parents' journal: its points are not changed any more."))
        self.shut.setText(" ".join(shut))
        self.shut.setVisible(bool(shut))
        what = [agreed.what for agreed in one.view.agreements if agreed.done_on is None]
        self.agreed.setText(tr("Agreed: {what}", what="; ".join(what)))
        self.agreed.setVisible(bool(what))
        self.beside.show_topic(one, self._topic)

    def _begin(self) -> None:
        """Show what stands beside the first topic that something is written of, else the first of all."""
        one = self._one
        if one is not None and not self._topic:
            written = [
                topic.id
                for topic, note in visit_journal.ordered(one.spec, one.view.notes.values())
                if note.text or note.common
            ]
            self._at((written or [topic.id for topic in one.spec.topics] or [""])[0])

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.form.isAncestorOf(now):
            return
        for topic, card in self.form.cards.items():
            if card.isAncestorOf(now) and topic != self._topic:
                self._at(topic)
                return

    def _at(self, topic: str) -> None:
        self._topic = topic
        self.beside.show_topic(self._one, topic)

    def follow(self, touched: Touched) -> None:
        """Ask again for the answers that changed."""
        self.form.follow(touched)

    def leave(self) -> bool:
        """Save what is written."""
        return self.form.leave()

    # what is done

    def _agree(self) -> None:
        self.form.commit()
        if self._one is not None:
            self.agree_asked.emit(self._one.visit)

    def _sheet(self) -> None:
        if self._one is not None:
            self.sheet_asked.emit(self._one.visit)

    def _note(self, topic: str) -> Id | None:
        note = None if self._one is None else self._one.view.notes.get(topic)
        return None if note is None else note.id

    def _move(self, topic: str, area: Area) -> None:
        note, books = self._note(topic), self._house.books
        if note is not None:
            self._do(lambda w: visit_notes.move_note(w, books.forms(w), note, area))

    def _let_in(self, topic: str, may: bool) -> None:
        note = self._note(topic)
        if note is not None:
            self._do(lambda w: visit_notes.let_into_investigation(w, note, may))

    def _do(self, act: Any) -> None:
        self.complaint.clear()
        self._house.tasks.op(self, Op(act, failed=self.complaint.show_error))
