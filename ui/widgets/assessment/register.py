"""One part of Underretning og undersøgelse: buttons, the list of what there is, and the sheet of what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.services.ports import Draft, Reader
from ui.house import House
from ui.tasks import Op, Query, Touched
from ui.widgets.assessment.line_list import LineList, ListLine
from ui.widgets.assessment.sheet import Page, Sheet
from ui.widgets.calm_hint import CalmHint
from ui.widgets.complaint import Complaint
from ui.widgets.transfer_mark import TransferMark
from ui.words import bind, bind_call

T = TypeVar("T")

LIST_WIDTH = 348
Button = tuple[str, str, Callable[[], None]]
"""(msgid, key, what it does)"""


class Register(QWidget, Generic[T]):
    """A part over one case. ``shown`` comes when it stands there.

    A subclass says which kinds it follows, how it loads, which lines and which page come of it.
    """

    shown = Signal()
    follows: frozenset[str] = frozenset()
    list_name = ""
    nothing_yet = ""
    """Msgids: what the list is called to a screen reader, and what stands where there is nothing."""
    carried = ""
    """What the log calls a thing of the list that is carried over to the record system by hand, or nothing."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.house = house
        self.case: Case | None = None
        self.loaded: T | None = None
        self._asked = 0
        self._wanted: Id | None = None
        self._begun: Draft | None = None
        self.complaint = Complaint(self)
        self.list, self.sheet = LineList(self.list_name, self), Sheet(self)
        self.buttons: list[QPushButton] = []
        self._stack = QStackedWidget(self)
        self._bar, self.beneath = QHBoxLayout(), QVBoxLayout()
        self._lay_out()
        self._transferred = TransferMark(house, self) if self.carried else None
        if self._transferred is not None:
            self.beneath.addWidget(self._transferred)
        self.list.chosen.connect(lambda _key: self._say_page())
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.ask)
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        self._bar.setSpacing(8)
        for number, (words, keys, act) in enumerate(self.doings()):
            button = QPushButton(self)
            bind(button.setText, words)
            if not number:
                button.setProperty("look", "primary")
            if keys:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(button.click)
            button.clicked.connect(lambda _on=False, act=act: act())
            self.buttons.append(button)
            self._bar.addWidget(button)
        self._bar.addStretch(1)
        whole = QWidget(self._stack)
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        self.list.setFixedWidth(LIST_WIDTH)
        across.addWidget(self.list)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.sheet, 1)
        right.addLayout(self.beneath)
        across.addLayout(right, 1)
        nothing = QWidget(self._stack)
        hint = CalmHint(nothing)
        bind(hint.setText, self.nothing_yet)
        middle = QVBoxLayout(nothing)
        middle.addStretch(1)
        middle.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(2)
        self._stack.addWidget(whole)
        self._stack.addWidget(nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._bar)
        layout.addWidget(self.complaint)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)

    # what a part says of itself

    def doings(self) -> list[Button]:
        """Return the buttons above, the first one the main thing to do."""
        raise NotImplementedError

    def load(self, reader: Reader, case: Case) -> T:
        """Read what is shown."""
        raise NotImplementedError

    def lines(self, loaded: T) -> list[ListLine]:
        """Return the lines of the list."""
        raise NotImplementedError

    def page(self, loaded: T, key: Id) -> Page | None:
        """Return the sheet of a line."""
        raise NotImplementedError

    def resume(self, draft: Draft) -> None:
        """Open the form a draft is of."""

    # the part, as the section sees it

    def show_case(self, case: Case) -> None:
        """Show what there is of a case."""
        if self.case is None or case.id != self.case.id:
            self.loaded, self._wanted = None, None
            self.complaint.clear()
        self.case = case
        self.ask()

    def want(self, part: str) -> None:
        """Go to a thing by its id in hexadecimal, or go on with a draft (``draft:<key>``)."""
        what, _, key = part.partition(":")
        if what == "draft":
            draft_key = key

            def show(draft: Draft | None) -> None:
                if draft is not None and self.loaded is not None:
                    self.resume(draft)
                elif draft is not None:
                    self._begun = draft

            self.house.tasks.query(self, Query(lambda r: r.draft(draft_key), show))
        elif len(part) == 32:
            self.choose(bytes.fromhex(part))

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""
        if self.case is not None and any(kind in self.follows for kind, _entity in touched):
            self._asked += 1  # an answer that is still on its way is from before
            self._soon.start(0)

    def leave(self) -> bool:
        """Nothing is typed here: every form is a dialog of its own."""
        return True

    # reading and showing

    def choose(self, key: Id) -> None:
        """Put the cursor on a thing, now or when it has been read."""
        self._wanted = key
        if self.loaded is not None:
            self._say()

    def ask(self) -> None:
        """Read again."""
        case, self._asked = self.case, self._asked + 1
        if case is None or self.house.tasks.store is None:
            return
        asked = self._asked

        def show(loaded: T) -> None:
            if asked == self._asked:
                self.loaded = loaded
                self._say()
                begun, self._begun = self._begun, None
                if begun is not None:
                    self.resume(begun)
                self.shown.emit()

        self.house.tasks.query(self, Query(lambda r: self.load(r, case), show))

    def _say(self) -> None:
        loaded = self.loaded
        if loaded is None:
            return
        lines = self.lines(loaded)
        wanted = self._wanted if any(line.key == self._wanted for line in lines) else None
        if wanted is not None:
            self._wanted = None
        self.list.show_lines(lines, wanted)
        self._stack.setCurrentIndex(0 if lines else 1)
        self.setFocusProxy(self.list if lines else self.buttons[0])
        if wanted is not None:
            self.list.setFocus()
        self._say_page()

    def _say_page(self) -> None:
        key = self.list.key
        page = None if self.loaded is None or key is None else self.page(self.loaded, key)
        self.sheet.show_page(page)
        if self._transferred is not None:
            self._transferred.show_subject(self.carried, None if page is None else key)

    def do(self, act: Callable[[Any], Any], said: str) -> None:
        """Do something in the store; ``said`` is a msgid. What is refused is said above the list."""
        self.complaint.clear()
        self.house.tasks.op(self, Op(act, said=said, failed=self.complaint.show_error))

    def saved(self, key: object) -> None:
        """Go to what a form has just made."""
        if isinstance(key, bytes):
            self._wanted = key
