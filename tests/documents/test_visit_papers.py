"""The sheet to take along is one A4, both sides, whatever the case holds and whichever form it is for."""

from __future__ import annotations

import datetime as dt

import pypdfium2 as pdfium
import pytest

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents import papers as paper_maker
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.network_map import Voice
from caseworker_app.domain.person import Role
from caseworker_app.domain.visit import VisitKind
from caseworker_app.services import network_maps, people, visit_papers, visits
from tests.helpers.maps import put, shipped
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
BOOKS = ShippedBooks()
LONG = "Ringe til lægen og høre, hvornår der er en tid, og skrive det i kalenderen derhjemme på køleskabet"


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    """A case with much in it: many at home, many agreements, something to know at the door."""
    case = register(store, "Emma Holm")
    for number in range(5):
        card = {
            "name": f"Voksen Nummer {number}",
            "role": Role.RELATIVE,
            "phone": "11 22 33 44",
            "lives_with_child": True,
        }
        store.write(lambda w, c=card: people.add(w, case, c))
    held = store.write(lambda w: visits.plan(w, case, {"held_on": TODAY - 9 * DAY})).result
    for number in range(9):
        values = {"what": f"{LONG} {number}", "who": "Mor og mormor", "due": TODAY + DAY}
        store.write(lambda w, v=values: visits.add_agreement(w, held, v))
    store.write(lambda w: visits.write_home(w, case, {"dog": LONG, "way_in": LONG, "mind": LONG}))
    return case


def draw(store, case, voice):
    drawn = store.write(lambda w: network_maps.begin(w, case, voice, templates=shipped())).result
    for number in range(8):
        put(store, drawn, f"Slægtning {number}", ("close", "known", "distant")[number % 3])
    return drawn


def sheet(store, case, kind):
    when = TimeSpan(TODAY + DAY, dt.time(10), dt.time(11))
    made = store.write(lambda w: visits.plan(w, case, {"kind": kind, "when": when})).result
    return store.read(lambda r: visit_papers.sheet(r, BOOKS, made))


@pytest.mark.parametrize("kind", [VisitKind.PREGNANCY, VisitKind.NEEDS, VisitKind.HOME])
@pytest.mark.parametrize("with_map", [False, True])
def test_the_sheet_is_one_a4_both_sides(store, emma, kind, with_map):
    if with_map:
        draw(store, emma, Voice.TOGETHER)
    job = sheet(store, emma, kind)
    assert (job.facts.map is not None) == with_map
    assert paper_maker.make(job).pages == 2


def test_the_childs_own_map_is_not_on_a_sheet_that_lies_on_the_table(store, emma):
    draw(store, emma, Voice.CHILD)
    assert sheet(store, emma, VisitKind.HOME).facts.map is None


def test_the_sheet_says_what_was_agreed_and_has_the_forms_headings_in_their_order(store, emma):
    pages = pdfium.PdfDocument(paper_maker.make(sheet(store, emma, VisitKind.NEEDS)).data)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    assert LONG.split(",")[0] in " ".join(text.split())
    places = [text.index(word) for word in ("Det, vi aftalte", "Barnet", "Hjemmet", "De voksne")]
    assert places == sorted(places)
