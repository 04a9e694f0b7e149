"""One shape for what was agreed, whether it is kept as an agreement, as a visit's, or as a small task of the network."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TypeAlias

from caseworker_app.domain.agreement import Agreement, AgreementMove, AgreementSource
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting, MeetingKind, TimeSpan
from caseworker_app.domain.network_map import MapPerson, NetworkMap, NetworkTask, Voice
from caseworker_app.domain.office import Function, Worker
from caseworker_app.domain.person import ROLE_LABELS, Person
from caseworker_app.domain.visit import Visit, VisitAgreement
from caseworker_app.i18n import Translator, load
from caseworker_app.services.ports import Reader

OLD = dt.timedelta(days=183)
"""What was to be done longer ago than this is said to be old."""

Stored: TypeAlias = "Agreement | VisitAgreement | NetworkTask"


class Kept(StrEnum):
    """What the log calls the thing an agreement is kept as."""

    AGREEMENT = "agreement"
    VISIT = "visit_agreement"
    TASK = "network_task"


CLASSES: Mapping[Kept, type[Agreement] | type[VisitAgreement] | type[NetworkTask]] = {
    Kept.AGREEMENT: Agreement,
    Kept.VISIT: VisitAgreement,
    Kept.TASK: NetworkTask,
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """One agreement. ``source_id`` is the meeting, visit, map, follow-up or entry; ``agreed_on`` its day as far as known.

    ``first_due`` is the day before it was first postponed, ``moved`` how often it was, ``moved_why`` the latest reason.
    ``mine`` says that the worker whose store this is does it, alone or with others; ``shared`` that the family knows of it:
    it was agreed with them there, or somebody said so. What is not shared is on no paper of theirs.
    """

    kept: Kept
    id: Id
    stream: Id
    source: AgreementSource
    source_id: Id | None
    what: str
    who: str = ""
    person: Id | None = None
    due: dt.date | None = None
    reason: str = ""
    agreed_on: dt.date | None = None
    done_on: dt.date | None = None
    went: str = ""
    dropped: bool = False
    mine: bool = False
    moved: int = 0
    first_due: dt.date | None = None
    moved_why: str = ""
    order: str = ""
    shared: bool = False

    @property
    def open(self) -> bool:
        """Whether it is to be done."""
        return self.done_on is None

    def late(self, today: dt.date) -> bool:
        """Whether its day has passed and it is open."""
        return self.open and self.due is not None and self.due < today

    def old(self, today: dt.date) -> bool:
        """Whether it is open and was to be done, or without a day was agreed, more than half a year ago."""
        day = self.due or self.agreed_on
        return self.open and day is not None and today - day > OLD


@dataclass(frozen=True, slots=True)
class Myself:
    """By which words the worker is meant when an agreement says who does it."""

    author: Id
    words: frozenset[str] = field(default_factory=frozenset)

    def does(self, who: str, worker: Id | None = None) -> bool:
        """Whether the worker is the one, or one of several, who does it."""
        if worker is not None:
            return worker == self.author
        return any(part in self.words for part in names_in(who))


_BETWEEN = re.compile(r"\s*(?:,|;|/|&|\+|\bog\b|\band\b)\s*", re.IGNORECASE)
_OWN_WORDS = frozenset({"jeg", "mig", "mig selv", "me"})
_FUNCTION_WORDS: Mapping[Function, frozenset[str]] = {
    Function.CASEWORKER: frozenset({"rådgiver", "rådgiveren", "socialrådgiver", "sagsbehandler"}),
    Function.HEALTH_VISITOR: frozenset({"sundhedsplejerske", "sundhedsplejersken"}),
}
"""What families and minutes call whoever has the store."""


def names_in(who: str) -> Iterable[str]:
    """Yield each of the names in the words of who does something, folded for comparing."""
    return (part.strip().casefold() for part in _BETWEEN.split(who))


def myself(reader: Reader) -> Myself:
    """Return by which words the worker of this store is meant: her name, her first name, her title, and "jeg"."""
    worker = reader.get(Worker, reader.author)
    if worker is None:
        return Myself(reader.author, _OWN_WORDS)
    first = worker.name.split(" ")[0]
    own = {worker.name.casefold(), first.casefold(), worker.title.casefold()} - {""}
    return Myself(reader.author, _OWN_WORDS | _FUNCTION_WORDS[worker.function] | own)


def moves_of(reader: Reader, stream: Id | None = None) -> dict[Id, list[AgreementMove]]:
    """Return how agreements were postponed, by agreement, the first time first."""
    found: dict[Id, list[AgreementMove]] = {}
    for move in reader.find(AgreementMove, stream=stream):
        if move.agreement is not None:
            found.setdefault(move.agreement, []).append(move)
    return found


_WITH_FAMILY = frozenset(
    {
        MeetingKind.INVOLVING,
        MeetingKind.NETWORK,
        MeetingKind.FOLLOW_UP,
        MeetingKind.ELEVATOR,
        MeetingKind.JOINT_HOME_VISIT,
        MeetingKind.FIRST,
    }
)
"""Kinds of meeting the family is at. A municipality's own kind is not among them: what is not known is not shared."""


_FAMILY_VOICES = frozenset({Voice.MOTHER, Voice.FATHER, Voice.TOGETHER})
"""The child's own map, and the names it gives people there, are not for the family's papers."""


def with_family(kind: str) -> bool:
    """Whether the family is at meetings of a kind."""
    return kind in _WITH_FAMILY


@cache
def danish() -> Translator:
    """Return the language of what is kept and printed, whatever the screen's is."""
    return load("da")


@dataclass(frozen=True, slots=True)
class Around:
    """What an agreement is told from: who the worker is, the days of meetings, visits and maps, names on maps."""

    me: Myself
    moves: Mapping[Id, list[AgreementMove]]
    days: Mapping[Id, dt.date | None]
    names: Mapping[Id, str]
    without_family: frozenset[Id] = frozenset()


def around_of(reader: Reader, stream: Id | None) -> Around:
    """Read what the agreements of a stream are told from; of the whole store for ``None``."""
    days: dict[Id, dt.date | None] = {}
    apart: set[Id] = set()
    for entity, when, kind in reader.pick(Meeting, ("when", "kind"), stream=stream):
        days[entity] = when.day if isinstance(when, TimeSpan) else None
        if not with_family(kind):
            apart.add(entity)
    for entity, held, when in reader.pick(Visit, ("held_on", "when"), stream=stream):
        days[entity] = held or (when.day if isinstance(when, TimeSpan) else None)
    names: dict[Id, str] = {}
    if reader.count(NetworkTask, stream=stream):
        names = dict(reader.pick(MapPerson, ("called",), stream=stream))
        for entity, drawn_on, voice in reader.pick(NetworkMap, ("drawn_on", "voice"), stream=stream):
            days[entity] = drawn_on
            if voice not in _FAMILY_VOICES:
                apart.add(entity)
    return Around(myself(reader), moves_of(reader, stream), days, names, frozenset(apart))


def seen(one: Stored, around: Around) -> Agreed:
    """Return a stored thing as one shape."""
    moves = around.moves.get(one.id, [])
    match one:
        case Agreement():
            source = AgreementSource.MEETING if one.meeting is not None else one.source_type
            at, who, person, worker, order = (
                one.meeting or one.source,
                one.who,
                one.person,
                one.worker,
                one.order,
            )
            agreed_on = one.agreed_on or around.days.get(at or b"")
            kept, shared = (
                Kept.AGREEMENT,
                one.family_knows
                or (
                    source in (AgreementSource.MEETING, AgreementSource.FOLLOW_UP)
                    and at not in around.without_family
                ),
            )
        case VisitAgreement():
            source, at, who, person, worker = (
                AgreementSource.VISIT,
                one.visit,
                one.who,
                one.person,
                one.worker,
            )
            agreed_on, order, kept, shared = around.days.get(at or b""), "", Kept.VISIT, True
        case NetworkTask():
            source, at, person, worker = AgreementSource.MAP, one.map, one.case_person, None
            who, order, kept = around.names.get(one.person or b"", ""), "", Kept.TASK
            shared = at not in around.without_family
            agreed_on = around.days.get(at or b"")
    return Agreed(
        kept, one.id, one.stream, source, at, one.what, who, person, one.due, one.reason, agreed_on, one.done_on,
        one.went, one.dropped,
        mine=kept is not Kept.TASK and person is None and around.me.does(who, worker),
        moved=len(moves),
        first_due=moves[0].was if moves else None,
        moved_why=moves[-1].why if moves else "",
        order=order,
        shared=shared,
    )  # fmt: skip


def called(person: Person) -> frozenset[str]:
    """Return by which words a person of the case is meant, folded: her name, what the family calls her, what she is."""
    label = danish().gettext(ROLE_LABELS[person.role])
    return frozenset(word.casefold() for word in (person.name, person.role_words, label) if word)
