"""The plan and its goals in the words of the moment: what it is called, where a goal stands."""

from __future__ import annotations

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.plan import GOAL_STATUS_LABELS, GoalStatus, Plan, PlanState
from caseworker_app.domain.plan_facts import PLAN_LAW_LABELS, PLAN_NAME_LABELS
from caseworker_app.services.goals import GoalView
from caseworker_app.services.plan_words import lacking
from ui.words import tr


def plan_name(plan: Plan) -> str:
    """Return what a plan is called, with both words."""
    return tr(PLAN_NAME_LABELS[plan.kind])


def plan_standing(plan: Plan) -> str:
    """Return by which law it is made and where it stands, with the day."""
    language, law = i18n.current().language, tr(PLAN_LAW_LABELS[plan.kind])
    if plan.state is PlanState.DRAFT:
        day = plan.begun_on
        said = tr("being made since {day}", day=long_date(day, language)) if day else tr("being made")
    elif plan.state is PlanState.ACTIVE:
        day = plan.ready_on
        said = tr("in use since {day}", day=long_date(day, language)) if day else tr("in use")
    else:
        day = plan.ended_on
        said = (
            tr("no longer in use since {day}", day=long_date(day, language))
            if day
            else tr("no longer in use")
        )
    return f"{law} · {said}"


def goal_status(view: GoalView) -> str:
    """Return where a goal stands: what a draft lacks, how far it was last said to be, until when."""
    words = i18n.current()
    said = []
    if view.status is GoalStatus.DRAFT:
        said.append(lacking(words, view.missing) or tr("Draft: not made active yet"))
    else:
        said.append(tr(GOAL_STATUS_LABELS[view.status]))
    last = next((mark.value for mark in reversed(view.marks) if mark.value is not None), None)
    if last is not None:
        said.append(tr("{number} of {all}", number=last, all=10))
    if view.goal.expected_on is not None and view.open:
        said.append(tr("by {day}", day=long_date(view.goal.expected_on, words.language)))
    return " · ".join(said)
