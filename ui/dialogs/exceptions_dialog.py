"""The exceptions agreed for one intervention: which hold, which have ended and why; ending one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.follow_up import FollowUpException
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.i18n import N_
from caseworker_app.services import follow_up_terms
from caseworker_app.services.case_desk import CaseDesk
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.fitting import resize
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.models.intervention_words import exception_words
from ui.tasks import Query, Touched
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row
from ui.words import bind, bind_call, tr

_WIDTH, _HEIGHT, _EMPTY_HEIGHT = 720, 560, 220


class ExceptionsDialog(QDialog):
    """Opened with ``open()``: what is agreed for an intervention, those that hold first."""

    def __init__(
        self, house: House, desk: CaseDesk, found: Intervention, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._desk, self._intervention = house, desk, found
        self._found: list[FollowUpException] = []
        self.heading, self.cards = QLabel(), list[QFrame]()
        self.ends: dict[Id, QPushButton] = {}
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self.close_button = QPushButton()
        self._lay_out()
        self.close_button.clicked.connect(self.reject)
        house.tasks.touched.connect(self.follow)
        bind_call(self, self._say)
        self._ask()

    def _lay_out(self) -> None:
        bind(self.setWindowTitle, "Exceptions agreed with the team leader")
        self.heading.setProperty("look", "heading")
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        why = _label("", "muted")
        bind(why.setText, "What was held under an exception stays held when it ends. No due date is moved.")
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._inner)
        bind(area.setAccessibleName, "Exceptions agreed with the team leader")
        bind(self.close_button.setText, "Close")
        self.close_button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.heading)
        layout.addWidget(why)
        layout.addWidget(area, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        resize(self, _WIDTH, _HEIGHT)

    def follow(self, touched: Touched) -> None:
        """Ask again when one was agreed, ended or undone."""
        if any(kind == "follow_up_exception" for kind, _entity in touched):
            self._ask()

    def _ask(self) -> None:
        of = self._intervention.id

        def ask(reader: Reader) -> list[FollowUpException]:
            return follow_up_terms.exceptions_of(reader, of)

        def show(found: list[FollowUpException]) -> None:
            self._found = found
            self._say()
            if not found:
                resize(self, _WIDTH, _EMPTY_HEIGHT)

        self._house.tasks.query(self, Query(ask, show))

    def _say(self) -> None:
        self.heading.setText(tr("Exceptions: {name}", name=self._intervention.name))
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        today = self._desk.today
        ordered = sorted(self._found, key=lambda one: not one.in_force(today))
        self.ends = {}
        self.cards = [self._card(one) for one in ordered]
        for card in self.cards:
            self._column.addWidget(card)
        if not self.cards:
            self._column.addWidget(_label(tr("No exception is agreed."), "muted"))
        self._column.addStretch(1)
        first = next(iter(self.ends.values()), self.close_button)
        QTimer.singleShot(0, first, first.setFocus)  # it is in sight only when the column is laid out

    def _card(self, one: FollowUpException) -> QFrame:
        card = QFrame(self._inner)
        card.setProperty("look", "card")
        title = self._desk.exception_title(one.kind)
        name = title if isinstance(title, str) else title.say(i18n.current().language)
        card.setAccessibleName(name)
        lines = QVBoxLayout(card)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(4)
        head = QHBoxLayout()
        words = _label(name, "subheading")
        head.addWidget(words, 1)
        if one.ended_on is None:
            end = QPushButton(tr("End …"))
            end.setAutoDefault(False)
            end.setAccessibleName(f"{end.text()} {name}")
            end.clicked.connect(partial(self.end, one))
            self.ends[one.id] = end
            head.addWidget(end, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(head)
        lines.addWidget(_label(exception_words(one, self._desk.today), ""))
        for label, text in ((N_("Why"), one.reason), (N_("Why it serves the child"), one.serves_child)):
            lines.addWidget(_label(f"{tr(label)}: {text}", "muted"))
        if one.end_reason:
            lines.addWidget(_label(f"{tr('Why it ended')}: {one.end_reason}", "muted"))
        return card

    def end(self, one: FollowUpException) -> None:
        """Ask when and why an exception ends."""
        EndExceptionDialog(self._house, one, self).open()


class EndExceptionDialog(FormDialog):
    """Ends an exception: its last day, and why."""

    def __init__(self, house: House, one: FollowUpException, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("End the exception"),
            N_("After its last day the follow-ups are held as the rules say. What was held stays held."),
            parent,
        )
        self._exception = one.id
        rows = (
            Row("ended_on", makers.date("near"), width=4, label=N_("Last day")),
            Row("end_reason", makers.long_text(3), width=12),
        )
        self.form = FormView(
            house, FollowUpException, rows, self._end,
            title=lambda _form: tr("End an exception"), said=N_("The exception is ended. Ctrl+Z lets it hold again."),
            button=N_("End it (Ctrl+S)"), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows["end_reason"].editor.setFocus)
        self.form.saved.connect(self.close)
        self.form.make(
            f"exception:{one.id.hex()}:end",
            stream=one.stream,
            shown=lambda reader: {"ended_on": reader.today},
            about=one.intervention,
        )

    def _end(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        on = edits["ended_on"].value if "ended_on" in edits else writer.today
        if on is None:
            raise InvalidInput("ended_on", "Write the last day.")
        reason = edits["end_reason"].value if "end_reason" in edits else ""
        follow_up_terms.end_exception(writer, self._exception, on, reason)
        return self._exception


def _label(words: str, look: str) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        label.setProperty("look", look)
    return label
