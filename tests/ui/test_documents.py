"""Documents in the window: attached by every way in, looked at, saved, removed, over the real store and worker process.

After every step nothing of a file lies in clear anywhere but where the user had it or put it.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import tempfile
import zlib
from pathlib import Path
from struct import pack

import pypdf
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.document import MOST_BYTES, FileKind
from caseworker_app.domain.errors import UserError
from caseworker_app.services import cases, documents, entries, handed_out, history
from caseworker_app.services.handed_out import How
from caseworker_app.services.ports import Access
from ui import printing
from ui.dialogs.document_dialog import DocumentDialog
from ui.dialogs.document_look import DocumentLook
from ui.dialogs.document_preview import DocumentPreview
from ui.dialogs.handed_dialog import HandedDialog
from ui.dialogs.save_document_dialog import SaveDocumentDialog
from ui.house import Place
from ui.widgets.documents import sources
from ui.widgets.documents.part import DocumentsPart
from ui.widgets.documents.strip import DocumentStrip

MARK = "Zebedæus Qvistgård"
TODAY = dt.date(2026, 11, 21)


def letter(words: str = MARK) -> bytes:
    """A PDF with one page."""
    from reportlab.pdfgen.canvas import Canvas

    into = io.BytesIO()
    canvas = Canvas(into)
    canvas.drawString(72, 760, f"Udtalelse om {words}")
    canvas.setSubject(words)
    canvas.save()
    return into.getvalue()


def photograph(shade: int = 90, size: tuple[int, int] = (300, 200)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (shade, 40, 40)).save(made, "JPEG", comment=MARK.encode())
    return made.getvalue()


def huge_png(side: int) -> bytes:
    """A PNG that says it is very large, in a few hundred bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    """The folder for temporary files of this process, of Qt and of the worker process: the test's own."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    monkeypatch.undo()
    tempfile.tempdir = None


@pytest.fixture
def desk(tmp_path):
    """Where the user's own files lie before they are attached."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


@pytest.fixture
def clean(tmp_path, scratch):
    """Return ``clean(*allowed)``: no temporary file is left, and the mark stands in no file but those allowed."""

    def check(*allowed: Path) -> None:
        assert [path for path in scratch.rglob("*") if path.is_file()] == []
        spelled = [MARK.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")]
        for path in tmp_path.rglob("*"):
            if path.is_file() and not any(path.is_relative_to(one) for one in allowed):
                data = path.read_bytes()
                assert not any(word in data for word in spelled), path

    return check


@pytest.fixture
def emma(write):
    return write(lambda w: cases.register(w, {"child_name": "Emma Prøve", "born": dt.date(2019, 1, 1)}))


@pytest.fixture
def wait(wait_idle, qtbot):
    """Return ``wait(part)``: what was being attached is attached and shown."""

    def until(part) -> None:
        qtbot.wait(20)
        qtbot.waitUntil(lambda: part.attacher._house.tasks.idle and not part.attacher.busy, timeout=30_000)
        wait_idle()

    return until


@pytest.fixture
def part(qtbot, house, emma, read, wait_idle):
    made = DocumentsPart(house)
    qtbot.addWidget(made)
    made.resize(1200, 560)
    made.show()
    house.tasks.touched.connect(made.follow)
    made.show_case(read(lambda r: r.get(Case, emma)))
    wait_idle()
    return made


def rows(part):
    model = part.table.rows
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def card(part) -> DocumentDialog:
    return next(iter(part.findChildren(DocumentDialog)), None)


def shut(part, wait_idle) -> None:
    for dialog in part.findChildren(DocumentDialog):
        dialog.close()
    wait_idle()
    part.window().activateWindow()
    part._show_chosen()
    wait_idle()


def put(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


@pytest.fixture
def attached(part, desk, wait, wait_idle):
    """Return ``attached(name, data)``: a file attached and its card shut."""

    def attach(name: str, data: bytes):
        part.attach([put(desk, name, data)])
        wait(part)
        shut(part, wait_idle)
        return part.current()

    return attach


# --- Ways in ---------------------------------------------------------------------------------------------------


def test_without_documents_it_says_what_can_be_attached(part):
    assert part.table.isVisible() is False
    assert not part.remove_button.isEnabled()
    assert part.attach_button.isVisible()


def test_a_letter_is_chosen_by_keyboard_attached_and_shown(
    qtbot, part, desk, wait, wait_idle, clean, read, emma, said
):
    path = put(desk, "Udtalelse_fra skolen.pdf", letter())
    qtbot.keyClick(part, Qt.Key.Key_Insert)
    dialog = part.findChild(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.setDirectory(str(desk))
    line = dialog.findChild(QLineEdit)
    qtbot.keyClicks(line, Path(path).name)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    wait(part)
    assert rows(part) == [
        ["Udtalelse fra skolen", "PDF", "21-11-2026", "", rows(part)[0][4]],
    ]
    assert said[-1] == "1 fil er vedhæftet. Ctrl+Z fortryder."
    qtbot.waitUntil(lambda: part.viewer.stack.currentWidget() is part.viewer.pdf, timeout=5000)
    assert card(part).form.value("title") == "Udtalelse fra skolen"
    clean(desk)
    editor = card(part).form.rows["sender"].editor.control
    qtbot.keyClicks(editor, "Skolen")
    qtbot.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait_idle()
    assert rows(part)[0][3] == "Skolen"
    (one,) = read(lambda r: documents.documents_of(r, emma))
    assert (one.sender, one.kind) == ("Skolen", FileKind.PDF)
    clean(desk)


def drop(widget, mime: QMimeData) -> bool:
    """Drop something from the desktop on a widget, as the window system tells it."""
    actions, buttons, keys = (
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPoint(40, 40), actions, mime, buttons, keys)
    entering.ignore()
    QGuiApplication.instance().sendEvent(widget, entering)
    if not entering.isAccepted():
        return False
    dropping = QDropEvent(QPointF(40, 40), actions, mime, buttons, keys)
    QGuiApplication.instance().sendEvent(widget, dropping)
    assert dropping.dropAction() is Qt.DropAction.CopyAction, "the user's own file stays where it is"
    return True


def test_a_folder_of_a_telephone_is_dropped_and_comes_in_its_order(part, desk, wait, clean, said):
    folder = desk / "DCIM"
    folder.mkdir()
    for number in (10, 9, 1):
        put(folder, f"IMG_{number}.JPG", photograph(number * 20))
    put(folder, "Thumbs.db", b"rubbish")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    seen = []
    part.attacher.progressed.connect(lambda which, of: seen.append((which, of)))
    assert drop(part, mime)
    wait(part)
    assert [row[0] for row in rows(part)] == ["Billede 1", "Billede 2", "Billede 3"]
    shades = []
    for number in range(3):
        part.table.selectRow(number)
        part._show_chosen()
        wait(part)
        shades.append(part.viewer.picture.image.pixelColor(5, 5).red())
    assert [round(shade / 20) for shade in shades] == [1, 9, 10]
    assert seen == [(1, 3), (2, 3), (3, 3), (0, 0)]
    assert said[-1].startswith("3 filer er vedhæftet.")
    assert card(part) is None, "several at once are described afterwards"
    clean(desk)


def test_words_dragged_from_elsewhere_are_not_taken(part):
    mime = QMimeData()
    mime.setText("et brev")
    assert not drop(part, mime)


def test_a_picture_is_pasted(qtbot, part, wait, wait_idle, clean, read, emma):
    image = QImage(120, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(part, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait(part)
    assert rows(part)[0][:2] == ["Billede", "Billede"]
    shut(part, wait_idle)
    assert part.viewer.picture.image.size() == image.size()
    QGuiApplication.clipboard().clear()
    clean()


def test_nothing_to_paste_is_said(qtbot, part):
    QGuiApplication.clipboard().setText("bare ord")
    qtbot.mouseClick(part.paste_button, Qt.MouseButton.LeftButton)
    assert part.complaint.sentence.text().startswith("Der er ikke noget billede")
    QGuiApplication.clipboard().clear()


def test_files_that_come_while_others_are_attached_wait_behind(part, desk, wait, read, emma):
    first = [put(desk, f"foto {n}.jpg", photograph(n * 30)) for n in (1, 2, 3)]
    part.attach(first)
    part.attach([put(desk, "brev.pdf", letter())])
    wait(part)
    assert len(read(lambda r: documents.documents_of(r, emma))) == 4


def test_attaching_is_stopped_and_what_is_attached_stays(part, desk, wait, said, read, emma):
    paths = [put(desk, f"foto {n}.jpg", photograph(n * 10)) for n in range(1, 9)]
    part.attacher.progressed.connect(lambda which, _of: which == 3 and part.progress.cancel_button.click())
    part.attach(paths)
    wait(part)
    assert len(read(lambda r: documents.documents_of(r, emma))) == 3
    assert said[-1] == "Stoppet: 3 filer blev vedhæftet forinden."
    assert not part.progress.isVisible()


# --- Bad input -------------------------------------------------------------------------------------------------

BAD = {
    "a PDF that is none": ("brev.pdf", b"%PDF-1.7\nnot really", "beskadiget"),
    "a letter called PDF": ("brev.pdf", b"Hej", "beskadiget"),
    "a picture of 200 million pixels": ("foto.png", huge_png(14_200), "pixels"),
    "an empty file": ("tom.pdf", b"", "tom"),
    "a program": ("spil.exe", b"MZ\x90\0" * 20, "ikke her"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_words_and_nothing_is_kept(part, desk, wait, clean, name, read, emma, store):
    file, data, words = BAD[name]
    part.attach([put(desk, file, data)])
    wait(part)
    assert words in part.complaint.sentence.text(), part.complaint.sentence.text()
    assert part.complaint.sentence.text().startswith(f"{file}: ")
    assert read(lambda r: documents.documents_of(r, emma)) == ()
    assert store.connection.execute("SELECT count(*) FROM blobs").fetchone() == (0,)
    clean(desk)


def test_a_file_of_26_mb_is_refused_before_it_is_read(part, desk, wait):
    path = desk / "stor.pdf"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1_000_000)
    part.attach([str(path)])
    wait(part)
    assert "26 MB" in part.complaint.sentence.text()
    assert rows(part) == []


def test_a_file_of_25_mb_is_attached(qtbot, part, desk, wait, read, emma):
    part.attach([put(desk, "lang.txt", b"ord " * (MOST_BYTES // 4))])
    wait(part)
    (one,) = read(lambda r: documents.documents_of(r, emma))
    assert one.size == MOST_BYTES
    qtbot.waitUntil(lambda: part.viewer.text.toPlainText() != "", timeout=5000)
    assert part.viewer.note.text().startswith("Kun begyndelsen")


def test_the_same_file_twice_names_the_first(part, desk, attached, wait):
    attached("Udtalelse.pdf", letter())
    part.attach([put(desk, "igen.pdf", (desk / "Udtalelse.pdf").read_bytes())])
    wait(part)
    assert "Udtalelse" in part.complaint.sentence.text()
    assert len(rows(part)) == 1


def test_good_ones_come_in_and_each_bad_one_is_listed_with_its_reason(part, desk, wait):
    part.attach([
        put(desk, "a.pdf", letter()), put(desk, "b.pdf", b"nej"), put(desk, "c.jpg", photograph()),
        str(desk / "væk.pdf"),
    ])  # fmt: skip
    wait(part)
    assert [row[0] for row in rows(part)] == ["a", "c"]
    assert part.complaint.sentence.text() == "2 filer blev ikke vedhæftet."
    listed = part.complaint.ways_out.text().splitlines()
    assert [line.split(":")[0] for line in listed] == ["b.pdf", "væk.pdf"]


def test_a_file_that_disappears_while_it_is_read_is_said(part, desk, wait, monkeypatch):
    path = desk / "brev.pdf"
    path.write_bytes(letter() * 20)
    real = Path.open

    def shorter(self, *how, **more):
        if self == path:
            os.truncate(path, 9)
        return real(self, *how, **more)

    monkeypatch.setattr(Path, "open", shorter)
    part.attach([str(path)])
    wait(part)
    assert "kortere" in part.complaint.sentence.text()


def test_a_path_that_is_no_file_is_said_and_is_not_waited_for(desk, tmp_path):
    pipe = desk / "rør.pdf"
    os.mkfifo(pipe)
    for path in (pipe, desk / "væk.pdf", desk):
        with pytest.raises(UserError, match="could not be read"):
            sources.read_file(path)


def test_the_worker_process_is_killed_and_the_next_file_comes_in(part, desk, wait, papers, read, emma):
    papers.warm()
    papers._process.kill()
    papers._process.join()
    part.attach([put(desk, "a.pdf", letter()), put(desk, "b.jpg", photograph())])
    wait(part)
    assert len(read(lambda r: documents.documents_of(r, emma))) + len(part.complaint.ways_out.text()) > 1
    part.attach([put(desk, "c.jpg", photograph(7))])
    wait(part)
    assert "c" in [row[0] for row in rows(part)]


# --- Looking ---------------------------------------------------------------------------------------------------


def test_nothing_is_read_before_a_row_is_chosen_and_then_it_is_noted(
    qtbot, part, attached, wait_idle, store, read, emma, house
):
    made = attached("brev.pdf", letter())
    other = DocumentsPart(house)
    qtbot.addWidget(other)
    other.show()
    before = len(store.read(lambda r: r.access_log()))
    other.show_case(read(lambda r: r.get(Case, emma)))
    wait_idle()
    other.table.setFocus()
    qtbot.wait(300)
    wait_idle()
    assert len(store.read(lambda r: r.access_log())) == before
    qtbot.keyClick(other.table, Qt.Key.Key_Home)
    other.table.selectRow(0)
    qtbot.waitUntil(lambda: other.viewer.stack.currentWidget() is other.viewer.pdf, timeout=5000)
    rows_ = store.read(lambda r: r.access_log())[: len(store.read(lambda r: r.access_log())) - before]
    assert [(row.action, row.entity) for row in rows_] == [(Access.READ, made.id)]


def test_a_picture_is_zoomed_by_button_wheel_and_key(qtbot, part, attached):
    attached("foto.jpg", photograph(size=(1600, 1200)))
    view = part.viewer.picture
    fitted = view.zoom
    assert fitted < 1
    qtbot.mouseClick(part.viewer.tools[1], Qt.MouseButton.LeftButton)
    assert view.zoom > fitted
    assert part.viewer.zoom_label.text() == f"{round(view.zoom * 100)} %"
    qtbot.keyClicks(view, "+")
    assert view.verticalScrollBar().maximum() > 0
    qtbot.keyClicks(view, "0")
    assert view.zoom == pytest.approx(fitted)


def test_plain_text_is_shown_and_an_office_document_says_what_to_do(qtbot, part, attached):
    attached("notat.txt", "Blåbærgrød".encode("cp1252"))
    assert part.viewer.text.toPlainText() == "Blåbærgrød"
    attached("brev.docx", b"PK\x03\x04" + b"x" * 40)
    assert part.viewer.stack.currentWidget() is part.viewer.other
    assert part.viewer.save_button.isVisible()
    assert rows(part)[1][1] == "Kontordokument (.docx)"


def test_a_file_that_has_not_come_here_yet_says_so(qtbot, part, attached, store, wait_idle):
    attached("brev.pdf", letter())
    store.connection.execute("UPDATE blobs SET body = NULL")
    part.viewer.clear()
    part._show_chosen()
    wait_idle()
    assert "på vej" in part.viewer.complaint.sentence.text()


# --- Out of the house ------------------------------------------------------------------------------------------


def test_a_copy_is_saved_where_the_user_says_and_noted_with_whom(
    qtbot, part, attached, desk, wait_idle, clean, tmp_path, read, emma, said
):
    data = letter()
    made = attached("brev.pdf", data)
    qtbot.keyClick(part, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    asking = part.findChild(SaveDocumentDialog)
    wait_idle()
    assert asking.consents.text() == "Der er ikke registreret noget samtykke i sagen."
    assert any(
        "uden for det krypterede lager" in label.text()
        for label in asking.findChildren(type(part.viewer.title))
    )
    qtbot.keyClicks(asking.to_whom, "Mor")
    qtbot.mouseClick(asking.save_button, Qt.MouseButton.LeftButton)
    copies = tmp_path / "copies"
    copies.mkdir()
    dialog = next(d for d in part.findChildren(QFileDialog))
    assert "document-2026-11-21.pdf" in dialog.selectedFiles()[0]
    dialog.setDirectory(str(copies))
    dialog.selectFile(str(copies / "document-2026-11-21.pdf"))
    dialog.accept()
    wait_idle()
    qtbot.wait(20)
    wait_idle()
    assert [path.read_bytes() for path in copies.iterdir()] == [data]
    assert said[-1] == "Kopien er gemt. Alle, der har filen, kan læse den."
    clean(desk, copies)
    (one,) = read(lambda r: handed_out.of_case(r, emma))
    assert (one.paper, one.title, one.recipient, one.how, one.by) == (
        "document", "brev", "Mor", How.SAVED, "Lone Kjær",
    )  # fmt: skip
    log = [(row.action, row.entity) for row in read(lambda r: r.access_log())]
    assert (Access.EXPORT, made.id) in log


def test_a_copy_that_cannot_be_saved_is_said_and_not_noted(part, attached, wait_idle, read, emma, tmp_path):
    made = attached("brev.pdf", letter())
    part.handing.save_to(str(tmp_path / "nowhere" / "brev.pdf"), made, "")
    wait_idle()
    assert part.complaint.isVisible()
    assert read(lambda r: handed_out.of_case(r, emma)) == ()


@pytest.mark.parametrize(
    ("name", "data"), [("brev.pdf", letter()), ("foto.jpg", photograph()), ("notat.txt", b"Ord " * 40)]
)
def test_a_document_is_printed_from_memory_and_stands_in_the_print_log(
    qtbot, part, attached, desk, wait_idle, clean, tmp_path, read, emma, name, data
):
    attached(name, data)
    qtbot.keyClick(part, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    wait_idle()
    dialog = part.findChild(DocumentPreview)
    assert dialog.windowTitle() == "Dokument", "no title of a document stands in the window's"
    assert not dialog.save_button.isVisible()
    qtbot.keyClicks(dialog.to_whom, "Far")
    printed = tmp_path / "printed"
    printed.mkdir()
    printer = printing.new_printer(dialog._pages, "Dokument")
    printer.setOutputFileName(str(printed / "paper.pdf"))
    dialog.print_on(printer)
    wait_idle()
    dialog.close()
    wait_idle()
    assert len(pypdf.PdfReader(printed / "paper.pdf").pages) >= 1
    clean(desk, printed)
    (one,) = read(lambda r: handed_out.of_case(r, emma))
    assert (one.recipient, one.how) == ("Far", How.PRINTED)


def test_a_picture_fills_its_sheet_and_a_long_text_goes_over_several(qapp):
    from ui.widgets.documents.on_paper import pdf_of

    wide = pypdf.PdfReader(io.BytesIO(pdf_of(FileKind.PICTURE, photograph(size=(900, 300)), "")))
    assert len(wide.pages) == 1 and wide.pages[0].mediabox.width > wide.pages[0].mediabox.height
    text = pypdf.PdfReader(
        io.BytesIO(pdf_of(FileKind.TEXT, b"", "\n".join(f"Linje {n}" for n in range(200))))
    )
    assert len(text.pages) > 2
    assert "199" in text.pages[-1].extract_text()
    with pytest.raises(UserError, match="damaged"):
        pdf_of(FileKind.PICTURE, b"no picture", "")


def test_what_was_handed_out_stands_in_its_dialog(qtbot, part, attached, write, wait_idle):
    made = attached("brev.pdf", letter())
    write(lambda w: documents.note_copy(w, made.id, "Mor"))
    write(lambda w: documents.note_copy(w, made.id, "Far", Access.PRINT))
    qtbot.mouseClick(part.handed_button, Qt.MouseButton.LeftButton)
    wait_idle()
    dialog = part.findChild(HandedDialog)
    shown = [[dialog.list.topLevelItem(n).text(c) for c in range(5)] for n in range(2)]
    assert {tuple(row[1:]) for row in shown} == {
        ("Vedhæftet dokument: brev", "Mor", "Gemt som fil", "Lone Kjær"),
        ("Vedhæftet dokument: brev", "Far", "Udskrevet", "Lone Kjær"),
    }
    i18n.set_language("en")
    assert dialog.list.headerItem().text(2) == "To whom"
    dialog.close()


def test_a_copy_that_was_handed_out_is_not_undone(attached, write, read, emma):
    made = attached("brev.pdf", letter())
    write(lambda w: documents.note_copy(w, made.id, "Mor"))
    assert write(history.undo) == "Attach a document"
    assert len(read(lambda r: handed_out.of_case(r, emma))) == 1
    assert read(lambda r: handed_out.of_case(r, emma))[0].title == "brev"


def test_nothing_handed_out_says_so(qtbot, part, wait_idle):
    part.show_handed()
    wait_idle()
    dialog = part.findChild(HandedDialog)
    assert dialog.empty.isVisible()
    dialog.close()


def test_the_history_of_a_case_leads_to_what_was_handed_out(qtbot, house, emma, wait_idle):
    from ui.dialogs.history_dialog import HistoryDialog
    from ui.pages.case_page import CasePage

    page = CasePage(house)
    qtbot.addWidget(page)
    page.resize(1200, 680)
    page.show()
    page.show_thing(emma, "")
    wait_idle()
    qtbot.mouseClick(page.header.history_button, Qt.MouseButton.LeftButton)
    wait_idle()
    dialog = page.findChild(HistoryDialog)
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Udleveret …")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert page.findChild(HandedDialog) is not None or dialog.findChild(HandedDialog) is not None


# --- Taken away ------------------------------------------------------------------------------------------------


def test_a_document_is_removed_by_the_delete_key_and_undo_brings_it_back_to_be_read(
    qtbot, part, attached, wait_idle, write, said, clean, desk
):
    made = attached("brev.pdf", letter())
    qtbot.keyClick(part.table, Qt.Key.Key_Delete)
    wait_idle()
    assert rows(part) == []
    assert said[-1] == "The document is removed. Ctrl+Z brings it back."
    assert part.viewer.document is None and part.viewer.stack.currentWidget() is part.viewer.nothing
    clean(desk)
    write(history.undo)
    part.follow(frozenset({("document", made.id)}))
    wait_idle()
    part.table.selectRow(0)
    qtbot.waitUntil(lambda: part.viewer.stack.currentWidget() is part.viewer.pdf, timeout=5000)
    clean(desk)


def test_the_history_says_nothing_of_checksums_and_of_the_words_in_a_file(attached, read, emma, write):
    from ui.history_words import names_of, say_all

    attached("brev.pdf", letter())
    acts = read(lambda r: r.history(stream=r.get(Case, emma).stream))
    said = read(lambda r: say_all(acts, names_of(r, acts)))
    lines = [line for happening in said for _thing, lines in happening.things for line in lines]
    assert not any(MARK in line.after for line in lines)
    assert "digest" not in {line.field for line in lines}


# --- About a visit, a map --------------------------------------------------------------------------------------


def test_a_strip_shows_what_is_about_a_thing_and_attaches_to_it(
    qtbot, house, emma, desk, wait, wait_idle, read, write, went, clean
):
    draft = write(lambda w: entries.begin(w, emma, {"heading": "Besøg", "text": "Te.", "held_on": TODAY}))
    link = entries.link_to("entry", write(lambda w: entries.sign(w, draft))[0])
    strip = DocumentStrip(house)
    qtbot.addWidget(strip)
    house.tasks.touched.connect(strip.follow)
    strip.resize(700, 120)
    strip.show()
    strip.show_links(emma, [link])
    wait_idle()
    assert strip.empty.isVisible()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(put(desk, "tegning.jpg", photograph()))])
    assert drop(strip, mime)
    wait(strip)
    (one,) = read(lambda r: documents.documents_of(r, emma))
    assert one.links == (link,)
    assert [button.text() for button in strip.buttons] == ["tegning"]
    qtbot.mouseClick(strip.buttons[0], Qt.MouseButton.LeftButton)
    look = strip.findChild(DocumentLook)
    qtbot.waitUntil(lambda: not look.viewer.picture.image.isNull())
    qtbot.mouseClick(look.go_button, Qt.MouseButton.LeftButton)
    assert went == [Place("case", emma, f"journal:documents:{one.id.hex()}")]
    strip.show_links(emma, [entries.link_to("entry", b"x" * 16)])
    wait_idle()
    assert strip.buttons == []
    clean(desk)


def test_a_place_leads_to_the_document(qtbot, part, desk, wait, wait_idle, read, emma):
    part.attach([put(desk, f"foto {n}.jpg", photograph(n * 40)) for n in (1, 2, 3)])
    wait(part)
    last = read(lambda r: documents.documents_of(r, emma))[2]
    part.want(last.id.hex())
    wait_idle()
    assert part.current().id == last.id


def test_a_card_that_was_begun_is_gone_on_with_from_i_dag(qtbot, part, attached, wait_idle, read, emma):
    from caseworker_app.services.today import DraftRow
    from ui.widgets.today.side_cards import place_of

    made = attached("foto.jpg", photograph())
    part.edit()
    wait_idle()
    dialog = next(one for one in part.findChildren(DocumentDialog) if one.isVisible())
    qtbot.keyClicks(dialog.form.rows["note"].editor.control, "Tegnet på")
    dialog.close()
    wait_idle()
    (draft,) = read(lambda r: r.drafts())
    place = place_of(DraftRow(draft, read(lambda r: r.get(Case, emma))))
    assert place == Place("case", emma, f"journal:documents:card:{made.id.hex()}")
    part.want(place.part.removeprefix("journal:documents:"))
    wait_idle()
    dialog = next(one for one in part.findChildren(DocumentDialog) if one.isVisible())
    assert dialog.form.value("note") == "Tegnet på"


def test_the_words_follow_the_language_and_the_chosen_row_stays(part, attached):
    attached("foto.jpg", photograph())
    i18n.set_language("en")
    assert part.table.rows.headerData(0, Qt.Orientation.Horizontal) == "Title"
    assert part.attach_button.text() == "Attach files … (Ins)"
    assert part.current() is not None


def test_every_control_has_a_name(part, attached):
    attached("foto.jpg", photograph())
    for button in part.findChildren(QPushButton):
        assert button.text() or button.accessibleName(), button
    for widget in (part.table, part.viewer.picture, part.viewer.text, *part.viewer.tools):
        assert widget.accessibleName()


def test_another_case_shows_nothing_of_the_first(part, attached, write, read, wait_idle):
    attached("brev.pdf", letter())
    other = write(lambda w: cases.register(w, {"child_name": "Noah Prøve", "born": dt.date(2018, 1, 1)}))
    part.show_case(read(lambda r: r.get(Case, other)))
    wait_idle()
    assert rows(part) == []
    assert part.viewer.document is None
    assert part.viewer.pdf.drawn == ()


def test_names_sort_as_a_telephone_counts():
    names = ["IMG_10.jpg", "img_9.jpg", "IMG_1.jpg", "brev.pdf"]
    assert sorted(names, key=sources.in_order) == ["brev.pdf", "IMG_1.jpg", "img_9.jpg", "IMG_10.jpg"]


def test_a_drive_that_is_taken_out_is_said(part, desk, wait):
    folder = desk / "usb"
    folder.mkdir()
    path = put(folder, "a.pdf", letter())
    shutil.rmtree(folder)
    part.attach([path])
    wait(part)
    assert "kunne ikke læses" in part.complaint.sentence.text()
