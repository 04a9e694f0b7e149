"""The journal as a list, what is open beside it, the duty to write, and the worker's own phrases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case, SiblingKind
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import HEADINGS, Entry, EntryKind
from caseworker_app.domain.meeting import Attendance, Audience, TimeSpan
from caseworker_app.services import (
    cases,
    entries,
    history,
    journal_desk,
    journal_hints,
    meeting_lines,
    meetings,
    open_tasks,
    participants,
    phrases,
)
from caseworker_app.services.open_tasks import TaskKind
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
def felix(store: SqlStore) -> Case:
    return case_of(store, register(store, "Felix Krogh", born=dt.date(2014, 5, 2)))


def do(store: SqlStore, fn):
    return store.write(fn).result


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def signed(store: SqlStore, case: Case, **values: object) -> Id:
    draft = do(
        store,
        lambda w: entries.begin(w, case.id, {"text": "Mor ringede.", "kind": EntryKind.TELEPHONE, **values}),
    )
    return do(store, lambda w: entries.sign(w, draft))[0]


def held_meeting(store: SqlStore, case: Case, days: int) -> Id:
    when = TimeSpan(ago(days), dt.time(10), dt.time(11))
    meeting = do(store, lambda w: meetings.plan(w, case.id, {"when": when, "purpose": "Skolestart"}))
    do(store, lambda w: meetings.hold(w, meeting))
    return meeting


def hints(store: SqlStore, case: Case) -> list[journal_hints.Hint]:
    return list(store.read(lambda r: journal_hints.of_case(r, case)))


# the list


def test_what_is_not_signed_stands_above_the_signed_ones(store, felix):
    signed(store, felix, held_on=ago(9), kind=EntryKind.TELEPHONE)
    do(store, lambda w: entries.begin(w, felix.id, {"text": "**Hjemme** hos far", "held_on": ago(1)}))
    waiting = store.read(lambda r: journal_desk.waiting(r, felix))
    assert [(row.draft, row.beginning) for row in waiting.rows] == [(True, "Hjemme hos far")]
    assert waiting.signed == 1
    (row,) = store.read(lambda r: journal_desk.page(r, felix, 0, 10))
    assert (row.heading, row.day, row.signed) == ("Telefonsamtale", ago(9), True)


def test_one_kind_can_be_shown_alone(store, felix):
    signed(store, felix, kind=EntryKind.TELEPHONE)
    signed(store, felix, kind=EntryKind.MAIL)
    rows = store.read(lambda r: journal_desk.page(r, felix, 0, 10, EntryKind.MAIL))
    assert [row.kind for row in rows] == [EntryKind.MAIL]
    assert store.read(lambda r: journal_desk.waiting(r, felix, EntryKind.MAIL)).signed == 1


def test_a_corrected_entry_says_so_and_its_correction_points_at_it(store, felix):
    first = signed(store, felix, kind=EntryKind.MAIL)
    draft = do(store, lambda w: entries.correct(w, first))
    form = store.read(lambda r: entries.open_draft(r, draft))
    assert form.corrected is not None and form.corrected.id == first
    from caseworker_app.services.forms import Edit

    do(store, lambda w: entries.edit(w, draft, {"text": Edit("Det var far, der ringede.")}))
    (second,) = do(store, lambda w: entries.sign(w, draft))
    marks = {
        row.id: (row.corrects, row.corrected)
        for row in store.read(lambda r: journal_desk.page(r, felix, 0, 9))
    }
    assert marks == {first: (False, True), second: (True, False)}
    seen = store.read(lambda r: journal_desk.view(r, first))
    assert [one.id for one in seen.corrections] == [second]
    assert seen.entry.text == "Mor ringede."


def test_what_an_entry_is_about_is_named(store, felix):
    meeting = held_meeting(store, felix, 2)
    offered = store.read(lambda r: journal_desk.linkable(r, felix))
    (link,) = [one for one in offered if one.kind == "meeting"]
    assert (link.entity, link.words, link.day) == (meeting, "Skolestart", ago(2))
    entry = signed(store, felix, links=(link.name,))
    assert store.read(lambda r: journal_desk.view(r, entry)).links == (link,)


# the duty to write


def test_a_meeting_held_more_than_three_days_ago_is_hinted_at_until_an_entry_is_begun(store, felix):
    held_meeting(store, felix, 3)
    assert hints(store, felix) == []
    meeting = held_meeting(store, felix, 4)
    (hint,) = hints(store, felix)
    assert (hint.source, hint.held_on, hint.days) == (meeting, ago(4), 4)
    draft = do(store, lambda w: entries.begin(w, felix.id, hint.values()))
    assert hints(store, felix) == []
    begun = store.read(lambda r: entries.open_draft(r, draft)).draft
    assert (begun.heading, begun.held_on) == (HEADINGS[EntryKind.MEETING], ago(4))
    do(store, lambda w: entries.discard(w, draft))
    assert len(hints(store, felix)) == 1


def test_an_entry_that_only_links_to_it_is_written_of_it(store, felix):
    meeting = held_meeting(store, felix, 10)
    signed(store, felix, held_on=ago(10), links=(entries.link_to("meeting", meeting),))
    assert hints(store, felix) == []


def test_what_was_held_long_ago_and_another_childs_is_not_hinted_at(store, felix):
    other = case_of(store, register(store, "Bo Prøve", born=dt.date(2015, 1, 1)))
    held_meeting(store, felix, 120)
    held_meeting(store, other, 8)
    assert hints(store, felix) == []
    assert len(store.read(lambda r: journal_hints.hints(r, (felix, other)))) == 1


def test_the_hint_knows_who_came(store, felix):
    meeting = held_meeting(store, felix, 5)
    invite = participants.invite_name
    who = do(store, lambda w: invite(w, meeting, "Tom Vang", "Lærer", Audience.PROFESSIONAL))
    do(store, lambda w: invite(w, meeting, "Jonas Bech", "Far", Audience.PARENT))
    do(store, lambda w: participants.set_attendance(w, who, Attendance.CAME))
    (hint,) = hints(store, felix)
    assert hint.participants == ("Tom Vang",)


# what is open


def test_an_agreement_is_closed_with_the_day_it_was_held_and_undo_opens_it_again(store, felix):
    meeting = held_meeting(store, felix, 5)
    made = do(
        store,
        lambda w: meeting_lines.add_agreement(w, meeting, {"what": "Mor ringer til skolen", "who": "Mor"}),
    )
    books = ShippedBooks()
    (task,) = [
        t
        for t in store.read(lambda r: open_tasks.of_case(r, books, felix.id))
        if t.kind is TaskKind.AGREEMENT
    ]
    assert (task.what, task.who, task.ticked) == ("Mor ringer til skolen", "Mor", True)
    do(store, lambda w: open_tasks.close(w, task, ago(2)))
    assert store.read(lambda r: r.get(Agreement, made)).done_on == ago(2)
    left = store.read(lambda r: open_tasks.of_case(r, books, felix.id))
    assert TaskKind.AGREEMENT not in {t.kind for t in left}
    store.write(history.undo)
    assert store.read(lambda r: r.get(Agreement, made)).done_on is None


def test_nothing_is_done_on_a_day_to_come(store, felix):
    meeting = held_meeting(store, felix, 5)
    made = do(store, lambda w: meeting_lines.add_agreement(w, meeting, {"what": "Mor ringer"}))
    with pytest.raises(InvalidInput):
        do(store, lambda w: meeting_lines.settle_agreement(w, made, TODAY + dt.timedelta(days=1)))


def test_what_was_agreed_long_ago_and_is_open_stays_and_is_said_to_be_old(store, felix):
    meeting = held_meeting(store, felix, 400)
    do(store, lambda w: meeting_lines.add_agreement(w, meeting, {"what": "Mor ringer"}))
    (task,) = store.read(lambda r: open_tasks.of_case(r, ShippedBooks(), felix.id))
    assert (task.what, task.old) == ("Mor ringer", True)


# phrases


def test_phrases_stand_in_danish_order_and_a_name_is_used_once(store):
    for title in ("Åben", "Aftalt", "Ærinde"):
        do(store, lambda w, title=title: phrases.keep(w, title, "Tekst."))
    assert [one.title for one in store.read(phrases.phrases)] == ["Aftalt", "Ærinde", "Åben"]
    with pytest.raises(InvalidInput) as refused:
        do(store, lambda w: phrases.keep(w, "aftalt", "Andet."))
    assert refused.value.field == "title"


@pytest.mark.parametrize(("title", "text", "field"), [("", "Tekst", "title"), ("Navn", " ", "text")])
def test_a_phrase_without_a_name_or_words_is_refused(store, title, text, field):
    with pytest.raises(InvalidInput) as refused:
        do(store, lambda w: phrases.keep(w, title, text))
    assert refused.value.field == field


def test_a_phrase_is_removed_and_undo_brings_it_back(store):
    made = do(store, lambda w: phrases.keep(w, "Aftalt", "Vi aftalte"))
    do(store, lambda w: phrases.remove(w, made))
    assert store.read(phrases.phrases) == ()
    store.write(history.undo)
    assert len(store.read(phrases.phrases)) == 1


def test_each_siblings_journal_has_its_own_count(store, felix):
    ida = register(store, "Ida Krogh", born=dt.date(2016, 3, 1))
    do(store, lambda w: cases.link_siblings(w, felix.id, ida, SiblingKind.FULL))
    signed(store, felix, siblings=frozenset({ida}))
    other = case_of(store, ida)
    (row,) = store.read(lambda r: journal_desk.page(r, other, 0, 9))
    assert row.common
    assert store.read(lambda r: r.count(Entry)) == 2
