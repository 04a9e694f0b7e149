"""Interventions and deadlines of one child, side by side."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from ui.house import House
from ui.tasks import Touched


class FollowUpDesk(QWidget):
    """What is done for the child, and what is due."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Case | None = None

    def show_case(self, case: Case) -> None:
        """Show a case."""
        self._case = case

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""

    def leave(self) -> bool:
        """Nothing is typed here."""
        return True
