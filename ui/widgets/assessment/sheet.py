"""What stands of one thing of a register: its heading, what must be minded, what is to be done, what is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.widgets.flow import FlowLayout

NAMES = 200
"""Width of the column of names, px."""


@dataclass(frozen=True, slots=True)
class Doing:
    """A button: its words (translated) and what it does. ``about`` says to a screen reader what it is done to."""

    words: str
    act: Callable[[], None]
    primary: bool = False
    about: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One line of what is to be done: done or not, when and by whom, and the buttons that do it."""

    words: str
    quiet: str
    done: bool
    doings: tuple[Doing, ...] = ()
    tone: str = "soon"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what is written, under a heading of their own; what is empty is left out."""

    heading: str
    rows: tuple[tuple[str, str], ...]
    doings: tuple[Doing, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet, translated. ``lead`` stands above the tasks: what one must have read before doing anything; ``insert``
    makes a widget that stands between the tasks and the facts."""

    heading: str
    quiet: str = ""
    minds: tuple[str, ...] = ()
    clock: str = ""
    tasks_heading: str = ""
    tasks: tuple[Task, ...] = ()
    facts: tuple[Facts, ...] = ()
    doings: tuple[Doing, ...] = ()
    insert: Callable[[QWidget], QWidget] | None = None
    clock_tone: str = "soon"
    lead: Facts | None = None


class Sheet(QScrollArea):
    """Shows a page; made anew each time, the keyboard stays on the button it was on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clock: QLabel | None = None
        self.buttons: dict[str, QPushButton] = {}

    def show_page(self, page: Page | None) -> None:
        """Show a page, nothing for ``None``."""
        here = QApplication.focusWidget()
        held = here.accessibleName() if here is not None and self.isAncestorOf(here) else ""
        at = self.verticalScrollBar().value()
        self.clock, self.buttons = None, {}
        ground = QWidget(self.viewport())
        if page is not None:
            self._fill(ground, page)
        self.setWidget(ground)
        ground.show()
        self.verticalScrollBar().setValue(at)
        same = next((b for b in self.buttons.values() if held and b.accessibleName() == held), None)
        if same is not None:
            same.setFocus()

    def say_clock(self, words: str, tone: str) -> None:
        """Say how long the clock still runs, without drawing the rest again."""
        if self.clock is not None:
            self.clock.setText(words)
            look = "overdue" if tone == "overdue" else "soon"
            if self.clock.property("look") != look:
                self.clock.setProperty("look", look)
                self.clock.style().polish(self.clock)

    # its parts, from the top

    def _fill(self, ground: QWidget, page: Page) -> None:
        column = QVBoxLayout(ground)
        column.setContentsMargins(4, 0, 12, 8)
        column.setSpacing(8)
        column.addWidget(_label(page.heading, "heading", ground))
        if page.quiet:
            column.addWidget(_label(page.quiet, "muted", ground))
        if page.clock:
            self.clock = _label(page.clock, page.clock_tone, ground)
            column.addWidget(self.clock)
        for words in page.minds:
            column.addWidget(_mind(words, ground))
        lead = None if page.lead is None else self._facts(page.lead, ground)
        if lead is not None:
            column.addWidget(lead)
        if page.tasks:
            column.addWidget(self._tasks(page, ground))
        if page.insert is not None:
            column.addWidget(page.insert(ground))
        for facts in page.facts:
            made = self._facts(facts, ground)
            if made is not None:
                column.addWidget(made)
        if page.doings:
            column.addWidget(self._row(page.doings, ground))
        column.addStretch(1)

    def _tasks(self, page: Page, ground: QWidget) -> QWidget:
        card = QFrame(ground)
        card.setProperty("look", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        first = 0
        if page.tasks_heading:
            grid.addWidget(_label(page.tasks_heading, "subheading", card), 0, 0, 1, 3)
            first = 1
        for number, task in enumerate(page.tasks, start=first):
            mark, tone = ("done", "done") if task.done else ("today", task.tone)
            sign = QLabel(card)
            sign.setPixmap(icons.pixmap(mark, getattr(theme.tokens(), tone), ratio=self.devicePixelRatioF()))
            words = _label(task.words, "", card)
            if task.quiet:
                words.setText(f"{task.words}\n{task.quiet}")
            grid.addWidget(sign, number, 0)
            grid.addWidget(words, number, 1)
            if task.doings:
                grid.addWidget(self._row(task.doings, card, task.words), number, 2)
        return card

    def _facts(self, facts: Facts, ground: QWidget) -> QWidget | None:
        rows = [(name, words) for name, words in facts.rows if words]
        if not rows and not facts.doings:
            return None
        holder = QWidget(ground)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        line = 0
        if facts.heading:
            grid.addWidget(_label(facts.heading, "subheading", holder), 0, 0, 1, 2)
            line = 1
        for name, words in rows:
            named = _label(name, "muted", holder)
            named.setFixedWidth(NAMES)
            grid.addWidget(named, line, 0, Qt.AlignmentFlag.AlignTop)
            text = _label(words, "", holder)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(text, line, 1)
            line += 1
        if facts.doings:
            grid.addWidget(self._row(facts.doings, holder), line, 0, 1, 2)
        return holder

    def _row(self, doings: Sequence[Doing], parent: QWidget, about: str = "") -> QWidget:
        holder = QWidget(parent)
        if about:
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.addStretch(1)
            across: QHBoxLayout | FlowLayout = row
        else:
            across = FlowLayout(holder, 8)
        across.setSpacing(8)
        for doing in doings:
            button = QPushButton(doing.words, holder)
            if doing.icon:
                icons.dress(button, doing.icon)
            if doing.primary:
                button.setProperty("look", "primary")
            named = f"{about}: {doing.words}" if about else f"{doing.words} {doing.about}".strip()
            button.setAccessibleName(named)
            button.clicked.connect(lambda _on=False, act=doing.act: act())
            self.buttons[named] = button
            across.addWidget(button)
        return holder


def _label(words: str, look: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if look:
        label.setProperty("look", look)
    return label


def _mind(words: str, parent: QWidget) -> QWidget:
    holder = QFrame(parent)
    holder.setProperty("look", "banner")
    across = QHBoxLayout(holder)
    across.setContentsMargins(12, 6, 12, 6)
    across.setSpacing(8)
    sign = QLabel(holder)
    sign.setPixmap(icons.pixmap("note", theme.tokens().note, ratio=holder.devicePixelRatioF()))
    across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(_label(words, "", holder), 1)
    return holder
