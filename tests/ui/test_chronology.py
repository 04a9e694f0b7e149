"""The chronology in the window: what happened stands there, is curated by keyboard and mouse, and goes to paper."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from caseworker_app import i18n
from caseworker_app.domain.chronology import EventKind
from caseworker_app.domain.journal import EntryKind
from caseworker_app.services import cases, chronology, entries
from ui.house import Place
from ui.widgets.chronology.comment import CommentDialog
from ui.widgets.chronology.part import ChronologyPart

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def emma(write):
    return write(lambda w: cases.register(w, {"child_name": "Emma Prøve", "born": dt.date(2019, 1, 1)}))


@pytest.fixture
def entry(write, emma):
    values = {"heading": "Mail fra skolen", "text": "Fravær", "held_on": TODAY - dt.timedelta(days=3)}
    draft = write(lambda w: entries.begin(w, emma, values))
    return write(lambda w: entries.sign(w, draft))[0]


@pytest.fixture
def part(qtbot, house, emma, entry, read, wait_idle):
    made = ChronologyPart(house)
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    house.tasks.touched.connect(made.follow)
    made.show_case(read(lambda r: r.get(cases.Case, emma)))
    wait_idle()
    return made


def rows(part):
    model = part.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_what_happened_stands_there_in_danish_latest_first(part):
    assert [row[:3] for row in rows(part)] == [
        ["21. november 2026", "Sagen blev oprettet", "Sagen"],
        ["18. november 2026", "Mail fra skolen", "Journalnotater"],
    ]


def test_an_event_is_left_out_and_taken_in_again_by_the_delete_key(qtbot, part, wait_idle, emma, read):
    qtbot.keyClick(part.view, Qt.Key.Key_Down)
    qtbot.keyClick(part.view, Qt.Key.Key_Delete)
    wait_idle()
    assert rows(part)[1][3] == "Udeladt"
    assert part.hide_it.text() == "Tag med igen (Del)"
    assert part.current().event.kind is EventKind.ENTRY  # the keyboard stays where it was
    qtbot.keyClick(part.view, Qt.Key.Key_Delete)
    wait_idle()
    assert [one.hidden for one in read(lambda r: chronology.view(r, emma))] == [False, False]


def test_what_is_left_out_is_not_shown_when_nobody_wants_to_see_it(qtbot, part, wait_idle):
    qtbot.keyClick(part.view, Qt.Key.Key_Delete)
    wait_idle()
    qtbot.keyClick(part.filters.hidden, Qt.Key.Key_Space)
    wait_idle()
    assert [row[1] for row in rows(part)] == ["Mail fra skolen"]


def test_it_is_held_up_and_commented_on(qtbot, part, wait_idle):
    qtbot.keyClick(part.view, Qt.Key.Key_Down)
    qtbot.keyClick(part.view, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    wait_idle()
    qtbot.keyClick(part.view, Qt.Key.Key_F2)
    dialog = part.findChild(CommentDialog)
    qtbot.keyClicks(dialog.words, "Her vendte det")
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait_idle()
    assert rows(part)[1][3] == "Vigtig. Her vendte det"
    assert part.model.index(1, 1).data(Qt.ItemDataRole.FontRole).bold()


def test_kinds_and_days_are_filtered(qtbot, part, wait_idle):
    part.filters.actions_of[EventKind.ENTRY].trigger()
    wait_idle()
    assert [row[1] for row in rows(part)] == ["Mail fra skolen"]
    assert part.filters.kinds.text() == "Journalnotater"
    part.filters.actions_of[EventKind.ENTRY].trigger()
    qtbot.keyClicks(part.filters.since.line, "20-11-2026")
    wait_idle()
    assert [row[1] for row in rows(part)] == ["Sagen blev oprettet"]
    qtbot.keyClicks(part.filters.until.line, "1-1-2020")
    wait_idle()
    assert rows(part) == []
    assert part.nothing.isVisible()
    assert not part.open.isEnabled()


def test_enter_opens_what_it_is_about(qtbot, part, emma, entry, went):
    qtbot.keyClick(part.view, Qt.Key.Key_Down)
    qtbot.keyClick(part.view, Qt.Key.Key_Return)
    assert went == [Place("case", emma, f"journal:entries:{entry.hex()}")]


def test_it_follows_what_is_written_elsewhere(part, house, write, emma, wait_idle):
    draft = write(lambda w: entries.begin(w, emma, {"kind": EntryKind.CHILD_TALK, "text": "x"}))
    (made,) = write(lambda w: entries.sign(w, draft))
    part.follow(frozenset({("entry", made)}))
    wait_idle()
    assert "Børnesamtale" in [row[1] for row in rows(part)]


def test_a_row_is_spoken_whole_and_in_the_language_of_the_screen(part):
    index = part.model.index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "18. november 2026, Mail fra skolen, Journalnotater"
    )
    i18n.set_language("en")
    assert part.model.headerData(1, Qt.Orientation.Horizontal) == "What happened"
    assert part.open.text() == "Open (Enter)"
