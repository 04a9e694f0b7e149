"""The plan of a child with its SMART goals: what is called for, what is missing, how far it is, and its papers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.plan import Goal, PlanState
from caseworker_app.services import plans
from caseworker_app.services.evidence import Shows
from caseworker_app.services.goals import GoalView
from caseworker_app.services.plans import PlanView
from ui.house import House, Place
from ui.tasks import Op, Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.form_bars import NoticeBar
from ui.widgets.plan.doing import PlanDoing
from ui.widgets.plan.goal_detail import GoalDetail
from ui.widgets.plan.goal_list import GoalList
from ui.widgets.plan.header import PlanHeader
from ui.widgets.plan.loaded import Loaded, load
from ui.widgets.plan.papers import PlanPapers
from ui.widgets.transfer_mark import TransferMark
from ui.words import bind, tr

LIST_WIDTH = 324
_FOLLOWED = frozenset(
    {"plan", "goal", "progress_mark", "evidence", "plan_version", "print", "person", "meeting", "entry"}
)


class CasePlan(QWidget):
    """Goals at the left, the one chosen at the right. ``shown`` comes when a case's plan stands there."""

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Case | None = None
        self._plan: Id | None = None
        self._wanted: Id | None = None
        self._loaded: Loaded | None = None
        self._asked = 0
        # everything is made where it will stand: what changes its parent is dressed anew
        self._stack = QStackedWidget(self)
        self._whole = QWidget(self._stack)
        self._right = QStackedWidget(self._whole)
        self.header, self.complaint = PlanHeader(self._whole), Complaint(self._whole)
        self.mark = TransferMark(house, self._whole)
        self.notice, self.list = NoticeBar(), GoalList(self._whole)
        self.detail = GoalDetail(house, self, self._right)
        self.papers = PlanPapers(house, self, self.complaint)
        self.doing = PlanDoing(house, self, self.complaint, self._ask)
        self._no_plan, self.begin_button = _empty(
            self._stack,
            "There is no plan for the child yet. It is made with the child and the parents, goal by goal.",
            "Begin the plan",
        )
        self._no_goals, self.first_goal = _empty(
            self._right,
            "No goals yet. Begin with one sentence, best in the child's own words.",
            "New goal (Ins)",
        )
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._right.addWidget(self.detail)
        self._right.addWidget(self._no_goals)
        self.list.setFixedWidth(LIST_WIDTH)
        inner = QVBoxLayout(self._whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        across = QHBoxLayout()
        across.setSpacing(16)
        inner.addWidget(self.header)
        inner.addWidget(self.mark)
        inner.addWidget(self.notice)
        inner.addWidget(self.complaint)
        inner.addLayout(across, 1)
        across.addWidget(self.list)
        across.addWidget(self._right, 1)
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self._no_plan)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._stack)
        self._stack.hide()

    def _connect(self) -> None:
        self.header.wanted.connect(self.do)
        self.header.turned.connect(self._turn)
        self.list.chosen.connect(self._choose)
        self.list.entered_goal.connect(lambda: self.detail.goal_form.form.rows["text"].editor.setFocus())
        self.begin_button.clicked.connect(self.begin_plan)
        self.first_goal.clicked.connect(lambda: self.new_goal(None))
        self.detail.subgoal_pressed.connect(self._new_subgoal)
        self.detail.remove_pressed.connect(self.remove_goal)
        self.detail.mark_pressed.connect(self.mark_progress)
        self.detail.link_pressed.connect(self.doing.link_evidence)
        self.detail.opened.connect(self._open_evidence)
        for keys, within, act in (
            ("Ins", self, lambda: self.new_goal(None)),
            ("Del", self.list, self.remove_goal),
            ("Alt+Up", self.list, lambda: self.move_goal(-1)),
            ("Alt+Down", self.list, lambda: self.move_goal(1)),
            ("Ctrl+P", self, lambda: self.do("file")),
        ):
            shortcut = QShortcut(QKeySequence(keys), within)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # as the section sees it

    def show_case(self, case: Case) -> None:
        """Show the plan of a case, the one in use if there are several."""
        if self._case is None or case.id != self._case.id:
            self.detail.leave()
            self._plan = self._wanted = self._loaded = None
            self.complaint.clear()
            self._stack.hide()
        self._case = case
        self._ask()

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""
        self.detail.follow(touched)
        if self._case is not None and any(kind in _FOLLOWED for kind, _entity in touched):
            self._asked += 1  # an answer that is still on its way is from before
            self._soon.start(0)

    def leave(self) -> bool:
        """Keep what is being written as a draft."""
        return self.detail.leave()

    # reading

    def _ask(self) -> None:
        case, plan, self._asked = self._case, self._plan, self._asked + 1
        if case is None or self._house.tasks.store is None:
            return
        asked = self._asked

        def show(loaded: Loaded) -> None:
            if asked == self._asked:
                self._show(loaded)

        self._house.tasks.query(self, Query(lambda reader: load(reader, case.id, plan), show))

    def _show(self, loaded: Loaded) -> None:
        first, self._loaded = self._loaded is None, loaded
        self._stack.setCurrentIndex(0 if loaded.view is not None else 1)
        self._stack.show()
        if loaded.view is not None:
            self._plan = loaded.view.plan.id
            self.header.show_plan(loaded)
            drawn_up = loaded.view.plan.state is not PlanState.DRAFT
            self.mark.show_subject("plan", loaded.view.plan.id if drawn_up else None)
            self._right.setCurrentIndex(0 if loaded.goals() else 1)
            self.list.setVisible(bool(loaded.goals()))
            self._take_up(loaded, first=first)
            self.list.show_goals(loaded, self._wanted)
            self._wanted = None
        self.shown.emit()

    def _take_up(self, loaded: Loaded, *, first: bool) -> None:
        """Offer the form that was begun; a goal that was being written is gone to when one comes here."""
        edited = [d.entity for d in loaded.drafts if d.entity_type == "goal" and ":new:" not in d.key]
        if first and edited and self._wanted is None:
            self._wanted = edited[0]
        begun = [d for d in loaded.drafts if d.entity_type != "goal" or ":new:" in d.key]
        if not begun:
            self.notice.clear()
            return
        draft = begun[0]
        self.notice.tell(
            lambda: (tr("You have begun: {title}. A draft is kept.", title=draft.title), tr("Go on")),
            lambda: self.doing.resume(draft, loaded, self._want),
        )

    def _choose(self, goal: Id | None) -> None:
        if self._loaded is not None:
            self.detail.show_goal(self._loaded.goal(goal), self._loaded)

    def _turn(self, plan: Id) -> None:
        self._plan = plan
        self._ask()

    # what the user does

    @property
    def view(self) -> PlanView | None:
        """The plan in sight."""
        return None if self._loaded is None else self._loaded.view

    def do(self, name: str) -> None:
        """Do what a button or menu names; see :class:`PlanHeader`."""
        view = self.view
        if view is None:
            return
        self.complaint.clear()
        acts: dict[str, Callable[[], None]] = {
            "new": lambda: self.new_goal(None),
            "ready": lambda: self.doing.keep_version(view.plan, ready=True),
            "keep": lambda: self.doing.keep_version(view.plan, ready=False),
            "versions": lambda: self.doing.read_versions(view, self.papers),
            "edit": lambda: self.doing.edit_words(view.plan),
            "end": lambda: self.doing.end(view.plan),
            "begin": self.begin_plan,
            "file": lambda: self.papers.show_file(view.plan.id),
            "child": lambda: self.papers.show_child(view.plan.id),
        }
        acts[name]()

    def begin_plan(self) -> None:
        """Begin a plan by the law in force today."""
        case = self._case
        if case is not None:
            op = Op(
                lambda w: plans.begin(w, case.id),
                self._begun,
                said="The plan is begun.",
                failed=self.complaint.show_error,
            )
            self._house.tasks.op(self, op)

    def _begun(self, plan: Id) -> None:
        self._plan = plan
        self._ask()

    def new_goal(self, above: Goal | None) -> None:
        """Open the form of a new goal, or of a subgoal of ``above``."""
        loaded, view = self._loaded, self.view
        if loaded is not None and view is not None:
            self.doing.new_goal(view.plan, loaded.people, above, self._want)

    def _want(self, goal: object) -> None:
        """Let the cursor go to a goal that was made."""
        self._wanted = goal if isinstance(goal, bytes) else None
        self._ask()

    def _in_sight(self) -> GoalView | None:
        return None if self._loaded is None else self._loaded.goal(self.list.goal)

    def _new_subgoal(self) -> None:
        found = self._in_sight()
        if found is not None:
            self.new_goal(found.goal)

    def remove_goal(self) -> None:
        """Take the goal in sight away; undo brings it back."""
        found = self._in_sight()
        if found is not None:
            self.doing.remove(found.goal)

    def move_goal(self, step: int) -> None:
        """Put the goal in sight one place up or down among its own."""
        found = self._in_sight()
        if found is not None and self._loaded is not None:
            self.doing.move(found.goal, [one.goal for one in self._loaded.goals()], step)

    def mark_progress(self, goal: Goal) -> None:
        """Open the form that marks how far a goal is."""
        self.detail.tabs.setCurrentIndex(1)
        self.doing.mark_progress(goal)

    def _open_evidence(self, one: Shows) -> None:
        if one.target_type == "meeting":
            self._house.go(Place("meeting", one.target))


def _empty(parent: QWidget, words: str, does: str) -> tuple[QWidget, QPushButton]:
    """Return what stands where there is nothing yet: what to do, and the button that does it."""
    page = QWidget(parent)
    hint, button = QLabel(page), QPushButton(page)
    hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
    hint.setWordWrap(True)
    bind(hint.setText, words)
    bind(button.setText, does)
    button.setProperty("look", "primary")
    layout = QVBoxLayout(page)
    layout.addStretch(1)
    layout.addWidget(hint)
    layout.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
    layout.addStretch(2)
    return page, button
