"""Beside what is due: meetings, drafts, entries to sign, what is missing, cases above the limit, where it all lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import clock_span, day_and_month, weekday
from caseworker_app.domain.meeting import kind_name
from caseworker_app.domain.phrases import Phrase
from caseworker_app.services.journal_hints import HINT_LABELS, Hint
from caseworker_app.services.meetings import MeetingRow
from caseworker_app.services.ports import Draft
from caseworker_app.services.today import DraftRow, Today, Waiting
from ui.house import Place
from ui.widgets.line_button import LineButton
from ui.widgets.today.card import Card, muted
from ui.widgets.today.due_words import child, said
from ui.widgets.today.whole_line import WholeLine
from ui.words import tr

if TYPE_CHECKING:
    from caseworker_app.domain.investigation import Contribution

JOURNAL_SHOWN = 4
"""How many entries to sign or to write are shown before the rest is asked for."""
MINE_SHOWN = 6
"""How many agreements are shown before the rest is asked for."""
COOPERATION_SHOWN = 4
"""How many deadlines of Samarbejde are shown before the rest is asked for."""
VISITS_SHOWN = 6
"""How many visits and agreements are shown before the rest is asked for."""
MISSING_SHOWN = 5
"""How many warnings are shown before the rest is asked for."""


ASSESSMENT_PARTS = {
    "notification": "notifications",
    "first_contact": "notifications",
    "investigation": "investigation",
    "contribution": "investigation",
    "consent": "consents",
    "parents_hearing": "consents",
    "factor": "factors",
    "factor_mark": "factors",
    "complaint": "complaints",
    "breakdown": "complaints",
}
"""In which part of Underretning og undersøgelse a draft is finished, by the kind of thing it is."""
QUALITY_PARTS = {
    "cost_sheet": "cost",
    "cost_line": "cost",
    "cost_wage": "cost",
    "cost_expense": "cost",
    "own_effort": "efforts",
    "group_course": "groups",
    "group_member": "groups",
    "group_session": "groups",
    "time_entry": "time",
}
"""The part of the room of quality where a draft of a kind is finished."""
COOPERATION_PARTS = {
    "professional_contact": "actors",
    "internal_case": "internal",
    "resource_description": "resource",
    "resource_point": "resource",
    "psychologist_course": "psychologist",
    "psychologist_talk": "psychologist",
    "first_meeting": "first",
    "analysis_sheet": "analysis",
    "elevator_course": "elevator",
    "elevator_contract": "elevator",
    "elevator_step": "elevator",
    "elevator_hours": "elevator",
    "elevator_measure": "elevator",
    "effort_course": "effort",
    "course_element": "effort",
    "intensity_step": "effort",
    "tapering": "effort",
    "target_answer": "effort",
}
"""The same of Samarbejde."""


class SideCards(QObject):
    """Makes the cards. ``opened`` carries the place a line leads to, ``discarded`` the draft to forget, ``settled`` the
    agreement that is done."""

    opened = Signal(object)
    discarded = Signal(object)
    settled = Signal(object)
    meetings: QWidget | None = None
    """The card of today's meetings, as it was last made: what is missing stands before it."""

    def cards(self, day: Today) -> Iterator[QWidget]:
        """Yield the cards in their order; those with nothing to say are left out, where that goes without saying."""
        if day.unmarked:
            yield Card(tr("Was the meeting held?"), [self._meeting(m, day, "soon") for m in day.unmarked])
        meetings = [self._with_print(m, day) for m in day.meetings]
        yield from self._visits(day)
        yield from self._mine(day)
        yield from self._cooperation(day)
        self.meetings = Card(tr("Meetings today"), meetings, tr("No meetings today."))
        yield self.meetings
        empty = tr("No meetings planned. Open a case to plan one.")
        yield Card(tr("The next seven days"), [self._meeting(m, day) for m in day.ahead], empty)
        if day.above:
            yield Card(tr("Above the limit"), [self._above(case) for case in day.above])
        nothing = tr("Nothing half-written. What you begin and do not save is kept here.")
        yield Card(tr("Drafts to finish"), [self._draft(row) for row in day.drafts], nothing)
        yield from self._journal(day)
        if day.work is not None and day.work.warnings:
            yield self._missing(day.work.warnings)
        yield Card(tr("Where everything lies"), [_lies(day)])

    def _meeting(self, row: MeetingRow, day: Today, tone: str = "") -> LineButton:
        when, language = row.meeting.when, i18n.current().language
        hours = "" if when is None else clock_span(when.start, when.end, language)
        lead, kind = hours, tr(kind_name(row.meeting))
        parts = [kind, row.meeting.place]
        if when is not None and when.day != day.day:
            named = f"{weekday(when.day, language)} {day_and_month(when.day, language)}"
            lead, parts = "", [named[:1].upper() + named[1:], hours, *parts]
        line = WholeLine(
            child(row.case),
            " · ".join(part for part in parts if part),
            lead[:1].upper() + lead[1:],
            icon="warning" if tone else "",
            tone=tone or "muted",
        )
        line.setToolTip(line.accessibleName())
        line.clicked.connect(lambda: self.opened.emit(Place("meeting", row.meeting.id)))
        return line

    def _visits(self, day: Today) -> Iterator[QWidget]:
        """Yield the visits at hand and what was agreed on visits, if there is any."""
        if day.visits:
            from ui.widgets.today.visit_lines import visit_line

            lines = [partial(visit_line, row, day.day, self.opened.emit) for row in day.visits]
            first, rest = lines[:VISITS_SHOWN], lines[VISITS_SHOWN:]
            later = partial(_made, rest) if rest else None
            yield Card(tr("Visits"), _made(first), rest=later, more=tr("Show the rest"))

    def _mine(self, day: Today) -> Iterator[QWidget]:
        """Yield what the worker has agreed to do and is due, if there is any."""
        if day.mine is not None and day.mine != type(day.mine)():
            from ui.widgets.today.agreement_lines import lines

            made = lines(day.mine, day.day, self.opened.emit, self.settled.emit)
            first, rest = made[:MINE_SHOWN], made[MINE_SHOWN:]
            later = partial(_made, rest) if rest else None
            yield Card(tr("What you have agreed to do"), _made(first), rest=later, more=tr("Show the rest"))

    def _cooperation(self, day: Today) -> Iterator[QWidget]:
        """Yield what of Samarbejde has a day that is near or late, if there is any."""
        if day.cooperation:
            from ui.widgets.today.cooperation_lines import lines

            made = lines(day.cooperation, day.day, self.opened.emit)
            first, rest = made[:COOPERATION_SHOWN], made[COOPERATION_SHOWN:]
            later = partial(_made, rest) if rest else None
            yield Card(tr("Cooperation"), _made(first), rest=later, more=tr("Show the rest"))

    def _with_print(self, row: MeetingRow, day: Today) -> QWidget:
        """Return a meeting of today with the button that leads to its papers."""
        button = QPushButton(tr("Print …"))
        button.setAccessibleName(tr("Print for the meeting about {name}", name=child(row.case)))
        button.clicked.connect(lambda: self.opened.emit(Place("meeting", row.meeting.id, "invitations")))
        return _beside(self._meeting(row, day), button)

    def _above(self, case: Case) -> LineButton:
        line = WholeLine(
            child(case), tr("Close a case, hand one over, or record the team leader's exception."),
            icon="warning", tone="overdue",
        )  # fmt: skip
        line.clicked.connect(lambda: self.opened.emit(Place("case", case.id)))
        return line

    def _draft(self, row: DraftRow) -> QWidget:
        quiet = "" if row.case is None else child(row.case)
        if row.draft.updated is not None:
            quiet = " · ".join(part for part in (quiet, _moment(row.draft)) if part)
        line = WholeLine(row.draft.title, quiet, icon="pencil")
        line.clicked.connect(lambda: self.opened.emit(place_of(row)))
        discard = QPushButton(tr("Discard"))
        discard.setProperty("look", "quiet")
        discard.setAccessibleName(tr("Discard the draft {title}", title=row.draft.title))
        discard.clicked.connect(lambda: self.discarded.emit(row.draft))
        return _beside(line, discard)

    def _journal(self, day: Today) -> Iterator[QWidget]:
        """Yield what is to be signed and what is to be written of."""
        more = tr("Show the rest")
        for heading, lines in (
            (tr("Entries to sign"), [partial(self._unsigned, one) for one in day.unsigned]),
            (tr("Entries to write"), [partial(self._unwritten, one) for one in day.unwritten]),
            (
                tr("Contributions that are late"),
                [partial(self._contribution, *one) for one in day.contributions],
            ),
        ):
            first, rest = lines[:JOURNAL_SHOWN], lines[JOURNAL_SHOWN:]
            if not first:
                continue
            named = f"{heading} ({len(lines)})" if rest else heading
            later = partial(_made, rest) if rest else None
            yield Card(named, _made(first), rest=later, more=more)

    def _unsigned(self, one: Waiting) -> QWidget:
        words = one.heading or tr("Without a heading")
        day = "" if one.day is None else day_and_month(one.day, i18n.current().language)
        line = WholeLine(words, " · ".join(part for part in (child(one.case), day) if part), icon="pencil")
        place = Place("case", one.case.id, f"journal:entries:{one.entry.hex()}")
        line.clicked.connect(lambda: self.opened.emit(place))
        return line

    def _unwritten(self, one: Hint) -> QWidget:
        day = day_and_month(one.held_on, i18n.current().language)
        line = WholeLine(
            tr(HINT_LABELS[one.source_type], day=day), child(one.case), icon="warning", tone="soon"
        )
        name = f"journal:entries:hint:{one.source_type}:{one.source.hex()}"
        line.clicked.connect(lambda: self.opened.emit(Place("case", one.case.id, name)))
        return line

    def _contribution(self, case: Case, one: Contribution) -> QWidget:
        day = "" if one.due_by is None else day_and_month(one.due_by, i18n.current().language)
        who = ", ".join(part for part in (one.whom, one.profession) if part)
        quiet = " · ".join((child(case), tr("wanted by {day}", day=day)))
        line = WholeLine(who, quiet, icon="warning", tone="overdue")
        thing = "" if one.investigation is None else one.investigation.hex()
        place = Place("case", case.id, f"assessment:investigation:{thing}")
        line.clicked.connect(lambda: self.opened.emit(place))
        return line

    def _missing(self, warnings: Sequence[tuple[Case, Phrase]]) -> Card:
        first, rest = warnings[:MISSING_SHOWN], warnings[MISSING_SHOWN:]
        lines = [self._warning(*one) for one in first]
        heading = tr("Missing, or running on ({n})", n=len(warnings))
        if not rest:
            return Card(heading, lines)
        more = tr("Show the rest of what is missing")
        return Card(heading, lines, rest=lambda: [self._warning(*one) for one in rest], more=more)

    def _warning(self, case: Case, phrase: Phrase) -> QWidget:
        words = said(phrase)
        line = WholeLine(child(case), words, icon="note", tone="soon")
        line.setToolTip(words)
        line.clicked.connect(lambda: self.opened.emit(Place("case", case.id, "follow_up")))
        return line


def _made(lines: Sequence[Callable[[], QWidget]]) -> list[QWidget]:
    return [make() for make in lines]


def place_of(row: DraftRow) -> Place:
    """Return where a draft is finished: the thing's own page, else the case it belongs to."""
    draft, case = row.draft, row.case
    match draft.entity_type:
        case "meeting" if draft.entity is not None:
            return Place("meeting", draft.entity, "run" if draft.key.endswith(":run") else "plan")
        case "case" if draft.entity is not None:
            return Place("case", draft.entity, "overview")
        case "case" if draft.key.startswith("notification:"):
            return Place("caseload", None, "notification")
        case "case":
            return Place("caseload", None, "new")
        case "worker" | "office" | "template" | "rules":
            return Place("settings", None, draft.entity_type)
        case "family_course" | "course_session" | "course_family" | "daycare_consult":
            return Place("health")
        case "trial_action" | "trial_round":
            return Place("quality", None, f"board:draft:{draft.key}")
        case "kik_sheet" | "kik_element":
            return Place("quality", None, f"kik:draft:{draft.key}")
        case kind if kind in QUALITY_PARTS:
            return Place("quality", None, f"{QUALITY_PARTS[kind]}:draft:{draft.key}")
        case "own_instrument":
            return Place("quality", None, f"measures:draft:{draft.key}")
    if case is not None:
        return Place("case", case.id, _part_of(draft))
    return Place("caseload", None, "notification" if draft.entity_type == "notification" else "")


def _part_of(draft: Draft) -> str:
    """Return the part of its case where a draft is finished; empty for the case itself."""
    if draft.key.startswith("agreed:"):
        return f"agreements:tasks:draft:{draft.key}"
    match draft.entity_type:
        case "unannounced_visits" | "expectations":
            return f"agreements:family:draft:{draft.key}"
        case "person":
            return f"person:{draft.entity.hex()}" if draft.entity else "new-person"
        case "document" if draft.entity is not None:
            return f"journal:documents:card:{draft.entity.hex()}"
        case "follow_up" | "child_talk" | "intervention" | "party_hearing":
            return "follow_up"
        case kind if kind in ASSESSMENT_PARTS:
            return f"assessment:{ASSESSMENT_PARTS[kind]}:draft:{draft.key}"
        case kind if kind in COOPERATION_PARTS:
            return f"cooperation:{COOPERATION_PARTS[kind]}:draft:{draft.key}"
        case "measurement_plan":
            return f"measures:plan:draft:{draft.key}"
        case "measurement":
            return f"measures:taken:draft:{draft.key}"
        case "plan" | "goal" | "progress_mark" | "plan_version":
            return "plan"
        case "visit" | "visit_agreement" | "screening_score" | "home_facts":
            return f"visits:visits:draft:{draft.key}"
    return ""


def _beside(line: LineButton, button: QPushButton) -> QWidget:
    holder = QWidget()
    across = QHBoxLayout(holder)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(4)
    across.addWidget(line, 1)
    across.addWidget(button)
    return holder


def _lies(day: Today) -> QLabel:
    return muted(
        tr(
            "Everything lives on this computer so far, encrypted. Nothing has been sent anywhere, and nothing is lost "
            "without a network. {n} changes are kept in the log.",
            n=i18n.current().number(day.unsent),
        )
    )


def _moment(draft: Draft) -> str:
    then = draft.updated
    if then is None:
        return ""
    here, language = then.astimezone(), i18n.current().language
    return tr(
        "written {day} {time}", day=day_and_month(here.date(), language), time=i18n.current().time(here)
    )
