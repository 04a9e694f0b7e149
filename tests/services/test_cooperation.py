"""The actors of a family, clarifying talks with a psychologist, the first meeting, analysis sheets."""

from __future__ import annotations

import datetime as dt
import io

import pypdf
import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents.papers import make
from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case, SiblingKind
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.person import Role
from caseworker_app.domain.professional_network import Department, ProfessionalContact
from caseworker_app.domain.psychologist_talk import MOST_TALKS, PsychologistCourse, TalkPurpose, TalkWith
from caseworker_app.services import (
    agreements,
    cases,
    first_meetings,
    first_papers,
    history,
    investigations,
    people,
    professional_network,
    psychologist_talks,
)
from caseworker_app.services.agreed import Kept
from caseworker_app.services.forms import Edit
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
BOOKS = ShippedBooks()


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path, FixedClock(NOON))
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, child_name="Emma Holm")


@pytest.fixture
def noah(store, emma):
    other = register(store, child_name="Noah Holm")
    store.write(lambda w: cases.link_siblings(w, emma, other, SiblingKind.FULL))
    return other


@pytest.fixture
def forms(store):
    return store.read(BOOKS.forms)


def text_of(job):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(make(job).data)).pages)


def actor(store, case, name="Anja Kjeldsen", **more):
    values = {"name": name, "function": "familiekonsulent", **more}
    return store.write(lambda w: professional_network.add(w, case, values)).result


def family(store, case):
    return store.read(lambda r: professional_network.of_family(r, case))


def count(store, case):
    return store.read(lambda r: professional_network.count(r, r.get(Case, case)))


# --- The professional network ----------------------------------------------------------------------------------


def test_an_actor_is_written_once_and_seen_in_the_sibling_s_case(store, emma, noah):
    actor(store, emma)
    actor(store, noah, "Per Thaarup", department=Department.EMPLOYMENT)
    for case in (emma, noah):
        assert [row.contact.name for row in family(store, case).rows] == ["Anja Kjeldsen", "Per Thaarup"]
        assert (family(store, case).count, family(store, case).departments, count(store, case)) == (2, 2, 2)


def test_the_same_actor_is_not_written_twice_for_one_family(store, emma, noah):
    actor(store, emma)
    with pytest.raises(InvalidInput, match="already"):
        actor(store, noah, "ANJA kjeldsen")


def test_one_that_came_from_two_laptops_is_counted_once(store, emma, noah):
    for case in (emma, noah):
        stream = store.read(lambda r, case=case: r.get(Case, case)).stream

        def write(writer, stream=stream):
            writer.act("x")
            writer.create(ProfessionalContact(id=writer.new_id(), stream=stream, name="Anja"))

        store.write(write)
    assert (family(store, emma).count, count(store, emma)) == (1, 1)


def test_who_has_ended_stands_below_and_is_not_counted(store, emma):
    gone = actor(store, emma, begun_on=TODAY - 90 * DAY)
    actor(store, emma, "Birthe")
    store.write(lambda w: professional_network.end(w, gone, TODAY - DAY))
    assert [(row.contact.name, row.active) for row in family(store, emma).rows] == [
        ("Birthe", True), ("Anja Kjeldsen", False)
    ]  # fmt: skip
    assert count(store, emma) == 1
    with pytest.raises(InvalidInput):
        store.write(lambda w: professional_network.end(w, gone, TODAY - 100 * DAY))


def test_professionals_with_a_card_are_offered_and_written_in_one_act(store, emma):
    for name, role in (("Tom Vang", Role.TEACHER), ("Lis", Role.GRANDPARENT), ("Dr. Bo", Role.DOCTOR)):
        store.write(lambda w, n=name, r=role: people.add(w, emma, {"name": n, "role": r}))
    offers = family(store, emma).offers
    assert [(one.person.name, one.department) for one in offers] == [
        ("Tom Vang", Department.SCHOOL), ("Dr. Bo", Department.DOCTOR)
    ]  # fmt: skip
    store.write(lambda w: professional_network.add_offers(w, emma, offers))
    assert family(store, emma).offers == ()
    store.write(history.undo)
    assert family(store, emma).count == 0


def test_an_actor_needs_a_name_or_a_function(store, emma):
    with pytest.raises(InvalidInput):
        store.write(lambda w: professional_network.add(w, emma, {"name": " "}))
    assert store.write(lambda w: professional_network.add(w, emma, {"function": "psykolog"})).result


def test_the_paper_says_how_many_there_are(store, emma):
    actor(store, emma, phone="96 00 00 01", about="hele familien")
    said = text_of(store.read(lambda r: professional_network.job(r, emma)))
    assert "1 aktør har en aktiv sag" in said
    assert "96 00 00 01" in said


# --- Talks with a psychologist ---------------------------------------------------------------------------------


def asked(store, case, **more):
    values = {"question": "Hvad er svært?", "asked_on": TODAY - 60 * DAY, **more}
    return store.write(lambda w: psychologist_talks.ask(w, case, values)).result


def test_five_talks_are_the_most_there_are(store, emma):
    course = asked(store, emma)
    for number in range(MOST_TALKS):
        on = TODAY - (MOST_TALKS - number) * DAY
        store.write(lambda w, on=on: psychologist_talks.hold(w, course, {"held_on": on}))
    with pytest.raises(UserError) as refused:
        store.write(lambda w: psychologist_talks.hold(w, course, {}))
    assert refused.value.values["most"] == MOST_TALKS
    assert len(refused.value.ways_out) == 2


def test_a_talk_is_numbered_by_its_day_not_by_when_it_was_written(store, emma):
    course = asked(store, emma)
    later = store.write(lambda w: psychologist_talks.hold(w, course, {"held_on": TODAY})).result
    first = store.write(lambda w: psychologist_talks.hold(w, course, {"held_on": TODAY - 5 * DAY})).result
    shown = store.read(lambda r: psychologist_talks.view(r, course))
    assert (shown.number(first), shown.number(later), shown.left) == (1, 2, 3)


@pytest.mark.parametrize("planned", [0, 6])
def test_one_to_five_talks_are_agreed(store, emma, planned):
    with pytest.raises(InvalidInput) as refused:
        asked(store, emma, planned=planned)
    assert refused.value.field == "planned"


def test_talks_belong_to_the_investigation_that_runs(store, emma):
    running = store.write(lambda w: investigations.begin(w, emma, {})).result
    course = asked(store, emma)
    assert store.read(lambda r: r.get(PsychologistCourse, course)).investigation == running


def test_a_talk_before_it_was_asked_for_and_one_to_come_are_refused(store, emma):
    course = asked(store, emma)
    for day in (TODAY - 61 * DAY, TODAY + DAY):
        with pytest.raises(InvalidInput):
            store.write(lambda w, day=day: psychologist_talks.hold(w, course, {"held_on": day}))


def test_the_paper_says_first_that_it_is_no_confidential_treatment(store, emma):
    more = {"purpose": TalkPurpose.SUPPORT, "talk_with": TalkWith.BOTH, "planned": 2}
    course = asked(store, emma, **more)
    store.write(lambda w: psychologist_talks.edit(w, course, {"brought": Edit("Det blev klart.")}))
    said = text_of(store.read(lambda r: psychologist_talks.job(r, course)))
    assert said.index("ikke fortrolig behandling") < said.index("Formål")
    assert "Støtte til barn eller forældre" in said
    assert "Det blev klart." in said


# --- The first meeting -----------------------------------------------------------------------------------------


def test_a_case_has_one_checklist_of_the_first_meeting(store, emma, forms):
    made = store.write(lambda w: first_meetings.begin(w, emma, forms)).result
    with pytest.raises(UserError, match="begun already"):
        store.write(lambda w: first_meetings.begin(w, emma, forms))
    store.write(lambda w: first_meetings.remove(w, made))
    assert store.write(lambda w: first_meetings.begin(w, emma, forms)).result != made


def test_ticks_are_set_and_taken_away_one_by_one(store, emma, forms):
    made = store.write(lambda w: first_meetings.begin(w, emma, forms)).result
    for option, on in (("consent", True), ("journal", True), ("consent", False)):
        store.write(lambda w, o=option, on=on: first_meetings.tick(w, made, forms, "rights", o, on))
    shown = store.read(lambda r: first_meetings.view(r, made, forms))
    assert (shown.ticked("rights", "journal"), shown.ticked("rights", "consent")) == (True, False)
    with pytest.raises(InvalidInput):
        store.write(lambda w: first_meetings.tick(w, made, forms, "rights", "nothing like it", True))


def test_the_paper_has_own_questions_and_lines_where_nothing_is_written(store, emma, forms):
    values = {"own_questions": "- Hvem må vi ringe til?\n\nHvad hedder hunden?"}
    made = store.write(lambda w: first_meetings.begin(w, emma, forms, values)).result
    store.write(lambda w: first_meetings.write_answer(w, made, forms, "why", {"text": "Vi er bekymrede."}))
    said = text_of(store.read(lambda r: first_papers.first_meeting_job(r, BOOKS, made)))
    for words in (
        "Vi er bekymrede.",
        "Hvem må vi ringe til?",
        "Hvad hedder hunden?",
        "Retten til en bisidder",
    ):
        assert words in said


# --- Analysis sheets -------------------------------------------------------------------------------------------


def analysed(store, case, **values):
    said = {"question": "Hvorfor mandag?", **values}
    return store.write(lambda w: first_meetings.analyse(w, case, said)).result


STEP = {"next_step": "Ring til far", "next_who": "Karen", "next_due": TODAY + 7 * DAY}


def test_the_next_step_of_an_analysis_is_one_agreement_that_follows_it(store, emma):
    sheet = analysed(store, emma, **STEP)
    store.write(lambda w: first_meetings.edit_analysis(w, sheet, {"next_step": Edit("Ring til mor")}))
    (one,) = store.read(lambda r: r.find(Agreement))
    assert (one.what, one.who, one.due) == ("Ring til mor", "Karen", STEP["next_due"])


def test_a_step_that_is_settled_stays_as_it_was(store, emma):
    sheet = analysed(store, emma, **STEP)
    (one,) = store.read(lambda r: r.find(Agreement))
    store.write(lambda w: agreements.settle(w, Kept.AGREEMENT, one.id, TODAY, ""))
    store.write(lambda w: first_meetings.edit_analysis(w, sheet, {"next_step": Edit("Noget andet")}))
    assert [a.what for a in store.read(lambda r: r.find(Agreement))] == ["Ring til far"]


def test_an_analysis_taken_away_takes_its_open_step_along_and_undo_brings_both(store, emma):
    sheet = analysed(store, emma, **STEP)
    store.write(lambda w: first_meetings.remove_analysis(w, sheet))
    assert store.read(lambda r: r.count(Agreement)) == 0
    store.write(history.undo)
    assert store.read(lambda r: r.count(Agreement)) == 1
    assert len(store.read(lambda r: first_meetings.analyses_of(r, emma))) == 1


def test_an_empty_sheet_and_a_day_without_a_step_are_refused(store, emma):
    for values in ({}, {"question": "?", "next_due": TODAY}):
        with pytest.raises(InvalidInput):
            store.write(lambda w, v=values: first_meetings.analyse(w, emma, v))


def test_the_six_boxes_stand_on_paper_in_their_order_and_the_words_apart(store, emma):
    sheet = analysed(store, emma, data="6 dage", citizen_words="Jeg vil hjem", decision="Én taske")
    said = text_of(store.read(lambda r: first_papers.analysis_job(r, sheet)))
    names = ("Data", "Observationer", "Borgerens egne ord", "Fortolkning", "Beslutning", "Næste skridt")
    places = [said.index(name) for name in names]
    assert places == sorted(places)
    assert said.index("Jeg vil hjem") > said.index("Borgerens egne ord")
