"""The investigations of the demo: one that runs, with answers, contributions and both maps; one that is late and was
assessed preliminarily."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import resources
from caseworker_app.demo import books
from caseworker_app.demo.agenda import Act
from caseworker_app.demo.telling import Known, edits_of
from caseworker_app.domain.form_spec import Forms
from caseworker_app.domain.form_spec_reading import read_forms
from caseworker_app.domain.investigation import Contribution, Investigation
from caseworker_app.domain.map_geometry import cell_centre
from caseworker_app.domain.network_map import Placement, Quality, Voice
from caseworker_app.services import investigations, map_versions, network_maps
from caseworker_app.services.ports import Writer

ICS = "ics.toml"
_Drawn = tuple[tuple[str, str, str, Quality], ...]
"""What somebody is called, her ring and sector, and how it goes with the child."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A contribution: spans from today, and what came."""

    whom: str
    profession: str
    what: str
    asked: str
    due: str
    received: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is found out about one child; ``known`` begins one that the family's story has not."""

    child: str
    written: str
    known: str = ""
    preliminary: tuple[str, str] = ("", "")
    first_time: bool = False
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    asked: tuple[_Asked, ...] = ()
    maps: tuple[tuple[str, Voice, _Drawn], ...] = ()


_MAGNUS: Final = _Looked(
    child="magnus",
    written="-9d",
    first_time=True,
    answers={
        "occasion": {"text": "Magnus har været væk fra skolen i tre uger. Skolen og forældrene er enige om, at det ikke "
            "hjælper at vente. Undersøgelsen skal vise, hvad der skal til, for at han kan komme tilbage."},
        "way": {"text": "- tre samtaler med Magnus, to af dem ude at gå\n- to møder med forældrene\n- bidrag fra "
            "skolen, PPR og sundhedsplejersken\n- netværkskort med Magnus og med forældrene"},
        "health": {"challenges": "Sover fire-fem timer på hverdage. Ondt i maven om morgenen, undersøgt hos lægen uden "
            "fund.", "resources": "Rask og i god form; cykler hver dag, når det er lyst.",
            "child_words": "Det er værst søndag aften.", "parents_words": "Han er en anden dreng i ferierne."},
        "behaviour": {"challenges": "Trækker sig fra alle, der spørger til skolen.",
            "resources": "Sætter ord på, hvad der er svært, når han selv vælger tidspunktet."},
        "school": {"challenges": "Tre ugers fravær i træk og 22 dage i foråret. Uroen i klassen er steget.",
            "resources": "Fagligt godt med; matematik er hans fag. Læreren skriver til ham hver fredag.",
            "child_words": "Jeg vil godt i skole, bare ikke i den larm.",
            "parents_words": "Han skal have et sted at gå hen, når det bliver for meget."},
        "friends": {"resources": "En god ven, som han spiller med online hver dag og ses med i weekenden.",
            "child_words": "Han spørger ikke, hvorfor jeg ikke var der."},
        "care": {"resources": "Begge forældre er hjemme om eftermiddagen, og der er ro og faste spisetider."},
        "guidance": {"challenges": "Forældrene er uenige om, hvor meget der skal presses på om morgenen.",
            "parents_words": "Vi vil gerne have den samme plan."},
        "network": {"resources": "Farfar henter gerne og har tilbudt onsdage på værkstedet."},
        "weighing": {"text": "Magnus har det godt hjemme og har voksne omkring sig, der vil det samme. Det, der er svært, "
            "er **larmen og morgenerne**. Netværket kan bære en del af det."},
        "child_view": {"text": "Magnus vil gerne starte med to timer om dagen og selv bestemme, hvem der ved det."},
        "parents_view": {"text": "Forældrene ønsker hjælp til en fælles plan for morgenerne, ikke en kontaktperson."},
        "network_help": {"text": "Farfar kører tre morgener om ugen de første to måneder. Vennens mor tager to."},
        "two_workers": {"text": "Første møde i hjemmet og mødet med skolen: to rådgivere begge gange."},
    },
    asked=(
        _Asked("Skolen", "Klasselærer", "Fremmøde, trivsel og læring det sidste år", "-6w", "-4w", "-4w",
            "Magnus er fagligt med. Fraværet begyndte, da klassen blev lagt sammen med en anden. Han har én ven i klassen "
            "og spiser med ham, når han er der. Læreren ser ham som omsorgsfuld og let at tale med på tomandshånd."),
        _Asked("PPR", "Psykolog", "Om der er brug for en udredning", "-5w", "-1w"),
        _Asked("Sundhedsplejen", "Sundhedsplejerske", "Søvn og hovedpine; målinger i 7. klasse", "-2w", "+1w"),
    ),
    maps=(
        ("-5w", Voice.CHILD, (
            ("Mor", "closest", "family", Quality.STRONG), ("Far", "closest", "family", Quality.ORDINARY),
            ("Farfar", "closest", "family", Quality.STRONG), ("Emil", "closest", "friends", Quality.STRONG),
            ("Klasselæreren", "close", "school", Quality.ORDINARY),
            ("Den nye klasse", "outside", "school", Quality.STRAINED),
        )),
        ("-4w", Voice.TOGETHER, (
            ("Mor", "closest", "family", Quality.STRONG), ("Far", "closest", "family", Quality.STRONG),
            ("Farfar", "close", "family", Quality.ORDINARY), ("Emil", "close", "friends", Quality.ORDINARY),
            ("Emils mor", "known", "friends", Quality.ORDINARY),
            ("Klasselæreren", "close", "school", Quality.STRONG),
        )),
    ),
)  # fmt: skip
_FELIX: Final = _Looked(
    child="felix",
    written="-3m",
    known="-5m",
    preliminary=(
        "-17d",
        ("Der mangler udtalelsen fra børnepsykiatrien, som er lovet i næste måned. Det, der vides nu, er nok til, at "
        "støtten i hjemmet kan begynde; Felix og hans mor er enige i det. Undersøgelsen afsluttes, når udtalelsen er her."),
    ),
    answers={
        "occasion": {"text": "Felix passer sine søskende det meste af dagen og kommer for sent i skole."},
        "school": {"challenges": "For sent tre dage om ugen.", "resources": "Glad for at være der, når han er der.",
            "child_words": "Det er bare fordi de små skal afleveres først."},
        "care": {"challenges": "Felix har ansvar, der hører til en voksen.",
            "resources": "Varme og god kontakt mellem mor og børn.", "parents_words": "Jeg ved godt, det er for meget."},
    },
    asked=(
        _Asked("Børnepsykiatrien", "Læge", "Udtalelse om mors behandling og hvad børnene ved", "-3m", "-5w"),
    ),
)  # fmt: skip
LOOKED: Final[Mapping[str, _Looked]] = {"dalsgaard": _MAGNUS, "krogh": _FELIX}
"""By the family's name."""


def forms() -> Forms:
    """Return the form of an investigation that ships."""
    made = read_forms(resources.text("forms", ICS), ICS)
    return {(form.id, form.version): form for form in made}


def look_into(known: Known) -> None:
    """Lay what is found out about a family's child on the agenda."""
    it = LOOKED.get(known.family.name)
    if it is None:
        return
    if it.known:
        _lay(known, it.known, _begin(known, it))
    for at, voice, people in it.maps:
        _lay(known, at, _draw(known, it, voice, people))
    for one in it.asked:
        _ask(known, it, one)
    _lay(known, it.written, _write(known, it))
    on, words = it.preliminary
    if on:
        _lay(known, on, _assess(known, it, words))


def _lay(known: Known, span: str, *acts: Act) -> None:
    day = known.days.past(known.on(span))
    known.agenda.add(known.days.some_moment(day, known.rng, 13 * 60 + 30), *acts)


def _begin(known: Known, it: _Looked) -> Act:
    def begin(writer: Writer) -> None:
        known.investigations[it.child] = investigations.begin(writer, known.cases[it.child])

    return begin


def _write(known: Known, it: _Looked) -> Act:
    def write(writer: Writer) -> None:
        found = known.investigations[it.child]
        if it.first_time:
            now = {"first_time": True}
            investigations.edit(writer, found, edits_of(writer, Investigation, found, now))
            writer.flush()
        for topic, values in it.answers.items():
            investigations.write_answer(writer, found, forms(), topic, values)
            writer.flush()

    return write


def _assess(known: Known, it: _Looked, words: str) -> Act:
    def assess(writer: Writer) -> None:
        found = known.investigations[it.child]
        investigations.assess_preliminarily(writer, found, writer.today, forms(), words)

    return assess


def _ask(known: Known, it: _Looked, one: _Asked) -> None:
    made: list[bytes] = []

    def ask(writer: Writer) -> None:
        values = {
            "whom": one.whom,
            "profession": one.profession,
            "what": one.what,
            "due_by": known.on(one.due),
        }
        made.append(investigations.ask(writer, known.investigations[it.child], values))

    def receive(writer: Writer) -> None:
        values = {"received_on": writer.today, "text": one.text}
        investigations.edit_contribution(writer, made[0], edits_of(writer, Contribution, made[0], values))

    _lay(known, one.asked, ask)
    if one.received:
        _lay(known, one.received, receive)


def _draw(known: Known, it: _Looked, voice: Voice, people: _Drawn) -> Act:
    def draw(writer: Writer) -> None:
        templates = books.map_templates()
        made = network_maps.begin(writer, known.cases[it.child], voice, templates=templates)
        writer.flush()
        taken: list[Placement] = []
        for called, ring, sector, quality in people:
            spot = cell_centre(templates["four", 1], ring, sector, taken)
            taken.append(spot)
            one = network_maps.add_person(writer, made, called, placement=spot, templates=templates)
            writer.flush()
            network_maps.add_relation(writer, made, None, one, quality)
            writer.flush()
        network_maps.tidy_up(writer, made, templates)
        writer.flush()
        map_versions.attach(writer, made, known.investigations[it.child])

    return draw
