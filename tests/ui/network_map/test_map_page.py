"""The page of a netværkskort: undo and redo, wording, the card, kept maps, and the session that writes behind."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QListView, QPlainTextEdit

from caseworker_app import i18n
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import Candidate, MapPerson, MapState, NetworkMap, Quality, Support
from caseworker_app.domain.person import Person, Role
from caseworker_app.services import map_versions, network_maps, people
from ui.house import Place
from ui.network_map.line_panel import LETTERS
from ui.network_map.session_base import Selection


def test_undo_and_redo_stand_in_the_bar_and_say_what_they_do(hands, drawn, page, qtbot):
    hands.drag(hands.at(drawn.friend), hands.cell("close", "school"))
    tools = page.desk.tools
    qtbot.waitUntil(lambda: "Ctrl+Z" in tools.undo.toolTip() and tools.undo.isEnabled())
    tools.undo.click()
    hands.settled()
    assert hands.standing(drawn.friend) == ("known", "friends")
    qtbot.waitUntil(tools.redo.isEnabled)
    tools.redo.click()
    hands.settled()
    assert hands.standing(drawn.friend) == ("close", "school")


def test_a_change_is_seen_before_it_is_written(hands, drawn, page, read):
    hands.session.edit_person(drawn.friend, called="Anna K.")
    assert hands.named("Anna K.") is not None
    hands.settled()
    assert read(lambda r: r.get(MapPerson, drawn.friend)).called == "Anna K."


def test_somebody_new_is_moved_before_the_store_has_named_her(hands, page, read):
    from caseworker_app.domain.map_geometry import cell_centre

    stand_in = hands.session.add_person("Ny")
    where = cell_centre(hands.session.opened.template, "close", "friends")
    hands.session.move(stand_in, where)
    line = hands.session.add_relation(None, stand_in, Quality.WEAK)
    hands.session.edit_relation(line, quality=Quality.STRONG)
    hands.session.add_group("", [stand_in])
    hands.settled()
    real = hands.session.real(stand_in)
    assert real != stand_in
    assert read(lambda r: r.get(MapPerson, real)).placement == where
    (drawn_line,) = [r for r in hands.session.opened.relations if real in (r.a, r.b)]
    assert drawn_line.quality is Quality.STRONG
    assert hands.session.opened.groups[0].members == frozenset({real})


def test_what_is_refused_is_said_and_shown_as_it_stands(hands, drawn, page, errors, write):
    write(lambda w: map_versions.keep(w, drawn.map))  # kept meanwhile, unknown to this page
    before = hands.place(drawn.friend)
    hands.drag(hands.at(drawn.friend), hands.cell("close", "school"))
    assert "gemt" in i18n.translate_error(errors[-1])[0] or "kept" in str(errors[-1])
    assert hands.place(drawn.friend) == before
    assert hands.session.locked


def test_what_another_hand_wrote_is_shown(hands, drawn, page, store, tasks, settled):
    from caseworker_app.services.network_maps import remove_relation

    outcome = store.write(lambda w: remove_relation(w, drawn.line))
    tasks.touched.emit(outcome.touched)
    settled()
    assert hands.session.opened.relations == ()


def test_the_childs_words_and_those_of_the_file_are_switched(hands, drawn, page):
    page.desk.asking.ask_kind(drawn.line)
    button = page.desk.asking.line_panel.buttons[Quality.STRONG]
    assert button.text() == "Vi har det rigtig godt"
    page.header.words[Wording.PROFESSIONAL].click()
    assert button.text() == "Stærk, støttende"
    assert hands.session.view.wording is Wording.PROFESSIONAL


def test_the_head_says_whose_map_it_is_and_when_it_was_drawn(page):
    assert page.header.title.toolTip() == "Netværkskort: Ida"
    assert page.header.standing.toolTip() == "Barnets kort · 21. november 2026"


def test_the_card_is_closed_until_somebody_is_asked_for_and_writes_at_once(hands, drawn, page, read):
    assert not page.card.isVisible()
    hands.click(hands.at(drawn.friend))
    assert not page.card.isVisible()
    hands.click(hands.at(drawn.friend))
    assert page.card.isVisible()
    panel = page.card.panel
    panel.role.setText("veninde")
    panel.role.editingFinished.emit()
    panel.support.picked.emit(Support.GIVES)
    panel.ring.picked.emit("close")
    hands.settled()
    found = read(lambda r: r.get(MapPerson, drawn.friend))
    assert (found.role_word, found.support, found.placement.ring) == ("veninde", Support.GIVES, "close")
    hands.key(Qt.Key.Key_Escape, on=page.card)
    assert not page.card.isVisible()


def test_only_who_stands_near_may_be_asked_about(hands, drawn, page, read):
    page.show_card(drawn.friend)
    assert not page.card.link.candidate.isVisible()
    page.show_card(drawn.mother)
    assert page.card.link.candidate.isVisible()
    page.card.link.candidate.picked.emit(Candidate.RELIEF)
    hands.settled()
    assert read(lambda r: r.get(MapPerson, drawn.mother)).candidate is Candidate.RELIEF


def test_somebody_of_the_map_becomes_a_person_of_the_case(hands, drawn, page, read):
    page.show_card(drawn.friend)
    page.card.link._make(Role.FRIEND)
    hands.settled()
    card = read(lambda r: r.get(MapPerson, drawn.friend)).case_person
    assert read(lambda r: r.get(Person, card)).name == "Anna"
    assert page.card.link.who.text().startswith("Anna")
    page.card.link.untie.click()
    hands.settled()
    assert read(lambda r: r.get(MapPerson, drawn.friend)).case_person is None


def test_persons_of_the_case_are_offered_while_a_name_is_typed(hands, drawn, page, write, tasks, store):
    outcome = store.write(
        lambda w: people.add(w, drawn.case, {"name": "Karin Læreren", "role": Role.TEACHER})
    )
    tasks.touched.emit(outcome.touched)
    hands.settled()
    assert [offer.name for offer in hands.session.offers()] == ["Karin Læreren"]
    field = page.desk.tray.field
    field.setText("Karin Læreren")
    field.returnPressed.emit()
    hands.settled()
    karin = hands.named("Karin")
    assert karin.case_person == outcome.result
    assert hands.session.offers() == ()
    assert not page.desk.tray.from_case.isVisible()


def test_words_said_of_her_are_kept(hands, drawn, page):
    page.show_card(drawn.friend)
    page.card.quotes.words.setPlainText("Hun er sød")
    page.card.quotes.keep.click()
    hands.settled()
    (quote,) = hands.session.opened.quotes
    assert (quote.words, quote.person) == ("Hun er sød", drawn.friend)


def test_a_kept_map_is_looked_at_and_drawn_on_from(hands, drawn, page, went, read):
    page.header.keep.click()
    hands.settled()
    assert hands.session.locked
    before = hands.place(drawn.friend)
    hands.drag(hands.at(drawn.friend), hands.cell("close", "school"))
    assert hands.place(drawn.friend) == before
    assert not page.desk.tools.add.isVisible()
    assert page.desk.tools.undo.isVisible()
    assert page.notice.isVisible()
    assert not page.card.panel.isEnabled() or not page.card.isVisible()
    hands.canvas.fit()
    hands.click(hands.cell("distant", "professionals"))
    assert not page.desk.asking.name_field.isVisible()
    page.header.draw_on.click()
    hands.settled()
    (place,) = went
    copy = read(lambda r: r.get(NetworkMap, place.thing))
    assert (place.page, copy.parent, copy.state) == ("map", drawn.map, MapState.DRAFT)
    page.show_thing(place.thing, "")
    hands.settled()
    assert not hands.session.locked
    assert hands.named("Anna") is not None


def test_tidying_up_is_one_act(hands, drawn, page, store):
    where = hands.place(drawn.friend)
    hands.session.move(drawn.dog, where)
    hands.settled()
    acts = len(store.read(lambda r: r.acts()))
    page.desk.tools.tidy.click()
    hands.settled()
    assert hands.place(drawn.dog) != hands.place(drawn.friend)
    assert len(store.read(lambda r: r.acts())) == acts + 1


def test_another_map_shows_nothing_of_the_one_before(hands, drawn, page, write):
    other = write(lambda w: network_maps.begin(w, drawn.case, hands.session.opened.map.voice))
    page.show_card(drawn.friend)
    page.show_thing(other, "")
    assert hands.session.opened is None
    assert hands.session.selection == Selection()
    assert not page.card.isVisible()
    hands.settled()
    assert hands.session.opened.people == ()


def test_back_goes_to_the_cases_maps(hands, drawn, page, went):
    page.header.back.click()
    assert went == [Place("case", drawn.case, "maps")]


def test_everything_fits_the_smallest_screen_it_is_made_for(page, settled):
    for size in ((1222, 684), (1776, 996)):
        page.resize(*size)
        settled()
        assert (page.width(), page.height()) == size


def test_every_control_has_a_name_and_no_word_is_missing(page, drawn, settled):
    page.show_card(drawn.friend)
    page.desk.asking.ask_kind(drawn.line)
    settled()
    for kind in (QListView, QComboBox, QLineEdit, QPlainTextEdit, QAbstractButton):
        for widget in page.findChildren(kind):
            if widget.isVisible() and widget.objectName() != "qt_spinbox_lineedit":
                words = widget.text() if isinstance(widget, QAbstractButton) else ""
                assert widget.accessibleName() or words, widget


def test_each_kind_of_line_has_a_letter_of_its_own():
    assert len(set(LETTERS.values())) == len(Quality) == len(LETTERS)


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_language_changes_while_the_map_is_drawn_on(page, hands, drawn, language):
    i18n.set_language(language)
    hands.canvas.viewport().repaint()
    assert page.desk.tools.undo.text() == {"en": "Undo", "da": "Fortryd"}[language]


def test_the_line_under_the_name_of_a_map_has_the_room_there_is(page, hands, drawn, qtbot):
    page.resize(1760, 900)
    page.header.standing.setText(
        "Mors kort · 9. juli 2026 · Center for Børn og Forebyggelse · til stede: Louise Krogh"
    )
    qtbot.waitUntil(lambda: page.header.standing.width() > 400, timeout=1000)
    assert page.header.standing.height() < 3 * page.header.standing.fontMetrics().height()
