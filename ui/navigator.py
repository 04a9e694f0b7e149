"""Going from place to place: pages are made when first gone to, and the way back is remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.house import House, Page, Place
from ui.tasks import Touched

Maker = Callable[[House], QWidget]
_REMEMBERED = 50
READ_ANEW = frozenset({"today", "caseload"})
"""Pages that read everything each time they are gone to: what they missed would be asked for twice."""


class Navigator(QObject):
    """The pages of the window by name, and where one is among them. ``moved`` carries the new place.

    The page on the screen follows every change; one that is not seen hears what it missed when it is gone to.
    """

    moved = Signal(object)

    def __init__(self, stack: QStackedWidget, makers: Mapping[str, Maker], parent: QObject) -> None:
        super().__init__(parent)
        self._stack = stack
        self._makers = makers
        self._house: House | None = None
        self._pages: dict[str, QWidget] = {}
        self._missed: dict[str, Touched] = {}
        self._behind: list[Place] = []
        self.place: Place | None = None

    def use(self, house: House) -> None:
        """Take the house that pages are handed."""
        self._house = house
        house.tasks.touched.connect(self.follow)

    @property
    def can_go_back(self) -> bool:
        return bool(self._behind)

    @property
    def page(self) -> QWidget | None:
        """The page on the screen."""
        return self._pages.get(self.place.page) if self.place is not None else None

    @property
    def where(self) -> str:
        """Where one is, as the manual knows it: a page, and the part of it that is shown (``case:journal``)."""
        if self.place is None:
            return ""
        part = getattr(self.page, "here", "") or self.place.part
        return f"{self.place.page}:{part}" if part else self.place.page

    def made(self) -> Mapping[str, QWidget]:
        """The pages that have been made."""
        return self._pages

    def go(self, place: Place) -> None:
        """Show a place, unless the page on the screen has something to be answered first."""
        if not self.leave():
            return
        if self.place is not None and self.place != place:
            self._behind = [*self._behind[-_REMEMBERED:], self.place]
        self._show(place)

    def back(self) -> None:
        """Show the place before this one."""
        if self._behind and self.leave():
            self._show(self._behind.pop())

    def again(self, otherwise: Place) -> None:
        """Show the place where one was before the window was locked, or ``otherwise`` the first time."""
        self._show(self.place or otherwise)

    def leave(self) -> bool:
        """Have the page on the screen save its drafts; ``False`` when it has to be answered first."""
        page = self.page
        return page is None or cast(Page, page).leave()

    def _show(self, place: Place) -> None:
        page = self._made(place.page)
        self.place = place
        cast(Page, page).show_thing(place.thing, place.part)
        missed = self._missed.pop(place.page, frozenset())
        if missed and place.page not in READ_ANEW:
            cast(Page, page).follow(missed)
        self._stack.setCurrentWidget(page)
        (page.focusWidget() or page).setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit(place)

    def _made(self, name: str) -> QWidget:
        page = self._pages.get(name)
        if page is None:
            if self._house is None:
                raise RuntimeError("there is no house to hand the page")
            page = self._makers[name](self._house)
            self._pages[name] = page
            self._stack.addWidget(page)
        return page

    def follow(self, touched: Touched) -> None:
        """Tell the page on the screen what changed; the others hear it when they are gone to."""
        here = self.place.page if self.place is not None else ""
        for name, page in self._pages.items():
            if name == here:
                cast(Page, page).follow(touched)
            else:
                self._missed[name] = self._missed.get(name, frozenset()) | touched

    def clear(self) -> None:
        """Take every page down: nothing of the store stays on the screen or behind it."""
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._missed.clear()
