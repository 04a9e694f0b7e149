"""Carried over by hand: every kind field by field, marked with its day, and said to have changed when it has."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents.papers import make
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.entity import all_types
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import EntryKind
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.office import Function, Office
from caseworker_app.domain.transfer import Described, Transfer, TransferState
from caseworker_app.domain.visit import VisitKind
from caseworker_app.services import (
    cases,
    entries,
    follow_up_pages,
    history,
    investigations,
    map_versions,
    meeting_lines,
    meetings,
    notifications,
    office,
    plans,
    transfer_papers,
    transfers,
    transfers_waiting,
    visit_journal,
    visit_notes,
    visits,
)
from caseworker_app.services.forms import Edit
from caseworker_app.services.transfers import KINDS, Subject
from db.store import SqlStore
from tests.helpers.casework import TODAY, begin, book, held
from tests.helpers.mapped import full_map
from tests.helpers.planned import settle
from tests.helpers.stores import NOON, founded, register

BOOKS = ShippedBooks()
FORMS = BOOKS.forms(None)
Write = Callable[[Callable[[Any], Any]], Any]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def write(store: SqlStore) -> Write:
    return lambda fn: store.write(fn).result


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store)


def described(store: SqlStore, kind: str, thing: Id) -> Described:
    return store.read(lambda r: transfers.opened(r, BOOKS, Subject(kind, thing))).described


def texts(found: Described) -> dict[tuple[str, str], str]:
    return {(one.group, one.called): one.text for one in found.fields}


def entry(write: Write, case: Id, text: str = "Vi talte om skolen.", **values: Any) -> Id:
    draft = write(
        lambda w: entries.begin(
            w, case, {"kind": EntryKind.TELEPHONE, "text": text, "held_on": TODAY} | values
        )
    )
    return write(lambda w: entries.sign(w, draft))[0]


def marked(store: SqlStore, kind: str, thing: Id) -> Id:
    seen = described(store, kind, thing).digest
    return store.write(lambda w: transfers.mark(w, BOOKS, Subject(kind, thing), seen)).result


def standing(store: SqlStore, kind: str, thing: Id) -> TransferState:
    return store.read(lambda r: transfers.state(r, BOOKS, Subject(kind, thing))).state


# --- Field by field --------------------------------------------------------------------------------------------


def test_an_entry_is_plain_text_under_danish_headings(store, write, case):
    made = entry(write, case, "**Skolen** ringede:\n\n- fravær\n- en ven", participants=("Mor", "Lis"))
    found = described(store, "entry", made)
    said = texts(found)
    assert said["", "Tekst"] == "Skolen ringede:\n- fravær\n- en ven"
    assert said["", "Hvem deltog"] == "Mor, Lis"
    assert found.title == "Telefonsamtale" and found.day == TODAY
    assert "Tekst\nSkolen" in found.text


def test_a_follow_up_brings_its_talk_word_for_word(store, case):
    made = held(store, begin(store, case, start=dt.date(2026, 9, 1)), TODAY, summary="Vi ser an.")
    found = described(store, "follow_up", made)
    assert any(one.text == "Det går godt" and one.group for one in found.fields)
    assert any(one.text == "Vi ser an." for one in found.fields)


def test_a_plan_brings_its_goals_each_under_its_own_heading(store, write):
    planned = settle(write)
    groups = {one.group for one in described(store, "plan", planned.plan).fields}
    assert "Mål: Emma er i skole hver dag og har en ven at være sammen med" in groups
    assert "Delmål: Emma spiser frokost sammen med Sofie" in groups


def test_a_notification_brings_its_first_contacts(store, write, case):
    made = write(
        lambda w: notifications.receive(
            w, case, {"received_at": NOON, "sender": "Skolen", "about": "Blå mærker"}
        )
    )
    assert "Blå mærker" in described(store, "notification", made).text


def test_an_investigation_is_said_under_the_topics_of_its_form(store, write, case):
    made = write(lambda w: investigations.begin(w, case, {"known_on": dt.date(2026, 9, 1)}))
    write(
        lambda w: investigations.write_answer(
            w, made, FORMS, "health", {"challenges": "Sover dårligt", "resources": "Spiser godt"}
        )
    )
    write(lambda w: investigations.ask(w, made, {"whom": "PPR", "what": "Udtalelse"}))
    said = texts(described(store, "investigation", made))
    assert said["Sundhedsforhold", "Udfordringer"] == "Sover dårligt"
    assert said["Sundhedsforhold", "Ressourcer"] == "Spiser godt"
    assert "PPR" in said.values()


def test_a_network_map_is_said_in_words_and_without_the_workers_own_note(store, write):
    mapped = full_map(write)
    found = described(store, "network_map", mapped.map)
    people = next(one.text for one in found.fields if one.key == "people")
    assert "Mormor" in people and "barnet – Mormor" in found.text
    assert "candidate" not in {one.key for one in found.fields}


def test_minutes_bring_who_came_the_columns_and_what_was_agreed(store, write, case):
    made = write(lambda w: meetings.plan(w, case, {"purpose": "Hverdagen"}))
    write(lambda w: meeting_lines.add_agreement(w, made, {"what": "Lektiehjælp", "who": "Far", "due": TODAY}))
    found = described(store, "meeting", made)
    assert texts(found)["", "Aftaler"] == "- Lektiehjælp (Far; 21. november 2026)"
    assert found.title.startswith("Referat: ")


def test_what_of_a_visit_is_the_parents_is_carried_over_apart(store, write, case):
    made = write(
        lambda w: visits.plan(
            w, case, {"kind": VisitKind.NEEDS, "when": TimeSpan(TODAY, dt.time(10), dt.time(11))}
        )
    )
    topics = {
        topic.goes_to: topic.id
        for topic in visit_journal.spec_of(
            FORMS, store.read(lambda r: r.get(KINDS["visit"].cls, made))
        ).topics
    }
    write(lambda w: visit_notes.write_note(w, FORMS, made, topics["contact"], {"text": "Kigger på mor"}))
    write(lambda w: visit_notes.write_note(w, FORMS, made, topics["social"], {"text": "Far er uden arbejde"}))
    write(lambda w: visits.hold(w, made, TODAY))
    child = described(store, "visit", made)
    assert "Kigger på mor" in child.text and "uden arbejde" not in child.text
    assert any(one.group.startswith("Kontakt og samspil: ") for one in child.fields)
    parents = write(lambda w: visit_journal.sign_parents(w, FORMS, made))
    found = described(store, "parents_entry", parents)
    assert "uden arbejde" in found.text and "Kigger" not in found.text
    assert "forældrenes journal" in found.title


def test_a_text_field_that_no_describer_knows_is_carried_over_all_the_same():
    from caseworker_app.services.transfer_words import fields_of

    for kind in KINDS.values():
        declared = next(one for one in all_types() if one.cls is kind.cls)
        filled = {name: "ord" for name, spec in declared.specs.items() if spec.kind.name == "text"}
        said = {one.key for one in fields_of(kind.cls(**filled))}
        known = {"common", "digest", "form", "order", "snapshot", "source_type", "template"}
        assert filled.keys() - said <= known, declared.name


def test_nothing_says_none_or_false(store, case):
    made = held(store, begin(store, case, start=dt.date(2026, 9, 1)), TODAY)
    for one in described(store, "follow_up", made).fields:
        assert one.text not in ("None", "False", "True") and one.called and "_" not in one.called


# --- Marked ----------------------------------------------------------------------------------------------------


def test_a_thing_is_marked_with_its_day_and_says_when_it_has_changed(store, case):
    made = held(store, begin(store, case, start=dt.date(2026, 9, 1)), TODAY, summary="Vi ser an.")
    assert standing(store, "follow_up", made) is TransferState.NOT
    marked(store, "follow_up", made)
    now = store.read(lambda r: transfers.state(r, BOOKS, Subject("follow_up", made)))
    assert (now.state, now.day, now.system) == (TransferState.ON, TODAY, "DUBU")
    heads = store.read(lambda r: r.heads(made, "summary"))
    store.write(
        lambda w: follow_up_pages.edit_whole(w, book(), made, {"summary": Edit("Vi gør mere.", heads)}, {})
    )
    assert standing(store, "follow_up", made) is TransferState.CHANGED
    marked(store, "follow_up", made)
    assert standing(store, "follow_up", made) is TransferState.ON


def test_a_talk_that_changes_changes_its_follow_up(store, case):
    made = held(store, begin(store, case, start=dt.date(2026, 9, 1)), TODAY)
    marked(store, "follow_up", made)
    talk = store.read(lambda r: follow_up_pages.view(r, made)).talks[0]
    store.write(
        lambda w: follow_up_pages.edit_whole(
            w, book(), made, {}, {talk.id: {"child_words": Edit("Det går skidt", ())}}
        )
    )
    assert standing(store, "follow_up", made) is TransferState.CHANGED


def test_nobody_marks_what_she_has_not_seen(store, case):
    made = held(store, begin(store, case, start=dt.date(2026, 9, 1)), TODAY, summary="Vi ser an.")
    seen = described(store, "follow_up", made).digest
    store.write(lambda w: follow_up_pages.edit_whole(w, book(), made, {"summary": Edit("Andet", ())}, {}))
    with pytest.raises(UserError, match="changed while"):
        store.write(lambda w: transfers.mark(w, BOOKS, Subject("follow_up", made), seen))
    assert store.read(lambda r: r.count(Transfer)) == 0


def test_a_day_that_has_not_come_is_refused_and_marking_twice_is_one_mark(store, write, case):
    made = entry(write, case)
    seen = described(store, "entry", made).digest
    with pytest.raises(UserError, match="not come yet"):
        store.write(
            lambda w: transfers.mark(w, BOOKS, Subject("entry", made), seen, TODAY + dt.timedelta(days=1))
        )
    assert marked(store, "entry", made) == marked(store, "entry", made)
    assert store.read(lambda r: r.count(Transfer)) == 1


def test_a_mark_is_undone_and_taken_back(store, write, case):
    made = entry(write, case)
    marked(store, "entry", made)
    store.write(history.undo)
    assert standing(store, "entry", made) is TransferState.NOT
    marked(store, "entry", made)
    store.write(lambda w: transfers.take_back(w, Subject("entry", made)))
    assert standing(store, "entry", made) is TransferState.NOT


def test_the_record_system_is_the_functions_and_the_municipalitys(store):
    assert store.read(transfers.system_of) == "DUBU"
    here = store.read(lambda r: r.find(Office))[0].id
    store.write(lambda w: office.edit_worker(w, {"function": Edit(Function.HEALTH_VISITOR, ())}))
    assert store.read(transfers.system_of) == "NOVAX"
    store.write(
        lambda w: office.edit_office(w, here, {"record_system_health": Edit("Sundhedsplejens journal", ())})
    )
    assert store.read(transfers.system_of) == "Sundhedsplejens journal"


# --- Waiting ---------------------------------------------------------------------------------------------------


def test_what_waits_is_counted_in_active_cases_and_what_is_carried_over_is_not(store, write, case):
    one, other = entry(write, case), entry(write, case, "Andet", held_on=dt.date(2026, 11, 1))
    write(lambda w: entries.begin(w, case, {"text": "Kladde"}))
    found = store.read(lambda r: transfers_waiting.waiting(r, BOOKS))
    assert (found.count, found.changed) == (2, 0)
    assert found.subjects == (Subject("entry", one), Subject("entry", other))
    marked(store, "entry", one)
    assert store.read(lambda r: transfers_waiting.waiting(r, BOOKS)).subjects == (Subject("entry", other),)
    write(lambda w: cases.close(w, case, TODAY, "Flyttet"))
    assert store.read(lambda r: transfers_waiting.waiting(r, BOOKS)).count == 0


def test_what_is_older_than_four_weeks_is_counted_apart_and_listed_apart(store, write, case):
    new = entry(write, case)
    old = entry(write, case, "Gammelt", held_on=TODAY - dt.timedelta(days=29))
    found = store.read(lambda r: transfers_waiting.waiting(r, BOOKS))
    assert (found.count, found.older, found.subjects) == (1, 1, (Subject("entry", new),))
    assert store.read(transfers_waiting.older_ones) == (Subject("entry", old),)
    marked(store, "entry", old)
    assert store.read(lambda r: transfers_waiting.waiting(r, BOOKS)).older == 0
    assert store.read(transfers_waiting.older_ones) == ()
    marked(store, "entry", new)
    after = store.read(lambda r: transfers_waiting.waiting(r, BOOKS))
    assert (after.count, after.older) == (0, 0)


def test_every_kind_that_is_ready_waits_and_one_that_is_not_does_not(store, write):
    planned = settle(write)
    write(lambda w: plans.make_ready(w, planned.plan, TODAY))
    mapped = full_map(write)
    write(lambda w: meetings.plan(w, mapped.case, {"purpose": "Hverdagen"}))
    assert {one.kind for one in store.read(lambda r: transfers_waiting.waiting(r, BOOKS)).subjects} == {
        "plan"
    }
    write(lambda w: map_versions.keep(w, mapped.map))
    kinds = {one.kind for one in store.read(lambda r: transfers_waiting.waiting(r, BOOKS)).subjects}
    assert kinds == {"plan", "network_map"}


def test_what_changed_since_comes_first(store, write, case):
    entry(write, case)
    made = held(store, begin(store, case, start=dt.date(2026, 9, 1)), TODAY, summary="Vi ser an.")
    marked(store, "follow_up", made)
    store.write(lambda w: follow_up_pages.edit_whole(w, book(), made, {"summary": Edit("Andet", ())}, {}))
    found = store.read(lambda r: transfers_waiting.waiting(r, BOOKS))
    assert found.changed == 1 and found.subjects[0] == Subject("follow_up", made)


# --- On paper --------------------------------------------------------------------------------------------------


def test_the_pdf_holds_every_field_and_its_file_no_name_and_no_number(store, write):
    planned = settle(write)
    shown = store.read(lambda r: transfers.opened(r, BOOKS, Subject("plan", planned.plan)))
    job = store.read(lambda r: transfer_papers.job(r, shown))
    assert job.file_name == "plan-2026-03-02.pdf" and not contains_person_number(job.file_name)
    page = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(make(job).data)).pages)
    squeezed = "".join(page.split())
    for one in shown.described.fields:
        assert "".join(one.text.split())[:40] in squeezed, one
    assert not contains_person_number(page)
