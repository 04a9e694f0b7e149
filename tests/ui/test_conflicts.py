"""Two values on the screen: found, read side by side, chosen between by mouse and by keyboard, over two real stores."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Case
from caseworker_app.domain.person import Person, Role
from caseworker_app.services import cases, conflicts, people
from caseworker_app.services.forms import Edit
from tests.helpers.colleague import Colleague
from tests.ui.conftest import NOW
from ui.dialogs.conflicts_dialog import ConflictsDialog
from ui.pages.case_page import CasePage
from ui.pages.caseload_page import CaseloadPage

LATER = NOW + dt.timedelta(hours=3)


def edit(store, case, **values):
    shown = store.read(lambda r: r.fields(Case, case))
    store.write(lambda w: cases.edit(w, case, {n: Edit(v, shown[n].heads) for n, v in values.items()}))


@pytest.fixture
def emma(write):
    return write(lambda w: cases.register(w, {"child_name": "Emma Prøve", "school": "Gammel Skole"}))


@pytest.fixture
def mette(store, emma, tmp_path):
    made = Colleague(tmp_path / "mette", store, FixedClock(LATER))
    made.share(emma)
    yield made
    made.close()


@pytest.fixture
def schools(store, emma, mette):
    edit(store, emma, school="Min Skole")
    edit(mette.store, emma, school="Hendes Skole")
    mette.send(emma)


@pytest.fixture
def opened(qtbot, house, wait_idle):
    """Return ``opened(case)``: the dialog over a case, with everything answered."""
    made = []

    def open_it(case):
        dialog = ConflictsDialog(house, case)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.open()
        made.append(dialog)
        wait_idle()
        return dialog

    return open_it


def test_both_values_stand_beside_each_other_with_who_when_where_and_what_each_had_seen(
    opened, emma, schools
):
    dialog = opened(emma)
    assert dialog.what.text() == "Skole eller dagtilbud"
    hers, mine = dialog.cards
    assert (hers.who.text(), hers.value.text()) == ("Ukendt", "Hendes Skole")
    assert hers.when.text() == "21. november 2026 12.30 · ukendt enhed"
    assert hers.acts.text() == "Gælder nu"
    assert (mine.who.text(), mine.value.text()) == ("Lone Kjær (dig)", "Min Skole")
    assert mine.when.text() == "21. november 2026 09.30 · denne computer"
    assert mine.seen.text() == "Så: Gammel Skole"
    assert not mine.acts.isVisible()


def test_a_colleague_the_desk_knows_is_named(qtbot, house, wait_idle, emma, schools, mette):
    from dataclasses import replace

    from caseworker_app.services.no_hub import NoHub
    from caseworker_app.services.sync_desk import Directory

    class Desk(NoHub):
        def directory(self):
            return Directory({mette.author: "Mette Holm"}, {mette.store.shared.incarnation: "Mettes bærbare"})

    dialog = ConflictsDialog(replace(house, sync=Desk()), emma)
    qtbot.addWidget(dialog)
    wait_idle()
    assert dialog.cards[0].who.text() == "Mette Holm"
    assert dialog.cards[0].when.text().endswith("Mettes bærbare")


def test_the_other_value_is_kept_with_one_key(qtbot, opened, emma, schools, read, wait_idle, said):
    dialog = opened(emma)
    qtbot.keyClick(dialog, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not dialog.cards or dialog.empty.isVisible())
    assert read(lambda r: r.get(Case, emma)).school == "Min Skole"
    assert read(conflicts.of_all) == ()
    assert dialog.empty.text() == "Du har valgt 1 sted. Intet har længere to værdier."
    assert not dialog.list.isVisible()


def test_the_first_value_is_kept_with_a_click(qtbot, opened, emma, schools, read, wait_idle):
    dialog = opened(emma)
    qtbot.mouseClick(dialog.cards[0].keep_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert read(lambda r: r.get(Case, emma)).school == "Hendes Skole"


def test_a_third_value_is_typed_and_used(qtbot, opened, emma, schools, read, wait_idle):
    dialog = opened(emma)
    assert not dialog.new.use_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    line = dialog.new.editor.line
    assert QApplication.focusWidget() is line or line.hasFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Vores Skole")
    qtbot.mouseClick(dialog.new.use_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert read(lambda r: r.get(Case, emma)).school == "Vores Skole"
    assert read(conflicts.of_all) == ()


def test_what_is_being_written_stands_when_something_else_arrives(
    qtbot, opened, emma, schools, mette, store, tasks, wait_idle
):
    dialog = opened(emma)
    line = dialog.new.editor.line
    line.end(False)
    qtbot.keyClicks(line, " og mere")
    edit(mette.store, emma, phone="20 00 00 01")
    mette.send(emma)
    tasks.touched.emit(frozenset({("case", emma)}))
    wait_idle()
    assert dialog.new.editor.line.text().endswith(" og mere")


def test_what_was_settled_elsewhere_is_said_and_nothing_is_written_over(
    qtbot, opened, emma, schools, mette, read, wait_idle
):
    dialog = opened(emma)
    mette.share(emma)
    (hers,) = mette.store.read(lambda r: conflicts.of_case(r, emma))
    mette.store.write(lambda w: conflicts.keep(w, hers, hers.values[0]))
    mette.send(emma)
    qtbot.mouseClick(dialog.cards[1].keep_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert "i mellemtiden" in dialog.complaint.sentence.text() or dialog.empty.isVisible()
    assert read(lambda r: r.get(Case, emma)).school == "Hendes Skole"


def test_long_texts_are_compared_word_by_word_and_not_by_colour_alone(opened, store, emma, mette):
    base = "Emma bor hos sin mor og ser sin far hver anden weekend. " * 4
    edit(store, emma, note=base + "Mor ringer mandag.")
    edit(mette.store, emma, note=base + "Far ringer tirsdag.")
    mette.send(emma)
    dialog = opened(emma)
    text = dialog.cards[0].text
    assert text.isVisible()
    assert text.toPlainText() == base + "Far ringer tirsdag."
    underlined = ""
    block = text.document().firstBlock()
    it = block.begin()
    while not it.atEnd():
        fragment = it.fragment()
        if fragment.charFormat().fontUnderline():
            underlined += fragment.text() + " "
        it += 1
    assert underlined.split() == ["Far", "tirsdag."]


def test_several_are_gone_through_with_the_arrows(qtbot, opened, store, emma, mette, read, wait_idle):
    edit(store, emma, school="Min Skole", phone="20 00 00 01")
    edit(mette.store, emma, school="Hendes Skole", phone="20 00 00 02")
    mette.send(emma)
    dialog = opened(emma)
    assert dialog.list.isVisible()
    assert {dialog.list.item(row).text() for row in range(dialog.list.count())} == {
        "Skole eller dagtilbud",
        "Telefon",
    }
    dialog.list.setFocus()
    first = dialog.what.text()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.what.text() != first
    qtbot.keyClick(dialog, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not dialog.list.isVisible())
    assert len(read(conflicts.of_all)) == 1


def test_the_protective_value_is_said_to_count_meanwhile(opened, store, emma, mette):
    edit(store, emma, address_protected=True)
    mette.share(emma)
    edit(store, emma, address_protected=False)
    shown = mette.store.read(lambda r: r.fields(Case, emma))["address_protected"].heads
    again = {"address_protected": Edit(True, shown)}
    mette.store.write(lambda w: cases.edit(w, emma, again))
    mette.send(emma)
    dialog = opened(emma)
    assert "beskytter mest" in dialog.meanwhile.text()
    assert [card.value.text() for card in dialog.cards] == ["ja", "nej"]
    assert dialog.new.editor is None


def test_the_case_says_how_many_there_are_and_leads_to_them(qtbot, house, emma, schools, wait_idle):
    page = CasePage(house)
    qtbot.addWidget(page)
    page.show_thing(emma, "")
    page.show()
    wait_idle()
    assert page.header.conflict.text() == "1 felt med to værdier …"
    qtbot.mouseClick(page.header.conflict, Qt.MouseButton.LeftButton)
    wait_idle()
    (dialog,) = page.findChildren(ConflictsDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(dialog.empty.isVisible)
    page.follow(frozenset({("case", emma)}))
    wait_idle()
    assert not page.header.conflict.isVisible()
    dialog.close()


def test_the_caseload_marks_counts_and_filters_what_has_two_values(
    qtbot, house, store, emma, mette, write, wait_idle
):
    write(lambda w: cases.register(w, {"child_name": "Noah Prøve"}))
    edit(store, emma, school="Min Skole", phone="20 00 00 01")
    edit(mette.store, emma, school="Hendes Skole", phone="20 00 00 02")
    mette.send(emma)
    page = CaseloadPage(house)
    qtbot.addWidget(page)
    page.resize(1200, 600)
    page.show_thing(None, "")
    page.show()
    wait_idle()
    qtbot.waitUntil(page.panel.conflicts_button.isVisible)
    assert page.panel.conflicts_button.text() == "2 felter med to værdier …"
    words = [mark.name for mark in page.model.row(page.model.row_of(emma)).marks]
    assert words == ["conflict"]
    assert "To værdier (2)" in page.model.row(page.model.row_of(emma)).cells[-1]
    page.panel.mark.setCurrentIndex(page.panel.mark.findText("To værdier"))
    assert page.model.rowCount() == 1


@pytest.fixture
def mother(store, emma, mette, write):
    """Emma's mother, taken away by one and given a telephone number by the other."""
    made = write(lambda w: people.add(w, emma, {"name": "Mor Prøve", "role": Role.MOTHER}))
    mette.share(emma)
    shown = mette.store.read(lambda r: r.fields(Person, made))
    write(lambda w: people.remove(w, made))
    mette.store.write(lambda w: people.edit(w, made, {"phone": Edit("20 00 00 01", shown["phone"].heads)}))
    mette.send(emma)
    return made


def test_who_took_it_back_and_who_changed_it_stand_side_by_side_in_words(opened, emma, mother):
    dialog = opened(emma)
    assert dialog.what.text() == "Person: Mor Prøve · Annulleret og rettet hver for sig"
    assert dialog.meanwhile.text() == (
        "Den ene har annulleret, mens den anden har rettet. Indtil du vælger, står det."
    )
    hers, mine = dialog.cards
    assert (hers.value.text(), hers.keep_button.text()) == (
        "Har rettet: Telefon",
        "Behold det, med rettelsen (Alt+1)",
    )
    assert hers.acts.text() == "Gælder nu"
    assert (mine.who.text(), mine.value.text()) == ("Lone Kjær (dig)", "Har annulleret")
    assert mine.keep_button.text() == "Lad det være annulleret (Alt+2)"


@pytest.mark.parametrize(("key", "gone"), [(Qt.Key.Key_1, False), (Qt.Key.Key_2, True)])
def test_what_one_took_back_and_another_changed_is_kept_or_let_go_with_one_key(
    qtbot, opened, emma, mother, read, key, gone
):
    dialog = opened(emma)
    qtbot.keyClick(dialog, key, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(dialog.empty.isVisible)
    assert read(lambda r: r.get(Person, mother)).cancelled == gone
    assert read(conflicts.of_all) == ()
