"""The weekly sheet as it is printed, and the week as a calendar file."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from caseworker_app.documents import weekly_sheet
from caseworker_app.documents.calendar import week_ics
from caseworker_app.documents.papers import make
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.week_facts import WeekCalendarFacts, WeekEntry, WeekSheetFacts
from tests.documents.reading import Reading

MONDAY = dt.date(2026, 11, 23)
STAMP = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


def entry(days=0, what="Opfølgning", who="EH", where="", **more):
    uid = more.pop("uid", f"{what}-{who}-{days}")
    return WeekEntry(uid, MONDAY + dt.timedelta(days=days), what, who, where, **more)


def meeting(days=0, **more):
    return entry(days, "Netværksmøde", start=dt.time(10, 30), end=dt.time(12), where="Skolen", **more)


def facts(*entries, overdue=(), closed=()):
    return WeekSheetFacts("Karen Prøve", "Prøve Kommune", MONDAY, entries, tuple(overdue), MONDAY, closed)


def made(found):
    return make(PaperJob(Paper.WEEKLY_SHEET, found, "week.pdf"))


def text(found):
    return " ".join(
        "\n".join(page.extract_text() for page in PdfReader(BytesIO(made(found).data)).pages).split()
    )


def test_each_day_has_its_heading_what_who_where_and_blank_lines():
    found = facts(meeting(), entry(3, why="lov, frist 28. november"))
    said = text(found)
    assert "Uge 48: 23. til 29. november 2026" in said
    for day in ("Mandag 23.", "Tirsdag 24.", "Onsdag 25.", "Torsdag 26.", "Fredag 27."):
        assert f"{day} november" in said
    assert "10.30-12.00 Netværksmøde · EH · Skolen" in said
    assert "Opfølgning · EH · lov, frist 28. november" in said
    assert "Lørdag" not in said


def test_a_weekend_with_something_on_it_is_printed_and_a_holiday_named():
    said = text(facts(entry(5), closed=(MONDAY,)))
    assert "Lørdag 28. november" in said
    assert "Mandag 23. november (helligdag)" in said


def test_a_usual_week_fits_one_page_and_a_full_one_goes_on():
    usual = facts(
        *(entry(n % 5, who=f"A{n}") for n in range(12)), overdue=[entry(-9, who=f"B{n}") for n in range(6)]
    )
    assert made(usual).pages == 1
    full = facts(*(entry(n % 5, who=f"A{n}") for n in range(60)))
    assert made(full).pages > 1
    assert all(f"A{n}" in text(full) for n in range(60))


def test_the_overdue_stand_first_and_ask_for_a_day():
    said = text(facts(entry(0, who="ZZ"), overdue=[entry(-12, who="QQ")]))
    assert "Over tid: find en dag" in said
    assert "Opfølgning · QQ · frist 11. november" in said
    assert said.index("QQ") < said.index("ZZ")


def test_the_sheet_is_tagged_and_read_in_order():
    reading = Reading(made(facts(meeting(), overdue=[entry(-12)])).data)
    headings = [one.text for one in reading.root.walk() if one.role in {"H1", "H2"}]
    assert [words.split(" ")[0].rstrip(":") for words in headings] == [
        "Uge", "Over", "Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag",
    ]  # fmt: skip
    assert not [fault for page in reading.pages for fault in page.faults]


def test_the_same_facts_make_the_same_bytes():
    assert made(facts(meeting())).data == made(facts(meeting())).data


def test_no_day_has_less_than_one_line_or_more_than_five():
    for count in (0, 5, 20, 40):
        document = weekly_sheet.document(facts(*(entry(n % 5) for n in range(count))))
        lines = [
            block.count
            for day in document.blocks
            if hasattr(day, "blocks")
            for block in day.blocks
            if hasattr(block, "spacing")
        ]
        assert len(lines) == 5
        assert all(1 <= n <= 5 for n in lines)


# the calendar


def events(*entries):
    return Calendar.from_ical(week_ics(WeekCalendarFacts(entries, STAMP))).walk("VEVENT")


def test_a_meeting_has_its_hours_and_what_is_due_its_whole_day():
    timed, whole = events(meeting(1), entry(3, why="lov"))
    assert timed.decoded("dtstart").isoformat() == "2026-11-24T10:30:00+01:00"
    assert timed["location"] == "Skolen"
    assert whole.decoded("dtstart") == dt.date(2026, 11, 26)
    assert (whole["transp"], whole["class"], whole["summary"]) == ("TRANSPARENT", "PRIVATE", "Opfølgning EH")


def test_a_deadline_in_hours_says_its_hour():
    (clock,) = events(entry(0, "24-timers vurdering", start=dt.time(19, 10)))
    assert clock["summary"] == "24-timers vurdering EH (kl. 19.10)"


def test_the_same_thing_has_the_same_identity_in_each_export():
    assert events(entry(uid="a"))[0]["uid"] == events(entry(3, uid="a"))[0]["uid"] == "a"


def test_an_empty_week_is_still_a_calendar():
    assert events() == []


@pytest.mark.parametrize("field", ["what", "who", "where", "why"])
def test_a_cpr_number_stops_the_file(field):
    with pytest.raises(ValueError, match="CPR"):
        events(entry(**{field: "ring til 610112-1234"}))


def test_the_file_can_be_made_in_the_worker():
    job = PaperJob(Paper.WEEK_CALENDAR, WeekCalendarFacts((meeting(),), STAMP), "week.ics")
    assert make(job).data.startswith(b"BEGIN:VCALENDAR")
