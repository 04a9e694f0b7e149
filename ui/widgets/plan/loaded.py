"""What the plan's page reads at once: the plans of the case, the one that is shown, and what belongs to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Print
from caseworker_app.domain.person import Person
from caseworker_app.domain.plan import Plan
from caseworker_app.services import evidence, papers, plans
from caseworker_app.services.evidence import Shows
from caseworker_app.services.goals import GoalView
from caseworker_app.services.plans import PlanView
from caseworker_app.services.ports import Draft, Reader

DRAFTED = frozenset({"plan", "goal", "progress_mark", "plan_version"})
"""The things whose forms are opened from the plan's page."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The plans of a case, the one in sight (``None``: there is none), what shows each goal, the people to offer.

    ``drafts`` are the forms about the plan that were begun and not saved, latest first.
    """

    plans: tuple[Plan, ...]
    view: PlanView | None
    shows: Mapping[Id, tuple[Shows, ...]]
    people: tuple[str, ...]
    printed: tuple[Print, ...]
    today: dt.date
    drafts: tuple[Draft, ...] = ()

    def goal(self, wanted: Id | None) -> GoalView | None:
        """Return a goal or subgoal of the plan in sight."""
        return next((one for one in self.goals() if one.goal.id == wanted), None)

    def goals(self) -> tuple[GoalView, ...]:
        """Return the goals, each followed by its subgoals."""
        top = () if self.view is None else self.view.goals
        return tuple(one for goal in top for one in (goal, *goal.subgoals))


def load(reader: Reader, case: Id, wanted: Id | None) -> Loaded:
    """Read the plans of a case, and of them the one wanted, or the one in use."""
    found = plans.plans_of(reader, case)
    chosen = next((plan.id for plan in found if plan.id == wanted), found[0].id if found else None)
    if chosen is None:
        return Loaded(found, None, {}, (), (), reader.today)
    view = plans.view(reader, chosen)
    goals = [one for goal in view.goals for one in (goal, *goal.subgoals)]
    shows = {goal.goal.id: evidence.of_goal(reader, goal) for goal in goals if goal.evidence}
    people = [person.name for person in reader.find(Person, stream=view.case.stream)]
    names = tuple(dict.fromkeys(name for name in (view.case.first_name, *people) if name))
    drafts = [d for d in reader.drafts() if d.stream == view.case.stream and d.entity_type in DRAFTED]
    drafts.sort(key=lambda draft: draft.updated or dt.datetime.min.replace(tzinfo=dt.UTC), reverse=True)
    printed = tuple(papers.printed(reader, chosen))
    return Loaded(found, view, shows, names, printed, reader.today, tuple(drafts))
