"""Interventions: chosen from the catalogue, begun, changed and ended; what is still to be asked about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.catalogue import (
    Catalogue,
    CatalogueEntry,
)
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.follow_up import FollowUp, PartyHearing
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import (
    DECIDED,
    INSTITUTION_MONTHS,
    EndReason,
    Intervention,
    InterventionKind,
    InterventionState,
    Price,
    PriceUnit,
    current_step,
)
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.rules.periods import add_months
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, tidy
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer

_SHORT = ("name", "supplier", "expected_duration", "coming_carer", "next_step")
_LONG = ("purpose", "end_note", "child_wants", "parents_want", "note")
_DATES = ("decided_on", "told_on", "start", "planned_end", "ended_on")


# --- Registering and changing --------------------------------------------------------------------------------


def register(
    writer: Writer,
    case: Id,
    entry: CatalogueEntry,
    values: Mapping[str, Any],
    *,
    without_consent: bool = False,
) -> Id:
    """Register an intervention from an entry of the catalogue; return its id.

    Name, kind, step, rule and legal basis are the entry's unless ``values`` say otherwise. Purpose, expected duration
    and, for an institution, how it will end are asked for (:func:`asks`) and not demanded: what is done is never
    kept out. Raises :class:`InvalidInput` for days that cannot be, and for a start outside the entry's period.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    basis = entry.forced_basis if without_consent and entry.forced_basis else entry.basis
    checked: dict[str, Any] = {
        "catalogue": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "step": entry.step,
        "basis": basis,
        "without_consent": without_consent,
        "rule": entry.rule,
        "supplier": "",
        **values,
    }
    _check(checked)
    start = checked.get("start")
    if start is not None and not entry.valid_on(start):
        raise InvalidInput(
            "start",
            "{name} is not in the catalogue on that day.",
            "Choose what it was called then.",
            name=entry.name,
        )
    intervention = writer.new_id()
    writer.act("Register an intervention")
    writer.create(Intervention(id=intervention, stream=found.stream, **checked))
    return intervention


def edit(writer: Writer, intervention: Id, edits: Mapping[str, Edit]) -> None:
    """Change fields of an intervention. Raises :class:`InvalidInput`, also for an end before the start."""
    now = known(writer, intervention)
    values = {name: e.value for name, e in edits.items()}
    _check(values, now)
    _check_held(writer, now, values.get("start"))
    writer.act("Change the intervention")
    apply_edits(
        writer, Intervention, intervention, {n: replace(edits[n], value=v) for n, v in values.items()}
    )


def _check_held(reader: Reader, now: Intervention, start: dt.date | None) -> None:
    """Refuse a start after something that was already held."""
    if start is None:
        return
    days = [f.held_on for f in reader.find(FollowUp, where={"intervention": now.id}) if f.held_on is not None]
    if days and min(days) < start:
        raise InvalidInput(
            "start",
            "A follow-up was held on {day}, before that start.",
            "Correct the day of the follow-up, or write an earlier start.",
            day=min(days),
        )


def end(writer: Writer, intervention: Id, on: dt.date, reason: EndReason, note: str = "") -> None:
    """End an intervention on its last day, with the reason. Raises :class:`InvalidInput`."""
    now = known(writer, intervention)
    if now.start is None:
        raise InvalidInput("start", "Write when it began first.")
    if on > writer.today:
        raise InvalidInput(
            "ended_on",
            "That day has not come yet.",
            "Write it as the planned end, or check the computer's clock.",
        )
    values: dict[str, Any] = {"ended_on": on, "end_reason": reason, "end_note": note}
    _check(values, now)
    writer.act("End the intervention")
    for name, value in values.items():
        writer.set(Intervention, intervention, name, value, parents=None)


def go_on(writer: Writer, intervention: Id) -> None:
    """Take an end back: the intervention runs on."""
    known(writer, intervention)
    writer.act("The intervention goes on")
    writer.set(Intervention, intervention, "ended_on", None, parents=None)
    writer.set(Intervention, intervention, "end_reason", None, parents=None)


def remove(writer: Writer, intervention: Id) -> None:
    """Take back an intervention that was registered by mistake; it stays in the history."""
    known(writer, intervention)
    writer.act("Remove an intervention")
    writer.cancel(Intervention, intervention)


def known(reader: Reader, intervention: Id) -> Intervention:
    """Return an intervention. Raises ``KeyError`` when there is none."""
    found = reader.get(Intervention, intervention)
    if found is None:
        raise KeyError("no such intervention")
    return found


def _check(values: dict[str, Any], now: Intervention | None = None) -> None:
    """Check and tidy values in place, over what the intervention holds already."""
    for names, longest in ((_SHORT, NAME_LENGTH), (_LONG, TEXT_LENGTH)):
        for name in names:
            if name in values:
                values[name] = tidy(name, str(values[name]), longest)
    if "name" in values and not values["name"]:
        raise InvalidInput("name", "Write what the intervention is called.")
    if "step" in values and values["step"] is not None and not 1 <= values["step"] <= 6:
        raise InvalidInput("step", "The ladder has the steps 1 to 6.")
    price = values.get("price")
    if isinstance(price, Price) and (price.oere < 0 or price.unit not in PriceUnit.__members__.values()):
        raise InvalidInput("price", "A price is an amount of at least 0 and what it is for.")
    if values.keys() & set(_DATES):
        _check_days({name: values.get(name, getattr(now, name, None)) for name in _DATES})


def _check_days(days: Mapping[str, dt.date | None]) -> None:
    start = days["start"]
    for name in ("ended_on", "planned_end"):
        last = days[name]
        if last is not None and start is not None and last < start:
            raise InvalidInput(
                name, "It ends before it begins.", "Write the end after the start, or correct the start."
            )
    if days["ended_on"] is not None and start is None:
        raise InvalidInput("start", "Write when it began first.")
    decided, told = days["decided_on"], days["told_on"]
    if decided is not None and told is not None and told < decided:
        raise InvalidInput("told_on", "The decision was given before it was made.")


# --- What is asked for ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ask:
    """Something an intervention still lacks: the field, the question, and who asks for it."""

    field: str
    question: Phrase
    source: Phrase


_LAW_ASKS = (
    ("purpose", Phrase("What is the purpose of the intervention?")),
    ("expected_duration", Phrase("How long is it expected to last?")),
)
_END_ASKS = (
    ("planned_end", Phrase("When is the stay planned to end?")),
    ("next_step", Phrase("What is the next step down?")),
    ("coming_carer", Phrase("Who will care for the child afterwards?")),
    ("child_wants", Phrase("What does the child want?")),
    ("parents_want", Phrase("What do the parents want?")),
)


def asks(intervention: Intervention) -> tuple[Ask, ...]:
    """Return what is still to be asked: purpose and duration of what is decided, and how an institution will end."""
    found = []
    if intervention.kind in DECIDED:
        law = Phrase("barnets lov § 32, stk. 3: the decision states purpose and expected duration")
        found += [Ask(name, question, law) for name, question in _LAW_ASKS if not getattr(intervention, name)]
    if intervention.kind is InterventionKind.INSTITUTION:
        local = Phrase("Herningmodellen: an institution is a treatment with an end")
        found += [
            Ask(name, question, local) for name, question in _END_ASKS if not getattr(intervention, name)
        ]
    return tuple(found)


def warnings(intervention: Intervention) -> tuple[Phrase, ...]:
    """Return what should be minded: an institution planned for more than twelve months."""
    start, planned = intervention.start, intervention.planned_end
    if intervention.kind is not InterventionKind.INSTITUTION or start is None or planned is None:
        return ()
    if planned <= add_months(start, INSTITUTION_MONTHS):
        return ()
    return (
        Phrase(
            "The stay is planned for more than {months} months: an institution is a treatment with an end.",
            {"months": INSTITUTION_MONTHS},
        ),
    )


# --- Looking -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InterventionView:
    """An intervention as a list shows it.

    ``retired``: its kind is no longer in the catalogue; it is shown all the same. ``heard``: the child's hearing
    before it began, or ``None``.
    """

    intervention: Intervention
    state: InterventionState
    asks: tuple[Ask, ...]
    warnings: tuple[Phrase, ...]
    retired: bool
    heard: PartyHearing | None


@dataclass(frozen=True, slots=True)
class CaseInterventions:
    """All of a case, those running first, then coming, then ended; the step they make, and what is to be said."""

    rows: tuple[InterventionView, ...]
    step: int | None
    notes: tuple[Phrase, ...]


def of_case(reader: Reader, case: Id, catalogue: Catalogue) -> CaseInterventions:
    """Return what a case's page shows of its interventions. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    today = reader.today
    everything = reader.find(Intervention, stream=found.stream)
    heard = {hearing.intervention: hearing for hearing in reader.find(PartyHearing, stream=found.stream)}
    views = [
        InterventionView(
            one,
            one.state_on(today),
            asks(one),
            warnings(one),
            bool(one.catalogue) and catalogue.retired(one.catalogue, today),
            heard.get(one.id),
        )
        for one in everything
    ]
    order = [InterventionState.OPEN, InterventionState.COMING, InterventionState.ENDED]
    views.sort(key=lambda v: (order.index(v.state), -_latest(v.intervention).toordinal()))
    return CaseInterventions(tuple(views), step_of(found, everything, today), notes(everything, today))


def _latest(intervention: Intervention) -> dt.date:
    return intervention.ended_on or intervention.start or dt.date.max


def notes(interventions: Iterable[Intervention], day: dt.date) -> tuple[Phrase, ...]:
    """Return what a case's interventions give reason to say: two placements that run at once (both are kept)."""
    placed = [i for i in interventions if i.placement and i.open_on(day)]
    if len(placed) < 2:
        return ()
    return (
        Phrase(
            "{n} placements run at once: {names}. Both are shown; end the one that is over.",
            {"n": len(placed), "names": ", ".join(i.name for i in placed)},
        ),
    )


def step_of(case: Case, interventions: Iterable[Intervention], day: dt.date) -> int | None:
    """Return the case's step on the ladder: the highest that runs; what was set by hand until the first one begins."""
    begun = [i for i in interventions if not i.cancelled and i.start is not None and i.start <= day]
    return current_step(begun, day) if begun else case.step
