"""The genogram's page: picture and list of one family, everything done by keys or mouse, papers through their profile."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLineEdit, QTreeWidget, QWidget

from caseworker_app.domain.family import CoupleKind, FamilyCouple, MemberKind, Sex, SiblingTie, TieKind
from caseworker_app.domain.genogram_facts import Sheet
from caseworker_app.domain.genogram_view import GenogramProfile
from caseworker_app.domain.person import Role
from caseworker_app.services import cases, genogram_relatives, genograms, history, people
from caseworker_app.services.genogram_sketch import Who
from ui.dialogs.kin_choosing import HomeDialog, MergeDialog, ProposalDialog, said_of
from ui.dialogs.kin_dialogs import LineDialog, MemberDialog
from ui.dialogs.relative_dialog import RelativeDialog
from ui.pages.genogram_page import GenogramPage
from ui.rooms import STOP_OF, rooms

SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def emma(write):
    case = write(lambda w: cases.register(w, {"child_name": "Emma Holm", "person_number": "6103154234"}))
    for name, role, values in (
        ("Mia Holm", Role.MOTHER, {"lives_with_child": True}),
        ("Jonas Bech", Role.FATHER, {}),
        ("Karin Holm", Role.GRANDPARENT, {"role_words": "mormor"}),
        ("Else Toft", Role.FOSTER_PARENT, {"role_words": "plejemor", "address_protected": True}),
    ):
        write(lambda w, n=name, r=role, v=values: people.add(w, case, {"name": n, "role": r, **v}))
    return case


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def page(qtbot, house, tasks, emma, settled):
    made = GenogramPage(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1180, 640)
    made.show()
    made.show_thing(emma, "")
    settled()
    return made


@pytest.fixture
def begun(qtbot, page, settled):
    """The page after the case's persons were drawn."""
    qtbot.mouseClick(page.notice.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog_of(page, ProposalDialog).save, Qt.MouseButton.LeftButton)
    settled()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


@pytest.fixture
def done(write, tasks, settled):
    """Do something in the store as another window would, and let everybody hear of it."""

    def do(fn):
        made = write(fn)
        tasks.touched.emit(frozenset({("family_member", b"")}))
        settled()
        return made

    return do


def dialog_of(page, cls):
    (found,) = [d for d in page.findChildren(QDialog) if isinstance(d, cls) and d.isVisible()]
    return found


def names(page):
    return [page.tree.topLevelItem(row).text(0) for row in range(page.tree.topLevelItemCount())]


def go(page, name):
    (who,) = [m.id for m in page._loaded.view.members if m.name == name]
    page.tree.go_to(who)
    return who


def lines(page):
    item = page.tree.currentItem()
    return [item.child(row).text(0) for row in range(item.childCount())]


def view(read, case):
    return read(lambda r: genograms.view(r, case))


def test_the_page_is_a_room_that_stands_under_the_caseload():
    assert "genogram" in rooms(None)
    assert STOP_OF["genogram"] == "caseload"


def test_an_empty_genogram_says_what_to_do_and_begins_with_the_cases_persons(
    page, qtbot, read, emma, settled
):
    assert page.notice.isVisible()
    assert page.notice.words.text() == "4 af sagens personer er familie og ikke tegnet endnu."
    qtbot.mouseClick(page.notice.button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, ProposalDialog)
    words = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert "Karin Holm: Forælder til mor" in words
    assert "Else Toft: Plejeforælder, med en ekstra, prikket streg" in words
    dialog.list.setCurrentRow(0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)  # the mother does not belong here after all
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settled()
    assert sorted(m.name for m in view(read, emma).members) == [
        "Else Toft",
        "Emma Holm",
        "Jonas Bech",
        "Karin Holm",
    ]


def test_picture_and_list_show_the_same_and_a_click_on_a_symbol_goes_to_the_row(begun, qtbot):
    assert sorted(names(begun)) == [
        "Else Toft",
        "Emma Holm (født 2015)",
        "Jonas Bech",
        "Karin Holm",
        "Mia Holm",
    ]
    (mia,) = [m.id for m in begun._loaded.view.members if m.name == "Mia Holm"]
    spot = begun.picture.mapFromScene(*begun.picture.drawn.spots[mia])
    qtbot.mouseClick(begun.picture.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert begun.tree.who == mia
    assert begun.picture.who == mia
    assert begun.tree.currentItem().text(0) == "Mia Holm"


def test_the_list_chosen_from_marks_the_picture(begun, qtbot):
    begun.tree.setFocus()
    begun.tree.setCurrentItem(begun.tree.topLevelItem(0))
    qtbot.keyClick(begun.tree, Qt.Key.Key_Down)
    assert begun.picture.who == begun.tree.who
    assert begun.picture.who is not None


def test_the_arrows_go_from_one_to_the_next_in_the_picture(begun, qtbot):
    mia = go(begun, "Mia Holm")
    begun.picture.setFocus()
    qtbot.keyClick(begun.picture, Qt.Key.Key_Up)
    assert begun.tree.currentItem().text(0) == "Karin Holm"
    qtbot.keyClick(begun.picture, Qt.Key.Key_Down)
    assert begun.tree.who == mia


def test_a_partner_is_added_by_the_keyboard_alone(begun, qtbot, read, emma, settled):
    go(begun, "Mia Holm")
    begun.tree.setFocus()
    qtbot.keyClick(begun.tree, Qt.Key.Key_Insert)
    assert begun.bar.menu.isVisible()
    qtbot.keyClick(begun.bar.menu, Qt.Key.Key_R)
    dialog = dialog_of(begun, RelativeDialog)
    qtbot.keyClicks(dialog.name, "Per Lund")
    dialog.sex.show_value(Sex.MALE)
    qtbot.keyClicks(dialog.born.line, "1980")
    qtbot.keyClicks(dialog.begun.line, "2018")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    settled()
    found = view(read, emma)
    (couple,) = found.couples
    assert (couple.kind, couple.begun) == (CoupleKind.COHABITING, 2018)
    assert begun.tree.currentItem().text(0) == "Per Lund (født 1980)"


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_B, Qt.Key.Key_S])
def test_every_kind_of_relative_is_one_key_away(begun, qtbot, settled, key):
    go(begun, "Mia Holm")
    begun.bar.open_menu()
    qtbot.keyClick(begun.bar.menu, key)
    dialog = dialog_of(begun, RelativeDialog)
    assert dialog.findChild(QLineEdit) is not None
    dialog.close()


def test_a_child_of_a_couple_gets_both_parents(begun, qtbot, read, emma, settled, write):
    mia = go(begun, "Mia Holm")
    begun.do("add:child")
    dialog = dialog_of(begun, RelativeDialog)
    assert dialog.other.currentText() == "Jonas Bech"
    qtbot.keyClicks(dialog.name, "Noah")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settled()
    found = view(read, emma)
    (noah,) = [m.id for m in found.members if m.name == "Noah"]
    assert len([t for t in found.ties if t.child == noah]) == 2
    assert mia in {t.parent for t in found.ties if t.child == noah}


def test_siblings_nobody_knows_need_no_name(begun, qtbot, read, emma, settled):
    go(begun, "Emma Holm")
    begun.do("add:sibling")
    dialog = dialog_of(begun, RelativeDialog)
    dialog.sort.combo.setCurrentIndex(list(MemberKind).index(MemberKind.SIBLINGS))
    dialog.sort.edited.emit()
    assert not dialog.name.isVisible()
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settled()
    assert [s.kind for s in view(read, emma).siblings] == [SiblingTie.UNKNOWN]
    assert "Ukendte søskende" in names(begun)


def test_a_name_that_is_there_is_refused_in_words_until_it_is_said_that_it_is_another(
    begun, qtbot, read, emma, settled
):
    go(begun, "Emma Holm")
    begun.do("add:sibling")
    dialog = dialog_of(begun, RelativeDialog)
    qtbot.keyClicks(dialog.name, "Mia Holm")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settled()
    assert dialog.complaint.sentence.text() == "Mia Holm står allerede i genogrammet."
    dialog.another.setChecked(True)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settled()
    assert [m.name for m in view(read, emma).members].count("Mia Holm") == 2
    assert begun.notice.words.text() == "Mia Holm står to gange i genogrammet."


def test_two_who_are_one_are_merged_from_the_notice(begun, qtbot, read, emma, settled, done):
    again = Who(values={"name": "Karin Holm", "born": 1956}, another=True)
    done(lambda w: genograms.add_member(w, emma, again))
    qtbot.mouseClick(begun.notice.button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(begun, MergeDialog)
    assert dialog.list.currentItem().text().startswith("Karin Holm")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settled()
    (karin,) = [m for m in view(read, emma).members if m.name == "Karin Holm"]
    assert karin.born == 1956


def test_what_cannot_be_true_is_said_in_the_dialog_and_nothing_is_kept(begun, qtbot, read, emma, settled):
    go(begun, "Emma Holm")
    begun.do("add:parent")
    dialog = dialog_of(begun, RelativeDialog)
    qtbot.keyClicks(dialog.name, "Per")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settled()
    assert "mere end to biologiske forældre" in dialog.complaint.sentence.text()
    assert "Per" not in [m.name for m in view(read, emma).members]


def test_a_line_is_changed_from_its_row(begun, qtbot, read, emma, settled, done):
    found = view(read, emma)
    mia, jonas = (next(m.id for m in found.members if m.name == n) for n in ("Mia Holm", "Jonas Bech"))
    done(lambda w: genogram_relatives.add_partner(w, mia, Who(member=jonas), CoupleKind.MARRIED))
    go(begun, "Mia Holm")
    item = begun.tree.currentItem()
    (row,) = [n for n in range(item.childCount()) if item.child(n).text(0) == "Er gift (Jonas Bech)"]
    begun.tree.setCurrentItem(item.child(row))
    begun.tree.setFocus()
    qtbot.keyClick(begun.tree, Qt.Key.Key_Return)
    settled()
    dialog = dialog_of(begun, LineDialog)
    dialog.form.set_value("kind", CoupleKind.DIVORCED)
    dialog.form.set_value("ended", 2016)
    qtbot.keyClick(dialog.form.rows["ended"].editor.control, *SAVE)
    settled()
    (couple,) = read(lambda r: r.find(FamilyCouple))
    assert (couple.kind, couple.ended) == (CoupleKind.DIVORCED, 2016)
    assert begun.tree.currentItem().text(0) == "Er skilt (Jonas Bech), –2016"


def test_somebody_is_changed_with_f2_and_the_name_of_one_with_a_card_is_left_to_the_card(
    begun, qtbot, settled, read, emma
):
    go(begun, "Karin Holm")
    begun.tree.setFocus()
    qtbot.keyClick(begun.tree, Qt.Key.Key_F2)
    settled()
    dialog = dialog_of(begun, MemberDialog)
    assert "name" not in dialog.form.rows
    qtbot.keyClicks(dialog.form.rows["born"].editor.line, "1956")
    qtbot.keyClick(dialog.form.rows["born"].editor.line, *SAVE)
    settled()
    assert "Karin Holm (født 1956)" in names(begun)


def test_a_year_that_is_none_is_refused_beside_its_field(begun, qtbot, settled):
    go(begun, "Karin Holm")
    begun.do("change")
    settled()
    dialog = dialog_of(begun, MemberDialog)
    qtbot.keyClicks(dialog.form.rows["born"].editor.line, "halvt")
    qtbot.keyClick(dialog.form.rows["born"].editor.line, *SAVE)
    settled()
    assert dialog.isVisible()
    dialog.close()


def test_delete_takes_somebody_out_and_the_button_undoes_it(begun, qtbot, read, emma, settled):
    before = view(read, emma)
    go(begun, "Mia Holm")
    begun.tree.setFocus()
    qtbot.keyClick(begun.tree, Qt.Key.Key_Delete)
    settled()
    assert "Mia Holm" not in [m.name for m in view(read, emma).members]
    qtbot.waitUntil(begun.head.undo.isEnabled)
    qtbot.mouseClick(begun.head.undo, Qt.MouseButton.LeftButton)
    settled()
    assert view(read, emma) == before


def test_the_child_of_the_case_is_not_offered_to_be_taken_out(begun):
    go(begun, "Emma Holm")
    assert not begun.bar.remove.isEnabled()


def test_who_lives_together_is_ticked_and_drawn(begun, qtbot, read, emma, settled, write):
    go(begun, "Jonas Bech")
    begun.do("home")
    dialog = dialog_of(begun, HomeDialog)
    qtbot.keyClicks(dialog.name, "Fars hjem")
    rows = {dialog.list.item(n).text(): dialog.list.item(n) for n in range(dialog.list.count())}
    assert rows["Jonas Bech"].checkState() is Qt.CheckState.Checked
    rows["Emma Holm"].setCheckState(Qt.CheckState.Checked)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settled()
    assert "Fars hjem" in {home.label for home in view(read, emma).homes}


def test_it_is_zoomed_by_keys_and_buttons_and_fits_again(begun, qtbot):
    start = begun.picture.zoom
    begun.picture.setFocus()
    qtbot.keyClick(begun.picture, Qt.Key.Key_Plus)
    assert begun.picture.zoom > start
    qtbot.mouseClick(begun.head.smaller, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(begun.head.smaller, Qt.MouseButton.LeftButton)
    assert begun.picture.zoom < start
    qtbot.mouseClick(begun.head.fit, Qt.MouseButton.LeftButton)
    assert begun.picture.zoom == pytest.approx(start)


def test_the_familys_copy_says_first_what_it_does_not_hold(begun, settled):
    assert said_of(begun._loaded) == "Ikke på denne kopi: Navn og årstal på 1 beskyttet person."


def test_a_copy_is_looked_at_before_it_leaves(begun, qtbot, settled):
    with qtbot.waitSignal(begun.doing.desk.previewed, timeout=10000) as shown:
        begun.doing.print(GenogramProfile.FAMILY, Sheet.A4)
    dialog = shown.args[0]
    assert dialog.windowTitle() == "Genogram"
    dialog.close()
    settled()


def test_every_control_has_a_name_to_be_read_aloud(begun):
    for kind in (QAbstractButton, QTreeWidget, QComboBox):
        for control in begun.findChildren(kind):
            if control.isVisible():
                named = control.accessibleName() or getattr(control, "text", str)()
                assert named, control
    assert begun.picture.accessibleName() == "Genogrammet som billede"
    assert "Karin Holm" in begun.picture.accessibleDescription()


def test_undo_of_the_window_takes_back_a_step_here_too(begun, done, read, emma):
    done(history.undo)
    assert view(read, emma).members == ()
    assert begun.tree.topLevelItemCount() == 0


def test_nothing_of_another_case_is_left_when_the_page_turns_to_it(begun, write, settled):
    other = write(lambda w: cases.register(w, {"child_name": "Bo Prøve"}))
    begun.show_thing(other, "")
    settled()
    assert names(begun) == []
    assert begun.head.child.text() == "Bo Prøve"


def test_the_page_fits_a_small_screen(begun):
    assert isinstance(begun, QWidget)
    assert begun.minimumSizeHint().width() <= 1366 - 64
    assert TieKind.FOSTER.value == "foster"
