"""Which visit plan is followed here: one that ships, or the municipality's own, written line by line."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.visit_plan import OWN_PLAN
from caseworker_app.services import visit_plans
from caseworker_app.services.ports import Reader
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Op, Query
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.words import bind, tr

SIZE = (744, 600)


@dataclass(frozen=True, slots=True)
class _Now:
    plan: str
    own: str


class VisitPlanDialog(QDialog):
    """Opened with ``open()``. ``plans`` chooses, ``lines`` shows the plan and is written in for the municipality's own."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "Visit plan")
        self._house, self._own = house, ""
        heading, hint, label, how = (QLabel(self) for _ in range(4))
        heading.setProperty("look", "heading")
        bind(heading.setText, "Visit plan")
        bind(
            hint.setText,
            "Municipalities plan their visits differently. Choose the plan to follow, or write your own; visits that were "
            "held stay what they are.",
        )
        bind(label.setText, "The plan followed here")
        bind(
            how.setText,
            "One visit a line: name; from; until. Days, weeks, months or years from birth, or before the term. Add "
            '"ved behov" for one that is held only when needed.',
        )
        for words in (hint, how):
            words.setProperty("look", "muted")
            words.setWordWrap(True)
        self.plans, self.lines = Combo(), QPlainTextEdit(self)
        label.setBuddy(self.plans)
        bind(self.plans.setAccessibleName, "The plan followed here")
        bind(self.lines.setAccessibleName, "The visits of the plan")
        self.lines.setTabChangesFocus(True)
        for plan in house.books.visit_plans().values():
            self.plans.addItem(plan.name, plan.id)
        self.plans.addItem(tr("The municipality's own"), OWN_PLAN)
        self.complaint = Complaint(self)
        self.save_button, cancel = QPushButton(self), QPushButton(self)
        self.save_button.setProperty("look", "primary")
        bind(self.save_button.setText, "Follow it (Ctrl+S)")
        bind(cancel.setText, "Cancel")
        self.save_button.clicked.connect(self.save)
        cancel.clicked.connect(self.close)
        self.plans.currentIndexChanged.connect(lambda _n: self._show_lines())
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        for widget in (heading, hint, label, self.plans, how):
            column.addWidget(widget)
        column.addWidget(self.lines, 1)
        column.addWidget(self.complaint)
        column.addLayout(foot)
        resize(self, *SIZE)
        self._ask()

    def _ask(self) -> None:
        shipped = self._house.books.visit_plans()

        def ask(reader: Reader) -> _Now:
            return _Now(visit_plans.chosen(reader, shipped).id, visit_plans.own_lines(reader))

        def show(now: _Now) -> None:
            self._own = now.own
            self.plans.setCurrentIndex(max(0, self.plans.findData(now.plan)))
            self._show_lines()

        self._house.tasks.query(self, Query(ask, show))

    def _show_lines(self) -> None:
        """Show the plan's lines; an own one begins with those of the plan that was shown."""
        plan = str(self.plans.currentData())
        self.complaint.clear()
        if plan == OWN_PLAN:
            self.lines.setPlainText(self._own or self.lines.toPlainText())
        else:
            self.lines.setPlainText(self._house.books.visit_plan_lines(plan))
        self.lines.setReadOnly(plan != OWN_PLAN)

    def save(self) -> None:
        """Follow the plan from now on."""
        plan, lines, shipped = (
            str(self.plans.currentData()),
            self.lines.toPlainText(),
            self._house.books.visit_plans(),
        )
        act = Op(
            lambda w: visit_plans.choose(w, shipped, plan, lines),
            done=self._done,
            said="The visit plan is chosen.",
            failed=self.complaint.show_error,
        )
        self._house.tasks.op(self, act)

    def _done(self, _made: object) -> None:
        self.close()
