"""Looking at a paper in the window, printing it and saving a copy."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget

from caseworker_app import i18n
from caseworker_app.domain.errors import UserError
from ui import printing
from ui.dialogs.preview_dialog import PreviewDialog
from ui.widgets.pdf_view import GAP, Fit, PdfView

A4 = (595.28, 841.89)
A6 = (297.64, 419.53)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_written: list[str] | None = None


def _listen(event: str, arguments: tuple) -> None:
    if event == "open" and _written is not None:
        path, mode, flags = arguments
        if (flags or 0) & WRITING or any(letter in (mode or "") for letter in "wax+"):
            _written.append(str(path))


@pytest.fixture(scope="module", autouse=True)
def _audited() -> None:
    sys.addaudithook(_listen)


def paper(pages: int = 3, size: tuple[float, float] = A4) -> bytes:
    """A PDF whose pages say their number and have a black square in the lower right corner."""
    from reportlab.pdfgen.canvas import Canvas

    into = io.BytesIO()
    canvas = Canvas(into, pagesize=size)
    for number in range(1, pages + 1):
        canvas.drawString(72, size[1] - 72, f"Side {number} til Mia på Ærø")
        canvas.rect(size[0] - 72, 36, 36, 36, fill=1)
        canvas.showPage()
    canvas.save()
    return into.getvalue()


@pytest.fixture
def preview(qtbot, house, wait_idle):
    """Return ``preview(pdf, **more)``: the dialog opened and its first pages drawn; ``left`` says what left the house."""

    def show(pdf: bytes | None = None, **more: object) -> PreviewDialog:
        left: list[str] = []
        dialog = PreviewDialog(
            house, paper() if pdf is None else pdf, "Invitation", lambda: left.append("printed"),
            lambda: left.append("saved"), **more,
        )  # fmt: skip
        dialog.left = left
        qtbot.addWidget(dialog)
        dialog.resize(900, 700)
        dialog.open()
        qtbot.waitExposed(dialog)
        wait_idle()
        return dialog

    return show


def to_file(dialog: PreviewDialog, path: Path) -> QPrinter:
    """A real printer of Qt's that prints into a PDF file."""
    printer = printing.new_printer(dialog._pages, "Invitation")
    printer.setOutputFileName(str(path))
    return printer


def grey(image: QImage, x: float, y: float) -> int:
    """Lightness 0-255 at a place given in parts of the width and height."""
    return image.pixelColor(round(x * (image.width() - 1)), round(y * (image.height() - 1))).lightness()


def ink(image: QImage) -> tuple[int, int, int, int]:
    """Where the dark of a page begins and ends: left, top, right, bottom."""
    dark = [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if (image.pixel(x, y) & 0xFF) < 128
    ]
    columns, rows = [x for x, _y in dark], [y for _x, y in dark]
    return min(columns), min(rows), max(columns), max(rows)


def test_pages_are_drawn_with_the_resolution_of_the_screen():
    pages = printing.Pages(paper(1))
    once, twice = pages.image(0, 1.0), pages.image(0, 2.0)
    assert (once.width(), once.height()) == (596, 842)
    assert (twice.width(), twice.height()) == (1191, 1684)
    assert grey(twice, 1 - 54 / A4[0], 1 - 54 / A4[1]) == 0
    assert grey(twice, 0.5, 0.5) == 255


@pytest.mark.parametrize("scale", [0.7, 1.0, 200 / 72, 600 / 72])
def test_strips_put_together_are_the_page(scale):
    pages = printing.Pages(paper(1))
    whole = pages.image(0, scale)
    strips = list(pages.strips(0, scale))
    assert {strip.width() for strip in strips} == {whole.width()}
    assert sum(strip.height() for strip in strips) == whole.height()
    if scale > 8:
        assert len(strips) > 1


def test_what_is_no_pdf_is_said_in_words():
    with pytest.raises(UserError):
        printing.Pages(b"not a paper")


def test_only_the_pages_in_view_and_their_neighbours_are_drawn(preview, wait_idle):
    dialog = preview(paper(40))
    assert dialog.view.drawn == (1, 2)
    dialog.view.go_to(20)
    wait_idle()
    assert dialog.view.page == 20
    assert dialog.view.drawn == (19, 20, 21)


def test_nothing_is_written_to_disk_while_a_paper_is_looked_at(preview, wait_idle):
    global _written
    _written = []
    try:
        dialog = preview(paper(3))
        dialog.view.zoom_in()
        dialog.view.go_to(3)
        wait_idle()
        assert _written == []
    finally:
        _written = None


def test_a_sharper_screen_gets_sharper_pages(preview, wait_idle):
    dialog = preview()
    dialog.view.zoom_to(1.0)
    wait_idle()
    before = dialog.view._images[0][1].width()
    dialog.view.devicePixelRatioF = lambda: 2.0
    dialog.view._scrolled()
    wait_idle()
    assert abs(dialog.view._images[0][1].width() - 2 * before) <= 1


def test_the_page_in_view_and_how_many_there_are_is_said_and_followed(preview, qtbot, wait_idle):
    dialog = preview()
    assert dialog._pages_label.text() == "Side 1 af 3"
    qtbot.keyClick(dialog.view, Qt.Key.Key_End)
    wait_idle()
    assert dialog._pages_label.text() == "Side 3 af 3"
    assert dialog.view.accessibleName().endswith("side 3 af 3")
    assert "Side 3 til Mia på Ærø" in dialog.view.accessibleDescription()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Home)
    assert dialog._pages_label.text() == "Side 1 af 3"
    qtbot.keyClick(dialog.view, Qt.Key.Key_PageDown)
    assert dialog.view.verticalScrollBar().value() > 0
    wait_idle()


def test_keys_turn_pages_and_zoom(preview, qtbot, wait_idle):
    dialog = preview()
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert dialog.view.page == 2
    qtbot.keyClick(dialog, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert dialog.view.page == 1
    before = dialog.view.zoom
    qtbot.keyClick(dialog, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert dialog.view.zoom == pytest.approx(before * 1.25)
    qtbot.keyClick(dialog, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert dialog.view.zoom == pytest.approx(before)
    qtbot.keyClick(dialog, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    assert dialog.view._rects[0].height() + 2 * GAP == pytest.approx(dialog.view.viewport().height(), abs=2)
    qtbot.keyClick(dialog, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert dialog.view.zoom == pytest.approx(before)
    wait_idle()


def test_scrolling_and_zooming_keep_up_with_the_hand(preview, watchdog, wait_idle):
    dialog = preview(paper(20))
    watchdog.scroll(dialog.view.viewport(), -12)
    watchdog.timed("scroll", "zoom", dialog.view.zoom_in)
    watchdog.scroll(dialog.view.viewport(), -12)
    wait_idle()
    assert dialog.view.page > 1


def test_the_zoom_has_a_least_and_a_most(preview, wait_idle):
    dialog = preview(paper(1))
    for _ in range(20):
        dialog.view.zoom_in()
    assert dialog.view.zoom == 4.0
    wait_idle()
    image = dialog.view._images[0][1]
    assert image.width() * image.height() < 25_000_000
    for _ in range(20):
        dialog.view.zoom_out()
    assert dialog.view.zoom == 0.25
    wait_idle()


def test_a_paper_is_printed_page_for_page_at_its_own_size(preview, wait_idle, tmp_path):
    pdf = paper(3, A6)
    dialog = preview(pdf)
    out = tmp_path / "out.pdf"
    dialog.print_on(to_file(dialog, out))
    wait_idle()
    assert dialog.left == ["printed"]
    assert dialog.said.text() == "Udskrevet."
    printed, original = printing.Pages(out.read_bytes()), printing.Pages(pdf)
    assert len(printed) == 3
    assert printed.sizes[0] == pytest.approx(A6, abs=1)
    for index in range(3):
        found = ink(printed.image(index, 1.0))
        assert all(abs(a - b) <= 1 for a, b in zip(found, ink(original.image(index, 1.0)), strict=True))


def test_a_paper_of_four_goes_to_paper_of_four(preview, wait_idle, tmp_path):
    dialog = preview(paper(1))
    out = tmp_path / "out.pdf"
    dialog.print_on(to_file(dialog, out))
    wait_idle()
    assert printing.Pages(out.read_bytes()).sizes == (pytest.approx(A4, abs=1),)


def test_chosen_pages_are_printed_and_no_others(preview, wait_idle, tmp_path):
    pdf = paper(3, A6)
    dialog = preview(pdf)
    out = tmp_path / "out.pdf"
    printer = to_file(dialog, out)
    printer.setFromTo(3, 3)
    dialog.print_on(printer)
    wait_idle()
    printed, original = printing.Pages(out.read_bytes()), printing.Pages(pdf)
    assert len(printed) == 1
    assert ink(printed.image(0, 1.0))[2:] == pytest.approx(ink(original.image(2, 1.0))[2:], abs=1)


def test_a_page_across_is_printed_across(preview, wait_idle, tmp_path):
    across = paper(1, (A6[1], A6[0]))
    dialog = preview(across)
    out = tmp_path / "out.pdf"
    dialog.print_on(to_file(dialog, out))
    wait_idle()
    assert printing.Pages(out.read_bytes()).sizes[0] == pytest.approx((A6[1], A6[0]), abs=1)


def test_without_a_printer_it_is_said_in_words_and_nothing_is_noted(preview, qtbot, monkeypatch):
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    dialog = preview()
    qtbot.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
    assert dialog.banner.isVisible()
    assert "ingen printer" in dialog.banner.sentence.text()
    assert "gem en kopi" in dialog.banner.ways_out.text()
    assert dialog.left == []


@pytest.mark.qt_log_ignore(r"^QPainter::begin\(\): Returned false")
def test_a_printer_that_takes_nothing_is_said_in_words(preview, wait_idle, tmp_path):
    dialog = preview()
    dialog.print_on(to_file(dialog, tmp_path / "missing" / "out.pdf"))
    wait_idle()
    assert dialog.banner.isVisible()
    assert dialog.left == []
    assert dialog.print_button.isEnabled()


def test_the_print_dialog_opens_beside_the_running_window(preview, qtbot, monkeypatch):
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    dialog = preview()
    dialog.print()
    found = dialog.findChild(QPrintDialog)
    assert found.isVisible()
    assert found.printer().docName() == "Invitation"
    assert (found.minPage(), found.maxPage()) == (1, 3)
    found.reject()
    assert dialog.left == []


def test_a_copy_is_saved_whole_under_a_name_that_says_nothing_of_the_child(
    preview, qtbot, wait_idle, tmp_path
):
    pdf = paper()
    dialog = preview(pdf, file_name="invitation-2.pdf")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    asked = dialog.findChild(QFileDialog)
    assert [Path(name).name for name in asked.selectedFiles()] == ["invitation-2.pdf"]
    asked.setDirectory(str(tmp_path))
    asked.selectFile(str(tmp_path / "invitation-2.pdf"))
    asked.accept()
    wait_idle()
    assert (tmp_path / "invitation-2.pdf").read_bytes() == pdf
    assert dialog.left == ["saved"]
    assert "gemt" in dialog.said.text()


def test_a_copy_that_cannot_be_saved_is_said_in_words(preview, wait_idle, tmp_path):
    dialog = preview()
    dialog.save_to(str(tmp_path / "missing" / "copy.pdf"))
    wait_idle()
    assert dialog.banner.isVisible()
    assert dialog.left == []


def test_a_broken_paper_is_said_in_words_and_can_be_neither_printed_nor_saved(preview):
    dialog = preview(b"%PDF-1.7 cut off")
    assert dialog.banner.isVisible()
    assert not dialog.print_button.isEnabled()
    assert not dialog.save_button.isEnabled()


def test_it_stands_without_a_house(qtbot):
    dialog = PreviewDialog(None, paper(1), "Gendannelsesark")
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.view.drawn == (1,))
    dialog.close()


def test_every_control_has_a_name_and_words_follow_the_language(preview):
    dialog = preview()
    for widget in dialog.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | PdfView) and widget.isVisible():
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
    assert dialog.print_button.text() == "Udskriv …"
    i18n.set_language("en")
    assert dialog.print_button.text() == "Print …"
    assert dialog.view.accessibleName().endswith("page 1 of 3")


def test_nothing_is_left_of_a_preview_that_was_closed(widget_leaks, dressed):
    pdf = paper(1)
    assert not widget_leaks(lambda: PreviewDialog(None, pdf, "Invitation"))


def test_the_fit_follows_the_window(preview, wait_idle):
    dialog = preview(paper(1))
    dialog.view.fit(Fit.PAGE)
    before = dialog.view.zoom
    dialog.resize(900, 560)
    wait_idle()
    assert dialog.view.zoom < before


def test_a_paper_that_is_itself_a_key_can_be_printed_and_not_saved_as_a_file(qtbot):
    dialog = PreviewDialog(None, paper(1), "Gendannelsesark", keeps=False)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.print_button.isVisible()
    assert not dialog.save_button.isVisible()
    dialog.close()
