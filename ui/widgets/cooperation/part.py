"""What the parts of Samarbejde share: forms opened over the part, papers shown, a case that is certain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services.ports import Draft, Reader
from ui.dialogs.record_dialog import RecordDialog
from ui.house import House
from ui.tasks import Query
from ui.widgets.assessment.register import Register
from ui.widgets.assessment.sheet import Doing
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.words import tr

T = TypeVar("T")
Opener = Callable[[Case], QDialog]


class CooperationPart(Register[T]):
    """A part with papers. ``forms`` opens its forms, by the key of their drafts."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.desk = PaperDesk(house, self)
        self.desk.refused.connect(self.complaint.show_error)

    def open(self, opener: Opener) -> None:
        """Open a form over the part; what it makes is gone to."""
        if self.case is not None:
            dialog = opener(self.case)
            if isinstance(dialog, RecordDialog):
                dialog.form.saved.connect(self.saved)
            dialog.open()

    def show_paper(self, job: Callable[[Reader], PaperJob], title: str) -> None:
        """Make a paper and show it. ``title`` is translated and holds no name."""
        self.complaint.clear()
        asked = Query(job, lambda made: self.desk.preview(made, title, title))
        self.house.tasks.query(self, asked)

    def removing(self, act: Callable[[Any], Any], said: str, about: str) -> Doing:
        """Return the button that takes something away; ``said`` is a msgid."""
        return Doing(tr("Remove"), partial(self.do, act, said), about=about)

    def forms(self) -> Mapping[str, Callable[[], None]]:
        """Return by the key of a draft how its form is opened."""
        return {}

    def resume(self, draft: Draft) -> None:
        found = self.forms().get(draft.key)
        if found is not None:
            found()


def new_key(kind: str, case: Id) -> str:
    """Return the key of the draft of something new."""
    return f"{kind}:new:{case.hex()}"
