"""The internal cross-disciplinary meeting (internt tværfagligt møde): its agenda, and one case on it, anonymous by habit.

Herningmodellen 10: caseworkers, psychologists and health visitors; the case is discussed without names unless a holder of
custody has consented; four points: chair, time per case, sparring on cases, news. The agenda says which professions each
case wants; each participant minds her own duty to journal, and whoever presented the case informs the family afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, REFERENCE, TEXT, choices, record, texts
from caseworker_app.domain.meeting import TimeSpan

OPENING_MINUTES, NEWS_MINUTES = 5, 10
"""What the chair's first point and the news take of the time, before the cases share the rest."""
INFORM_DAYS = 7
"""So long after the meeting the family is told; a habit of the house, no rule of law."""


class Profession(StrEnum):
    """Whose eyes a case wants."""

    CASEWORKER = "caseworker"
    PSYCHOLOGIST = "psychologist"
    HEALTH_VISITOR = "health_visitor"
    SPECIALIST = "specialist"
    TEAM_LEADER = "team_leader"


PROFESSION_LABELS: Mapping[Profession, str] = {
    Profession.CASEWORKER: "Caseworker",
    Profession.PSYCHOLOGIST: "Psychologist",
    Profession.HEALTH_VISITOR: "Health visitor",
    Profession.SPECIALIST: "Consultant (speech, occupational therapy, PPR)",
    Profession.TEAM_LEADER: "Team leader",
}


class Sparring(StrEnum):
    """What a case is brought for (the third point of the agenda)."""

    NETWORK_MEETING = "network_meeting"
    PERSPECTIVES = "perspectives"
    NORMAL = "normal"
    LADDER = "ladder"
    INVOLVEMENT = "involvement"


SPARRING_LABELS: Mapping[Sparring, str] = {
    Sparring.NETWORK_MEETING: "An involving network meeting: how, when, who",
    Sparring.PERSPECTIVES: "How each profession sees it",
    Sparring.NORMAL: "Other ways: an everyday life like others'",
    Sparring.LADDER: "Other ways: a lower step of the ladder",
    Sparring.INVOLVEMENT: "Other ways: more involvement of child, family, network",
}


@entity("internal_agenda", "Internal cross-disciplinary meeting")
class InternalAgenda(Entity):
    """One meeting as our worker sees it, in her own stream. ``members`` stand in the order in which they take turns as
    chair; ``colleagues_cases`` are cases the others bring, which share the time; ``meeting`` is the meeting in the series,
    if there is one."""

    when: TimeSpan | None = field(record(TimeSpan), "Time", default=None)
    place: str = field(TEXT, "Place", default="")
    chair: str = field(TEXT, "Chair", default="")
    members: tuple[str, ...] = field(texts(), "Who takes turns as chair", default=())
    colleagues_cases: int | None = field(NUMBER, "Cases the others bring", default=None)
    news: str = field(TEXT, "News", default="")
    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)


@entity("internal_case", "Case on an internal meeting")
class InternalCase(Entity):
    """One case brought to one meeting; the stream is the case's.

    Anonymous unless ``named``, which asks for a consent that stands. ``hidden`` are words the worker wants replaced as
    well, ``kept`` those that may stay although the machine doubted them. ``discussed_on`` is the day it was talked about,
    ``ideas`` what came of it, ``informed_on`` the day the presenter told the family.
    """

    agenda: Id | None = field(REFERENCE, "Agenda", default=None, indexed=True)
    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    question: str = field(TEXT, "What I want sparring on", default="")
    situation: str = field(TEXT, "What it is about", default="")
    tried: str = field(TEXT, "What has been tried", default="")
    wanted: frozenset[Profession] = field(
        choices(Profession), "Professions wanted", default=frozenset(), many=True
    )
    sparring: frozenset[Sparring] = field(choices(Sparring), "Sparring on", default=frozenset(), many=True)
    named: bool = field(FLAG, "With the family's name, by consent", default=False)
    hidden: tuple[str, ...] = field(texts(), "Words to be replaced as well", default=())
    kept: tuple[str, ...] = field(texts(), "Words that may stay", default=())
    discussed_on: dt.date | None = field(DATE, "Discussed on", default=None)
    ideas: str = field(TEXT, "What came of it", default="")
    informed_on: dt.date | None = field(DATE, "The family was informed on", default=None)


def minutes_per_case(minutes: int, cases: int) -> int:
    """Return how many whole minutes each case has; nothing when there is no time, or no case."""
    left = minutes - OPENING_MINUTES - NEWS_MINUTES
    return max(0, left) // cases if cases > 0 else 0


def chair_in_turn(members: Sequence[str], before: Sequence[str]) -> str:
    """Return whose turn it is to be chair. ``before`` are those who were, the latest first.

    The first in the order who has not been chair yet; else who was it longest ago; empty without members.
    """
    latest = list(dict.fromkeys(name.casefold() for name in before))
    waited = {name: latest.index(name.casefold()) for name in members if name.casefold() in latest}
    fresh = [name for name in members if name not in waited]
    if fresh:
        start = _after(members, latest)
        turned = [*members[start:], *members[:start]]
        return next(name for name in turned if name in fresh)
    return max(waited, key=lambda name: waited[name], default="")


def _after(members: Sequence[str], latest: Sequence[str]) -> int:
    """Return the place after the one who was chair last."""
    folded = [name.casefold() for name in members]
    return folded.index(latest[0]) + 1 if latest and latest[0] in folded else 0
