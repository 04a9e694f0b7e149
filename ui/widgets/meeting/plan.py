"""The plan of a meeting: of which kind, why, when, where, who chairs, how it will run, what was tried first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import CALLER_LABELS, MEETING_KIND_LABELS, Meeting
from caseworker_app.domain.meeting_kinds import LEAVES_LABELS, WHO_LABELS, MeetingKinds, MeetingSort
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meetings_together
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.tasks import Touched
from ui.widgets.fields.choice import ChoiceEditor
from ui.widgets.fields.span import TimeSpanEditor
from ui.widgets.fields.text import LineEditor, LongEditor
from ui.widgets.form_view import FormView, Row, Section
from ui.widgets.meeting.part import Loaded, Part
from ui.words import bind_call, tr

WIDEST = 1040
"""Lines of text longer than this are hard to read, in px."""


class KindEditor(ChoiceEditor):
    """The kinds that ship, and those the municipality has added."""

    def __init__(self) -> None:
        self._own: dict[str, str] = {}
        super().__init__({str(kind): words for kind, words in MEETING_KIND_LABELS.items()})

    def offer(self, kinds: MeetingKinds) -> None:
        """Offer the kinds in use as well."""
        own = {one.id: one.name for one in kinds.kinds if one.id not in self._values}
        renamed = {one.id: one.name for one in kinds.kinds if one.own and one.id in self._values}
        for number, value in enumerate(self._values):
            if value in renamed:
                self._msgids[number] = renamed[value]
        self._values += own
        self._msgids += own.values()
        self.combo.addItems([""] * len(own))
        self._say_again()

    def show_value(self, value: Any) -> None:
        """Show a kind; one that is in no catalogue any more stands by its id."""
        if value is not None and value not in self._values:
            self._values.append(value)
            self._msgids.append(str(value))
            self.combo.addItem(str(value))
        super().show_value(value)


_WHAT: tuple[Row | Section, ...] = (
    Section(),
    Row("kind", KindEditor, width=4),
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
_BEFORE: tuple[Row | Section, ...] = (
    Section(N_("Before you invite")),
    Row(
        "tried", partial(LongEditor, 2), width=12,
        help=N_("Whoever has the concern tries her own ways first, and says so."),
    ),
    Row("time_agreed", LineEditor, width=12, help=N_("The parents and whoever must be there; before the letter goes.")),
    Row(
        "background", partial(LongEditor, 2), width=12,
        help=N_("It goes to those with custody and the child, and to professionals for whom a consent stands."),
    ),
)  # fmt: skip
_INVITED: tuple[Row | Section, ...] = (
    Section(N_("When somebody else has called the meeting"), folded=True),
    Row("caller", partial(ChoiceEditor, CALLER_LABELS, N_("We call it ourselves")), width=4),
    Row("caller_name", LineEditor, width=8),
    Row("papers", partial(LongEditor, 2), width=12),
)
ROWS = (*_WHAT, *_BEFORE, *_INVITED)


class PlanPart(Part):
    """The form over the meeting, in the middle of the page."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._child = ""
        self._kinds: MeetingKinds | None = None
        self._kind: MeetingSort | None = None
        self.form = FormView(
            house,
            Meeting,
            ROWS,
            self._save,
            title=lambda _form: self._child,
            said=N_("The plan is saved."),
            keys_within=self,
        )
        self.form.dirty_changed.connect(self.plan_changed)
        self.usual = QLabel()
        self.usual.setProperty("look", "muted")
        self.usual.setWordWrap(True)
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 12, 12, 12)
        column.addWidget(self.usual)
        column.addWidget(self.form)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        bind_call(self, self._say_usual)

    def _save(self, writer: Writer, meeting: Id | None, edits: Mapping[str, Edit]) -> Id:
        if meeting is None:
            raise RuntimeError("a plan is made with its meeting")
        meetings_together.edit(writer, meeting, edits, self._kinds)
        return meeting

    def show_loaded(self, loaded: Loaded) -> None:
        """Show the plan, with its draft when there is one."""
        view = loaded.opened.view
        self._child = view.case.first_name or view.case.unborn_of or tr("The staff")
        self._kinds, self._kind = loaded.kinds, loaded.kind
        editor, when = self.form.rows["kind"].editor, self.form.rows["when"].editor
        if isinstance(editor, KindEditor) and loaded.kinds is not None:
            editor.offer(loaded.kinds)
        if isinstance(when, TimeSpanEditor) and loaded.kind is not None:
            when.offer(loaded.kind.length)
        self._say_usual()
        if loaded.first or self.form.entity is None:
            self.form.edit(view.meeting.id)

    def _say_usual(self) -> None:
        self.usual.setText("" if self._kind is None else usual_words(self._kind))
        self.usual.setVisible(self._kind is not None)

    def follow(self, touched: Touched) -> None:
        """Take in what changed."""
        self.form.follow(touched)

    def begin(self) -> None:
        """Go to the purpose: it is what a meeting begins with."""
        self.form.rows["purpose"].editor.setFocus()

    def leave(self) -> None:
        """Keep the draft."""
        self.form.leave()


def usual_words(kind: MeetingSort) -> str:
    """Return what is usual for a kind, translated: how long, who, what it leaves behind, whether names are said."""
    parts = [tr("Usually {n} minutes", n=kind.length)]
    if kind.who:
        who = [tr(WHO_LABELS[word]) if word in WHO_LABELS else word for word in kind.who]
        parts.append(tr("with {names}", names=who))
    said = " ".join(parts) + "."
    if kind.leaves:
        said += " " + tr(
            "It leaves behind: {things}.", things=[tr(LEAVES_LABELS[one]) for one in kind.leaves]
        )
    if kind.anonymous:
        said += " " + tr("Without names, unless a consent stands.")
    return said
