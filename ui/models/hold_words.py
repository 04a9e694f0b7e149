"""The words of the form of a follow-up: what was said last time, how far a goal is, how a stay will end."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app import i18n
from caseworker_app.domain.dates import full_date, long_date
from caseworker_app.domain.follow_up import WAY_LABELS, Way
from caseworker_app.domain.plan import MARK_SOURCE_LABELS
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.i18n import N_
from caseworker_app.services.deadline import Deadline
from caseworker_app.services.follow_up_pages import Opening
from caseworker_app.services.goals import GoalView
from ui.models.caseload_rows import child_words
from ui.models.due_rows import what_words
from ui.words import tr


def flat(goals: Sequence[GoalView]) -> tuple[GoalView, ...]:
    """Return goals with their subgoals that are still worked with, in one row."""
    return tuple(one for goal in goals for one in (goal, *(sub for sub in goal.subgoals if sub.open)))


def talk_ways() -> dict[Way, str]:
    """Return the ways a talk can be had: not by mail."""
    return {way: label for way, label in WAY_LABELS.items() if way is not Way.MAIL}


def planned_words(opening: Opening) -> str:
    """Say how an institution is planned to end, as far as it is written."""
    found, language = opening.intervention, i18n.current().language
    said = []
    if found.planned_end is not None:
        said.append(tr("Planned end: {day}", day=long_date(found.planned_end, language)))
    for label, words in (
        (N_("Next step down: {words}"), found.next_step),
        (N_("Afterwards cared for by: {words}"), found.coming_carer),
        (N_("The child wants: {words}"), found.child_wants),
        (N_("The parents want: {words}"), found.parents_want),
    ):
        if words:
            said.append(tr(label, words=words))
    return "\n".join(said)


def last_words(opening: Opening) -> str:
    """Say what came of the follow-up held last: day, the child's words, what was decided."""
    last = opening.last
    if last is None:
        return ""
    said = []
    if last.follow_up.held_on is not None:
        said.append(tr("Held on {day}", day=full_date(last.follow_up.held_on, i18n.current().language)))
    said += [f"»{talk.child_words}«" for talk in last.talks if talk.child_words]
    if last.follow_up.summary:
        said.append(last.follow_up.summary)
    return "\n".join(said)


def so_far_words(view: GoalView) -> str:
    """Say the child's wording of a goal, and the latest mark of it."""
    said = [tr("In the child's words: {words}", words=view.goal.child_words)] if view.goal.child_words else []
    marks = [mark for mark in view.marks if mark.value is not None]
    if marks:
        latest = marks[-1]
        said.append(
            tr("Last: {value} of 10 on {day} ({who})", value=latest.value, day=latest.marked_on,
               who=tr(MARK_SOURCE_LABELS[latest.source]).lower())
        )  # fmt: skip
    return " · ".join(said)


def other_words(one: Deadline) -> str:
    """Say what is due for another child of the family."""
    day = long_date(one.due, i18n.current().language)
    return tr("{name}: {what}, due {day}", name=child_words(one.case), what=what_words(one), day=day)


def law_date_words(law: DueItem | None) -> str:
    """Say which statutory date is settled by the same follow-up."""
    if law is None:
        return ""
    day, source = full_date(law.due, i18n.current().language), i18n.say(law.source.phrase)
    return tr("Held face to face it settles the law's date too: {day}, {source}.", day=day, source=source)
