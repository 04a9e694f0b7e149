"""The resource-centre meeting: the description in time, the parents' remarks, the agenda, decisions, the parents told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from caseworker_app.domain.case import Case
from caseworker_app.domain.form_spec import FormSpec
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting
from caseworker_app.domain.resource_meeting import LEVEL_LABELS, ResourceDescription
from caseworker_app.i18n import N_
from caseworker_app.services import resource_meetings
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.resource_meetings import DescriptionView
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page, Task
from ui.widgets.cooperation.part import CooperationPart, new_key
from ui.widgets.cooperation.resource_acts import ResourceActs
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Loaded:
    """The meetings the child is brought to, with the form of each, and the meetings of this kind the case has."""

    today: dt.date
    views: tuple[DescriptionView, ...]
    specs: Mapping[Id, FormSpec]
    meetings: tuple[Meeting, ...]


class ResourcePart(CooperationPart[Loaded]):
    """A line a meeting, the latest first."""

    follows = frozenset(
        {"resource_description", "resource_answer", "resource_point", "agreement", "meeting", "case"}
    )
    list_name = N_("Resource-centre meetings")
    nothing_yet = N_(
        "The child has not been brought to a resource-centre meeting. The teacher's form is printed, or sent to be filled "
        "in on the screen; it is due 14 days before the meeting."
    )

    @cached_property
    def acts(self) -> ResourceActs:
        """What can be done here."""
        return ResourceActs(self)

    def doings(self) -> list[Button]:
        return [
            (N_("Bring the child (Ins)"), "Ins", self.acts.ask_for),
            (N_("The teacher's form (Ctrl+P)"), "Ctrl+P", self.acts.form_paper),
            (N_("Fetch a filled-in form …"), "", self.acts.fetch),
        ]

    def load(self, reader: Reader, case: Case) -> Loaded:
        books = self.house.books
        views = resource_meetings.of_case(reader, case.id, books.rules(reader).holidays)
        forms = books.forms(reader)
        specs = {one.description.id: resource_meetings.spec_of(one.description, forms) for one in views}
        return Loaded(reader.today, views, specs, resource_meetings.meetings_of(reader, case.id))

    def lines(self, loaded: Loaded) -> list[ListLine]:
        return [self._line(loaded, one) for one in loaded.views]

    @staticmethod
    def _line(loaded: Loaded, one: DescriptionView) -> ListLine:
        day = tr("no day yet") if one.day is None else short_day(one.day)
        words = f"{day} {one.description.place}".strip()
        key = one.description.id
        if one.late(loaded.today):
            late = tr("the description was due {day}", day=short_day(one.deadline))
            return ListLine(key, words, late, "warning", "overdue")
        if one.untold(loaded.today):
            return ListLine(
                key, words, tr("the parents are to be contacted the same day"), "warning", "overdue"
            )
        if one.description.received_on is None:
            due = tr("the description is due {day}", day=short_day(one.deadline))
            return ListLine(key, words, due, "today", "accent")
        if one.description.contacted_on is not None:
            return ListLine(key, words, tr("held, the parents are told"), "done", "done")
        return ListLine(key, words, tr("the description is here"), "done", "accent")

    def view(self, key: Id | None) -> DescriptionView | None:
        """Return a meeting that is shown."""
        views = () if self.loaded is None else self.loaded.views
        return next((one for one in views if one.description.id == key), None)

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        one = self.view(key)
        if one is None:
            return None
        found = one.description
        heading = tr("Resource-centre meeting {day}", day=day_words(one.day) or tr("no day yet"))
        return Page(
            heading, found.place, self._minds(loaded, one), tasks_heading=tr("In the order it goes"),
            tasks=tuple(self._steps(loaded, one)),
            facts=(
                Facts("", (), self._doings(one)),
                *self._content(loaded, one),
                self._agenda(one),
                self._decided(loaded, one),
                Facts(tr("Afterwards"), ((tr("What the meeting came to"), found.outcome),)),
            ),
        )  # fmt: skip

    @staticmethod
    def _minds(loaded: Loaded, one: DescriptionView) -> tuple[str, ...]:
        said = []
        if one.late(loaded.today):
            said.append(
                tr("The description was due {day}, 14 days before the meeting.", day=day_words(one.deadline))
            )
        if one.told_late():
            said.append(tr("The parents were contacted later than the day of the meeting."))
        return tuple(said)

    def _steps(self, loaded: Loaded, one: DescriptionView) -> list[Task]:
        found, about = one.description, one.written
        write = Doing(tr("Write …"), partial(self.acts.write, one))
        came = tr("due {day}, 14 days before", day=short_day(one.deadline)) if one.deadline else ""
        if found.received_on is not None:
            came = tr("came {day}", day=short_day(found.received_on))
        said = tr("{n} of {all} topics", n=about, all=len(loaded.specs[found.id].topics))
        late = one.late(loaded.today)
        steps = [
            Task(tr("The teacher's description"), f"{came} · {said}", found.received_on is not None,
                 (write, *self._came(found)), "overdue" if late else "soon"),
            Task(tr("The parents' remarks"),
                 tr("shown {day}", day=short_day(found.shown_on)) if found.shown_on else tr("not shown yet"),
                 found.shown_on is not None, (Doing(tr("Write …"), partial(self.acts.remarks, found)),)),
        ]  # fmt: skip
        told = found.contacted_on
        tick = Doing(tr("Contacted today"), partial(self.acts.told, found), primary=one.untold(loaded.today))
        steps.append(
            Task(
                tr("The parents contacted the same day"),
                tr("contacted {day}", day=short_day(told)) if told else tr("not yet"),
                told is not None,
                () if told is not None or not one.untold(loaded.today) else (tick,),
                "overdue" if one.untold(loaded.today) else "soon",
            )
        )
        return steps

    def _came(self, found: ResourceDescription) -> tuple[Doing, ...]:
        if found.received_on is not None:
            return ()
        told = N_("The description is here. Ctrl+Z takes it back.")

        def act(writer: Writer) -> None:
            resource_meetings.edit(writer, found.id, {"received_on": Edit(writer.today)})

        return (Doing(tr("It came today"), partial(self.do, act, told)),)

    def _doings(self, one: DescriptionView) -> tuple[Doing, ...]:
        found, about = one.description, tr("the meeting")
        doings = [
            Doing(
                tr("The teacher's form …"),
                self.acts.form_paper,
                primary=found.received_on is None,
                icon="print",
            ),
            Doing(tr("The description on paper …"), self.acts.filled_paper),
            Doing(tr("Agenda on paper …"), self.acts.agenda_paper),
            Doing(tr("Change …"), partial(self.acts.change, found), about=about),
        ]
        if self.loaded is not None and found.meeting is None:
            for meeting in self.loaded.meetings[:2]:
                words = tr(
                    "Belongs to the meeting of {day}",
                    day=short_day(meeting.when.day if meeting.when else None),
                )
                doings.append(Doing(words, partial(self.acts.belongs, found, meeting)))
        removed = N_("The child is off the meeting. Ctrl+Z brings it back.")
        doings.append(self.removing(lambda w: resource_meetings.remove(w, found.id), removed, about))
        return tuple(doings)

    @staticmethod
    def _content(loaded: Loaded, one: DescriptionView) -> list[Facts]:
        found = one.description
        spec = loaded.specs[found.id]
        rows = tuple((t.label, one.answers[t.id].text) for t in spec.topics if t.id in one.answers)
        who = ", ".join(part for part in (found.teacher, found.function) if part)
        by = (
            tr("The parents' remarks ({who})", who=found.remarks_by)
            if found.remarks_by
            else tr("The parents' remarks")
        )
        return [Facts(tr("Description"), ((tr("Who describes"), who), *rows, (by, found.remarks)))]

    def _agenda(self, one: DescriptionView) -> Facts:
        rows = tuple((tr(LEVEL_LABELS[p.level]), p.text) for p in one.points)
        add = Doing(tr("Add a point …"), partial(self.acts.point, one.description), about=tr("the agenda"))
        child = (tr("A child"), one.case.first_name or one.case.unborn_of)
        return Facts(tr("Agenda: a child, a group, the whole school, information"), (child, *rows), (add,))

    def _decided(self, loaded: Loaded, one: DescriptionView) -> Facts:
        def said(what: str, who: str, due: dt.date | None, done: dt.date | None) -> str:
            when = tr("settled {day}", day=short_day(done)) if done else tr("until {day}", day=short_day(due))
            return f"{what}\n{who} · {when}"

        rows = [("", said(a.what, a.who, a.due, a.done_on)) for a in one.decisions]
        rows += [(tr("From an earlier meeting"), said(a.what, a.who, a.due, a.done_on)) for a in one.earlier]
        decide = Doing(tr("Decide …"), partial(self.acts.decide, one.description), about=tr("the meeting"))
        outcome = Doing(tr("What the meeting came to …"), partial(self.acts.outcome, one.description))
        return Facts(tr("Decisions"), tuple(rows), (decide, outcome))

    def forms(self) -> Mapping[str, Callable[[], None]]:
        if self.case is None or self.loaded is None:
            return {}
        found = {new_key("resource_description", self.case.id): self.acts.ask_for}
        for one in self.loaded.views:
            about = one.description
            key = f"resource_description:{about.id.hex()}"
            found[key] = partial(self.acts.change, about)
            found[f"{key}:remarks"] = partial(self.acts.remarks, about)
            found[f"{key}:outcome"] = partial(self.acts.outcome, about)
            found[f"topics:{about.id.hex()}"] = partial(self.acts.write, one)
            found[f"resource_point:new:{about.id.hex()}"] = partial(self.acts.point, about)
            found[f"resource_decision:new:{about.id.hex()}"] = partial(self.acts.decide, about)
        return found
