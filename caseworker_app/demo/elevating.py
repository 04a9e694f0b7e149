"""The demo's ELEVator: one child nearly through it, one a few months in; and the team's board and KIK sheets."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any, Final

from caseworker_app.demo.telling import Known, edits_of
from caseworker_app.demo.when import Days
from caseworker_app.domain.elevator import (
    Answer,
    ElevatorCourse,
    ElevatorMeasure,
    ElevatorProfession,
    ElevatorStep,
    MeasureArea,
    Party,
    StepKind,
)
from caseworker_app.domain.kik_sheet import Degree, KikElement, Occasion, Quality
from caseworker_app.domain.trial_action import Stage, TrialRound
from caseworker_app.services import elevator, elevator_steps, kik, trials
from caseworker_app.services.meeting_series import holidays
from caseworker_app.services.ports import Writer

_FIRST, _SECOND = "friis_lykke", "krogh"
_GROUP, _LEADER = "Hold 2025", "Nete Falk"
_BEGAN: Final = {_FIRST: 18 * 30 + 38, _SECOND: 100}
"""Days ago; the first child's second mapping is held and its last feedback meeting is to come."""
_HOMES: Final = {_FIRST: "Grethe og Ole Sandholm", _SECOND: "Plejefamilien"}
_TEXTS: Final = {
    StepKind.PSYCHOLOGICAL: "God forståelse af det, der siges; arbejder langsomt, når der er uro.",
    StepKind.SCHOOL_TESTS: "Læser sikkert, når han har tid. Svært ved lange opgaver i matematik.",
    StepKind.HEALTH: "Hørelse og syn undersøgt. Sover godt.",
    StepKind.WELLBEING: "To gode venner. Vil gerne være med i gruppearbejde, når han ved hvordan.",
    StepKind.FEEDBACK: "Indsatsområder: læsning hver dag, kort pause i matematik, en makker i gruppearbejde.",
    StepKind.READING: "Tre aftener; plejeforældrene læser nu med ham hver dag.",
}
_QUARTERS: Final = (
    "Læsningen er kommet i gang. Makkeren er fundet.",
    "Læsningen går frem. Makkerordningen fortsætter.",
    "Pauserne i matematik hjælper. Lektierne flyttes til om eftermiddagen.",
    "Han læser højt for de små. Vi holder fast.",
    "Sidste møde før kortlægning 2. Skolen laver aftalerne om prøver.",
)
_MEASURES: Final = (
    (MeasureArea.READING, "Ordlæseprøve", 1900, 2700, False, "Han læser nu de bøger, de andre læser."),
    (MeasureArea.SPELLING, "Staveprøve", 1450, 1700, False, ""),
    (MeasureArea.MATHEMATICS, "Matematikprøve", 2200, 2150, False, "Lange opgaver er stadig svære."),
    (MeasureArea.WELLBEING, "SDQ, lærer", 1400, 1100, True, ""),
)
_ELEMENTS: Final = (
    "Tryg gruppekultur\nMestringsstrategier\nAnerkendende tilgang\nForældreinvolvering\nSupervision"
)
_THEN: Final = (
    (Degree.SOME, Quality.UNEVEN), (Degree.SOME, Quality.GOOD), (Degree.HIGH, Quality.GOOD),
    (Degree.SMALL, Quality.HARD), (Degree.HIGH, Quality.STRONG),
)  # fmt: skip
_NOW: Final = (
    (Degree.HIGH, Quality.GOOD, "Børnene kommer ind og sætter sig selv.", ""),
    (Degree.SOME, Quality.GOOD, "Tre af otte bruger vejrtrækningen uden at blive mindet om det.", ""),
    (Degree.HIGH, Quality.GOOD, "", ""),
    (Degree.SOME, Quality.UNEVEN, "Fem af otte forældre ringede tilbage.", "Ring til begge forældre efter tredje gang"),
)  # fmt: skip
_TRIALS: Final[tuple[tuple[Stage, int, dict[str, Any], dict[str, str]], ...]] = (
    (Stage.IDEA, 0, {"what": "Et billede af mødets gang, som barnet kan følge med på"}, {}),
    (
        Stage.PLAN, 9,
        {"what": "Kortere dagsorden til netværksmøder", "point": "Møder, hvor familien taler mest",
         "aim": "Der er tid til aftalerne, inden mødet slutter", "how_known": "Vi ser på uret, når aftalerne begynder"},
        {"plan": "Karen prøver med én familie: fire punkter, aftaler fra minut 40."},
    ),
    (
        Stage.TRY, 5,
        {"what": "Barnet vælger selv sin plads ved bordet", "point": "Møder, hvor familien taler mest",
         "aim": "Barnet siger mere på mødet", "how_known": "Vi tæller, hvem der taler, på to møder"},
        {"plan": "Spørg barnet dagen før. Én rådgiver, én familie.",
         "tried": "Han valgte pladsen ved døren og blev hele tiden."},
    ),
    (
        Stage.REFLECT, -4,
        {"what": "En sms dagen før mødet", "aim": "Færre aflyste møder",
         "how_known": "Antal udeblivelser i oktober og november"},
        {"plan": "Alle Karens møder i to uger.", "tried": "Seks sms'er, ingen udeblev.",
         "reflected": "To mødre sagde, at de havde glemt mødet. Vi skal huske dem uden mobil."},
    ),
    (
        Stage.KEPT, -30,
        {"what": "Forældrene får dagsordenen tre dage før", "aim": "Egne punkter med på mødet",
         "how_known": "Hvor mange møder har et punkt fra forældrene"},
        {"plan": "Tre møder.", "tried": "To af tre forældre kom med egne punkter.", "reflected": "Punkterne var gode.",
         "adjusted": "Send også til bisidder."},
    ),
)  # fmt: skip


def elevate(known: Known) -> None:
    """Lay ELEVator on the agenda for the first child of two families."""
    if known.family.name in _BEGAN:
        child = known.family.children[0].key
        known.agenda.add(known.days.last_moment, partial(_course, known, child))


def _course(known: Known, child: str, writer: Writer) -> None:
    name, case, days = known.family.name, known.cases[child], known.days
    begun = days.near(days.today - dt.timedelta(days=_BEGAN[name]))
    answers = {
        "placed": Answer.YES, "special_school": Answer.NO, "developmental": Answer.NO, "intellectual": Answer.NO,
        "checked_on": days.near(begun - dt.timedelta(days=40)), "psychologist": _LEADER, "group": _GROUP,
        "check_note": "Skolens udtalelse og PPR's vurdering",
    }  # fmt: skip
    course = elevator.check(writer, case, answers)
    writer.flush()
    for party, names in ((Party.FOSTER_PARENTS, _HOMES[name]), (Party.PARENTS, ""), (Party.SCHOOL, "")):
        signed = days.near(begun - dt.timedelta(days=12))
        values = {
            "party": party,
            "names": names,
            "sent_on": signed - dt.timedelta(days=7),
            "approved_on": signed,
        }
        elevator.make_contract(writer, course, values)
        writer.flush()
    elevator_steps.plan(writer, course, begun, holidays())
    writer.flush()
    quarter = 0
    for step in elevator.view(writer, course).steps:
        if step.planned_on is None or step.planned_on >= writer.today:
            continue
        text = _TEXTS.get(step.kind, "") if step.round != 2 else ""
        if step.kind is StepKind.QUARTERLY:
            text, quarter = _QUARTERS[quarter], quarter + 1
        _hold(writer, step, text)
    _measure(writer, course, twice=name == _FIRST)
    _spend(writer, course, days)
    if name == _FIRST:
        said = {"areas": "Læsning hver dag, pauser i matematik, makker i gruppearbejde"}
        elevator.edit(writer, course, edits_of(writer, ElevatorCourse, course, said))
        writer.flush()


def _hold(writer: Writer, step: ElevatorStep, text: str) -> None:
    values = {"held_on": step.planned_on, "text": text}
    elevator_steps.edit(writer, step.id, edits_of(writer, ElevatorStep, step.id, values))
    writer.flush()
    elevator_steps.spend_as_reckoned(writer, step.id)
    writer.flush()


def _measure(writer: Writer, course: bytes, *, twice: bool) -> None:
    for area, instrument, first, second, low, words in _MEASURES:
        values = {
            "area": area,
            "instrument": instrument,
            "first": first if twice else first - 150,
            "low_is_good": low,
        }
        made = elevator_steps.measure(writer, course, values)
        writer.flush()
        if twice:
            after = {"second": second, "words": words}
            elevator_steps.edit_measure(writer, made, edits_of(writer, ElevatorMeasure, made, after))
            writer.flush()


def _spend(writer: Writer, course: bytes, days: Days) -> None:
    for profession, minutes, in_all, note in (
        (ElevatorProfession.PSYCHOLOGIST, 150, True, "Oplæg for skolen og plejeforældrene"),
        (ElevatorProfession.AKT, 180, False, "Sociogram over klassen"),
        (ElevatorProfession.SPEECH, 360, False, "Kursus i dialogisk læsning"),
    ):
        who = _LEADER if in_all else ""
        day = days.near(days.today - dt.timedelta(days=70))
        values = {
            "profession": profession, "minutes": minutes, "in_all": in_all, "note": note, "who": who, "spent_on": day,
        }  # fmt: skip
        elevator_steps.spend(writer, course, values)
        writer.flush()


def fill_board(writer: Writer, days: Days, worker: str) -> None:
    """Write the team's board and two KIK sheets of one effort."""
    for stage, ahead, values, said in _TRIALS:
        shown = days.near(days.today + dt.timedelta(days=ahead))
        more = {} if stage is Stage.IDEA else {"owner": worker, "show_on": shown}
        made = trials.suggest(writer, {**values, **more})
        writer.flush()
        if said:
            trials.move(writer, made, Stage.PLAN)
            writer.flush()
            (found,) = trials.view(writer, made).rounds
            trials.write_round(writer, found.id, edits_of(writer, TrialRound, found.id, said))
            writer.flush()
            trials.move(writer, made, stage)
            writer.flush()
    _sheets(writer, days, worker)


def _sheets(writer: Writer, days: Days, worker: str) -> None:
    last = days.near(days.today - dt.timedelta(days=92))
    present = f"Begge gruppeledere og {worker}"
    head = {"effort": "Børnegrupper", "occasion": Occasion.QUARTER, "present": present}
    then = kik.begin(writer, {**head, "made_on": last, "elements": _ELEMENTS})
    writer.flush()
    for shown, (degree, quality) in zip(kik.view(writer, then).elements, _THEN, strict=True):
        _look(writer, shown.element.id, {"degree": degree, "quality": quality})
    now = kik.begin(writer, {**head, "made_on": days.yesterday})
    writer.flush()
    for shown, (degree, quality, seen, better) in zip(kik.view(writer, now).elements, _NOW, strict=False):
        _look(
            writer, shown.element.id, {"degree": degree, "quality": quality, "seen": seen, "better": better}
        )


def _look(writer: Writer, element: bytes, values: dict[str, Any]) -> None:
    kik.look_at(writer, element, edits_of(writer, KikElement, element, values))
    writer.flush()
