"""What the demo's professionals do together: actors, a case on an internal meeting, a teacher's description,
talks with a psychologist, a first meeting, an analysis sheet. All of it is the first child's of two families."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, Final

import resources
from caseworker_app.demo.agenda import Act
from caseworker_app.demo.telling import Known, edits_of
from caseworker_app.domain.form_spec import Forms
from caseworker_app.domain.form_spec_reading import read_forms
from caseworker_app.domain.internal_sheet import Profession, Sparring
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.professional_network import Department
from caseworker_app.domain.psychologist_talk import Asker, PsychologistCourse, TalkPurpose, TalkWith
from caseworker_app.domain.resource_meeting import Level, ResourceDescription
from caseworker_app.services import (
    first_meetings,
    internal_meetings,
    professional_network,
    psychologist_talks,
    resource_meetings,
)
from caseworker_app.services.ports import Writer

_ACTORS: Final = (
    ("Anja Kjeldsen", "familiekonsulent", Department.SUPPLIER, "Familiehuset", "hele familien",
     "To timer hjemme hver uge om morgenerne og afleveringen", "-8m"),
    ("Grethe Storgaard", "sundhedsplejerske", Department.HEALTH_VISITING, "Sundhedsplejen", "begge børn",
     "Søvn og mavepine; taler med begge forældre", "-6m"),
    ("Mads Overgaard", "klasselærer", Department.SCHOOL, "Lyngdal Skole", "den ældste",
     "Skriver til begge forældre hver fredag", "-22m"),
    ("Nete Falk", "psykolog", Department.EDUCATIONAL_PSYCHOLOGY, "PPR", "den ældste", "Afklarende samtaler", "-2m"),
    ("Per Thaarup", "jobkonsulent", Department.EMPLOYMENT, "Jobcentret", "far", "Skiftehold og omskoling", "-4m"),
    ("Birthe Lykke", "mægler", Department.FAMILY_LAW, "Familieretshuset", "forældrene", "Sag om samvær", "-3m"),
)  # fmt: skip
_TEACHER: Final = {
    "why": "Jonas er væk fra timerne to-tre gange om dagen med ondt i maven, mest mandag og tirsdag.",
    "since": "Siden efterårsferien; i foråret var det kun om mandagen.",
    "strengths": "God til matematik og til at forklare de andre. Glad i billedkunst og på fodboldbanen.",
    "learning": "Følger med fagligt. Læser for lidt hjemme i de uger, han skifter hjem.",
    "wellbeing": "Ked af det ved afskeder. Falder til ro, når han får lov at sidde ved vinduet.",
    "others": "Har to gode venner. Trækker sig, når der er uro.",
    "presence": "Seks hele dage i tre måneder, ikke sammenhængende.",
    "tried": "Fast voksen ved ankomst i fem uger: færre ture til kontoret. Ugeplan hjem til begge forældre.",
    "home": "Begge forældre kender beskrivelsen og har læst den hver for sig.",
    "child_words": "»Jeg ved ikke, hvor min taske er, når det er mandag.«",
    "question": "Hvordan gør vi skiftet mellem de to hjem lettere i skolen?",
}
_FIRST: Final = {
    "why": "Skolen er bekymret, fordi Jonas ofte bliver hentet sent. Det, der fungerer, er, at begge forældre svarer, når "
    "vi ringer.",
    "own_words": "Mor: »Vi har ikke fået talt om, hvem der gør hvad, siden vi flyttede fra hinanden.«",
    "child_words": "Jonas vil gerne vide dagen før, hvem der henter.",
    "works": "Mormor henter om onsdagen. Søskende hjælper hinanden.",
    "wishes": "En fast plan for afhentning, som også hænger på køleskabet.",
    "agreed": "Mor laver planen færdig inden fredag, far siger ja eller nej senest søndag.",
}
_FAMILY, _LATE = "bech_holm", "dalsgaard"
_MEMBERS: Final = (
    "{worker}",
    "Nete Falk, psykolog",
    "Grethe Storgaard, sundhedsplejerske",
    "Ulla Bisgaard, rådgiver",
)


@cache
def forms() -> Forms:
    """Return the forms of the description and of the first meeting."""
    made: dict[tuple[str, int], Any] = {}
    for file in ("resource_description.toml", "first_meeting.toml"):
        made |= {(form.id, form.version): form for form in read_forms(resources.text("forms", file), file)}
    return made


def cooperate(known: Known) -> None:
    """Lay what the professionals do together about the first child of a family on the agenda."""
    child = known.family.children[0].key
    if known.family.name == _FAMILY:
        _lay(known, child, "-20m", _first(known, child))
        _lay(known, child, "-3w", _actors(known, child))
        _lay(known, child, "-5w", _talks(known, child))
        _lay(known, child, "-3w", _analysis(known, child))
        _lay(known, child, "-9d", _describe(known, child))
        _lay(known, child, "-2d", _bring(known, child))
    elif known.family.name == _LATE:
        _lay(known, child, "-8d", _ask(known, child))


def _lay(known: Known, child: str, at: str, act: Act) -> None:
    begun = known.opened(known.child(child)) + dt.timedelta(days=10)
    day = known.days.past(max(known.on(at), begun))
    known.agenda.add(known.days.some_moment(day, known.rng, 15 * 60), act)


def _first(known: Known, child: str) -> Act:
    def write(writer: Writer) -> None:
        values = {
            "held_on": writer.today,
            "participants": "Begge forældre, mormor og Jonas i den sidste halve time",
        }
        made = first_meetings.begin(writer, known.cases[child], forms(), values)
        writer.flush()
        for topic, text in _FIRST.items():
            first_meetings.write_answer(writer, made, forms(), topic, {"text": text})
            writer.flush()
        for topic, options in (
            ("prepared", ("invited", "support_person", "child")),
            ("rights", ("consent", "journal")),
        ):
            first_meetings.write_answer(writer, made, forms(), topic, {"tags": options})
            writer.flush()

    return write


def _actors(known: Known, child: str) -> Act:
    def write(writer: Writer) -> None:
        for name, function, department, workplace, about, role, since in _ACTORS:
            values = {
                "name": name, "function": function, "department": department, "workplace": workplace, "about": about,
                "role": role, "begun_on": min(known.on(since), writer.today),
            }  # fmt: skip
            professional_network.add(writer, known.cases[child], values)
            writer.flush()

    return write


def _talks(known: Known, child: str) -> Act:
    def write(writer: Writer) -> None:
        asked = writer.today - dt.timedelta(days=21)
        values = {
            "psychologist": "Nete Falk", "asked_by": Asker.SCHOOL, "talk_with": TalkWith.BOTH, "asked_on": asked,
            "purpose": TalkPurpose.INFORMATION, "planned": 3, "told_on": asked,
            "question": "Hvad fylder mest, når Jonas skifter hjem, og hvad kan han selv sætte ord på?",
        }  # fmt: skip
        made = psychologist_talks.ask(writer, known.cases[child], values)
        writer.flush()
        for days, who, text in (
            (14, TalkWith.CHILD, "Jonas tegner ugen: mandag er grå. Han vil gerne have, at far ved det."),
            (6, TalkWith.PARENTS, "Forældrene ser tegningen sammen med psykologen. Enige om en fast taske."),
        ):
            on = known.days.past(writer.today - dt.timedelta(days=days))
            psychologist_talks.hold(writer, made, {"held_on": on, "talk_with": who, "text": text})
            writer.flush()
        brought = {"brought": "Mavepinen følger skiftet, ikke skolen. Jonas bruger mormor, når det er svært."}
        psychologist_talks.edit(writer, made, edits_of(writer, PsychologistCourse, made, brought))

    return write


def _analysis(known: Known, child: str) -> Act:
    def write(writer: Writer) -> None:
        values = {
            "question": "Hvorfor er mandagen svær?",
            "data": "Seks hele fraværsdage i tre måneder; fem af dem mandag eller tirsdag (skolens liste).",
            "observations": "På hjemmebesøget lå to halve skoletasker i to hjem.",
            "citizen_words": "Jeg ved ikke, hvor min taske er, når det er mandag.",
            "interpretation": "Skiftet mellem hjemmene er sværere end skolen. Det kunne også være uroen i klassen.",
            "decision": "Vi prøver én fast taske og et fast skiftetidspunkt i fire uger.",
            "next_step": "Aftale fast skiftetidspunkt med begge forældre",
            "next_who": known.worker,
            "next_due": known.days.near(known.days.today + dt.timedelta(days=9)),
            "present": "Familiekonsulent, sundhedsplejerske og rådgiver",
        }
        first_meetings.analyse(writer, known.cases[child], values)

    return write


def _describe(known: Known, child: str) -> Act:
    def write(writer: Writer) -> None:
        meeting = known.days.near(known.days.today + dt.timedelta(days=17))
        values = {
            "place": "Lyngdal Skole", "meeting_on": meeting, "teacher": "Mads Overgaard", "function": "klasselærer",
            "asked_on": known.days.past(writer.today - dt.timedelta(days=10)),
        }  # fmt: skip
        made = resource_meetings.ask(writer, known.cases[child], values, forms())
        writer.flush()
        resource_meetings.fill_in(writer, made, forms(), _TEACHER, writer.today)
        writer.flush()
        said = {
            "shown_on": writer.today, "remarks_by": "Begge forældre",
            "remarks": "Vi kan godt genkende det om mandagen. Han er glad derhjemme søndag, så det er først i bilen.",
        }  # fmt: skip
        resource_meetings.edit(writer, made, edits_of(writer, ResourceDescription, made, said))
        writer.flush()
        for level, text in (
            (Level.GROUP, "Uro i spisefrikvarteret på mellemtrinnet"),
            (Level.SCHOOL, "Fælles måde at sige godmorgen på"),
            (Level.INFORMATION, "Nye tider for åben rådgivning på skolen"),
        ):
            resource_meetings.add_point(writer, made, {"level": level, "text": text})
            writer.flush()
        decision = {
            "what": "Fast voksen ved ankomst mandag og tirsdag", "who": "Mads Overgaard, klasselærer",
            "due": known.days.near(meeting + dt.timedelta(days=30)),
        }  # fmt: skip
        resource_meetings.decide(writer, made, decision)

    return write


def _bring(known: Known, child: str) -> Act:
    def write(writer: Writer) -> None:
        day = known.days.near(known.days.today + dt.timedelta(days=3))
        members = tuple(one.format(worker=known.worker) for one in _MEMBERS)
        agenda = internal_meetings.plan(
            writer,
            {
                "when": TimeSpan(day, dt.time(9), dt.time(10, 30)), "place": "Mødelokale 2", "members": members,
                "colleagues_cases": 3, "news": "Ny åben rådgivning fra januar.\nSupervision flyttes til torsdag.",
            },
        )  # fmt: skip
        writer.flush()
        values = {
            "agenda": agenda,
            "question": "Hvordan får vi Trine og Rasmus til at bruge netværket mere, og hvem kan Jonas selv vælge?",
            "situation": "Jonas' forældre bor hver for sig i Lyngdal. Jonas har ondt i maven om mandagen og går fra "
            "timerne hos Mads Overgaard. Lis henter om onsdagen, og Kirsten fra Kastanjehaven 16 har tilbudt hjælp. Trine "
            "kan træffes på 23 45 67 89. I foråret var Jonas på ferie hos en, han kalder Fugle.",
            "tried": "- Familiebehandling hos Anja siden foråret\n- ugeplan fra Lyngdal Skole\n- samtaler med Nete Falk",
            "wanted": frozenset({Profession.PSYCHOLOGIST, Profession.HEALTH_VISITOR}),
            "sparring": frozenset({Sparring.NETWORK_MEETING, Sparring.LADDER, Sparring.INVOLVEMENT}),
        }
        internal_meetings.bring(writer, known.cases[child], values)

    return write


def _ask(known: Known, child: str) -> Act:
    def write(writer: Writer) -> None:
        values = {
            "place": "Lyngdal Skole", "meeting_on": known.days.near(known.days.today + dt.timedelta(days=12)),
            "teacher": "Mads Overgaard", "function": "klasselærer", "asked_on": writer.today,
        }  # fmt: skip
        resource_meetings.ask(writer, known.cases[child], values, forms())

    return write
