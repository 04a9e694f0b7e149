"""The papers of ELEVator: a contract with one party, the evaluation of a child, the evaluation of a group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date, short_date
from caseworker_app.domain.elevator import (
    ELEVATOR_PROFESSION_LABELS,
    MEASURE_AREA_LABELS,
    PARTY_LABELS,
    PHASE_LABELS,
    STEP_LABELS,
    ElevatorContract,
    ElevatorMeasure,
    ElevatorStep,
    Party,
    StepKind,
)
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.text_facts import (
    ListPart,
    PairsPart,
    Part,
    SignPart,
    TablePart,
    TextPaperFacts,
    TextPart,
)
from caseworker_app.domain.typed_numbers import figure_words, hours_words
from caseworker_app.services import elevator, elevator_group, papers
from caseworker_app.services.elevator_group import GroupView, MeasureLine
from caseworker_app.services.elevator_steps import Spent, spent_on
from caseworker_app.services.known_names import danish
from caseworker_app.services.plain_records import case_of, known
from caseworker_app.services.ports import Reader

WHAT: Final = (
    "ELEVator er en skoleindsats for børn, der bor uden for hjemmet. Vi ser sammen på, hvad barnet kan, og hvad der er "
    "svært: psykologisk undersøgelse, faglige prøver, sundhed og trivsel. Derefter laver vi en plan sammen, mødes hvert "
    "kvartal i halvandet år, og ser så på det hele én gang til."
)
WE_PROMISE: Final = (
    "En psykolog er tovholder og leder møderne.",
    "Alle får en mødeplan med datoer fra begyndelsen.",
    "Resultaterne fortælles på et møde, før de bruges til noget.",
    "Barnet bliver hørt om målene, og dets egne ord står i planen.",
)
THEY_PROMISE: Mapping[Party, tuple[str, ...]] = {
    Party.FOSTER_PARENTS: (
        "Deltage i møderne, cirka halvanden time hvert kvartal.",
        "Deltage i kurset i dialogisk læsning og læse med barnet hver dag.",
        "Sige til i god tid, når noget i hverdagen gør det svært.",
    ),
    Party.INSTITUTION: (
        "Have én fast voksen, der følger barnets skolegang og deltager i møderne.",
        "Læse med barnet hver dag, også når vagterne skifter.",
        "Sige til i god tid, når noget i hverdagen gør det svært.",
    ),
    Party.PARENTS: (
        "Fortælle, hvad I ved om barnets skolegang, og hvad I ønsker for den.",
        "Deltage i møderne, når I ønsker det og kan.",
        "Bakke op om det, der aftales, når barnet er hos jer.",
    ),
    Party.SCHOOL: (
        "Lade læreren og AKT-vejlederen gennemføre faglige prøver og trivselsprofil to gange.",
        "Lade ledelse, klasseteam og AKT-vejleder deltage i møderne.",
        "Følge planens indsatsområder i undervisningen.",
    ),
}
_FEW: Final = "Under fem børn: tallene kan føre til, at et barn kendes igen. Brug siden internt, og giv den ikke videre."


def _name(case: Case) -> str:
    return case.child_name or f"ufødt barn af {case.unborn_of}"


def contract_job(reader: Reader, contract: Id) -> PaperJob:
    """Return one party's contract: what it is, what we and they promise, the plan, lines to sign on."""
    found = known(reader, ElevatorContract, contract)
    assert found.course is not None, "a contract has its course"
    shown = elevator.view(reader, found.course)
    say = danish().gettext
    pairs = (
        ("Barn", _name(case_of(reader, found))),
        ("Kontrakt med", say(PARTY_LABELS[found.party])),
        ("Navne", found.names),
        ("Skole", shown.course.school),
        ("Tovholder", shown.course.psychologist),
    )
    own = [line.strip(" -–•\t") for line in found.promises.splitlines() if line.strip(" -–•\t")]
    parts: list[Part] = [
        PairsPart(tuple(p for p in pairs if p[1])),
        TextPart("Hvad er ELEVator?", WHAT),
        ListPart(WE_PROMISE, "Det lover vi"),
        ListPart(tuple(own) or THEY_PROMISE[found.party], "Det lover I"),
    ]
    days = [one for one in shown.steps if one.planned_on or one.held_on]
    if days:
        parts.append(_plan(days))
    parts.append(
        TextPart(
            text="Et ja kan altid tages tilbage. Så standser indsatsen, og vi taler om, hvad der så skal ske."
        )
    )
    names = tuple(part.strip() for part in found.names.replace(" og ", ",").split(",") if part.strip())
    parts.append(
        SignPart((*(names or (say(PARTY_LABELS[found.party]),)), shown.course.psychologist or "Tovholder"))
    )
    return _job(
        reader, Paper.ELEVATOR_CONTRACT, "Kontrakt om ELEVator", "elevator-contract.pdf", parts, contract
    )


def _plan(steps: Iterable[ElevatorStep]) -> TablePart:
    rows = tuple(
        (step_words(one), "" if (day := one.held_on or one.planned_on) is None else long_date(day), one.who)
        for one in steps
    )
    return TablePart(("Hvad", "Hvornår", "Hvem"), rows, (0.5, 0.28, 0.22), heading="Mødeplan")


def step_words(one: ElevatorStep) -> str:
    """Return what a step is in Danish, with its mapping."""
    words = danish().gettext(STEP_LABELS[one.kind])
    if one.round is None:
        return words
    return (
        f"{words} {one.round}"
        if one.kind is StepKind.FEEDBACK
        else f"Kortlægning {one.round}: {words[:1].lower()}{words[1:]}"
    )


def evaluation_job(reader: Reader, course: Id) -> PaperJob:
    """Return the evaluation of one child: what it gained, its own words, both mappings, meetings, hours.

    Raises :class:`UserError` for a child that does not take part.
    """
    shown = elevator.view(reader, course)
    one = shown.course
    if one.excluded or shown.takes_part_from is None:
        raise UserError("The child does not take part in ELEVator, so there is nothing to evaluate.")
    pairs = (
        ("Barn", _name(case_of(reader, one))),
        ("Skole", one.school),
        ("Tovholder", one.psychologist),
        ("Deltager fra", long_date(shown.takes_part_from)),
        ("Evalueret", "" if one.evaluated_on is None else long_date(one.evaluated_on)),
        ("Standset", "" if one.left_on is None else f"{long_date(one.left_on)}: {one.left_why}"),
    )
    parts: list[Part] = [PairsPart(tuple(p for p in pairs if p[1]))]
    for heading, text, quoted in (
        ("Det har barnet fået ud af det", one.evaluation, False),
        ("Barnets egne ord", one.child_words, True),
        ("Indsatsområder", one.areas, False),
    ):
        if text:
            parts.append(TextPart(heading, text, quoted=quoted))
    if shown.measures:
        parts += _measured(shown.measures)
    told = [s for s in shown.steps if s.held_on is not None]
    if told:
        rows = tuple((short_date(s.held_on), step_words(s), s.text) for s in told if s.held_on is not None)
        parts.append(
            TablePart(
                ("Dato", "Hvad", "Hvad det viste, hvad der blev aftalt"),
                rows,
                (0.14, 0.32, 0.54),
                "Undervejs",
            )
        )
    if one.context:
        parts.append(TextPart("Det, der ellers har betydet noget", one.context))
    if one.recommendation:
        parts.append(TextPart("Støtte fremover", one.recommendation))
    parts.append(_hours(spent_on(shown.hours), "Timer"))
    return _job(
        reader, Paper.ELEVATOR_EVALUATION, "Evaluering af ELEVator", "elevator-evaluation.pdf", parts, course
    )


def _measured(measures: Iterable[ElevatorMeasure]) -> Iterator[Part]:
    say = danish().gettext
    rows = []
    for one in measures:
        name = f"{say(MEASURE_AREA_LABELS[one.area])}: {one.instrument}"
        way = "" if one.gain is None else "frem" if one.gain > 0 else "tilbage" if one.gain < 0 else "uændret"
        rows.append((name, figure_words(one.first), figure_words(one.second), way, one.words))
    head = ("Prøve", "1. gang", "2. gang", "Retning", "Det betyder for barnet")
    yield TablePart(head, tuple(rows), (0.34, 0.11, 0.11, 0.12, 0.32), "De to kortlægninger")
    if any(one.low_is_good for one in measures):
        yield TextPart(text="Retningen er regnet efter, om et højt eller et lavt tal er godt.", muted=True)


def _hours(spent: Iterable[Spent], heading: str) -> TablePart:
    say = danish().gettext
    rows = []
    for one in spent:
        left = (
            ""
            if one.left is None
            else f"{figure_words(round(abs(one.left) * 100 / 60))} {'over' if one.left < 0 else 'tilbage'}"
        )
        budget = "ikke sat" if one.budget is None else hours_words(one.budget)
        rows.append((say(ELEVATOR_PROFESSION_LABELS[one.profession]), hours_words(one.minutes), budget, left))
    return TablePart(("Faggruppe", "Brugt", "Budget", "Forskel"), tuple(rows), (0.4, 0.2, 0.2, 0.2), heading)


def group_job(reader: Reader, name: str) -> PaperJob:
    """Return the evaluation of a group: how many, both mappings, hours; no name. Raises ``KeyError`` for none."""
    shown = elevator_group.group(reader, name)
    say = danish().gettext
    children = f"{shown.children} {'barn' if shown.children == 1 else 'børn'}"
    pairs = (
        ("Gruppe", shown.name or "Uden gruppe"),
        ("Deltager nu eller før", children),
        ("Så langt er de", "\n".join(f"{say(PHASE_LABELS[phase])}: {n}" for phase, n in shown.phases)),
    )
    parts: list[Part] = [PairsPart(pairs)]
    if shown.few:
        parts.append(TextPart(text=f"**{_FEW}**"))
    if shown.lines:
        head = ("Prøve", "Børn", "Snit 1", "Snit 2", "Frem", "Uændret", "Tilbage")
        widths = (0.34, 0.1, 0.12, 0.12, 0.1, 0.12, 0.1)
        parts.append(TablePart(head, tuple(_row(one) for one in shown.lines), widths, "De to kortlægninger"))
        parts.append(
            TextPart(
                text="Kun børn, der er målt i begge kortlægninger, er med i snittene. En forskel på få børn kan være "
                "tilfældig, og tallene siger ikke, hvad der har virket.",
                muted=True,
            )
        )
    parts.append(_hours(shown.spent, "Timer for alle børn"))
    parts += _psychologists(shown)
    if shown.contexts:
        parts.append(ListPart(shown.contexts, "Det, der ellers har betydet noget"))
    title = "Evaluering af ELEVator for en gruppe"
    return _job(reader, Paper.ELEVATOR_GROUP, title, "elevator-group.pdf", parts, reader.author)


def _row(one: MeasureLine) -> tuple[str, ...]:
    name = f"{danish().gettext(MEASURE_AREA_LABELS[one.area])}: {one.instrument}"
    children = f"{one.children} (+{one.once})" if one.once else str(one.children)
    return (
        name, children, figure_words(one.first), figure_words(one.second), str(one.better), str(one.same), str(one.worse),
    )  # fmt: skip


def _psychologists(shown: GroupView) -> Iterator[Part]:
    if shown.in_all:
        rows = tuple((name, hours_words(minutes), "15") for name, minutes in shown.in_all)
        heading = "Psykologernes timer i alt, ud over dem til hvert barn"
        yield TablePart(("Psykolog", "Brugt", "Budget"), rows, (0.6, 0.2, 0.2), heading)


def _job(reader: Reader, kind: Paper, title: str, file: str, parts: list[Part], about: Id) -> PaperJob:
    facts = TextPaperFacts(
        sender=papers.sender(reader), title=title, heading=title, dated=reader.today, parts=tuple(parts)
    )
    return PaperJob(kind, facts, file, "", about)
