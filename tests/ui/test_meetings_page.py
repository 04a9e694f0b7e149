"""The list of meetings across cases, and planning a new one from it."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app import i18n
from caseworker_app.domain.meeting import Meeting, MeetingKind, MeetingState, TimeSpan
from caseworker_app.services import cases, meetings
from ui.dialogs.new_meeting_dialog import NewMeetingDialog
from ui.house import Place
from ui.pages.meetings_page import MeetingsPage

CONTROL = Qt.KeyboardModifier.ControlModifier


def at(day: int) -> TimeSpan:
    return TimeSpan(dt.date(2026, 11, day), dt.time(9), dt.time(10, 30))


@pytest.fixture
def planned(write):
    """Five meetings of three children; returns them by a word for each."""
    children = {
        name: write(lambda w, n=name: cases.register(w, {"child_name": n}))
        for name in ("Emma", "Åse", "Noah")
    }
    made = {}
    for word, child, values in (
        ("held", "Noah", {"when": at(12), "state": MeetingState.HELD}),
        ("late", "Åse", {"when": at(28), "kind": MeetingKind.NETWORK, "place": "Rådhuset"}),
        ("soon", "Emma", {"when": at(23)}),
        ("passed", "Emma", {"when": at(18)}),
        ("undated", "Noah", {}),
    ):
        made[word] = write(lambda w, c=children[child], v=values: meetings.plan(w, c, v))
    return made


@pytest.fixture
def page(qtbot, house, wait_idle):
    made = MeetingsPage(house)
    qtbot.addWidget(made)
    house.tasks.touched.connect(made.follow)
    made.resize(1200, 680)
    made.show()
    made.show_thing(None, "")
    wait_idle()
    qtbot.wait(5)
    wait_idle()
    return made


def shown(page, column):
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def test_planned_meetings_come_first_then_the_past(planned, page):
    words = {meeting: word for word, meeting in planned.items()}
    assert [words[row.meeting.id] for row in page.model.rows] == ["undated", "soon", "late", "passed", "held"]
    assert shown(page, 4) == ["Planlagt", "Planlagt", "Planlagt", "Dagen er gået", "Holdt"]
    assert shown(page, 0)[1] == "mandag 23. november 2026 kl. 09.00-10.30"


def test_the_empty_list_says_what_to_do(page):
    assert page.empty.isVisible()
    assert not page.table.isVisible()
    assert "Nyt møde" in page.empty.text()


def test_enter_and_a_double_click_open_the_meeting(planned, page, qtbot, went):
    page.table.selectRow(1)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert went == [Place("meeting", planned["soon"])]
    page.table.doubleClicked.emit(page.model.index(2, 0))
    assert went[-1] == Place("meeting", planned["late"])


def test_the_list_is_narrowed_by_typing_in_danish_order_of_letters(planned, page, qtbot):
    qtbot.keyClicks(page.find_line, "aase")
    assert shown(page, 1) == ["Åse"]
    page.find_line.clear()
    qtbot.keyClicks(page.find_line, "rådhus")
    assert shown(page, 1) == ["Åse"]
    qtbot.keyClicks(page.find_line, "xx")
    assert page.empty.isVisible()
    assert "Ingen møder passer" in page.empty.text()


def test_only_planned_ones_can_be_shown(planned, page, qtbot):
    page.only_planned.click()
    assert MeetingState.HELD not in {row.meeting.state for row in page.model.rows}
    assert page.count.text() == "4 af 5"


def test_the_list_follows_and_keeps_the_chosen_meeting(planned, page, qtbot, house, wait_idle):
    from ui.tasks import Op

    page.table.selectRow(2)
    house.tasks.op(page, Op(lambda w: meetings.call_off(w, planned["soon"])))
    wait_idle()
    qtbot.wait(5)
    wait_idle()
    chosen = page.model.rows[page.table.currentIndex().row()].meeting.id
    assert chosen == planned["late"]


def test_a_new_meeting_is_planned_by_keys_alone(planned, page, qtbot, wait_idle, went, read):
    page.activateWindow()
    qtbot.keyClick(page.table, Qt.Key.Key_M, CONTROL)
    wait_idle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NewMeetingDialog)
    qtbot.keyClicks(dialog.find_line, "noa")
    dialog.kind.setCurrentIndex(dialog.kind.findData(MeetingKind.NETWORK.value))
    qtbot.keyClick(dialog.find_line, Qt.Key.Key_Return)
    wait_idle()
    made = went[-1]
    assert (made.page, made.part) == ("meeting", "plan")
    meeting = read(lambda r: r.get(Meeting, made.thing))
    assert meeting.kind == MeetingKind.NETWORK
    assert read(lambda r: meetings.view(r, made.thing)).case.child_name == "Noah"


def test_without_a_child_there_is_nothing_to_plan_and_it_is_said(page, qtbot, house, wait_idle):
    dialog = NewMeetingDialog(house, page)
    qtbot.addWidget(dialog)
    dialog.open()
    wait_idle()
    assert dialog.complaint.isVisible()
    assert not dialog.plan_button.isEnabled()


def test_the_list_speaks_the_language(planned, page):
    i18n.set_language("en")
    assert shown(page, 4)[0] == "Planned"
    assert page.model.headerData(1, Qt.Orientation.Horizontal, int(Qt.ItemDataRole.DisplayRole)) == "Child"
    assert page.table.currentIndex().isValid()


def test_five_hundred_meetings_open_in_time(page, qtbot, write, wait_idle, watchdog):
    with watchdog.unwatched():
        case = write(lambda w: cases.register(w, {"child_name": "Emma"}))

        def many(w):
            for number in range(500):
                meetings.plan(w, case, {"when": at(number % 28 + 1)})
                w.flush()

        write(many)
    with watchdog.opening("five hundred meetings"):
        page.show_thing(None, "")
        wait_idle()
    assert page.model.rowCount() == 500
    watchdog.scroll(page.table.viewport(), -10)
