"""An investigation: its days, its topics, its contributions, its maps, and what cannot be."""

from __future__ import annotations

import datetime as dt

import pytest

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.investigation import (
    Contribution,
    Investigation,
    InvestigationAnswer,
    InvestigationKind,
)
from caseworker_app.domain.network_map import Voice
from caseworker_app.domain.searching import Question
from caseworker_app.domain.text_facts import ListPart, TablePart, TextPart
from caseworker_app.services import (
    chronology,
    contributions_due,
    entries,
    history,
    investigation_papers,
    investigation_views,
    investigations,
    map_versions,
    network_maps,
)
from caseworker_app.services.forms import Edit
from tests.helpers import casework
from tests.helpers.maps import put, shipped
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
BOOKS = ShippedBooks()
FORMS = BOOKS.forms(None)


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, "Emma Holm")


def began(store, case, **values):
    return store.write(lambda w: investigations.begin(w, case, values)).result


def wrote(store, found, topic, **values):
    return store.write(lambda w: investigations.write_answer(w, found, FORMS, topic, values)).result


def asked(store, found, **values):
    values = {"whom": "Lise Beck", "profession": "Lærer", **values}
    return store.write(lambda w: investigations.ask(w, found, values)).result


def drawn(store, case, voice, *people):
    made = store.write(lambda w: network_maps.begin(w, case, voice, templates=shipped())).result
    for name in people:
        put(store, made, name, "close")
    return made


def view(store, found):
    return store.read(lambda r: investigation_views.view(r, found, FORMS, casework.book()))


def paper(store, found):
    return store.read(lambda r: investigation_papers.jobs(r, found, FORMS, casework.book(), shipped()))


def refused(store, act):
    with pytest.raises(InvalidInput) as caught:
        store.write(act)
    return caught.value.field


def get(store, cls, thing):
    return store.read(lambda r: r.get(cls, thing))


# --- Days


def test_the_clock_runs_four_months_from_the_day_the_need_was_known(store, emma):
    found = began(store, emma, known_on=dt.date(2026, 9, 30))
    clock = view(store, found).clock
    assert clock.due == dt.date(2027, 1, 30)
    assert clock.law and "§ 20, stk. 3" in str(clock.source)


def test_one_that_is_over_its_time_is_late_until_it_is_concluded(store, emma):
    found = began(store, emma, known_on=TODAY - 130 * DAY)
    assert view(store, found).late
    store.write(lambda w: investigations.assess_preliminarily(w, found, TODAY, FORMS, "Hjælpen fortsætter."))
    shown = view(store, found)
    assert shown.late and shown.investigation.preliminary_on == TODAY
    assert shown.answers["preliminary"].text == "Hjælpen fortsætter."
    store.write(lambda w: investigations.conclude(w, found, TODAY))
    assert not view(store, found).late


@pytest.mark.parametrize("field", ["ended_on", "preliminary_on"])
def test_nothing_ends_before_the_need_was_known(store, emma, field):
    found = began(store, emma, known_on=TODAY - DAY)
    edits = {field: Edit(TODAY - 2 * DAY)}
    assert refused(store, lambda w: investigations.edit(w, found, edits)) == field
    assert getattr(get(store, Investigation, found), field) is None


def test_a_day_that_has_not_come_is_refused(store, emma):
    assert refused(store, lambda w: investigations.begin(w, emma, {"known_on": TODAY + DAY})) == "known_on"
    found = began(store, emma)
    assert refused(store, lambda w: investigations.conclude(w, found, TODAY + DAY)) == "ended_on"


def test_two_of_one_kind_do_not_run_at_once(store, emma):
    found = began(store, emma)
    with pytest.raises(UserError, match="runs already"):
        began(store, emma)
    began(store, emma, kind=InvestigationKind.SCREENING)
    store.write(lambda w: investigations.conclude(w, found, TODAY))
    began(store, emma)


def test_a_conclusion_can_be_taken_back_and_stands_in_the_chronology(store, emma):
    found = began(store, emma, known_on=TODAY - 9 * DAY)
    store.write(lambda w: investigations.conclude(w, found, TODAY))
    shown = store.read(lambda r: chronology.view(r, emma))
    assert {(one.event.aspect, one.event.day) for one in shown if one.event.type == "investigation"} == {
        ("begun", TODAY - 9 * DAY),
        ("ended", TODAY),
    }
    store.write(lambda w: investigations.go_on(w, found))
    assert get(store, Investigation, found).ended_on is None


# --- Topics


def test_the_form_is_frozen_when_the_first_words_are_written(store, emma):
    found = began(store, emma)
    assert get(store, Investigation, found).form == ""
    wrote(store, found, "health", challenges="Sover lidt", resources="God appetit")
    now = get(store, Investigation, found)
    assert (now.form, now.form_version) == ("ics", 1)


def test_screening_and_scoping_have_their_own_short_forms(store, emma):
    for kind, form in ((InvestigationKind.SCREENING, "screening"), (InvestigationKind.SCOPING, "scoping")):
        shown = view(store, began(store, emma, kind=kind))
        assert shown.spec.id == form and len(shown.spec.topics) < 6
        assert shown.demanded == () and shown.lacking == ()


def test_two_that_begin_under_one_topic_write_in_the_same_answer(store, emma):
    found = began(store, emma)
    one = wrote(store, found, "school", resources="Glad for sin lærer")
    other = wrote(store, found, "school", challenges="Meget fravær")
    assert one == other
    now = get(store, InvestigationAnswer, one)
    assert (now.resources, now.challenges) == ("Glad for sin lærer", "Meget fravær")


def test_an_answer_that_was_undone_can_be_written_anew(store, emma):
    found = began(store, emma)
    first = store.write(
        lambda w: investigations.write_answer(w, found, FORMS, "means", {"challenges": "Flytter"})
    )
    assert first.act_id
    store.write(history.undo)
    assert view(store, found).answers == {}
    wrote(store, found, "means", resources="Ny lejlighed")
    answer = view(store, found).answers["means"]
    assert (answer.challenges, answer.resources) == ("", "Ny lejlighed")


def test_twenty_thousand_characters_fit_and_come_whole_on_paper(store, emma):
    found = began(store, emma)
    words = "Barnet fortæller om skolen. " * 720
    wrote(store, found, "school", challenges=words)
    assert len(words) > 20_000
    parts = paper(store, found)[0].facts.parts
    assert any(words.strip() in part.text for part in parts if isinstance(part, TextPart))


def test_more_than_an_answer_holds_is_refused_at_its_field(store, emma):
    found = began(store, emma)
    values = {"challenges": "x" * 100_001}
    assert (
        refused(store, lambda w: investigations.write_answer(w, found, FORMS, "school", values))
        == "challenges"
    )


def test_a_topic_the_form_has_not_is_a_bug_and_a_choice_it_has_not_is_refused(store, emma):
    found = began(store, emma, kind=InvestigationKind.SCREENING)
    with pytest.raises(KeyError):
        wrote(store, found, "no_such_topic", text="x")
    values = {"chosen": "maybe"}
    assert (
        refused(store, lambda w: investigations.write_answer(w, found, FORMS, "result", values)) == "chosen"
    )


def test_a_topic_rests_on_things_of_the_same_case_only(store, emma):
    found, other = began(store, emma), register(store, "Noah Lund")
    theirs = asked(store, began(store, other))
    ours = asked(store, found)
    link = entries.link_to("contribution", theirs)
    values = {"sources": (link,)}
    assert (
        refused(store, lambda w: investigations.write_answer(w, found, FORMS, "school", values)) == "sources"
    )
    answer = wrote(store, found, "school", sources=(entries.link_to("contribution", ours),))
    assert (
        refused(store, lambda w: investigations.edit_answer(w, answer, FORMS, {"sources": Edit((link,))}))
        == "sources"
    )


def test_what_is_written_is_found_again(store, emma):
    found = began(store, emma)
    wrote(store, found, "behaviour", child_words="Jeg bliver vred om aftenen")
    asked(store, found, text="Fraværet er steget")
    hits = store.read(
        lambda r: {hit.kind for word in ("vred", "fraværet") for hit in r.search(Question(word))}
    )
    assert hits == {"investigation_answer", "contribution"}


def test_what_the_law_asks_for_is_said_until_it_is_written_and_stops_nothing(store, emma):
    found = began(store, emma, first_time=True)
    before = [str(words) for words in view(store, found).demanded]
    assert len(before) == 6
    wrote(store, found, "child_view", text="Vil gerne have en at tale med")
    wrote(store, found, "two_workers", text="Begge møder i august")
    assert len(view(store, found).demanded) == 4
    store.write(lambda w: investigations.conclude(w, found, TODAY))


# --- Contributions


def test_a_contribution_is_overdue_until_it_comes(store, emma):
    found = began(store, emma, known_on=TODAY - 40 * DAY)
    made = asked(store, found, asked_on=TODAY - 30 * DAY, due_by=TODAY - DAY)
    late = store.read(contributions_due.overdue)
    assert [(case.id, one.id) for case, one in late] == [(emma, made)]
    store.write(lambda w: investigations.edit_contribution(w, made, {"received_on": Edit(TODAY)}))
    assert store.read(contributions_due.overdue) == ()


def test_nobody_waits_for_a_contribution_to_what_is_concluded(store, emma):
    found = began(store, emma, known_on=TODAY - 40 * DAY)
    asked(store, found, asked_on=TODAY - 30 * DAY, due_by=TODAY - DAY)
    store.write(lambda w: investigations.conclude(w, found, TODAY))
    assert store.read(contributions_due.overdue) == ()


def test_a_contribution_does_not_come_before_it_was_asked_for(store, emma):
    found = began(store, emma, known_on=TODAY - 40 * DAY)
    made = asked(store, found, asked_on=TODAY - 3 * DAY)
    for field in ("received_on", "due_by"):
        edits = {field: Edit(TODAY - 4 * DAY)}
        assert refused(store, lambda w, e=edits: investigations.edit_contribution(w, made, e)) == field
    assert get(store, Contribution, made).received_on is None


def test_a_contribution_says_who_is_asked(store, emma):
    found = began(store, emma)
    assert (
        refused(store, lambda w: investigations.ask(w, found, {"whom": " ", "what": "Udtalelse"})) == "whom"
    )


# --- Maps and paper


def test_the_missing_maps_are_said_until_both_are_attached(store, emma):
    found = began(store, emma)
    assert len(view(store, found).missing_maps) == 2
    for voice in (Voice.CHILD, Voice.MOTHER):
        made = drawn(store, emma, voice, "Mor")
        store.write(lambda w, m=made: map_versions.attach(w, m, found))
    assert view(store, found).missing_maps == ()


def test_a_map_of_another_case_cannot_be_attached(store, emma):
    found = began(store, emma)
    strange = drawn(store, register(store, "Noah Lund"), Voice.CHILD, "Far")
    with pytest.raises(KeyError):
        store.write(lambda w: map_versions.attach(w, strange, found))
    assert view(store, found).maps == ()


def test_the_attached_maps_are_papers_of_their_own_and_listed_in_the_investigation(store, emma):
    found = began(store, emma)
    first = drawn(store, emma, Voice.CHILD, "Mor")
    store.write(lambda w: map_versions.keep(w, first))
    again = store.write(lambda w: map_versions.draw_on(w, first)).result
    put(store, again, "Sofie", "close", "friends")
    store.write(lambda w: map_versions.attach(w, again, found))
    text, *maps = paper(store, found)
    assert [job.about for job in maps] == [again]
    listed = [p for part in text.facts.parts if isinstance(part, ListPart) for p in part.points]
    assert listed[0].startswith("Bilag 1: ") and any("Sofie" in one for one in listed)
    assert "Der er ikke vedlagt et kort tegnet med forældrene." in listed


def test_interventions_before_and_during_stand_beside_it(store, emma):
    casework.begin(store, emma, start=TODAY - 20 * DAY)
    found = began(store, emma, known_on=TODAY - 40 * DAY)
    shown = view(store, found)
    assert [one.before for one in shown.beside] == [False]
    tables = [part for part in paper(store, found)[0].facts.parts if isinstance(part, TablePart)]
    assert [table.heading for table in tables] == ["Indsatser før og under undersøgelsen"]


def test_the_file_is_named_without_a_name_and_nothing_empty_is_printed(store, emma):
    found = began(store, emma)
    wrote(store, found, "health", resources="Rask", challenges="  ")
    job = paper(store, found)[0]
    assert job.file_name == "investigation.pdf" and "Emma" not in job.facts.title
    said = [part for part in job.facts.parts if isinstance(part, TextPart)]
    assert [part.heading for part in said if part.heading] == ["Barnets udvikling", "Sundhedsforhold"]


def test_a_personal_number_in_the_text_makes_the_paper_warn(store, emma):
    found = began(store, emma)
    wrote(store, found, "health", challenges="Set i journalen 610315-4234")
    assert paper(store, found)[0].facts.number
