"""What stands of a case's measurements: the plan with where each stands, each answer with what norms say, and what belongs
together before and after."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain import instruments
from caseworker_app.domain.age import age_on
from caseworker_app.domain.case import Case
from caseworker_app.domain.cpr import NumberKind, parse
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import Banded, Instrument, Respondent, Scale
from caseworker_app.domain.measurement import Answered, Measurement, MeasurementPlan, Phase
from caseworker_app.domain.meeting import Meeting
from caseworker_app.services import measurements_missing
from caseworker_app.services.instruments import Shelf
from caseworker_app.services.measurements_missing import AHEAD, Key, Missing, key_of
from caseworker_app.services.ports import Reader

_PHASES = tuple(Phase)


class Standing(StrEnum):
    """Where a planned measurement stands."""

    LATE = "late"
    SOON = "soon"
    OPEN = "open"
    NO_DAY = "no_day"
    TAKEN = "taken"
    LET_GO = "let_go"


@dataclass(frozen=True, slots=True)
class PlanView:
    """A planned measurement. ``taken`` is the measurement that settled it."""

    plan: MeasurementPlan
    instrument: Instrument | None
    standing: Standing
    meeting: Meeting | None
    taken: Id | None
    retired: bool


@dataclass(frozen=True, slots=True)
class MeasurementView:
    """One measurement with its scores read. ``age`` is the child's on that day; ``doubts`` say where the instrument was
    not made for that age."""

    measurement: Measurement
    instrument: Instrument | None
    scores: instruments.Scores
    bands: tuple[Banded, ...]
    alarms: tuple[Scale, ...]
    age: int | None
    wrong_age: bool

    def value(self, scale: str) -> int | None:
        """Return the value of a scale, or the total."""
        return None if self.instrument is None else instruments.value_of(self.instrument, self.scores, scale)

    @property
    def named_bands(self) -> tuple[tuple[str, tuple[Banded, ...]], ...]:
        """Return the bands by the name of their norm set."""
        norms = tuple(dict.fromkeys(one.norm for one in self.bands))
        return tuple((norm, tuple(one for one in self.bands if one.norm == norm)) for norm in norms)


@dataclass(frozen=True, slots=True)
class Together:
    """What one person answered to one instrument, by day: the measurements that are looked at together."""

    id: Id
    instrument: Instrument
    respondent: Respondent
    who: str
    asked: str
    taken: tuple[MeasurementView, ...]

    @property
    def called(self) -> str:
        """What is measured: the question of a scale of one's own, else the instrument."""
        return self.asked or self.instrument.name

    def moved(self, scale: str) -> tuple[int, int] | None:
        """Return the first value before (else the first) and the last after (else the last) of a scale."""
        given = [(one.measurement.phase, one.value(scale)) for one in self.taken]
        values = [(phase, value) for phase, value in given if value is not None]
        if len(values) < 2:
            return None
        first = next((value for phase, value in values if phase is Phase.BEFORE), values[0][1])
        last = next((value for phase, value in reversed(values) if phase is Phase.AFTER), values[-1][1])
        return first, last


@dataclass(frozen=True, slots=True)
class CaseMeasures:
    """Everything measured or to be measured in a case."""

    case: Case
    plans: tuple[PlanView, ...]
    taken: tuple[MeasurementView, ...]
    together: tuple[Together, ...]
    missing: tuple[Missing, ...]
    shelf: Shelf
    meetings: tuple[Meeting, ...]
    today: dt.date


def of_case(reader: Reader, shelf: Shelf, case: Case) -> CaseMeasures:
    """Return the measurements of a case: the plan by its days, what was taken the latest first."""
    found = reader.find(Measurement, stream=case.stream)
    found.sort(key=lambda one: (one.taken_on or dt.date.min, _PHASES.index(one.phase), one.id))
    taken = tuple(view(shelf, case, one, reader.today) for one in found)
    settled = {one.plan: one.id for one in found if one.plan is not None}
    meetings = {one.id: one for one in reader.find(Meeting, stream=case.stream)}
    plans = [
        PlanView(
            one, shelf.get(one.instrument), standing(one, reader.today), meetings.get(one.meeting or b""),
            settled.get(one.id), shelf.is_retired(one.instrument, reader.today),
        )
        for one in reader.find(MeasurementPlan, stream=case.stream)
    ]  # fmt: skip
    plans.sort(key=_plan_order)
    missing = measurements_missing.after(reader, case.stream)
    return CaseMeasures(
        case, tuple(plans), tuple(reversed(taken)), _together(taken), missing, shelf,
        tuple(meetings.values()), reader.today,
    )  # fmt: skip


def standing(plan: MeasurementPlan, today: dt.date) -> Standing:
    """Return where a planned measurement stands on a day."""
    if plan.settled_on is not None:
        return Standing.LET_GO if plan.let_go else Standing.TAKEN
    if plan.due is None:
        return Standing.NO_DAY
    if plan.due < today:
        return Standing.LATE
    return Standing.SOON if plan.due <= today + AHEAD else Standing.OPEN


def _plan_order(one: PlanView) -> tuple[bool, dt.date, int, bytes]:
    return (
        one.plan.settled_on is not None,
        one.plan.due or one.plan.settled_on or dt.date.max,
        _PHASES.index(one.plan.phase),
        one.plan.id,
    )


def view(shelf: Shelf, case: Case, one: Measurement, today: dt.date) -> MeasurementView:
    """Return a measurement with what its norm sets say."""
    instrument = shelf.get(one.instrument)
    scores = instruments.from_lines(one.scores) if one.answered is Answered.YES else {}
    born, day = case.born, one.taken_on
    age = None if born is None or day is None or day < born else age_on(born, day)
    if instrument is None:
        return MeasurementView(one, None, scores, (), (), age, False)
    return MeasurementView(
        one, instrument, scores,
        instruments.bands(instrument, scores, one.respondent, age, _sex(case, today)),
        instruments.alarms(instrument, scores), age,
        age is not None and not instrument.from_age <= age <= instrument.to_age,
    )  # fmt: skip


def _sex(case: Case, today: dt.date) -> str:
    """Return which norms of boys or girls fit, by the number's last digit; neither where there is none."""
    try:
        number = parse(case.person_number, today)
    except InvalidInput:
        return ""
    if number.kind is not NumberKind.CPR:
        return ""
    return "boy" if number.sex_digit == "odd" else "girl"


def _together(taken: Sequence[MeasurementView]) -> tuple[Together, ...]:
    by_key: dict[Key, list[MeasurementView]] = {}
    for one in taken:
        if one.instrument is not None and one.scores:
            by_key.setdefault(key_of(one.measurement), []).append(one)
    found = []
    for key, views in by_key.items():
        instrument = views[0].instrument
        assert instrument is not None, "left out above"
        last = views[-1].measurement
        found.append(Together(_digest(key), instrument, last.respondent, last.who, last.asked, tuple(views)))
    return tuple(sorted(found, key=lambda one: (one.instrument.name.casefold(), one.respondent, one.who)))


def _digest(key: Key) -> Id:
    words = "\n".join((key[0], key[1].value, *key[2:]))
    return hashlib.blake2b(words.encode(), digest_size=16).digest()


def beside(shown: Together, all_of: Iterable[Together]) -> tuple[Together, ...]:
    """Return what the others answered to the same instrument, with the one that is shown first."""
    others = [
        one
        for one in all_of
        if one.id != shown.id
        and one.instrument.id == shown.instrument.id
        and one.asked.casefold() == shown.asked.casefold()
    ]
    return (shown, *others)
