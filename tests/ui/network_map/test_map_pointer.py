"""Mouse and fingers on the netværkskort: choosing, carrying, drawing lines, pinching, and changing one's mind."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.network_map import MapPerson, Quality
from caseworker_app.services import history
from ui.network_map.pointer import HOLD_MS, State


def stored(read, person):
    return read(lambda r: r.get(MapPerson, person)).placement


def test_somebody_is_dragged_with_the_mouse_to_a_ring_and_a_sector(hands, drawn, read):
    hands.drag(hands.at(drawn.friend), hands.cell("close", "school"))
    assert hands.standing(drawn.friend) == ("close", "school")
    assert (stored(read, drawn.friend).ring, stored(read, drawn.friend).sector) == ("close", "school")


def test_while_she_is_carried_the_cell_lights_up_and_says_its_name(hands, drawn):
    start = hands.at(drawn.friend)
    hands.press(start)
    hands.move(start + QPointF(20, 0))
    hands.move(hands.cell("close", "friends"))
    over = hands.canvas.item.over
    assert over.words == "Tæt på – Venner"
    assert over.cell is not None
    hands.release(hands.cell("close", "friends"))
    assert over.words == ""


def test_less_than_the_slop_is_a_tap_and_moves_nobody(hands, drawn):
    before = hands.place(drawn.friend)
    hands.drag(hands.at(drawn.friend), hands.at(drawn.friend) + QPointF(6, 6))
    assert hands.place(drawn.friend) == before
    assert hands.session.selection.person == drawn.friend


def test_let_go_on_the_spot_she_came_from_is_a_change_of_mind(hands, drawn, store):
    before, acts = hands.place(drawn.friend), len(store.read(lambda r: r.acts()))
    start = hands.at(drawn.friend)
    hands.press(start)
    hands.move(start + QPointF(60, 0))
    hands.move(start + QPointF(2, 1))
    hands.release(start + QPointF(2, 1))
    hands.settled()
    assert hands.place(drawn.friend) == before
    assert len(store.read(lambda r: r.acts())) == acts


def test_one_gesture_is_one_act_that_undo_takes_back(hands, drawn, store, read, tasks, settled):
    before = hands.place(drawn.friend)
    hands.drag(hands.at(drawn.friend), hands.cell("close", "school"))
    tasks.touched.emit(store.write(history.undo).touched)
    settled()
    assert hands.place(drawn.friend) == before


def test_let_go_outside_the_circle_she_snaps_back(hands, drawn):
    before = hands.place(drawn.friend)
    hands.drag(hands.at(drawn.friend), QPointF(hands.viewport.width() - 12, 12))
    assert hands.place(drawn.friend) == before


def test_esc_in_the_middle_of_a_drag_leaves_everything_as_it_was(hands, drawn, read):
    before, start = hands.place(drawn.friend), hands.at(drawn.friend)
    hands.press(start)
    hands.move(start + QPointF(40, 40))
    assert hands.canvas.pointer.state is State.DRAG
    hands.key(Qt.Key.Key_Escape, on=hands.canvas)
    assert hands.canvas.item.over.lifted is None
    hands.move(start + QPointF(90, 40))
    hands.release(start + QPointF(90, 40))
    hands.settled()
    assert hands.place(drawn.friend) == before
    assert hands.canvas.pointer.state is State.IDLE


def test_another_window_in_the_middle_of_a_drag_leaves_everything_as_it_was(hands, drawn):
    before, start = hands.place(drawn.friend), hands.at(drawn.friend)
    hands.press(start)
    hands.move(start + QPointF(40, 40))
    QApplication.sendEvent(hands.canvas, QEvent(QEvent.Type.WindowDeactivate))
    hands.release(start + QPointF(40, 40))
    hands.settled()
    assert hands.place(drawn.friend) == before


def test_she_is_dragged_out_of_the_tray_and_back_into_it(hands, drawn, page):
    tray = page.desk.tray.list
    row = tray.visualItemRect(tray.item(0)).center()
    from PySide6.QtTest import QTest

    QTest.mousePress(tray.viewport(), Qt.MouseButton.LeftButton, pos=row)
    target = hands.cell("known", "family")
    for share in (0.3, 0.6, 1.0):
        point = tray.viewport().mapFromGlobal(hands.viewport.mapToGlobal(target.toPoint()))
        QTest.mouseMove(tray.viewport(), row + (point - row) * share)
    QTest.mouseRelease(tray.viewport(), Qt.MouseButton.LeftButton, pos=point)
    hands.settled()
    assert hands.standing(drawn.aunt) == ("known", "family")
    assert tray.count() == 0
    into = page.desk.tray.mapToGlobal(page.desk.tray.rect().center())
    hands.drag(hands.at(drawn.aunt), QPointF(hands.viewport.mapFromGlobal(into)))
    assert hands.place(drawn.aunt) is None
    assert tray.count() == 1
    assert not page.desk.ghost.isVisible()


def test_a_line_is_drawn_by_the_handle_and_its_kind_is_asked_at_once(hands, drawn, page):
    hands.click(hands.at(drawn.friend))
    hands.drag(hands.handle(), hands.at(drawn.mother))
    (line,) = [r for r in hands.session.opened.relations if drawn.friend in (r.a, r.b)]
    panel = page.desk.asking.line_panel
    assert {line.a, line.b} == {drawn.friend, drawn.mother}
    assert panel.isVisible()
    panel.buttons[Quality.STRAINED].click()
    hands.settled()
    (line,) = [r for r in hands.session.opened.relations if drawn.friend in (r.a, r.b)]
    assert line.quality is Quality.STRAINED
    assert not panel.isVisible()


def test_a_line_let_go_on_nobody_is_no_line(hands, drawn):
    before = hands.session.opened.relations
    hands.click(hands.at(drawn.friend))
    hands.drag(hands.handle(), hands.cell("distant", "professionals"))
    assert hands.session.opened.relations == before


def test_held_for_half_a_second_it_shows_what_can_be_done(hands, drawn, page, qtbot):
    hands.press(hands.at(drawn.friend))
    with qtbot.waitSignal(hands.canvas.menu_wanted, timeout=HOLD_MS + 600):
        pass
    from PySide6.QtWidgets import QMenu

    words = [
        action.text().partition("\t")[0] for menu in page.findChildren(QMenu) for action in menu.actions()
    ]
    assert "Tegn en streg herfra" in words
    assert "Fjern fra kortet" in words
    for menu in page.findChildren(QMenu):
        menu.close()
    hands.release(hands.at(drawn.friend))


def test_a_finger_drags_somebody(hands, drawn):
    start, end = hands.at(drawn.friend), hands.cell("close", "friends")
    hands.touch(("press", 1, start))
    hands.touch(("move", 1, start + QPointF(18, 0)))
    hands.touch(("move", 1, end))
    hands.touch(("release", 1, end))
    hands.settled()
    assert hands.standing(drawn.friend) == ("close", "friends")


def test_a_finger_has_a_wider_slop_than_the_mouse(hands, drawn):
    before, start = hands.place(drawn.friend), hands.at(drawn.friend)
    hands.touch(("press", 1, start))
    hands.touch(("move", 1, start + QPointF(13, 0)))
    assert hands.canvas.pointer.state is State.ARMED
    hands.touch(("release", 1, start + QPointF(13, 0)))
    hands.settled()
    assert hands.place(drawn.friend) == before


def test_a_pinch_that_starts_on_somebody_stretches_the_map_and_moves_nobody(hands, drawn, store):
    before, acts = hands.place(drawn.friend), len(store.read(lambda r: r.acts()))
    on = hands.at(drawn.friend)
    beside = on + QPointF(60, 60)
    hands.touch(("press", 1, on))
    hands.touch(("stay", 1), ("press", 2, beside))
    for step in range(1, 6):
        hands.touch(("move", 1, on - QPointF(12, 12) * step), ("move", 2, beside + QPointF(12, 12) * step))
    assert hands.canvas.zoom > 1.3
    hands.touch(("release", 1, on - QPointF(60, 60)), ("stay", 2))
    hands.touch(("move", 2, beside))
    hands.touch(("release", 2, beside))
    hands.settled()
    assert hands.place(drawn.friend) == before
    assert len(store.read(lambda r: r.acts())) == acts
    assert hands.canvas.pointer.state is State.IDLE


def test_a_second_finger_during_a_drag_is_let_be(hands, drawn):
    start, end = hands.at(drawn.friend), hands.cell("close", "friends")
    hands.touch(("press", 1, start))
    hands.touch(("move", 1, start + QPointF(30, 0)))
    hands.touch(("stay", 1), ("press", 2, hands.at(drawn.mother)))
    hands.touch(("stay", 1), ("move", 2, hands.at(drawn.mother) + QPointF(80, 80)))
    hands.touch(("move", 1, end), ("stay", 2))
    hands.touch(("release", 1, end), ("stay", 2))
    hands.touch(("release", 2, hands.at(drawn.mother) + QPointF(80, 80)))
    hands.settled()
    assert hands.standing(drawn.friend) == ("close", "friends")
    assert hands.standing(drawn.mother) == ("close", "family")
    assert hands.canvas.zoom == 1.0


def test_one_finger_on_the_ground_pushes_the_map(hands, drawn):
    start = hands.cell("distant", "professionals")
    before = hands.child()
    hands.touch(("press", 1, start))
    hands.touch(("move", 1, start + QPointF(30, 0)))
    hands.touch(("move", 1, start + QPointF(80, 0)))
    hands.touch(("release", 1, start + QPointF(80, 0)))
    assert hands.child().x() - before.x() == pytest.approx(80, abs=1)


def test_a_name_is_typed_at_the_spot_and_the_field_stays_for_the_next(hands, drawn, page):
    hands.click(hands.cell("known", "professionals"))
    field = page.desk.asking.name_field
    assert field.isVisible()
    hands.type("Lone", field.line)
    hands.key(Qt.Key.Key_Return, on=field.line)
    assert field.isVisible()
    hands.type("Peter", field.line)
    hands.key(Qt.Key.Key_Return, on=field.line)
    for name in ("Lone", "Peter"):
        where = hands.named(name).placement
        assert (where.ring, where.sector) == ("known", "professionals")
    assert hands.named("Lone").placement != hands.named("Peter").placement
    hands.key(Qt.Key.Key_Return, on=field.line)
    assert not field.isVisible()


def test_a_tap_somewhere_else_moves_the_field_there_and_keeps_the_name_that_stood_typed(hands, drawn, page):
    hands.click(hands.cell("known", "professionals"))
    field = page.desk.asking.name_field
    hands.type("Lone", field.line)
    hands.click(hands.cell("distant", "family"))
    assert field.isVisible()
    assert field.line.text() == ""
    assert (hands.named("Lone").placement.ring, hands.named("Lone").placement.sector) == (
        "known",
        "professionals",
    )
    hands.type("Mormor", field.line)
    hands.key(Qt.Key.Key_Return, on=field.line)
    assert (hands.named("Mormor").placement.ring, hands.named("Mormor").placement.sector) == (
        "distant",
        "family",
    )


def test_an_animal_is_said_to_be_one_at_the_spot(hands, drawn, page):
    from caseworker_app.domain.network_map import MapPersonKind

    hands.click(hands.cell("known", "professionals"))
    field = page.desk.asking.name_field
    field.kinds.kind = MapPersonKind.PET
    hands.type("Misser", field.line)
    hands.key(Qt.Key.Key_Return, on=field.line)
    assert hands.named("Misser").kind is MapPersonKind.PET


def test_the_wheel_stretches_between_half_and_three_times(hands):
    canvas = hands.canvas
    middle = QPointF(hands.viewport.rect().center())

    def wheel(by):
        event = QWheelEvent(
            middle, QPointF(hands.viewport.mapToGlobal(middle.toPoint())), QPointF(0, 0).toPoint(),
            QPointF(0, by).toPoint(), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(hands.viewport, event)

    for _n in range(30):
        wheel(240)
    assert canvas.zoom == 3.0
    for _n in range(60):
        wheel(-240)
    assert canvas.zoom == 0.5
    canvas.fit()
    assert canvas.zoom == 1.0
    assert hands.child() == QPointF(hands.viewport.width() / 2, hands.viewport.height() / 2)


def test_what_is_under_the_pointer_stays_there_when_the_map_is_stretched(hands, drawn):
    at = hands.at(drawn.friend)
    hands.canvas.zoom_by(1.6, at)
    now = hands.at(drawn.friend)
    assert (now.x(), now.y()) == pytest.approx((at.x(), at.y()), abs=0.5)


def test_the_smallest_targets_are_forty_four_pixels(hands, drawn):
    hands.canvas.zoom_by(0.5)
    at = hands.at(drawn.friend)
    for by in (QPointF(21, 0), QPointF(-21, 0), QPointF(0, 21), QPointF(0, -21)):
        assert hands.canvas.hand.hit(at + by, touch=False).thing == drawn.friend
