"""Above the goals: what the plan is called by its law, where it stands, what the child says, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import at_clock, long_date, short_date
from caseworker_app.domain.plan import Plan, PlanState
from caseworker_app.i18n import N_
from ui import icons
from ui.widgets.combo import Combo
from ui.widgets.line_button import LineButton
from ui.widgets.plan.loaded import Loaded
from ui.widgets.plan.words import plan_name, plan_standing
from ui.words import bind, bind_call, tr

MENU: tuple[tuple[str, str], ...] = (
    ("versions", N_("Read the versions …")),
    ("keep", N_("Keep a version …")),
    ("edit", N_("The plan's own words …")),
    ("end", N_("The plan is no longer in use")),
    ("begin", N_("Begin a new plan")),
)


class PlanHeader(QWidget):
    """``wanted`` carries what is to be done: ``new``, ``ready``, ``file``, ``child`` or a name of :data:`MENU`;
    ``turned`` the plan that was chosen among several."""

    wanted = Signal(str)
    turned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded: Loaded | None = None
        self.name, self.standing = QLabel(self), QLabel(self)
        self.name.setProperty("look", "subheading")
        self.standing.setProperty("look", "muted")
        self.plans = Combo()
        bind(self.plans.setAccessibleName, "Plans of the child")
        self.new, self.ready, self.paper, self.more = (QPushButton(self) for _ in range(4))
        self.actions_by_name: dict[str, QAction] = {}
        self.words = QVBoxLayout()
        self.line: LineButton | None = None
        self._lay_out()
        self.plans.activated.connect(self._turn)
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        bind(self.new.setText, "New goal (Ins)")
        bind(self.ready.setText, "Ready to use …")
        bind(self.paper.setText, "Show and print")
        bind(self.more.setText, "More")
        self.new.setProperty("look", "primary")
        self.new.clicked.connect(lambda: self.wanted.emit("new"))
        self.ready.clicked.connect(lambda: self.wanted.emit("ready"))
        icons.dress(self.paper, "print")
        for button, choices in (
            (
                self.paper,
                (("file", N_("The plan for the file …")), ("child", N_("The plan for the child …"))),
            ),
            (self.more, MENU),
        ):
            button.setMenu(self._menu(choices))
        self.plans.setMinimumWidth(200)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.name)
        said.addWidget(self.standing)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addLayout(said, 1)
        across.addWidget(self.plans)
        for button in (self.new, self.ready, self.paper, self.more):
            across.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(across)
        layout.addLayout(self.words)

    def _menu(self, choices: tuple[tuple[str, str], ...]) -> QMenu:
        menu = QMenu(self)
        for name, words in choices:
            action = menu.addAction("")
            bind(action.setText, words)
            action.triggered.connect(lambda _on=False, name=name: self.wanted.emit(name))
            self.actions_by_name[name] = action
        return menu

    def show_plan(self, loaded: Loaded) -> None:
        """Show the plan in sight."""
        self._loaded = loaded
        self._say()

    def _turn(self, row: int) -> None:
        if self._loaded is not None:
            self.turned.emit(self._loaded.plans[row].id)

    def _say(self) -> None:
        loaded = self._loaded
        if loaded is None or loaded.view is None:
            return
        plan, view = loaded.view.plan, loaded.view
        self.name.setText(plan_name(plan))
        said = [plan_standing(plan)]
        if view.versions and view.versions[0].number:
            said.append(tr("version {number}", number=view.versions[0].number))
        if loaded.printed and loaded.printed[0].printed_at is not None:
            then, language = loaded.printed[0].printed_at.astimezone(), i18n.current().language
            said.append(
                tr(
                    "printed {day} {time}",
                    day=short_date(then.date(), language),
                    time=at_clock(then, language),
                )
            )
        self.standing.setText(" · ".join(said))
        self.ready.setVisible(plan.state is PlanState.DRAFT)
        self.new.setEnabled(plan.state is not PlanState.ENDED)
        self.actions_by_name["end"].setVisible(plan.state is not PlanState.ENDED)
        self.plans.setVisible(len(loaded.plans) > 1)
        self.plans.clear()
        for one in loaded.plans:
            self.plans.addItem(_listed(one))
        self.plans.setCurrentIndex([one.id for one in loaded.plans].index(plan.id))
        self._say_words(plan, view.case.first_name)

    def _say_words(self, plan: Plan, child: str) -> None:
        """The child's own words on one line, what the plan is for below; a press opens them."""
        if self.line is not None:
            self.words.removeWidget(self.line)
            self.line.hide()
            self.line.deleteLater()
        own = " ".join(plan.child_words.split())
        said = (
            tr("{name} says: “{words}”", name=child, words=own)
            if own
            else tr("What does {name} say? Write it here.", name=child)
        )
        purpose = " ".join(plan.purpose.split()) or tr("What the plan is for is not written yet.")
        self.line = LineButton(said, purpose, icon="pencil")
        self.line.clicked.connect(lambda: self.wanted.emit("edit"))
        self.words.addWidget(self.line)


def _listed(plan: Plan) -> str:
    begun = "" if plan.begun_on is None else long_date(plan.begun_on, i18n.current().language)
    return f"{plan_name(plan)} {begun}".strip()
