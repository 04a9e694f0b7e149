"""Which visits are expected of the health visitor: the plan that is followed here, and what it means for one child."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from caseworker_app.domain.case import Case, CaseKind
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Function, Office, Worker
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.domain.visit import Visit, VisitKind, VisitState
from caseworker_app.domain.visit_plan import (
    OWN_PLAN,
    PREGNANCY_MONTHS,
    ChosenVisitPlan,
    ExpectedVisit,
    PlannedVisit,
    VisitPlan,
    expected,
    months_from,
    read_steps,
)
from caseworker_app.services.ports import Reader, Writer

STANDARD = "herning"
LOOKED_BACK = dt.timedelta(days=183)
"""An expected visit whose days passed longer ago is not asked after."""
PREGNANCY_SOURCE = N_("Herning's local standard: about two months before term")


def read_plans(text: str) -> Mapping[str, VisitPlan]:
    """Return the plans of a TOML file by id. Raises ``ValueError`` or :class:`InvalidInput` for one that is not whole."""
    rows = tomllib.loads(text).get("plan", [])
    found = {row["id"]: VisitPlan(row["id"], row["name"], read_steps(row["steps"])) for row in rows}
    if len(found) < len(rows) or STANDARD not in found:
        raise ValueError("two plans have one id, or the standard one is missing")
    return found


def lines_of(text: str, plan: str) -> str:
    """Return the lines of a plan as they are written, to begin an own one with."""
    rows = tomllib.loads(text).get("plan", [])
    return next((str(row["steps"]).strip() for row in rows if row["id"] == plan), "")


def _kept(reader: Reader) -> ChosenVisitPlan | None:
    found = reader.find(ChosenVisitPlan)
    return found[-1] if found else None


def chosen(reader: Reader, shipped: Mapping[str, VisitPlan]) -> VisitPlan:
    """Return the plan that is followed here: the municipality's own where it can be read, else the one it chose."""
    kept = _kept(reader)
    if kept is None:
        return shipped[STANDARD]
    if kept.plan == OWN_PLAN:
        try:
            return VisitPlan(OWN_PLAN, "", read_steps(kept.lines))
        except InvalidInput:
            return shipped[STANDARD]
    return shipped.get(kept.plan, shipped[STANDARD])


def own_lines(reader: Reader) -> str:
    """Return the municipality's own plan as it is written; empty when it has none."""
    kept = _kept(reader)
    return "" if kept is None else kept.lines


def choose(writer: Writer, shipped: Mapping[str, VisitPlan], plan: str, lines: str = "") -> None:
    """Follow another plan from now on; ``lines`` are the municipality's own. Visits that were held stay what they are.

    Raises :class:`InvalidInput` for a plan that is none, or lines that cannot be read.
    """
    if plan == OWN_PLAN:
        read_steps(lines)
    elif plan not in shipped:
        raise InvalidInput("plan", "There is no such plan.")
    writer.act("Choose a visit plan")
    kept = _kept(writer)
    if kept is None:
        office = writer.find(Office)[0]
        writer.create(ChosenVisitPlan(id=writer.new_id(), stream=office.stream, plan=plan, lines=lines))
        return
    writer.set(ChosenVisitPlan, kept.id, "plan", plan, parents=None)
    if plan == OWN_PLAN:
        writer.set(ChosenVisitPlan, kept.id, "lines", lines, parents=None)


# --- For one child ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A visit of the plan for one child, and the visit that is or was it."""

    expected: ExpectedVisit
    visit: Visit | None

    @property
    def open(self) -> bool:
        """Whether nobody has planned or held it."""
        return self.visit is None


def followed(reader: Reader, case: Case) -> bool:
    """Whether the plan is followed in a case: the worker is a health visitor, or health visiting is what it is about."""
    worker = reader.get(Worker, reader.author)
    own = worker is not None and worker.function is Function.HEALTH_VISITOR
    return own or CaseKind.HEALTH_VISITING in case.kinds


def rows(plan: VisitPlan, case: Case, visits: Iterable[Visit]) -> tuple[PlanRow, ...]:
    """Return the visits of the plan for one child, in the order of their days."""
    kept = [one for one in visits if one.state is not VisitState.CALLED_OFF]
    return tuple(
        PlanRow(one, _visit_of(one.step, kept)) for one in expected(plan.steps, case.born, case.term)
    )


def _visit_of(step: PlannedVisit, visits: Iterable[Visit]) -> Visit | None:
    for one in visits:
        if one.step == step.id or (step.first.before_term and one.kind is VisitKind.PREGNANCY):
            return one
    return None


def next_of(rows: Iterable[PlanRow], today: dt.date) -> PlanRow | None:
    """Return the next visit that nobody has planned: the first whose days have not passed long since. One that is held
    only when needed is not waited for."""
    open_ = [row for row in rows if row.open and not row.expected.step.by_need]
    return next((row for row in open_ if row.expected.last >= today - LOOKED_BACK), None)


@dataclass(frozen=True, slots=True)
class PregnancyDue:
    """The pregnancy visit of an unborn child that nobody has planned; ``due`` is ``None`` when the term is not known."""

    case: Case
    due: dt.date | None

    @property
    def said(self) -> Phrase:
        """What is to be done."""
        return Phrase(
            N_(
                "Plan the pregnancy visit"
                if self.due
                else "Write the term: the pregnancy visit is counted from it"
            )
        )


def pregnancy_due(case: Case, visits: Iterable[Visit]) -> PregnancyDue | None:
    """Return the deadline of the pregnancy visit, two months before term; ``None`` when it is held or planned, or the
    child is born."""
    if not case.unborn and not (case.term is not None and case.born is None):
        return None
    if any(one.kind is VisitKind.PREGNANCY and one.state is not VisitState.CALLED_OFF for one in visits):
        return None
    return PregnancyDue(case, None if case.term is None else months_from(case.term, -PREGNANCY_MONTHS))


def message(visit: Visit | None, sender: str) -> str:
    """Return the text message that confirms a pregnancy visit or the time of a visit: no name and nothing sensitive.

    Danish, whatever language the screen has. ``sender`` is who it is from.
    """
    who = sender or "sundhedsplejen"
    if visit is None or visit.when is None:
        return (
            "Hej. Vi har modtaget din henvendelse om et besøg. Vi aftaler det præcise tidspunkt med dig cirka to "
            f"måneder før. I er begge meget velkomne. Venlig hilsen {who}"
        )
    when = visit.when
    return (
        f"Hej. Vi ses den {when.day.day}. {_MONTHS[when.day.month - 1]} kl. {when.start:%H.%M}. Passer tiden ikke, så "
        f"ring eller skriv til os. Venlig hilsen {who}"
    )


_MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip


def visits_by_stream(reader: Reader) -> Mapping[Id, list[Visit]]:
    """Return all visits by the stream of their case."""
    found: dict[Id, list[Visit]] = {}
    for one in reader.find(Visit):
        found.setdefault(one.stream, []).append(one)
    return found
