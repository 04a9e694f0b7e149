"""A visit written once for siblings: each child's file holds the common part and its own, and closes by itself."""

from __future__ import annotations

import datetime as dt

import pytest

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import SiblingKind
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.journal import Entry, EntryDraft
from caseworker_app.domain.meeting import TimeSpan
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
    cases,
    entries,
    history,
    transfer_fields,
    visit_journal,
    visit_notes,
    visit_papers,
    visit_views,
    visits,
    visits_together,
)
from caseworker_app.services.forms import Edit
from db.verify import faults
from tests.helpers.stores import NOON, founded, register
from tests.helpers.stores import case as case_of

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
BOOKS = ShippedBooks()
FORMS = BOOKS.forms(None)
HELD = {"kind": VisitKind.NEEDS, "held_on": TODAY - DAY, "participants": ("Mor",), "place": "Hjemme"}


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, "Emma Holm")


@pytest.fixture
def ida(store, emma):
    made = register(store, "Ida Holm")
    store.write(lambda w: cases.link_siblings(w, emma, made, SiblingKind.FULL))
    return made


@pytest.fixture
def held(store, emma, ida):
    return store.write(lambda w: visits_together.plan(w, emma, HELD, (ida,))).result


@pytest.fixture
def planned(store, emma, ida):
    when = TimeSpan(TODAY - DAY, dt.time(10), dt.time(11))
    values = {"kind": VisitKind.NEEDS, "when": when, "step": "b1", "purpose": "Se børnene"}
    return store.write(lambda w: visits_together.plan(w, emma, values, (ida,))).result


def write(store, visit, topic, **values):
    return store.write(lambda w: visit_notes.write_note(w, FORMS, visit, topic, values)).result


def draft_of(store, visit):
    return store.read(lambda r: visit_journal.draft_of(r, visit))


def get(store, visit):
    return store.read(lambda r: r.get(Visit, visit))


def everything_in(store, case):
    stream = case_of(store, case).stream
    kinds = (Visit, VisitNote, VisitAgreement, ParentsEntry, Entry)
    return repr([store.read(lambda r, k=k: r.find(k, stream=stream)) for k in kinds])


def test_each_file_holds_the_common_part_and_its_own_and_nothing_of_the_others(store, emma, ida, held):
    mine, hers = held
    write(store, mine, "interplay", common="FÆLLESORD", text="EMMAORD")
    note = store.read(lambda r: r.find(VisitNote, where={"visit": hers}))[0]
    store.write(lambda w: visit_notes.edit_note(w, FORMS, note.id, {"text": Edit("IDAORD", ())}))
    for visit in held:
        store.write(lambda w, visit=visit: entries.sign(w, draft_of(store, visit).id))
    for case, visit, own, strange in ((emma, mine, "EMMA", "IDA"), (ida, hers, "IDA", "EMMA")):
        job = store.read(lambda r, v=visit: visit_papers.journal_job(r, FORMS, v, Side.CHILD))
        described = store.read(lambda r, v=visit: transfer_fields.describe(r, BOOKS, get(store, v)))
        for said in (everything_in(store, case), repr(job.facts), repr(described)):
            assert "FÆLLESORD" in said
            assert f"{own}ORD" in said
            assert f"{strange}ORD" not in said
    assert faults(store) == []


def test_what_is_common_is_written_once_and_changed_for_all(store, held):
    mine, hers = held
    note = write(store, mine, "interplay", common="Leger sammen")
    assert "Leger sammen" in draft_of(store, hers).text
    store.write(lambda w: visit_notes.edit_note(w, FORMS, note, {"common": Edit("Leger fint", ())}))
    for visit in held:
        assert "Leger fint" in draft_of(store, visit).text
        assert "sammen" not in draft_of(store, visit).text


def test_what_is_common_of_the_parents_is_in_both_parents_journals_and_in_no_childs(store, held):
    mine, _hers = held
    write(store, mine, "couple", common="Skændes")
    for visit in held:
        assert "Skændes" not in draft_of(store, visit).text
        signed = store.write(lambda w, v=visit: visit_journal.sign_parents(w, FORMS, v)).result
        assert "Skændes" in store.read(lambda r, s=signed: r.get(ParentsEntry, s)).text


def test_a_point_moved_in_one_childs_file_stays_where_it_was_in_the_others(store, held):
    mine, hers = held
    note = write(store, mine, "structure", common="Spiser sent")
    store.write(lambda w: visit_notes.move_note(w, FORMS, note, Area.DEVELOPMENT))
    assert "Spiser" in draft_of(store, mine).text
    assert "Spiser" not in draft_of(store, hers).text


def test_common_words_are_refused_when_a_siblings_journal_is_signed_and_nothing_is_written(store, held):
    mine, hers = held
    write(store, hers, "interplay", text="Glad")
    store.write(lambda w: entries.sign(w, draft_of(store, hers).id))
    with pytest.raises(UserError, match="signed"):
        write(store, mine, "interplay", common="Leger", text="Smiler")
    assert store.read(lambda r: r.find(VisitNote, where={"visit": mine})) == []
    write(store, mine, "interplay", text="Smiler")
    assert "Smiler" in draft_of(store, mine).text


def test_too_long_a_common_part_is_refused(store, held):
    with pytest.raises(InvalidInput) as refused:
        write(store, held[0], "interplay", common="x" * 100_001)
    assert refused.value.field == "common"


def test_each_childs_visit_closes_by_itself(store, emma, ida, planned):
    mine, hers = planned
    store.write(lambda w: visits_together.hold(w, mine, TODAY - DAY, ("Mor",), ()))
    assert get(store, mine).state is VisitState.HELD
    assert get(store, hers).state is VisitState.PLANNED
    store.write(lambda w: visits_together.hold(w, hers, TODAY, ("Far",)))
    assert get(store, mine).participants == ("Mor",)
    assert (get(store, hers).held_on, get(store, hers).participants) == (TODAY, ("Far",))


def test_it_is_held_for_all_at_once_and_each_has_its_entry_to_sign(store, planned):
    store.write(lambda w: visits_together.hold(w, planned[0], TODAY - DAY, ("Mor",)))
    assert [get(store, one).state for one in planned] == [VisitState.HELD] * 2
    assert [draft_of(store, one).participants for one in planned] == [("Mor",)] * 2


def test_the_visit_of_the_visit_plan_is_the_first_childs_alone(store, planned):
    assert [get(store, one).step for one in planned] == ["b1", ""]


def test_what_is_agreed_for_both_is_done_for_each_by_itself(store, ida, held):
    mine, hers = store.write(
        lambda w: visits_together.agree(w, held[0], {"what": "Ringe til lægen"}, (ida,))
    ).result
    store.write(lambda w: visits.settle_agreement(w, mine, TODAY))
    assert store.read(lambda r: r.get(VisitAgreement, hers)).done_on is None
    store.write(lambda w: visits_together.agree(w, held[0], {"what": "Kun Emma"}))
    assert len(store.read(lambda r: r.find(VisitAgreement, where={"visit": held[1]}))) == 1


def test_a_new_day_moves_the_visit_for_both_and_a_purpose_stays_the_childs_own(store, planned):
    when = TimeSpan(TODAY + DAY, dt.time(9), dt.time(10))
    edits = {"when": Edit(when, ()), "purpose": Edit("Kun Emma", ())}
    store.write(lambda w: visits_together.edit(w, planned[0], edits))
    assert [get(store, one).when for one in planned] == [when, when]
    assert [get(store, one).purpose for one in planned] == ["Kun Emma", "Se børnene"]


def test_a_held_visit_is_not_moved_by_the_siblings_planned_one(store, planned):
    mine, hers = planned
    store.write(lambda w: visits_together.hold(w, mine, TODAY - DAY, (), ()))
    store.write(lambda w: visits_together.edit(w, hers, {"place": Edit("På skolen", ())}))
    assert (get(store, mine).place, get(store, hers).place) == ("", "På skolen")


def test_calling_off_is_for_all_that_are_still_planned(store, planned):
    store.write(lambda w: visits_together.call_off(w, planned[1], "Syg"))
    assert [get(store, one).state for one in planned] == [VisitState.CALLED_OFF] * 2


def test_a_child_that_is_no_sibling_is_refused_and_nothing_is_written(store, emma, ida):
    stranger = register(store, "Bo Prøve")
    with pytest.raises(UserError, match="linked as siblings"):
        store.write(lambda w: visits_together.plan(w, emma, HELD, (ida, stranger)))
    assert store.read(lambda r: (r.count(Visit), r.count(EntryDraft))) == (0, 0)


def test_one_undo_takes_back_what_was_written_for_all(store, held):
    write(store, held[0], "interplay", common="Leger")
    store.write(history.undo)
    assert store.read(lambda r: r.count(VisitNote)) == 0
    store.write(history.undo)
    assert store.read(lambda r: (r.count(Visit), r.count(EntryDraft))) == (0, 0)


def test_the_page_of_a_visit_knows_for_whom_else_it_is_written(store, ida, held):
    found = store.read(lambda r: visit_views.view(r, held[0]))
    assert [case.id for case in found.together] == [ida]
