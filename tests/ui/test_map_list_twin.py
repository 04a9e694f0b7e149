"""The list twin: a whole netværkskort drawn and read by keyboard alone, over the real store."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTreeView

from caseworker_app import i18n
from caseworker_app.domain.network_map import MapPersonKind, MapRelation, Quality, Voice
from caseworker_app.services import history, map_versions, network_maps
from tests.helpers.mapped import empty_map, full_map, templates
from ui.network_map.list_rows import HEADS, Key, Kind, rows_of
from ui.network_map.list_twin import ListTwin
from ui.network_map.session import MapSession, Selection

SIX = (
    ("Mor", "mor", "1F"),
    ("Mormor", "mormor", "2F"),
    ("Far", "far", "4F"),
    ("Sofie", "veninde", "2V"),
    ("Tom", "klasselærer", "3S"),
    ("Lise", "psykolog", "4P"),
)


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(2)

    return wait


@pytest.fixture
def twin_of(qtbot, tasks, settled):
    def make(mapped):
        session = MapSession(tasks, templates)
        tasks.touched.connect(session.follow)
        twin = ListTwin(session)
        session.setParent(twin)
        qtbot.addWidget(twin)
        twin.resize(1190, 520)
        twin.show()
        session.open(mapped.map)
        settled()
        twin.session, twin.said = session, []
        twin.spoken.connect(twin.said.append)
        twin.tree.setFocus()
        return twin

    return make


@pytest.fixture
def ida(write):
    return full_map(write)


@pytest.fixture
def twin(twin_of, ida):
    return twin_of(ida)


def stored(read, mapped):
    return read(lambda r: network_maps.open_map(r, mapped.map, templates()))


def shown(twin):
    """The tree as indented lines, as it stands in the model."""
    model, found = twin.model, []

    def walk(parent, depth):
        for row in range(model.rowCount(parent)):
            cells = [model.index(row, column, parent).data() for column in range(len(HEADS))]
            found.append("  " * depth + " | ".join(cell for cell in cells if cell))
            walk(model.index(row, 0, parent), depth + 1)

    walk(QModelIndex(), 0)
    return found


def rows_as_lines(rows, depth=0):
    found = []
    for row in rows:
        found.append("  " * depth + " | ".join(cell for cell in row.cells if cell))
        found += rows_as_lines(row.below, depth + 1)
    return found


def agree(twin, read, mapped):
    """The list shows what the session holds, and that is what the store holds."""
    opened = stored(read, mapped)
    assert twin.session.opened == opened
    assert shown(twin) == rows_as_lines(rows_of(opened, twin.session.wording, "Ida"))


def at(twin, called):
    (one,) = [p.id for p in twin.session.opened.people if p.called == called]
    assert twin.tree.put_at(Key(Kind.PERSON, one))
    twin.tree.chosen.emit(twin.tree.key)
    twin.tree.setFocus()
    return one


def cell(twin, called):
    (one,) = [p for p in twin.session.opened.people if p.called == called]
    return None if one.placement is None else (one.placement.ring, one.placement.sector)


def test_the_map_stands_as_sectors_with_people_and_their_lines(twin):
    assert shown(twin) == [
        "Ida, i midten | 2 streger",
        "  Stærk streg til Mormor | Vi har det rigtig godt | Sagt af barnet",
        "  Anspændt streg til Far | Det er svært / vi skændes tit | Sagt af barnet",
        "Familie | 3",
        "  Mor | mor | Helt tæt på mig",
        "    Brudt streg til Far | Vi ses ikke mere | Sagt af barnet",
        "  Mormor | mormor | Tæt på",
        "    Stærk streg til barnet | Vi har det rigtig godt | Sagt af barnet",
        "  Far | far | Længere væk",
        "    Anspændt streg til barnet | Det er svært / vi skændes tit | Sagt af barnet",
        "    Brudt streg til Mor | Vi ses ikke mere | Sagt af barnet",
        "Venner | 2",
        "  Buller | hund | Helt tæt på mig",
        "  Sofie | veninde | Tæt på",
        "Skole | 1",
        "  Tom | klasselærer | Kender godt",
        "Hjælpere | ingen endnu",
        "Ikke placeret endnu | ingen endnu",
        "Husstande | 1",
        "  Hos mor | 3 medlemmer",
        "    Ida",
        "    Buller",
        "    Mor",
    ]


def test_a_map_of_six_is_drawn_by_the_list_alone(qtbot, read, write, twin_of, settled):
    mapped = empty_map(write)
    twin = twin_of(mapped)
    for called, role, keys in SIX:
        qtbot.keyClick(twin.tree, Qt.Key.Key_Home)
        qtbot.keyClick(twin.tree, Qt.Key.Key_N)
        assert twin.add_line.name.hasFocus()
        qtbot.keyClicks(twin.add_line.name, called)
        qtbot.keyClicks(twin.add_line.role, role)
        qtbot.keyClick(twin.add_line.role, Qt.Key.Key_Return)
        twin.tree.setFocus()
        qtbot.keyClicks(twin.tree, keys.lower())
        settled()
        agree(twin, read, mapped)
    assert {
        p.called: (p.role_word, p.placement.ring, p.placement.sector) for p in stored(read, mapped).people
    } == {
        "Mor": ("mor", "closest", "family"),
        "Mormor": ("mormor", "close", "family"),
        "Far": ("far", "distant", "family"),
        "Sofie": ("veninde", "close", "friends"),
        "Tom": ("klasselærer", "known", "school"),
        "Lise": ("psykolog", "distant", "professionals"),
    }
    at(twin, "Mormor")
    qtbot.keyClick(twin.tree, Qt.Key.Key_R)
    assert twin.new_line.to.hasFocus()
    assert twin.new_line.to.currentText() == "Ida"
    qtbot.keyClick(twin.new_line.kind, Qt.Key.Key_Up)
    qtbot.keyClick(twin.new_line.kind, Qt.Key.Key_Return)
    settled()
    (line,) = stored(read, mapped).relations
    assert (line.b, line.quality, line.said_by) == (None, Quality.STRONG, Voice.CHILD)
    assert twin.tree.hasFocus()
    agree(twin, read, mapped)
    for _undo in range(13):
        twin.session.undo()
        settled()
        agree(twin, read, mapped)
    assert stored(read, mapped).people == ()
    for _redo in range(13):
        twin.session.redo()
        settled()
    agree(twin, read, mapped)
    assert len(stored(read, mapped).people) == 6
    assert len(stored(read, mapped).relations) == 1


def test_ring_and_sector_stay_for_the_next_name(qtbot, read, write, twin_of, settled):
    mapped = empty_map(write)
    twin = twin_of(mapped)
    line = twin.add_line
    line.ring.setCurrentIndex(2)
    line.ring.activated.emit(2)
    line.sector.setCurrentIndex(1)
    for called in ("Sofie", "Ali"):
        qtbot.keyClicks(line.name, called)
        qtbot.keyClick(line.name, Qt.Key.Key_Return)
        assert line.name.text() == ""
        assert line.name.hasFocus()
    settled()
    assert {(p.called, p.placement.ring, p.placement.sector) for p in stored(read, mapped).people} == {
        ("Sofie", "close", "friends"),
        ("Ali", "close", "friends"),
    }
    agree(twin, read, mapped)


def test_whoever_is_not_placed_needs_both_ring_and_sector(qtbot, read, write, twin_of, settled):
    mapped = empty_map(write)
    twin = twin_of(mapped)
    qtbot.keyClicks(twin.add_line.name, "Ali")
    qtbot.keyClick(twin.add_line.name, Qt.Key.Key_Return)
    settled()
    at(twin, "Ali")
    qtbot.keyClick(twin.tree, Qt.Key.Key_V)
    assert cell(twin, "Ali") is None
    assert twin.person.sector.currentText() == "Venner"
    qtbot.keyClick(twin.tree, Qt.Key.Key_3)
    settled()
    assert cell(twin, "Ali") == ("known", "friends")
    agree(twin, read, mapped)


def test_a_digit_moves_nearer_or_farther_and_the_cursor_follows(qtbot, twin, ida, read, settled):
    at(twin, "Far")
    qtbot.keyClick(twin.tree, Qt.Key.Key_2)
    settled()
    assert cell(twin, "Far") == ("close", "family")
    assert twin.tree.key == Key(Kind.PERSON, ida.on["Far"])
    qtbot.keyClick(twin.tree, Qt.Key.Key_5)
    settled()
    assert cell(twin, "Far") == ("outside", "family")
    agree(twin, read, ida)


def test_a_letter_moves_to_another_sector_and_the_cursor_follows(qtbot, twin, ida, read, settled):
    at(twin, "Sofie")
    qtbot.keyClick(twin.tree, Qt.Key.Key_S)
    settled()
    assert cell(twin, "Sofie") == ("close", "school")
    assert twin.tree.key == Key(Kind.PERSON, ida.on["Sofie"])
    assert twin.tree.currentIndex().parent().data() == "Skole"
    agree(twin, read, ida)


def test_zero_takes_somebody_off_the_rings(qtbot, twin, ida, read, settled):
    at(twin, "Tom")
    qtbot.keyClick(twin.tree, Qt.Key.Key_0)
    settled()
    assert cell(twin, "Tom") is None
    assert "Ikke placeret endnu | 1" in shown(twin)
    agree(twin, read, ida)


def test_the_lists_in_the_panel_move_too(twin, ida, read, settled):
    at(twin, "Sofie")
    ring = twin.person.ring
    ring.setCurrentIndex(0)
    ring.activated.emit(0)
    settled()
    assert cell(twin, "Sofie") == ("closest", "friends")
    ring.setCurrentIndex(ring.count() - 1)
    ring.activated.emit(ring.count() - 1)
    settled()
    assert cell(twin, "Sofie") is None
    agree(twin, read, ida)


def test_what_she_is_called_and_what_she_is_can_be_changed(qtbot, twin, ida, read, settled):
    at(twin, "Sofie")
    qtbot.keyClick(twin.tree, Qt.Key.Key_F2)
    called = twin.person.called
    assert called.hasFocus()
    called.selectAll()
    qtbot.keyClicks(called, "Fie")
    qtbot.keyClick(called, Qt.Key.Key_Return)
    qtbot.mouseClick(
        twin.person.dead, Qt.MouseButton.LeftButton, pos=QPoint(8, twin.person.dead.height() // 2)
    )
    settled()
    (fie,) = [p for p in stored(read, ida).people if p.called == "Fie"]
    assert fie.dead
    assert "  Fie | veninde, død | Tæt på" in shown(twin)
    called.clear()
    qtbot.keyClick(called, Qt.Key.Key_Return)
    assert called.text() == "Fie"
    agree(twin, read, ida)


def test_del_removes_somebody_with_her_lines_and_undo_brings_all_back(qtbot, twin, ida, read, write, settled):
    before = shown(twin)
    at(twin, "Far")
    qtbot.keyClick(twin.tree, Qt.Key.Key_Delete)
    settled()
    assert not [line for line in shown(twin) if "Far" in line]
    agree(twin, read, ida)
    twin.session.undo()
    settled()
    assert shown(twin) == before
    agree(twin, read, ida)


def test_a_line_is_another_kind_and_somebody_elses_statement(twin, ida, read, settled):
    (line,) = [r for r in twin.session.opened.relations if r.quality is Quality.BROKEN]
    twin.tree.put_at(Key(Kind.LINE, line.id, ida.on["Mor"]))
    twin.tree.chosen.emit(twin.tree.key)
    assert twin.session.selection == Selection(relation=line.id)
    panel = twin.line
    panel.kind.setCurrentIndex(list(Quality).index(Quality.WEAK))
    panel.kind.activated.emit(panel.kind.currentIndex())
    panel.voice.setCurrentIndex(list(Voice).index(Voice.MOTHER))
    panel.voice.activated.emit(panel.voice.currentIndex())
    settled()
    now = read(lambda r: r.get(MapRelation, line.id))
    assert (now.quality, now.said_by) == (Quality.WEAK, Voice.MOTHER)
    assert "    Svag streg til Far | Vi ses ikke så meget | Sagt af mor" in shown(twin)
    agree(twin, read, ida)


def test_del_takes_a_line_away(qtbot, twin, ida, read, settled):
    (line,) = [r for r in twin.session.opened.relations if r.quality is Quality.BROKEN]
    twin.tree.put_at(Key(Kind.LINE, line.id, ida.on["Far"]))
    qtbot.keyClick(twin.tree, Qt.Key.Key_Delete)
    settled()
    assert len(stored(read, ida).relations) == 2
    agree(twin, read, ida)


def test_a_line_that_is_there_gets_the_kind_that_is_chosen_and_is_not_doubled(
    qtbot, twin, ida, read, settled
):
    at(twin, "Mormor")
    qtbot.keyClick(twin.tree, Qt.Key.Key_R)
    twin.new_line.kind.show_value(Quality.WEAK)
    qtbot.mouseClick(twin.new_line.draw, Qt.MouseButton.LeftButton)
    settled()
    kinds = [r.quality for r in stored(read, ida).relations if ida.on["Mormor"] in (r.a, r.b)]
    assert kinds == [Quality.WEAK]
    agree(twin, read, ida)


def test_a_household_is_drawn_changed_and_removed(qtbot, twin, ida, read, settled):
    at(twin, "Far")
    qtbot.keyClick(twin.tree, Qt.Key.Key_G)
    home = twin.home
    assert home.label.hasFocus()
    qtbot.keyClicks(home.label, "Hos far")
    sofie = [
        row for row in range(home.people.items.rowCount()) if home.people.items.item(row).text() == "Sofie"
    ]
    home.people.toggle(sofie[0])
    qtbot.keyClick(home.label, Qt.Key.Key_Return)
    settled()
    (made,) = [g for g in stored(read, ida).groups if g.label == "Hos far"]
    assert made.members == {ida.on["Far"], ida.on["Sofie"]}
    agree(twin, read, ida)
    twin.tree.put_at(Key(Kind.HOME, made.id))
    twin.tree.chosen.emit(twin.tree.key)
    home.people.toggle(0)
    settled()
    (made,) = [g for g in stored(read, ida).groups if g.label == "Hos far"]
    assert made.with_child
    agree(twin, read, ida)
    twin.tree.put_at(Key(Kind.MEMBER, ida.on["Sofie"], made.id))
    qtbot.keyClick(twin.tree, Qt.Key.Key_Delete)
    settled()
    agree(twin, read, ida)
    twin.tree.put_at(Key(Kind.HOME, made.id))
    qtbot.keyClick(twin.tree, Qt.Key.Key_Delete)
    settled()
    assert [g.label for g in stored(read, ida).groups] == ["Hos mor"]
    agree(twin, read, ida)


def test_escape_gives_up_a_line_that_was_begun(qtbot, twin, ida, read, settled):
    at(twin, "Far")
    qtbot.keyClick(twin.tree, Qt.Key.Key_R)
    qtbot.keyClick(twin.new_line.to, Qt.Key.Key_Escape)
    settled()
    assert twin.tree.hasFocus()
    assert twin.person.isVisible()
    assert len(stored(read, ida).relations) == 3


def test_what_is_chosen_elsewhere_is_where_the_cursor_comes_to(twin, ida):
    twin.session.choose(Selection((ida.on["Tom"],)))
    assert twin.tree.key == Key(Kind.PERSON, ida.on["Tom"])
    assert twin.person.called.text() == "Tom"
    line = twin.session.opened.relations[2]
    twin.session.choose(Selection(relation=line.id))
    assert twin.tree.key.kind is Kind.LINE
    assert twin.line.isVisible()


def test_where_the_cursor_comes_to_is_chosen(qtbot, twin, ida):
    at(twin, "Mor")
    assert twin.session.selection == Selection((ida.on["Mor"],))
    qtbot.keyClick(twin.tree, Qt.Key.Key_Down)
    assert twin.session.selection.relation is not None


def test_what_another_changes_comes_into_the_list_and_the_cursor_stays(
    twin, ida, read, write, tasks, settled
):
    at(twin, "Sofie")
    write(lambda w: network_maps.remove_person(w, ida.on["Tom"]))
    twin.session.follow(frozenset({("map_person", ida.on["Tom"])}))
    settled()
    assert twin.tree.key == Key(Kind.PERSON, ida.on["Sofie"])
    agree(twin, read, ida)


def test_a_kept_map_is_read_and_not_drawn_on(qtbot, twin, ida, read, write, settled):
    write(lambda w: map_versions.keep(w, ida.map))
    twin.session.follow(frozenset({("network_map", ida.map)}))
    settled()
    refused = []
    twin.session.refused.connect(lambda: refused.append(True))
    at(twin, "Sofie")
    qtbot.keyClick(twin.tree, Qt.Key.Key_1)
    assert refused
    assert not twin.add_line.isVisible()
    assert not twin.person.called.isEnabled()
    assert cell(twin, "Sofie") == ("close", "friends")


def test_rings_are_said_in_the_words_of_the_file_when_that_is_chosen(twin):
    from caseworker_app.domain.map_words import Wording

    twin.session.say_as(Wording.PROFESSIONAL)
    assert "  Mormor | mormor | Nær" in shown(twin)
    assert "    Stærk streg til barnet | Stærk, støttende | Sagt af barnet" in shown(twin)


def test_a_screen_reader_hears_who_where_and_which_lines(twin, ida):
    index = twin.model.find(Key(Kind.PERSON, ida.on["Mormor"]))
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Mormor, tæt på, familie. Stærk streg til barnet"
    buller = twin.model.find(Key(Kind.PERSON, ida.on["Buller"]))
    assert buller.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Buller, hund, ")


def test_a_move_is_told_with_where_she_stands_now_and_her_lines(qtbot, twin, settled):
    at(twin, "Mormor")
    qtbot.keyClick(twin.tree, Qt.Key.Key_1)
    settled()
    assert twin.said == ["Mormor, helt tæt på mig, familie. Stærk streg til barnet"]


def test_the_list_follows_the_language_and_the_cursor_stays(twin, ida):
    at(twin, "Mormor")
    twin.person.called.setText("Mormo")
    i18n.set_language("en")
    assert "    Strong line to the child | We get on really well | Said by the child" in shown(twin)
    assert twin.tree.key == Key(Kind.PERSON, ida.on["Mormor"])
    assert twin.new_line.kind.itemText(0) == "We get on really well"


def test_what_was_drawn_out_of_sight_stands_there_when_the_list_is_shown(twin, ida, settled):
    twin.hide()
    twin.session.move(ida.on["Sofie"], None)
    twin.session.choose(Selection((ida.on["Tom"],)))
    settled()
    twin.show()
    assert "Ikke placeret endnu | 1" in shown(twin)
    assert twin.tree.key == Key(Kind.PERSON, ida.on["Tom"])


def test_out_of_sight_the_list_tells_nothing(twin, ida, settled):
    twin.hide()
    twin.session.move(ida.on["Sofie"], None)
    settled()
    assert twin.said == []


def test_the_accessible_tree_holds_everybody_on_the_map(twin):
    interface = QAccessible.queryAccessibleInterface(twin.tree)
    assert interface.role() is QAccessible.Role.Tree
    assert interface.text(QAccessible.Text.Name) == "Netværkskortet som liste"
    heard = [interface.child(n).text(QAccessible.Text.Name) for n in range(interface.childCount())]
    for sentence in (
        "Mor, helt tæt på mig, familie. Brudt streg til Far",
        "Mormor, tæt på, familie. Stærk streg til barnet",
        "Stærk streg til barnet, Vi har det rigtig godt. Sagt af barnet",
        "Hos mor: Ida, Buller, Mor",
    ):
        assert sentence in heard


def test_every_control_has_a_name_for_a_screen_reader(twin, ida):
    kinds = (QLineEdit, QComboBox, QAbstractButton, QTreeView)
    at(twin, "Mor")
    for kind in kinds:
        for control in twin.findChildren(kind):
            interface = QAccessible.queryAccessibleInterface(control)
            assert interface.text(QAccessible.Text.Name), control.objectName() or control


def test_undo_by_the_history_is_seen_in_the_list(qtbot, twin, ida, read, write, settled):
    at(twin, "Sofie")
    qtbot.keyClick(twin.tree, Qt.Key.Key_1)
    settled()
    write(history.undo)
    twin.session.follow(frozenset({("map_person", ida.on["Sofie"])}))
    settled()
    assert cell(twin, "Sofie") == ("close", "friends")
    agree(twin, read, ida)


def test_an_animal_is_put_on_by_its_kind(qtbot, write, read, twin_of, settled):
    mapped = empty_map(write)
    twin = twin_of(mapped)
    line = twin.add_line
    qtbot.keyClicks(line.name, "Buller")
    line.kind.setCurrentIndex(1)
    qtbot.keyClick(line.name, Qt.Key.Key_Return)
    settled()
    (buller,) = stored(read, mapped).people
    assert buller.kind is MapPersonKind.PET
    assert line.kind.currentIndex() == 0
