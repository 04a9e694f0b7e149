"""What of each kind of thing is carried over to the record system, field by field, in Danish.

A kind without a describer of its own is described from its declaration, and so is everything that names it as its whole
(a goal its plan, a contact its notification): what is new is carried over without a line here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from caseworker_app.domain.dates import long_date
from caseworker_app.domain.entity import Entity, EntityType, all_types, type_of
from caseworker_app.domain.follow_up import FollowUp
from caseworker_app.domain.form_paper import Answer, short_words
from caseworker_app.domain.form_spec import FormSpec
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.investigation import Investigation, InvestigationAnswer
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.meeting import Attendance, Column, Meeting, MeetingPoint
from caseworker_app.domain.network_map import NetworkMap
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.plan import Goal, Plan, ProgressMark
from caseworker_app.domain.transfer import Described, FieldText
from caseworker_app.domain.visit import AREA_HEADINGS, VISIT_HEADINGS, ParentsEntry, Side, Visit, VisitNote
from caseworker_app.services.books import Books
from caseworker_app.services.ports import Reader
from caseworker_app.services.transfer_words import fields_of, name_of, said

Fields = Callable[[Reader, Books | None, Any], Iterator[FieldText]]

_PARTS_LEFT_OUT: Final = frozenset(
    {
        "document",
        "entry",
        "evidence",
        "network_map",
        "notification",
        "parents_entry",
        "plan_version",
        "print",
        "transfer",
    }
)
"""Kinds that name a whole and are carried over by themselves, or hold nobody's words."""
_OWN_ANSWER: Final = frozenset({"chosen", "number", "tags"})
_COLUMNS: Final[Mapping[Column, str]] = {
    Column.WORRIES: "Bekymringer",
    Column.WORKS: "Fungerer",
    Column.WISHES: "Hvad vil vi se ske",
    Column.CHILD: "Barnets egne ord",
}
_WHOLE: Final[Mapping[str, str]] = {"network_map": "map"}
"""By which field its parts name a kind, where that is not the kind's own name."""


def describe(reader: Reader, books: Books | None, thing: Entity) -> Described:
    """Return a thing as it is carried over. Without ``books`` the topics of a form stand under their ids."""
    declared = type_of(type(thing))
    fields = _FIELDS.get(declared.name, _generic)(reader, books, thing)
    title, day = title_of(reader, thing)
    return Described(declared.name, thing.id, thing.stream, title, day, tuple(fields))


def title_of(reader: Reader, thing: Entity) -> tuple[str, dt.date | None]:
    """Return what a thing is called, without a name in it, and its day."""
    match thing:
        case Entry():
            return thing.heading or name_of(Entry), thing.day
        case ParentsEntry():
            return f"{thing.heading} (forældrenes journal)", thing.held_on or thing.written_on
        case FollowUp():
            found = reader.get(Intervention, thing.intervention or b"")
            of = "" if found is None else f": {found.name}"
            return f"Opfølgning{of}", thing.held_on or thing.due
        case Plan():
            return said(thing.kind), thing.ready_on or thing.begun_on
        case Notification():
            received = thing.received_at
            return "Underretning", None if received is None else received.astimezone().date()
        case Investigation():
            return said(thing.kind), thing.ended_on or thing.known_on
        case NetworkMap():
            return f"Netværkskort: {said(thing.voice)}", thing.drawn_on
        case Meeting():
            return f"Referat: {said(thing.kind)}", None if thing.when is None else thing.when.day
        case Visit():
            return VISIT_HEADINGS[thing.kind], thing.day
    return name_of(type(thing)), None


# --- From the declaration --------------------------------------------------------------------------------------


def _generic(reader: Reader, books: Books | None, thing: Entity) -> Iterator[FieldText]:
    """Yield a thing's own fields, and then those of every thing that names it as its whole."""
    yield from fields_of(thing)
    spec = _spec(reader, books, thing)
    for part in _parts(reader, thing):
        yield from _part(reader, spec, part)


def _parts(reader: Reader, thing: Entity) -> Iterator[Entity]:
    kind = type_of(type(thing)).name
    named = _WHOLE.get(kind, kind)
    for declared in all_types():
        if declared.name not in _PARTS_LEFT_OUT and _names(declared, named):
            found = reader.find(declared.cls, stream=thing.stream, where={named: thing.id})
            yield from sorted(found, key=lambda one: str(getattr(one, "order", "")))


def _names(declared: EntityType[Any], whole: str) -> bool:
    spec = declared.specs.get(whole)
    return spec is not None and spec.kind.name == "reference" and spec.indexed


def _part(reader: Reader, spec: FormSpec | None, part: Entity) -> Iterator[FieldText]:
    key = f"{part.id.hex()}/"
    if isinstance(part, InvestigationAnswer | VisitNote):
        yield from _answer(spec, part, key)
        return
    group = name_of(type(part))
    if isinstance(part, Goal):
        group = f"Mål: {part.text}" if part.parent is None else f"Delmål: {part.text}"
    elif isinstance(part, ProgressMark):
        goal = reader.get(Goal, part.goal or b"")
        group = f"Mål: {goal.text}" if goal is not None else group
        value = "" if part.value is None else f"{part.value} af 10"
        yield from _under(f"{key}value", "Hvor langt", value, group)
        yield from fields_of(part, group=group, key=key, but=frozenset({"value"}))
        return
    yield from fields_of(part, group=group, key=key)


def _under(key: str, label: str, text: str, group: str = "") -> Iterator[FieldText]:
    if text.strip():
        yield FieldText(key, label, text.strip(), group)


# --- On forms --------------------------------------------------------------------------------------------------


def _spec(reader: Reader, books: Books | None, thing: Entity) -> FormSpec | None:
    """Return the form a thing is written on."""
    if books is None:
        return None
    if isinstance(thing, Investigation):
        from caseworker_app.services.investigations import spec_of as investigated

        return investigated(thing, books.forms(reader))
    if isinstance(thing, Visit):
        from caseworker_app.services.visit_journal import spec_of as visited

        return visited(books.forms(reader), thing)
    return None


def _answer(spec: FormSpec | None, part: InvestigationAnswer | VisitNote, key: str) -> Iterator[FieldText]:
    topic = None if spec is None else spec.topic(part.topic)
    group = part.topic if topic is None else topic.label
    if isinstance(part, VisitNote) and AREA_HEADINGS[part.area]:
        group = f"{AREA_HEADINGS[part.area]}: {group}"
    if isinstance(part, VisitNote) and part.common:
        part = replace(part, text="\n\n".join(filter(None, (part.common.strip(), part.text.strip()))))
    if topic is not None:
        short = short_words(topic, Answer(tags=part.tags, chosen=part.chosen, number=part.number))
        yield from _under(f"{key}short", "Svar", short, group)
    yield from fields_of(part, group=group, key=key, but=_OWN_ANSWER)


def _visit(reader: Reader, books: Books | None, visit: Visit) -> Iterator[FieldText]:
    """Yield what of a visit belongs to the child's journal; the parents' is an entry of its own."""
    yield from fields_of(visit)
    spec = _spec(reader, books, visit)
    for part in _parts(reader, visit):
        if not (isinstance(part, VisitNote) and part.area.side is Side.PARENTS):
            yield from _part(reader, spec, part)


# --- Minutes and maps ------------------------------------------------------------------------------------------


def _minutes(reader: Reader, _books: Books | None, meeting: Meeting) -> Iterator[FieldText]:
    from caseworker_app.services import meetings
    from caseworker_app.services.papers import function_of

    view = meetings.view(reader, meeting.id)
    away = (Attendance.DECLINED, Attendance.ABSENT)
    yield from fields_of(
        meeting, but=frozenset({"course", "state", "contact_name", "contact_phone", "summary"})
    )
    for key, label, there in (("came", "Deltagere", True), ("away", "Afbud og udeblevet", False)):
        who = [p for p in view.participants if (p.attendance not in away) is there]
        names = (f"{p.name} ({f})" if (f := function_of(p, view.people)) else p.name for p in who)
        yield from _under(key, label, "\n".join(names))
    for column, label in _COLUMNS.items():
        yield from _under(column.value, label, "\n".join(map(_point, view.points[column])))
    agreed = []
    for one in view.agreements:
        beside = "; ".join(part for part in (one.who, said(one.due), one.reason) if part)
        agreed.append(f"- {one.what}" + (f" ({beside})" if beside else ""))
    yield from _under("agreements", "Aftaler", "\n".join(agreed))
    yield from _under("summary", "Opsamling", meeting.summary)


def _point(point: MeetingPoint) -> str:
    return f"- {point.text} ({point.said_by})" if point.said_by else f"- {point.text}"


def _map(reader: Reader, books: Books | None, found: NetworkMap) -> Iterator[FieldText]:
    from caseworker_app.domain.map_words import PROFESSIONAL_QUALITY_LABELS
    from caseworker_app.services.map_reading import open_map
    from caseworker_app.services.transfer_words import danish

    assert books is not None, "a map is read with its rings"
    drawn = open_map(reader, found.id, books.map_templates())
    yield from fields_of(found, but=frozenset({"locked_at", "attached_on", "state"}))
    names: dict[Id | None, str] = {one.id: one.called or one.role_word or "ukendt" for one in drawn.people}
    names[None] = "barnet"
    people = []
    for one in drawn.people:
        where = "endnu ikke sat på kortet"
        if one.placement is not None:
            ring, sector = (
                drawn.template.ring(one.placement.ring),
                drawn.template.sector(one.placement.sector),
            )
            where = f"{ring.professional}, {sector.professional}"
        who = f"{one.called} ({one.role_word})" if one.called and one.role_word else names[one.id]
        people.append(f"- {who}{', død' if one.dead else ''}: {where}")
    yield from _under("people", "På kortet", "\n".join(people))
    lines = []
    for line in drawn.relations:
        quality = danish().gettext(PROFESSIONAL_QUALITY_LABELS[line.quality]).lower()
        note = f" ({line.note})" if line.note else ""
        lines.append(f"- {names.get(line.a, 'ukendt')} – {names.get(line.b, 'ukendt')}: {quality}{note}")
    yield from _under("relations", "Forbindelser", "\n".join(lines))
    groups = (
        f"- {group.label}: {', '.join(sorted(names.get(m, 'ukendt') for m in group.members))}"
        for group in drawn.groups
    )
    yield from _under("groups", "Hører sammen", "\n".join(groups))
    yield from _under("quotes", "Sagt", "\n".join(f"- „{one.words}“" for one in drawn.quotes))


_FIELDS: Final[Mapping[str, Fields]] = {"meeting": _minutes, "network_map": _map, "visit": _visit}


def shown_day(day: dt.date | None) -> str:
    """Return a day as it stands beside a title."""
    return "" if day is None else long_date(day)
