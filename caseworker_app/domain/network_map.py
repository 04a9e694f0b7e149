"""The netværkskort: who matters to a child, how near, how it goes between them, and whose statement each line is.

A map is one drawing made on one day with one voice. What is known of a person (name, address) lives on her card in the
case; what somebody *thinks* of her (how near, how it goes) lives only here. Every stroke is an operation of its own.
Network map design 5-8; Herningmodellen 9.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import (
    DATE,
    FLAG,
    MOMENT,
    NUMBER,
    REFERENCE,
    TEXT,
    choice,
    optional_choice,
    record,
    references,
    texts,
)


class Voice(StrEnum):
    """Whose map it is, and whose statement a line is."""

    CHILD = "child"
    MOTHER = "mother"
    FATHER = "father"
    TOGETHER = "together"
    WORKER = "worker"


class MapState(StrEnum):
    """A map is drawn on until it is kept as a version; attached, it belongs to an investigation as well."""

    DRAFT = "draft"
    LOCKED = "locked"
    ATTACHED = "attached"


class MapPersonKind(StrEnum):
    """What stands on the map; told by shape, never by colour."""

    PERSON = "person"
    PET = "pet"
    PLACE = "place"
    UNKNOWN = "unknown"


class Quality(StrEnum):
    """How it goes between two: the six kinds of line."""

    STRONG = "strong"
    ORDINARY = "ordinary"
    WEAK = "weak"
    STRAINED = "strained"
    BROKEN = "broken"
    UNSETTLED = "unsettled"


class Flow(StrEnum):
    """Who gives support to whom along a line; off unless it is said."""

    TO_A = "to_a"
    TO_B = "to_b"
    BOTH = "both"


class Support(StrEnum):
    """Whether somebody gives strength or takes it."""

    GIVES = "gives"
    DRAINS = "drains"
    BOTH = "both"


class Informed(StrEnum):
    """What somebody knows of why there is a case."""

    KNOWS = "knows"
    KNOWS_SOME = "knows_some"
    KNOWS_NOTHING = "knows_nothing"


class Candidate(StrEnum):
    """What the worker thinks somebody near may be asked about; the worker's note, on no other copy."""

    PLACEMENT = "placement"
    RELIEF = "relief"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where somebody was put: one field, because nobody means an angle without its ring.

    ``angle`` is in tenths of a degree, 0 upwards, clockwise, 0-3599; ``radius`` in thousandths of the map's radius
    (over 1000 is outside the rings). ``ring`` and ``sector`` are ids of the map's template, read once where she was let
    go and kept as facts. ``pinned`` is left alone by "Ryd op".
    """

    angle: int
    radius: int
    ring: str
    sector: str
    pinned: bool = False


@entity("network_map", "Network map")
class NetworkMap(Entity):
    """One map: a draft being drawn, or a version that is kept.

    ``series`` is the first map's id of those drawn on from one another (its own for the first), ``parent`` the map this
    one was drawn on from. ``number`` counts the versions of a series from 1 when they are kept. ``digest`` is the
    SHA-256 (hexadecimal) of the kept map's canonical JSON, ``snapshot`` that JSON. ``template`` and
    ``template_version`` name the rings and sectors, frozen in the map. ``investigation`` is set when it is attached.
    """

    voice: Voice = field(choice(Voice), "Whose map", default=Voice.CHILD, indexed=True)
    title: str = field(TEXT, "Title", default="")
    state: MapState = field(choice(MapState), "State", default=MapState.DRAFT, indexed=True)
    drawn_on: dt.date | None = field(DATE, "Drawn on", default=None)
    place: str = field(TEXT, "Place", default="")
    present: tuple[str, ...] = field(texts(), "Who was there", default=())
    template: str = field(TEXT, "Template", default="four")
    template_version: int | None = field(NUMBER, "Version of the template", default=1)
    series: Id | None = field(REFERENCE, "Series", default=None, indexed=True)
    parent: Id | None = field(REFERENCE, "Drawn on from", default=None)
    number: int | None = field(NUMBER, "Version", default=None)
    locked_at: dt.datetime | None = field(MOMENT, "Kept at", default=None)
    digest: str = field(TEXT, "Checksum", default="")
    snapshot: str = field(TEXT, "Contents when kept", default="")
    investigation: Id | None = field(REFERENCE, "Investigation", default=None)
    attached_on: dt.date | None = field(DATE, "Attached on", default=None)
    note: str = field(TEXT, "Note", default="")


@entity("map_person", "On the map")
class MapPerson(Entity):
    """Somebody, an animal or a place on one map. Without ``placement`` she waits in the tray.

    ``called`` is the child's own word, ``role_word`` one word under it ("mormor"). ``case_person`` is her card in the
    case; ``origin`` the first thing this one was copied from, so that she is the same on later maps although nobody made
    a card of her. ``order`` keeps the tray and the list in place.
    """

    map: Id | None = field(REFERENCE, "Network map", default=None, indexed=True)
    kind: MapPersonKind = field(choice(MapPersonKind), "Kind", default=MapPersonKind.PERSON)
    called: str = field(TEXT, "Called", default="")
    role_word: str = field(TEXT, "Who it is to the child", default="")
    case_person: Id | None = field(REFERENCE, "Person in the case", default=None)
    origin: Id | None = field(REFERENCE, "Same as on an earlier map", default=None)
    placement: Placement | None = field(record(Placement), "Place on the map", default=None)
    dead: bool = field(FLAG, "Dead", default=False)
    support: Support | None = field(optional_choice(Support), "Gives or takes strength", default=None)
    informed: Informed | None = field(optional_choice(Informed), "What she knows of the case", default=None)
    doubtful: bool = field(FLAG, "Does not know enough yet", default=False)
    candidate: Candidate | None = field(optional_choice(Candidate), "May be asked about", default=None)
    order: str = field(TEXT, "Place in the list", default="")


@entity("map_relation", "Line on the map")
class MapRelation(Entity):
    """A line between two on the map. ``None`` as ``a`` or ``b`` is the child in the middle."""

    map: Id | None = field(REFERENCE, "Network map", default=None, indexed=True)
    a: Id | None = field(REFERENCE, "From", default=None)
    b: Id | None = field(REFERENCE, "To", default=None)
    quality: Quality = field(choice(Quality), "Kind of line", default=Quality.ORDINARY)
    flow: Flow | None = field(optional_choice(Flow), "Who supports whom", default=None)
    said_by: Voice = field(choice(Voice), "Whose statement", default=Voice.CHILD)
    note: str = field(TEXT, "Note", default="")


@entity("map_group", "Household on the map")
class MapGroup(Entity):
    """Those who live together or belong together. ``with_child`` says that the child in the middle is one of them."""

    map: Id | None = field(REFERENCE, "Network map", default=None, indexed=True)
    label: str = field(TEXT, "Name", default="")
    members: frozenset[Id] = field(references(), "Members", default=frozenset(), many=True)
    with_child: bool = field(FLAG, "The child belongs here", default=False)


@entity("map_quote", "Words said at the map")
class MapQuote(Entity):
    """What somebody said while the map was drawn, in her own words; about ``person``, or about the whole."""

    map: Id | None = field(REFERENCE, "Network map", default=None, indexed=True)
    said_by: Voice = field(choice(Voice), "Whose words", default=Voice.CHILD)
    words: str = field(TEXT, "Words", default="")
    person: Id | None = field(REFERENCE, "About", default=None)
    order: str = field(TEXT, "Place in the list", default="")


@entity("network_task", "Small agreed task")
class NetworkTask(Entity):
    """A small thing somebody of the network has said yes to ("henter i SFO om torsdagen").

    ``person`` is her place on the map it was agreed at, ``case_person`` her card if she has one: later maps find the
    task by either.
    """

    map: Id | None = field(REFERENCE, "Network map", default=None, indexed=True)
    person: Id | None = field(REFERENCE, "On the map", default=None)
    case_person: Id | None = field(REFERENCE, "Person in the case", default=None)
    what: str = field(TEXT, "What", default="")
    due: dt.date | None = field(DATE, "When", default=None)
    done_on: dt.date | None = field(DATE, "Done on", default=None)
    reason: str = field(TEXT, "Reason", default="")
    went: str = field(TEXT, "How it went", default="")
    dropped: bool = field(FLAG, "It fell away", default=False)
