"""What an investigation shows: its topics with what is written, and beside them everything it is held against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from caseworker_app.domain.case import Case
from caseworker_app.domain.form_spec import Forms, FormSpec
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.investigation import (
    DEMANDED,
    PRELIMINARY,
    TWO_WORKERS,
    Contribution,
    Investigation,
    InvestigationAnswer,
    InvestigationKind,
)
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.map_words import VOICE_LABELS
from caseworker_app.domain.network_map import NetworkMap, Voice
from caseworker_app.domain.phrases import Phrase
from caseworker_app.services import caseload_deadlines, investigations, journal_desk, map_versions
from caseworker_app.services.deadline import Deadline
from caseworker_app.services.journal_desk import Link
from caseworker_app.services.map_reading import maps_of
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import RuleBook

MOST_ENTRIES = 60
"""So many of the newest entries are offered as what a topic rests on."""


@dataclass(frozen=True, slots=True)
class Beside:
    """An intervention that ran before or during an investigation; ``before``: it had ended when the need was known."""

    intervention: Intervention
    before: bool


@dataclass(frozen=True, slots=True)
class InvestigationView:
    """One investigation whole.

    ``clock`` is the deadline the law counts for it, done or not; ``lacking`` whose maps are still to be drawn, ``maps``
    those attached and ``offered`` those that could be; ``demanded`` what the law asks for and is not written yet.
    """

    case: Case
    investigation: Investigation
    spec: FormSpec
    answers: Mapping[str, InvestigationAnswer]
    contributions: tuple[Contribution, ...]
    maps: tuple[NetworkMap, ...]
    offered: tuple[NetworkMap, ...]
    lacking: tuple[Voice, ...]
    beside: tuple[Beside, ...]
    demanded: tuple[Phrase, ...]
    clock: Deadline | None
    today: dt.date

    @property
    def late(self) -> bool:
        """Whether its time is over and it has not ended: then a preliminary assessment is asked for."""
        return self.clock is not None and self.clock.open and self.clock.due < self.today

    @property
    def missing_maps(self) -> tuple[Phrase, ...]:
        """What is missing of the maps, in words."""
        return tuple(
            Phrase("No map drawn with the child is attached.")
            if voice is Voice.CHILD
            else Phrase("No map drawn with the parents is attached.")
            for voice in self.lacking
        )


def view(reader: Reader, investigation: Id, forms: Forms, book: RuleBook) -> InvestigationView:
    """Return an investigation. Raises ``KeyError`` when there is none."""
    found = investigations.known(reader, investigation)
    case = next(iter(reader.find(Case, stream=found.stream, cancelled=True)))
    spec, written = investigations.spec_of(found, forms), investigations.answers_of(reader, investigation)
    whole = found.kind is InvestigationKind.INVESTIGATION
    attached = map_versions.attached(reader, investigation)
    here = {one.id for one in attached}
    return InvestigationView(
        case,
        found,
        spec,
        written,
        investigations.contributions_of(reader, investigation),
        attached,
        tuple(
            r.map for r in maps_of(reader, case.id) if r.map.id not in here and r.map.investigation is None
        ),
        map_versions.still_to_draw(reader, investigation) if whole else (),
        beside_of(reader, found),
        demanded(found, spec, written) if whole else (),
        clock_of(reader, book, case, found),
        reader.today,
    )


def clock_of(reader: Reader, book: RuleBook, case: Case, found: Investigation) -> Deadline | None:
    """Return the deadline the law counts for an investigation; ``None`` where it counts none."""
    far = reader.today + caseload_deadlines.CASE_AHEAD
    deadlines = caseload_deadlines.of_case(reader, book, case.id, far).deadlines
    return next((one for one in deadlines if one.subject == found.id), None)


def beside_of(reader: Reader, found: Investigation) -> tuple[Beside, ...]:
    """Return the interventions before and during an investigation, the latest first."""
    known, ended = found.known_on or reader.today, found.ended_on or reader.today
    begun = [
        one
        for one in reader.find(Intervention, stream=found.stream)
        if one.start is not None and one.start <= ended
    ]
    begun.sort(key=lambda one: one.start or dt.date.min, reverse=True)
    return tuple(Beside(one, one.ended_on is not None and one.ended_on < known) for one in begun)


def demanded(
    found: Investigation, spec: FormSpec, written: Mapping[str, InvestigationAnswer]
) -> tuple[Phrase, ...]:
    """Return what the law asks an investigation for and is not written yet (BL §§ 20-22); nothing is stopped by it."""
    said = {topic.goes_to for topic in spec.topics if topic.id in written and written[topic.id].text.strip()}
    there = {topic.goes_to for topic in spec.topics}
    lacking = [Phrase(words) for goes_to, words in DEMANDED.items() if goes_to in there - said]
    if found.first_time and TWO_WORKERS in there - said:
        lacking.append(Phrase("Two workers at the meetings that matter: it is the family's first case"))
    if found.preliminary_on is not None and PRELIMINARY in there - said:
        lacking.append(Phrase("The words of the preliminary assessment"))
    return tuple(lacking)


def sources(reader: Reader, found: Investigation) -> tuple[Link, ...]:
    """Return what a topic can rest on: contributions, entries, then what an entry can be about, the latest first."""
    case = next(iter(reader.find(Case, stream=found.stream, cancelled=True)))
    contributions = [
        Link("contribution", one.id, one.whom or one.profession, one.received_on or one.asked_on)
        for one in reversed(investigations.contributions_of(reader, found.id))
    ]
    names = ("heading", "held_on", "written_on")
    entries = [
        Link("entry", id_, heading, held or written)
        for id_, heading, held, written in reader.pick(Entry, names, stream=found.stream)
    ]
    entries.sort(key=lambda link: link.day or dt.date.min, reverse=True)
    return (*contributions, *entries[:MOST_ENTRIES], *journal_desk.linkable(reader, case))


def map_words(one: NetworkMap) -> Phrase:
    """Say which map it is: whose, and drawn when."""
    voice = Phrase(VOICE_LABELS[one.voice])
    return Phrase("{voice}, drawn on {day}", {"voice": voice, "day": one.drawn_on or "?"})
