"""Everything that is due in a case, evaluated: a pure function of what was written and the rules.

Local standard and law stand side by side. What is late stays until it is done or waived with a reason; nothing is
moved to a working day, only planned on one. A meeting of another kind never settles a follow-up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import DECIDED, Intervention
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import ItemKind
from caseworker_app.domain.rules.warnings import overrun_warning, rhythm_warnings
from caseworker_app.services import courses, statutes
from caseworker_app.services.courses import Course
from caseworker_app.services.deadline import CaseDeadlines, Deadline, Own, Work, lateness_of, plan
from caseworker_app.services.rule_book import RuleBook
from caseworker_app.services.statutes import Facts

HEARING, RHYTHM, ANSWER = "local:party_hearing", "law:rhythm", "law:parent_heard"
"""Keys of what is due and counted by no rule file."""

_WORK = {
    ItemKind.FOLLOW_UP: Work.FOLLOW_UP,
    ItemKind.STATUS_REPORT: Work.REPORT,
    ItemKind.COURSE_END: Work.COURSE_END,
    ItemKind.SUPERVISION: Work.SUPERVISION,
}
_OUTCOME_WORK = {
    "danger_assessed": Work.ASSESSMENT,
    "receipt_sent": Work.RECEIPT,
    "investigation_ended": Work.INVESTIGATION,
    "scoping_ended": Work.INVESTIGATION,
    "plan_ready": Work.PLAN,
    "plan_before_decision": Work.PLAN,
    "youth_plan_considered": Work.PLAN,
    "decision_looked_at_again": Work.COMPLAINT,
}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A case with the courses of its interventions and the facts its other deadlines hang on."""

    case: Case
    courses: tuple[Course, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, today, and the last day looked at. With ``settled`` what is done, waived or missing is given too."""

    now: dt.datetime
    today: dt.date
    until: dt.date
    settled: bool = True


def evaluate(book: RuleBook, bundle: Bundle, moment: Moment) -> CaseDeadlines:
    """Return a case's deadlines, warnings and notes."""
    made = _Maker(book, bundle.case, moment)
    found: list[Deadline] = []
    warnings: list[Phrase] = []
    notes: list[Phrase] = []
    for course in bundle.courses:
        items = (
            *courses.local_items(book, course, moment.until),
            *courses.law_items(book, course, moment.until),
        )
        found += made.of_course(course, items)
        found += made.hearing(course)
        words, missing = made.rhythm(course)
        found += missing
        warnings += (*words, *_overrun(book, course.intervention, moment.today))
        notes += _without_rule(book, course.intervention, moment.today)
    found += made.statutory(bundle.facts)
    found += made.answers(bundle.facts)
    found.sort(key=lambda one: (one.due, one.law, one.subject, one.item.number))
    days = tuple(statutes.missing_days(book, bundle.facts, moment.today)) if moment.settled else ()
    return CaseDeadlines(bundle.case, tuple(found), tuple(warnings), tuple(notes), days)


def _overrun(book: RuleBook, found: Intervention, today: dt.date) -> Iterator[Phrase]:
    if found.start is None or found.start > today or found.rule not in book.rule_names:
        return
    end = None if found.ended_on is None else max(found.ended_on, found.start)
    warning = overrun_warning(book.local, found.rule, found.start, today, end=end)
    if warning is not None:
        yield warning.words


def _without_rule(book: RuleBook, found: Intervention, today: dt.date) -> Iterator[Phrase]:
    if found.ended_on is not None and found.ended_on < today:
        return
    if not found.rule:
        yield Phrase("{name}: no local follow-up rule", {"name": found.name})
    elif found.rule not in book.rule_names:
        yield Phrase("{name}: the rules in use know no rule {rule}", {"name": found.name, "rule": found.rule})


class _Maker:
    """Makes the deadlines of one case."""

    def __init__(self, book: RuleBook, case: Case, moment: Moment) -> None:
        self._book, self._case, self._moment = book, case, moment

    def of_course(self, course: Course, items: Iterable[DueItem]) -> Iterator[Deadline]:
        """Yield what the intervention's own rules count."""
        found, latest = course.intervention, course.latest
        agreed = None if latest is None else latest.next_on
        next_ones: set[bool] = set()
        for item in items:
            if item.settled and not self._moment.settled:
                continue
            work, key = _WORK.get(item.kind, Work.MARK), courses.key_of(item)
            is_next = work is Work.FOLLOW_UP and not item.settled and item.law not in next_ones
            if is_next:
                next_ones.add(item.law)
            yield self._deadline(item, work, "intervention", found.id, key, agreed if is_next else None)

    def statutory(self, facts: Facts) -> Iterator[Deadline]:
        """Yield what the law counts from events."""
        for counted in statutes.statutory_items(self._book, facts):
            item = counted.item
            if item.due <= self._moment.until and (self._moment.settled or not item.settled):
                works = [_OUTCOME_WORK[word] for word in item.outcome if word in _OUTCOME_WORK]
                work = works[0] if works else Work.MARK
                yield self._deadline(item, work, counted.subject_type, counted.subject, courses.key_of(item))

    def hearing(self, course: Course) -> Iterator[Deadline]:
        """Yield the child's hearing before an intervention starts (K "Ved opstart af foranstaltning")."""
        found, heard = course.intervention, course.hearing
        if found.start is None or found.kind not in DECIDED or self._case.unborn:
            return
        settled = (heard is not None and heard.settled) or _marked(course, HEARING)
        if settled and not self._moment.settled:
            return
        own = Own(
            found.start,
            Phrase("Party hearing of the child"),
            Phrase(
                "Local standard: the child is heard before {name} starts on {day}.",
                {"name": found.name, "day": found.start},
            ),
            Phrase("{source}", {"source": "Herningmodellen 1.0 (2015), Børnesamtale: Ved opstart"}),
            law=False,
            held=heard.held_on if heard is not None else None,
            waived=settled and (heard is None or heard.held_on is None),
        )
        yield self._deadline(own, Work.HEARING, "intervention", found.id, HEARING)

    def answers(self, facts: Facts) -> Iterator[Deadline]:
        """Yield the days by which parents who are heard were asked to answer; the day is the worker's own."""
        for heard, silent in facts.hearings:
            own = [m for m in facts.marks if m.subject == heard.id and m.rule == ANSWER]
            done = next((m.done_on for m in own if m.done_on is not None), heard.answered_on or silent)
            waived = done is None and any(m.waiver is not None for m in own)
            day = heard.deadline
            if day is None or day > self._moment.until or ((done or waived) and not self._moment.settled):
                continue
            due = Own(
                day,
                Phrase("Answer of a parent who is heard: {who}", {"who": heard.who}),
                Phrase(
                    "Law: who is heard is given time to answer; {who} was asked to answer by {day}.",
                    {"who": heard.who, "day": day},
                ),
                Phrase("{source}", {"source": "Forvaltningsloven §§ 19 og 21; dagen er sat i sagen"}),
                law=True,
                held=done,
                waived=waived,
                participants=("caseworker", "parent"),
            )
            yield self._deadline(due, Work.PARENT_HEARD, "parents_hearing", heard.id, ANSWER)

    def rhythm(self, course: Course) -> tuple[list[Phrase], list[Deadline]]:
        """Return what is missing of the decision on the rhythm, as words and as something to do (BL § 95 stk. 3)."""
        found, law = course.intervention, self._book.law.last
        rule = law.rules.get(courses.follow_up_rule(law, found))
        held = [one.held_on for one in course.settling if one.full and one.held_on is not None]
        held = [day for day in held if day >= law.valid_from]
        over = found.ended_on is not None and found.ended_on < self._moment.today
        if rule is None or not held or found.kind not in DECIDED or over:
            return [], []
        warnings = rhythm_warnings(law, rule.id, held, courses.decided(course))
        if not warnings or _marked(course, RHYTHM):
            return [], []
        own = Own(
            min(held),
            Phrase("Decision on the rhythm of follow-ups"),
            warnings[0].words,
            rule.origin.reference.phrase,
            law=True,
        )
        missing = self._deadline(own, Work.RHYTHM, "intervention", found.id, RHYTHM)
        return [one.words for one in warnings], [missing]

    def _deadline(
        self,
        item: DueItem | Own,
        work: Work,
        subject_type: str,
        subject: Id,
        key: str,
        agreed: dt.date | None = None,
    ) -> Deadline:
        today = self._moment.today
        return Deadline(
            self._case,
            work,
            subject_type,
            subject,
            key,
            item,
            plan(item.due, today, self._book.holidays),
            lateness_of(item, self._moment.now, today),
            agreed,
        )


def _marked(course: Course, key: str) -> bool:
    """Whether something was said to be done, or waived, by its key."""
    return any(mark.rule == key and (mark.done_on or mark.waiver) for mark in course.marks)
