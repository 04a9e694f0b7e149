"""The journal: written as the author's own, signed into the cases, corrected by a new entry and never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.case import SiblingKind
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import CHILD_TALK_HEADING, HEADINGS, Entry, EntryDraft, EntryKind
from caseworker_app.domain.light_text import blocks, plain
from caseworker_app.domain.plan import Plan
from caseworker_app.services import cases, entries, history, journal, plans
from caseworker_app.services.forms import Edit, Form
from db.store import SqlStore
from tests.helpers.stores import case as case_of
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def felix(store: SqlStore) -> Id:
    return register(store, "Felix Krogh", born=dt.date(2014, 5, 2))


@pytest.fixture
def ida(store: SqlStore, felix: Id) -> Id:
    made = register(store, "Ida Krogh", born=dt.date(2016, 3, 1))
    store.write(lambda w: cases.link_siblings(w, felix, made, SiblingKind.FULL))
    return made


def begun(store: SqlStore, case: Id, **values: object) -> Id:
    return store.write(lambda w: entries.begin(w, case, values)).result


def change(store: SqlStore, draft: Id, **values: object) -> None:
    form = store.read(lambda r: Form.load(r, EntryDraft, draft))
    for name, value in values.items():
        form.write(name, value)
    store.write(lambda w: entries.edit(w, draft, form.edits()))


def signed(store: SqlStore, draft: Id) -> list[Entry]:
    made = store.write(lambda w: entries.sign(w, draft)).result
    return store.read(lambda r: [entries.known(r, one) for one in made])


# --- Writing ---------------------------------------------------------------------------------------------------


def test_an_entry_being_written_lies_in_the_authors_stream_and_in_no_case(store, felix):
    draft = begun(store, felix, text="Ringede til skolen", kind=EntryKind.TELEPHONE)
    found = store.read(lambda r: r.get(EntryDraft, draft))
    assert found.stream == store.read(entries.own_stream)
    assert found.stream != case_of(store, felix).stream
    assert found.heading == "Telefonsamtale"
    assert store.read(lambda r: r.find(Entry)) == []


def test_signing_writes_it_into_the_case_with_who_and_when_and_leaves_nothing_to_sign(store, felix):
    draft = begun(store, felix, text="Ringede til skolen", heading="Opkald", held_on=TODAY)
    (entry,) = signed(store, draft)
    assert (entry.stream, entry.text, entry.heading) == (
        case_of(store, felix).stream,
        "Ringede til skolen",
        "Opkald",
    )
    assert (entry.held_on, entry.written_on) == (TODAY, TODAY)
    assert entry.signed and entry.signed_at is not None
    assert entry.signed_by == "Karen Prøve, Prøve Kommune"
    assert store.read(entries.drafts_of) == ()


def test_signing_is_not_undone_and_what_led_to_it_is_not_offered(store, felix):
    (entry,) = signed(store, begun(store, felix, text="x", heading="y"))
    assert store.read(history.state).undo == "Register a child"
    store.write(history.undo)
    assert store.read(lambda r: entries.known(r, entry.id)) == entry
    assert store.read(entries.drafts_of) == ()


def test_a_demanded_heading_comes_with_its_kind_and_cannot_be_changed(store, felix):
    draft = begun(store, felix, heading="Snak", text="x")
    change(store, draft, kind=EntryKind.CHILD_TALK)
    change(store, draft, heading="Noget andet")
    assert store.read(lambda r: entries.known_draft(r, draft)).heading == CHILD_TALK_HEADING


def test_a_heading_the_author_wrote_stays_when_the_kind_changes(store, felix):
    draft = begun(store, felix, heading="Snak i bilen", text="x")
    change(store, draft, kind=EntryKind.TELEPHONE)
    assert store.read(lambda r: entries.known_draft(r, draft)).heading == "Snak i bilen"


@pytest.mark.parametrize(
    ("values", "field"),
    [({"heading": "", "text": "x"}, "heading"), ({"heading": "Mail", "text": ""}, "text")],
)
def test_nothing_is_signed_without_a_heading_or_words(store, felix, values, field):
    draft = begun(store, felix, **values)
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: entries.sign(w, draft))
    assert refused.value.field == field


def test_a_day_that_has_not_come_is_refused(store, felix):
    with pytest.raises(InvalidInput, match="not come"):
        begun(store, felix, held_on=TODAY + dt.timedelta(days=1))


def test_an_entry_of_a_megabyte_is_kept_whole_and_a_longer_one_refused_in_words(store, felix):
    whole = "Mor fortæller om morgenen. " * 37_000
    draft = begun(store, felix, heading="Mail", text=whole[: entries.ENTRY_LENGTH])
    (entry,) = signed(store, draft)
    assert len(entry.text) > 990_000
    with pytest.raises(InvalidInput, match="characters long"):
        begun(store, felix, text="x" * (entries.ENTRY_LENGTH + 1))


def test_a_signed_entry_is_signed_once(store, felix):
    draft = begun(store, felix, heading="Mail", text="x")
    signed(store, draft)
    with pytest.raises(UserError, match="signed or discarded"):
        store.write(lambda w: entries.sign(w, draft))


def test_a_discarded_entry_comes_back_by_undo(store, felix):
    draft = begun(store, felix, text="x")
    store.write(lambda w: entries.discard(w, draft))
    assert store.read(entries.drafts_of) == ()
    store.write(history.undo)
    assert [d.id for d in store.read(entries.drafts_of)] == [draft]


# --- Corrected -------------------------------------------------------------------------------------------------


def test_a_correction_is_a_new_entry_that_points_at_the_old_one_which_stays_word_for_word(store, felix):
    (wrong,) = signed(store, begun(store, felix, heading="Mail", text="Mor bor i Ikast", held_on=TODAY))
    draft = store.write(lambda w: entries.correct(w, wrong.id)).result
    change(store, draft, text="Mor bor i Herning")
    (right,) = signed(store, draft)
    assert right.corrects == wrong.id
    assert (right.heading, right.held_on) == (wrong.heading, wrong.held_on)
    assert store.read(lambda r: entries.known(r, wrong.id)) == wrong
    assert store.read(lambda r: entries.corrections_of(r, wrong.id)) == (right,)


# --- Once for siblings -----------------------------------------------------------------------------------------


def test_each_siblings_journal_holds_the_common_part_and_its_own_and_nothing_of_the_other(store, felix, ida):
    draft = begun(store, felix, heading="Hjemmebesøg", text="Der er ryddet op.", siblings=frozenset({ida}))
    store.write(lambda w: entries.say_of(w, draft, felix, "Felix er træt."))
    store.write(lambda w: entries.say_of(w, draft, ida, "Ida tegner."))
    for_felix, for_ida = signed(store, draft)
    assert (for_felix.text, for_felix.own_text) == ("Der er ryddet op.", "Felix er træt.")
    assert (for_ida.text, for_ida.own_text) == ("Der er ryddet op.", "Ida tegner.")
    assert for_felix.stream == case_of(store, felix).stream
    assert for_ida.stream == case_of(store, ida).stream
    assert for_felix.common == for_ida.common == draft


def test_a_link_into_one_siblings_case_is_not_copied_into_the_others(store, felix, ida):
    goal = store.write(lambda w: plans.begin(w, felix)).result
    assert store.read(lambda r: r.get(Plan, goal)) is not None
    link = entries.link_to("plan", goal)
    draft = begun(store, felix, heading="Mail", text="x", siblings=frozenset({ida}), links=(link,))
    for_felix, for_ida = signed(store, draft)
    assert (for_felix.links, for_ida.links) == ((link,), ())


def test_only_the_cases_it_is_written_for_can_have_a_part(store, felix):
    draft = begun(store, felix, text="x")
    other = register(store, "En Anden")
    with pytest.raises(KeyError):
        store.write(lambda w: entries.say_of(w, draft, other, "noget"))


def test_the_siblings_offered_are_the_active_ones(store, felix, ida):
    assert [one.child_name for one in store.read(lambda r: entries.siblings_of(r, felix))] == ["Ida Krogh"]
    store.write(lambda w: cases.close(w, ida, TODAY, "Flyttet"))
    assert store.read(lambda r: entries.siblings_of(r, felix)) == ()


def test_two_who_edit_a_field_keep_both_words(store, felix):
    draft = begun(store, felix, text="x")
    store.write(lambda w: entries.edit(w, draft, {"text": Edit("ny tekst", (), "x")}))
    found = store.read(lambda r: r.fields(EntryDraft, draft))["text"]
    assert {found.value, *(head.value for head in found.others)} == {"x", "ny tekst"}


# --- Light text ------------------------------------------------------------------------------------------------


def test_light_text_knows_paragraphs_lists_bold_and_italic():
    found = blocks("**Mor** siger:\nJeg er *træt*.\n\n- søvn\n- mad\nslut")
    assert [(block.item, "".join(run.text for run in block.runs)) for block in found] == [
        (False, "Mor siger:\nJeg er træt."),
        (True, "søvn"),
        (True, "mad"),
        (False, "slut"),
    ]
    assert found[0].runs[0].bold
    assert [run.text for run in found[0].runs if run.italic] == ["træt"]


def test_stars_that_open_nothing_are_stars():
    assert plain("2 * 3 * 4 og *") == "2 * 3 * 4 og *"


@given(st.text(alphabet="ab *-\n", max_size=60))
def test_no_letter_is_lost_from_a_light_text(text):
    letters = [c for c in text if c in "ab"]
    assert [c for c in plain(text) if c in "ab"] == letters


def test_every_kind_but_the_free_one_has_a_heading():
    assert [kind for kind in EntryKind if not HEADINGS[kind]] == [EntryKind.FREE]


def test_a_signed_entry_is_not_taken_back_by_undoing_what_it_was_written_from(store, felix):
    stream = case_of(store, felix).stream

    def talk(writer) -> Id:
        writer.act("Hold a follow-up")
        return journal.write_from(
            writer, stream, heading=CHILD_TALK_HEADING, text="Glad", held_on=TODAY, written_on=TODAY,
            participants=(), source_type="child_talk", source=writer.new_id(),
        )  # fmt: skip

    entry = store.write(talk).result
    store.write(lambda w: journal.sign(w, entry))
    assert store.read(history.state).undo != "Hold a follow-up"
    store.write(history.undo)
    assert not store.read(lambda r: entries.known(r, entry)).cancelled
