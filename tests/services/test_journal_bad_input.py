"""What nobody means to write in a journal, and writes: wrong clocks, pasted pages, letters of every kind, closed cases."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pypdf
import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.documents.papers import make
from caseworker_app.domain.case import SiblingKind
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry, EntryKind
from caseworker_app.domain.pasted import from_html
from caseworker_app.domain.searching import Question
from caseworker_app.services import (
    cases,
    chronology,
    entries,
    follow_ups_together,
    journal_desk,
    journal_hints,
    journal_papers,
    meetings,
    searching,
)
from caseworker_app.services.follow_ups import Held
from db.store import SqlStore
from db.verify import faults
from tests.helpers.casework import begin, book
from tests.helpers.stores import NOON, again, founded, register
from tests.helpers.stores import case as case_of

IN_FIVE_YEARS = NOON + dt.timedelta(days=5 * 365)
PAGE = (
    "<html><head><script>alert('x')</script><style>p{color:red}</style></head><body><h1>Sprogvurdering</h1>"
    "<p onclick='x()'>Barnet <b>taler</b> &lt;script&gt; og * ler *.</p><ul><li>et</li><li>to</li></ul>"
    "<img src='https://sporing.invalid/1.gif'><table><tr><td>a</td><td>b</td></tr></table></body></html>"
)


def signed(store: SqlStore, case: Id, **values: object) -> Id:
    given = {"kind": EntryKind.TELEPHONE, "text": "Mor ringede.", **values}
    draft = store.write(lambda w: entries.begin(w, case, given)).result
    return store.write(lambda w: entries.sign(w, draft)).result[0]


def test_an_entry_signed_while_the_clock_ran_ahead_stays_readable_when_it_is_set_right(
    tmp_path: Path,
) -> None:
    store = founded(tmp_path, FixedClock(IN_FIVE_YEARS))
    emma = register(store, born=dt.date(2014, 5, 2))
    ahead = signed(store, emma, held_on=IN_FIVE_YEARS.date(), text="Fra fremtiden")
    store.close()
    right = again(tmp_path, FixedClock(NOON))
    now = signed(right, emma, held_on=NOON.date(), text="Fra i dag")
    case = case_of(right, emma)
    rows = right.read(lambda r: journal_desk.page(r, case, 0, 10))
    assert [row.id for row in rows] == [ahead, now]
    assert right.read(lambda r: journal_hints.of_case(r, case)) == ()
    assert {one.event.thing for one in right.read(lambda r: chronology.view(r, emma))} >= {ahead, now}
    found = right.read(lambda r: searching.search(r, Question("fremtiden"))).hits
    assert [hit.entity for hit in found] == [ahead]
    assert make(right.read(lambda r: journal_papers.job(r, emma))).pages >= 1
    assert faults(right) == []
    right.close()


def test_with_the_clock_behind_a_day_that_has_come_is_refused_in_words_that_name_the_clock(
    tmp_path: Path,
) -> None:
    store = founded(tmp_path, FixedClock(NOON - dt.timedelta(days=400)))
    emma = register(store, born=dt.date(2014, 5, 2))
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: entries.begin(w, emma, {"heading": "x", "held_on": NOON.date()}))
    assert "clock" in str(refused.value.ways_out)
    foster = begin(store, emma, "foster_general", dt.date(2025, 1, 1))
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: follow_ups_together.hold(w, book(), Held(foster, NOON.date())))
    assert "clock" in str(refused.value.ways_out)
    store.close()


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, "Emma Holm", born=dt.date(2014, 5, 2))


def words_on(store: SqlStore, case: Id) -> str:
    data = make(store.read(lambda r: journal_papers.job(r, case))).data
    return " ".join(
        " ".join((page.extract_text() or "").split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages
    )


def test_a_pasted_page_is_found_and_printed_as_its_words(store, emma):
    signed(store, emma, text=from_html(PAGE))
    words = words_on(store, emma)
    assert "Sprogvurdering" in words and "<script>" in words and "* ler *" in words
    assert "alert" not in words and "sporing" not in words and "color:red" not in words
    assert len(store.read(lambda r: searching.search(r, Question("sprogvurdering"))).hits) == 1
    assert store.read(lambda r: searching.search(r, Question("alert"))).hits == ()


@pytest.mark.parametrize(
    "text",
    [
        "سارة قالت إنها بخير",
        "شكراً <b>x</b>",
        "😀👩\u200d👧 glad",
        "a\u202eb\u202cc",
        "x" * 20_000,
        "* " * 5000,
        "**" * 5000,
    ],
)
def test_any_letters_are_signed_found_and_put_on_paper(store, emma, text):
    made = signed(store, emma, text=text)
    assert store.read(lambda r: r.get(Entry, made)).text
    assert make(store.read(lambda r: journal_papers.job(r, emma))).pages >= 1
    assert faults(store) == []


def test_an_entry_begun_before_its_case_was_closed_is_still_signed_into_it(store, emma):
    draft = store.write(lambda w: entries.begin(w, emma, {"heading": "Sidste", "text": "Farvel"})).result
    store.write(lambda w: cases.close(w, emma, NOON.date(), "Flyttet"))
    (made,) = store.write(lambda w: entries.sign(w, draft)).result
    assert store.read(lambda r: r.get(Entry, made)).stream == case_of(store, emma).stream
    assert "Farvel" in words_on(store, emma)


def test_a_siblings_entry_names_nothing_of_the_meeting_it_was_written_from(store, emma):
    ida = register(store, "Ida Holm", born=dt.date(2017, 5, 2))
    store.write(lambda w: cases.link_siblings(w, emma, ida, SiblingKind.FULL))
    meeting = store.write(lambda w: meetings.plan(w, emma, {"purpose": "Skolestart"})).result
    given = {"heading": "Møde", "text": "Fælles", "siblings": frozenset({ida}), "source": meeting,
             "source_type": "meeting", "links": (entries.link_to("meeting", meeting),)}  # fmt: skip
    draft = store.write(lambda w: entries.begin(w, emma, given)).result
    made = store.write(lambda w: entries.sign(w, draft)).result
    mine, hers = (store.read(lambda r, one=one: r.get(Entry, one)) for one in made)
    assert (mine.source, mine.source_type) == (meeting, "meeting")
    assert (hers.source, hers.source_type, hers.links) == (None, "", ())
