"""A child's ladder over time in her case: the strip, the moves, and the changes of worker."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import short_date
from caseworker_app.domain.numbers.ladder import STEP_LABELS, Move, Strip
from caseworker_app.domain.papers import PaperJob
from caseworker_app.domain.worker_change import WorkerChange
from caseworker_app.i18n import N_
from caseworker_app.services import ladders, worker_changes
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.tasks import Op, Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.numbers.drawings import StripView
from ui.words import bind, bind_call, tr

FOLLOWS = frozenset({"case", "intervention", "own_catalogue", "worker_change"})


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The ladder, and the changes of worker."""

    strip: Strip
    changes: tuple[WorkerChange, ...]


class LadderPart(QWidget):
    """Shown in Plan og opfølgning."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Case | None = None
        self._loaded: _Loaded | None = None
        self._asked = 0
        self.complaint = Complaint(self)
        self.strip = StripView(self)
        self.standing, self.moves = QLabel(self), QLabel(self)
        self.changes = QVBoxLayout()
        self.record_button, self.print_button = QPushButton(self), QPushButton(self)
        self.desk = PaperDesk(house, self)
        self.desk.refused.connect(self.complaint.show_error)
        self._lay_out()
        self._keys()
        bind_call(self, self._say)

    # building

    def _lay_out(self) -> None:
        bind(self.print_button.setText, "Show and print (Ctrl+P)")
        bind(self.record_button.setText, "Change of worker … (Ins)")
        self.print_button.clicked.connect(self.print)
        self.record_button.clicked.connect(self.record)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.standing, 1)
        top.addWidget(self.record_button)
        top.addWidget(self.print_button)
        self.standing.setProperty("look", "subheading")
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self.strip)
        across = QHBoxLayout()
        across.setSpacing(24)
        moves = QVBoxLayout()
        self.moves.setTextFormat(Qt.TextFormat.PlainText)
        moves.addWidget(self._heading(N_("Moves on the ladder")))
        moves.addWidget(self.moves)
        moves.addStretch(1)
        changes = QVBoxLayout()
        changes.addWidget(self._heading(N_("Changes of worker")))
        changes.addLayout(self.changes)
        changes.addStretch(1)
        across.addLayout(moves, 1)
        across.addLayout(changes, 1)
        column.addLayout(across)
        column.addStretch(1)
        area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(self.complaint)
        whole.addWidget(area, 1)
        self.setFocusProxy(self.record_button)

    def _heading(self, words: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("look", "subheading")
        bind(label.setText, words)
        return label

    def _keys(self) -> None:
        for keys, button in (("Ins", self.record_button), ("Ctrl+P", self.print_button)):
            near = QShortcut(QKeySequence(keys), self)
            near.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            near.activated.connect(button.click)

    # the part, as the section sees it

    def show_case(self, case: Case) -> None:
        """Show a case's ladder."""
        self._case = case
        self._ask()

    def follow(self, touched: Touched) -> None:
        """Ask again when something on the ladder changed."""
        if any(kind in FOLLOWS for kind, _thing in touched):
            self._ask()

    def leave(self) -> bool:
        """Nothing is typed here."""
        return True

    def _ask(self) -> None:
        case, books = self._case, self._house.books
        if case is None:
            return
        self._asked += 1
        number = self._asked

        def ask(reader: Reader) -> _Loaded:
            catalogue = books.catalogue(reader).catalogue
            found = ladders.of_case(reader, catalogue, case.id)
            return _Loaded(found, worker_changes.of_case(reader, case.id))

        def show(found: _Loaded) -> None:
            if number == self._asked:
                self._loaded = found
                self._say()

        self._house.tasks.query(self, Query(ask, show))

    # showing

    def _say(self) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        words = i18n.current()
        strip, today = loaded.strip, loaded.strip.today
        self.strip.show_strip(ladders.drawn(strip, today, words, tr("The ladder over time")))
        here = strip.on(today)
        self.standing.setText(
            tr("On no step today")
            if here is None
            else tr("Today: step {step}, {name}", step=here.step, name=tr(STEP_LABELS[here.step]))
        )
        said = [_move_words(move, words.language) for move in reversed(strip.moves)]
        self.moves.setText("\n".join(said) or tr("No moves."))
        self._say_changes(loaded.changes)

    def _say_changes(self, changes: tuple[WorkerChange, ...]) -> None:
        while self.changes.count():
            item = self.changes.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in changes:
            self.changes.addWidget(self._change(one))
        if not changes:
            none = QLabel(tr("The same worker all the time, as far as it is recorded."), self)
            none.setProperty("look", "muted")
            none.setWordWrap(True)
            self.changes.addWidget(none)

    def _change(self, one: WorkerChange) -> QWidget:
        row = QWidget(self)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(4)
        words = QLabel(_change_words(one), row)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        across.addWidget(words, 1)
        for text, act in (
            (tr("Correct …"), lambda: self.record(one)),
            (tr("Remove"), lambda: self._remove(one)),
        ):
            button = QPushButton(text, row)
            button.setProperty("look", "quiet")
            button.setAccessibleName(f"{text} {words.text()}")
            button.clicked.connect(act)
            across.addWidget(button)
        return row

    # doing

    def record(self, found: WorkerChange | bool = False) -> None:
        """Record a change of worker, or correct one."""
        if self._case is None:
            return
        from ui.dialogs.worker_change_forms import worker_change

        worker_change(
            self._house, self._case, self, found if isinstance(found, WorkerChange) else None
        ).open()

    def _remove(self, one: WorkerChange) -> None:
        said = N_("The change of worker is removed. Ctrl+Z brings it back.")
        self._house.tasks.op(self, Op(lambda w: worker_changes.remove(w, one.id), said=said))

    def print(self) -> None:
        """Show the ladder as a paper."""
        case, books = self._case, self._house.books
        if case is None:
            return
        self.complaint.clear()

        def ask(reader: Reader) -> PaperJob:
            return ladders.job(reader, books.catalogue(reader).catalogue, case.id)

        title = tr("The ladder over time")
        self._house.tasks.query(self, Query(ask, lambda job: self.desk.preview(job, title, title)))


def _move_words(move: Move, language: str) -> str:
    day = short_date(move.on, language)
    return tr("{day}: from step {before} to step {after}", day=day, before=move.before, after=move.after)


def _change_words(one: WorkerChange) -> str:
    day = "" if one.changed_on is None else short_date(one.changed_on, i18n.current().language)
    said = f"{day}: {one.before or '–'} → {one.after or '–'}"
    return f"{said}\n{one.reason}" if one.reason else said
