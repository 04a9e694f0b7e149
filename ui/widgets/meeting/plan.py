"""The plan of a meeting: why, when, where, who chairs and how it will run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import MEETING_KIND_LABELS, Meeting
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meetings
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.tasks import Touched
from ui.widgets.fields.choice import ChoiceEditor
from ui.widgets.fields.span import TimeSpanEditor
from ui.widgets.fields.text import LineEditor, LongEditor
from ui.widgets.form_view import FormView, Row, Section
from ui.widgets.meeting.part import Loaded, Part

WIDEST = 1040
"""Lines of text longer than this are hard to read, in px."""

ROWS = (
    Row("kind", partial(ChoiceEditor, MEETING_KIND_LABELS), width=4),
    Row("when", TimeSpanEditor, N_("Day and time"), width=8),
    Row(
        "purpose", partial(LongEditor, 3), N_("We meet because …"), width=12,
        help=N_("Plain, warm words. Child, parents and network read the same sentence."),
    ),
    Row("place", LineEditor, width=6),
    Row("chair", LineEditor, width=3),
    Row("chair_function", LineEditor, width=3),
    Row("course", partial(LongEditor, 2), width=12, help=N_("What happens first, then, and last; the breaks.")),
    Row("contact_name", LineEditor, width=4),
    Row("contact_phone", LineEditor, width=4),
    Row("minutes_taker", LineEditor, width=4),
)  # fmt: skip


def _save(writer: Writer, meeting: Id | None, edits: Mapping[str, Edit]) -> Id:
    if meeting is None:
        raise RuntimeError("a plan is made with its meeting")
    meetings.edit(writer, meeting, edits)
    return meeting


class PlanPart(Part):
    """The form over the meeting, in the middle of the page."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._child = ""
        rows: tuple[Row | Section, ...] = (Section(), *ROWS)
        self.form = FormView(
            house,
            Meeting,
            rows,
            _save,
            title=lambda _form: self._child,
            said=N_("The plan is saved."),
            keys_within=self,
        )
        self.form.dirty_changed.connect(self.plan_changed)
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 12, 12, 12)
        column.addWidget(self.form)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def show_loaded(self, loaded: Loaded) -> None:
        """Show the plan, with its draft when there is one."""
        view = loaded.opened.view
        self._child = view.case.first_name or view.case.unborn_of
        if loaded.first or self.form.entity is None:
            self.form.edit(view.meeting.id)

    def follow(self, touched: Touched) -> None:
        """Take in what changed."""
        self.form.follow(touched)

    def begin(self) -> None:
        """Go to the purpose: it is what a meeting begins with."""
        self.form.rows["purpose"].editor.setFocus()

    def leave(self) -> None:
        """Keep the draft."""
        self.form.leave()
