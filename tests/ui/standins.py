"""Small pages that stand in for the real ones where a test is about the window around them."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.services import cases
from caseworker_app.services.ports import Draft
from ui.tasks import Op, Query


class StandIn(QWidget):
    """A page with a line to type in, which notes what is asked of it."""

    def __init__(self, house, name):
        super().__init__()
        self.house, self.name = house, name
        self.shown, self.followed = [], []
        self.may_leave = True
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        QVBoxLayout(self).addWidget(self.line)

    def show_thing(self, thing, part):
        self.shown.append((thing, part))

    def follow(self, touched):
        self.followed.append(touched)

    def leave(self):
        if self.line.text():
            draft = Draft(self.name, "case", None, None, self.line.text(), {})
            self.house.tasks.op(self, Op(lambda w: w.save_draft(draft)))
        return self.may_leave


class StandInCaseload(StandIn):
    """The caseload as names in a list."""

    def __init__(self, house):
        super().__init__(house, "caseload")
        self.list = QListView()
        self.list.setModel(QStringListModel([]))
        self.layout().addWidget(self.list)

    def show_thing(self, thing, part):
        super().show_thing(thing, part)
        names = Query(
            lambda r: [cases.display_name(c) for c in r.find(Case)],
            lambda found: self.list.model().setStringList(found),
        )
        self.house.tasks.query(self, names)


def makers():
    """Return a stand-in for every page of the window."""
    made = {
        name: lambda house, name=name: StandIn(house, name)
        for name in ("today", "case", "meetings", "meeting", "search", "settings")
    }
    return {**made, "caseload": StandInCaseload}
