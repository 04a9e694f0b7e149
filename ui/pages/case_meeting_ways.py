"""Ways from a case to its meetings: one planned at once, one whose kind is asked for, the series."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.services import meetings
from ui.house import House, Place
from ui.tasks import Op


def plan(house: House, page: QWidget, case: Id | None, kind: str) -> None:
    """Plan a meeting of a kind and go to it; without a kind ask for one."""
    if case is None:
        return
    if not kind:
        from ui.dialogs.new_meeting_dialog import NewMeetingDialog

        NewMeetingDialog(house, page, case).open()
        return
    books = house.books
    op = Op(
        lambda w: meetings.plan(w, case, {}, books.meeting_kinds(w).kinds.get(kind)),
        done=lambda meeting: house.go(Place("meeting", meeting)),
    )
    house.tasks.op(page, op)


def show_series(house: House, page: QWidget, case: Id | None) -> None:
    """Show the series of a case, or of all where there is none."""
    from ui.dialogs.series_dialog import SeriesDialog

    SeriesDialog(house, page, case).open()
