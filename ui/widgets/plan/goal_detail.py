"""The goal in sight: where it stands, its form with the five letters, and how far it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.plan import GOAL_STATUS_LABELS, Goal, GoalStatus
from caseworker_app.services import goals
from caseworker_app.services.goals import GoalView
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.tasks import Op, Touched
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.form_bars import NoticeBar
from ui.widgets.plan.goal_form import GoalForm
from ui.widgets.plan.loaded import Loaded
from ui.widgets.plan.progress import ProgressPart
from ui.words import bind, bind_call, tr

_STATUSES = tuple(GOAL_STATUS_LABELS)
_TABS = (N_("The goal"), N_("Progress"))


class GoalDetail(QWidget):
    """Its goal is the one chosen in the list. ``subgoal_pressed``: a subgoal of it is wanted, ``removed``: it is to be
    taken away; ``mark_pressed`` and ``link_pressed`` carry the goal."""

    subgoal_pressed = Signal()
    remove_pressed = Signal()
    mark_pressed = Signal(object)
    link_pressed = Signal(object)
    opened = Signal(object)

    def __init__(self, house: House, keys_within: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house, self._keys_within = house, keys_within
        self._view: GoalView | None = None
        self._wanted: GoalStatus | None = None
        self._loaded: Loaded | None = None
        self._progress: ProgressPart | None = None
        self.tabs, self._stack = QTabBar(self), QStackedWidget(self)
        self.status, self.status_label = Combo(), QLabel(self)
        self.subgoal, self.remove = QPushButton(self), QPushButton(self)
        self.complaint, self.notice = Complaint(self), NoticeBar()
        self.goal_form = GoalForm(house, keys_within, self._stack)
        self._lay_out()
        self._connect()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        bind(self.tabs.setAccessibleName, "Parts of the goal")
        for _name in _TABS:
            self.tabs.addTab("")
        self.status.addItems([""] * len(_STATUSES))
        self.status.setMinimumWidth(152)
        bind(self.status_label.setText, "Status")
        bind(self.status.setAccessibleName, "Status of the goal")
        self.status_label.setProperty("look", "muted")
        self.status_label.setBuddy(self.status)
        bind(self.subgoal.setText, "New subgoal")
        bind(self.remove.setText, "Remove")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.tabs, 1)
        for widget in (self.status_label, self.status, self.subgoal, self.remove):
            head.addWidget(widget)
        self._stack.addWidget(self.goal_form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.complaint)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turned)
        self.status.activated.connect(lambda row: self.set_status(_STATUSES[row]))
        self.subgoal.clicked.connect(self.subgoal_pressed)
        self.remove.clicked.connect(self.remove_pressed)
        self.goal_form.saved.connect(self._saved)
        self.goal_form.form.edited.connect(lambda _name: self._edited())
        marked = QShortcut(QKeySequence("Ctrl+M"), self._keys_within)
        marked.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        marked.activated.connect(lambda: self._emit(self.mark_pressed.emit))

    @property
    def progress(self) -> ProgressPart:
        """The part about progress, made when it is first looked at."""
        part = self._progress
        if part is None:
            part = self._progress = ProgressPart(self._stack)
            self._stack.addWidget(part)
            part.mark_pressed.connect(lambda: self._emit(self.mark_pressed.emit))
            part.link_pressed.connect(lambda: self._emit(self.link_pressed.emit))
            part.opened.connect(self.opened)
            part.mark_removed.connect(lambda mark: self._do(lambda w: goals.take_back_mark(w, mark.id)))
            part.link_removed.connect(lambda one: self._do(lambda w: goals.unlink_evidence(w, one.link)))
            part.show_goal(self._view, self._loaded)
        return part

    def _turned(self, number: int) -> None:
        self._stack.setCurrentWidget(self.progress if number else self.goal_form)

    @property
    def goal(self) -> Id | None:
        """The goal in sight."""
        return None if self._view is None else self._view.goal.id

    def show_goal(self, view: GoalView | None, loaded: Loaded) -> None:
        """Show a goal; what is being written about the one before stays as a draft."""
        if view is None or self.goal != view.goal.id:
            self.complaint.clear()
            self._wanted = None
        self._view, self._loaded = view, loaded
        if view is not None:
            self.goal_form.edit(view.goal.id)
            self.goal_form.offer(loaded.people)
        if self._progress is not None:
            self._progress.show_goal(view, loaded)
        self._say()

    def follow(self, touched: Touched) -> None:
        """Take in what changed."""
        self.goal_form.form.follow(touched)

    def leave(self) -> bool:
        """Keep the draft."""
        return self.goal_form.form.leave()

    def _say(self) -> None:
        view = self._view
        for row, status in enumerate(_STATUSES):
            self.status.setItemText(row, tr(GOAL_STATUS_LABELS[status]))
        self.tabs.setTabText(0, tr(_TABS[0]))
        count = 0 if view is None else len(view.marks)
        self.tabs.setTabText(1, tr(_TABS[1]) + (f" ({count})" if count else ""))
        if view is None:
            self.notice.clear()
            return
        self.status.setCurrentIndex(_STATUSES.index(view.status))
        self.subgoal.setVisible(view.goal.parent is None)
        if view.goal.status is GoalStatus.DRAFT and not view.missing:
            self.notice.tell(
                lambda: (tr("All five letters are answered."), tr("Make the goal active")),
                lambda: self.set_status(GoalStatus.ACTIVE),
            )
        else:
            self.notice.clear()

    # what the user does

    def set_status(self, status: GoalStatus) -> None:
        """Say where the goal stands; what is written is saved first, for a letter may stand in it."""
        self.complaint.clear()
        if self.goal_form.form.dirty:
            self._wanted = status
            self.goal_form.form.save()
        else:
            self._set(status)

    def _saved(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._set(wanted)

    def _edited(self) -> None:
        self._wanted = None
        self.complaint.clear()

    def _set(self, status: GoalStatus) -> None:
        goal = self.goal
        if goal is not None:
            op = Op(
                lambda w: goals.set_status(w, goal, status), said="The status is saved.", failed=self._refused
            )
            self._house.tasks.op(self, op)

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)
        self._say()

    def _emit(self, emit: Callable[[Goal], None]) -> None:
        if self._view is not None:
            emit(self._view.goal)

    def _do(self, run: Callable[[Writer], None]) -> None:
        self._house.tasks.op(self, Op(run, said="It is taken back. Ctrl+Z brings it again."))
