"""The caseload from a list: read whatever shape it has, every bad row with its reason, whole or not at all."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.documents.sheets import SheetFile, read
from caseworker_app.domain.case import Address, Case
from caseworker_app.domain.case_import import CaseImport
from caseworker_app.domain.caseload_columns import Columns, Meaning, guess
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.person import Person, Role
from caseworker_app.domain.sheets import MOST_ROWS, Line, Sheet, Unread
from caseworker_app.services import caseload_import, cases, history
from caseworker_app.services.caseload_import import Preview, RowState, bring_in, latest, preview, take_back
from caseworker_app.services.forms import Edit
from caseworker_app.worker.process import WorkerProcess
from db.store import SqlStore
from tests.helpers.lists import HEADINGS, as_excel, book, caseload, children, repacked, text
from tests.helpers.stores import again, case, founded, register

ROW = ["Alba Øster", "610114-4001"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


def sheet_of(data: bytes, name: str = "liste.xlsx") -> Sheet:
    return read(SheetFile(name, data)).sheets[0]


def look(store: SqlStore, data: bytes, columns: Columns | None = None) -> Preview:
    sheet = sheet_of(data)
    return store.read(lambda r: preview(r, sheet, columns or guess(sheet)))


def reasons(found: Preview) -> dict[int, str]:
    return {
        row.number: " ".join(map(str, row.read.problems)) for row in found.rows if row.state is RowState.BAD
    }


def fetch(store: SqlStore, found: Preview) -> caseload_import.Brought:
    return store.write(lambda w: bring_in(w, found, found.first_choice)).result


# --- The real list ---------------------------------------------------------------------------------------------


def test_a_list_of_32_children_comes_in_whole_and_seven_stand_above_the_limit(store):
    found = look(store, caseload())
    assert (found.count(RowState.NEW), found.count(RowState.BAD), found.over(32)) == (
        32,
        0,
        7,
    )
    brought = fetch(store, found)
    shown = store.read(cases.caseload)
    assert (len(brought.cases), brought.above, len(shown.active), shown.above) == (32, 7, 32, 7)
    assert sum(row.case.above_limit for row in shown.active) == 7
    last = case(store, brought.cases[-1])
    assert last.above_limit and last.child_name == "Pia Ågård"
    assert not case(store, brought.cases[24]).above_limit


def test_what_the_columns_say_stands_in_the_case_and_on_the_parents_cards(store):
    brought = fetch(store, look(store, caseload()))
    second = case(store, brought.cases[1])
    assert second.person_number == "6202094001" and second.born == dt.date(2009, 2, 2)
    assert second.address == Address("Engvej 1", "7400", "Hedeby")
    assert (second.school, second.record_number, second.step) == ("Engskolen", "S-2026-001", 2)
    assert second.note == "Indsats ifølge listen: Kontaktperson"
    first = case(store, brought.cases[0])
    people = store.read(lambda r: r.find(Person, stream=first.stream))
    assert {(p.name, p.role, p.phone) for p in people} == {
        ("Mor Øster", Role.MOTHER, "20 30 40 10"), ("Far Øster", Role.FATHER, ""),
    }  # fmt: skip


def test_the_rows_over_the_headings_are_counted_and_left(store):
    found = look(store, caseload(3))
    assert found.above == 2 and found.headings[0] == "Barnets navn"
    assert [row.number for row in found.rows] == [5, 6, 7]


def test_looking_writes_nothing(store):
    before = store.read(lambda r: r.acts(limit=5))
    look(store, caseload())
    assert store.read(lambda r: r.acts(limit=5)) == before and store.read(lambda r: r.count(Case)) == 0


# --- Search before create --------------------------------------------------------------------------------------


def test_a_child_who_has_a_case_is_found_by_number_by_name_and_also_when_the_case_is_closed(store):
    emma = register(store, "Emma Prøve", person_number="610114-4001")
    zoe = register(store, "Zoé Møller", born=dt.date(2012, 5, 3))
    store.write(lambda w: cases.close(w, zoe, w.today, "Flyttet"))
    found = look(
        store, book([["Navn", "CPR", "Født"], ["E. Prøve", "6101144001", None], ["zoe møller", None, dt.date(2012, 5, 3)],
                     ["Zoe Møller", None, dt.date(2013, 5, 3)]]))  # fmt: skip
    assert [row.state for row in found.rows] == [RowState.SAME, RowState.SAME, RowState.NEW]
    assert [row.same[0][0] for row in found.rows[:2]] == [emma, zoe]
    assert found.first_choice == frozenset({4})


def test_a_child_who_stands_in_the_list_twice_is_said_to(store):
    found = look(store, book([["Navn", "CPR"], ROW, ["Bo Holm", "630114-4003"], ["Alba Ø.", "6101144001"]]))
    assert [row.twice for row in found.rows] == [None, None, 2]
    assert found.first_choice == frozenset({2, 3})


def test_a_possible_duplicate_comes_in_when_it_is_chosen_and_both_are_kept(store):
    register(store, "Alba Øster", person_number="610114-4001")
    found = look(store, book([["Navn", "CPR"], ROW]))
    store.write(lambda w: bring_in(w, found, {2}))
    assert store.read(lambda r: r.count(Case)) == 2


def test_a_case_that_came_meanwhile_stops_the_list_and_nothing_is_written(store):
    found = look(store, caseload(5))
    fetch(store, look(store, caseload(1)))
    with pytest.raises(UserError, match="line 5"):
        fetch(store, found)
    assert store.read(lambda r: r.count(Case)) == 1


def test_pressing_twice_does_not_fetch_twice(store):
    found = look(store, caseload(4))
    fetch(store, found)
    with pytest.raises(UserError):
        fetch(store, found)
    assert store.read(lambda r: r.count(Case)) == 4


# --- Whole or not at all ---------------------------------------------------------------------------------------


def test_stopped_in_the_middle_nothing_is_there(store):
    found = look(store, caseload())

    def stop(done: int, _of: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.write(lambda w: bring_in(w, found, found.first_choice, stop))
    assert store.read(lambda r: (r.count(Case), r.count(Person), r.count(CaseImport))) == (0, 0, 0)
    assert fetch(store, found).above == 7


_KILLED = """
import sys
from pathlib import Path
from caseworker_app.documents.sheets import SheetFile, read
from caseworker_app.domain.caseload_columns import guess
from caseworker_app.services.caseload_import import bring_in, preview
from tests.helpers.lists import caseload
from tests.helpers.stores import again
store = again(Path(sys.argv[1]))
sheet = read(SheetFile("liste.xlsx", caseload())).sheets[0]
found = store.read(lambda r: preview(r, sheet, guess(sheet)))
def said(done, of):
    print(done, flush=True)
    if done == 20:
        sys.stdin.read()
store.write(lambda w: bring_in(w, found, found.first_choice, said))
"""


def test_killed_in_the_middle_nothing_is_there(tmp_path):
    founded(tmp_path).close()
    bringing = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert bringing.stdout is not None and bringing.stdin is not None
    while bringing.stdout.readline().strip() != "20":
        assert bringing.poll() is None
    bringing.kill()
    bringing.wait()
    bringing.stdout.close()
    bringing.stdin.close()
    store = again(tmp_path)
    assert store.read(lambda r: (r.count(Case), r.count(Person))) == (0, 0)
    store.rebuild()
    assert store.read(lambda r: r.count(Case)) == 0
    assert len(fetch(store, look(store, caseload())).cases) == 32
    store.close()


_CELL = st.one_of(
    st.none(), st.booleans(), st.text(max_size=30), st.integers(), st.floats(allow_nan=True, allow_infinity=True),
    st.dates(), st.times(), st.sampled_from(list(Unread)),
    st.sampled_from(["610114-4001", "Alba Øster", "Navn", "CPR", "x" * 300]),
)  # fmt: skip


@given(
    rows=st.lists(st.lists(_CELL, max_size=5), min_size=1, max_size=6),
    meanings=st.lists(
        st.one_of(st.none(), st.sampled_from(list(Meaning))), min_size=5, max_size=5, unique_by=lambda m: m or object()
    ),
    header=st.one_of(st.none(), st.just(0)),
)  # fmt: skip
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_list_it_comes_in_whole_or_not_at_all(store, rows, meanings, header):
    sheet = Sheet("", tuple(Line(n, tuple(row)) for n, row in enumerate(rows, start=1)))
    columns = Columns(header, tuple(meanings))
    guess(sheet)
    found = store.read(lambda r: preview(r, sheet, columns))
    before = store.read(lambda r: r.count(Case))
    assert all(row.read.problems for row in found.rows if row.state is RowState.BAD)
    try:
        brought = fetch(store, found)
    except UserError:
        assert store.read(lambda r: r.count(Case)) == before
        assert not found.first_choice
    else:
        assert store.read(lambda r: r.count(Case)) - before == len(found.first_choice) == len(brought.cases)


# --- Taken back ------------------------------------------------------------------------------------------------


def test_a_list_is_taken_back_as_a_whole_and_cases_worked_on_stay(store):
    brought = fetch(store, look(store, caseload()))
    worked = brought.cases[3]
    store.write(lambda w: cases.edit(w, worked, {"school": Edit("Ny skole", ())}))
    found = store.read(latest)
    assert found is not None and found.untouched == 31
    assert store.write(lambda w: take_back(w, brought.id)).result == (31, 1)
    assert [one.id for one in store.read(lambda r: r.find(Case))] == [worked]
    assert store.read(lambda r: r.count(Person)) == len(
        store.read(lambda r: r.find(Person, stream=case(store, worked).stream))
    )
    assert store.read(latest) is None


def test_taking_a_list_back_can_itself_be_undone(store):
    brought = fetch(store, look(store, caseload()))
    store.write(lambda w: take_back(w, brought.id))
    store.write(history.undo)
    assert store.read(lambda r: r.count(Case)) == 32


def test_undo_takes_back_the_last_case_with_its_people(store):
    fetch(store, look(store, caseload(4)))
    assert store.read(lambda r: history.state(r)).undo == "Fetch a case from a list"
    store.write(history.undo)
    assert store.read(lambda r: r.count(Case)) == 3
    assert {p.name for p in store.read(lambda r: r.find(Person))} == {"Mor Øster", "Far Øster"}
    assert store.read(lambda r: r.count(Person)) == 4


# --- Bad rows, each with its reason ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("CPR", "310214-4001", "not a date in the calendar"),
        ("CPR", "12345", "not a personal identification number"),
        ("CPR", "6,10114E+09", "shortened the number"),
        ("Født", "21/11", "not a whole date"),
        ("Født", "i morgen", "not a whole date"),
        ("Født", "31-02-2014", "not a whole date"),
        ("Født", dt.date(2031, 1, 1), "in the future"),
        ("Trin", "7", "steps 1 to 6"),
        ("Trin", "højt", "steps 1 to 6"),
        ("Skole", "x" * 201, "201 characters"),
        ("Note", "x" * 20_001, "20001 characters"),
        ("Oprettet", dt.date(2027, 1, 1), "in the future"),
    ],
)
def test_a_bad_cell_makes_a_bad_row_with_its_reason(store, heading, cell, reason):
    found = look(store, book([["Navn", heading], ["Alba Øster", cell], ["Bo Holm", None]]))
    assert list(reasons(found)) == [2] and reason in reasons(found)[2]
    assert found.first_choice == frozenset({3})


def test_rows_without_a_child_are_bad_and_said(store):
    found = look(
        store, book([["Navn", "CPR", "Skole"], ["", "610114-4001", "Engskolen"], [None, None, "Engskolen"],
                     ["I alt: 32", None, None], ["42", None, None], ["Navn", "CPR", "Skole"]]))  # fmt: skip
    assert sorted(reasons(found)) == [2, 3, 4, 5, 6]
    assert "no name" in reasons(found)[3] and "headings" in reasons(found)[6]


def test_a_birth_date_that_is_not_the_numbers_is_said(store):
    found = look(store, book([["Navn", "CPR", "Født"], [*ROW, dt.date(2014, 1, 2)]]))
    assert "two different days" in reasons(found)[2]


def test_no_reason_repeats_a_number(store):
    found = look(store, book([["Navn", "CPR"], ["Alba", "610114-40011"], ["Bo", "6899994001"]]))
    assert len(reasons(found)) == 2 and not any("4001" in reason for reason in reasons(found).values())
    assert look(store, book([["Navn", "CPR"], ROW])).rows[0].masked == "610114-••••"


# --- Forms a cell comes in -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    ["21-11-2014", "21.11.14", "21. november 2014", "2014-11-21", "2014-11-21 00:00:00", "211114", "21112014",
     "21/11 2014", 41964, 41964.5, "41964", 211114, dt.date(2014, 11, 21)],
)  # fmt: skip
def test_days_come_as_dates_serial_numbers_and_danish_text(store, cell):
    found = look(store, book([["Navn", "Fødselsdato"], ["Alba Øster", cell]]))
    assert reasons(found) == {} and found.rows[0].read.values["born"] == dt.date(2014, 11, 21)


def test_a_mac_book_counts_its_days_from_1904(store):
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    def mac(sheet):
        sheet.parent.epoch = CALENDAR_MAC_1904

    found = look(store, book([["Navn", "Født"], ["Alba", dt.date(2014, 11, 21)], ["Bo", 40502]], change=mac))
    assert [row.read.values["born"] for row in found.rows] == [dt.date(2014, 11, 21)] * 2


def test_a_number_that_lost_its_nought_has_it_again(store):
    found = look(
        store, book([["Navn", "CPR"], ["Alba", 610114_4001], ["Bo", 101144001 + 0], ["Cy", "0101144002"]])
    )
    assert [row.read.values.get("person_number") for row in found.rows] == [
        "6101144001",
        "0101144001",
        "0101144002",
    ]


def test_names_addresses_protection_and_telephones_are_put_where_they_belong(store):
    found = look(
        store, book([["Efternavn", "Fornavn", "Adresse", "Adressebeskyttet", "Mor", "Trin"],
                     ["Holm", "Emma", "Engvej 3, 7400 Hedeby", "ja", "Anna Holm tlf. 20 30 40 50", 3]]))  # fmt: skip
    row = found.rows[0].read
    assert row.name == "Emma Holm" and row.values["address"] == Address("Engvej 3", "7400", "Hedeby")
    assert row.values["address_protected"] and row.values["step"] == 3
    assert row.parents[0]["name"] == "Anna Holm" and row.parents[0]["phone"] == "20 30 40 50"
    turned = look(store, book([["Navn", "CPR"], ["Holm, Emma", None]]))
    assert turned.rows[0].read.name == "Emma Holm"


def test_a_list_without_headings_is_judged_by_what_stands_in_it(store):
    sheet = sheet_of(
        text([["Alba Øster", "610114-4001", "Engskolen"], ["Bo Holm", "620214-4002", "Byskolen"]])
    )
    assert guess(sheet).columns == (Meaning.NAME, Meaning.NUMBER, None)
    assert guess(sheet).header is None


def test_a_column_said_anew_takes_its_meaning_from_another(store):
    columns = Columns(0, (Meaning.NAME, None)).with_column(1, Meaning.NAME)
    assert columns.columns == (None, Meaning.NAME)


# --- Shapes of files -------------------------------------------------------------------------------------------


def test_a_formulas_saved_result_counts_and_one_without_is_said(store):
    data = book([["Navn", "Skole"], ["Alba Øster", '="Eng"&"skolen"'], ["Bo Holm", "Byskolen"]])
    sheet = sheet_of(data)
    assert sheet.lines[1].cells[1] is Unread.FORMULA
    assert "never calculated" in str(sheet.notes[0])
    assert "formula without a result" in reasons(look(store, data))[2]
    xml = (
        b'<c r="B2"><f>"Eng"&amp;"skolen"</f><v></v></c>',
        b'<c r="B2" t="str"><f>A</f><v>Engskolen</v></c>',
    )
    saved = changed(data, lambda found: _with_result(found, xml[1]))
    assert sheet_of(saved).lines[1].cells[1] == "Engskolen"
    assert "results they had" in str(sheet_of(saved).notes[0])
    broken = changed(
        data,
        lambda found: _with_result(found, b'<c r="B2" t="e"><f>A</f><v>#REF!</v></c>'),
    )
    assert "came to no result" in reasons(look(store, broken))[2]


def _with_result(xml: bytes, cell: bytes) -> bytes:
    begin = xml.index(b'<c r="B2"')
    return xml[:begin] + cell + xml[xml.index(b"</c>", begin) + 4 :]


def changed(data: bytes, change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return a spreadsheet with one part changed."""
    return repacked(data, lambda name, body: change(body) if name == part else body)


def test_a_list_as_excel_writes_it_says_the_same(store):
    assert sheet_of(as_excel(caseload())).lines == sheet_of(caseload()).lines


def test_merged_cells_count_for_every_row_they_cover(store):
    rows = [["Sager 2026", None, None], ["Navn", "CPR", "Skole"], ["Alba Øster", "610114-4001", "Engskolen"],
            ["Bo Øster", "620214-4002", None], ["Cy Holm", None, None]]  # fmt: skip
    data = book(rows, merge=("A1:C1", "C3:C4"))
    found = look(store, data)
    assert [row.read.values.get("school") for row in found.rows] == ["Engskolen", "Engskolen", None]
    assert "merged" in str(sheet_of(data).notes[0]) and found.headings == ("Navn", "CPR", "Skole")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_text_is_read_in_every_usual_encoding_and_separator(store, encoding, separator):
    found = look(
        store,
        text([["Navn", "CPR", "Skole"], ["Åse Sørensen", "610114-4001", "Ærøskolen"]], separator, encoding),
    )
    assert found.rows[0].read.values["child_name"] == "Åse Sørensen"
    assert found.rows[0].read.values["school"] == "Ærøskolen"


def test_text_with_quoted_breaks_and_a_line_that_names_its_separator(store):
    found = look(store, 'sep=;\r\nNavn;Note\r\n"Alba; Øster";"en\nto"\r\nBo;'.encode())
    assert [row.number for row in found.rows] == [3, 5]
    assert found.rows[0].read.values["note"] == "en\nto"


def test_hidden_sheets_are_left_and_the_others_offered(store):
    def hide(sheet):
        other = sheet.parent.create_sheet("Afsluttede")
        other.append(["Navn"])
        sheet.sheet_state = "hidden"

    assert [sheet.name for sheet in read(SheetFile("a.xlsx", book([["Navn"]], change=hide))).sheets] == [
        "Afsluttede"
    ]


# --- Files that are refused ------------------------------------------------------------------------------------


def bomb(size: int, parts: int = 1) -> bytes:
    made = io.BytesIO(book([["Navn"], ["Alba"]]))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as packed:
        for n in range(parts):
            packed.writestr(f"xl/media/{n}.xml", b"\x00" * size)
    return made.getvalue()


@pytest.mark.parametrize(
    "data", [bomb(30_000_000), bomb(1_900_000, 70)], ids=["one part swells", "many parts"]
)
def test_a_zip_bomb_is_refused_unopened(data):
    began = time.process_time()
    with pytest.raises(UserError, match="swells"):
        read(SheetFile("liste.xlsx", data))
    assert time.process_time() - began < 0.5


def test_xml_that_declares_entities_is_refused():
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    data = changed(book([["Navn"]]), lambda found: laughs + found.partition(b"?>")[2])
    with pytest.raises(UserError, match="cannot be read"):
        read(SheetFile("liste.xlsx", data))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "older spreadsheet"),
        (b"PK\x03\x04 and nothing more", "cannot be read"),
        (caseload(3)[:900], "cannot be read"),
        (bytes(range(256)) * 4, "cannot be read"),
        (b"\r\n;;;\r\n", "nothing in the list"),
        (book([]), "nothing in the list"),
        (b"x" * (26 * 1024 * 1024), "room for 25 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(data, words):
    with pytest.raises(UserError, match=words):
        read(SheetFile("liste.xlsx", data))


def test_a_sheet_that_is_cut_short_is_refused():
    with pytest.raises(UserError, match="cannot be read"):
        read(SheetFile("a.xlsx", changed(caseload(3), lambda found: found[:-300])))
    with pytest.raises(UserError, match="cannot be read"):
        read(
            SheetFile(
                "a.xlsx", changed(as_excel(caseload(3)), lambda _found: b"<sst/>", "xl/sharedStrings.xml")
            )
        )


# --- Ten thousand rows -----------------------------------------------------------------------------------------


def test_more_than_ten_thousand_rows_are_refused_in_words():
    with pytest.raises(UserError, match=f"more than {MOST_ROWS}"):
        read(SheetFile("a.csv", text([["Navn"], *([f"Barn {n}"] for n in range(MOST_ROWS + 1))])))


@pytest.mark.slow
def test_ten_thousand_rows_of_a_spreadsheet_are_looked_at_within_three_seconds(store):
    data = book([HEADINGS, *children(MOST_ROWS - 1)])
    worker = WorkerProcess()
    try:
        worker.read_sheet("liste.xlsx", caseload(1))
        began = time.perf_counter()
        sheet = worker.read_sheet("liste.xlsx", data).sheets[0]
        found = store.read(lambda r: preview(r, sheet, guess(sheet)))
        took = time.perf_counter() - began
    finally:
        worker.close()
    assert len(found.rows) == MOST_ROWS - 1
    assert took < 3, f"{took:.1f} s"


def test_a_refusal_of_the_worker_process_comes_out_in_its_own_words():
    worker = WorkerProcess()
    try:
        with pytest.raises(UserError, match="empty"):
            worker.read_sheet("liste.xlsx", b"")
    finally:
        worker.close()
