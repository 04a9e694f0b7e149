"""What Familievisning is given: only what the table of the network map design, section 7, allows."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.honour import Involvement
from caseworker_app.domain.ids import Id
from caseworker_app.domain.network_map import (
    Candidate,
    Informed,
    MapPerson,
    MapPersonKind,
    Placement,
    Quality,
    Support,
    Voice,
)
from caseworker_app.domain.person import Person, Role
from caseworker_app.services import cases, family_view, honour, map_versions, network_maps, people
from caseworker_app.services.family_view import Audience, FamilyModel, NotForThem
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.stores import founded

NOW = dt.datetime(2026, 11, 21, 11, 0, tzinfo=dt.UTC)
CHILD, PARENTS = Audience.CHILD, Audience.PARENTS
TEMPLATES = ShippedBooks().map_templates()
CASE = {
    "child_name": "Ida Kragelund Holm",
    "called": "Ida",
    "school": "Skovmosens Skole",
    "school_class": "3.b",
    "record_number": "DUBU-77123",
    "note": "Underretning fra naboen",
    "born": dt.date(2015, 3, 1),
}


@dataclasses.dataclass
class Told:
    """A case with a map in every voice, on which everybody has said something about everything."""

    store: SqlStore
    clock: FixedClock
    case: Id
    maps: dict[Voice, Id]
    at: dict[tuple[Voice, str], Id]

    def model(self, voice: Voice, audience: Audience, *, asked: bool = False) -> FamilyModel:
        return self.store.read(
            lambda r: family_view.family_model(r, self.maps[voice], audience, TEMPLATES, asked=asked)
        )

    def write(self, fn):
        return self.store.write(fn).result


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    clock = FixedClock(NOW)
    store = founded(tmp_path, clock)
    case = store.write(lambda w: cases.register(w, CASE)).result
    made = Told(store, clock, case, {}, {})
    aunt = made.write(
        lambda w: people.add(
            w, case, {"name": "Grethe Ukendt Rasmussen", "role": Role.RELATIVE, "phone": "97 12 34 56"}
        )
    )
    for voice in Voice:
        fill(made, voice, aunt)
    yield made
    store.close()


def spot(number: int, sector: int = 0) -> Placement:
    template = next(iter(TEMPLATES.values()))
    ring, field = template.inside[1], template.sectors[sector]
    angle = round(((field.start + field.end) / 2 % 360) * 10) + number * 40
    return Placement(angle % 3600, round((ring.inner + ring.outer) * 500), ring.id, field.id)


def fill(told: Told, voice: Voice, aunt: Id) -> None:
    """Draw a map: two people of its own, a school, lines by every voice, worker's marks, words."""
    named = told.maps[voice] = told.write(
        lambda w: network_maps.begin(w, told.case, voice, place="Mødelokale 4", present=["Lone Tilsted"])
    )

    def add(name: str, **more: object) -> Id:
        return told.write(lambda w: network_maps.add_person(w, named, name, **more))

    first = add(f"Første-{voice.value}", placement=spot(0), role_word="mormor")
    other = add(f"Anden-{voice.value}", placement=spot(2))
    add(f"Venter-{voice.value}")
    add("Skovmosen", kind=MapPersonKind.PLACE, placement=spot(0, school_sector()))
    add(f"Hr. Gren-{voice.value}", placement=spot(1), case_person=aunt)
    told.at[voice, "first"], told.at[voice, "other"] = first, other
    told.at[voice, "aunt"] = aunt
    marks = {
        "candidate": Candidate.PLACEMENT,
        "informed": Informed.KNOWS_SOME,
        "support": Support.DRAINS,
        "doubtful": True,
    }
    told.write(lambda w: network_maps.edit_person(w, first, {n: Edit(v) for n, v in marks.items()}))
    for said_by in Voice:
        line = told.write(
            lambda w, by=said_by: network_maps.add_relation(w, named, None, first, Quality.STRONG, by)
        )
        told.at[voice, f"line-{said_by.value}"] = line
        hard = told.write(
            lambda w, by=said_by: network_maps.add_relation(w, named, first, other, Quality.STRAINED, by)
        )
        told.at[voice, f"hard-{said_by.value}"] = hard
    told.write(lambda w: network_maps.add_group(w, named, f"Hos far-{voice.value}", [first, other], False))
    told.write(
        lambda w: network_maps.add_quote(w, named, f"Hemmeligt sagt-{voice.value}", Voice.CHILD, first)
    )


def school_sector() -> int:
    template = next(iter(TEMPLATES.values()))
    return next(n for n, sector in enumerate(template.sectors) if sector.hides_place)


def strings(thing: object) -> Iterator[str]:
    """Yield every string that can be reached from a value."""
    if isinstance(thing, str) and not isinstance(thing, enum.Enum):
        yield thing
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        for field in dataclasses.fields(thing):
            yield from strings(getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            yield from strings(key)
            yield from strings(value)
    elif isinstance(thing, tuple | list | set | frozenset):
        for one in thing:
            yield from strings(one)


FORBIDDEN = (
    "Kragelund", "Skovmosens", "3.b", "DUBU-77123", "Underretning", "Grethe", "Rasmussen", "97 12 34 56", "Mødelokale",
    "Lone Tilsted", "Hemmeligt",
)  # fmt: skip
ALLOWED = {
    (CHILD, Voice.CHILD), (CHILD, Voice.TOGETHER),
    (PARENTS, Voice.MOTHER), (PARENTS, Voice.FATHER), (PARENTS, Voice.TOGETHER),
}  # fmt: skip


@pytest.mark.parametrize(("audience", "voice"), list(product(Audience, Voice)))
def test_a_map_is_shown_to_those_whose_it_is_and_to_nobody_else(told, audience, voice):
    if (audience, voice) in ALLOWED:
        assert told.model(voice, audience).voice is voice
    else:
        with pytest.raises(NotForThem):
            told.model(voice, audience)


@pytest.mark.parametrize(("audience", "voice"), sorted(ALLOWED))
def test_nothing_of_the_case_or_of_another_map_is_in_the_model(told, audience, voice):
    model = told.model(voice, audience, asked=True)
    for found in (model, model.opened(), family_view.view_of(model.opened(), model.view)):
        said = list(strings(found))
        for word in FORBIDDEN:
            assert not [one for one in said if word.casefold() in one.casefold()], word
        for other in set(Voice) - {voice}:
            assert not [one for one in said if f"-{other.value}" in one]
        assert f"Første-{voice.value}" in said
        assert f"Venter-{voice.value}" in said


@pytest.mark.parametrize(("audience", "voice"), sorted(ALLOWED))
def test_the_workers_marks_are_on_nobody(told, audience, voice):
    for one in told.model(voice, audience).view.people:
        assert (one.candidate, one.informed, one.support, one.doubtful) == (None, None, None, False)


@pytest.mark.parametrize(("audience", "voice"), sorted(ALLOWED))
def test_only_lines_of_those_who_look_on_are_shown(told, audience, voice):
    model = told.model(voice, audience, asked=True)
    seen = {line.said_by for line in model.view.relations}
    if audience is CHILD:
        assert seen == {Voice.CHILD, Voice.TOGETHER}
    elif voice is Voice.TOGETHER:
        assert seen == {Voice.MOTHER, Voice.FATHER, Voice.TOGETHER}
    else:
        assert seen == {voice, Voice.TOGETHER}


def test_a_child_sees_what_is_hard_only_when_it_asks(told):
    softly = {line.quality for line in told.model(Voice.CHILD, CHILD).view.relations}
    assert softly == {Quality.STRONG}
    asked = {line.quality for line in told.model(Voice.CHILD, CHILD, asked=True).view.relations}
    assert asked == {Quality.STRONG, Quality.STRAINED}


def test_parents_see_the_hard_lines_they_drew_themselves(told):
    assert Quality.STRAINED in {line.quality for line in told.model(Voice.MOTHER, PARENTS).view.relations}


def test_who_waits_in_the_tray_is_shown_waiting(told):
    for audience, voice in ALLOWED:
        waiting = [one.called for one in told.model(voice, audience).view.people if one.placement is None]
        assert waiting == [f"Venter-{voice.value}"]


def test_a_new_line_is_the_statement_of_whoever_looks_on(told):
    assert told.model(Voice.CHILD, CHILD).speaker is Voice.CHILD
    assert told.model(Voice.TOGETHER, CHILD).speaker is Voice.CHILD
    assert told.model(Voice.TOGETHER, PARENTS).speaker is Voice.TOGETHER
    assert told.model(Voice.FATHER, PARENTS).speaker is Voice.FATHER


def test_parents_read_the_institutions_they_write_unless_an_address_is_protected(told):
    def places():
        model = told.model(Voice.MOTHER, PARENTS)
        return [one.called for one in model.view.people if one.kind is MapPersonKind.PLACE]

    assert places() == ["Skovmosen"]
    protect(told)
    assert places() != ["Skovmosen"]


@pytest.mark.parametrize(("audience", "voice"), sorted(ALLOWED))
def test_under_protection_no_institution_is_named(told, audience, voice):
    protect(told)
    said = list(strings(told.model(voice, audience, asked=True)))
    assert not [one for one in said if "skovmosen" in one.casefold()]


def protect(told: Told) -> None:
    told.write(lambda w: cases.edit(w, told.case, {"address_protected": Edit(True)}))


def test_a_protected_persons_name_is_not_shown_to_parents(told):
    aunt = told.at[Voice.MOTHER, "aunt"]
    told.write(
        lambda w: w.act("Change a person") or w.set(Person, aunt, "address_protected", True, parents=None)
    )
    told.write(
        lambda w: network_maps.add_relation(
            w, told.maps[Voice.MOTHER], None, on_map(told, Voice.MOTHER, aunt)
        )
    )
    said = list(strings(told.model(Voice.MOTHER, PARENTS)))
    assert not [one for one in said if "Gren" in one]


def on_map(told: Told, voice: Voice, person: Id) -> Id:
    found = told.store.read(lambda r: r.find(MapPerson, where={"map": told.maps[voice]}))
    return next(one.id for one in found if one.case_person == person)


def test_parents_are_shown_an_earlier_meetings_map_only_while_it_is_being_drawn(told):
    told.clock.set(NOW + dt.timedelta(days=30))
    assert told.model(Voice.MOTHER, PARENTS).locked is False
    told.write(lambda w: map_versions.keep(w, told.maps[Voice.MOTHER]))
    with pytest.raises(NotForThem, match="drawn in this meeting"):
        told.model(Voice.MOTHER, PARENTS)


def test_a_child_is_shown_an_earlier_map_of_its_own_to_look_at(told):
    told.write(lambda w: map_versions.keep(w, told.maps[Voice.CHILD]))
    told.clock.set(NOW + dt.timedelta(days=30))
    model = told.model(Voice.CHILD, CHILD)
    assert model.locked
    assert model.opened().locked
    assert model.day is None


def test_parents_are_told_the_day_and_the_child_nothing(told):
    assert told.model(Voice.FATHER, PARENTS).day == NOW.date()
    assert told.model(Voice.CHILD, CHILD).day is None


@pytest.mark.parametrize(("audience", "voice"), sorted(ALLOWED))
def test_without_a_risk_assessment_nothing_is_shown_to_anybody(told, audience, voice):
    concern = told.write(lambda w: honour.note(w, told.case, {"reason": "Uro"}))
    with pytest.raises(NotForThem, match="risk assessment is made before"):
        told.model(voice, audience)
    assessed = {"conclusion": "Se notat", "parents": Involvement.MUST_NOT, "network": Involvement.MAY}
    told.write(lambda w: honour.assess(w, concern, assessed))
    if audience is PARENTS:
        with pytest.raises(NotForThem, match="must not be involved"):
            told.model(voice, audience)
    else:
        assert told.model(voice, audience).audience is CHILD


def test_a_removed_map_is_shown_to_nobody(told):
    told.write(lambda w: network_maps.remove_map(w, told.maps[Voice.CHILD]))
    with pytest.raises(NotForThem, match="removed"):
        told.model(Voice.CHILD, CHILD)


def test_what_the_drawing_becomes_holds_ids_of_what_is_shown_and_no_more(told):
    model = told.model(Voice.CHILD, CHILD)
    opened = model.opened()
    assert opened.cards == {}
    assert opened.tasks == opened.quotes == ()
    assert {one.case_person for one in opened.people} == {None}
    assert opened.case.first_name == "Ida"
    assert opened.map.snapshot == opened.map.title == opened.map.note == ""
