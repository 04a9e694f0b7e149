"""The demo's measurements: three children measured before and after with words beside, some midway, some missing."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any, Final

from caseworker_app.demo.books import shipped_instruments
from caseworker_app.demo.when import Days
from caseworker_app.domain.age import age_on
from caseworker_app.domain.case import Case
from caseworker_app.domain.instruments import Respondent
from caseworker_app.domain.measurement import Answered, MeasurementPlan, Phase
from caseworker_app.domain.person import Person, Role
from caseworker_app.services import instruments, measurements
from caseworker_app.services.instruments import Shelf
from caseworker_app.services.ports import Writer

_SDQ: Final = ("emotional", "conduct", "hyperactivity", "peer", "prosocial")
_ORS: Final = ("individual", "close", "social", "general")
_QUESTION: Final = "Hvor trygt er det at gå i skole om morgenen?"
_FROM_AGE, _MOST = 5, 8
_SAID: Final = (
    (
        "Det er hårdt hver morgen. Jeg ved ikke, hvad der skal til.",
        "Barnet holder sig tæt til sin mor under samtalen.",
    ),
    ("Der er dage, hvor vi slet ikke skændes.", "Begge sætter sig ned og venter på tur til at tale."),
    ("Nu går det selv ind i klassen.", "Kommer glad ud fra skolen og viser en tegning frem."),
)
_CHILD: Final = (
    "Det er værst om mandagen.",
    "Jeg har fået en makker.",
    "Det går fint nu. Jeg glæder mig til frikvarteret.",
)


def measure_children(writer: Writer, days: Days, worker: str) -> None:
    """Measure the first school children of the caseload in name order, and plan what is to come."""
    shown, number = instruments.shelf(writer, shipped_instruments()), 0
    for case in sorted(writer.find(Case), key=lambda one: (one.child_name, one.id)):
        if (
            not case.active
            or case.born is None
            or age_on(case.born, writer.today) < _FROM_AGE
            or number >= _MOST
        ):
            continue
        _Child(writer, days, worker, shown, case).measure(number)
        number += 1
    _sleep_scale(writer)


class _Child:
    """One child's measurements."""

    def __init__(self, writer: Writer, days: Days, worker: str, shown: Shelf, case: Case) -> None:
        self.writer, self.days, self.worker, self.shelf, self.case = writer, days, worker, shown, case
        self.dice = random.Random(f"measure/{case.child_name}")  # noqa: S311 - dice, no secrets
        people = writer.find(Person, stream=case.stream)
        self.mother = next((one.name for one in people if one.role is Role.MOTHER), "")

    def measure(self, number: int) -> None:
        """Before and after for the first ones, before and midway for the next, only a plan for the last."""
        last = 3 if number < 3 else 2 if number < 6 else 0
        for instrument, respondent, who in (
            ("sdq", Respondent.MOTHER, self.mother), ("sdq", Respondent.SCHOOL, ""), ("ors", Respondent.CHILD, ""),
            ("own_scale", Respondent.CHILD, ""),
        ):  # fmt: skip
            self._plan(instrument, respondent, who, number)
            for step in range(last if respondent is not Respondent.SCHOOL else min(last, 2)):
                self._take(instrument, respondent, who, step, last)
        if number == 1:
            self._take_one("pss", Respondent.MOTHER, self.mother, Phase.BEFORE, 210, {"score": 44})
            self._take_one("pss", Respondent.MOTHER, self.mother, Phase.AFTER, 9, {"score": 38})
            self._refuse()
        if number == 2:
            self._take_one("motivation", Respondent.MOTHER, self.mother, Phase.BEFORE, 205, {"score": 3})

    def _plan(self, instrument: str, respondent: Respondent, who: str, number: int) -> None:
        ago = 215 - 4 * number if number < 6 else -2 * (number - 4)
        before = self.days.near(self.days.today - dt.timedelta(days=ago))
        asked = _QUESTION if instrument == "own_scale" else ""
        roles = {"introduces": self.worker, "feedback": "Familiekonsulenten", "registers": self.worker}
        common = {"instrument": instrument, "respondent": respondent, "who": who, "asked": asked, **roles}
        words = {"phase": Phase.BEFORE, "due": before, "meeting_words": "Opstartsmødet"}
        measurements.plan(self.writer, self.shelf, self.case.id, {**common, **words})
        self.writer.flush()
        after = next(
            one
            for one in self.writer.find(
                MeasurementPlan, stream=self.case.stream, where={"instrument": instrument}
            )
            if one.phase is Phase.AFTER and one.respondent is respondent and one.settled_on is None
        )
        due = self.days.near(self.days.today + dt.timedelta(days=-9 + 5 * number if number < 6 else 180))
        self.writer.act("Change a planned measurement")
        self.writer.set(MeasurementPlan, after.id, "due", due, parents=None)
        self.writer.set(MeasurementPlan, after.id, "meeting_words", "Afslutningsmødet", parents=None)
        self.writer.flush()

    def _take(self, instrument: str, respondent: Respondent, who: str, step: int, last: int) -> None:
        phase = Phase.BEFORE if step == 0 else Phase.AFTER if step == 2 else Phase.DURING
        if last == 3 and respondent is Respondent.SCHOOL and step == 1:
            return  # the school's answer after is the one that is missing
        ago = (206, 104, 5)[step]
        self._take_one(instrument, respondent, who, phase, ago, self._scores(instrument, step), step)

    def _scores(self, instrument: str, step: int) -> dict[str, float]:
        if instrument == "sdq":
            worse = [self.dice.randrange(3, 7) for _scale in _SDQ[:4]]
            values: list[float] = [max(0, one - 2 * step + self.dice.randrange(0, 2)) for one in worse]
            return dict(zip(_SDQ, [*values, min(10, 6 + step)], strict=True))
        if instrument == "ors":
            return {name: 4.2 + 1.7 * step + self.dice.randrange(0, 14) / 10 for name in _ORS}
        return {"score": 3 + 2 * step}

    def _take_one(
        self, instrument: str, respondent: Respondent, who: str, phase: Phase, ago: int, scores: dict[str, float],
        step: int = 0,
    ) -> None:  # fmt: skip
        values: dict[str, Any] = {
            "instrument": instrument, "respondent": respondent, "who": who, "phase": phase,
            "taken_on": self.days.near(self.days.today - dt.timedelta(days=ago)),
            "scores": tuple(f"{name}={round(value * 100)}" for name, value in scores.items()),
        }  # fmt: skip
        if instrument == "own_scale":
            values |= {"asked": _QUESTION, "own_words": _CHILD[step], "together": True}
        elif instrument == "sdq" and respondent is Respondent.MOTHER:
            said, seen = _SAID[step]
            values |= {"own_words": said, "observation": seen, "came_from": "skolesundhed.dk"}
        elif instrument == "ors":
            values |= {"came_from": "FIT-outcomes", "together": True}
        measurements.record(self.writer, self.shelf, self.case.id, values)
        self.writer.flush()

    def _refuse(self) -> None:
        values = {
            "instrument": "who5", "respondent": Respondent.FATHER, "answered": Answered.REFUSED,
            "reason": "Far vil hellere tale end sætte kryds.",
            "taken_on": self.days.near(self.days.today - dt.timedelta(days=60)),
        }  # fmt: skip
        measurements.record(self.writer, self.shelf, self.case.id, values)
        self.writer.flush()


def _sleep_scale(writer: Writer) -> None:
    own = {
        "name": "Søvnskala", "question": "Hvordan har du sovet i denne uge?", "source": "Familieteam Nord",
        "explained": "Spørg ved begyndelsen af et besøg. Falde i søvn, sove igennem og vågne frisk, hver 0-10.",
        "scales": "Falde i søvn\nSove igennem\nVågne frisk",
    }  # fmt: skip
    instruments.add(writer, shipped_instruments(), own)
    writer.flush()
