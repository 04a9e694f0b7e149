"""The whole netværkskort by keyboard only, and every action by taps alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt

from caseworker_app.domain.network_map import Quality, Voice
from caseworker_app.services import cases, network_maps
from ui.network_map.hand import Mode
from ui.network_map.session_base import Selection
from ui.pages.map_page import MapPage

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def empty(qtbot, house, tasks, write, settled):
    case = write(lambda w: cases.register(w, {"child_name": "Bo Prøve"}))
    made = write(lambda w: network_maps.begin(w, case, Voice.CHILD, templates=house.books.map_templates()))
    page = MapPage(house)
    qtbot.addWidget(page)
    tasks.touched.connect(page.follow)
    page.resize(1222, 684)
    page.show()
    page.show_thing(made, "")
    settled()
    page.activateWindow()
    page.desk.canvas.setFocus()
    return page


def test_a_map_of_six_is_drawn_by_keyboard_alone(empty, settled, qtbot):
    from tests.ui.network_map.hands import Hands

    hands = Hands(empty, settled)
    hands.key(Key.Key_N)
    for name in ("Mor", "Far", "Mormor", "Anna", "Karin", "Lone"):
        hands.type(name)
        hands.key(Key.Key_Return)
    assert empty.desk.tray.list.count() == 6
    hands.key(Key.Key_Escape)
    places = {
        "Mor": ("1", "F"),
        "Far": ("3", "F"),
        "Mormor": ("2", "F"),
        "Anna": ("1", "V"),
        "Karin": ("2", "S"),
        "Lone": ("3", "P"),
    }
    hands.key(Key.Key_F6)
    assert empty.desk.tray.list.hasFocus()
    for name, (ring, sector) in places.items():
        empty.desk.tray.list.setFocus()
        row = next(
            r for r in range(empty.desk.tray.list.count()) if empty.desk.tray.list.item(r).text() == name
        )
        hands.key(Key.Key_Home)
        for _n in range(row):
            hands.key(Key.Key_Down)
        hands.type(ring)
        hands.type(sector)
        hands.settled()
    template = empty.session.opened.template
    rings, sectors = [r.id for r in template.rings], {s.key: s.id for s in template.sectors}
    for name, (ring, sector) in places.items():
        where = hands.named(name).placement
        assert (where.ring, where.sector) == (rings[int(ring) - 1], sectors[sector])
    empty.desk.canvas.setFocus()
    hands.choose(hands.named("Mor").id)
    hands.key(Key.Key_R)
    hands.key(Key.Key_Right)  # the child comes first
    hands.key(Key.Key_Return)
    assert empty.desk.asking.line_panel.isVisible()
    hands.type("S")
    hands.settled()
    (line,) = empty.session.opened.relations
    assert ({line.a, line.b}, line.quality) == ({hands.named("Mor").id, None}, Quality.STRONG)
    hands.choose(hands.named("Mor").id)
    hands.key(Key.Key_R, on=empty.desk.canvas)
    hands.type("far", empty.desk.canvas)
    hands.key(Key.Key_Return, on=empty.desk.canvas)
    hands.type("b")
    hands.settled()
    assert [r.quality for r in empty.session.opened.relations] == [Quality.STRONG, Quality.BROKEN]


def test_tab_goes_from_the_innermost_ring_outwards_and_on_from_the_last(hands, drawn, page):
    seen = []
    for _n in range(3):
        hands.key(Key.Key_Tab, on=hands.canvas)
        seen.append(hands.session.selection.person)
    assert seen == [drawn.mother, drawn.friend, drawn.dog]
    hands.key(Key.Key_Tab, on=hands.canvas)
    assert not hands.canvas.hasFocus()


def test_arrows_move_along_the_arc_and_in_and_out_with_shift_a_little(hands, drawn):
    hands.choose(drawn.friend)
    start = hands.place(drawn.friend)
    hands.key(Key.Key_Right, on=hands.canvas)
    far = hands.place(drawn.friend)
    assert far.angle > start.angle
    assert (far.ring, far.radius) == (start.ring, start.radius)
    hands.key(Key.Key_Left, SHIFT, on=hands.canvas)
    assert start.angle < hands.place(drawn.friend).angle < far.angle
    hands.key(Key.Key_Down, on=hands.canvas)
    assert hands.place(drawn.friend).radius < start.radius


def test_five_is_outside_the_rings(hands, drawn):
    hands.choose(drawn.friend)
    hands.key(Key.Key_5, on=hands.canvas)
    assert hands.standing(drawn.friend) == ("outside", "friends")


def test_backspace_puts_back_in_the_tray_and_delete_takes_off_the_map(hands, drawn):
    hands.choose(drawn.friend)
    hands.key(Key.Key_Backspace, on=hands.canvas)
    assert hands.place(drawn.friend) is None
    hands.choose(drawn.mother)
    hands.key(Key.Key_Delete, on=hands.canvas)
    assert hands.named("Mor") is None
    assert hands.session.opened.relations == ()


def test_nothing_chosen_arrows_push_the_map_and_signs_stretch_it(hands):
    before = hands.child()
    hands.key(Key.Key_Right, on=hands.canvas)
    assert hands.child().x() < before.x()
    hands.key(Key.Key_Plus, on=hands.canvas)
    assert hands.canvas.zoom == pytest.approx(1.25)
    hands.key(Key.Key_Minus, on=hands.canvas)
    hands.key(Key.Key_0, on=hands.canvas)
    assert hands.canvas.zoom == 1.0
    assert hands.child() == before


def test_several_are_chosen_with_space_and_made_a_household_with_g(hands, drawn, page):
    hands.choose(drawn.mother)
    hands.key(Key.Key_Space, on=hands.canvas)
    hands.key(Key.Key_Tab, on=hands.canvas)
    hands.key(Key.Key_Tab, on=hands.canvas)
    hands.key(Key.Key_Space, on=hands.canvas)
    assert hands.session.selection.people == (drawn.mother, drawn.dog)
    hands.key(Key.Key_G, on=hands.canvas)
    field = page.desk.asking.group_field
    assert field.isVisible()
    hands.type("Hos mor", field.line)
    hands.key(Key.Key_Return, on=field.line)
    (group,) = hands.session.opened.groups
    assert (group.label, group.members) == ("Hos mor", frozenset({drawn.mother, drawn.dog}))


def test_f6_goes_round_tray_map_and_card(hands, drawn, page):
    hands.choose(drawn.mother)
    hands.key(Key.Key_Return, on=hands.canvas)
    assert page.card.isVisible()
    assert page.card.panel.called.hasFocus()
    hands.key(Key.Key_F6)
    assert page.desk.tray.list.hasFocus()
    hands.key(Key.Key_F6)
    assert hands.canvas.hasFocus()
    hands.key(Key.Key_F6)
    assert page.card.panel.called.hasFocus()
    hands.key(Key.Key_Escape)
    assert not page.card.isVisible()


# --- taps alone (WCAG 2.5.7) -------------------------------------------------------------------------------------


def test_somebody_is_moved_by_taps_alone(hands, drawn, page):
    hands.click(hands.at(drawn.friend))
    page.desk.tools.move_.click()
    assert hands.canvas.hand.mode is Mode.MOVE
    hands.click(hands.cell("close", "school"))
    hands.settled()
    assert hands.standing(drawn.friend) == ("close", "school")
    assert hands.canvas.hand.mode is Mode.CHOOSE


def test_somebody_in_the_tray_is_placed_by_taps_alone(hands, drawn, page):
    tray = page.desk.tray.list
    from PySide6.QtTest import QTest

    QTest.mouseClick(
        tray.viewport(), Qt.MouseButton.LeftButton, pos=tray.visualItemRect(tray.item(0)).center()
    )
    assert hands.session.selection.person == drawn.aunt
    page.desk.tools.move_.click()
    hands.click(hands.cell("known", "family"))
    hands.settled()
    assert hands.standing(drawn.aunt) == ("known", "family")


def test_a_line_is_drawn_by_taps_alone_and_its_kind_tapped(hands, drawn, page):
    page.desk.tools.line.click()
    hands.click(hands.at(drawn.friend))
    hands.click(hands.child())
    panel = page.desk.asking.line_panel
    assert panel.isVisible()
    panel.buttons[Quality.WEAK].click()
    hands.settled()
    (line,) = [r for r in hands.session.opened.relations if drawn.friend in (r.a, r.b)]
    assert (line.quality, {line.a, line.b}) == (Quality.WEAK, {drawn.friend, None})


def test_the_first_end_tapped_again_lets_the_line_be(hands, drawn, page):
    before = hands.session.opened.relations
    page.desk.tools.line.click()
    hands.click(hands.at(drawn.friend))
    hands.click(hands.at(drawn.friend))
    assert hands.canvas.hand.mode is Mode.CHOOSE
    assert hands.session.opened.relations == before


def test_a_household_is_drawn_by_taps_alone(hands, drawn, page):
    page.desk.tools.group.click()
    hands.click(hands.at(drawn.mother))
    hands.click(hands.at(drawn.dog))
    hands.click(hands.child())
    page.desk.tools.group.click()
    hands.settled()
    (group,) = hands.session.opened.groups
    assert group.members == frozenset({drawn.mother, drawn.dog})
    assert group.with_child


def test_a_line_is_tapped_and_changed_or_removed(hands, drawn, page):
    middle = (hands.child() + hands.at(drawn.mother)) / 2
    hands.click(middle)
    panel = page.desk.asking.line_panel
    assert hands.session.selection == Selection(relation=drawn.line)
    assert panel.isVisible()
    panel.remove.click()
    hands.settled()
    assert hands.session.opened.relations == ()


def test_arrows_go_to_a_kind_of_line_and_enter_takes_it(hands, drawn, page):
    hands.click((hands.child() + hands.at(drawn.mother)) / 2)
    panel = page.desk.asking.line_panel
    before = hands.session.opened.relations[0].quality
    hands.key(Qt.Key.Key_Down, on=panel.focusWidget())
    hands.key(Qt.Key.Key_Return, on=panel.focusWidget())
    assert not panel.isVisible()
    assert hands.session.opened.relations[0].quality is not before


def test_tapping_the_ground_lets_go_before_it_asks_for_a_name(hands, drawn, page):
    hands.click(hands.at(drawn.friend))
    ground = hands.cell("distant", "professionals")
    hands.click(ground)
    assert hands.session.selection == Selection()
    assert not page.desk.asking.name_field.isVisible()
    hands.click(ground)
    assert page.desk.asking.name_field.isVisible()
    hands.click(ground + QPointF(0, -40))
    assert not page.desk.asking.name_field.isVisible()
