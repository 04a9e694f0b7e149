"""Above an investigation: which one it is, where it stands, what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date, short_date
from caseworker_app.domain.investigation import INVESTIGATION_KIND_LABELS, Investigation, InvestigationKind
from caseworker_app.i18n import N_
from caseworker_app.services.investigation_views import InvestigationView
from ui import icons
from ui.widgets.calm_hint import CalmHint
from ui.widgets.combo import Combo
from ui.words import bind, tr

_MORE: tuple[tuple[str, str], ...] = (
    ("days", N_("Days …")),
    ("preliminary", N_("Preliminary assessment")),
    ("go_on", N_("It is not concluded after all")),
    ("begin", N_("Begin another …")),
    ("remove", N_("Remove")),
)


class InvestigationHeader(QWidget):
    """``wanted`` carries what is to be done, ``turned`` the investigation chosen among several."""

    wanted = Signal(str)
    turned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Investigation, ...] = ()
        self.name, self.standing = QLabel(self), QLabel(self)
        self.name.setProperty("look", "subheading")
        self.standing.setProperty("look", "muted")
        self.others = Combo()
        bind(self.others.setAccessibleName, "Investigations of the child")
        self.others.activated.connect(lambda row: self.turned.emit(self._all[row].id))
        self.paper, self.end, self.more = (QPushButton(self) for _ in range(3))
        self.actions_by_name: dict[str, QAction] = {}
        bind(self.paper.setText, "Show and print (Ctrl+P)")
        bind(self.end.setText, "Conclude today")
        bind(self.more.setText, "More")
        icons.dress(self.paper, "print")
        self.paper.clicked.connect(lambda: self.wanted.emit("print"))
        self.end.clicked.connect(lambda: self.wanted.emit("conclude"))
        menu = QMenu(self.more)
        for name, words in _MORE:
            action = menu.addAction("")
            bind(action.setText, words)
            action.triggered.connect(lambda _on=False, name=name: self.wanted.emit(name))
            self.actions_by_name[name] = action
        self.more.setMenu(menu)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.name)
        said.addWidget(self.standing)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addLayout(said, 1)
        for widget in (self.others, self.paper, self.end, self.more):
            across.addWidget(widget)

    def show_loaded(self, found: Sequence[Investigation], view: InvestigationView) -> None:
        """Show one investigation of several."""
        one = view.investigation
        self._all = tuple(found)
        self.name.setText(view.spec.name)
        self.standing.setText(_standing(one))
        self.others.clear()
        for each in self._all:
            day = "" if each.known_on is None else short_date(each.known_on, i18n.current().language)
            self.others.addItem(f"{tr(INVESTIGATION_KIND_LABELS[each.kind])}, {day}")
        self.others.setCurrentIndex(next(n for n, each in enumerate(self._all) if each.id == one.id))
        self.others.setVisible(len(self._all) > 1)
        self.end.setVisible(one.ended_on is None)
        self.actions_by_name["go_on"].setVisible(one.ended_on is not None)
        whole = one.kind is InvestigationKind.INVESTIGATION
        self.actions_by_name["preliminary"].setVisible(whole and one.ended_on is None)


def _standing(one: Investigation) -> str:
    language = i18n.current().language
    words = []
    for day, msgid in (
        (one.known_on, N_("The need was known on {day}")),
        (one.preliminary_on, N_("preliminary assessment {day}")),
        (one.ended_on, N_("concluded {day}")),
    ):
        if day is not None:
            words.append(tr(msgid, day=long_date(day, language)))
    return " · ".join(words)


class Nothing(QWidget):
    """What stands where no investigation was begun."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = CalmHint(self)
        bind(
            hint.setText,
            "No screening, scoping or investigation has been begun. It begins by itself from the screening of a "
            "notification, or here.",
        )
        self.button = QPushButton(self)
        self.button.setProperty("look", "primary")
        bind(self.button.setText, "Begin (Ins)")
        self.button.clicked.connect(self.wanted)
        lines = QVBoxLayout(self)
        lines.addStretch(1)
        lines.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addSpacing(12)
        lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(2)
