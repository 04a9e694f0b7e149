"""One topic: its heading that unfolds it, its help, and the fields, made when it is first unfolded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.entity import type_of
from caseworker_app.domain.form_spec import Topic
from caseworker_app.domain.heads import Field
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.services.forms import Edit, Form
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.widgets.fields.base import FieldEditor
from ui.widgets.meeting.saved_row import Keeping, Kept, SavedRow
from ui.widgets.topic_form.columns import AnswerKeeping, Column
from ui.words import bind_call, tr

BIG = 44
"""A heading is pressed with a finger while people talk."""


class TopicHeading(QPushButton):
    """The heading of a topic, as a button: an arrow, the words, and whether something is written."""

    def __init__(self, topic: Topic, parent: QWidget) -> None:
        super().__init__(parent)
        self._topic, self._written = topic, False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("look", "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setStyleSheet(f"text-align: left; font-weight: 600; padding: 6px 4px; min-height: {BIG - 14}px;")
        self.toggled.connect(lambda _open: self.say_again())
        bind_call(self, self.say_again)

    def mark(self, written: bool) -> None:
        """Say whether something is written under it."""
        if written != self._written:
            self._written = written
            self.say_again()

    def say_again(self) -> None:
        """Say the heading, in the language of the moment."""
        label = self._topic.label
        arrow, mark = "▾" if self.isChecked() else "▸", "  ✓" if self._written else ""
        self.setText(f"{arrow}  {label}{mark}".replace("&", "&&"))
        written = tr("written in") if self._written else tr("nothing written")
        self.setAccessibleName(f"{label}, {written}")
        self.setAccessibleDescription(self._topic.help)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter unfolds it as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)


class TopicCard(QFrame):
    """See the module. ``typed``: something was written; ``stored``: it arrived in the store."""

    typed = Signal()
    stored = Signal()
    unfolded = Signal()

    def __init__(
        self, house: House, keeping: AnswerKeeping, topic: Topic, about: Id, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._house, self._keeping, self._about = house, keeping, about
        self._entity: Id | None = None
        self._fields: Mapping[str, Field[Any]] = {}
        self._margin = 26
        self.topic = topic
        self.row: SavedRow | None = None
        self.heading = TopicHeading(topic, self)
        self.help = QLabel(topic.help, self)
        self.help.setWordWrap(True)
        self.help.setTextFormat(Qt.TextFormat.PlainText)
        self.help.setProperty("look", "muted")
        self.help.setContentsMargins(26, 0, 8, 4)
        self.help.setVisible(bool(topic.help))
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(20 if topic.under else 0, 0, 0, 4)
        self._lines.setSpacing(0)
        self._lines.addWidget(self.heading)
        self._lines.addWidget(self.help)
        self.heading.clicked.connect(self._pressed)

    def stand_alone(self) -> None:
        """Be the one topic that is shown: a heading, nothing to fold."""
        self.heading.hide()
        title = QLabel(self.topic.label, self)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        title.setProperty("look", "subheading")
        self._lines.insertWidget(0, title)
        self.help.setContentsMargins(0, 0, 8, 8)
        self._margin = 0

    # folded and unfolded

    def _pressed(self) -> None:
        if self.heading.isChecked():
            self.unfold()
            self.go()
        elif self.row is not None:
            self.row.commit()
            self.row.hide()

    def unfold(self) -> SavedRow:
        """Show the fields; they are made now if they were not there."""
        row = self.row or self._make_row()
        self.heading.setChecked(True)
        row.show()
        self.unfolded.emit()
        return row

    def go(self) -> None:
        """Put the keyboard in the first field, wherever the form stands."""
        row = self.unfold()
        next(iter(row.editors.values())).setFocus(Qt.FocusReason.TabFocusReason)
        QTimer.singleShot(0, self, self._into_sight)

    def _into_sight(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(self, 0, 16)

    def _make_row(self) -> SavedRow:
        columns = tuple(self._keeping.columns(self.topic))
        editors = {column.field: column.editor(self.topic) for column in columns}
        row = SavedRow(self._house, self._saved_as(), editors)
        row.add_body(self._body(columns, editors))
        row.typed.connect(self._on_typed)
        row.stored.connect(self.stored)
        self._lines.addWidget(row)
        self.row = row
        if self._entity is not None:
            row.form.entity = self._entity
            row.follow(self._fields)
        return row

    def _saved_as(self) -> Keeping:
        keeping, about, topic = self._keeping, self._about, self.topic.id

        def add(writer: Writer, values: dict[str, Any]) -> Id:
            return keeping.add(writer, about, topic, values)

        def edit(writer: Writer, answer: Id, edits: Mapping[str, Edit]) -> None:
            keeping.edit(writer, answer, edits)

        return Keeping(keeping.cls, add, edit)

    def _body(self, columns: Sequence[Column], editors: Mapping[str, FieldEditor]) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(self._margin, 0, 8, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for half in (0, 1):
            grid.setColumnStretch(half, 1)
        at, side = 0, 0
        for column in columns:
            if column.wide and side:
                at, side = at + 1, 0
            across = 2 if column.wide else 1
            if column.label:
                label = QLabel(body)
                label.setProperty("look", "muted")
                label.setBuddy(editors[column.field].control)
                grid.addWidget(label, 2 * at, side, 1, across)
                bind_call(label, partial(self._say_label, column, label, editors[column.field]))
            else:
                editors[column.field].name_parts(self.topic.label)
            grid.addWidget(editors[column.field], 2 * at + 1, side, 1, across, Qt.AlignmentFlag.AlignTop)
            at, side = (at + 1, 0) if column.wide or side else (at, 1)
        return body

    def _say_label(self, column: Column, label: QLabel, editor: FieldEditor) -> None:
        words = tr(column.label)
        label.setText(words)
        editor.name_parts(f"{self.topic.label}: {words}")

    # what is written

    @property
    def written(self) -> bool:
        """Whether something is written under the topic, saved or not."""
        if self.row is not None:
            fields = {name: field.value for name, field in self.row.form.fields.items()}
        else:
            fields = {name: field.value for name, field in self._fields.items()}
        specs = type_of(self._keeping.cls).specs
        columns = (column.field for column in self._keeping.columns(self.topic))
        return any(fields.get(name, specs[name].default) != specs[name].default for name in columns)

    def _on_typed(self) -> None:
        self.typed.emit()
        self.mark()

    def mark(self) -> None:
        """Say in the heading whether something is written."""
        self.heading.mark(self.written)

    def follow(self, entity: Id | None, fields: Mapping[str, Field[Any]]) -> None:
        """Take in what the store shows; what was written since stays. ``None``: nothing, or it was taken back."""
        self._entity, self._fields = entity, fields
        row = self.row
        if row is not None and entity is None:
            if row.entity is not None and not row.under_way:
                self._begin_again(row)
        elif row is not None:
            if row.entity is None and not row.under_way:
                row.form.entity = entity
            if row.entity is not None:
                row.follow(fields)
        self.mark()

    @staticmethod
    def _begin_again(row: SavedRow) -> None:
        """The answer was taken back: what was written in it and not saved stays, as an answer that is not there yet."""
        unsaved = row.unsaved()
        row.start_again(NO_ID)
        row.form = Form.blank(row.form.cls)
        if unsaved:
            row.resume({name: (plain, ()) for name, (plain, _heads) in unsaved.items()})

    # drafts

    def unsaved(self) -> Kept:
        """Return what would be lost if the computer stopped now."""
        return {} if self.row is None else self.row.unsaved()

    def resume(self, kept: Kept) -> None:
        """Put back what a draft kept."""
        self.unfold().resume(kept)
        self.mark()

    def commit(self) -> None:
        """Save what is written."""
        if self.row is not None:
            self.row.commit()
