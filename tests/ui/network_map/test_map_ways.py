"""From the map's page to its dialogs, the genogram and the list; and a kept map that is no longer what was kept."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import MapPerson, Placement
from caseworker_app.services import map_versions, network_maps
from caseworker_app.services.forms import Edit
from ui.dialogs.map_print_dialog import MapPrintDialog
from ui.dialogs.map_to_meeting_dialog import MapToMeetingDialog
from ui.house import Place
from ui.network_map import desk as desk_module
from ui.pages.case_maps import CaseMaps
from ui.pages.genogram_page import GenogramPage


def dialog_of(page, kind):
    (found,) = [one for one in page.findChildren(kind) if one.isVisible()]
    return found


def test_those_chosen_on_the_map_are_ticked_for_the_meeting(hands, drawn, page, settled):
    hands.choose(drawn.mother, drawn.friend)
    page.do("meeting")
    settled()
    dialog = dialog_of(page, MapToMeetingDialog)
    assert dialog._chosen == {drawn.mother, drawn.friend}
    dialog.close()


def test_the_files_copy_is_offered_in_the_words_the_map_is_looked_at_in(page, settled):
    page.session.say_as(Wording.PROFESSIONAL)
    page.do("print")
    settled()
    dialog = dialog_of(page, MapPrintDialog)
    assert dialog._wording is Wording.PROFESSIONAL
    dialog.close()


def test_what_changed_is_said_once_by_the_map_or_by_the_list(hands, drawn, page, settled, monkeypatch):
    said = []
    monkeypatch.setattr(desk_module, "announce", lambda _widget, words: said.append(words))
    hands.session.move(drawn.friend, Placement(450, 500, "close", "friends"))
    assert len(said) == 1
    page.do("list")
    settled()
    heard = []
    page.twin.spoken.connect(heard.append)
    hands.session.move(drawn.friend, Placement(450, 700, "known", "friends"))
    assert (len(said), len(heard)) == (1, 1)
    settled()


def test_f6_from_the_head_goes_to_the_list_when_the_list_is_shown(hands, page, settled):
    page.do("list")
    settled()
    page.header.more.setFocus()
    page.next_part()
    assert page.twin.isAncestorOf(page.window().focusWidget())


def test_all_of_when_where_and_who_is_read_on_a_small_screen(page, drawn, write, read, tasks, settled):
    values = {"place": "Hjemme hos mormor", "present": ("Ida", "Mia Prøve", "Karen Holm Villadsen")}
    edits = {
        name: Edit(value, read(lambda r, name=name: r.heads(drawn.map, name)))
        for name, value in values.items()
    }
    write(lambda w: network_maps.edit(w, drawn.map, edits))
    tasks.touched.emit(frozenset({("network_map", drawn.map)}))
    page.resize(1190, 640)
    settled()
    standing = page.header.standing
    assert "Karen Holm Villadsen" in standing.text()
    assert standing.heightForWidth(standing.width()) <= standing.height()
    assert (page.width(), page.height()) == (1190, 640)


def test_the_genogram_is_reached_from_the_map_and_from_the_cases_maps(
    qtbot, page, drawn, house, went, read, settled
):
    page.do("genogram")
    from caseworker_app.domain.case import Case

    section = CaseMaps(house)
    qtbot.addWidget(section)
    section.resize(1100, 500)
    section.show()
    section.show_case(read(lambda r: r.get(Case, drawn.case)))
    settled()
    qtbot.mouseClick(section.genogram, Qt.MouseButton.LeftButton)
    assert went == [Place("genogram", drawn.case)] * 2


def test_a_genogram_opens_with_the_keyboard_in_its_list_and_says_what_to_do(qtbot, drawn, house, settled):
    made = GenogramPage(house)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    made.activateWindow()
    made.show_thing(drawn.case, "")
    settled()
    assert made.tree.hasFocus()
    assert made.notice.isVisible()
    assert made.notice.words.text().startswith("Kun barnet er tegnet endnu.")
    assert isinstance(made.notice.button, QPushButton)


def test_a_kept_map_that_has_become_different_says_so_and_is_shown_as_it_was_kept(
    page, drawn, store, write, read, tasks, settled
):
    write(lambda w: map_versions.keep(w, drawn.map))

    def from_elsewhere(writer):
        writer.act("Move on the map")
        writer.set(MapPerson, drawn.friend, "called", "En anden", parents=None)

    store.write(from_elsewhere)
    assert not read(lambda r: map_versions.verify_digest(r, drawn.map))
    tasks.touched.emit(frozenset({("network_map", drawn.map), ("map_person", drawn.friend)}))
    settled()
    assert page.session.altered
    assert "siden det blev gemt" in page.notice.words.text()
    names = {one.called for one in page.session.opened.people}
    assert "Anna" in names
    assert "En anden" not in names
    assert replace(page.session.opened.map).id == drawn.map
