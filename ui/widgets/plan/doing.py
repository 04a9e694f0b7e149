"""What is done with a plan and its goals: the forms that are opened, and what needs no form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from caseworker_app.domain.ids import Id
from caseworker_app.domain.plan import Goal, Plan, PlanVersion
from caseworker_app.services import goals, plans
from caseworker_app.services.plans import PlanView
from caseworker_app.services.ports import Draft
from ui.house import House
from ui.tasks import Op
from ui.widgets.complaint import Complaint
from ui.widgets.plan.loaded import Loaded
from ui.widgets.plan.papers import PlanPapers


class PlanDoing:
    """Works for ``window``; what is refused stands in ``complaint``. ``closed`` is called when a form is closed and its
    draft is kept."""

    def __init__(
        self, house: House, window: QWidget, complaint: Complaint, closed: Callable[[], None]
    ) -> None:
        self._house, self._window, self._complaint, self._closed = house, window, complaint, closed

    def _open(self, dialog: QDialog) -> None:
        def gone(_dialog: object) -> None:
            # asked for on the writing thread: the draft is on its way to the store before it
            if isValid(self._window) and self._window.isVisible() and self._house.tasks.store is not None:
                self._house.tasks.op(self._window, Op(lambda _writer: None, lambda _nothing: self._closed()))

        dialog.destroyed.connect(gone)
        dialog.open()

    def new_goal(
        self, plan: Plan, people: Iterable[str], above: Goal | None, made: Callable[[object], None]
    ) -> None:
        """Open the form of a new goal, or of a subgoal of ``above``; ``made`` gets its id."""
        from ui.dialogs.goal_dialog import GoalDialog

        dialog = GoalDialog(self._house, plan, people, above, self._window)
        dialog.form.saved.connect(made)
        self._open(dialog)

    def remove(self, goal: Goal) -> None:
        """Take a goal away; undo brings it back."""
        op = Op(lambda w: goals.remove(w, goal.id), said="The goal is removed. Ctrl+Z brings it back.")
        self._house.tasks.op(self._window, op)

    def move(self, goal: Goal, among: Sequence[Goal], step: int) -> None:
        """Put a goal one place up or down among those on its level."""
        own = [one.id for one in among if one.parent == goal.parent]
        to = own.index(goal.id) + step
        if not 0 <= to < len(own):
            return
        after: Id | None = own[to]
        if step < 0:
            after = own[to - 1] if to else None
        self._house.tasks.op(
            self._window, Op(lambda w: goals.move(w, goal.id, after), said="The goal is moved.")
        )

    def mark_progress(self, goal: Goal) -> None:
        """Open the form that marks how far a goal is."""
        from ui.dialogs.mark_dialog import MarkDialog

        self._open(MarkDialog(self._house, goal, self._window))

    def link_evidence(self, goal: Goal) -> None:
        """Choose what shows how far a goal is."""
        from ui.dialogs.evidence_dialog import EvidenceDialog

        EvidenceDialog(self._house, goal, self._window).open()

    def resume(self, draft: Draft, loaded: Loaded, made: Callable[[object], None]) -> None:
        """Open the form that was begun again; one whose thing is gone is left alone."""
        view, (kind, *_between, last) = loaded.view, draft.key.split(":")
        if view is None:
            return
        about = bytes.fromhex(last)
        found = loaded.goal(about)
        if kind == "goal" and (found is not None or about == view.plan.id):
            self.new_goal(view.plan, loaded.people, None if found is None else found.goal, made)
        elif kind == "progress_mark" and found is not None:
            self.mark_progress(found.goal)
        elif kind == "plan_version" and about == view.plan.id:
            self.keep_version(view.plan, ready=":ready:" in draft.key)
        elif kind == "plan" and about == view.plan.id:
            self.edit_words(view.plan)

    def edit_words(self, plan: Plan) -> None:
        """Open the plan's own words."""
        from ui.dialogs.plan_dialog import PlanDialog

        self._open(PlanDialog(self._house, plan, self._window))

    def keep_version(self, plan: Plan, *, ready: bool) -> None:
        """Ask from when the plan is ready, or why a version is kept."""
        from ui.dialogs.plan_version_dialog import PlanVersionDialog

        self._open(PlanVersionDialog(self._house, plan, ready=ready, parent=self._window))

    def read_versions(self, view: PlanView, papers: PlanPapers) -> None:
        """Show the versions that were kept; each can be shown on paper."""
        from ui.dialogs.plan_versions_dialog import PlanVersionsDialog

        def show(version: PlanVersion | None) -> None:
            if version is not None:
                papers.show_file(view.plan.id, version.id)

        dialog = PlanVersionsDialog(view, self._window)
        dialog.print_pressed.connect(show)
        dialog.open()

    def end(self, plan: Plan) -> None:
        """Say that the plan is no longer in use; undo brings it back."""
        op = Op(
            lambda w: plans.end(w, plan.id, w.today),
            said="The plan is no longer in use. Ctrl+Z brings it back.",
            failed=self._complaint.show_error,
        )
        self._house.tasks.op(self._window, op)
