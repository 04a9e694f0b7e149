"""A version of the plan as text to read: headings, what everybody says, each goal with its letters."""

from __future__ import annotations

from html import escape

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.plan import PlanVersion
from caseworker_app.domain.plan_facts import GoalFacts
from caseworker_app.services import plans
from caseworker_app.services.goals import arranged
from caseworker_app.services.plan_words import goal_facts
from ui.widgets.plan.words import plan_name, plan_standing
from ui.words import tr


def version_html(version: PlanVersion) -> str:
    """Return a version as HTML for a reader that shows text only; what people wrote is escaped."""
    plan, goals = plans.read_version(version)
    day = version.made_on or plan.begun_on
    parts = [f"<h2>{escape(plan_name(plan))}</h2><p>{escape(plan_standing(plan))}</p>"]
    for head, text in (
        (tr("What the child says"), plan.child_words),
        (tr("What the parents say"), plan.parents_words),
        (tr("What the plan is for"), plan.purpose),
        (tr("Support for the family"), plan.family_support),
    ):
        if text:
            parts.append(f"<h3>{escape(head)}</h3><p>{_text(text)}</p>")
    if day is not None:
        for number, view in enumerate(arranged(goals), start=1):
            facts = goal_facts(i18n.current(), view, day)
            parts.append(_goal(facts, tr("Goal {number}", number=number)))
            for sub in facts.subgoals:
                parts.append(_goal(sub, tr("Subgoal")))
    return "".join(parts)


def _goal(goal: GoalFacts, name: str) -> str:
    language = i18n.current().language
    rows = [(tr("Status"), goal.lacks or goal.status)]
    rows += [
        (tr("In the child's words"), goal.child_words),
        (tr("In the parents' words"), goal.parents_words),
    ]
    rows += [(one.name, one.answer or tr("missing")) for one in goal.letters]
    rows.append((tr("Who works with it"), ", ".join(goal.owners)))
    if goal.expected_on is not None:
        rows.append((tr("Expected on"), long_date(goal.expected_on, language)))
    cells = "".join(
        f'<tr><td width="30%"><b>{escape(head)}</b></td><td>{_text(text)}</td></tr>'
        for head, text in rows
        if text
    )
    return f'<h3>{escape(name)}: {escape(goal.text)}</h3><table width="100%" cellpadding="3">{cells}</table>'


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
