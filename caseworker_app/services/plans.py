"""The plan: made, made ready, kept in versions; its goals, SMART or still drafts, are in :mod:`.goals`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.age import age_on
from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity, type_of
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.plan import Goal, GoalStatus, Letter, Plan, PlanState, PlanVersion, plan_kind
from caseworker_app.services.cases import TEXT_LENGTH, tidy
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.goals import GoalView, goals_of
from caseworker_app.services.ports import Reader, Writer

_LONG = ("purpose", "child_words", "parents_words", "family_support")


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan opened: its goals in their order with their subgoals, and its versions, latest first."""

    case: Case
    plan: Plan
    goals: tuple[GoalView, ...]
    versions: tuple[PlanVersion, ...]

    @property
    def drafts(self) -> tuple[tuple[Goal, tuple[Letter, ...]], ...]:
        """Goals and subgoals that lack letters, with the letters each lacks."""
        found = [view for goal in self.goals for view in (goal, *goal.subgoals)]
        return tuple((view.goal, view.missing) for view in found if view.missing)


def begin(writer: Writer, case: Id, values: Mapping[str, Any] | None = None) -> Id:
    """Begin a plan; its kind is that of the law in force on the day, and of the child's age, unless it is said."""
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked: dict[str, Any] = {"begun_on": writer.today, **(values or {})}
    _check(checked)
    begun = checked["begun_on"] or writer.today
    age = None if found.born is None or found.born > begun else age_on(found.born, begun)
    checked.setdefault("kind", plan_kind(begun, age))
    plan = writer.new_id()
    writer.act("Begin a plan")
    writer.create(Plan(id=plan, stream=found.stream, **checked))
    return plan


def edit(writer: Writer, plan: Id, edits: Mapping[str, Edit]) -> None:
    """Change fields of a plan. Raises :class:`InvalidInput`."""
    now = known(writer, plan)
    values = {name: e.value for name, e in edits.items()}
    _check(values, now)
    writer.act("Change the plan")
    apply_edits(writer, Plan, plan, {n: Edit(v, edits[n].parents) for n, v in values.items()})


def _check(values: dict[str, Any], now: Plan | None = None) -> None:
    for name in _LONG:
        if name in values:
            values[name] = tidy(name, str(values[name]), TEXT_LENGTH)
    begun = values.get("begun_on", getattr(now, "begun_on", None))
    for name in ("ready_on", "ended_on"):
        day = values.get(name, getattr(now, name, None))
        if day is not None and begun is not None and day < begun:
            raise InvalidInput(name, "That is before the plan was begun.")


def known(reader: Reader, plan: Id) -> Plan:
    """Return a plan. Raises ``KeyError`` when there is none."""
    found = reader.get(Plan, plan)
    if found is None:
        raise KeyError("no such plan")
    return found


def make_ready(writer: Writer, plan: Id, on: dt.date, why: str = "") -> Id:
    """Say that the plan can be used from a day on, and keep a version of it; return the version's id.

    A plan without a goal that answers all five letters is not ready. Raises :class:`UserError` then, and
    :class:`InvalidInput` for a day that cannot be.
    """
    now = known(writer, plan)
    _check({"ready_on": on}, now)
    if on > writer.today:
        raise InvalidInput("ready_on", "That day has not come yet.")
    found = view(writer, plan)
    if not any(goal.status is GoalStatus.ACTIVE for goal in found.goals):
        raise UserError(
            "The plan has no active goal yet.",
            "Answer the letters that a goal lacks, and make it active.",
            "Keep the plan as a draft until then; nothing is lost.",
        )
    writer.act("The plan is ready")
    writer.set(Plan, plan, "ready_on", on, parents=None)
    writer.set(Plan, plan, "state", PlanState.ACTIVE, parents=None)
    return _add_version(writer, replace(now, ready_on=on, state=PlanState.ACTIVE), why)


def end(writer: Writer, plan: Id, on: dt.date) -> None:
    """Say that the plan is no longer in use. Raises :class:`InvalidInput` for a day that cannot be."""
    _check({"ended_on": on}, known(writer, plan))
    if on > writer.today:
        raise InvalidInput("ended_on", "That day has not come yet.")
    writer.act("End the plan")
    writer.set(Plan, plan, "ended_on", on, parents=None)
    writer.set(Plan, plan, "state", PlanState.ENDED, parents=None)


# --- Versions ------------------------------------------------------------------------------------------------


def keep_version(writer: Writer, plan: Id, why: str) -> Id:
    """Keep the plan as it stands now; return the version's id."""
    found = known(writer, plan)
    writer.act("Keep a version of the plan")
    return _add_version(writer, found, why)


def _add_version(writer: Writer, plan: Plan, why: str) -> Id:
    numbers = [v.number or 0 for v in writer.find(PlanVersion, where={"plan": plan.id}, cancelled=True)]
    version = writer.new_id()
    writer.create(
        PlanVersion(
            id=version,
            stream=plan.stream,
            plan=plan.id,
            number=max(numbers, default=0) + 1,
            made_on=writer.today,
            why=tidy("why", why, TEXT_LENGTH),
            snapshot=_snapshot(writer, plan),
        )
    )
    return version


def _snapshot(reader: Reader, plan: Plan) -> str:
    goals = sorted(reader.find(Goal, where={"plan": plan.id}), key=lambda goal: (goal.order, goal.id))
    whole = {"plan": _plain(plan), "goals": [_plain(goal) for goal in goals]}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True)


def _plain(thing: Entity) -> dict[str, Any]:
    """Return a thing's fields as the log would write them; ids as hexadecimal text."""
    plain = {spec.name: spec.to_plain(value) for spec, value in type_of(type(thing)).values(thing)}
    return {
        "id": thing.id.hex(),
        **{name: v.hex() if isinstance(v, bytes) else v for name, v in plain.items()},
    }


def read_version(version: PlanVersion) -> tuple[Plan, tuple[Goal, ...]]:
    """Return plan and goals as they stood. A field that has come since has its default."""
    whole = json.loads(version.snapshot)
    plan = _thing(Plan, whole["plan"], version.stream)
    return plan, tuple(_thing(Goal, goal, version.stream) for goal in whole["goals"])


def _thing(cls: type[Any], plain: Mapping[str, Any], stream: Id) -> Any:
    values: dict[str, Any] = {}
    for name, spec in type_of(cls).specs.items():
        if name in plain:
            stored = plain[name]
            is_id = spec.kind.name == "reference" and stored is not None
            values[name] = spec.from_plain(bytes.fromhex(stored) if is_id else stored)
    return cls(id=bytes.fromhex(plain["id"]), stream=stream, **values)


# --- Looking -------------------------------------------------------------------------------------------------


def view(reader: Reader, plan: Id) -> PlanView:
    """Return what a plan's page shows. Raises ``KeyError`` when there is no such plan."""
    found = known(reader, plan)
    case = next(iter(reader.find(Case, stream=found.stream, cancelled=True)))
    versions = reader.find(PlanVersion, where={"plan": plan})
    versions.sort(key=lambda version: version.number or 0, reverse=True)
    return PlanView(case, found, goals_of(reader, plan), tuple(versions))


def plans_of(reader: Reader, case: Id) -> tuple[Plan, ...]:
    """Return the plans of a case: the one in use first, then drafts, then ended ones, latest first."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    order = [PlanState.ACTIVE, PlanState.DRAFT, PlanState.ENDED]
    plans = reader.find(Plan, stream=found.stream)
    plans.sort(key=lambda plan: (order.index(plan.state), -(plan.begun_on or dt.date.min).toordinal()))
    return tuple(plans)
