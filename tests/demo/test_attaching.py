"""The documents of the demo: whose they are, and that the worker process would have taken them in as they are."""

from __future__ import annotations

from caseworker_app.demo.attaching import drawing, letter
from caseworker_app.documents.intake import Intake, take_in
from caseworker_app.domain.case import Case
from caseworker_app.domain.document import FileKind
from caseworker_app.services import documents


def test_two_children_have_a_letter_and_a_drawing(demo):
    def read(reader):
        found = {}
        for case in reader.find(Case):
            rows = documents.documents_of(reader, case.id)
            if rows:
                found[case.first_name] = [(row.title, row.kind) for row in rows]
        return found

    both = [('Tegning: "Mit hus"', FileKind.PICTURE), ("Udtalelse fra skolen", FileKind.PDF)]
    assert demo.read(read) == {"Felix": both, "Jonas": both}


def test_the_letter_is_a_whole_pdf_with_danish_letters():
    taken = take_in(Intake("brev.pdf", letter(("Fraværet på skolen", "(i år) \\ blåbær"))))
    assert (taken.kind, taken.pages) == (FileKind.PDF, 1)
    assert "Fraværet på skolen" in taken.text and "(i år) \\ blåbær" in taken.text


def test_the_drawing_is_a_picture_that_is_kept():
    taken = take_in(Intake("tegning.png", drawing()))
    assert taken.kind is FileKind.PICTURE
