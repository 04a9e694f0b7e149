"""Complaints over what was decided, and placements that broke down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from caseworker_app.domain.case import Case
from caseworker_app.domain.complaint import BROKEN_BY_LABELS, COMPLAINT_OUTCOME_LABELS, Breakdown, Complaint
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import END_REASON_LABELS
from caseworker_app.i18n import N_
from caseworker_app.services import complaints
from caseworker_app.services.complaints import BreakdownView, CaseComplaints, look_again_by
from caseworker_app.services.ports import Draft, Reader
from ui.house import Place
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.register import Button, Register
from ui.widgets.assessment.sheet import Doing, Facts, Page, Task
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Loaded:
    """What there is of a case, the day, and by complaint the day by which the rules want it looked at again."""

    today: dt.date
    of: CaseComplaints
    due: Mapping[Id, dt.date | None]


class ComplaintsPart(Register[Loaded]):
    """Complaints first, then breakdowns; one that only the placement's end tells of asks to be written."""

    follows = frozenset({"complaint", "breakdown", "intervention"})
    list_name = N_("Complaints and breakdowns")
    nothing_yet = N_(
        "No complaint and no breakdown is recorded. A complaint is looked at again within four weeks; a placement that "
        "breaks down is recorded with what comes next."
    )

    def doings(self) -> list[Button]:
        return [
            (N_("New complaint (Ins)"), "Ins", self.complain),
            (N_("A placement broke down …"), "", self.break_down),
        ]

    def load(self, reader: Reader, case: Case) -> Loaded:
        found = complaints.of_case(reader, case.id)
        book = self.house.books.rules(reader) if found.complaints else None
        due = {} if book is None else {one.id: look_again_by(book, one) for one in found.complaints}
        return Loaded(reader.today, found, due)

    def lines(self, loaded: Loaded) -> list[ListLine]:
        return [
            *(self._complaint_line(loaded, one) for one in loaded.of.complaints),
            *(self._breakdown_line(view) for view in loaded.of.breakdowns),
        ]

    def _complaint_line(self, loaded: Loaded, one: Complaint) -> ListLine:
        words = tr("Complaint from {who}", who=one.sender)
        if one.outcome is not None:
            quiet = f"{tr(COMPLAINT_OUTCOME_LABELS[one.outcome])} · {short_day(one.settled_on)}"
            return ListLine(one.id, words, quiet, "done", "done")
        due = loaded.due.get(one.id)
        if one.reassessed_on is None and one.sent_on is None and due is not None:
            if due < loaded.today:
                late = tr("was to be looked at again by {day}", day=short_day(due))
                return ListLine(one.id, words, late, "warning", "overdue")
            return ListLine(
                one.id, words, tr("look at it again by {day}", day=short_day(due)), "today", "soon"
            )
        if one.sent_on is not None:
            return ListLine(
                one.id, words, tr("at Ankestyrelsen since {day}", day=short_day(one.sent_on)), "history"
            )
        return ListLine(
            one.id, words, tr("looked at again {day}", day=short_day(one.reassessed_on)), "today", "accent"
        )

    @staticmethod
    def _breakdown_line(view: BreakdownView) -> ListLine:
        words = tr("Breakdown: {name}", name=view.placement.name)
        if view.record is None:
            return ListLine(
                view.placement.id, words, tr("the end says so; nothing is written yet"), "warning", "soon"
            )
        return ListLine(view.placement.id, words, short_day(view.record.happened_on), "note")

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        for one in loaded.of.complaints:
            if one.id == key:
                return self._complaint_page(loaded, one)
        for view in loaded.of.breakdowns:
            if view.placement.id == key:
                return self._breakdown_page(view)
        return None

    def _complaint_page(self, loaded: Loaded, one: Complaint) -> Page:
        name = "" if one.intervention is None else loaded.of.names.get(one.intervention, "")
        due = loaded.due.get(one.id)
        late = due is not None and due < loaded.today
        tasks = (
            Task(
                tr("The decision is looked at again within four weeks"),
                day_words(one.reassessed_on) or ("" if due is None else tr("by {day}", day=day_words(due))),
                one.reassessed_on is not None,
                tone="overdue" if late else "soon",
            ),
            Task(
                tr("Sent to Ankestyrelsen, if the decision stands"),
                day_words(one.sent_on),
                one.sent_on is not None,
            ),
            Task(tr("Settled"), day_words(one.settled_on), one.settled_on is not None),
        )
        rows = (
            (tr("Intervention"), name),
            (tr("Over which decision"), one.about),
            (tr("What looking again came to"), one.reassessment),
            (tr("Outcome"), "" if one.outcome is None else tr(COMPLAINT_OUTCOME_LABELS[one.outcome])),
            (tr("Note"), one.note),
        )
        about = tr("the complaint")
        removed = N_("The complaint is removed. Ctrl+Z brings it back.")
        doings = (
            Doing(tr("Go on with it …"), partial(self._edit, one), primary=one.open, about=about),
            Doing(
                tr("Remove"), partial(self.do, lambda w: complaints.remove(w, one.id), removed), about=about
            ),
        )
        came = tr("Received {moment}", moment=day_words(one.received_on))
        heading = tr("Complaint from {who}", who=one.sender)
        return Page(
            heading, came, tasks_heading=tr("What is done with it"), tasks=tasks, facts=(Facts("", rows),),
            doings=doings,
        )  # fmt: skip

    def _breakdown_page(self, view: BreakdownView) -> Page:
        record, placement = view.record, view.placement
        reason = "" if placement.end_reason is None else tr(END_REASON_LABELS[placement.end_reason])
        rows = [(tr("Ended on"), day_words(placement.ended_on)), (tr("Why it ended"), reason)]
        about = tr("the breakdown")
        minds: tuple[str, ...] = ()
        if record is None:
            minds = (tr("The placement's end says that it broke down. Write why, and what comes next."),)
            doings = [Doing(tr("Write it …"), partial(self._write, view), primary=True, about=about)]
        else:
            rows += [
                (tr("Happened on"), day_words(record.happened_on)),
                (tr("It broke down because"), tr(BROKEN_BY_LABELS[record.by])),
                (tr("Why"), record.why),
                (tr("What comes next"), record.next_step),
            ]
            removed = N_("The record of the breakdown is removed. Ctrl+Z brings it back.")
            remove = partial(self.do, lambda w: complaints.remove_breakdown(w, record.id), removed)
            doings = [
                Doing(tr("Change …"), partial(self._write, view), about=about),
                Doing(tr("Remove"), remove, about=about),
            ]
        doings.append(Doing(tr("Go to the interventions"), self._to_interventions))
        heading = tr("Breakdown: {name}", name=placement.name)
        return Page(heading, minds=minds, facts=(Facts("", tuple(rows)),), doings=tuple(doings))

    # what is done

    def complain(self) -> None:
        """Record a complaint."""
        from ui.dialogs import complaint_forms

        if self.case is not None:
            dialog = complaint_forms.complaint(self.house, self.case, self)
            dialog.form.saved.connect(self.saved)
            dialog.open()

    def _edit(self, one: Complaint) -> None:
        from ui.dialogs import complaint_forms

        if self.case is not None:
            complaint_forms.complaint(self.house, self.case, self, one).open()

    def break_down(self) -> None:
        """Record that a placement broke down."""
        from ui.dialogs import complaint_forms

        loaded = self.loaded
        if self.case is None or loaded is None:
            return
        if not loaded.of.placements:
            self.complaint.show_message("There is no placement in this case that could have broken down.")
            return
        self.complaint.clear()
        complaint_forms.breakdown(self.house, self.case, self).open()

    def _write(self, view: BreakdownView) -> None:
        from ui.dialogs import complaint_forms

        if self.case is not None:
            complaint_forms.breakdown(self.house, self.case, self, view.placement, view.record).open()

    def _to_interventions(self) -> None:
        if self.case is not None:
            self.house.go(Place("case", self.case.id, "interventions"))

    def resume(self, draft: Draft) -> None:
        kind, about, *rest = draft.key.split(":")
        loaded = self.loaded
        if loaded is None or self.case is None:
            return
        if kind == "complaint":
            found = next((one for one in loaded.of.complaints if one.id.hex() == about), None)
            if found is not None:
                self._edit(found)
            else:
                self.complain()
            return
        of = rest[0] if about == "new" else about
        for view in loaded.of.breakdowns:
            if view.placement.id.hex() == of or (view.record is not None and _is(view.record, of)):
                self._write(view)
                return
        self.break_down()


def _is(record: Breakdown, named: str) -> bool:
    return record.id.hex() == named
