"""The way from a visit, a meeting or an entry to the form of the time it took; the form is loaded when it is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from ui.house import House


def use_time(house: House, parent: QWidget, kind: str, subject: Id | None) -> None:
    """Open the form for the time used on a ``visit``, ``meeting``, ``entry`` or ``case``, filled in."""
    from ui.dialogs import time_forms

    if subject is not None:
        time_forms.use(house, parent, kind, subject)
