"""The list twin on its page: after each change made in the list the drawing shows the same, and the other way round."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.services import network_maps
from tests.helpers.mapped import full_map, spot, templates
from ui.network_map.list_rows import Key, Kind
from ui.network_map.session_base import Selection
from ui.pages.map_page import MapPage


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(2)

    return wait


@pytest.fixture
def ida(write):
    return full_map(write)


@pytest.fixture
def page(qtbot, house, tasks, ida, settled):
    made = MapPage(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1190, 640)
    made.show()
    made.show_thing(ida.map, "list")
    settled()
    return made


def in_the_list(page):
    """Who stands where, and which lines there are, as the rows of the list have it."""
    model, cells, lines = page.twin.model, {}, set()

    def walk(parent, sector):
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            key = model.key_at(index)
            if key.kind is Kind.PERSON:
                cells[key.one] = (index.data(), index.siblingAtColumn(2).data(), sector)
            if key.kind is Kind.LINE:
                lines.add(key.one)
            walk(index, index.data() if key.kind in (Kind.SECTOR, Kind.TRAY) else sector)

    walk(QModelIndex(), "")
    return cells, lines


def on_the_canvas(page):
    """The same of the view that the drawing was made of, and of the places it drew."""
    scenery = page.desk.canvas.ensure()
    view = scenery.view
    cells = {}
    for person in view.people:
        placed = person.placement
        ring = "" if placed is None else view.template.ring(placed.ring).child
        sector = "Ikke placeret endnu" if placed is None else view.template.sector(placed.sector).child
        cells[person.id] = (person.called, ring, sector)
    drawn = {p.id for p in view.people if p.placement is not None}
    assert drawn <= set(scenery.laid.spots)
    return cells, {line.id for line in view.relations}


def test_the_drawing_agrees_after_each_change_made_in_the_list(qtbot, page, ida, read, settled):
    twin = page.twin

    def at(called):
        twin.tree.put_at(Key(Kind.PERSON, ida.on[called]))
        twin.tree.chosen.emit(twin.tree.key)
        twin.tree.setFocus()

    def changed(by):
        by()
        assert in_the_list(page) == on_the_canvas(page)
        settled()
        assert in_the_list(page) == on_the_canvas(page)

    assert in_the_list(page) == on_the_canvas(page)
    at("Far")
    changed(lambda: qtbot.keyClick(twin.tree, Qt.Key.Key_2))
    changed(lambda: qtbot.keyClick(twin.tree, Qt.Key.Key_S))
    changed(lambda: qtbot.keyClick(twin.tree, Qt.Key.Key_0))
    qtbot.keyClicks(twin.add_line.name, "Ali")
    changed(lambda: qtbot.keyClick(twin.add_line.name, Qt.Key.Key_Return))
    at("Tom")
    qtbot.keyClick(twin.tree, Qt.Key.Key_R)
    changed(lambda: qtbot.keyClick(twin.new_line.to, Qt.Key.Key_Return))
    at("Mormor")
    changed(lambda: qtbot.keyClick(twin.tree, Qt.Key.Key_Delete))
    changed(page.session.undo)
    changed(page.session.redo)
    opened = read(lambda r: network_maps.open_map(r, ida.map, templates()))
    assert {p.called for p in opened.people} == {"Mor", "Far", "Buller", "Sofie", "Tom", "Ali"}


def test_what_is_drawn_with_the_mouse_stands_in_the_list(page, ida, settled):
    page.session.move(ida.on["Sofie"], spot("closest", "school"))
    assert in_the_list(page)[0][ida.on["Sofie"]] == ("Sofie", "Helt tæt på mig", "Skole")
    settled()
    assert in_the_list(page) == on_the_canvas(page)


def test_who_is_chosen_on_the_drawing_is_chosen_in_the_list(page, ida):
    page.session.choose(Selection((ida.on["Tom"],)))
    assert page.twin.tree.key == Key(Kind.PERSON, ida.on["Tom"])
    page.twin.tree.setCurrentIndex(page.twin.model.find(Key(Kind.PERSON, ida.on["Mor"])))
    assert page.session.selection == Selection((ida.on["Mor"],))


def test_the_keyboard_goes_to_the_tree_when_the_list_is_shown(page):
    assert page.twin.tree.hasFocus()


def test_f6_goes_around_the_tree_the_fields_and_the_line_for_new_names(qtbot, page, ida):
    twin = page.twin
    page.session.choose(Selection((ida.on["Tom"],)))
    for part in (twin.person.called, twin.add_line.name, twin.tree):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        assert part.hasFocus()
