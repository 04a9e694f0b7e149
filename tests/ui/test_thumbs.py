"""Small pictures in the strip of documents: made in memory when they are in sight, few at a time, kept bounded."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from caseworker_app.services import documents, entries
from tests.ui import test_documents
from tests.ui.conftest import NOW
from tests.ui.test_documents import letter, photograph, put
from ui.dialogs.document_look import DocumentLook
from ui.widgets.documents import thumbs
from ui.widgets.documents.strip import DocumentStrip

clean, desk, emma, scratch, wait = (
    test_documents.clean,
    test_documents.desk,
    test_documents.emma,
    test_documents.scratch,
    test_documents.wait,
)


@pytest.fixture
def link(write, emma):
    draft = write(
        lambda w: entries.begin(w, emma, {"heading": "Besøg", "text": "Te.", "held_on": NOW.date()})
    )
    return entries.link_to("entry", write(lambda w: entries.sign(w, draft))[0])


@pytest.fixture
def strip(qtbot, house, emma, link, wait_idle):
    made = DocumentStrip(house)
    qtbot.addWidget(made)
    house.tasks.touched.connect(made.follow)
    made.resize(700, 240)
    made.show()
    made.show_links(emma, [link])
    wait_idle()
    return made


@pytest.fixture
def settled(qtbot, strip, wait, wait_idle):
    def until():
        wait(strip)
        qtbot.waitUntil(lambda: strip.small.idle)
        wait_idle()

    return until


def glimpsed(read):
    return [row for row in read(lambda r: r.access_log()) if row.detail == documents.SMALL]


def test_a_photograph_and_the_first_page_of_a_pdf_have_a_small_picture_and_a_text_has_none(
    strip, desk, settled, qtbot, clean
):
    names = {"a foto.jpg": photograph(), "b brev.pdf": letter(), "c notat.txt": b"Ord nok"}
    strip.attach([put(desk, name, data) for name, data in names.items()])
    settled()
    qtbot.waitUntil(lambda: len(strip.small) == 2)
    icons = {button.document.title: button.icon() for button in strip.buttons}
    assert {title for title, icon in icons.items() if not icon.isNull()} == {"a foto", "b brev"}
    assert len({button.height() for button in strip.buttons}) == 1
    small = icons["a foto"].pixmap(strip.buttons[0].iconSize()).toImage()
    assert abs(small.pixelColor(24, 24).red() - 90) < 10
    clean(desk)


def test_each_is_made_once_and_noted_in_the_access_log(strip, desk, settled, read, emma, link, wait_idle):
    strip.attach([put(desk, "foto.jpg", photograph())])
    settled()
    assert len(glimpsed(read)) == 1
    strip.show_links(emma, [link])
    settled()
    assert len(glimpsed(read)) == 1
    assert not strip.buttons[0].icon().isNull()


def test_nothing_is_read_for_a_strip_that_is_not_in_sight(
    qtbot, house, strip, desk, settled, read, emma, link
):
    strip.hide()
    strip.attach([put(desk, "foto.jpg", photograph())])
    settled()
    assert glimpsed(read) == []
    strip.show()
    qtbot.waitUntil(lambda: len(strip.small) == 1)


def test_no_more_are_kept_than_there_is_room_for(strip, desk, settled, qtbot, monkeypatch):
    monkeypatch.setattr(thumbs, "MOST", 2)
    strip.attach([put(desk, f"foto {n}.jpg", photograph(n * 30)) for n in range(5)])
    settled()
    qtbot.waitUntil(lambda: len(strip.small) == 2)
    assert len(strip.buttons) == 5


def test_a_damaged_picture_or_pdf_has_no_small_picture_and_nothing_else_is_lost():
    assert thumbs._of_picture(b"\x89PNG nothing", 64).isNull()
    assert thumbs._of_pdf(b"%PDF-1.7 nothing", 64).isNull()


def test_a_press_shows_the_document_over_the_page_and_escape_leaves_it(
    strip, desk, settled, qtbot, wait_idle
):
    strip.attach([put(desk, "brev.pdf", letter())])
    settled()
    qtbot.mouseClick(strip.buttons[0], Qt.MouseButton.LeftButton)
    look = strip.findChild(DocumentLook)
    qtbot.waitUntil(lambda: look.viewer.stack.currentWidget() is look.viewer.pdf)
    qtbot.keyClick(look, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: strip.findChild(DocumentLook) is None)
