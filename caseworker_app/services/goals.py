"""Goals of a plan: their letters, their progress, what shows it, and where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.entity import type_named
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.order import key_after, key_between
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.plan import (
    LETTER_LABELS,
    OPEN_STATUSES,
    SCALE,
    Evidence,
    Goal,
    GoalStatus,
    Letter,
    MarkSource,
    Plan,
    ProgressMark,
    missing_letters,
    shown_status,
)
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, tidy
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer

_LONG = (
    "text",
    "specific",
    "measurable",
    "attractive",
    "realistic",
    "time_bound",
    "indicator",
    "child_words",
    "parents_words",
)


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal as its page shows it. ``missing`` are the letters it lacks; while there are any it is a draft."""

    goal: Goal
    missing: tuple[Letter, ...]
    status: GoalStatus
    marks: tuple[ProgressMark, ...]
    evidence: tuple[Evidence, ...]
    subgoals: tuple[GoalView, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it is still worked with."""
        return self.goal.status in OPEN_STATUSES


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a goal's progress chart: who says it, and how far on which day."""

    source: MarkSource
    points: tuple[tuple[dt.date, int], ...]


# --- Writing -------------------------------------------------------------------------------------------------


def add(writer: Writer, plan: Id, values: Mapping[str, Any], parent: Id | None = None) -> Id:
    """Add a goal, or a subgoal of ``parent``, as a draft; return its id. Raises :class:`InvalidInput`."""
    found = writer.get(Plan, plan)
    if found is None:
        raise KeyError("no such plan")
    if parent is not None:
        above = known(writer, parent)
        if above.plan != plan:
            raise KeyError("no such goal in the plan")
        if above.parent is not None:
            raise InvalidInput("parent", "A subgoal has no subgoals of its own.", "Make it a goal first.")
    checked: dict[str, Any] = {"text": "", "start": writer.today, **values}
    _check(checked)
    last = max((g.order for g in writer.find(Goal, where={"plan": plan})), default="")
    goal = writer.new_id()
    writer.act("Add a goal")
    checked.pop("status", None)
    place = {"plan": plan, "parent": parent, "order": key_after(last)}
    writer.create(Goal(id=goal, stream=found.stream, **{**checked, **place}))
    return goal


def edit(writer: Writer, goal: Id, edits: Mapping[str, Edit]) -> None:
    """Change fields of a goal; its status is changed by :func:`set_status`. Raises :class:`InvalidInput`."""
    now = known(writer, goal)
    values = {name: e.value for name, e in edits.items() if name != "status"}
    _check(values, now)
    writer.act("Change a goal")
    apply_edits(writer, Goal, goal, {n: Edit(v, edits[n].parents) for n, v in values.items()})


def _check(values: dict[str, Any], now: Goal | None = None) -> None:
    for name in _LONG:
        if name in values:
            values[name] = tidy(name, str(values[name]), TEXT_LENGTH)
    if "text" in values and not values["text"]:
        raise InvalidInput("text", "Write what the goal is; one sentence is enough to begin with.")
    if "owners" in values:
        owners = (tidy("owners", owner, NAME_LENGTH) for owner in values["owners"])
        values["owners"] = tuple(owner for owner in owners if owner)
    start = values.get("start", getattr(now, "start", None))
    expected = values.get("expected_on", getattr(now, "expected_on", None))
    if start is not None and expected is not None and expected < start:
        raise InvalidInput("expected_on", "The goal is expected before it is begun.")


def known(reader: Reader, goal: Id) -> Goal:
    """Return a goal. Raises ``KeyError`` when there is none."""
    found = reader.get(Goal, goal)
    if found is None:
        raise KeyError("no such goal")
    return found


def set_status(writer: Writer, goal: Id, status: GoalStatus) -> None:
    """Say where a goal stands. Raises :class:`InvalidInput` for making one active that lacks letters, naming them."""
    now = known(writer, goal)
    _check_status(now, status)
    writer.act("Say where a goal stands")
    write_status(writer, now, status, writer.today)


def _check_status(goal: Goal, status: GoalStatus) -> None:
    missing = missing_letters(goal)
    if status is GoalStatus.ACTIVE and missing:
        raise InvalidInput(
            "status",
            "The goal is a draft: it lacks {letters}.",
            "Answer them together with the child and the parents.",
            letters=tuple(Phrase(LETTER_LABELS[letter]) for letter in missing),
        )


def write_status(writer: Writer, goal: Goal, status: GoalStatus, on: dt.date) -> None:
    """Write a status into the act that is under way; a goal that is no longer worked with has a last day."""
    _check_status(goal, status)
    ended = None if status in OPEN_STATUSES else on
    writer.set(Goal, goal.id, "status", status, parents=None)
    if ended != goal.ended_on:
        writer.set(Goal, goal.id, "ended_on", ended, parents=None)


def remove(writer: Writer, goal: Id) -> None:
    """Take back a goal that should not have been written; what was given up is given up, not removed."""
    known(writer, goal)
    writer.act("Remove a goal")
    writer.cancel(Goal, goal)


def move(writer: Writer, goal: Id, after: Id | None) -> None:
    """Put a goal behind another one of the plan, or first with ``None``."""
    now = known(writer, goal)
    others = [g for g in writer.find(Goal, where={"plan": now.plan}) if g.id != goal]
    others.sort(key=lambda g: (g.order, g.id))
    at = 0 if after is None else [g.id for g in others].index(after) + 1
    low = others[at - 1].order if at else ""
    high = next((g.order for g in others[at:] if g.order > low), "")
    writer.act("Move a goal")
    writer.set(Goal, goal, "order", key_between(low, high), parents=None)


def mark(
    writer: Writer,
    goal: Id,
    *,
    on: dt.date,
    source: MarkSource,
    value: int | None,
    words: str = "",
) -> Id:
    """Mark how far a goal is (0-10, or only words); return the mark's id. Raises :class:`InvalidInput`."""
    now = known(writer, goal)
    writer.act("Mark progress")
    return write_mark(writer, now, on=on, source=source, value=value, words=words)


def write_mark(
    writer: Writer,
    goal: Goal,
    *,
    on: dt.date,
    source: MarkSource,
    value: int | None,
    words: str,
    follow_up: Id | None = None,
) -> Id:
    """Write a mark into the act that is under way."""
    if value is not None and not 0 <= value <= SCALE:
        raise InvalidInput("value", "How far is said from 0 to {most}.", most=SCALE)
    words = tidy("words", words, TEXT_LENGTH)
    if value is None and not words:
        raise InvalidInput("value", "Say how far it is, or write it in words.")
    if on > writer.today:
        raise InvalidInput("marked_on", "That day has not come yet.", "Check the computer's clock if it has.")
    made = writer.new_id()
    writer.create(
        ProgressMark(
            id=made,
            stream=goal.stream,
            goal=goal.id,
            marked_on=on,
            source=source,
            value=value,
            words=words,
            follow_up=follow_up,
        )
    )
    return made


def take_back_mark(writer: Writer, mark: Id) -> None:
    """Take back a mark that should not have been made."""
    writer.act("Take back a progress mark")
    writer.cancel(ProgressMark, mark)


def link_evidence(writer: Writer, goal: Id, target_type: str, target: Id, note: str = "") -> Id:
    """Link a goal to what shows it; return the link's id. The target must be in the child's own case."""
    now = known(writer, goal)
    declared = type_named(target_type)
    thing = None if declared is None else writer.get(declared.cls, target)
    if thing is None or thing.stream != now.stream:
        raise KeyError("no such thing in the case")
    link = writer.new_id()
    writer.act("Link evidence to a goal")
    note = tidy("note", note, TEXT_LENGTH)
    writer.create(
        Evidence(id=link, stream=now.stream, goal=goal, target_type=target_type, target=target, note=note)
    )
    return link


def unlink_evidence(writer: Writer, link: Id) -> None:
    """Take back a link; what it pointed to stays."""
    writer.act("Take back a link to evidence")
    writer.cancel(Evidence, link)


# --- Looking -------------------------------------------------------------------------------------------------


def goals_of(reader: Reader, plan: Id) -> tuple[GoalView, ...]:
    """Return the goals of a plan in their order, each with its subgoals; a subgoal without its goal stands alone."""
    goals = reader.find(Goal, where={"plan": plan})
    if not goals:
        return ()
    stream = goals[0].stream
    return arranged(goals, reader.find(ProgressMark, stream=stream), reader.find(Evidence, stream=stream))


def arranged(
    goals: Iterable[Goal], marks: Iterable[ProgressMark] = (), evidence: Iterable[Evidence] = ()
) -> tuple[GoalView, ...]:
    """Return goals in their order, each with its subgoals and with what of ``marks`` and ``evidence`` is its own."""
    goals = sorted(goals, key=lambda goal: (goal.order, goal.id))
    marks_of, links_of = _by_goal(marks), _by_goal(evidence)
    top = {goal.id for goal in goals if goal.parent is None}

    def show(goal: Goal, below: tuple[GoalView, ...] = ()) -> GoalView:
        own = tuple(sorted(marks_of.get(goal.id, ()), key=lambda m: (m.marked_on or dt.date.min, m.id)))
        links = tuple(links_of.get(goal.id, ()))
        return GoalView(goal, missing_letters(goal), shown_status(goal), own, links, below)

    found = []
    for goal in goals:
        if goal.parent not in top:
            below = tuple(show(sub) for sub in goals if sub.parent == goal.id and goal.id in top)
            found.append(show(goal, below))
    return tuple(found)


def _by_goal(things: Iterable[Any]) -> dict[Id, list[Any]]:
    found: dict[Id, list[Any]] = {}
    for thing in things:
        found.setdefault(thing.goal, []).append(thing)
    return found


def progress(marks: Iterable[ProgressMark]) -> tuple[Line, ...]:
    """Return the lines of a goal's chart, one for each who says it; two marks of a day are both there, in order."""
    lines: dict[MarkSource, list[tuple[dt.date, int]]] = {}
    for one in marks:
        if one.value is not None and one.marked_on is not None:
            lines.setdefault(one.source, []).append((one.marked_on, one.value))
    ordered = [source for source in MarkSource if source in lines]
    return tuple(Line(source, tuple(sorted(lines[source], key=lambda p: p[0]))) for source in ordered)
