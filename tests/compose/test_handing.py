"""Handover packs: a case goes whole from one store to another, nothing is overwritten, every bad file is refused."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.compose.handing import Handing, code_of, read_code
from caseworker_app.documents.intake import Intake, take_in
from caseworker_app.documents.papers import make
from caseworker_app.domain.case import Case
from caseworker_app.domain.document import Document
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.handover import NotRead, PackedRow
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry, EntryKind
from caseworker_app.domain.papers import Made, PaperJob
from caseworker_app.services import cases, documents, entries, office
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Access
from caseworker_app.sync import handover as wire
from caseworker_app.vault import pack as container
from caseworker_app.vault.locks import Argon2Parameters
from db import handover
from db.store import SqlStore
from db.verify import contents, faults
from tests.helpers.stores import founded, new_store, register

WORDS = "fire trætte gulerødder danser tango"
TINY = Argon2Parameters(1, 64, 1)
TODAY = dt.date(2026, 11, 21)


class Here:
    """Papers made in this process."""

    def make(self, job: PaperJob) -> Made:
        return make(job)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow hash takes less memory: what it is set to is tested by itself."""
    monkeypatch.setattr(container, "SMALL_MACHINE", TINY)
    monkeypatch.setattr(container.seal_with, "__defaults__", (TINY,))


@pytest.fixture
def giver(tmp_path: Path) -> Iterator[SqlStore]:
    (tmp_path / "giver").mkdir()
    opened = founded(tmp_path / "giver")
    yield opened
    opened.close()


@pytest.fixture
def taker(tmp_path: Path) -> Iterator[SqlStore]:
    (tmp_path / "taker").mkdir()
    opened = new_store(tmp_path / "taker")
    opened.write(lambda w: office.found(w, {"name": "Mia Modtager"}, {"municipality": "Prøve Kommune"}))
    yield opened
    opened.close()


def desk(store: SqlStore) -> Handing:
    return Handing(store, ShippedBooks(), Here())


def written(store: SqlStore) -> Id:
    """A case with entries, an attached file and a draft of its worker."""
    case = register(store, "Felix Prøve", born=dt.date(2015, 3, 2))
    draft = store.write(
        lambda w: entries.begin(
            w, case, {"kind": EntryKind.FREE, "heading": "Første", "text": "Hemmelig tekst", "held_on": TODAY}
        )
    ).result
    store.write(lambda w: entries.sign(w, draft))
    store.write(
        lambda w: entries.begin(w, case, {"kind": EntryKind.FREE, "heading": "Kladde", "text": "Usigneret"})
    )
    taken = take_in(Intake("brev.txt", b"Brevets ord"))
    store.write(lambda w: documents.attach(w, case, taken, {"title": "Brev"}))
    return case


def saved(folder: Path, data: bytes, name: str = "sag.taetpaa") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def test_a_case_goes_whole_by_a_passphrase_and_the_other_side_is_told_what_came(giver, taker, tmp_path):
    case = written(giver)
    given = desk(giver).make([case], WORDS)
    file = saved(tmp_path, given.data)
    assert desk(taker).needs_passphrase(file)
    said = desk(taker).look(file, WORDS)
    assert said.children == ("Felix Prøve",) and said.giver == "Karen Prøve" and said.drafts == 1
    assert (
        said.unsent
        == giver.connection.execute(
            "SELECT count(*) FROM operations WHERE stream_id IN (SELECT stream FROM p_case)"
        ).fetchone()[0]
    )
    assert taker.read(lambda r: r.get(Case, case)) is None  # looking takes nothing in
    report = desk(taker).take_in(file, WORDS)
    assert (report.came, report.known, report.files, report.new_cases, report.not_read) == (
        said.unsent,
        0,
        1,
        1,
        (),
    )
    assert report.cases == (case,)
    stream = taker.read(lambda r: r.get(Case, case)).stream
    assert [one.text for one in taker.read(lambda r: r.find(Entry, stream=stream))] == ["Hemmelig tekst"]
    (document,) = taker.read(lambda r: r.find(Document, stream=stream))
    assert taker.read(lambda r: r.blob(bytes.fromhex(document.digest))) == b"Brevets ord"
    assert faults(taker) == []
    taker.write(lambda w: cases.edit(w, case, {"school": Edit("Skovskolen", None, None)}))
    assert taker.read(lambda r: r.get(Case, case)).school == "Skovskolen" and faults(taker) == []
    row = taker.read(lambda r: r.access_log(limit=5))
    assert any(one.detail == "handover" for one in row)
    again = desk(taker).take_in(file, WORDS)
    assert (again.came, again.known, again.files_known, again.new_cases) == (0, said.unsent, 1, 0)
    assert taker.read(lambda r: r.get(Case, case)).school == "Skovskolen"


def test_a_pack_goes_back_and_what_both_have_written_is_merged(giver, taker, tmp_path):
    case = written(giver)
    desk(taker).take_in(saved(tmp_path, desk(giver).make([case], WORDS).data), WORDS)
    taker.write(lambda w: cases.edit(w, case, {"school": Edit("Skovskolen", None, None)}))
    giver.write(lambda w: cases.edit(w, case, {"phone": Edit("12 34 56 78", None, None)}))
    back = desk(giver).take_in(saved(tmp_path, desk(taker).make([case], WORDS).data, "b.taetpaa"), WORDS)
    assert back.came >= 1 and back.new_cases == 0
    found = giver.read(lambda r: r.get(Case, case))
    assert (found.school, found.phone) == ("Skovskolen", "12 34 56 78") and faults(giver) == []


def test_a_pack_for_a_computer_opens_on_no_other(giver, taker, tmp_path):
    case = written(giver)
    to = desk(giver).receiver_of(desk(taker).code().lower().replace("-", " "))
    file = saved(tmp_path, desk(giver).make([case], to).data)
    assert not desk(taker).needs_passphrase(file)
    with pytest.raises(UserError, match="not made for this computer"):
        desk(giver).look(file)
    assert desk(taker).take_in(file).came > 0


def test_a_mistyped_code_is_refused(taker):
    code = desk(taker).code()
    shared = taker.shared
    assert read_code(code) == (shared.device.device_id, shared.sealer.exchange_key)
    assert code == code_of(*read_code(code))
    for wrong in ("", "x", code[:-1], code.replace(code[0], "A" if code[0] != "A" else "B", 1), "æøå-12345"):
        with pytest.raises(UserError, match="code of the computer"):
            read_code(wrong)


def test_bad_files_are_refused_in_words_and_nothing_is_taken_in(giver, taker, tmp_path):
    case = written(giver)
    good = desk(giver).make([case], WORDS).data
    before = contents(taker.connection)
    head = int.from_bytes(good[10:14], "big")
    bad = {
        "no handover pack": [b"", b"PK\x03\x04" + os.urandom(200), b"TAETPAA"],
        "newer version": [good[:8] + b"\x00\x09" + good[10:]],
        "not whole": [good[:12], good[: 14 + head - 3], good[: 14 + head], good[:-1], good[:-40]],
        "damaged": [
            good[:10] + (2**32 - 1).to_bytes(4, "big") + good[14:],
            good[:14] + b"x" * head + good[14 + head :],
            good.replace(b"[1,64,1]", b"[9,64,1]"),
        ],
    }
    for words, files in bad.items():
        for data in files:
            with pytest.raises(UserError, match=words):
                desk(taker).take_in(saved(tmp_path, data), WORDS)
    for place in (20, 14 + head + 30, len(good) - 20):
        flipped = bytearray(good)
        flipped[place] ^= 1
        with pytest.raises(UserError):
            desk(taker).take_in(saved(tmp_path, bytes(flipped)), WORDS)
    with pytest.raises(UserError, match="not that of the handover pack"):
        desk(taker).take_in(saved(tmp_path, good), "fire trætte gulerødder danser vals")
    with pytest.raises(UserError, match="cannot be read"):
        desk(taker).take_in(tmp_path / "væk.taetpaa", WORDS)
    with pytest.raises(UserError, match="too easy"):
        desk(giver).make([case], "hemmelig")
    assert contents(taker.connection) == before


def repacked(giver: SqlStore, case: Id, change, signer: SqlStore | None = None) -> bytes:  # type: ignore[no-untyped-def]
    """A pack whose contents were changed before they were signed: by somebody who may make packs."""
    pack, _job = desk(giver)._packed([case], "")
    return container.seal_with(WORDS, wire.encode(change(pack), (signer or giver).shared.sealer))


def with_rows(pack, rows):  # type: ignore[no-untyped-def]
    return replace(pack, streams=(replace(pack.streams[0], rows=tuple(rows)),))


def resigned(row: PackedRow) -> PackedRow:
    return replace(row, signature=bytes(64))


def test_packs_made_with_ill_will_come_to_nothing(giver, taker, tmp_path):
    case = written(giver)
    empty = contents(taker.connection)

    refused = {
        "another municipality": lambda p: replace(
            p, contents=replace(p.contents, municipality="Anden Kommune")
        ),
        "no beginning": lambda p: with_rows(p, p.streams[0].rows[1:]),
        "an own stream": lambda p: replace(p, streams=(replace(p.streams[0], kind="own"),)),
        "a short id": lambda p: replace(p, streams=(replace(p.streams[0], stream=b"../../etc/passwd"[:15]),)),
        "nobody gives": lambda p: replace(p, signers=()),
    }
    for change in refused.values():
        with pytest.raises(UserError):
            desk(taker).take_in(saved(tmp_path, repacked(giver, case, change)), WORDS)
    with pytest.raises(UserError, match="signature of the pack"):
        desk(taker).take_in(saved(tmp_path, repacked(giver, case, lambda p: p, taker)), WORDS)
    assert contents(taker.connection) == empty


@pytest.mark.slow
def test_what_cannot_be_read_is_counted_with_its_reason_and_the_rest_is_taken_in(giver, tmp_path):
    case, other = written(giver), register(giver, "Anden Prøve")
    strange = desk(giver)._packed([other], "")[0].streams[0]
    first = giver.read(lambda r: r.get(Case, case)).stream
    counted = {
        NotRead.SIGNATURE: lambda p: with_rows(p, (*p.streams[0].rows[:-1], resigned(p.streams[0].rows[-1]))),
        NotRead.FOREIGN: lambda p: with_rows(p, (*p.streams[0].rows, *strange.rows)),
        NotRead.NO_KEY: lambda p: replace(p, streams=(replace(p.streams[0], keys=()),)),
        NotRead.UNKNOWN_DEVICE: lambda p: with_rows(
            p, (*p.streams[0].rows[:-1], replace(p.streams[0].rows[-1], device=bytes(16)))
        ),
        NotRead.FILE: lambda p: replace(p, streams=(replace(p.streams[0], files=((bytes(32), b"andet"),)),)),
        NotRead.UNREADABLE: lambda p: with_rows(
            p, (*p.streams[0].rows, replace(p.streams[0].rows[-1], header=b"\x93"))
        ),
    }
    for number, (reason, change) in enumerate(counted.items()):
        folder = tmp_path / f"other{number}"
        folder.mkdir()
        fresh = new_store(folder)
        report = desk(fresh).take_in(saved(tmp_path, repacked(giver, case, change)), WORDS)
        assert reason in dict(report.not_read), reason
        assert [one for one in faults(fresh) if "unknown" not in one] == [], reason
        assert (
            fresh.connection.execute("SELECT count(*) FROM p_case WHERE stream = ?", (first,)).fetchone()[0]
            <= 1
        )
        fresh.close()


def test_what_is_here_with_other_contents_stops_everything(giver, taker, tmp_path):
    case = written(giver)
    desk(taker).take_in(saved(tmp_path, desk(giver).make([case], WORDS).data), WORDS)
    before = contents(taker.connection)

    def altered(pack):  # type: ignore[no-untyped-def]
        rows = list(pack.streams[0].rows)
        rows[-1] = replace(rows[-1], payload=rows[-1].payload[:-1] + b"\x00")
        return replace(pack, streams=(replace(pack.streams[0], rows=tuple(rows)),))

    with pytest.raises(UserError, match="other contents"):
        desk(taker).take_in(saved(tmp_path, repacked(giver, case, altered)), WORDS)
    assert contents(taker.connection) == before


def test_a_write_that_fails_halfway_leaves_nothing(giver, taker, tmp_path, monkeypatch):
    case = written(giver)
    file = saved(tmp_path, desk(giver).make([case], WORDS).data)
    before = contents(taker.connection)

    def fails(*_args: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(handover._Arriving, "_take_files", fails)
    with pytest.raises(OSError, match="full"):
        desk(taker).take_in(file, WORDS)
    monkeypatch.undo()
    assert contents(taker.connection) == before and not taker.shared.keys.keys() & {(case, case)}
    assert faults(taker) == []


def test_the_paper_beside_it_says_what_runs_and_what_is_not_sent(giver, taker, tmp_path):
    case = written(giver)
    given = desk(giver).make([case], WORDS)
    file = saved(tmp_path, given.data)
    paper = desk(taker).paper_of(file, WORDS)
    kept = saved(tmp_path, paper, "paper.pdf")
    words = "\n".join(page.extract_text() for page in pypdf.PdfReader(kept).pages)
    for said in (
        "Overlevering af Felix Prøve",
        "Løbende frister",
        "kun på denne computer",
        "1 kladde",
        "Kronologi",
        "Første",
    ):
        assert said in words, said
    assert given.paper.file_name == "handover.pdf"


def test_giving_is_noted_in_the_case_and_in_the_access_log(giver):
    case = written(giver)
    desk(giver).note_given([case], "Mia Modtager")
    log = giver.read(lambda r: r.access_log(limit=3))
    assert any(
        one.action is Access.EXPORT and one.entity == case and one.detail == "Mia Modtager" for one in log
    )


def test_nothing_of_a_case_can_be_read_in_the_file(giver):
    data = desk(giver).make([written(giver)], WORDS).data
    for marker in ("Felix", "Hemmelig tekst", "Brevets ord", "Karen", "Prøve Kommune"):
        for form in (marker.encode(), marker.encode("utf-16-le")):
            assert form not in data


@pytest.mark.slow
def test_a_case_is_given_and_taken_in_from_the_command_line(tmp_path, capsys, monkeypatch):
    from caseworker_app.__main__ import main
    from caseworker_app.compose import demo_store

    demo = tmp_path / "demo"
    demo_store.make(demo, today=TODAY)
    store = demo_store.open_demo(demo)
    case = store.read(lambda r: r.find(Case))[0].id
    store.close()
    monkeypatch.setattr("getpass.getpass", lambda _words: WORDS)
    file, paper = tmp_path / "ud.taetpaa", tmp_path / "ud.pdf"
    given = [
        "handover",
        "export",
        str(file),
        "--store",
        str(demo),
        "--case",
        case.hex(),
        "--paper",
        str(paper),
    ]
    assert main(given) == 0 and file.exists() and paper.read_bytes().startswith(b"%PDF")
    assert file.stat().st_mode & 0o077 == 0
    assert main(given) == 2  # nothing is written over
    assert main(["handover", "show", str(file), "--store", str(demo)]) == 0
    assert main(["handover", "import", str(file), "--store", str(demo)]) == 0
    assert "kom: 0 handlinger" in capsys.readouterr().out
    assert main(["handover", "code", "--store", str(demo)]) == 0
    assert read_code(capsys.readouterr().out.strip())
    for bad in (
        ["export", str(tmp_path / "x.zip"), "--case", "00"],
        ["export", str(tmp_path / "x.taetpaa"), "--case", "xx"],
    ):
        assert main(["handover", *bad, "--store", str(demo)]) == 2
