"""What a family is given: reminders to copy and to print, and the sheet of what they and we may expect of each other."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

import resources
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents.papers import make
from caseworker_app.domain.agreement import AgreementSource, Expectations
from caseworker_app.domain.case import Address, Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.family_texts import FamilyTextsError, read_family_texts
from caseworker_app.domain.meeting import Attendance, Audience, MeetingKind, TimeSpan
from caseworker_app.domain.person import Custody, Role
from caseworker_app.domain.visit import VisitKind
from caseworker_app.services import (
    agreements,
    calendar,
    cases,
    expectations,
    meeting_lines,
    meetings,
    papers,
    people,
    reminders,
    tasks,
    unannounced,
    visits,
)
from caseworker_app.services.reminders import About
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
TEXTS = ShippedBooks().family_texts()
FILE = resources.text("catalogues", "family_texts.toml")


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, address=Address("Skjult Vej 7", "7400", "Herning"), address_protected=True)


def do(store, fn):
    return store.write(fn).result


def on(days, start=14):
    return TimeSpan(TODAY + days * DAY, dt.time(start), dt.time(start + 1))


def plan(store, case, days, **values):
    return do(store, lambda w: meetings.plan(w, case, {"when": on(days), "place": "Skolen", **values}))


def at_hand(store):
    return store.read(lambda r: reminders.at_hand(r, TEXTS, calendar.danish_holidays))


def text_of(job):
    reader = PdfReader(io.BytesIO(make(job).data))
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split()), len(reader.pages)


def sheet(store, case):
    return store.read(lambda r: expectations.job(r, TEXTS, case))


# the texts


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{when}", "{cpr}", "no field"),
        ("{when}", "{when!r}", "no field"),
        ("{when}", "{when:>9}", "no field"),
        ("{when}", "{", "meeting"),
        ("{when}", "snart", "must be in it"),
        ("version = 1", "version = 2", "version"),
        ("[card]", "[kort]", "kort"),
        ("own_points =", "egne =", "egne"),
        ("[reminder]", "[reminder", "family_texts"),
    ],
)
def test_a_text_with_an_unknown_field_or_without_its_own_is_refused_by_name(old, new, said):
    with pytest.raises(FamilyTextsError, match=said):
        read_family_texts(FILE.replace(old, new))


# reminders


def test_the_day_before_the_weekend_everything_up_to_monday_is_reminded_of(store, emma):
    friday = next(TODAY - n * DAY for n in range(7) if (TODAY - n * DAY).weekday() == 4)
    assert reminders.next_day(friday, calendar.danish_holidays) == friday + 3 * DAY
    assert reminders.next_day(dt.date(2026, 12, 23), calendar.danish_holidays) == dt.date(2026, 12, 24)
    assert reminders.next_day(dt.date(2026, 12, 24), calendar.danish_holidays) == dt.date(2026, 12, 28)


def test_a_message_says_when_where_and_whom_to_ring_and_neither_the_child_nor_the_case(store, emma):
    meeting = plan(store, emma, 1, purpose="Om Emmas fravær")
    lis = do(
        store, lambda w: people.add(w, emma, {"name": "Lis Holm", "role": Role.GRANDPARENT, "phone": "20 20"})
    )
    do(store, lambda w: meetings.invite(w, meeting, [lis]))
    (one,) = at_hand(store)
    assert (one.about, one.to, one.phone) == (About.MEETING, "Lis Holm", "20 20")
    assert one.message.startswith("Hej Lis. Husk vores møde i morgen, ")
    assert "kl. 14" in one.message
    assert "Skolen" in one.message
    assert "Karen Prøve" in one.message
    assert not any(word in one.message for word in ("Emma", "fravær", "barn", "sag"))


def test_nobody_is_reminded_of_what_is_called_off_or_who_cannot_come_or_is_a_professional(store, emma):
    off, on_ = plan(store, emma, 1), plan(store, emma, 2)
    for meeting in (off, on_):
        do(store, lambda w, m=meeting: meetings.invite_name(w, m, "Lis", "mormor", Audience.NETWORK))
    teacher = do(store, lambda w: people.add(w, emma, {"name": "Per", "role": Role.TEACHER}))
    do(store, lambda w: meetings.invite(w, on_, [teacher]))
    do(store, lambda w: meetings.call_off(w, off))
    assert [one.thing for one in at_hand(store)] == [on_]
    (lis,) = [p for p in store.read(lambda r: meetings.view(r, on_)).participants if p.name == "Lis"]
    do(store, lambda w: meetings.set_attendance(w, lis.id, Attendance.DECLINED))
    assert at_hand(store) == ()


def test_a_visit_is_reminded_of_without_its_address(store, emma):
    visit = do(
        store,
        lambda w: visits.plan(w, emma, {"kind": VisitKind.HOME, "when": on(1), "place": "Skjult Vej 7"}),
    )
    (one,) = at_hand(store)
    assert (one.about, one.thing) == (About.VISIT, visit)
    words, _pages = text_of(store.read(lambda r: reminders.card(r, TEXTS, one)))
    assert "Skjult" not in one.message + words
    assert "Emma" not in words


def test_what_others_do_tomorrow_is_reminded_of_and_what_i_do_is_not(store, emma):
    for who in ("Mor", "Karen"):
        values = {"what": "Ringe til skolen.", "who": who, "due": TODAY + DAY}
        do(store, lambda w, v=values: agreements.agree(w, emma, v))
    (one,) = at_hand(store)
    assert one.to == "Mor"
    assert "Ringe til skolen. Er der" in one.message
    words, pages = text_of(store.read(lambda r: reminders.card(r, TEXTS, one)))
    assert pages == 1
    assert "Ringe til skolen" in words


def test_there_is_nothing_to_remind_of_without_a_day_or_when_it_is_settled(store, emma):
    made = do(store, lambda w: agreements.agree(w, emma, {"what": "Ringe", "who": "Mor"}))
    case = store.read(lambda r: r.get(Case, emma))

    def remind():
        (one,) = store.read(lambda r: tasks.of_case(r, emma, settled=True))
        store.read(lambda r: reminders.of_agreement(r, TEXTS, case, one))

    with pytest.raises(UserError, match="no day"):
        remind()
    do(store, lambda w: agreements.postpone(w, tasks.Kept.AGREEMENT, made, TODAY + DAY, "Aftalt nu"))
    remind()
    do(store, lambda w: agreements.settle(w, tasks.Kept.AGREEMENT, made))
    with pytest.raises(UserError, match="settled"):
        remind()


@pytest.mark.parametrize("words", ["  ", "Husk 010162-1234", "x" * 613])
def test_a_message_that_is_empty_too_long_or_holds_a_number_is_not_copied(words):
    with pytest.raises(UserError):
        reminders.check_message(words)


def test_a_card_with_a_number_in_it_is_not_printed(store, emma):
    meeting = plan(store, emma, -1)
    values = {"what": "Hent pas til 010162-1234", "who": "Mor", "due": TODAY + DAY}
    do(store, lambda w: meeting_lines.add_agreement(w, meeting, values))
    (one,) = at_hand(store)
    with pytest.raises(UserError):
        store.read(lambda r: reminders.card(r, TEXTS, one))
    with pytest.raises(InvalidInput):
        sheet(store, emma)


# the expectations sheet


def test_the_sheet_says_what_to_expect_what_is_agreed_when_and_whom_to_call(store, emma):
    plan(store, emma, 5, kind=MeetingKind.NETWORK.value)
    held = plan(store, emma, -5)
    for number in range(10):
        values = {"what": f"Aftale {number}", "who": "Mor", "due": TODAY + number * DAY}
        do(store, lambda w, v=values: meeting_lines.add_agreement(w, held, v))
    values = {"who": "Karen", "how_often": "Hver måned", "until": TODAY + 60 * DAY, "consent_by": "Mor"}
    do(store, lambda w: unannounced.agree(w, emma, values))
    words, pages = text_of(sheet(store, emma))
    for said in (
        "Det kan I forvente af os", "Det forventer vi af jer", "Aftale 7", "Og 2 til", "Netværksmøde",
        "Uanmeldte besøg", "Hver måned", "Ring til os", "Karen Prøve",
    ):  # fmt: skip
        assert said in words
    assert "Aftale 8" not in words
    assert "Skjult" not in words
    assert pages == 2, "one sheet, both sides"


def test_what_the_family_does_not_know_of_is_not_on_its_sheet(store, emma):
    plan(store, emma, 5, kind=MeetingKind.INTERNAL.value)
    values = {"what": "Hemmelig underretning drøftes", "source_type": AgreementSource.TELEPHONE}
    do(store, lambda w: agreements.agree(w, emma, values))
    words, _pages = text_of(sheet(store, emma))
    assert "Hemmelig" not in words
    assert "Vi har ikke aftalt en dag endnu." in words


def test_the_words_of_one_case_stand_over_the_standard_ones_until_they_are_emptied(store, emma):
    made = do(store, lambda w: expectations.write(w, emma, {"from_us": "- Vi kommer hver tirsdag."}))
    assert "hver tirsdag" in text_of(sheet(store, emma))[0]
    assert "Vi kommer til tiden" not in text_of(sheet(store, emma))[0]
    again = do(store, lambda w: expectations.write(w, emma, {"from_us": " "}))
    assert again == made
    assert "Vi kommer til tiden" in text_of(sheet(store, emma))[0]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("from_us", {"from_us": "Nummer 010162-1234"}),
        ("why", {"why": "x" * 20_001}),
        ("talked_on", {"talked_on": TODAY + DAY}),
    ],
)
def test_a_sheet_with_a_number_or_a_day_to_come_is_refused(store, emma, field, values):
    with pytest.raises(InvalidInput) as refused:
        do(store, lambda w: expectations.write(w, emma, values))
    assert refused.value.field == field
    assert store.read(lambda r: r.count(Expectations)) == 0


def test_a_sheet_that_leaves_the_house_is_noted_in_its_case(store, emma):
    job = sheet(store, emma)
    do(store, lambda w: papers.record_print(w, job, b"%PDF"))
    (noted,) = store.read(lambda r: papers.printed(r, emma))
    assert (noted.document, job.file_name) == ("expectations_sheet", "expectations-sheet.pdf")


def test_the_sheet_of_an_unborn_child_names_its_parent(store):
    case = do(store, lambda w: cases.register(w, {"unborn_of": "Mette Prøve"}))
    assert "Mette Prøve" in text_of(sheet(store, case))[0]


def test_both_parents_names_do_not_stand_with_their_phones(store, emma):
    values = {"name": "Mette Prøve", "role": Role.MOTHER, "custody": Custody.SOLE, "phone": "30 30 30 30"}
    do(store, lambda w: people.add(w, emma, values))
    assert "30 30 30 30" not in text_of(sheet(store, emma))[0]
