"""Cost assessments and the time log over a real store."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from fractions import Fraction

import pypdf
import pytest
from openpyxl import load_workbook

from caseworker_app.clock import FixedClock
from caseworker_app.documents.papers import make
from caseworker_app.domain.cost import Phase, Profession
from caseworker_app.domain.cost_sums import hourly_price
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.journal import EntryKind
from caseworker_app.domain.kroner import rounded, whole_kroner
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.time_log import Activity, TimeEntry
from caseworker_app.services import cost_papers, costs, entries, history, meetings, papers, time_log, visits
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Access
from tests.helpers.stores import NOON, again, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
PERIOD = {"begins_on": dt.date(2018, 3, 1), "ends_on": dt.date(2019, 9, 30)}
WHO = Profession.FAMILY_THERAPIST


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("founded")
    founded(folder, FixedClock(NOON)).close()
    return folder / "store.db"


@pytest.fixture
def store(made, tmp_path):
    shutil.copy(made, tmp_path)
    opened = again(tmp_path, FixedClock(NOON))
    yield opened
    opened.close()


def begin(store, **values):
    return store.write(lambda w: costs.begin(w, {"name": "Spædbarnsindsatsen", **PERIOD, **values})).result


def hours(store, sheet, **values):
    return store.write(lambda w: costs.add_hours(w, sheet, values)).result


def expense(store, sheet, what, kroner, **values):
    given = {"what": what, "amount": kroner * 100, **values}
    return store.write(lambda w: costs.add_expense(w, sheet, given)).result


def view(store, sheet):
    return store.read(lambda r: costs.view(r, sheet))


def edit(store, sheet, **values):
    store.write(lambda w: costs.edit(w, sheet, {n: Edit(v) for n, v in values.items()}))


def refused(store, act, field):
    with pytest.raises(InvalidInput) as said:
        store.write(act)
    assert said.value.field == field, said.value.message


def spend(store, **values):
    return store.write(lambda w: time_log.spend(w, {"minutes": 60, **values})).result


def kroner(amount, to=1000):
    return rounded(amount / 100, to)


def test_a_sheet_of_whole_minutes_gives_jammerbugts_table(store):
    sheet = begin(store, citizens=760, months=970)
    period = Fraction(2_796_800 * 19, 12)
    price = hourly_price(38_015_33) / 100
    for share, together in ((Fraction(71, 100), True), (Fraction(27, 100), False)):
        hours(store, sheet, profession=WHO, minutes=round(period * share / price * 60), with_citizen=together)
    expense(store, sheet, "Materialer og kørsel", round(period * Fraction(2, 100)))
    found = view(store, sheet).found
    assert [kroner(x) for x in (found.unit.per_citizen, found.unit.per_month)] == [368000, 38000]
    assert [kroner(found.wages[step].per_citizen) for step in (10, 20)] == [404000, 440000]
    edit(store, sheet, numbers="10 12")
    numbers = view(store, sheet).found.numbers
    assert {int(n): kroner(unit.per_citizen) for n, unit in numbers.items()} == {10: 366000, 12: 365000}


def test_what_it_cost_to_begin_stands_apart_and_changes_no_running_cost(store):
    sheet = begin(store, citizens=720)
    hours(store, sheet, profession=WHO, minutes=6000)
    before = view(store, sheet).found
    expense(store, sheet, "Kursus for fire medarbejdere", 486_000, establishing=True)
    after = view(store, sheet).found
    assert (after.unit, after.establishing) == (before.unit, Fraction(486_000_00))


def test_a_wage_of_another_year_is_missing_until_it_is_written_and_nothing_is_summed_meanwhile(store):
    sheet = begin(store, price_year=2026, citizens=500)
    hours(store, sheet, profession=Profession.PEDAGOGUE, minutes=600)
    shown = view(store, sheet)
    assert (shown.lacks, shown.found) == ((Profession.PEDAGOGUE,), None)
    store.write(lambda w: costs.set_wage(w, sheet, Profession.PEDAGOGUE, 42_000_00))
    shown = view(store, sheet)
    assert shown.lacks == ()
    assert shown.wages[0].own
    hour = shown.found.by_profession[Profession.PEDAGOGUE][1] / 10
    assert hour == hourly_price(42_000_00)
    store.write(lambda w: costs.set_wage(w, sheet, Profession.PEDAGOGUE, None))
    assert view(store, sheet).lacks == (Profession.PEDAGOGUE,)


def test_full_time_employees_count_by_their_norm_over_the_period_or_one_month(store):
    sheet = begin(store)
    hours(store, sheet, profession=Profession.SOCIAL_WORKER, posts=608)
    hours(store, sheet, profession=Profession.SOCIAL_WORKER, posts=6, month=dt.date(2018, 4, 1))
    found = view(store, sheet).found
    minutes = Fraction(608 * 7090 * 19 + 6 * 7090, 100)
    assert view(store, sheet).minutes == minutes
    assert kroner(found.unit.year, 100_000) == 3_300_000


def test_what_cannot_be_on_a_sheet_is_refused_beside_its_field(store):
    sheet = begin(store)
    for values, field in (
        ({"citizens": 0}, "citizens"), ({"months": -100}, "months"), ({"ends_on": dt.date(2018, 2, 1)}, "ends_on"),
        ({"hours": 0}, "hours"), ({"overhead": -1}, "overhead"), ({"numbers": "ti"}, "numbers"),
        ({"numbers": "0"}, "numbers"), ({"name": ""}, "name"), ({"price_year": 19}, "price_year"),
        ({"numbers": "1 2 3 4 5 6 7"}, "numbers"),
    ):  # fmt: skip
        edits = {name: Edit(value) for name, value in values.items()}
        refused(store, lambda w, e=edits: costs.edit(w, sheet, e), field)
    for values, field in (
        ({"minutes": -60}, "minutes"), ({}, "minutes"), ({"minutes": 60, "posts": 100}, "posts"), ({"posts": 0}, "posts"),
        ({"minutes": 60, "month": dt.date(2020, 1, 1)}, "month"),
    ):  # fmt: skip
        refused(store, lambda w, v=values: costs.add_hours(w, sheet, v), field)
    for values, field in (
        ({"what": "Kursus"}, "amount"), ({"what": "", "amount": 100}, "what"), ({"what": "Kursus", "amount": -5}, "amount"),
        ({"what": "Kursus", "amount": 5, "paid_on": TODAY + DAY}, "paid_on"),
    ):  # fmt: skip
        refused(store, lambda w, v=values: costs.add_expense(w, sheet, v), field)
    refused(store, lambda w: costs.set_wage(w, sheet, WHO, 0), "monthly")


def test_no_child_is_named_on_a_sheet(store):
    register(store, "Emma Prøve")
    refused(store, lambda w: costs.begin(w, {"name": "Indsats for Emma Prøve"}), "name")


def test_a_period_that_nobody_has_said_gives_no_sums(store):
    sheet = begin(store, begins_on=None, ends_on=None)
    sheet = store.write(lambda w: costs.begin(w, {"name": "Uden periode"})).result
    hours(store, sheet, minutes=60)
    assert view(store, sheet).found is None


def test_other_numbers_are_a_quarter_and_a_half_more_unless_they_are_said(store):
    sheet = begin(store, citizens=800)
    hours(store, sheet, minutes=600)
    assert set(view(store, sheet).found.numbers) == {10, 12}
    edit(store, sheet, numbers="7,5; 9")
    assert set(view(store, sheet).found.numbers) == {Fraction(15, 2), 9}


def test_a_sheet_is_taken_away_and_comes_back_with_undo(store):
    sheet = begin(store)
    line = hours(store, sheet, minutes=60)
    store.write(lambda w: costs.remove_hours(w, line))
    assert view(store, sheet).hours == ()
    store.write(history.undo)
    assert [one.id for one in view(store, sheet).hours] == [line]
    store.write(lambda w: costs.remove(w, sheet))
    assert store.read(costs.sheets) == ()


# --- Paper and spreadsheet ---------------------------------------------------------------------------------------


def filled(store):
    sheet = begin(store, citizens=760, months=970, called="familier", note="Første år")
    hours(store, sheet, profession=WHO, minutes=2450 * 60, with_citizen=True, what="=1+1")
    hours(store, sheet, profession=Profession.SOCIAL_WORKER, posts=50)
    expense(store, sheet, "Kørsel", 21_400)
    expense(store, sheet, "Kursus i COS-P", 96_000, establishing=True)
    return sheet


def test_the_paper_says_what_it_costs_with_other_wages_and_numbers_and_what_it_is_made_of(store):
    sheet = filled(store)
    job = store.read(lambda r: cost_papers.cost_job(r, sheet))
    pdf = pypdf.PdfReader(io.BytesIO(make(job).data))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    words = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    unit = view(store, sheet).found.unit
    for said in (
        "Omkostningsvurdering: Spædbarnsindsatsen", "7,6 familier", "Lønninger 10 % højere", whole_kroner(unit.per_citizen),
        "Etablering", "96.000", "prisniveau 2019", "0,5 fuldtid", "2.450", "Første år", "usikkert skøn",
    ):  # fmt: skip
        assert said in words, said
    store.write(lambda w: papers.record_print(w, job, b"%PDF", Access.PRINT))
    assert len(store.read(lambda r: papers.printed(r, sheet))) == 1


def test_the_spreadsheet_holds_numbers_to_count_on_with_and_no_formula_that_somebody_typed(store):
    sheet = filled(store)
    job = store.read(lambda r: cost_papers.cost_table_job(r, sheet))
    assert job.file_name == "cost-sheet.xlsx"
    book = load_workbook(io.BytesIO(make(job).data))
    results, basis = book["Omkostninger"], book["Grundlag"]
    rows = {row[0]: row[1:] for row in results.iter_rows(values_only=True)}
    found = view(store, sheet).found
    assert rows["Med lønningerne, som de er"][0] == float(round(found.unit.year / 100, 2))
    assert rows["Etablering, én gang (ikke i driften)"][1] == 96_000
    typed = next(cell for row in basis.iter_rows() for cell in row if cell.value == "=1+1")
    assert typed.data_type == "s"
    assert [row[4] for row in basis.iter_rows(min_row=2, max_row=3, values_only=True)] == [2450, None]


def test_a_sheet_without_a_wage_is_printed_without_sums(store):
    sheet = begin(store, price_year=2026)
    hours(store, sheet, profession=Profession.PEDAGOGUE, minutes=600)
    words = "".join(
        page.extract_text()
        for page in pypdf.PdfReader(
            io.BytesIO(make(store.read(lambda r: cost_papers.cost_job(r, sheet))).data)
        ).pages
    )
    assert "mangler løn for: pædagog" in " ".join(words.split())
    book = load_workbook(io.BytesIO(make(store.read(lambda r: cost_papers.cost_table_job(r, sheet))).data))
    assert book.sheetnames == ["Grundlag"]


# --- The time log ------------------------------------------------------------------------------------------------


def test_the_time_log_counts_in_a_sheet_of_its_effort_and_period_alone(store):
    sheet = begin(
        store, effort="spaedbarn_jammerbugt", begins_on=TODAY - 30 * DAY, ends_on=TODAY, with_log=True
    )
    spend(store, effort="spaedbarn_jammerbugt", minutes=90, with_citizen=True)
    spend(store, effort="spaedbarn_jammerbugt", minutes=30, with_citizen=True, phase=Phase.BEFORE)
    spend(store, effort="spydspidsen_koebenhavn")
    spend(store, effort="spaedbarn_jammerbugt", spent_on=TODAY - 31 * DAY)
    shown = view(store, sheet)
    assert sorted((one.phase, one.minutes) for one in shown.logged) == [
        (Phase.BEFORE, 30),
        (Phase.COURSE, 90),
    ]
    assert shown.minutes == 120
    edit(store, sheet, with_log=False)
    assert view(store, sheet).logged == ()


def test_a_day_has_no_more_than_24_hours_and_no_hours_are_negative(store):
    for minutes in (-60, 0, 24 * 60 + 1):
        refused(store, lambda w, m=minutes: time_log.spend(w, {"minutes": m}), "minutes")
    spend(store, minutes=23 * 60)
    refused(store, lambda w: time_log.spend(w, {"minutes": 61}), "minutes")
    last = spend(store, minutes=60)
    spend(store, minutes=61, spent_on=TODAY - DAY)
    refused(store, lambda w: time_log.edit(w, last, {"minutes": Edit(90)}), "minutes")
    refused(store, lambda w: time_log.spend(w, {"minutes": 5, "spent_on": TODAY + DAY}), "spent_on")
    refused(store, lambda w: time_log.spend(w, {}), "minutes")


def test_what_is_offered_at_a_visit_a_meeting_and_a_call_needs_no_typing(store):
    case = register(store)
    day = TODAY - DAY
    when = TimeSpan(day, dt.time(9, 0), dt.time(10, 15))
    visit = store.write(lambda w: visits.plan(w, case, {"when": when})).result
    meeting = store.write(lambda w: meetings.plan(w, case, {"when": when, "kind": "network_meeting"})).result
    entry = store.write(
        lambda w: entries.begin(w, case, {"kind": EntryKind.TELEPHONE, "held_on": TODAY, "text": "Ringede."})
    ).result
    (signed,) = store.write(lambda w: entries.sign(w, entry)).result
    for kind, subject, activity, minutes, on in (
        ("visit", visit, Activity.VISIT, 75, day),
        ("meeting", meeting, Activity.MEETING, 75, day),
        ("entry", signed, Activity.CALL, 15, TODAY),
    ):
        offered = store.read(lambda r, k=kind, s=subject: time_log.offer(r, k, s))
        assert (offered["activity"], offered["minutes"], offered["spent_on"]) == (activity, minutes, on), kind
        assert (offered["case"], offered["with_citizen"]) == (case, True)
        spend(store, **offered)
        assert store.read(lambda r, s=subject: time_log.written_on(r, s)) == minutes
    assert store.read(lambda r: r.find(TimeEntry))[0].profession is Profession.SOCIAL_WORKER


def test_no_time_is_offered_on_a_visit_or_a_meeting_to_come(store):
    case = register(store)
    when = TimeSpan(TODAY + DAY, dt.time(9, 0), dt.time(10, 0))
    visit = store.write(lambda w: visits.plan(w, case, {"when": when})).result
    meeting = store.write(lambda w: meetings.plan(w, case, {"when": when, "kind": "network_meeting"})).result
    for kind, subject in (("visit", visit), ("meeting", meeting)):
        with pytest.raises(UserError, match="not held yet"):
            store.read(lambda r, k=kind, s=subject: time_log.offer(r, k, s))


def test_months_are_summed_by_what_the_time_went_to(store):
    case = register(store, "Emma Prøve")
    spend(store, case=case, activity=Activity.VISIT, with_citizen=True, minutes=90)
    spend(store, case=case, activity=Activity.JOURNAL, minutes=45)
    taken = spend(store, spent_on=dt.date(2026, 10, 5), activity=Activity.TRANSPORT, minutes=30)
    november, october = store.read(time_log.months)
    assert (november.minutes, november.with_citizens) == (135, 90)
    assert november.by_activity == {Activity.VISIT: 90, Activity.JOURNAL: 45}
    assert {line.child for line in november.lines} == {"Emma Prøve"}
    assert (october.first, october.lines[0].child) == (dt.date(2026, 10, 1), "")
    store.write(lambda w: time_log.remove(w, taken))
    assert len(store.read(time_log.months)) == 1
