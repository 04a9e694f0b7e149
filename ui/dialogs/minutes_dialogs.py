"""What is done with minutes that are written: sent to those invited, added to later, compared with a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.minutes import SENT_HOW_LABELS, Beside, Change, MinutesAddition, SentHow
from caseworker_app.domain.phrases import N_
from caseworker_app.services import minutes_versions
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.fitting import fit
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.tasks import Op
from ui.widgets.complaint import Complaint
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.choice import ChoiceEditor
from ui.widgets.fields.dates import DateEditor
from ui.widgets.form_view import FormView, Row
from ui.words import bind, bind_call, tr

CHANGE_LABELS = {
    Change.SAME: N_("As before"),
    Change.CHANGED: N_("Changed"),
    Change.GONE: N_("Taken out"),
    Change.NEW: N_("Added"),
}
_LOOK_WIDTH, _LOOK_HEIGHT = 1000, 620
_ADDITION_ROWS = (
    Row("by", makers.text()),
    Row("on", makers.date("back")),
    Row("text", makers.long_text(5), width=12),
)


class SendMinutesDialog(QDialog):
    """Records to whom the minutes were sent, and the day. ``draft`` is chosen beforehand; signed minutes are no draft."""

    sent = Signal()

    def __init__(
        self,
        house: House,
        meeting: Id,
        people: Sequence[tuple[Id, str]],
        today: dt.date,
        *,
        draft: bool,
        signed: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._meeting = house, meeting
        bind(self.setWindowTitle, "Minutes sent")
        self.final, self.draft = QRadioButton(), QRadioButton()
        (self.draft if draft and not signed else self.final).setChecked(True)
        self.draft.setEnabled(not signed)
        self.day, self.how = DateEditor("back"), ChoiceEditor(SENT_HOW_LABELS)
        self.day.today = self.day.day.today = today
        self.day.show_value(today)
        self.how.show_value(SentHow.DIGITAL_POST)
        self.boxes = {one: QCheckBox(name.replace("&", "&&")) for one, name in people}
        self.complaint = Complaint()
        self.record, self.cancel = QPushButton(), QPushButton()
        self._lay_out(signed=signed)
        self.record.clicked.connect(self._send)
        self.cancel.clicked.connect(self.reject)
        self.setMinimumWidth(560)

    def _lay_out(self, *, signed: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        what, final = _heading(N_("What was sent?")), QLabel()
        bind(self.final.setText, "The minutes")
        bind(self.draft.setText, "A draft for remarks")
        bind(
            final.setText,
            "The minutes are approved."
            if signed
            else "What is sent as the minutes is approved by it: nothing in them changes afterwards, and later remarks"
            " are added below.",
        )
        final.setProperty("look", "muted")
        final.setWordWrap(True)
        for widget in (what, self.final, self.draft, final):
            layout.addWidget(widget)
        across = QHBoxLayout()
        across.setSpacing(16)
        for msgid, editor in ((N_("Sent on"), self.day), (N_("How"), self.how)):
            label, side = QLabel(), QVBoxLayout()
            bind(label.setText, msgid)
            bind_call(editor, partial(_name, editor, msgid))
            side.setSpacing(4)
            side.addWidget(label)
            side.addWidget(editor)
            across.addLayout(side, 1)
        layout.addLayout(across)
        layout.addWidget(_heading(N_("To whom?")))
        layout.addWidget(self._people(), 1)
        layout.addWidget(self.complaint)
        bind(self.record.setText, "Record it")
        bind(self.cancel.setText, "Cancel")
        self.record.setProperty("look", "primary")
        self.record.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.record)
        layout.addLayout(foot)

    def _people(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for box in self.boxes.values():
            box.setChecked(True)
            column.addWidget(box)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setMinimumHeight(min(320, 34 * max(1, len(self.boxes))))
        return area

    def _send(self) -> None:
        self.complaint.clear()
        meeting, draft = self._meeting, self.draft.isChecked()
        to = [one for one, box in self.boxes.items() if box.isChecked()]
        try:
            on = self.day.value()
        except InvalidInput as problem:
            self.complaint.show_error(problem)
            return
        if on is None:
            self.complaint.show_error(InvalidInput("on", N_("Write the day it was sent.")))
            return
        how = self.how.value() or SentHow.DIGITAL_POST

        def run(writer: Writer) -> Id:
            return minutes_versions.send(writer, meeting, to, on, how, draft=draft)

        said = N_("It is recorded to whom the minutes were sent.")
        self._house.tasks.op(self, Op(run, self._done, said, self._refused))

    def _done(self, _version: Id) -> None:
        self.sent.emit()
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)
        fit(self, grow_only=True)


class AdditionDialog(FormDialog):
    """Adds a later remark to signed minutes: from whom, when, what."""

    def __init__(self, house: House, meeting: Id, stream: Id, parent: QWidget | None = None) -> None:
        super().__init__(N_("Add a remark to the minutes"), parent=parent)
        self._meeting = meeting
        self.form = FormView(
            house, MinutesAddition, _ADDITION_ROWS, self._add,
            title=lambda _form: tr("Remark to the minutes"), said=N_("The remark is added below the minutes."),
            button=N_("Add (Ctrl+S)"), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.saved.connect(lambda _made: self.close())
        self.form.make(
            f"minutes_addition:new:{meeting.hex()}",
            stream=stream,
            shown=lambda reader: {"on": reader.today},
            about=meeting,
        )

    def _add(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        values = dict(values_of(edits))
        day = values.get("on") or writer.today
        return minutes_versions.add(writer, self._meeting, values.get("by", ""), day, values.get("text", ""))


class DifferencesDialog(QDialog):
    """Two versions of the minutes side by side, sentence by sentence."""

    def __init__(
        self, rows: Sequence[Beside], before: str, after: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._rows, self._heads = tuple(rows), (before, after)
        bind(self.setWindowTitle, "What was changed in the minutes")
        self.everything, self.none, close = QCheckBox(), QLabel(), QPushButton()
        self.model, self.table = QStandardItemModel(0, 4, self), QTableView()
        self.table.setModel(self.model)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column, mode in enumerate(("ResizeToContents", "ResizeToContents", "Stretch", "Stretch")):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
        bind(self.table.setAccessibleName, "The two versions side by side")
        bind(self.everything.setText, "Show also what is as before")
        bind(self.none.setText, "Nothing was changed.")
        self.none.setProperty("look", "note")
        bind(close.setText, "Close")
        close.clicked.connect(self.accept)
        self.everything.toggled.connect(lambda _on: self._fill())
        foot = QHBoxLayout()
        foot.addWidget(self.everything)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.none)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(_LOOK_WIDTH, _LOOK_HEIGHT)
        bind_call(self, self._fill)

    def _fill(self) -> None:
        shown = [row for row in self._rows if self.everything.isChecked() or row.change is not Change.SAME]
        self.none.setVisible(all(row.change is Change.SAME for row in self._rows))
        self.model.setRowCount(0)
        self.model.setHorizontalHeaderLabels([tr("Under"), tr("What became of it"), *self._heads])
        for row in shown:
            texts = (row.heading, tr(CHANGE_LABELS[row.change]), row.before, row.after)
            self.model.appendRow([_cell(text) for text in texts])


def _name(editor: FieldEditor, msgid: str) -> None:
    editor.name_parts(tr(msgid))


def _cell(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    item.setToolTip(text)
    return item


def _heading(msgid: str) -> QLabel:
    label = QLabel()
    label.setProperty("look", "subheading")
    bind(label.setText, msgid)
    return label
