"""Comparing netværkskort: two versions with ghosts and sentences, and the child's map against the parents'."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QTreeWidget

from caseworker_app.documents import papers as paper_making
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import Quality, Voice
from caseworker_app.drawing.display_list import Group, Polygon, Text
from caseworker_app.services import map_versions, network_maps
from caseworker_app.services.forms import Edit
from tests.helpers.mapped import full_map, spot, templates
from ui import printing
from ui.house import Place
from ui.pages.map_compare_page import MapComparePage

FIVE = (
    "Mormor er rykket fra 'Tæt på' til 'Helt tæt på mig'.",
    "Far er rykket fra 'Længere væk' til 'Tæt på'.",
    "Ali er ny på kortet: 'Kender godt' i feltet 'Venner'.",
    "Tom er ikke på kortet længere.",
    "Stregen mellem Ida og Far er ændret fra 'Det er svært / vi skændes tit' til 'Vi har det fint'.",
)
MOTHERS = (
    ("Mor", "closest", "family"),
    ("Mormor", "known", "family"),
    ("Naboen Lis", "close", "friends"),
)


class HereAndNow:
    """The real maker of papers, in this process: the worker process itself has its own tests."""

    def make(self, job):
        return paper_making.make(job)


@pytest.fixture
def papers():
    return HereAndNow()


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
def later(write, read, ida):
    """The next version of Ida's map, half a year on, kept."""
    write(lambda w: map_versions.keep(w, ida.map))
    drawn = write(lambda w: map_versions.draw_on(w, ida.map))
    opened = read(lambda r: network_maps.open_map(r, drawn, templates()))
    on = {p.called: p.id for p in opened.people}
    write(lambda w: network_maps.move(w, on["Mormor"], spot("closest", "family")))
    write(lambda w: network_maps.move(w, on["Far"], spot("close", "family")))
    write(lambda w: network_maps.remove_person(w, on["Tom"]))
    write(lambda w: network_maps.add_person(w, drawn, "Ali", placement=spot("known", "friends")))
    (line,) = [r for r in opened.relations if r.quality is Quality.STRAINED]
    ordinary = {"quality": Edit(Quality.ORDINARY, read(lambda r: r.heads(line.id, "quality")))}
    write(lambda w: network_maps.edit_relation(w, line.id, ordinary))
    write(lambda w: map_versions.keep(w, drawn))
    return drawn


@pytest.fixture
def mothers(write, ida):
    """The mother's map of the same family."""
    drawn = write(lambda w: network_maps.begin(w, ida.case, Voice.MOTHER))
    for called, ring, sector in MOTHERS:
        at, card = spot(ring, sector), ida.cards.get(called)
        write(
            lambda w, c=called, at=at, card=card: network_maps.add_person(
                w, drawn, c, placement=at, case_person=card
            )
        )
    return drawn


@pytest.fixture
def page_of(qtbot, house, tasks, settled):
    def make(thing, part="versions"):
        page = MapComparePage(house)
        qtbot.addWidget(page)
        tasks.touched.connect(page.follow)
        page.resize(1190, 640)
        page.show()
        page.show_thing(thing, part)
        settled()
        return page

    return make


def drawn_items(drawing):
    """Every item of a drawing, groups opened."""

    def within(items):
        for item in items:
            if isinstance(item, Group):
                yield from within(item.items)
            else:
                yield item

    return list(within(drawing.items))


def texts(drawing):
    return [item.text for item in drawn_items(drawing) if isinstance(item, Text)]


def table(page):
    found = []
    tree = page.voices.table
    for number in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(number)
        found.append(top.text(0))
        for below in range(top.childCount()):
            found.append(tuple(top.child(below).text(column) for column in range(3)))
    return found


def test_two_versions_give_the_five_sentences(page_of, later):
    page = page_of(later)
    assert page.versions.sentences.sentences() == FIVE


def test_no_sentence_says_better_or_worse(page_of, later):
    page = page_of(later)
    said = " ".join(page.versions.sentences.sentences()).casefold()
    assert not [word for word in ("bedre", "værre", "dårligere", "forbedr", "forværr") if word in said]


def test_the_sentences_are_copied(qtbot, page_of, later):
    page = page_of(later)
    qtbot.mouseClick(page.versions.sentences.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "\n".join(FIVE)
    assert page.versions.sentences.said.text() == "Kopieret. Sæt det ind, hvor det hører til i sagen."


def test_the_newer_map_has_ghosts_arrows_and_tags_and_the_older_has_none(page_of, later):
    page = page_of(later)
    newer, older = page.versions.newer.picture.drawing(), page.versions.older.picture.drawing()
    assert "ny" in texts(newer)
    assert "ikke på kortet længere" in texts(newer)
    assert "Tom" in texts(newer)
    assert "ny" not in texts(older)
    arrows = [i for i in drawn_items(newer) if isinstance(i, Polygon) and len(i.points) == 3]
    assert arrows
    assert (newer.width, newer.height) == (older.width, older.height)


def test_left_and_right_turn_from_version_to_version(qtbot, page_of, later):
    page = page_of(later)
    slider = page.versions.slider
    assert slider.hasFocus()
    assert (slider.minimum(), slider.maximum(), slider.value()) == (0, 1, 1)
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert page.versions.newer.name.text() == "Version 1, 21. november 2026"
    assert not page.versions.older.isVisible()
    assert page.versions.sentences.empty.text().startswith("Det er den første version.")
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert page.versions.newer.name.text() == "Version 2, 21. november 2026"
    assert page.versions.older.isVisible()


def test_a_dot_of_the_line_is_pressed(qtbot, page_of, later):
    page = page_of(later)
    slider = page.versions.slider
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(14, slider.height() // 2))
    assert slider.value() == 0


def test_one_can_be_looked_at_alone(page_of, later):
    page = page_of(later)
    page.versions.beside.click()
    assert not page.versions.older.isVisible()
    assert page.versions.sentences.sentences() == FIVE


def test_a_third_version_is_compared_with_the_one_that_is_chosen(page_of, later, write, settled):
    third = write(lambda w: map_versions.draw_on(w, later))
    page = page_of(third)
    versions = page.versions
    assert versions.sentences.empty.isVisible()
    assert "tegnet ens" in versions.sentences.empty.text()
    versions.against.setCurrentIndex(0)
    versions.against.activated.emit(0)
    assert versions.sentences.sentences() == FIVE


def test_the_words_of_the_file_can_be_chosen(page_of, later):
    page = page_of(later)
    page.wording.setCurrentIndex(1)
    page.wording.activated.emit(1)
    assert page.versions.sentences.sentences()[0] == "Mormor er rykket fra 'Nær' til 'Meget nær'."
    assert "Perifer" in texts(page.versions.newer.picture.drawing())
    assert page.wording.value() is Wording.PROFESSIONAL


def test_a_single_map_says_that_there_is_none_before_it(page_of, ida):
    page = page_of(ida.map)
    assert not page.versions.slider.isEnabled()
    assert page.versions.sentences.empty.isVisible()
    assert not page.versions.sentences.print.isVisible()


def test_the_two_and_the_sentences_are_shown_on_paper(qtbot, page_of, later, settled):
    page = page_of(later)
    shown = []
    page.taking_out.previewed.connect(lambda dialog: (qtbot.addWidget(dialog), shown.append(dialog)))
    qtbot.mouseClick(page.versions.sentences.print, Qt.MouseButton.LeftButton)
    settled()
    (dialog,) = shown
    pages = printing.Pages(dialog._pages.data)
    words = " ".join(" ".join(pages.text(n) for n in range(len(pages))).split())
    pages.close()
    for sentence in FIVE:
        assert sentence in words


def test_the_child_against_the_parents_is_a_table_of_three(page_of, later, mothers):
    page = page_of(mothers, "voices")
    assert table(page) == [
        "Kun hos barnet: 4",
        ("Buller", "Meget nær, Venner", ""),
        ("Sofie", "Nær, Venner", ""),
        ("Far", "Nær, Familie", ""),
        ("Ali", "Bekendt, Venner", ""),
        "Kun hos forældrene: 1",
        ("Naboen Lis", "", "Nær, Venner"),
        "Forskellig nærhed: 1",
        ("Mormor", "Meget nær, Familie", "Bekendt, Familie"),
    ]
    assert page.voices.note.text().startswith("Kun til din egen skærm")


def test_the_table_is_copied_as_lines(qtbot, page_of, later, mothers):
    page = page_of(mothers, "voices")
    qtbot.mouseClick(page.voices.copy, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Hvem\tHos barnet\tHos forældrene"
    assert "Mormor\tMeget nær, Familie\tBekendt, Familie" in lines


def test_without_a_parents_map_the_page_says_what_to_do(page_of, later):
    page = page_of(later, "voices")
    assert page.voices.missing.isVisible()
    assert "Tegn et med hver" in page.voices.missing.text()


def test_what_is_drawn_meanwhile_comes_in(page_of, later, write, settled, tasks):
    page = page_of(later)
    third = write(lambda w: map_versions.draw_on(w, later))
    page.follow(frozenset({("network_map", third)}))
    settled()
    assert page.versions.slider.maximum() == 2
    assert page.versions.slider.value() == 1


def test_the_way_back_is_the_case(qtbot, page_of, later, ida, went):
    page = page_of(later)
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    (place,) = went
    assert isinstance(place, Place)
    assert (place.page, place.thing, place.part) == ("case", ida.case, "maps")


def test_the_pictures_are_said_in_words_and_every_control_has_a_name(page_of, later):
    page = page_of(later)
    picture = QAccessible.queryAccessibleInterface(page.versions.newer.picture)
    assert picture.text(QAccessible.Text.Name) == "Netværkskort: Version 2, 21. november 2026"
    assert "Mormor, helt tæt på mig, familie. Stærk streg til barnet" in picture.text(
        QAccessible.Text.Description
    )
    for kind in (QAbstractButton, QComboBox, QAbstractSlider, QTreeWidget):
        for control in page.findChildren(kind):
            if control.isVisible() and not control.objectName().startswith("qt_"):
                name = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
                assert name or control.parent().objectName().startswith("qt_"), control
