"""Søg: everything that was written is found, in its sentence, and opened at its place; nobody keeps the question."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import Case
from caseworker_app.domain.journal import Entry, EntryKind
from caseworker_app.domain.meeting import Column, TimeSpan
from caseworker_app.services import cases, entries, meeting_lines, meetings
from caseworker_app.services.ports import Access
from tests.ui.doors import NoDoors
from tests.ui.standins import makers
from ui.house import Place
from ui.main_window import MainWindow
from ui.pages.search_page import PAGE, SearchPage

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def emma(write, read):
    made = write(lambda w: cases.register(w, {"child_name": "Emma Holm", "born": dt.date(2014, 3, 2)}))
    return read(lambda r: r.get(Case, made))


@pytest.fixture
def bo(write, read):
    made = write(lambda w: cases.register(w, {"child_name": "Bo Krogh", "born": dt.date(2015, 3, 2)}))
    return read(lambda r: r.get(Case, made))


@pytest.fixture
def entry(write, emma):
    values = {
        "kind": EntryKind.TELEPHONE,
        "text": "Mor ringede. Skolen **råber** op om fraværet.",
        "held_on": TODAY,
    }
    draft = write(lambda w: entries.begin(w, emma.id, values))
    return write(lambda w: entries.sign(w, draft))[0]


@pytest.fixture
def settled(wait_idle):
    def settle():
        for _turn in range(3):
            wait_idle()
            QApplication.processEvents()

    return settle


@pytest.fixture
def page(qtbot, house, emma, bo, entry, settled):
    made = SearchPage(house)
    qtbot.addWidget(made)
    made.resize(1190, 640)
    made.show()
    made.show_thing(None, "")
    settled()
    return made


@pytest.fixture
def typed(qtbot, page, settled):
    def type_(words):
        page.field.clear()
        qtbot.keyClicks(page.field, words)
        qtbot.waitUntil(lambda: not page._later.isActive(), timeout=2000)
        settled()
        return [hit.kind for hit in page.model.hits]

    return type_


def noted(read):
    return [(row.action, row.detail) for row in read(lambda r: r.access_log()) if row.action is Access.SEARCH]


def test_what_is_typed_is_found_in_its_sentence_while_one_types(typed, page):
    assert typed("fravær") == ["entry"]
    (hit,) = page.model.hits
    assert [piece for piece, asked in hit.pieces if asked] == ["fraværet"]
    assert "".join(piece for piece, _asked in hit.pieces) == "…Skolen råber op om fraværet."
    assert hit.case is not None and hit.case.child_name == "Emma Holm"
    assert page.count.text() == "1 fundet."


def test_letters_keep_their_marks(typed, page):
    assert typed("raber") == []
    assert page.empty.text().startswith("Intet fundet")
    assert typed("råber") == ["entry"]


def test_a_result_is_opened_at_its_place_with_the_keyboard(qtbot, typed, page, emma, entry, went, settled):
    typed("fravær")
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    settled()
    assert page.list.hasFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    settled()
    assert went == [Place("case", emma.id, f"journal:entries:{entry.hex()}")]


def test_a_point_of_a_meeting_leads_to_its_meeting(qtbot, typed, page, write, bo, went, settled):
    when = TimeSpan(TODAY, dt.time(10), dt.time(11))
    meeting = write(lambda w: meetings.plan(w, bo.id, {"when": when}))
    write(lambda w: meeting_lines.add_point(w, meeting, Column.WORRIES, "Bo sover dårligt"))
    assert typed("dårligt") == ["meeting_point"]
    page.open(page.model.hits[0])
    settled()
    assert went == [Place("meeting", meeting, "run")]


def test_typing_alone_is_not_noted_but_carrying_out_and_opening_are(qtbot, typed, page, read, settled):
    typed("fravær")
    assert noted(read) == []
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    settled()
    assert noted(read) == [(Access.SEARCH, "fravær")]
    page.open(page.model.hits[0])
    settled()
    assert noted(read) == [(Access.SEARCH, "fravær")]
    typed("skolen")
    page.open(page.model.hits[0])
    settled()
    assert [words for _action, words in noted(read)] == ["skolen", "fravær"]


def test_a_personal_number_is_not_kept_in_the_access_log(qtbot, typed, page, read, settled):
    typed("640817-4321")
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    settled()
    assert noted(read) == [(Access.SEARCH, "######-####")]


def test_a_search_can_be_narrowed_to_a_case_a_kind_and_a_time(typed, page, settled):
    assert typed("holm") == ["case"]
    page.kind.setCurrentIndex(1)
    page.kind.activated.emit(1)
    settled()
    assert page.model.hits == []
    assert typed("skolen") == ["entry"]
    page.case.setCurrentIndex(1)
    page.case.activated.emit(1)
    settled()
    assert page.case.currentText() == "Bo Krogh"
    assert page.model.hits == []


def test_more_comes_when_its_end_is_in_sight(qtbot, typed, page, store, bo, settled):
    def run(writer):
        writer.act("Write entries")
        for n in range(PAGE * 2 + 10):
            day = dt.date(2020, 1, 1) + dt.timedelta(days=n)
            writer.create(
                Entry(id=writer.new_id(), stream=bo.stream, heading="Nat", text="Bo sover igen.", held_on=day)
            )

    store.write(run)
    typed("sover")
    first = len(page.model.hits)
    assert PAGE <= first < PAGE * 2 + 10
    bar = page.list.verticalScrollBar()
    for _turn in range(6):
        bar.setValue(bar.maximum())
        settled()
    assert len(page.model.hits) == PAGE * 2 + 10
    days = [hit.day for hit in page.model.hits]
    assert days == sorted(days, reverse=True)


def test_nothing_asked_finds_nothing_and_says_what_can_be_found(page):
    assert page.empty.text().startswith("Skriv, hvad du leder efter")


# from the top bar


@pytest.fixture
def window(qtbot, emma, entry, tasks, papers, settings, store, wait_idle):
    ways = {**makers(), "search": lambda house: SearchPage(house)}
    made = MainWindow(tasks, NoDoors(), papers, settings, ShippedBooks(), makers=ways)
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    made.enter(store)
    made.activateWindow()
    wait_idle()
    return made


def test_the_find_field_leads_to_the_search_for_everything(qtbot, window, settled):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window.bar.find_field
    settled()
    qtbot.keyClicks(field, "fraværet")
    assert field._list.item(0).text().startswith("Intet fundet")
    assert field._list.item(1).text() == "Søg i alt efter »fraværet«"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settled()
    found = window.navigator.page
    assert isinstance(found, SearchPage)
    assert [hit.kind for hit in found.model.hits] == ["entry"]
    assert window.navigator.place == Place("search")  # nothing of the question stays in the way back


def test_the_search_has_a_key(qtbot, window, settled):
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_F, keys)
    settled()
    assert isinstance(window.navigator.page, SearchPage)
    assert window.rail.button("search").isChecked()
