"""What one looks at before the door: large, few words, nothing to fill in. F9 from the case, Escape to close."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.dates import full_date, long_date, short_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.visit import HomeFacts
from caseworker_app.services import visit_glance, visit_views
from caseworker_app.services.visit_glance import Glance
from ui.dialogs.fitting import resize
from ui.house import House
from ui.models.caseload_rows import child_words
from ui.tasks import Op, Query
from ui.words import bind, bind_call, tr

BIG = 48
"""Least height in px of what is pressed: standing up, with a glove on."""
SIZE = (980, 660)
_LARGE = 15
"""Text size in points."""


class VisitGlance(QDialog):
    """Opened with ``open()``; ``shown`` is the glance that stands there. A protected address is shown when it is asked
    for, and that is noted."""

    def __init__(self, house: House, case: Id, visit: Id | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "At the door")
        self._house, self._case, self._visit = house, case, visit
        self.shown: Glance | None = None
        self._address: tuple[str, ...] = ()
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reveal_button: QPushButton | None = None
        self.change_button, self.close_button = QPushButton(self), QPushButton(self)
        bind(self.change_button.setText, "Dog, door, to mind …")
        bind(self.close_button.setText, "Close (Esc)")
        self.close_button.setProperty("look", "primary")
        self.change_button.clicked.connect(self.change)
        self.close_button.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.change_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        for button in (self.change_button, self.close_button):
            button.setMinimumHeight(BIG)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        QShortcut(QKeySequence("F9"), self).activated.connect(self.close)
        resize(self, *SIZE)
        bind_call(self, self._say)
        house.tasks.touched.connect(self._follow)
        self._ask()

    def _follow(self, touched: object) -> None:
        self._ask()

    def _ask(self) -> None:
        case, visit = self._case, self._visit

        def show(found: Glance) -> None:
            self.shown = found
            self._say()

        self._house.tasks.query(self, Query(lambda r: visit_glance.of_case(r, case, visit), show))

    # what stands there

    def _say(self) -> None:
        seen = self.shown
        if seen is None:
            return
        ground = QWidget(self._area.viewport())
        grid = QGridLayout(ground)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        title = _label(child_words(seen.case), "title", ground)
        grid.addWidget(title, 0, 0, 1, 2)
        when = self._when(seen)
        if when:
            grid.addWidget(_label(when, "muted", ground, _LARGE), 1, 0, 1, 2)
        for row, (name, words, tone) in enumerate(self._rows(seen), start=2):
            grid.addWidget(_label(name, "muted", ground, _LARGE), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_label(words, tone, ground, _LARGE), row, 1)
        self._add_reveal(seen, grid, ground)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(ground)
        ground.show()

    def _add_reveal(self, seen: Glance, grid: QGridLayout, ground: QWidget) -> None:
        self.reveal_button = None
        if seen.protected and seen.address and not self._address:
            self.reveal_button = QPushButton(tr("Show the protected address"), ground)
            self.reveal_button.setMinimumHeight(BIG)
            self.reveal_button.clicked.connect(self.reveal)
            grid.addWidget(self.reveal_button, grid.rowCount(), 1, Qt.AlignmentFlag.AlignLeft)

    def _when(self, seen: Glance) -> str:
        language = i18n.current().language
        if seen.visit is None or seen.visit.when is None:
            return ""
        when = seen.visit.when
        return f"{full_date(when.day, language)} {when.start:%H.%M}–{when.end:%H.%M}"

    def _rows(self, seen: Glance) -> list[tuple[str, str, str]]:
        language = i18n.current().language
        address = "\n".join(self._address or (() if seen.protected else seen.address))
        agreed = [
            " · ".join(part for part in (what, who, "" if day is None else short_date(day, language)) if part)
            for what, who, day in seen.agreed
        ]
        last = "" if seen.last is None else f"{long_date(seen.last[0], language)}: {seen.last[1]}"
        rows = [
            (
                tr("Address"),
                address or (tr("Protected") if seen.protected else ""),
                "overdue" if seen.protected else "",
            ),
            (tr("Telephone"), "\n".join(f"{name}  {number}" for name, number in seen.phones), ""),
            (
                tr("Interpreter"),
                "\n".join(": ".join(p for p in one if p) for one in seen.interpreters),
                "soon",
            ),
            (tr("Dog"), seen.dog, "soon"),
            (tr("The door"), seen.way_in, ""),
            (tr("To mind"), seen.mind, "soon"),
            (tr("Lives here"), "\n".join(", ".join(p for p in one if p) for one in seen.lives_here), ""),
            (tr("Last time"), last, ""),
            (tr("We agreed"), "\n".join(agreed) or tr("nothing that is still open"), ""),
        ]
        return [(name, words, tone) for name, words, tone in rows if words]

    # what is done

    def reveal(self) -> None:
        """Show a protected address; it is noted in the access log."""

        def show(lines: tuple[str, ...]) -> None:
            self._address = lines
            self._say()

        case = self._case
        self._house.tasks.op(self, Op(lambda w: visit_glance.show_address(w, case), done=show))

    def change(self) -> None:
        """Write what one must know at the door."""
        from ui.dialogs import visit_forms

        seen = self.shown
        if seen is None:
            return
        case = seen.case

        def show(home: HomeFacts | None) -> None:
            visit_forms.at_the_door(self._house, case, self, home).open()

        self._house.tasks.query(self, Query(lambda r: visit_views.home_of(r, case), show))


def _label(words: str, look: str, parent: QWidget, points: int = 0) -> QLabel:
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if look:
        label.setProperty("look", look)
    if points:
        label.setStyleSheet(f"font-size: {points}pt;")
    return label
