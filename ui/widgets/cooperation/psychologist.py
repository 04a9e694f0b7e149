"""Clarifying talks with a psychologist: asked for, held one by one, and what they brought to the investigation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.psychologist_talk import (
    ASKER_LABELS,
    MOST_TALKS,
    NOT_TREATMENT,
    TALK_PURPOSE_LABELS,
    TALK_WITH_LABELS,
    PsychologistCourse,
    PsychologistTalk,
)
from caseworker_app.i18n import N_
from caseworker_app.services import psychologist_talks
from caseworker_app.services.ports import Reader
from caseworker_app.services.psychologist_talks import CourseView
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page, Task
from ui.widgets.cooperation.part import CooperationPart, new_key
from ui.words import tr


class PsychologistPart(CooperationPart[tuple[CourseView, ...]]):
    """A line a course; its talks are numbered by their days."""

    follows = frozenset({"psychologist_course", "psychologist_talk", "case"})
    list_name = N_("Talks with a psychologist")
    nothing_yet = N_(
        "No talks with a psychologist. School, parents or caseworker can ask for one to five clarifying talks; they are "
        "not confidential treatment, and that is said before the first."
    )

    def doings(self) -> list[Button]:
        return [
            (N_("Ask for talks (Ins)"), "Ins", self.ask_for),
            (N_("A talk was held …"), "", self.hold),
            (N_("Show and print (Ctrl+P)"), "Ctrl+P", self.print),
        ]

    def load(self, reader: Reader, case: Case) -> tuple[CourseView, ...]:
        return psychologist_talks.of_case(reader, case.id)

    def lines(self, loaded: tuple[CourseView, ...]) -> list[ListLine]:
        return [self._line(one) for one in loaded]

    @staticmethod
    def _line(one: CourseView) -> ListLine:
        course = one.course
        held = tr("{n} of {all} talks held", n=len(one.talks), all=course.planned or MOST_TALKS)
        if course.ended_on is not None:
            return ListLine(course.id, course.question, tr("ended, {held}", held=held), "done", "done")
        if course.told_on is None:
            return ListLine(
                course.id, course.question, tr("the family is not told what it is"), "note", "soon"
            )
        return ListLine(course.id, course.question, held, "today", "accent")

    def view(self, key: Id | None) -> CourseView | None:
        """Return a course that is shown."""
        return next((one for one in self.loaded or () if one.course.id == key), None)

    def page(self, loaded: tuple[CourseView, ...], key: Id) -> Page | None:
        one = self.view(key)
        if one is None:
            return None
        course, about = one.course, tr("the talks")
        rows = (
            (tr("What is to become clearer"), course.question),
            (tr("What for"), tr(TALK_PURPOSE_LABELS[course.purpose])),
            (tr("Asked for by"), tr(ASKER_LABELS[course.asked_by])),
            (tr("Talks with"), tr(TALK_WITH_LABELS[course.talk_with])),
            (tr("Psychologist"), course.psychologist),
            (tr("Asked on"), day_words(course.asked_on)),
            (tr("How many talks"), "" if course.planned is None else str(course.planned)),
            (tr("Told that it is no confidential treatment"), day_words(course.told_on)),
            (tr("Ended on"), day_words(course.ended_on)),
            (tr("What it brought to the investigation"), course.brought),
        )
        doings = [Doing(tr("Show and print …"), self.print, icon="print")]
        if one.left and course.ended_on is None:
            doings.insert(0, Doing(tr("A talk was held …"), self.hold, primary=True))
        doings.append(
            Doing(tr("Change, write what it brought …"), partial(self._change, course), about=about)
        )
        removed = N_("The talks are removed. Ctrl+Z brings them back.")
        doings.append(self.removing(lambda w: psychologist_talks.remove(w, course.id), removed, about))
        quiet = tr("{n} of {all} talks held", n=len(one.talks), all=course.planned or MOST_TALKS)
        return Page(
            tr("Clarifying talks with a psychologist"), quiet, (tr(NOT_TREATMENT),),
            tasks_heading=tr("The talks") if one.talks else "",
            tasks=tuple(self._talk(one, talk) for talk in one.talks),
            facts=(Facts("", rows),), doings=tuple(doings),
        )  # fmt: skip

    def _talk(self, one: CourseView, talk: PsychologistTalk) -> Task:
        number, course = one.number(talk.id), one.course
        words = tr("{number}. talk, {day}", number=number, day=day_words(talk.held_on))
        quiet = " · ".join(part for part in (tr(TALK_WITH_LABELS[talk.talk_with]), talk.text) if part)
        change = Doing(tr("Change …"), partial(self._change_talk, course, talk))
        removed = N_("The talk is removed. Ctrl+Z brings it back.")
        remove = partial(self.do, lambda w: psychologist_talks.remove_talk(w, talk.id), removed)
        return Task(words, quiet, True, (change, Doing(tr("Remove"), remove)))

    # what is done

    def ask_for(self) -> None:
        """Ask for talks."""
        from ui.dialogs import cooperation_forms

        self.open(lambda case: cooperation_forms.course(self.house, case, self))

    def _change(self, course: PsychologistCourse) -> None:
        from ui.dialogs import cooperation_forms

        self.open(lambda case: cooperation_forms.course(self.house, case, self, course))

    def hold(self) -> None:
        """Write that a talk was held."""
        from ui.dialogs import cooperation_forms

        one = self.view(self.list.key)
        if one is not None:
            self.open(lambda case: cooperation_forms.talk(self.house, case, self, one.course))

    def _change_talk(self, course: PsychologistCourse, talk: PsychologistTalk) -> None:
        from ui.dialogs import cooperation_forms

        self.open(lambda case: cooperation_forms.talk(self.house, case, self, course, talk))

    def print(self) -> None:
        """Show the course as a paper."""
        one = self.view(self.list.key)
        if one is not None:
            self.show_paper(
                lambda r: psychologist_talks.job(r, one.course.id), tr("Talks with a psychologist")
            )

    def forms(self) -> Mapping[str, Callable[[], None]]:
        if self.case is None:
            return {}
        found = {new_key("psychologist_course", self.case.id): self.ask_for}
        for one in self.loaded or ():
            found[f"psychologist_course:{one.course.id.hex()}"] = partial(self._change, one.course)
            found[f"psychologist_talk:new:{one.course.id.hex()}"] = self.hold
            for talk in one.talks:
                found[f"psychologist_talk:{talk.id.hex()}"] = partial(self._change_talk, one.course, talk)
        return found
