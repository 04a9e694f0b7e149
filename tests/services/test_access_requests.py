"""Aktindsigt: everything of the case is there, nothing is given undecided, and what is left out is nowhere in the file."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator

import pikepdf
import pypdf
import pytest

from caseworker_app.documents.intake import Intake, take_in
from caseworker_app.documents.papers import make
from caseworker_app.domain.access_request import (
    AccessRequest,
    Asker,
    Choice,
    Ground,
    Removal,
    Taker,
    pages_of,
)
from caseworker_app.domain.case import Address, Case
from caseworker_app.domain.document import Document
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import EntryKind
from caseworker_app.domain.person import Person, Role
from caseworker_app.domain.things import TYPES
from caseworker_app.services import (
    access_items,
    access_request_papers,
    access_requests,
    chronology_papers,
    documents,
    entries,
)
from caseworker_app.services.access_requests import Lack
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Access
from db.store import SqlStore
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)
SECRETS = (
    "Skovfogedvej 17",
    "Hemmelige Henny",
    "naboen ringede",
    "610199-1239",
    "22 33 44 55",
    "Bilagets hemmelighed",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    """One store for all: each test has a case of its own."""
    opened = founded(tmp_path_factory.mktemp("store"))
    yield opened
    opened.close()


def card(store: SqlStore, case: Id, name: str, role: Role, **values: object) -> Id:
    def add(writer):  # type: ignore[no-untyped-def]
        found = writer.get(Case, case)
        writer.act("Add a person")
        made = writer.new_id()
        writer.create(Person(id=made, stream=found.stream, name=name, role=role, **values))
        return made

    return store.write(add).result


def entry(store: SqlStore, case: Id, heading: str, text: str, day: dt.date = TODAY) -> Id:
    values = {"kind": EntryKind.FREE, "heading": heading, "text": text, "held_on": day}
    draft = store.write(lambda w: entries.begin(w, case, values)).result
    return store.write(lambda w: entries.sign(w, draft)).result[0]


def attached(store: SqlStore, case: Id, data: bytes, name: str, title: str) -> Id:
    taken = take_in(Intake(name, data))
    return store.write(lambda w: documents.attach(w, case, taken, {"title": title, "dated": TODAY})).result


@pytest.fixture
def felix(store: SqlStore) -> Id:
    """A case with a card of each kind, entries, a PDF, and what nobody but the file may know."""
    case = register(store, "Felix Krogh")
    card(store, case, "Mona Krogh", Role.MOTHER)
    card(
        store, case, "Hemmelige Henny", Role.FATHER, address_protected=True, phone="22 33 44 55",
        address=Address("Skovfogedvej 17", "7400", "Herning"), person_number="6101991239",
    )  # fmt: skip
    entry(store, case, "Telefonsamtale", "Mor siger, at naboen ringede i går.\n\nFar bor på skovfogedvej 17.")
    entry(store, case, "Om far", "Hans nummer er 610199-1239.", TODAY - dt.timedelta(days=40))
    return case


def ask(store: SqlStore, case: Id, **values: object) -> Id:
    given = {"asker": Asker.PARENT, "name": "Mona Krogh", **values}
    return store.write(lambda w: access_requests.begin(w, case, given)).result


def view(store: SqlStore, request: Id) -> access_requests.RequestView:
    return store.read(lambda r: access_requests.view(r, request))


def key(store: SqlStore, request: Id, words: str) -> str:
    return next(row.item.key for row in view(store, request).rows if words in row.item.title)


def settle(store: SqlStore, request: Id) -> None:
    """Decide on all that is to be decided: files are given, cards of others are left out."""
    for row in view(store, request).rows:
        if row.lack is Lack.UNDECIDED:
            what = (Choice.INCLUDE, None) if row.item.file is not None else (Choice.LEAVE_OUT, Ground.OTHERS)
            store.write(lambda w, row=row, what=what: access_requests.decide(w, request, row.item.key, *what))


def everything_in(data: bytes) -> str:
    """Every text a file holds: what is drawn, metadata, bookmarks, attachments, alternative texts, and each stream."""
    found = ["\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not list(pdf.attachments)
        with pdf.open_outline() as outline:
            assert not outline.root
        for thing in pdf.objects:
            found.append(repr(thing))
            if isinstance(thing, pikepdf.Stream):
                found.append(thing.read_bytes().decode("latin-1"))
            if isinstance(thing, pikepdf.Dictionary):
                found += [str(value) for value in thing.values() if isinstance(value, pikepdf.String)]
    found.append(data.decode("latin-1"))
    return "\n".join(found)


def test_what_is_left_out_is_nowhere_in_the_file(store, felix):
    request = ask(store, felix, wish="Alt om sagen. Far bor Skovfogedvej 17.")
    store.write(
        lambda w: access_requests.take_out(
            w, request, key(store, request, "Telefon"), "NABOEN\u2029", Ground.SOURCE
        )
    )
    store.write(
        lambda w: access_requests.take_out(
            w, request, key(store, request, "Telefon"), "at naboen ringede i går", Ground.SOURCE
        )
    )
    settle(store, request)
    job = store.read(lambda r: access_request_papers.job(r, request))
    made = make(job)
    whole = everything_in(made.data)
    for secret in SECRETS:
        for form in (secret, secret.lower(), secret.upper(), secret.encode("utf-16-be").decode("latin-1")):
            assert form not in whole, secret
    assert "6101991239" not in whole.replace("-", "")
    drawn = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.data)).pages)
    assert "[udeladt, grund 4]" in drawn and "Mor siger" in drawn
    assert repr(job).count("Hemmelige") == 0


def test_the_list_of_contents_names_the_page_each_thing_stands_on(store, felix):
    for number in range(25):
        entry(
            store,
            felix,
            f"Notat nummer {number}",
            "Der skete noget. " * 60,
            TODAY - dt.timedelta(days=number),
        )
    request = ask(store, felix)
    settle(store, request)
    job = store.read(lambda r: access_request_papers.job(r, request))
    made = make(job)
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(made.data)).pages]
    contents = " ".join(pages[:2])
    for one in job.facts.given:
        said = rf"(?:^| ){one.number} {re.escape(one.kind)}: {re.escape(one.title)} (?:Uden dato|\S+) (\d+) "
        found = re.search(said, contents)
        assert found is not None, one.title
        assert f"{one.number}. {one.kind}: {one.title}" in pages[int(found[1]) - 1]
    assert "Side 1 af" in pages[0] and len(pages) == made.pages
    assert re.search(r"Hvad der er udeladt, og hvorfor (\d+)", contents)[1] == str(made.pages)


def hidden_pdf() -> bytes:
    """Two pages: on the first a text under a black bar, a comment, an attached file and a named author."""
    from reportlab.pdfgen import canvas

    kept = io.BytesIO()
    drawn = canvas.Canvas(kept, pageCompression=0)
    drawn.setAuthor("Bilagets hemmelighed")
    drawn.drawString(72, 700, "Synlig tekst")
    drawn.drawString(72, 600, "Bilagets hemmelighed")
    drawn.rect(60, 590, 300, 30, fill=1)
    drawn.showPage()
    drawn.drawString(72, 700, "Side to")
    drawn.save()
    with pikepdf.open(kept) as pdf:
        pdf.attachments["note.txt"] = b"Bilagets hemmelighed"
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Bilagets hemmelighed", 0))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_an_attached_pdf_comes_as_it_is_seen_and_with_nothing_that_is_hidden_in_it(store, felix):
    attached(store, felix, hidden_pdf(), "skole.pdf", "Fra skolen")
    request = ask(store, felix)
    document = key(store, request, "Fra skolen")
    settle(store, request)
    made = make(store.read(lambda r: access_request_papers.job(r, request)))
    assert "Bilagets hemmelighed" not in everything_in(made.data)
    with_images = [
        page
        for page in pypdf.PdfReader(io.BytesIO(made.data)).pages
        if "billede 1 af 2" in page.extract_text()
    ]
    assert len(with_images) == 1
    store.write(
        lambda w: access_requests.decide(w, request, document, Choice.PARTS, Ground.OTHERS, pages="1")
    )
    facts = store.read(lambda r: access_request_papers.job(r, request)).facts
    assert any(one.extent == "side 1" for one in facts.log)
    assert [one.file.without for one in facts.given if one.file] == [frozenset({1})]
    store.write(
        lambda w: access_requests.take_out(w, request, document, "Bilagets hemmelighed", Ground.OTHERS)
    )
    made = make(store.read(lambda r: access_request_papers.job(r, request)))
    drawn = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.data)).pages)
    assert "som tekst og ikke som billede" in drawn and "Synlig tekst" in drawn and "hemmelighed" not in drawn


def test_a_file_without_pages_is_never_silently_left_out(store, felix):
    attached(store, felix, b"PK\x03\x04" + b"x" * 200, "plan.docx", "Skolens plan")
    request = ask(store, felix)
    document = key(store, request, "Skolens plan")
    settle(store, request)
    row = next(one for one in view(store, request).rows if one.item.key == document)
    assert row.lack is Lack.NO_PAGES
    with pytest.raises(UserError):
        store.read(lambda r: access_request_papers.job(r, request))
    store.write(lambda w: access_requests.decide(w, request, document, Choice.APART))
    facts = store.read(lambda r: access_request_papers.job(r, request)).facts
    assert any(
        "gives for sig" in part.text for one in facts.given for part in one.parts if hasattr(part, "text")
    )


def test_a_page_with_a_protected_address_or_a_passage_taken_out_of_everything_is_not_given_as_a_picture(
    store, felix
):
    pdf = make(store.read(lambda r: chronology_papers.job(r, felix))).data
    attached(store, felix, pdf, "kronologi.pdf", "Kopi fra skolen")
    request = ask(store, felix)
    settle(store, request)
    assert not view(store, request).lacking
    entry_key = key(store, request, "Telefon")
    store.write(
        lambda w: access_requests.take_out(
            w, request, entry_key, "Telefonsamtale", Ground.OTHERS, everywhere=True
        )
    )
    row = next(one for one in view(store, request).rows if one.item.title == "Kopi fra skolen")
    assert row.lack is Lack.SECRET_ON_PAGE


def test_every_kind_of_thing_is_shown_somewhere_or_is_known_never_to_be_given():
    names = {declared.name for declared in TYPES}
    assert names >= access_items.PARTS.keys() | access_items.GATHERED.keys() | access_items.NEVER
    for name, fields in access_items.PARTS.items():
        declared = next(one for one in TYPES if one.name == name)
        assert set(fields) <= declared.specs.keys()


def test_nothing_is_given_before_the_worker_has_decided_on_what_is_to_be_read(store, felix):
    request = ask(store, felix)
    assert view(store, request).lacking == 1  # the father's card; the mother's is not that of who asks
    with pytest.raises(UserError, match="still to be decided"):
        store.read(lambda r: access_request_papers.job(r, request))
    hints = {row.item.title: row.hint.must for row in view(store, request).rows}
    assert not hints["Mona Krogh"] and hints["Hemmelige Henny"]  # her own card was known by her name


def test_a_thing_that_says_something_else_is_looked_at_again(store, felix):
    request = ask(store, felix)
    settle(store, request)
    person = next(row.item for row in view(store, request).rows if row.item.title == "Hemmelige Henny")
    store.write(lambda w: access_requests.decide(w, request, person.key, Choice.INCLUDE))

    def rename(writer):  # type: ignore[no-untyped-def]
        writer.act("Change a person")
        writer.set(Person, person.thing.id, "note", "Ny viden", parents=None)

    store.write(rename)
    lacks = {row.item.key: row.lack for row in view(store, request).rows}
    assert lacks[person.key] is Lack.CHANGED


def test_what_was_given_is_kept_and_noted_and_cannot_be_changed(store, felix):
    request = ask(store, felix)
    settle(store, request)
    job = store.read(lambda r: access_request_papers.job(r, request))
    made = make(job)
    document = store.write(lambda w: access_request_papers.give(w, job, made)).result
    given = store.read(lambda r: r.get(AccessRequest, request))
    assert (given.given_on, given.paper, given.pages) == (TODAY, document, made.pages)
    kept = store.read(lambda r: r.get(Document, document))
    assert (
        store.read(lambda r: r.blob(bytes.fromhex(kept.digest))) == made.data and given.sha256 == kept.digest
    )
    rows = store.read(lambda r: r.access_log(limit=20))
    assert any(
        row.action is Access.EXPORT and row.entity == request and row.detail == "Mona Krogh" for row in rows
    )
    some = view(store, request).rows[0].item.key
    for act in (
        lambda w: access_requests.decide(w, request, some, Choice.INCLUDE),
        lambda w: access_requests.withdraw(w, request),
        lambda w: access_requests.edit(w, request, {"name": Edit("Anden", None, None)}),
    ):
        with pytest.raises(InvalidInput, match="answered"):
            store.write(act)
    with pytest.raises(UserError, match="changed since"):
        store.write(lambda w: access_request_papers.give(w, job, made))


def test_bad_requests_and_decisions_are_refused_in_words(store, felix):
    for values, field in (
        ({"name": " "}, "name"),
        ({"asker": Asker.REPRESENTATIVE}, "authority_on"),
        ({"received_on": TODAY + dt.timedelta(days=1)}, "received_on"),
        ({"since": TODAY, "until": TODAY - dt.timedelta(days=1)}, "until"),
        ({"name": "x" * 201}, "name"),
        ({"given_on": TODAY}, "given_on"),
    ):
        with pytest.raises(InvalidInput) as refused:
            ask(store, felix, **values)
        assert refused.value.field == field
    attached(store, felix, hidden_pdf(), "skole.pdf", "Fra skolen")
    request = ask(store, felix)
    document, note = key(store, request, "Fra skolen"), key(store, request, "Telefon")
    for arguments, field in (
        ((note, Choice.LEAVE_OUT), "ground"),
        ((note, Choice.LEAVE_OUT, Ground.OTHER), "note"),
        ((note, Choice.APART), "choice"),
        ((note, Choice.PARTS, Ground.OTHERS, "", "1"), "pages"),
        ((document, Choice.PARTS, Ground.OTHERS, "", "3"), "pages"),
        ((document, Choice.PARTS, Ground.OTHERS, "", "1-2"), "pages"),
        ((document, Choice.PARTS, Ground.OTHERS, "", "to"), "pages"),
    ):
        with pytest.raises(InvalidInput) as refused:
            store.write(lambda w, arguments=arguments: access_requests.decide(w, request, *arguments))
        assert refused.value.field == field
    for words in ("", "x", "står der ikke", " \n "):
        with pytest.raises(InvalidInput):
            store.write(
                lambda w, words=words: access_requests.take_out(w, request, note, words, Ground.OTHERS)
            )


def test_a_period_leaves_out_what_lies_outside_it_and_keeps_what_has_no_day(store, felix):
    request = ask(store, felix, since=TODAY - dt.timedelta(days=7))
    titles = [row.item.title for row in view(store, request).rows]
    assert "Telefonsamtale" in titles and "Om far" not in titles and "Hemmelige Henny" in titles


def test_words_are_found_whatever_their_case_and_breaks_and_marks_never_tell_their_length():
    taker = Taker(
        [Removal("Mor drikker", Ground.OTHERS), Removal("drikker hver", Ground.HEALTH)], (), tuple(Ground)
    )
    assert taker.clean("MOR\n drikker hver dag.") == "[udeladt, grund 1] dag."
    assert Taker([], {"0101261234"}, tuple(Ground)).clean("010126-1234 og 020226 - 1234") == (
        "010126-1234 og [udeladt, grund 7]"
    )
    assert pages_of("2, 5-7", 9) == {2, 5, 6, 7}
