"""Everything there is in a case, as things somebody may ask to see: each with its day, its words, and what hangs on it.

Made from the declarations: a kind of thing that nobody named here is a thing of its own, so nothing is silently left out.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.document import SHOWN, Document, FileKind
from caseworker_app.domain.entity import Entity, EntityType, type_of
from caseworker_app.domain.family import FamilyMember
from caseworker_app.domain.ids import Id
from caseworker_app.domain.measurement import Measurement, MeasurementPlan
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.things import TYPES
from caseworker_app.services import field_words
from caseworker_app.services.ports import Reader
from caseworker_app.services.statutes import DENMARK
from caseworker_app.services.thing_words import danish, lines, of_snapshot, value_words

PARTS: Mapping[str, tuple[str, ...]] = {
    "agenda_point": ("meeting",), "agreement": ("meeting",), "agreement_move": ("agreement",),
    "participant": ("meeting",), "meeting_point": ("meeting",), "scale_answer": ("meeting",),
    "minutes_version": ("meeting",), "minutes_sending": ("meeting",), "minutes_addition": ("meeting",),
    "elevator_contract": ("course",), "elevator_step": ("course",), "elevator_hours": ("course",),
    "elevator_measure": ("course",), "factor_mark": ("factor",), "first_meeting_answer": ("first_meeting",),
    "child_talk": ("follow_up",), "investigation_answer": ("investigation",), "contribution": ("investigation",),
    "map_person": ("map",), "map_relation": ("map",), "map_group": ("map",), "map_quote": ("map",),
    "network_task": ("map",), "first_contact": ("notification",), "plan_version": ("plan",), "goal": ("plan",),
    "progress_mark": ("goal",), "evidence": ("goal",), "psychologist_talk": ("course",),
    "resource_answer": ("description",), "resource_point": ("description",), "visit_note": ("visit",),
    "visit_agreement": ("visit",), "parents_entry": ("visit",), "internal_case": ("agenda", "meeting"),
}  # fmt: skip
"""Kinds that are shown under another: the fields that name it, the first that is there."""
GATHERED: Mapping[str, tuple[str, str]] = {
    "family_member": ("genogram", "Genogram"), "family_tie": ("genogram", "Genogram"),
    "family_couple": ("genogram", "Genogram"), "family_sibling": ("genogram", "Genogram"),
    "family_home": ("genogram", "Genogram"), "print": ("prints", "Udleverede kopier"),
    "transfer": ("transfers", "Overført til fagsystemet"), "deadline_mark": ("marks", "Afsluttede frister"),
    "sibling_link": ("siblings", "Søskende i andre sager"),
    "chronology_mark": ("chronology", "Bemærkninger i kronologien"),
}  # fmt: skip
"""Kinds of which each is a line only: gathered in one thing for the case, with its key and its title."""
STANDING = frozenset(
    {
        "case", "intervention", "complaint", "breakdown", "document", "meeting", "first_meeting", "analysis_sheet",
        "follow_up", "party_hearing", "follow_up_exception", "rhythm_decision", "investigation", "entry", "person",
        "meeting_series", "network_map", "notification", "plan", "professional_contact", "psychologist_course",
        "resource_description", "visit", "screening_score", "access_request", "daycare_consult", "course_family",
    }
)  # fmt: skip
"""Kinds that name others and are things of their own all the same. Any other kind stands under what it names first."""
NEVER = frozenset({"access_choice", "access_passage"})
"""What is left out is kept in these, and never given itself."""
_TITLES = (
    "heading",
    "title",
    "name",
    "child_name",
    "called",
    "text",
    "what",
    "heading",
    "question",
    "about",
    "purpose",
)
_DAYS = (
    "held_on", "dated", "received_at", "received_on", "when", "known_on", "drawn_on", "decided_on", "start", "made_on",
    "given_on", "noted_on", "taken_on", "agreed_on", "begun_on", "asked_on", "written_on", "happened_on", "opened_on",
    "sent_on", "marked_on", "planned_on", "printed_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading (it may be empty) and the lines under it: label and words."""

    heading: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing. ``kind`` and ``title`` are Danish; ``own`` are the ids of cards it is about; ``file`` an attached file."""

    key: str
    type: str
    kind: str
    title: str
    day: dt.date | None
    passages: tuple[Passage, ...]
    thing: Entity | None = None
    file: Document | None = None

    @property
    def text(self) -> str:
        """What is read on the screen and what passages are chosen in."""
        parts = []
        for one in self.passages:
            parts.append(one.heading)
            parts += [f"{label}: {words}" if label else words for label, words in one.lines]
        return "\n".join(filter(None, parts))

    @property
    def digest(self) -> str:
        """What it says, so short that it can be compared."""
        kept = f"{self.title}\n{self.text}\n{'' if self.file is None else self.file.digest}"
        return hashlib.sha256(kept.encode()).hexdigest()[:32]

    @property
    def as_pages(self) -> bool:
        """Whether it is a file that can be shown as pages."""
        return self.file is not None and self.file.kind in SHOWN and self.file.kind is not FileKind.TEXT


def items_of(reader: Reader, case: Case) -> tuple[Item, ...]:
    """Return everything in a case, oldest first, what has no day before it."""
    found: dict[Id, Entity] = {
        one.id: one
        for declared in TYPES
        if declared.name not in NEVER
        for one in reader.find(declared.cls, stream=case.stream)
    }
    names = {one.id: _title(one) for one in found.values()}
    names |= {one.id: _member(one, case, names) for one in found.values() if isinstance(one, FamilyMember)}
    under: dict[Id, list[Entity]] = defaultdict(list)
    gathered: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    roots: list[Entity] = []
    for one in found.values():
        name = type_of(type(one)).name
        above = _above(one, found)
        if name in GATHERED:
            gathered[GATHERED[name]].append(one)
        elif above is not None:
            under[above].append(one)
        else:
            roots.append(one)
    made = [_item(one, under, names) for one in roots]
    made += [_together(case, key, title, things, names) for (key, title), things in gathered.items()]
    return tuple(sorted((one for one in made if one.passages or one.file), key=_order))


def _order(item: Item) -> tuple[dt.date, str, str]:
    return item.day or dt.date.min, item.kind, item.key


def _above(one: Entity, found: Mapping[Id, Entity]) -> Id | None:
    for field in _naming(type_of(type(one))):
        above: Id | None = getattr(one, field)
        if above is not None and above in found and above != one.id:
            return above
    return None


def _naming(declared: EntityType[Any]) -> tuple[str, ...]:
    if declared.name in PARTS or declared.name in STANDING:
        return PARTS.get(declared.name, ())
    return tuple(name for name, spec in declared.specs.items() if spec.kind.name == "reference")


def _item(one: Entity, under: Mapping[Id, Sequence[Entity]], names: Mapping[Id, str]) -> Item:
    declared = type_of(type(one))
    kind = danish().gettext(declared.label)
    title = names[one.id]
    passages = tuple(_passages(one, under, names, ""))
    file = one if isinstance(one, Document) else None
    return Item(
        f"{declared.name}:{one.id.hex()}", declared.name, kind, title, day_of(one), passages, one, file
    )


def _passages(
    one: Entity, under: Mapping[Id, Sequence[Entity]], names: Mapping[Id, str], heading: str
) -> Iterator[Passage]:
    said = tuple(_lines(one, names))
    if said:
        yield Passage(heading, said)
    for part in under.get(one.id, ()):
        yield from _passages(part, under, names, danish().gettext(type_of(type(part)).label))


def _lines(one: Entity, names: Mapping[Id, str]) -> Iterator[tuple[str, str]]:
    above = frozenset(_naming(type_of(type(one))))
    hidden = (
        frozenset({"text", "kind"}) if isinstance(one, Document) and one.kind is not FileKind.TEXT else above
    )
    yield from lines(one, names, without=hidden)
    snapshot = getattr(one, "snapshot", "")
    if snapshot and type_of(type(one)).name == "plan_version":
        yield danish().gettext("As it stood then"), of_snapshot(snapshot)


def _together(case: Case, key: str, title: str, things: Sequence[Entity], names: Mapping[Id, str]) -> Item:
    said = []
    for one in things:
        words = "; ".join(f"{label.lower()}: {words}" for label, words in lines(one, names))
        if words:
            said.append(("", words))
    passages = (Passage("", tuple(said)),) if said else ()
    return Item(f"{key}:{case.id.hex()}", key, title, title, None, passages)


def _title(one: Entity) -> str:
    """Return what a thing is called: its own words, shortened, or its kind."""
    for name in _TITLES:
        words = getattr(one, name, "")
        if isinstance(words, str) and words.strip():
            first = " ".join(value_words(words).split())
            return first if len(first) <= 80 else f"{first[:79].rstrip()}…"
    if isinstance(one, Measurement | MeasurementPlan):
        return field_words.said(one, "instrument", one.instrument) or ""
    for name in ("kind", "voice", "document"):
        value = getattr(one, name, None)
        if value and isinstance(value, str) and type(value) is not str:
            return value_words(value)
    return danish().gettext(type_of(type(one)).label)


def _member(one: FamilyMember, case: Case, names: Mapping[Id, str]) -> str:
    """Return what somebody in the genogram is called: the child, her card in the case, or what stands there."""
    if one.child:
        return names.get(case.id, _title(one))
    return one.name or names.get(one.card or b"", "") or one.role_words or _title(one)


def day_of(one: Entity) -> dt.date | None:
    """Return the day a thing is about; ``None`` when it has none, as a card of a person."""
    for name in _DAYS:
        value = getattr(one, name, None)
        if isinstance(value, TimeSpan):
            return value.day
        if isinstance(value, dt.datetime):
            return value.astimezone(DENMARK).date()
        if isinstance(value, dt.date):
            return value
    return None
