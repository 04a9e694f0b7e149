"""The journal on paper: what is signed, with its signature and its corrections, and nothing of a brother or sister."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from caseworker_app.documents.papers import make
from caseworker_app.domain.case import SiblingKind
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import EntryKind
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services import cases, entries, journal, journal_papers, papers
from caseworker_app.services.journal_papers import EVERYTHING, Extract
from caseworker_app.services.ports import Access
from db.store import SqlStore
from tests.helpers.stores import case as case_of
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def felix(store: SqlStore) -> Id:
    return register(store, "Felix Krogh", born=dt.date(2014, 5, 2))


def write(store: SqlStore, case: Id, text: str, days_ago: int, **values: object) -> Id:
    given = {
        "kind": EntryKind.TELEPHONE,
        "text": text,
        "held_on": TODAY - dt.timedelta(days=days_ago),
        **values,
    }
    draft = store.write(lambda w: entries.begin(w, case, given)).result
    return store.write(lambda w: entries.sign(w, draft)).result[0]


def correct(store: SqlStore, entry: Id, text: str) -> Id:
    draft = store.write(lambda w: entries.correct(w, entry)).result

    def finish(writer) -> tuple[Id, ...]:
        from caseworker_app.services.forms import Edit

        entries.edit(writer, draft, {"text": Edit(text)})
        writer.flush()
        return entries.sign(writer, draft)

    return store.write(finish).result[0]


def job(store: SqlStore, case: Id, wanted: Extract = EVERYTHING) -> PaperJob:
    return store.read(lambda r: journal_papers.job(r, case, wanted))


def words_of(made: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    return " ".join(" ".join((page.extract_text() or "").split()) for page in pages)


def words_on(store: SqlStore, case: Id, wanted: Extract = EVERYTHING) -> str:
    return words_of(make(job(store, case, wanted)).data)


def test_each_entry_stands_with_its_days_who_took_part_and_who_signed_it_when(store, felix):
    write(
        store, felix, "Far ringede om skolen.", 3,
        participants=("Far", "Lærer Bo"), informant="Far", tags=("skole",),
    )  # fmt: skip
    write(store, felix, "Ældre samtale.", 30)
    words = words_on(store, felix)
    assert "Journaludskrift for Felix Krogh" in words
    assert "Telefonsamtale" in words and "Far ringede om skolen." in words
    assert "Afholdt den 18. november 2026, skrevet den 21. november 2026" in words
    assert "Deltog: Far, Lærer Bo" in words and "Oplyst af: Far" in words and "Emneord: skole" in words
    assert "Underskrevet af Karen Prøve, Prøve Kommune, den 21. november 2026 kl. 12.00" in words
    assert words.index("Ældre samtale.") < words.index("Far ringede om skolen.")
    assert "Alle underskrevne notater er med." in words


def test_what_is_not_signed_is_left_out_and_counted(store, felix):
    write(store, felix, "Underskrevet.", 3)
    store.write(lambda w: entries.begin(w, felix, {"heading": "Kladde", "text": "Kun min kladde"}))

    def from_talk(writer) -> None:
        writer.act("Write a talk")
        journal.write_from(
            writer, case_of(store, felix).stream, heading="Børnesamtale", text="Ikke underskrevet endnu",
            held_on=TODAY, written_on=TODAY, participants=(), source_type="child_talk", source=writer.new_id(),
        )  # fmt: skip

    store.write(from_talk)
    words = words_on(store, felix)
    assert "2 notater er ikke underskrevet og er ikke med." in words
    assert "kladde" not in words and "Ikke underskrevet endnu" not in words
    assert store.read(lambda r: journal_papers.offered(r, felix)).unsigned == 2


def test_a_correction_stands_at_the_entry_it_corrects_and_once(store, felix):
    first = write(store, felix, "Mødet var i marts.", 40)
    write(store, felix, "Midt imellem.", 20)
    again = correct(store, first, "Mødet var i april.")
    correct(store, again, "Det var i maj.")
    words = words_on(store, felix)
    order = [
        "Mødet var i marts.",
        "Rettet den 21. november 2026",
        "Mødet var i april.",
        "Det var i maj.",
        "Midt imellem.",
    ]
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert words.count("Mødet var i april.") == 1


def test_a_correction_comes_along_with_its_entry_and_alone_says_what_it_corrects(store, felix):
    first = write(store, felix, "Mødet var i marts.", 40)
    again = correct(store, first, "Mødet var i april.")
    assert "Mødet var i april." in words_on(store, felix, Extract(frozenset({first})))
    alone = words_on(store, felix, Extract(frozenset({again})))
    assert "Mødet var i marts." not in alone
    assert "Retter notatet af den 12. oktober 2026, som ikke er med her." in alone


def test_some_entries_and_a_time_can_be_chosen_and_the_paper_says_so(store, felix):
    one = write(store, felix, "Første.", 40)
    write(store, felix, "Anden.", 20)
    write(store, felix, "Tredje.", 1)
    chosen = words_on(store, felix, Extract(frozenset({one})))
    assert "Første." in chosen and "Anden." not in chosen and "1 af 3 notater er med." in chosen
    timed = words_on(store, felix, Extract(since=dt.date(2026, 10, 30), until=dt.date(2026, 11, 10)))
    assert "Anden." in timed and "Første." not in timed and "Tredje." not in timed
    assert "Viser tiden fra den 30. oktober 2026 til den 10. november 2026." in timed


def test_a_time_without_signed_entries_is_said_in_words(store, felix):
    write(store, felix, "Første.", 40)
    with pytest.raises(UserError, match="None of the entries chosen is signed"):
        job(store, felix, Extract(until=dt.date(2020, 1, 1)))


def test_a_siblings_copy_holds_the_common_part_and_its_own_and_nothing_of_the_other(store, felix):
    ida = register(store, "Ida Krogh", born=dt.date(2016, 3, 1))
    store.write(lambda w: cases.link_siblings(w, felix, ida, SiblingKind.FULL))
    draft = store.write(
        lambda w: entries.begin(
            w,
            felix,
            {"kind": EntryKind.HOME_VISIT, "text": "Vi spiste sammen.", "siblings": frozenset({ida})},
        )
    ).result
    store.write(lambda w: entries.say_of(w, draft, felix, "Drengen HEMMELIGHEDEN-A fortalte."))
    store.write(lambda w: entries.say_of(w, draft, ida, "Pigen HEMMELIGHEDEN-B tav."))
    store.write(lambda w: entries.sign(w, draft))
    for case, own, other, stranger in (
        (felix, "HEMMELIGHEDEN-A", "HEMMELIGHEDEN-B", "Ida"),
        (ida, "HEMMELIGHEDEN-B", "HEMMELIGHEDEN-A", "Felix"),
    ):
        made = job(store, case)
        assert other not in repr(made) and stranger not in repr(made)
        data = make(made).data
        words = words_of(data)
        assert "Vi spiste sammen." in words and own in words
        assert other not in words and stranger not in words
        pdf = pypdf.PdfReader(io.BytesIO(data))
        held = repr(dict(pdf.metadata or {})) + repr(pdf.xmp_metadata and pdf.xmp_metadata.dc_title)
        everything = held + "".join(repr(pdf.get_object(n)) for n in range(1, len(pdf.xref.get(0, {})) or 1))
        assert other not in everything and stranger not in everything and "Krogh" not in held


def test_its_file_name_holds_no_name_and_a_number_in_the_text_is_warned_of(store, felix):
    write(store, felix, "Almindelig.", 3)
    assert not job(store, felix).facts.number and job(store, felix).file_name == "journal.pdf"
    write(store, felix, "Mor oplyser 610585-4001.", 2)
    assert "må ikke gives videre" in words_on(store, felix)


def test_what_was_handed_to_whom_is_noted(store, felix):
    write(store, felix, "Almindelig.", 3)
    made = job(store, felix, Extract(recipient="  Advokat Lund "))
    assert "Kopi til Advokat Lund" in words_of(make(made).data)
    store.write(lambda w: papers.record_print(w, made, b"pdf", Access.PRINT))
    (noted,) = store.read(lambda r: papers.printed(r, felix))
    assert (noted.document, noted.recipient) == ("journal", "Advokat Lund")


def test_an_entry_of_a_megabyte_goes_on_paper(store, felix):
    write(store, felix, "Ordret. " * 110_000, 3)
    assert make(job(store, felix)).pages > 200
