"""Visits: planned and held, written apart for child and parents, agreed on, and seen again on I dag."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.form_spec import newest
from caseworker_app.domain.journal import Entry, EntryDraft
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.searching import Question
from caseworker_app.domain.visit import (
    Area,
    ParentsEntry,
    Side,
    Visit,
    VisitAgreement,
    VisitKind,
    VisitNote,
    VisitState,
)
from caseworker_app.services import (
    chronology,
    entries,
    history,
    journal_hints,
    open_tasks,
    searching,
    today,
    visit_glance,
    visit_journal,
    visit_notes,
    visit_papers,
    visit_views,
    visits,
)
from caseworker_app.services.forms import Edit
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
BOOKS = ShippedBooks()
FORMS = BOOKS.forms(None)


def span(day, start=10, end=11):
    return TimeSpan(day, dt.time(start), dt.time(end))


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, "Emma Holm")


@pytest.fixture
def planned(store, emma):
    values = {"kind": VisitKind.NEEDS, "when": span(TODAY - DAY), "place": "Hjemme", "joint_with": "Lise"}
    return store.write(lambda w: visits.plan(w, emma, values)).result


@pytest.fixture
def held(store, planned):
    store.write(lambda w: visits.hold(w, planned, TODAY - DAY, ("Mor", "Emma")))
    return planned


def write(store, visit, topic, text, **values):
    done = store.write(lambda w: visit_notes.write_note(w, FORMS, visit, topic, {"text": text, **values}))
    return done.result


def draft_of(store, visit):
    return store.read(lambda r: visit_journal.draft_of(r, visit))


def refused(store, act):
    with pytest.raises(InvalidInput) as caught:
        store.write(act)
    return caught.value.field


def strings_in(thing):
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing):
        for one in fields(thing):
            yield from strings_in(getattr(thing, one.name))
    elif isinstance(thing, tuple | list):
        for one in thing:
            yield from strings_in(one)


# --- planned and held


def test_a_visit_that_is_held_begins_an_entry_in_the_childs_journal_in_the_same_act(store, held):
    draft = draft_of(store, held)
    assert draft.heading == "Behovsbesøg"
    assert draft.participants == ("Mor", "Emma")
    store.write(history.undo)
    assert store.read(lambda r: r.get(Visit, held)).state is VisitState.PLANNED
    assert draft_of(store, held) is None


def test_a_visit_is_not_held_on_a_day_to_come_nor_before_the_day_it_was_planned_for(store, planned):
    assert refused(store, lambda w: visits.hold(w, planned, TODAY + DAY)) == "held_on"
    assert refused(store, lambda w: visits.hold(w, planned, TODAY - 2 * DAY)) == "held_on"


def test_a_visit_that_was_never_planned_can_be_written_as_held(store, emma):
    values = {"kind": VisitKind.HOME, "held_on": TODAY - 3 * DAY, "participants": ("Mor",)}
    made = store.write(lambda w: visits.plan(w, emma, values)).result
    assert store.read(lambda r: r.get(Visit, made)).state is VisitState.HELD
    assert draft_of(store, made).held_on == TODAY - 3 * DAY


def test_a_visit_without_a_day_and_one_that_ends_before_it_begins_are_refused(store, emma):
    assert refused(store, lambda w: visits.plan(w, emma, {})) == "when"
    assert refused(store, lambda w: visits.plan(w, emma, {"when": span(TODAY, 12, 11)})) == "when"


def test_a_held_visit_is_not_called_off(store, held, emma):
    with pytest.raises(UserError):
        store.write(lambda w: visits.call_off(w, held))


def test_who_was_there_follows_into_the_entry_that_is_being_written(store, held):
    edits = {"participants": Edit(("Far",), ()), "held_on": Edit(TODAY, ())}
    store.write(lambda w: visits.edit(w, held, edits))
    assert draft_of(store, held).participants == ("Far",)
    assert draft_of(store, held).held_on == TODAY


def test_the_duty_to_write_knows_a_visit_nobody_has_written_of(store, emma):
    values = {"kind": VisitKind.HOME, "held_on": TODAY - 5 * DAY}
    made = store.write(lambda w: visits.plan(w, emma, values)).result
    hints = lambda: store.read(lambda r: journal_hints.of_case(r, r.get(Case, emma)))  # noqa: E731
    assert hints() == ()
    store.write(lambda w: entries.discard(w, draft_of(store, made).id))
    assert [hint.source_type for hint in hints()] == ["visit"]


# --- written, apart


def test_what_is_written_of_the_child_stands_in_the_entry_at_once_and_the_parents_never(store, held):
    write(store, held, "interplay", "Søger mors blik")
    write(store, held, "couple", "Skændes om penge")
    text = draft_of(store, held).text
    assert "Kontakt og samspil" in text
    assert "Søger mors blik" in text
    assert "penge" not in text


def test_an_entry_its_author_has_changed_is_left_alone(store, held):
    write(store, held, "interplay", "Søger mors blik")
    draft = draft_of(store, held)
    store.write(
        lambda w: entries.edit(w, draft.id, {"text": Edit("Min egen tekst", w.heads(draft.id, "text"))})
    )
    write(store, held, "development", "Sidder selv")
    assert draft_of(store, held).text == "Min egen tekst"


TOPICS = [topic for topic in newest(FORMS, "needs_visit").topics if topic.kind.value == "text"]


@given(
    st.dictionaries(
        st.sampled_from([topic.id for topic in TOPICS]),
        st.sampled_from([Area.CONTACT, Area.DEVELOPMENT, Area.SOCIAL]),
        min_size=1,
    )
)
def test_a_text_of_one_journal_never_holds_a_word_of_the_other(chosen):
    spec = newest(FORMS, "needs_visit")
    notes = [
        VisitNote(topic=topic, area=area, text=f"ord{number}{area.side.value} *ikke* **sagt**")
        for number, (topic, area) in enumerate(chosen.items())
    ]
    for side, other in ((Side.CHILD, Side.PARENTS), (Side.PARENTS, Side.CHILD)):
        text = visit_journal.side_text(spec, notes, side)
        pasted = "".join(
            visit_journal.copied(spec, Visit(), notes, area) for area in visit_journal.AREAS[side]
        )
        assert other.value not in text + pasted
        for note in notes:
            word = note.text.split()[0]
            assert (word in text) == (note.area.side is side) == (word in pasted)


@pytest.mark.parametrize("side", [Side.CHILD, Side.PARENTS])
def test_the_paper_of_one_journal_holds_nothing_of_the_other_and_nothing_that_may_speak_of_anybody(
    store, held, side
):
    store.write(lambda w: visits.edit(w, held, {"purpose": Edit("formålsord", ())}))
    store.write(lambda w: visits.add_agreement(w, held, {"what": "aftaleord"}))
    write(store, held, "interplay", "barnord")
    write(store, held, "couple", "forældreord")
    job = store.read(lambda r: visit_papers.journal_job(r, FORMS, held, side))
    words = " ".join(strings_in(job.facts))
    own, other = ("barnord", "forældreord") if side is Side.CHILD else ("forældreord", "barnord")
    assert own in words
    assert not any(word in words for word in (other, "formålsord", "aftaleord"))
    assert "Emma" not in job.file_name


def test_a_point_moved_to_the_other_journal_leaves_the_first(store, held):
    note = write(store, held, "structure", "Spiser sent")
    assert "Spiser" not in draft_of(store, held).text
    store.write(lambda w: visit_notes.move_note(w, FORMS, note, Area.DEVELOPMENT))
    assert "Spiser" in draft_of(store, held).text


def test_the_parents_part_is_signed_once_and_is_no_entry_of_the_childs_journal(store, held):
    note = write(store, held, "couple", "Skændes om penge")
    signed = store.write(lambda w: visit_journal.sign_parents(w, FORMS, held)).result
    assert "penge" in store.read(lambda r: r.get(ParentsEntry, signed)).text
    assert store.read(lambda r: r.find(Entry)) == []
    with pytest.raises(UserError):
        store.write(lambda w: visit_journal.sign_parents(w, FORMS, held))
    with pytest.raises(UserError):
        store.write(lambda w: visit_notes.edit_note(w, FORMS, note, {"text": Edit("Andet", ())}))
    store.write(lambda w: visit_notes.let_into_investigation(w, note))


def test_a_correction_of_the_parents_journal_leaves_the_first_readable(store, held):
    write(store, held, "couple", "Skændes om penge")
    first = store.write(lambda w: visit_journal.sign_parents(w, FORMS, held)).result
    second = store.write(lambda w: visit_journal.correct_parents(w, first, "Det var om tid")).result
    found = store.read(lambda r: visit_journal.parents_entries(r, held))
    assert [one.id for one in found] == [first, second]
    assert found[1].corrects == first
    assert "penge" in found[0].text


def test_a_visit_that_is_not_held_is_not_signed_for_the_parents(store, planned):
    write(store, planned, "couple", "Skændes om penge")
    with pytest.raises(UserError):
        store.write(lambda w: visit_journal.sign_parents(w, FORMS, planned))


def test_the_childs_topics_are_shut_when_the_entry_is_signed_and_the_parents_are_not(store, held):
    write(store, held, "interplay", "Søger mors blik")
    store.write(lambda w: entries.sign(w, draft_of(store, held).id))
    with pytest.raises(UserError):
        write(store, held, "development", "Sidder selv")
    write(store, held, "couple", "Skændes om penge")


def test_only_the_points_that_were_chosen_go_to_the_investigation(store, emma, held):
    note = write(store, held, "interplay", "Søger mors blik")
    write(store, held, "couple", "Skændes om penge")
    points = lambda: store.read(lambda r: visit_journal.for_investigation(r, FORMS, emma))  # noqa: E731
    assert points() == ()
    store.write(lambda w: visit_notes.let_into_investigation(w, note))
    text = visit_journal.investigation_text(points())
    assert "Søger mors blik" in text
    assert "Behovsbesøg, 20-11-2026" in text
    assert "penge" not in text


def test_what_earlier_visits_say_stands_beside_the_topic_latest_first(store, emma, held):
    older = store.write(
        lambda w: visits.plan(w, emma, {"kind": VisitKind.NEEDS, "held_on": TODAY - 40 * DAY})
    ).result
    write(store, older, "interplay", "Vender sig bort")
    write(store, held, "interplay", "Søger mors blik")
    now = store.write(lambda w: visits.plan(w, emma, {"kind": VisitKind.NEEDS, "when": span(TODAY)})).result
    earlier = store.read(lambda r: visit_views.view(r, now)).earlier["interplay"]
    assert [one.note.text for one in earlier] == ["Søger mors blik", "Vender sig bort"]


def test_observation_tags_stand_as_words(store, held):
    store.write(lambda w: visit_notes.write_note(w, FORMS, held, "seen", {"tags": ("eye_contact", "calms")}))
    assert "Søger øjenkontakt, Lader sig trøste" in draft_of(store, held).text


def test_a_tag_that_the_form_does_not_offer_is_refused(store, held):
    act = lambda w: visit_notes.write_note(w, FORMS, held, "seen", {"tags": ("x",)})  # noqa: E731
    assert refused(store, act) == "tags"


# --- agreed, and seen again


def test_what_was_agreed_is_open_in_the_case_and_on_i_dag_until_it_is_done(store, emma, held):
    values = {"what": "Ringe til lægen", "who": "Mor", "due": TODAY + DAY}
    agreed = store.write(lambda w: visits.add_agreement(w, held, values)).result
    tasks = store.read(lambda r: open_tasks.of_case(r, BOOKS, emma))
    assert [task.what for task in tasks] == ["Ringe til lægen"]
    assert [row.what for row in store.read(today.today).visits] == ["Ringe til lægen"]
    store.write(lambda w: open_tasks.close(w, tasks[0], TODAY))
    assert store.read(lambda r: r.get(VisitAgreement, agreed)).done_on == TODAY
    assert store.read(lambda r: open_tasks.of_case(r, BOOKS, emma)) == ()
    assert store.read(today.today).visits == ()


def test_an_agreement_that_says_nothing_is_refused_and_one_emptied_is_taken_back(store, held):
    assert refused(store, lambda w: visits.add_agreement(w, held, {"what": " "})) == "what"
    agreed = store.write(lambda w: visits.add_agreement(w, held, {"what": "Ringe"})).result
    store.write(lambda w: visits.edit_agreement(w, agreed, {"what": Edit("", ())}))
    assert store.read(lambda r: r.get(VisitAgreement, agreed)).cancelled


def test_a_visit_whose_day_has_passed_is_asked_after_and_one_ahead_is_shown(store, emma, planned):
    store.write(lambda w: visits.plan(w, emma, {"when": span(TODAY + 2 * DAY)}))
    store.write(lambda w: visits.plan(w, emma, {"when": span(TODAY + 20 * DAY)}))
    rows = store.read(today.today).visits
    assert [row.kind.value for row in rows] == ["unmarked", "visit"]
    assert rows[0].late


def test_a_held_visit_stands_in_the_chronology_and_its_notes_are_found(store, emma, held):
    write(store, held, "interplay", "Søger mors blik")
    events = store.read(lambda r: chronology.view(r, emma))
    assert [e.event.thing for e in events if e.event.type == "visit"] == [held]
    hits = store.read(lambda r: searching.search(r, Question("blik"))).hits
    assert {hit.kind for hit in hits} == {"visit_note", "entry_draft"}


def test_removing_a_visit_takes_its_draft_notes_and_agreements_and_undo_brings_them_back(store, held):
    write(store, held, "couple", "Skændes om penge")
    store.write(lambda w: visits.add_agreement(w, held, {"what": "Ringe"}))
    store.write(lambda w: visits.remove(w, held))
    count = lambda cls: len(store.read(lambda r: r.find(cls)))  # noqa: E731
    assert [count(cls) for cls in (Visit, VisitNote, VisitAgreement, EntryDraft)] == [0, 0, 0, 0]
    store.write(history.undo)
    assert [count(cls) for cls in (Visit, VisitNote, VisitAgreement, EntryDraft)] == [1, 1, 1, 1]


# --- at the door


def test_the_glance_says_who_is_there_the_dog_and_what_was_agreed(store, emma, held):
    from caseworker_app.domain.person import Role
    from caseworker_app.services import people

    card = {"name": "Mia Holm", "role": Role.MOTHER, "phone": "11 22 33 44", "lives_with_child": True}
    store.write(lambda w: people.add(w, emma, card))
    store.write(lambda w: visits.write_home(w, emma, {"dog": "Stor, men rar"}))
    store.write(lambda w: visits.write_home(w, emma, {"way_in": "Bagdøren"}))
    store.write(lambda w: visits.add_agreement(w, held, {"what": "Ringe"}))
    seen = store.read(lambda r: visit_glance.of_case(r, emma))
    assert (seen.dog, seen.way_in) == ("Stor, men rar", "Bagdøren")
    assert seen.lives_here == (("Mia Holm", "mor"),)
    assert seen.phones == (("Mia Holm", "11 22 33 44"),)
    assert seen.last == (TODAY - DAY, "Behovsbesøg")
    assert [what for what, _who, _day in seen.agreed] == ["Ringe"]


def test_the_sheet_holds_no_protected_address_and_no_personal_number(store, emma, held):
    from caseworker_app.domain.case import Address

    values = {
        "address": Edit(Address("Hemmelig Allé 4", "7400", "Herning"), ()),
        "address_protected": Edit(True, ()),
        "person_number": Edit("6101201234", ()),
    }
    from caseworker_app.services import cases

    store.write(lambda w: cases.edit(w, emma, values))
    job = store.read(lambda r: visit_papers.sheet(r, BOOKS, held))
    words = " ".join(strings_in(job.facts))
    assert "Hemmelig" not in words
    assert "610120" not in words
    assert "Beskyttet" in words
