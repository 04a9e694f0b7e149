"""Aktindsigt: everything of the case is there, nothing is given undecided, and what is left out is nowhere in the file."""

from __future__ import annotations

import datetime as dt
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

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
from caseworker_app.services import access_items, access_papers, access_requests, chronology_papers, documents, entries
from caseworker_app.services.access_requests import Lack
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Access
from db.store import SqlStore
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)
SECRETS = ("Skovfogedvej 17", "Hemmelige Henny", "naboen ringede", "610199-1239", "22 33 44 55", "Bilagets hemmelighed")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
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
    job = store.read(lambda r: access_papers.job(r, request))
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
        entry(store, felix, f"Notat nummer {number}", "Der skete noget. " * 60, TODAY - dt.timedelta(days=number))
    request = ask(store, felix)
    settle(store, request)
    job = store.read(lambda r: access_papers.job(r, request))
    made = make(job)
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(made.data)).pages]
    contents = " ".join(pages[:2])
    for one in job.facts.given:
        found = re.search(rf"{one.number} [^|]*?{re.escape(one.title)} .*?(\d+)(?= {one.number + 1} | Hvad)", contents)
        assert found is not None, one
        assert f"{one.number}. " in pages[int(found[1]) - 1] and one.title in pages[int(found[1]) - 1]
    assert "Side 1 af" in pages[0] and len(pages) == made.pages
