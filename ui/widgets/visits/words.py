"""A visit as lines and sheet: what is said of it, translated."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.danish import join_and
from caseworker_app.domain.dates import clock_span, full_date, long_date, short_date
from caseworker_app.domain.form_spec import FormSpec, Topic
from caseworker_app.domain.journal import EntryDraft
from caseworker_app.domain.light_text import plain
from caseworker_app.domain.person import Person
from caseworker_app.domain.screening_score import ScreeningScore
from caseworker_app.domain.visit import (
    AREA_HEADINGS,
    AREA_LABELS,
    VISIT_KIND_LABELS,
    Area,
    HomeFacts,
    ParentsEntry,
    Side,
    Visit,
    VisitAgreement,
    VisitNote,
    VisitState,
)
from caseworker_app.services import visit_journal
from caseworker_app.services.screening_scores import worth_a_talk
from caseworker_app.services.visit_plans import PlanRow, PregnancyDue
from caseworker_app.services.visit_views import VisitView
from ui.models.caseload_rows import child_words
from ui.widgets.assessment.line_list import ListLine
from ui.words import tr


@dataclass(frozen=True, slots=True)
class OneVisit:
    """A visit with its form, and how it stands in the two journals."""

    view: VisitView
    spec: FormSpec
    draft: EntryDraft | None
    child_signed: bool
    parents: tuple[ParentsEntry, ...]

    @property
    def visit(self) -> Visit:
        """The visit."""
        return self.view.visit


@dataclass(frozen=True, slots=True)
class Loaded:
    """The visits of a case, what else is known of it, and what the plan expects next."""

    visits: tuple[OneVisit, ...]
    scores: tuple[ScreeningScore, ...]
    home: HomeFacts | None
    plan: tuple[PlanRow, ...]
    next: PlanRow | None
    pregnancy: PregnancyDue | None
    chosen: int
    today: dt.date
    followed: bool
    siblings: tuple[Case, ...] = ()
    parents: tuple[Person, ...] = ()

    def one(self, key: bytes | None) -> OneVisit | None:
        """Return a visit that is shown."""
        return next((one for one in self.visits if one.visit.id == key), None)


def day_words(day: dt.date | None) -> str:
    """Return a day in words; empty for none."""
    return "" if day is None else long_date(day, i18n.current().language)


def kind_words(visit: Visit) -> str:
    """Return what a visit is."""
    kind = tr(VISIT_KIND_LABELS[visit.kind])
    return tr("{kind} with {whom}", kind=kind, whom=visit.joint_with) if visit.joint_with else kind


def when_words(visit: Visit) -> str:
    """Return when and where it is or was."""
    language = i18n.current().language
    if visit.held_on is not None:
        when = tr("Held {day}", day=long_date(visit.held_on, language))
    elif visit.when is not None:
        hours = clock_span(visit.when.start, visit.when.end, language)
        when = f"{full_date(visit.when.day, language)} {hours}"
    else:
        when = ""
    parts = [when[:1].upper() + when[1:], visit.place, ", ".join(visit.participants)]
    return " · ".join(part for part in parts if part)


def together_words(one: OneVisit) -> str:
    """Return for whom else the visit is written; empty for a visit of this child alone."""
    if not one.view.together:
        return ""
    names = join_and((child_words(case) for case in one.view.together), i18n.current().language)
    return tr("Also written for {children}.", children=names)


def line_of(one: OneVisit, today: dt.date) -> ListLine:
    """Return its line of the list."""
    visit = one.visit
    day = "" if visit.day is None else long_date(visit.day, i18n.current().language)
    said, icon, tone = _standing(one, today)
    head = " · ".join(part for part in (tr(VISIT_KIND_LABELS[visit.kind]), day) if part)
    also = tr("also for siblings") if one.view.together else ""
    quiet = " · ".join(part for part in (said, visit.joint_with, also) if part)
    return ListLine(visit.id, head, quiet, icon, tone)


def _standing(one: OneVisit, today: dt.date) -> tuple[str, str, str]:
    """Return how it stands in words, with the icon and the colour's meaning."""
    visit = one.visit
    if visit.state is VisitState.CALLED_OFF:
        return tr("called off"), "close", "muted"
    if visit.state is VisitState.PLANNED:
        late = visit.day is not None and visit.day < today
        return (tr("was it held?"), "warning", "soon") if late else (tr("planned"), "today", "accent")
    if one.draft is not None or (one.view.side(Side.PARENTS) and not one.parents):
        return tr("to sign"), "pencil", "soon"
    return tr("held"), "done", "done"


def rows_of(one: OneVisit, area: Area) -> tuple[tuple[str, str], ...]:
    """Return the topics of one heading with what is written."""
    found = visit_journal.ordered(one.spec, one.view.notes.values())
    return tuple(
        (topic_words(topic, note), note_words(topic, note)) for topic, note in found if note.area is area
    )


def topic_words(topic: Topic, note: VisitNote) -> str:
    """Return a topic's name, and that it may go to the investigation."""
    if note.to_investigation:
        return f"{topic.label}\n→ {tr('may go to the investigation')}"
    return topic.label


def note_words(topic: Topic, note: VisitNote) -> str:
    """Return what is written, without its marks."""
    return plain(visit_journal.words_of(topic, note))


def area_words(area: Area) -> str:
    """Return the journal and its heading."""
    return tr(AREA_LABELS[area])


def heading_of(area: Area) -> str:
    """Return the heading of the record system, word for word."""
    return AREA_HEADINGS[area] or tr("What was seen")


def agreement_words(agreed: VisitAgreement, today: dt.date) -> tuple[str, str, str]:
    """Return what was agreed, who and when below it, and the colour's meaning."""
    language = i18n.current().language
    if agreed.done_on is not None:
        quiet = tr("done {day}", day=short_date(agreed.done_on, language))
        return agreed.what, " · ".join(part for part in (agreed.who, quiet) if part), "done"
    if agreed.due is None:
        return agreed.what, agreed.who, "soon"
    day = short_date(agreed.due, language)
    late = agreed.due < today
    words = tr("was due {day}", day=day) if late else tr("by {day}", day=day)
    return (
        agreed.what,
        " · ".join(part for part in (agreed.who, words) if part),
        "overdue" if late else "soon",
    )


def score_words(score: ScreeningScore) -> tuple[str, str]:
    """Return a score's name and day, and its number with what must be minded."""
    name = " · ".join(part for part in (score.instrument, day_words(score.taken_on)) if part)
    parts = [str(score.score), score.about]
    if worth_a_talk(score):
        parts.append(tr("11 or more: worth a talk; municipalities differ in their limit"))
    if score.item10:
        parts.append(tr("thoughts of self-harm: {done}", done=score.note))
    elif score.note:
        parts.append(score.note)
    if score.taken_by:
        parts.append(tr("taken by {who}", who=score.taken_by))
    return name, " · ".join(part for part in parts if part)


def plan_words(row: PlanRow) -> str:
    """Return the next visit of the plan with its days."""
    language = i18n.current().language
    first, last = row.expected.first, row.expected.last
    span = short_date(first, language)
    if last != first:
        span = f"{span} – {short_date(last, language)}"
    return tr("Next by the visit plan: {name}, {days}", name=row.expected.step.name, days=span)
