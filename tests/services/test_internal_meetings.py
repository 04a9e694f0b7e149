"""The internal meeting: an anonymous sheet that names nobody, the chair's turn, the time, what is done afterwards."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from functools import cache

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.clock import FixedClock
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents.papers import make
from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.anonymous import Anonymiser, Found, Known, Lists, stems
from caseworker_app.domain.case import Address, Case
from caseworker_app.domain.consent import Consent, ConsentUse, GiverCapacity, InformationKind
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.internal_sheet import Profession, Sparring, chair_in_turn, minutes_per_case
from caseworker_app.domain.kinds import TEXT
from caseworker_app.domain.meeting import Audience, Meeting, MeetingKind, TimeSpan
from caseworker_app.domain.papers import Paper
from caseworker_app.domain.person import Custody, Role
from caseworker_app.domain.things import TYPES
from caseworker_app.services import (
    cases,
    consents,
    first_papers,
    internal_meetings,
    internal_series,
    internal_sheets,
    meetings,
    papers,
    people,
)
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Access
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
BOOKS = ShippedBooks()
LISTS = BOOKS.name_lists()
WHEN = TimeSpan(TODAY + dt.timedelta(days=5), dt.time(9), dt.time(10, 30))


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path, FixedClock(NOON))
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    values = {
        "called": "Emmi",
        "person_number": "6103154234",
        "school": "Lindeskolen",
        "phone": "22 33 44 55",
        "address": Address("Kastanievej 3", "7400", "Herning"),
    }
    case = register(store, child_name="Emma Louise Holm", **values)
    for name, role, more in (
        ("Mia Holm", Role.MOTHER, {"custody": Custody.SHARED, "lives_with_child": True}),
        ("Jonas Bech", Role.FATHER, {}),
        ("Bo Lund", Role.RELATIVE, {"role_words": "morbror Bosse"}),
        ("Tom Vang", Role.TEACHER, {"function": "klasselærer på Lindeskolen"}),
    ):
        card = {"name": name, "role": role, **more}
        store.write(lambda w, card=card: people.add(w, case, card))
    return case


def brought(store, case, **values):
    said = {"question": "Hvordan får vi netværket med?", **values}
    return store.write(lambda w: internal_meetings.bring(w, case, said)).result


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def paper(store, sheet):
    job = store.read(lambda r: internal_sheets.job(r, BOOKS, sheet))
    return job, make(job).data


def everything(job, data: bytes) -> str:
    """All that leaves with a file: its text, its bytes unpacked, its metadata, its name."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    unpacked = [data.decode("latin-1"), data.decode("utf-8", "ignore"), data.decode("utf-16-be", "ignore")]
    for number in range(1, len(reader.xref_objStm) + len(reader.xref.get(0, {})) + 1):
        found = reader.get_object(number)
        if hasattr(found, "get_data"):
            unpacked.append(found.get_data().decode("latin-1"))
    info = " ".join(map(str, (reader.metadata or {}).values()))
    return "\n".join([text_of(data), *unpacked, info, job.file_name, job.recipient])


# --- Nobody is named -------------------------------------------------------------------------------------------


def planted(store, case):
    """Write a marked word into every text field of every kind of thing there is, in the case and in another one."""
    other = register(store, child_name="Zanzi Mærkholt")
    marks: list[str] = []

    def write(writer):
        for stream, letter in ((writer.get(Case, case).stream, "A"), (writer.get(Case, other).stream, "B")):
            for number, declared in enumerate(TYPES):
                if declared.cls is Case or declared.name in ("worker", "office", "internal_case"):
                    continue
                words = {}
                for name, spec in declared.specs.items():
                    if spec.kind is TEXT and name not in SAFE:
                        words[name] = f"Kvzx{letter}{number}{name}"
                        marks.append(words[name])
                writer.act("Plant")
                more = {"role": Role.TEACHER} if declared.name == "person" else {}
                writer.create(declared.cls(id=writer.new_id(), stream=stream, **words, **more))
        for name, spec in type_specs(Case).items():
            if spec.kind is TEXT and name not in SAFE:
                marks.append(f"Kvzxcase{name}")
                writer.set(Case, case, name, marks[-1], parents=None)

    store.write(write)
    return marks


SAFE = {"order", "person_number", "kind", "letter", "strokes"}
"""What holds no words somebody wrote: keys of an order, numbers with a form, ids of a catalogue."""


def type_specs(cls):
    return next(one.specs for one in TYPES if one.cls is cls)


def test_no_marked_word_of_any_field_of_a_case_leaves_with_the_anonymous_sheet(store, emma):
    marks = planted(store, emma)
    named = [mark for mark in marks if mark.endswith(("name", "called"))][:60]
    text = "Talt med " + ", ".join(named) + " og " + " og ".join(f"{mark}s mor" for mark in named[:20]) + "."
    sheet = brought(store, emma, situation=text, tried=text.upper(), question=text)
    whole = everything(*paper(store, sheet)).casefold()
    left = [mark for mark in marks if mark.casefold() in whole]
    assert len(marks) > 150
    assert left == []


def test_the_people_places_and_numbers_of_a_case_leave_nothing_on_the_sheet(store, emma):
    words = (
        "Emmas mor Mia Holm og Jonas' nye kæreste var der. EMMI blev hentet af morbror Bosse. Bo Lunds bil. emma sov. "
        "Hun bor Kastanievej 3, 7400 Herning, og går på Lindeskolen hos Tom Vang. Født 1. marts 2015, cpr 610315-4234, "
        "tlf. 22334455 og +45 22 33 44 55, mail mia.holm@post.example, Emma-Louise Holms veninde, Holmfamilien."
    )
    sheet = brought(store, emma, situation=words, tried=words, question=words)
    job, data = paper(store, sheet)
    info = " ".join(map(str, (pypdf.PdfReader(io.BytesIO(data)).metadata or {}).values()))
    whole = f"{text_of(data)} {info} {job.file_name}".casefold()  # three letters are in every font by chance
    for word in (
        "emma", "emmi", "louise", "holm", "mia", "jonas", "bech", "bosse", "bo lund", "vang", "kastanievej", "herning",
        "7400", "lindeskolen", "2015", "marts", "610315", "4234", "22334455", "22 33", "post.example", "karen",
    ):  # fmt: skip
        assert word not in whole, word


def test_ages_and_functions_stay_and_say_what_the_case_is(store, emma):
    sheet = brought(
        store, emma, wanted=frozenset({Profession.PSYCHOLOGIST}), sparring=frozenset({Sparring.LADDER})
    )
    _job, data = paper(store, sheet)
    said = text_of(data)
    for words in (
        "11 år",
        "mor, har forældremyndighed, bor sammen med barnet",
        "far, bor ikke sammen",
        "klasselærer",
    ):
        assert words in said
    assert "psykolog" in said
    assert "fortæller familien" in " ".join(said.split())


def test_a_name_of_another_case_is_replaced_too(store, emma):
    register(store, child_name="Villads Overgaard")
    sheet = brought(store, emma, situation="Hun leger med Villads' søster. Overgaards bil.")
    shown = store.read(lambda r: internal_sheets.view(r, BOOKS, sheet))
    text = "".join(piece.text for piece in dict(shown.texts)["situation"])
    assert text == "Hun leger med et andet barns søster. Et andet barns bil."


def test_what_cannot_be_judged_is_shown_and_can_be_let_stay_or_masked(store, emma):
    sheet = brought(store, emma, situation="Hun ses med Preben. Gynger er bedst. Hun vil bo hos far.")
    shown = store.read(lambda r: internal_sheets.view(r, BOOKS, sheet))
    assert [(p.original, p.found) for p in shown.doubts] == [
        ("Preben", Found.MASKED), ("Gynger", Found.DOUBTED), ("bo", Found.DOUBTED)
    ]  # fmt: skip
    store.write(lambda w: internal_meetings.let_stay(w, sheet, "Preben"))
    store.write(lambda w: internal_meetings.mask(w, sheet, "Gynger"))
    shown = store.read(lambda r: internal_sheets.view(r, BOOKS, sheet))
    text = "".join(piece.text for piece in dict(shown.texts)["situation"])
    assert text.startswith("Hun ses med Preben. […] er bedst.")


def test_a_name_the_store_knows_is_never_let_stay(store, emma):
    sheet = brought(store, emma, situation="Emma sov.")
    store.write(lambda w: internal_meetings.let_stay(w, sheet, "Emma"))
    assert "emma" not in everything(*paper(store, sheet)).casefold()


@cache
def reader_of(name: str) -> Anonymiser:
    return Anonymiser([Known(name, "barnet")], LISTS)


@pytest.mark.parametrize(
    "said",
    ["{0}", "{0}s", "{0}'", "{0}’s", "{0}es", "{1}", "{2}", "({0})", "»{0}«", "{0}-dagen", "{0},", "{0}s."],
)
@pytest.mark.parametrize(
    "name", ["Emma", "Jonas", "Felix", "Zoé", "Åse", "Çelik", "Anne-Marie", "Lis", "O'Connor"]
)
def test_a_name_is_found_however_it_stands_in_danish(name, said):
    text = "Vi så " + said.format(name, name.upper(), name.replace("é", "e").replace("Å", "Aa")) + " i går"
    assert name.casefold() not in reader_of(name).clean(text).casefold()


@given(st.text(max_size=200))
def test_reading_a_text_loses_nothing_but_what_was_found(text):
    pieces = reader_of("Emma").read(text)
    assert "".join(p.original or p.text for p in pieces) == text
    assert "emma" not in "".join(p.text for p in pieces).casefold().split()


@given(st.text(st.characters(categories=("Lu", "Ll")), min_size=3, max_size=12))
def test_a_word_is_a_stem_of_its_own_genitive(word):
    assert next(iter(stems(word))) in set(stems(f"{word}s"))


def test_a_word_that_is_a_name_as_well_is_replaced_only_with_a_capital():
    both = Anonymiser([Known("Storm Dahl", "barnet")], LISTS)
    assert both.clean("Vi så Storm i en storm") == "Vi så barnet i en storm"


def test_numbers_that_are_ages_and_counts_stand():
    plain = "Han er 14 år og har 3 søskende, 22 dages fravær og 1-2 venner."
    assert Anonymiser([], LISTS).clean(plain) == plain


def test_without_lists_every_capital_inside_a_sentence_is_masked():
    assert Anonymiser([], Lists()).clean("han mødte Preben") == "han mødte […]"


# --- With consent ----------------------------------------------------------------------------------------------


def consented(store, case, **more):
    said = {
        "giver": "Mia Holm", "recipient": "Det interne møde", "kinds": frozenset({InformationKind.CASE}),
        "purpose": "Sparring", "uses": frozenset({ConsentUse.INTERNAL_MEETING}), **more,
    }  # fmt: skip
    return store.write(lambda w: consents.give(w, case, said)).result


def test_with_a_consent_that_stands_the_sheet_is_named_without_the_number(store, emma):
    consented(store, emma)
    sheet = brought(store, emma, named=True, situation="Emma bor hos sin mor.")
    said = text_of(paper(store, sheet)[1])
    assert "Emma Louise Holm" in said
    assert "6103" not in said


@pytest.mark.parametrize(
    "more",
    [
        {"uses": frozenset({ConsentUse.HANDOVER})},
        {"capacity": GiverCapacity.PARENT},
        {"given_on": TODAY - dt.timedelta(days=30), "withdrawn_on": TODAY},
    ],
)
def test_no_other_consent_makes_the_sheet_named(store, emma, more):
    consented(store, emma, **more)
    sheet = brought(store, emma, named=True)
    with pytest.raises(UserError, match="no consent for an internal meeting"):
        store.read(lambda r: internal_sheets.job(r, BOOKS, sheet))
    shown = store.read(lambda r: internal_sheets.view(r, BOOKS, sheet))
    assert shown.refused
    assert "Emma" not in "".join(p.text for p in shown.of(*Found))


def test_a_consent_withdrawn_after_the_sheet_was_written_makes_it_anonymous_again(store, emma):
    consent = consented(store, emma)
    sheet = brought(store, emma, named=True)
    store.write(lambda w: consents.withdraw(w, consent, TODAY, "Mia Holm"))
    with pytest.raises(UserError):
        store.read(lambda r: internal_sheets.job(r, BOOKS, sheet))
    assert store.read(lambda r: r.get(Consent, consent)).withdrawn_on == TODAY


def test_a_number_on_a_named_sheet_is_refused(store, emma):
    consented(store, emma)
    sheet = brought(store, emma, named=True, situation="Nummeret er 610315-4234.")
    with pytest.raises(UserError, match="CPR number"):
        store.read(lambda r: internal_sheets.job(r, BOOKS, sheet))


# --- Chair, time, afterwards -----------------------------------------------------------------------------------


def test_the_chair_goes_round_and_who_was_it_longest_ago_is_next():
    members = ("Lone", "Per", "Anja")
    assert chair_in_turn(members, ()) == "Lone"
    assert chair_in_turn(members, ("Lone",)) == "Per"
    assert chair_in_turn(members, ("Per", "Lone")) == "Anja"
    assert chair_in_turn(members, ("Anja", "Per", "Lone")) == "Lone"
    assert chair_in_turn((), ("Anja",)) == ""


@given(st.integers(0, 600), st.integers(0, 40))
def test_the_cases_never_share_more_than_the_time_there_is(minutes, count):
    assert minutes_per_case(minutes, count) * count <= max(0, minutes - 15)


def test_time_is_shared_by_our_cases_and_the_colleagues(store, emma):
    other = register(store, child_name="Noah Bro")
    values = {"when": WHEN, "members": ("Karen Prøve", "Per Dam"), "colleagues_cases": 3}
    agenda = store.write(lambda w: internal_meetings.plan(w, values)).result
    for case in (emma, other):
        brought(store, case, agenda=agenda)
    shown = store.read(lambda r: internal_meetings.agenda_view(r, agenda))
    assert (len(shown.brought), shown.minutes) == (2, 15)
    assert (shown.agenda.chair, shown.turn) == ("Karen Prøve", "Per Dam")


def test_the_agenda_has_four_points_and_names_no_child(store, emma):
    agenda = store.write(lambda w: internal_meetings.plan(w, {"when": WHEN, "news": "Ny kollega"})).result
    brought(store, emma, agenda=agenda, wanted=frozenset({Profession.HEALTH_VISITOR}))
    said = text_of(make(store.read(lambda r: first_papers.agenda_job(r, agenda))).data)
    for words in (
        "1. Mødeleder",
        "2. Tid til hver sag",
        "3. Sparring på sager",
        "4. Nyt",
        "Sundhedsplejerske",
    ):
        assert words in said
    assert "Emma" not in said


def test_a_meeting_without_a_time_and_one_that_ends_before_it_begins_are_refused(store):
    for when in (None, TimeSpan(TODAY, dt.time(10), dt.time(9))):
        with pytest.raises(InvalidInput):
            store.write(lambda w, when=when: internal_meetings.plan(w, {"when": when}))


def test_afterwards_the_presenter_informs_the_family_and_each_minds_her_own_journal(store, emma):
    sheet = brought(store, emma)
    for _twice in range(2):
        store.write(
            lambda w: internal_meetings.discussed(w, sheet, {"ideas": "Netværksmøde"}, ["Per Dam, psykolog"])
        )
    left = store.read(lambda r: internal_meetings.afterwards(r, sheet))
    assert [(one.what, one.who) for one in left] == [
        (internal_meetings.INFORM, "Karen Prøve"), (internal_meetings.JOURNAL, "Per Dam, psykolog")
    ]  # fmt: skip
    store.write(lambda w: internal_meetings.informed(w, sheet, TODAY))
    first = store.read(lambda r: r.get(Agreement, left[0].id))
    assert first.done_on == TODAY


def test_the_family_is_not_told_before_the_meeting(store, emma):
    sheet = brought(store, emma)
    with pytest.raises(UserError):
        store.write(lambda w: internal_meetings.informed(w, sheet, TODAY))
    store.write(lambda w: internal_meetings.discussed(w, sheet, {}))
    with pytest.raises(InvalidInput):
        store.write(lambda w: internal_meetings.informed(w, sheet, TODAY - dt.timedelta(days=1)))


def test_a_case_is_brought_with_a_question(store, emma):
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: internal_meetings.bring(w, emma, {"question": "  "}))
    assert refused.value.field == "question"


def test_what_is_brought_is_changed_and_taken_off(store, emma):
    sheet = brought(store, emma)
    edits = {"question": Edit("Andet")}
    store.write(lambda w: internal_meetings.edit(w, sheet, edits))
    assert store.read(lambda r: internal_meetings.of_case(r, emma))[0].question == "Andet"
    store.write(lambda w: internal_meetings.remove(w, sheet))
    assert store.read(lambda r: internal_meetings.of_case(r, emma)) == ()


def test_a_case_that_was_closed_gives_its_sheet_all_the_same(store, emma):
    sheet = brought(store, emma)
    store.write(lambda w: cases.close(w, emma, TODAY, "Flyttet"))
    assert dataclasses.is_dataclass(store.read(lambda r: internal_sheets.view(r, BOOKS, sheet)))


# --- An agenda that hangs on a meeting in the plan -------------------------------------------------------------


def hung_meeting(store, **values):
    """Plan an internal meeting in the plan; return its id."""
    plan = {"when": WHEN, "place": "Lokale 3", "purpose": "", **values}
    kind = store.read(lambda r: BOOKS.meeting_kinds(r).kinds.get(MeetingKind.INTERNAL))
    return store.write(lambda w: meetings.plan(w, None, plan, kind)).result


def test_the_agenda_of_a_meeting_has_its_time_place_and_chair_and_is_made_once(store, emma):
    meeting = hung_meeting(store, chair="Per Dam")
    for name in ("Lone Kjær", "Per Dam"):
        store.write(lambda w, n=name: meetings.invite_name(w, meeting, n, "", Audience.PROFESSIONAL))
    assert store.read(lambda r: internal_series.hung(r, meeting)).agenda is None
    assert [one.id for one in store.read(internal_series.without_agenda)] == [meeting]
    agenda = store.write(lambda w: internal_series.hang(w, meeting)).result
    assert store.write(lambda w: internal_series.hang(w, meeting)).result == agenda
    assert store.read(internal_series.without_agenda) == ()
    shown = store.read(lambda r: internal_series.hung(r, meeting)).agenda
    assert (shown.when, shown.place, shown.agenda.chair) == (WHEN, "Lokale 3", "Per Dam")
    assert shown.agenda.members == ("Lone Kjær", "Per Dam") and shown.turn == "Lone Kjær"
    assert "Lokale 3" in text_of(make(store.read(lambda r: first_papers.agenda_job(r, agenda))).data)


def test_whose_turn_it_is_leads_the_meeting_and_stands_in_its_plan(store, emma):
    led = []
    for week in range(3):
        day = WHEN.day + dt.timedelta(weeks=week)
        meeting = hung_meeting(store, when=TimeSpan(day, WHEN.start, WHEN.end))
        for name in ("Lone Kjær", "Per Dam"):
            store.write(lambda w, m=meeting, n=name: meetings.invite_name(w, m, n, "", Audience.PROFESSIONAL))
        store.write(lambda w, m=meeting: internal_series.hang(w, m))
        led.append(store.read(lambda r, m=meeting: r.get(Meeting, m)).chair)
    assert led == ["Lone Kjær", "Per Dam", "Lone Kjær"]


def test_a_brought_case_waits_goes_on_a_meeting_and_comes_off_it_again(store, emma):
    meeting, sheet = hung_meeting(store), brought(store, emma)
    waiting = store.read(lambda r: internal_series.hung(r, meeting)).waiting
    assert [one.sheet.id for one in waiting] == [sheet]
    store.write(lambda w: internal_series.put_on(w, sheet, meeting))
    hung = store.read(lambda r: internal_series.hung(r, meeting))
    assert hung.waiting == () and [one.sheet.id for one in hung.agenda.brought] == [sheet]
    jobs = store.read(lambda r: internal_series.papers_of(r, BOOKS, meeting))
    assert [job.kind for job in jobs] == [Paper.INTERNAL_AGENDA, Paper.INTERNAL_SHEET]
    store.write(lambda w: papers.record_print(w, jobs[1], make(jobs[1]).data, Access.PRINT))
    assert [p.about for p in store.read(lambda r: internal_series.printed(r, meeting))] == [sheet]
    store.write(lambda w: internal_series.take_off(w, sheet))
    assert [one.sheet.id for one in store.read(internal_series.waiting)] == [sheet]
    store.write(lambda w: internal_series.put_on(w, sheet, meeting))
    store.write(lambda w: internal_meetings.remove_agenda(w, hung.agenda.agenda.id))
    assert [one.sheet.id for one in store.read(internal_series.waiting)] == [sheet]
    with pytest.raises(UserError, match="no agenda yet"):
        store.read(lambda r: internal_series.papers_of(r, BOOKS, meeting))


def test_a_meeting_without_a_time_gets_no_agenda_and_the_chair_may_be_taken_away(store, emma):
    unplanned = hung_meeting(store, when=None)
    with pytest.raises(InvalidInput, match="day and time"):
        store.write(lambda w: internal_series.hang(w, unplanned))
    meeting = hung_meeting(store, chair="Per Dam")
    agenda = store.write(lambda w: internal_series.hang(w, meeting)).result
    store.write(lambda w: internal_meetings.edit_agenda(w, agenda, {"chair": Edit("", None)}))
    said = text_of(make(store.read(lambda r: first_papers.agenda_job(r, agenda))).data)
    assert "Mødelederen vælges." in said and "Per Dam" not in said
