"""The part of the case that holds its visits: the list, and the page one writes a visit on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from ui.house import House
from ui.passing_on import pass_focus
from ui.tasks import Touched
from ui.widgets.visits.register import VisitsRegister
from ui.widgets.visits.writing import VisitWriting


class VisitsPart(QWidget):
    """``want("<hex>")`` goes to a visit, ``want("write:<hex>")`` to the page one writes it on, ``want("glance")`` shows
    what one looks at before the door. ``written`` comes when a visit stands on its page."""

    written = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Case | None = None
        self._writing: Id | None = None
        self._glance = False
        self.register = VisitsRegister(house, self)
        self._page: VisitWriting | None = None
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.register)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        pass_focus(self, self._stack.currentWidget)
        self.register.write_asked.connect(self.write)
        self.register.shown.connect(self._shown)

    @property
    def page(self) -> VisitWriting:
        """The page one writes on, made when it is first needed."""
        if self._page is None:
            self._page = VisitWriting(self._house, self)
            self._page.left.connect(self.back)
            self._page.agree_asked.connect(self.register.acts.agree)
            self._page.sheet_asked.connect(self.register.acts.sheet_paper)
            self._stack.addWidget(self._page)
        return self._page

    # the part, as the section sees it

    def show_case(self, case: Case) -> None:
        """Show the visits of a case."""
        if self._case is not None and case.id != self._case.id:
            self.back()
        self._case = case
        self.register.show_case(case)

    def want(self, part: str) -> None:
        """Go to a visit, or to the page it is written on."""
        what, _, rest = part.partition(":")
        if what == "write" and len(rest) == 32:
            self.write(bytes.fromhex(rest))
        elif part == "glance":
            self._glance = True
            if self.register.loaded is not None:
                self._show_glance()
        else:
            self.back()
            self.register.want(part)

    def follow(self, touched: Touched) -> None:
        """Ask again for what changed."""
        self.register.follow(touched)
        if self._page is not None and self._writing is not None:
            self._page.follow(touched)

    def leave(self) -> bool:
        """Save what is written."""
        return self._page is None or self._page.leave()

    # writing

    def write(self, visit: Id) -> None:
        """Show the page of a visit, now or when it has been read."""
        self._writing = visit
        self.register.choose(visit)
        loaded = self.register.loaded
        if loaded is not None and loaded.one(visit) is not None:
            self._shown()
        else:
            self.register.ask()

    def _shown(self) -> None:
        loaded = self.register.loaded
        if self._glance and loaded is not None:
            self._show_glance()
        one = None if loaded is None else loaded.one(self._writing)
        if one is None:
            if loaded is not None and self._writing is not None:
                self.back()
            return
        self.page.show_visit(one)
        if self._stack.currentWidget() is not self.page:
            self._stack.setCurrentWidget(self.page)
            self.page.form.setFocus()
        self.written.emit()

    def _show_glance(self) -> None:
        self._glance = False
        self.register.acts.glance()

    def back(self) -> None:
        """Go back to all visits; what is written is saved."""
        if self._page is not None:
            self._page.leave()
        self._writing = None
        self._stack.setCurrentWidget(self.register)
        self.register.list.setFocus()
