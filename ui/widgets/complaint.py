"""A sentence beside what it is about: what is wrong and what to do. An icon and words, not colour alone."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.errors import UserError
from ui.widgets.warned import Warned
from ui.words import tr


class Complaint(Warned):
    """Hidden until something is wrong; its words follow the language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("overdue", parent)
        self.across.setContentsMargins(0, 0, 0, 0)
        self.across.setSpacing(8)

    def show_error(self, error: UserError) -> None:
        """Say an expected error."""
        self.warn(error)

    def show_message(self, msgid: str, **values: object) -> None:
        """Say a sentence of the page's own."""
        self.show_words(lambda: (tr(msgid, **values), ()))
