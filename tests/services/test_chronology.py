"""The chronology: made from everything, curated by hand, and what it is made from is never touched."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.case import Case
from caseworker_app.domain.chronology import EventKind
from caseworker_app.domain.complaint import Breakdown, Complaint, ComplaintOutcome
from caseworker_app.domain.consent import Consent, ParentsHearing
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.journal import CHILD_TALK_HEADING, Entry, EntryKind
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.phrases import Phrase
from caseworker_app.services import cases, chronology, chronology_papers, entries, history
from caseworker_app.services.chronology import Wanted
from caseworker_app.services.forms import Edit
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


def write(store: SqlStore, case: Id, kind: EntryKind, days_ago: int, text: str = "x") -> Id:
    values = {"kind": kind, "text": text, "held_on": TODAY - dt.timedelta(days=days_ago)}
    if kind is EntryKind.FREE:
        values["heading"] = "Et notat"
    draft = store.write(lambda w: entries.begin(w, case, values)).result
    return store.write(lambda w: entries.sign(w, draft)).result[0]


def put(store: SqlStore, thing: type, case: Id, **values: object) -> Id:
    stream = case_of(store, case).stream

    def make(writer) -> Id:
        made = writer.new_id()
        writer.act("Write it")
        writer.create(thing(id=made, stream=stream, **values))
        return made

    return store.write(make).result


def shown(store: SqlStore, case: Id, **wanted: object) -> list[chronology.Shown]:
    return list(store.read(lambda r: chronology.view(r, case, Wanted(**wanted))))


def test_everything_that_happened_stands_there_latest_first(store, felix):
    put(
        store, Intervention, felix,
        name="Kontaktperson", decided_on=TODAY - dt.timedelta(days=90), start=TODAY - dt.timedelta(days=80),
        ended_on=TODAY - dt.timedelta(days=10),
    )  # fmt: skip
    put(
        store, Notification, felix, sender="Skolen", about="Fravær",
        received_at=dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC),
    )  # fmt: skip
    write(store, felix, EntryKind.CHILD_TALK, 5)
    found = shown(store, felix)
    assert [(one.event.kind, one.event.day, one.event.aspect) for one in found] == [
        (EventKind.CASE, TODAY, "opened"),
        (EventKind.CHILD_HEARD, TODAY - dt.timedelta(days=5), ""),
        (EventKind.INTERVENTION, TODAY - dt.timedelta(days=10), "ended"),
        (EventKind.INTERVENTION, TODAY - dt.timedelta(days=80), "begun"),
        (EventKind.DECISION, TODAY - dt.timedelta(days=90), "decided"),
        (EventKind.NOTIFICATION, dt.date(2026, 7, 2), ""),  # half past midnight in Denmark
    ]
    assert found[1].event.title == CHILD_TALK_HEADING


def test_it_can_be_filtered_by_kind_and_time(store, felix):
    write(store, felix, EntryKind.FREE, 40)
    late = write(store, felix, EntryKind.FREE, 2)
    only = shown(store, felix, kinds=frozenset({EventKind.ENTRY}), since=TODAY - dt.timedelta(days=30))
    assert [one.event.thing for one in only] == [late]
    assert shown(store, felix, until=TODAY - dt.timedelta(days=100)) == []


def test_what_is_left_out_is_left_out_of_the_paper_only(store, felix):
    entry = write(store, felix, EntryKind.FREE, 2)
    event = next(one.event for one in shown(store, felix) if one.event.thing == entry)
    store.write(lambda w: chronology.hide(w, felix, event))
    assert [one.hidden for one in shown(store, felix) if one.event.thing == entry] == [True]
    assert entry not in [one.event.thing for one in shown(store, felix, with_hidden=False)]
    assert store.read(lambda r: entries.known(r, entry)).text == "x"


def test_an_event_is_held_up_and_commented_on_in_one_mark_and_undone_step_by_step(store, felix):
    entry = write(store, felix, EntryKind.FREE, 2)

    def row() -> chronology.Shown:
        return next(one for one in shown(store, felix) if one.event.thing == entry)

    store.write(lambda w: chronology.highlight(w, felix, row().event))
    store.write(lambda w: chronology.comment(w, felix, row().event, "Her vendte det"))
    assert (row().highlighted, row().comment) == (True, "Her vendte det")
    store.write(history.undo)
    assert (row().highlighted, row().comment) == (True, "")
    store.write(history.undo)
    assert (row().highlighted, row().mark) == (False, None)


def test_the_two_days_of_one_intervention_are_marked_apart(store, felix):
    put(store, Intervention, felix, name="Kontaktperson", start=TODAY - dt.timedelta(days=9), ended_on=TODAY)
    ended, begun = (one.event for one in shown(store, felix, kinds=frozenset({EventKind.INTERVENTION})))
    store.write(lambda w: chronology.hide(w, felix, begun))
    assert [one.hidden for one in shown(store, felix, kinds=frozenset({EventKind.INTERVENTION}))] == [
        False,
        True,
    ]
    assert ended.key != begun.key


def test_a_closed_case_says_why_and_another_case_is_not_in_it(store, felix):
    other = register(store, "En Anden")
    write(store, other, EntryKind.FREE, 1)
    store.write(lambda w: cases.close(w, felix, TODAY, "Flyttet til Ikast"))
    found = shown(store, felix)
    assert [str(one.event.title) for one in found] == ["The case was closed", "The case was opened"]
    assert "Flyttet til Ikast" in [one.event.detail for one in found]


def test_no_such_case_is_said(store):
    with pytest.raises(KeyError):
        shown(store, b"\0" * 16)


def test_a_correction_is_told_apart_from_the_note_it_corrects(store, felix):
    draft = store.write(
        lambda w: entries.begin(w, felix, {"heading": "Besøg", "text": "Mor var hjemme.", "held_on": TODAY})
    ).result
    (wrong,) = store.write(lambda w: entries.sign(w, draft)).result
    again = store.write(lambda w: entries.correct(w, wrong)).result
    edits = {"text": Edit("Far var hjemme.", ())}
    store.write(lambda w: entries.edit(w, again, edits))
    (right,) = store.write(lambda w: entries.sign(w, again)).result
    details = {one.event.thing: one.event.detail for one in shown(store, felix)}
    assert details[right] == Phrase("Correction of the note of {day}", {"day": TODAY})
    assert details[wrong] == Phrase("Corrected {day}", {"day": TODAY})


def test_of_one_day_what_was_written_last_stands_first(store, felix):
    for n in range(5):
        values = {"heading": f"Nummer {n}", "text": "x", "held_on": TODAY}
        draft = store.write(lambda w, values=values: entries.begin(w, felix, values)).result
        store.write(lambda w, draft=draft: entries.sign(w, draft))
    titles = [str(one.event.title) for one in shown(store, felix) if one.event.type == "entry"]
    assert titles == [f"Nummer {n}" for n in reversed(range(5))]


def test_the_first_screenful_is_the_beginning_of_all_of_it(store, felix):
    assert store.read(lambda r: chronology.first(r, felix)) == ()

    def fill(writer):
        writer.act("Fill")
        stream = writer.get(Case, felix).stream
        for n in range(5 * chronology.SCREENFUL):
            day = TODAY - dt.timedelta(days=n // 3)
            writer.create(
                Entry(id=writer.new_id(), stream=stream, heading=f"Nummer {n}", written_on=day, signed=True)
            )

    store.write(fill)
    begun = store.read(lambda r: chronology.first(r, felix))
    assert len(begun) > 40
    assert list(begun) == shown(store, felix)[: len(begun)]


# --- On paper --------------------------------------------------------------------------------------------------


def words_on(store: SqlStore, case: Id, **wanted: object) -> str:
    import pypdf

    from caseworker_app.documents.papers import make

    made = make(store.read(lambda r: chronology_papers.job(r, case, Wanted(**wanted))))
    reader = pypdf.PdfReader(io.BytesIO(made.data))
    return " ".join(" ".join((page.extract_text() or "").split()) for page in reader.pages)


def test_the_paper_is_read_from_the_oldest_and_says_what_is_left_out_without_showing_it(store, felix):
    secret = write(store, felix, EntryKind.FREE, 3)
    write(store, felix, EntryKind.CHILD_TALK, 30)
    event = next(one.event for one in shown(store, felix) if one.event.thing == secret)
    store.write(lambda w: chronology.hide(w, felix, event))
    heard = next(one.event for one in shown(store, felix) if one.event.kind is EventKind.CHILD_HEARD)
    store.write(lambda w: chronology.highlight(w, felix, heard))
    store.write(lambda w: chronology.comment(w, felix, heard, "Her vendte det"))
    words = words_on(store, felix)
    assert "Kronologi for Felix Krogh" in words
    assert "1 hændelse er udeladt af rådgiveren" in words
    assert "Et notat" not in words
    assert "Her vendte det" in words and "Vigtigt" in words
    assert words.index("Børnesamtale") < words.index("Sagen blev oprettet")


def test_the_paper_says_what_it_is_filtered_by(store, felix):
    words = words_on(store, felix, kinds=frozenset({EventKind.MEETING}), since=dt.date(2026, 1, 1))
    assert "Viser tiden fra den 1. januar 2026" in words
    assert "Viser kun: møder" in words
    assert "Der er ikke sket noget" in words


def test_its_file_name_and_metadata_hold_no_name(store, felix):
    import pypdf

    from caseworker_app.documents.papers import make

    job = store.read(lambda r: chronology_papers.job(r, felix))
    data = pypdf.PdfReader(io.BytesIO(make(job).data))
    assert "elix" not in job.file_name + repr(dict(data.metadata or {}))


# --- Everything ------------------------------------------------------------------------------------------------


def test_consents_hearings_complaints_and_breakdowns_stand_there_with_what_they_came_to(store, felix):
    days = {n: TODAY - dt.timedelta(days=n) for n in range(1, 9)}
    home = put(store, Intervention, felix, name="Døgnophold")
    put(
        store,
        Consent,
        felix,
        recipient="Skolen",
        purpose="Trivsel",
        given_on=days[8],
        withdrawn_on=days[1],
        withdrawn_by="Mor",
    )
    put(store, ParentsHearing, felix, who="Far", about="Statusudtalelse", sent_on=days[7])
    put(
        store,
        Complaint,
        felix,
        sender="Mor",
        about="Afslag",
        received_on=days[6],
        reassessed_on=days[5],
        reassessment="Fastholdt",
        sent_on=days[4],
        settled_on=days[2],
        outcome=ComplaintOutcome.CHANGED,
    )
    put(store, Breakdown, felix, intervention=home, happened_on=days[3], why="Løb væk")
    found = shown(store, felix, kinds=frozenset({EventKind.CONSENT, EventKind.COMPLAINT}))
    assert [(one.event.type, one.event.aspect, one.event.day) for one in reversed(found)] == [
        ("consent", "given", days[8]),
        ("parents_hearing", "sent", days[7]),
        ("complaint", "received", days[6]),
        ("complaint", "reassessed", days[5]),
        ("complaint", "sent", days[4]),
        ("breakdown", "", days[3]),
        ("complaint", "settled", days[2]),
        ("consent", "withdrawn", days[1]),
    ]
    words = words_on(store, felix)
    assert "Samtykke givet: Skolen" in words and "Samtykke trukket tilbage: Skolen" in words
    assert "Klage fra Mor" in words and "Afgørelsen ændres" in words
    assert "Anbringelse brudt sammen: Døgnophold" in words and "Løb væk" in words
