"""The numbers as they are read from a real store: interventions, follow-ups, prices, changes of worker; and as papers."""

from __future__ import annotations

import csv
import datetime as dt
import io
from fractions import Fraction

import openpyxl
import pypdf
import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents.papers import make
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.intervention import EndReason, Price
from caseworker_app.domain.numbers.placement_sheets import child_year_sheet
from caseworker_app.domain.numbers.report import KEYS, one_sheet, report
from caseworker_app.domain.numbers.span import Span, year_of
from caseworker_app.domain.numbers.words import said
from caseworker_app.services import (
    cases,
    catalogues,
    complaints,
    courses,
    interventions,
    ladders,
    numbers,
    numbers_papers,
    papers,
    worker_changes,
)
from caseworker_app.services.forms import Edit
from caseworker_app.services.numbers_papers import Way
from tests.helpers.casework import begin, book, catalogue, held
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
Y2026 = year_of(TODAY)


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path, FixedClock(NOON))
    yield opened
    opened.close()


def read(store, prices=None):
    return store.read(lambda r: numbers.load(r, book(), prices or catalogue()))


def sheet(store, key, span=Y2026, before=None):
    return one_sheet(read(store).events, key, span, before)


def test_placements_are_counted_by_the_row_their_entry_says(store):
    first, second = register(store, "Anna Prøve"), register(store, "Bo Prøve")
    begin(store, first, "foster_general", dt.date(2026, 1, 1))
    special = begin(store, second, "foster_specialised", dt.date(2026, 1, 1))
    store.write(lambda w: interventions.end(w, special, dt.date(2026, 3, 31), EndReason.PLANNED))
    found = sheet(store, "child_years")
    whole = Fraction((TODAY - dt.date(2025, 12, 31)).days, 365)
    assert found.cell("ordinary_foster", 0).value == whole
    assert found.cell("special_foster", 0).value == Fraction(90, 365)
    assert {one.case for one in found.cell("foster_all", 0).counted} == {first, second}


def test_nothing_runs_after_the_case_was_closed(store):
    case = register(store, "Anna Prøve", opened_on=dt.date(2025, 1, 1))
    begin(store, case, "foster_general", dt.date(2026, 1, 1))
    store.write(lambda w: cases.close(w, case, dt.date(2026, 1, 10), "færdig"))
    assert sheet(store, "child_years").cell("all", 0).value == Fraction(10, 365)


def test_two_cases_of_one_number_are_one_child(store):
    one = register(store, "Emma Prøve", person_number="610115-4108")
    two = register(store, "Emma Prøve", person_number="610115-4108")
    for case in (one, two):
        begin(store, case, "foster_general", dt.date(2026, 1, 1))
    whole = Fraction((TODAY - dt.date(2025, 12, 31)).days, 365)
    assert sheet(store, "child_years").cell("all", 0).value == whole


def test_an_own_price_goes_before_the_catalogue_and_the_catalogues_prices_have_days(store):
    text = """
[[intervention]]
id = "childrens_home"
name = "Børnehuset"
kind = "institution"
step = 6
sel = "SEL § 66"
bl = "BL § 46"
price_unit = "day"
rule = "institution"
prices = [{from = 2026-01-01, to = 2026-06-30, kr = 1000}, {from = 2026-08-01, kr = 1100.50}]
valid_from = 2024-01-01
"""
    store.write(lambda w: catalogues.set_own(w, text, book().rule_names))
    books = ShippedBooks()
    own = store.read(lambda r: books.catalogue(r).catalogue)
    case, other = register(store, "Anna Prøve"), register(store, "Bo Prøve")
    entry = own.entry("childrens_home", dt.date(2026, 6, 1))
    start, last = dt.date(2026, 6, 1), dt.date(2026, 8, 31)
    for one, price in ((case, None), (other, Price(50_000, "day"))):
        values = {"start": start, "price": price}
        made = store.write(lambda w, one=one, v=values: interventions.register(w, one, entry, v)).result
        store.write(lambda w, made=made: interventions.end(w, made, last, EndReason.PLANNED))
    found = one_sheet(read(store, own).events, "costs", Y2026)
    by_case = {one.case: one.amount for one in found.cell("all", 0).counted}
    assert by_case == {case: 30 * 1000 + Fraction("31") * Fraction("1100.5"), other: 92 * 500}
    assert found.cell("all", 3).value == 31


@pytest.mark.parametrize("start", [dt.date(2022, 3, 14), dt.date(2024, 8, 31), dt.date(2026, 1, 5)])
def test_the_laws_first_follow_up_is_due_when_the_evaluator_of_the_rules_says(store, start):
    case = register(store, "Anna Prøve")
    name = "foster_ordinary" if start < dt.date(2024, 1, 1) else "foster_general"
    begin(store, case, name, start)
    (due,) = [one for one in read(store).events.due if one.first_by_law]
    (stay,) = read(store).events.stays
    found = store.read(lambda r: interventions.known(r, stay.thing))
    course = store.read(lambda r: courses.course_of(r, found))
    items = [
        one
        for one in courses.law_items(book(), course, TODAY)
        if one.rule in courses.FOLLOW_UP_RULES and one.number == 1
    ]
    assert due.due == min(one.due for one in items)


def test_follow_ups_talks_and_what_was_due_come_from_the_case(store):
    case = register(store, "Anna Prøve")
    made = begin(store, case, "foster_general", TODAY - 60 * DAY)
    held(store, made, TODAY - 46 * DAY, TODAY - 46 * DAY)
    due = sheet(store, "in_time").line("all").cells
    assert [cell.value for cell in due] == [2, 1, 50, 0, 1, 0]
    talks = sheet(store, "talks").line("all").cells
    assert [cell.value for cell in talks] == [1, 1, 100, 0, 0]
    assert due[0].counted[0].case == case


def test_complaints_and_changes_of_worker_are_counted_by_the_cases_open(store):
    case = register(store, "Anna Prøve")
    register(store, "Bo Prøve")
    store.write(lambda w: complaints.register(w, case, {"sender": "Mor", "about": "Afslaget"}))
    values = {"changed_on": TODAY, "before": "Bodil", "after": "Karen"}
    made = store.write(lambda w: worker_changes.record(w, case, values)).result
    assert sheet(store, "complaints").cell("complaint_percent", 0).value == 50
    assert sheet(store, "changes").cell("changes", 0).value == 1
    assert sheet(store, "changes").cell("unchanged", 0).value == 1
    store.write(lambda w: worker_changes.edit(w, made, {"before": Edit("Bodil Ravn")}))
    assert store.read(lambda r: worker_changes.of_case(r, case))[0].before == "Bodil Ravn"
    store.write(lambda w: worker_changes.remove(w, made))
    assert sheet(store, "changes").cell("changes", 0).value == 0


def test_a_change_of_worker_that_cannot_be_is_refused(store):
    case = register(store, "Anna Prøve", born=dt.date(2020, 1, 1))
    for day in (TODAY + DAY, dt.date(2019, 12, 31)):
        with pytest.raises(InvalidInput):
            store.write(lambda w, day=day: worker_changes.record(w, case, {"changed_on": day}))


def test_an_empty_caseload_has_every_sheet_and_no_figure_that_breaks(store):
    loaded = read(store)
    for way in Way:
        job = store.read(lambda r, way=way: numbers_papers.job(r, loaded, Y2026, None, way))
        assert make(job).data
    assert tuple(one.key for one in report(loaded.events, Y2026)) == KEYS


# --- Out of the house ----------------------------------------------------------------------------------------


def placed(store, many):
    made = []
    for n in range(many):
        case = register(store, f"Barn{n} Hemmelig{n}")
        begin(store, case, "foster_general" if n else "secure", dt.date(2026, 1, 1))
        made.append(case)
    return made


def test_no_file_that_leaves_the_house_says_anything_about_one_child_or_holds_a_name(store):
    placed(store, 6)
    loaded = read(store)
    job = {way: store.read(lambda r, way=way: numbers_papers.job(r, loaded, Y2026, None, way)) for way in Way}
    pdf = "\n".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(make(job[Way.PDF]).data)).pages
    )
    text = make(job[Way.CSV]).data.decode("utf-8-sig")
    book_ = openpyxl.load_workbook(io.BytesIO(make(job[Way.XLSX]).data))
    cells = "\n".join(str(c.value) for s in book_ for row in s.iter_rows() for c in row)
    for words in (pdf, text, cells):
        assert "Hemmelig" not in words
        assert "under 3" in words
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    (institutions,) = [row for row in rows if row and row[0].strip() == "Institutionsanbragte i alt"][:1]
    assert institutions[1:] == ["under 3"] * 4
    (everybody,) = [row for row in rows if row and row[0] == "Anbragte i alt" and len(row) == 5][:1]
    whole = child_year_sheet(loaded.events, Y2026).cell("all", 0)
    assert everybody[1] == said(whole)
    child_years = book_[next(name for name in book_.sheetnames if name.startswith("Årsbørn"))]
    assert any(isinstance(c.value, float | int) for row in child_years.iter_rows() for c in row)


def test_what_was_handed_out_is_noted(store):
    placed(store, 4)
    loaded = read(store)
    job = store.read(lambda r: numbers_papers.job(r, loaded, Y2026, None, Way.PDF))
    store.write(lambda w: papers.record_print(w, job, make(job).data))
    assert store.read(lambda r: papers.printed(r, r.author))


def test_a_childs_ladder_is_printed_with_its_moves_and_no_number(store):
    case = register(store, "Anna Prøve", person_number="610115-4108")
    first = begin(store, case, "childrens_home", TODAY - 400 * DAY, planned_end=TODAY)
    store.write(lambda w: interventions.end(w, first, TODAY - 100 * DAY, EndReason.CHILD_LEFT))
    begin(store, case, "foster_general", TODAY - 100 * DAY, planned_end=TODAY + 300 * DAY)
    job = store.read(lambda r: ladders.job(r, catalogue(), case))
    text = "\n".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(make(job).data)).pages)
    assert "fra trin 6 til trin 5" in text
    assert "sammenbrud" in text
    assert "4108" not in text
    assert Span(TODAY - 100 * DAY, TODAY).days == 101
