"""Familievisning: entered past the gate, drawn in, covered, and left only by PIN or passphrase."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton

from caseworker_app.compose.access import Access
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.honour import Involvement
from caseworker_app.domain.network_map import MapPerson, MapRelation, Placement, Quality, Voice
from caseworker_app.secrets import Finding
from caseworker_app.services import cases, family_pin, honour, network_maps
from caseworker_app.services.family_view import Audience
from caseworker_app.vault.locks import Argon2Parameters
from tests.helpers.quiet import quiet
from tests.ui.standins import makers
from ui.dialogs.audience_dialog import AudienceDialog
from ui.dialogs.honour_dialog import HonourDialog
from ui.family_mode import mode as family_mode
from ui.family_mode.window import FamilyWindow, Showing
from ui.main_window import MainWindow
from ui.pages.opening.unlock_page import UnlockPage
from ui.preferences import preferences
from ui.tasks import Tasks

PASSPHRASE = "kaffe plankeværk sytten tordenskrald"
PIN = "2580"
QUICK = Argon2Parameters(passes=1, memory_kib=1024, lanes=1)


@pytest.fixture
def ways(tmp_path, clock):
    doors = Access(
        tmp_path / "own",
        clock,
        find_keyring=lambda: Finding(None, "This computer has no keyring that the program can use."),
        parameters=QUICK,
    )
    slots = doors.prepare(PASSPHRASE)
    doors.verify_recovery(slots.recovery_code)
    doors.verify_passphrase(PASSPHRASE)
    yield doors
    doors.release()


@pytest.fixture
def work(qtbot, dressed, ways, papers, settings):
    """The work window over a store with a child's map and its mother's, and a PIN."""
    store = ways.found({"name": "Lone Kjær"}, {"municipality": "Hedeby Kommune"})
    store.write(lambda w: family_pin.choose(w, ways.hash_pin(PIN)))
    tasks = Tasks()
    made = MainWindow(tasks, ways, papers, settings, ShippedBooks(), makers=makers())

    def at_rest():
        return not made._locking.under_way and tasks.settled and not tasks.unkept

    qtbot.addWidget(made, before_close_func=lambda _w: (let_go(made), qtbot.waitUntil(at_rest, timeout=5000)))
    made.tasks, made.ways = tasks, ways
    made.case = store.write(lambda w: cases.register(w, {"child_name": "Ida Holm"})).result
    made.maps = {
        voice: store.write(lambda w, voice=voice: network_maps.begin(w, made.case, voice)).result
        for voice in (Voice.CHILD, Voice.MOTHER, Voice.WORKER)
    }
    made.mormor = store.write(lambda w: network_maps.add_person(w, made.maps[Voice.CHILD], "Mormor")).result
    made.resize(1366, 728)
    made.show()
    made.enter(store)
    quiet(qtbot, tasks)
    yield made
    let_go(made)
    tasks.finish()
    if tasks.store is not None:
        tasks.store.close()


def let_go(work):
    if work.family is not None and work.family.window is not None:
        work.family.window.let_go()
        work.family.window = None


def settle(qtbot, work):
    quiet(qtbot, work.tasks)


@pytest.fixture
def show(qtbot, work):
    """``show(Voice.CHILD, Audience.CHILD)`` goes through the dialog and returns the family's window."""

    def show(voice=Voice.CHILD, audience=Audience.CHILD):
        work.house.family(work.maps[voice])
        settle(qtbot, work)
        dialog = next(one for one in work.findChildren(AudienceDialog) if one.isVisible())
        settle(qtbot, work)
        dialog.buttons[audience].click()
        settle(qtbot, work)
        return work.family.window

    return show


@pytest.fixture
def drawing(show):
    """The family's window at the child's map, past its first screen."""
    window = show()
    window.welcome.begin.click()
    return window


def try_pin(qtbot, work, window, pin, button="leave"):
    sheet = window.sheet
    sheet.pin.line.setText(pin)
    getattr(sheet, button).click()
    settle(qtbot, work)
    qtbot.wait(1)
    settle(qtbot, work)


def test_the_family_sees_a_window_of_its_own_and_the_cases_are_gone(work, show):
    window = show()
    assert isinstance(window, FamilyWindow)
    assert window.isVisible()
    assert window.isWindow()
    assert not work.isVisible()
    assert window.windowTitle() == "Tæt på"


def test_the_child_is_told_first_what_becomes_of_the_drawing(show):
    window = show()
    assert window.showing is Showing.WELCOME
    said = "Det du tegner, bliver gemt i din sag. Din mor og far kan måske få det at se."
    assert window.welcome.told.text() == said
    window.welcome.begin.click()
    assert window.showing is Showing.DRAWING


def test_entering_empties_clipboard_and_search(work, show, monkeypatch):
    emptied = []
    monkeypatch.setattr(family_mode, "forget_clipboard", lambda: emptied.append(True))
    work.finding._known = ("Ida Holm",)
    show()
    assert emptied == [True]
    assert work.finding._known == ()


def test_what_is_drawn_is_written_on_the_map_as_the_childs_statement(qtbot, work, drawing):
    person = drawing.session.add_person("Plet")
    drawing.session.add_relation(None, person, Quality.STRONG)
    settle(qtbot, work)
    found = work.tasks.store.read(lambda r: r.find(MapRelation, where={"map": work.maps[Voice.CHILD]}))
    assert [(line.quality, line.said_by) for line in found] == [(Quality.STRONG, Voice.CHILD)]
    assert [one.called for one in drawing.session.view.people] == ["Mormor", "Plet"]


def test_undo_takes_back_what_was_drawn_here_and_nothing_from_before(qtbot, work, drawing):
    tools = drawing.drawing.desk.tools
    assert not tools.undo.isEnabled()
    drawing.session.add_person("Plet")
    settle(qtbot, work)
    assert tools.undo.isEnabled()
    assert tools.undo.text() == "Fortryd"
    for _ in range(2):
        qtbot.keyClick(drawing.drawing.desk.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, work)
    assert [one.called for one in drawing.session.view.people] == ["Mormor"]
    assert not tools.undo.isEnabled()
    assert tools.redo.isEnabled()
    qtbot.keyClick(drawing.drawing.desk.canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, work)
    assert [one.called for one in drawing.session.view.people] == ["Mormor", "Plet"]


def test_the_right_pin_brings_the_cases_back(qtbot, work, drawing):
    drawing.drawing.leave.click()
    assert drawing.showing is Showing.ASKING
    try_pin(qtbot, work, drawing, PIN)
    assert work.isVisible()
    assert work.family.window is None
    assert not work.ways.family_looks_on


def test_a_wrong_pin_does_not(qtbot, work, drawing):
    drawing.ask()
    try_pin(qtbot, work, drawing, "1397")
    assert not work.isVisible()
    assert drawing.showing is Showing.ASKING
    assert drawing.sheet.complaint.isVisible()
    assert drawing.sheet.pin.text() == ""
    drawing.sheet.stay.click()
    assert drawing.showing is Showing.DRAWING


def test_after_five_wrong_pins_the_passphrase_is_asked_for(qtbot, work, drawing, clock):
    drawing.ask()
    for _ in range(5):
        clock.set(clock.now() + dt.timedelta(minutes=1))
        drawing.sheet.wait(work.ways.pin_state())
        try_pin(qtbot, work, drawing, "1397")
    assert drawing.sheet.by_passphrase
    assert not drawing.sheet.other.isVisible()
    clock.set(clock.now() + dt.timedelta(hours=1))
    drawing.sheet.wait(work.ways.pin_state())
    drawing.sheet.passphrase.line.setText(PASSPHRASE)
    drawing.sheet.passphrase.edited.emit(PASSPHRASE)
    drawing.sheet.leave.click()
    settle(qtbot, work)
    assert work.isVisible()


def test_without_a_pin_the_passphrase_is_asked_for(qtbot, work, show):
    work.tasks.store.write(family_pin.forget)
    window = show()
    window.ask()
    assert window.sheet.by_passphrase
    qtbot.keyClicks(window.sheet.passphrase.line, "noget andet")
    qtbot.keyClick(window.sheet.passphrase.line, Qt.Key.Key_Return)
    settle(qtbot, work)
    assert not work.isVisible()
    qtbot.keyClicks(window.sheet.passphrase.line, PASSPHRASE)
    qtbot.keyClick(window.sheet.passphrase.line, Qt.Key.Key_Return)
    settle(qtbot, work)
    assert work.isVisible()


def test_f12_covers_everything_at_once_and_nothing_comes_back_without_the_pin(qtbot, work, drawing):
    qtbot.keyClick(drawing.drawing.desk.canvas, Qt.Key.Key_F12)
    assert drawing.showing is Showing.NEUTRAL
    assert drawing.neutral.isVisible()
    assert not drawing.drawing.isVisible()
    qtbot.mouseClick(drawing.neutral, Qt.MouseButton.LeftButton)
    assert drawing.showing is Showing.ASKING
    assert not drawing.sheet.stay.isVisible()
    try_pin(qtbot, work, drawing, "1397", "again")
    assert drawing.showing is Showing.ASKING
    try_pin(qtbot, work, drawing, PIN, "again")
    assert drawing.showing is Showing.DRAWING
    assert not work.isVisible()
    assert work.ways.family_looks_on


def test_f12_while_the_pin_is_asked_for_covers_too(qtbot, drawing):
    drawing.ask()
    qtbot.keyClick(drawing.sheet.pin.line, Qt.Key.Key_F12)
    assert drawing.showing is Showing.NEUTRAL
    drawing.ask()
    assert not drawing.sheet.stay.isVisible()


def test_after_ten_quiet_minutes_the_neutral_picture_is_shown(drawing):
    assert drawing._idle.interval() == 10 * 60_000
    assert drawing._idle.isActive()
    drawing._idle.timeout.emit()
    assert drawing.showing is Showing.NEUTRAL
    assert not drawing._idle.isActive()


def test_drawing_begins_the_ten_minutes_again(qtbot, drawing):
    drawing._idle.start(1000)
    before = drawing._idle.remainingTime()
    drawing._idle.setInterval(60_000)
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(drawing.windowHandle(), press)
    assert drawing._idle.remainingTime() > before


def test_closing_the_window_asks_for_the_pin(drawing, work):
    event = QCloseEvent()
    QApplication.sendEvent(drawing, event)
    assert not event.isAccepted()
    assert drawing.showing is Showing.ASKING
    assert not work.isVisible()
    drawing.close()
    assert drawing.isVisible()


def test_nothing_but_the_familys_window_is_on_the_screen_while_they_draw(qtbot, work, drawing):
    drawing.session.add_person("Plet")
    settle(qtbot, work)
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [drawing]


def test_escape_leads_nowhere(qtbot, drawing, work):
    for place in (drawing, drawing.drawing.desk.canvas):
        qtbot.keyClick(place, Qt.Key.Key_Escape)
    assert drawing.showing is Showing.DRAWING
    assert not work.isVisible()


@pytest.mark.parametrize(
    "keys", [Qt.Key.Key_K, Qt.Key.Key_H, Qt.Key.Key_N, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Q]
)
def test_the_keys_of_the_cases_do_nothing_here(qtbot, work, drawing, keys):
    qtbot.keyClick(drawing.drawing.desk.canvas, keys, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, work)
    assert not work.isVisible()
    assert drawing.showing is Showing.DRAWING
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [drawing]


def lock(qtbot, work, window):
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    work._idle.watch(window.windowHandle())
    QApplication.sendEvent(window.windowHandle(), press)
    quiet(qtbot, work.tasks, lambda: work.tasks.store is None)


def test_the_lock_leaves_the_neutral_picture_and_then_the_way_in(qtbot, work, drawing):
    lock(qtbot, work, drawing)
    assert drawing.showing is Showing.LOCKED
    assert drawing.session.view is None
    assert not work.isVisible()
    qtbot.mouseClick(drawing.neutral, Qt.MouseButton.LeftButton)
    assert work.isVisible()
    assert work.locked
    qtbot.waitUntil(lambda: isinstance(work._flow.currentWidget(), UnlockPage), timeout=5000)
    page = work._flow.currentWidget()
    qtbot.keyClicks(page.passphrase.line, PASSPHRASE)
    qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not work.locked, timeout=5000)
    settle(qtbot, work)
    assert not work.ways.family_looks_on


def test_idle_minutes_lock_the_cases_behind_the_familys_window(qtbot, work, drawing):
    work._idle._last -= 10 * 60 + 1
    work._idle.look()
    qtbot.waitUntil(lambda: work.tasks.store is None, timeout=5000)
    assert drawing.showing is Showing.LOCKED
    assert not work.isVisible()


def test_the_cases_can_be_locked_in_the_stead_of_a_pin(qtbot, work, drawing):
    drawing.ask()
    drawing.sheet.lock_button.click()
    quiet(qtbot, work.tasks, lambda: work.tasks.store is None)
    assert work.isVisible()
    assert work.locked


def test_a_kept_map_can_be_looked_at_and_not_drawn_on(qtbot, work, show):
    from caseworker_app.services import map_versions

    work.tasks.store.write(lambda w: map_versions.keep(w, work.maps[Voice.CHILD]))
    window = show()
    assert window.session.add_person("Plet") is None
    assert window.session.locked


@pytest.mark.parametrize("voice", [Voice.MOTHER, Voice.WORKER])
def test_a_map_that_is_not_the_childs_is_not_offered_for_the_child(qtbot, work, voice):
    work.house.family(work.maps[voice])
    settle(qtbot, work)
    dialog = next(one for one in work.findChildren(AudienceDialog) if one.isVisible())
    assert not dialog.buttons[Audience.CHILD].isEnabled()
    assert dialog.buttons[Audience.PARENTS].isEnabled() is (voice is Voice.MOTHER)


def test_an_unassessed_concern_stops_it_and_leads_to_the_assessment(qtbot, work):
    store = work.tasks.store
    concern = store.write(lambda w: honour.note(w, work.case, {"reason": "Uro"})).result
    work.house.family(work.maps[Voice.CHILD])
    settle(qtbot, work)
    dialog = next(one for one in work.findChildren(AudienceDialog) if one.isVisible())
    qtbot.waitUntil(dialog.assess.isVisible)
    assert not any(button.isEnabled() for button in dialog.buttons.values())
    dialog.assess.click()
    settle(qtbot, work)
    assert any(one.isVisible() for one in work.findChildren(HonourDialog))
    work.family.enter(work.maps[Voice.CHILD], Audience.CHILD)
    settle(qtbot, work)
    assert work.family.window is None
    assert work.banner.isVisible()
    may = {"conclusion": "Ingen fare", "parents": Involvement.MAY, "network": Involvement.MAY}
    store.write(lambda w: honour.assess(w, concern, may))
    work.family.enter(work.maps[Voice.CHILD], Audience.CHILD)
    settle(qtbot, work)
    assert work.family.window is not None


def test_what_is_hard_is_put_away_until_the_child_asks_or_draws_it(qtbot, work, drawing):
    session = drawing.session
    plet = session.add_person("Plet")
    settle(qtbot, work)
    session.add_relation(None, session.real(plet), Quality.STRAINED)
    settle(qtbot, work)
    assert drawing.drawing.hard.isChecked()
    drawing.drawing.hard.click()
    settle(qtbot, work)
    assert session.view.relations == ()
    drawing.drawing.hard.click()
    settle(qtbot, work)
    assert [line.quality for line in session.view.relations] == [Quality.STRAINED]


def test_the_workers_commands_are_refused_here(qtbot, work, drawing):
    session, refused = drawing.session, []
    session.refused.connect(lambda: refused.append(True))
    session.keep()
    session.edit_map(title="x")
    session.make_person(work.mormor, None)
    session.link(work.mormor, work.mormor)
    session.draw_on()
    assert session.add_quote("noget") is None
    assert len(refused) == 6
    session.edit_person(work.mormor, candidate="placement", called="Mor-mor")
    session.open(work.maps[Voice.MOTHER])
    settle(qtbot, work)
    assert [one.called for one in session.view.people] == ["Mor-mor"]
    assert session.offers() == ()
    assert session.map == work.maps[Voice.CHILD]


def test_every_control_has_a_name_and_is_large_enough_for_a_childs_finger(qtbot, drawing):
    drawing.ask()
    drawing.sheet.begin(hidden=True)
    small = []
    for showing in (drawing.welcome, drawing.drawing, drawing.sheet):
        drawing._stack.setCurrentWidget(showing)
        qtbot.wait(20)
        for control in showing.findChildren(QPushButton):
            assert control.accessibleName() or control.text()
            if control.isVisible() and min(control.height(), control.width()) < 44:
                small.append((control.text(), control.size()))
    assert small == []


def test_the_digits_can_be_tapped(drawing):
    drawing.ask()
    pad = drawing.sheet.pin
    for key in pad.findChildren(QPushButton)[:4]:
        key.click()
    assert pad.text() == "1234"
    pad.findChildren(QPushButton)[-1].click()
    assert pad.text() == "123"
    assert "1" not in pad.line.displayText()


def test_a_misspelt_name_is_put_right_by_pressing_somebody_twice(qtbot, work, drawing):
    desk = drawing.drawing.desk
    person = drawing.session.add_person("Pelt", placement=Placement(450, 500, "close", "friends"))
    settle(qtbot, work)
    person = drawing.session.real(person)
    for _ in range(2):
        qtbot.mouseClick(
            desk.canvas.viewport(), Qt.MouseButton.LeftButton, pos=desk.canvas.person_px(person).toPoint()
        )
    field = desk.asking.rename_field
    assert field.isVisible()
    assert field.name.text() == "Pelt"
    field.name.setText("Plet")
    qtbot.keyClicks(field.role, "min hund")
    qtbot.keyClick(field.role, Qt.Key.Key_Return)
    settle(qtbot, work)
    assert not field.isVisible()
    found = work.tasks.store.read(lambda r: r.get(MapPerson, person))
    assert (found.called, found.role_word) == ("Plet", "min hund")
    desk.asking.ask_rename(person)
    qtbot.keyClick(field.name, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert drawing.showing is Showing.DRAWING


def test_the_size_of_text_that_is_chosen_holds_in_the_familys_window_too(dressed, work, show):
    preferences(work.house.settings).set_points(14)
    try:
        window = show()
        said = window.welcome.told
        said.ensurePolished()
        assert said.font().pointSizeF() > 16
    finally:
        preferences(work.house.settings).set_points(11)


def test_enter_on_the_button_in_focus_shows_the_map(qtbot, work):
    work.house.family(work.maps[Voice.CHILD])
    settle(qtbot, work)
    dialog = next(one for one in work.findChildren(AudienceDialog) if one.isVisible())
    button = dialog.buttons[Audience.CHILD]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    settle(qtbot, work)
    assert work.family.window is not None
