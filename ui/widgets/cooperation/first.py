"""The first meeting with a family, by its checklist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.first_meeting import FirstMeetingAnswer
from caseworker_app.domain.form_spec import Topic, TopicKind
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import first_meetings, first_papers
from caseworker_app.services.first_meetings import FirstView
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Reader, Writer
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page, Task
from ui.widgets.cooperation.part import CooperationPart
from ui.widgets.topic_form.columns import AnswerKeeping, Shown
from ui.words import tr


class FirstPart(CooperationPart[tuple[FirstView, ...]]):
    """One checklist a case."""

    follows = frozenset({"first_meeting", "first_meeting_answer", "case"})
    list_name = N_("First meeting")
    nothing_yet = N_(
        "The checklist of the first meeting is not begun. It is a frame to talk from: why you meet, what works, what "
        "worries, what everybody may expect. Questions of your own stand beside it."
    )

    def doings(self) -> list[Button]:
        return [
            (N_("Begin the checklist (Ins)"), "Ins", self.begin),
            (N_("Write in it (Ctrl+Enter)"), "Ctrl+Return", self.write),
            (N_("Show and print (Ctrl+P)"), "Ctrl+P", self.print),
        ]

    def load(self, reader: Reader, case: Case) -> tuple[FirstView, ...]:
        found = first_meetings.first_of(reader, case.id)
        forms = self.house.books.forms(reader)
        return () if found is None else (first_meetings.view(reader, found.id, forms),)

    def lines(self, loaded: tuple[FirstView, ...]) -> list[ListLine]:
        return [self._line(one) for one in loaded]

    @staticmethod
    def _line(one: FirstView) -> ListLine:
        when = one.meeting.held_on
        words = tr("First meeting") if when is None else f"{tr('First meeting')} {short_day(when)}"
        quiet = tr("{n} of {all} topics", n=one.written, all=len(one.spec.topics))
        return ListLine(one.meeting.id, words, quiet, "note", "accent")

    def page(self, loaded: tuple[FirstView, ...], key: Id) -> Page | None:
        one = next((view for view in loaded if view.meeting.id == key), None)
        if one is None:
            return None
        meeting, about = one.meeting, tr("the checklist")
        removed = N_("The checklist is removed. Ctrl+Z brings it back.")
        doings = (
            Doing(tr("Write in it …"), self.write, primary=True, about=about),
            Doing(tr("Day, participants, own questions …"), self.head, about=about),
            Doing(tr("Show and print …"), self.print, icon="print"),
            self.removing(lambda w: first_meetings.remove(w, meeting.id), removed, about),
        )
        head = (
            (tr("Held on"), day_words(meeting.held_on)),
            (tr("Who was there"), meeting.participants),
            (tr("Questions of our own"), meeting.own_questions),
            (tr("Note"), meeting.note),
        )
        sections = tuple(
            Facts(
                section.label,
                tuple((t.label, one.answers[t.id].text) for t in section.topics if t.id in one.answers),
            )
            for section in one.spec.sections
        )
        return Page(
            tr("First meeting"), tr("{n} of {all} topics", n=one.written, all=len(one.spec.topics)),
            tasks_heading=tr("Is it in place, and is it said?"),
            tasks=tuple(self._tick(one, topic, n) for topic in one.spec.topics if topic.kind is TopicKind.TAGS
                        for n in range(len(topic.options))),
            facts=(Facts("", head, doings), *sections),
        )  # fmt: skip

    def _tick(self, one: FirstView, topic: Topic, number: int) -> Task:
        option = topic.options[number]
        done = one.ticked(topic.id, option.id)
        words = tr("Take the tick away") if done else tr("Tick")
        return Task(
            option.label, "", done, (Doing(words, partial(self._set, one, topic, option.id, not done)),)
        )

    def _set(self, one: FirstView, topic: Topic, option: str, on: bool) -> None:
        books, meeting = self.house.books, one.meeting.id
        self.do(
            lambda w: first_meetings.tick(w, meeting, books.forms(w), topic.id, option, on),
            N_("It is saved."),
        )

    # what is done

    def begin(self) -> None:
        """Begin the checklist, or write on in the one there is."""
        case, books = self.case, self.house.books
        if self.loaded:
            self.write()
        elif case is not None:
            told = N_("The checklist is begun.")
            self.do(lambda w: first_meetings.begin(w, case.id, books.forms(w)), told)

    def head(self) -> None:
        """Change day, participants, own questions and note."""
        from ui.dialogs import cooperation_forms

        if self.loaded:
            meeting = self.loaded[0].meeting
            self.open(lambda case: cooperation_forms.first_head(self.house, case, self, meeting))

    def write(self) -> None:
        """Write in the checklist."""
        from ui.dialogs.topic_dialog import TopicDialog

        if not self.loaded:
            return
        one, books = self.loaded[0], self.house.books

        def add(writer: Writer, about: Id, topic: str, values: Mapping[str, Any]) -> Id:
            return first_meetings.write_answer(writer, about, books.forms(writer), topic, values)

        def edit(writer: Writer, answer: Id, edits: Mapping[str, Edit]) -> None:
            first_meetings.edit_answer(writer, answer, books.forms(writer), edits)

        def answers(reader: Reader) -> Mapping[str, Id]:
            return {topic: a.id for topic, a in first_meetings.answers_of(reader, one.meeting.id).items()}

        title = tr("First meeting")
        shown = Shown(one.spec, one.meeting.id, one.meeting.stream, "first_meeting", title, answers)
        explained = N_("A frame to talk from, in any order; nothing must be filled in. Saved as you go.")
        keeping = AnswerKeeping(FirstMeetingAnswer, add, edit)
        TopicDialog(self.house, keeping, shown, N_("First meeting"), explained, self).open()

    def print(self) -> None:
        """Show the checklist as a paper."""
        books = self.house.books
        if self.loaded:
            key = self.loaded[0].meeting.id
            self.show_paper(lambda r: first_papers.first_meeting_job(r, books, key), tr("First meeting"))

    def forms(self) -> Mapping[str, Callable[[], None]]:
        found: dict[str, Callable[[], None]] = {}
        for one in self.loaded or ():
            found[f"first_meeting:{one.meeting.id.hex()}"] = self.head
            found[f"topics:{one.meeting.id.hex()}"] = self.write
        return found
