"""Documents: what a file is by its bytes, pictures without place or camera, nothing in clear outside the store."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from struct import pack

import pypdf
import pytest
from PIL import Image

from caseworker_app.documents.intake import LONGEST_SIDE, Intake, take_in
from caseworker_app.documents.papers import make
from caseworker_app.domain.document import MOST_BYTES, Document, FileKind
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.searching import Question
from caseworker_app.services import chronology_papers, documents, history, searching
from caseworker_app.services.forms import Form
from caseworker_app.services.ports import Access
from caseworker_app.worker.process import WorkerProcess
from db.store import SqlStore
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def felix(store: SqlStore) -> Id:
    return register(store, "Felix Krogh")


def photograph(width: int = 60, height: int = 40, *, kind: str = "JPEG", **how: object) -> bytes:
    made = io.BytesIO()
    picture = Image.new("RGB", (width, height), "navy")
    picture.putpixel((0, 0), (255, 255, 255))
    picture.save(made, kind, **how)
    return made.getvalue()


def with_place() -> bytes:
    """A picture lying on its side that says where, when and by which camera it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x0110], exif[0x0132] = 6, "Kamera Test", "2026:11:20 10:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    return photograph(60, 40, exif=exif)


@pytest.fixture
def pdf(store: SqlStore, felix: Id) -> bytes:
    return make(store.read(lambda r: chronology_papers.job(r, felix))).data


# --- What a file is --------------------------------------------------------------------------------------------


def test_a_pdf_is_kept_as_it_is_with_its_words_for_the_search(pdf):
    taken = take_in(Intake("skolen.pdf", pdf))
    assert (taken.kind, taken.suffix, taken.data, taken.pages) == (FileKind.PDF, ".pdf", pdf, 1)
    assert "Kronologi for Felix Krogh" in taken.text


def test_a_picture_stands_upright_and_says_nothing_of_where_it_was_taken():
    taken = take_in(Intake("IMG_0001.jpg", with_place()))
    with Image.open(io.BytesIO(taken.data)) as kept:
        assert kept.size == (40, 60)
        assert not dict(kept.getexif())
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(kept.info)
    assert b"Kamera Test" not in taken.data and b"2026:11:20" not in taken.data


def test_a_large_picture_is_scaled(tmp_path):
    taken = take_in(Intake("stor.jpg", photograph(4000, 3000)))
    with Image.open(io.BytesIO(taken.data)) as kept:
        assert max(kept.size) == LONGEST_SIDE


def test_a_drawing_with_clear_parts_gets_white_paper_under_it():
    made = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(made, "PNG", pnginfo=None)
    taken = take_in(Intake("tegning.png", made.getvalue()))
    with Image.open(io.BytesIO(taken.data)) as kept:
        assert kept.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def huge_png(side: int) -> bytes:
    """A PNG that says it is very large, in a few hundred bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [14_200, 60_000])
def test_a_picture_of_two_hundred_million_pixels_is_refused_before_it_is_opened(side):
    with pytest.raises(UserError) as refused:
        take_in(Intake("kæmpe.png", huge_png(side)))
    assert "pixels" in refused.value.message or "cannot be read" in refused.value.message


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("brev.pdf", b"%PDF-1.7\nnot really", "damaged"),
        ("brev.pdf", b"Hello", "damaged"),
        ("foto.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 200, "damaged"),
        ("foto.png", b"hello", "damaged"),
        ("tom.pdf", b"", "empty"),
        ("program.exe", b"MZ\x90\0", "kind are not kept"),
        ("regneark.xlsx", b"MZ\x90\0", "kind are not kept"),
        ("brev.txt", b"a\0b", "damaged"),
        ("uden-endelse", b"hello", "kind are not kept"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_in_words(name, data, said):
    with pytest.raises(UserError, match=said):
        take_in(Intake(name, data))


def test_a_pdf_with_a_password_says_what_to_do(pdf):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    writer.encrypt("hemmelig", algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(UserError, match="password"):
        take_in(Intake("låst.pdf", made.getvalue()))


def test_a_file_over_the_limit_is_refused_with_its_size():
    with pytest.raises(UserError, match="26 MB"):
        take_in(Intake("stor.txt", b"x" * (MOST_BYTES + 1_000_000)))


def test_letters_of_an_old_text_file_are_read():
    taken = take_in(Intake("notat.txt", "Blåbærgrød".encode("cp1252")))
    assert taken.text == "Blåbærgrød"


def test_the_worker_process_takes_a_file_in_and_survives_a_bad_one():
    worker = WorkerProcess()
    try:
        assert worker.take_in("a.txt", b"hej").kind is FileKind.TEXT
        with pytest.raises(UserError, match="damaged"):
            worker.take_in("a.pdf", b"%PDF-1.4 broken")
        assert worker.take_in("b.jpg", photograph()).kind is FileKind.PICTURE
    finally:
        worker.close()


# --- In the case -----------------------------------------------------------------------------------------------


def attached(store: SqlStore, case: Id, data: bytes, name: str = "a.pdf", **values: object) -> Id:
    taken = take_in(Intake(name, data))
    said = {"title": "Udtalelse fra skolen", **values}
    return store.write(lambda w: documents.attach(w, case, taken, said)).result


def test_a_document_is_read_back_byte_for_byte_and_the_reading_is_noted(store, felix, pdf):
    made = attached(store, felix, pdf, dated=TODAY)
    assert store.write(lambda w: documents.contents(w, made)).result == pdf
    (row,) = [row for row in store.read(lambda r: r.access_log()) if row.entity_type == "document"]
    assert row.action is Access.READ


def test_the_words_in_an_attached_pdf_are_found(store, felix, pdf):
    made = attached(store, felix, pdf)
    hits = store.read(lambda r: searching.search(r, Question('"kronologi for felix"'))).hits
    assert [(hit.kind, hit.entity) for hit in hits] == [("document", made)]


def test_the_same_file_twice_is_refused_and_names_the_first(store, felix, pdf):
    attached(store, felix, pdf)
    with pytest.raises(UserError, match="Udtalelse fra skolen"):
        attached(store, felix, pdf, title="Igen")
    assert len(store.read(lambda r: documents.documents_of(r, felix))) == 1


def test_what_is_said_of_it_is_changed_and_the_file_is_not(store, felix, pdf):
    made = attached(store, felix, pdf)
    form = store.read(lambda r: Form.load(r, Document, made))
    form.write("title", "PPR's udtalelse")
    store.write(lambda w: documents.edit(w, made, form.edits()))
    assert store.read(lambda r: documents.known(r, made)).title == "PPR's udtalelse"
    form.write("digest", "00")
    with pytest.raises(InvalidInput, match="not changed"):
        store.write(lambda w: documents.edit(w, made, form.edits()))


def test_a_removed_document_comes_back_with_its_bytes(store, felix, pdf):
    made = attached(store, felix, pdf)
    store.write(lambda w: documents.remove(w, made))
    assert store.read(lambda r: documents.documents_of(r, felix)) == ()
    store.write(history.undo)
    assert store.write(lambda w: documents.contents(w, made)).result == pdf


def test_a_file_that_has_not_come_yet_says_so(store, felix, pdf):
    made = attached(store, felix, pdf)
    store.connection.execute("UPDATE blobs SET body = NULL")
    with pytest.raises(UserError, match="on its way"):
        store.write(lambda w: documents.contents(w, made))


def test_a_document_needs_a_title_and_a_day_that_has_come(store, felix, pdf):
    with pytest.raises(InvalidInput, match="what the document is"):
        attached(store, felix, pdf, title=" ")
    with pytest.raises(InvalidInput, match="not come yet"):
        attached(store, felix, pdf, dated=TODAY + dt.timedelta(days=1))


def test_the_name_of_a_copy_holds_no_title(store, felix, pdf):
    made = attached(store, felix, pdf, title="Felix Krogh hos lægen", dated=TODAY)
    name = documents.file_name(store.read(lambda r: documents.known(r, made)))
    assert name == "document-2026-11-21.pdf"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Udtalelse_fra skolen.pdf", "Udtalelse fra skolen"),
        ("IMG_20261120_101500.jpg", ""),
        ("C:\\Dokumenter\\brev fra mor.docx", "brev fra mor"),
        ("DSC0001.JPG", ""),
    ],
)
def test_a_first_title_comes_from_the_name_of_the_file(name, title):
    assert documents.title_from(name) == title
