"""Trial actions on the board, and KIK sheets: a look at each core element."""

from __future__ import annotations

import datetime as dt
import io

import pypdf
import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.documents.papers import make
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.kik_sheet import Degree, KikElement, KikSheet, Occasion, Quality
from caseworker_app.domain.rules.periods import add_months
from caseworker_app.domain.trial_action import Stage, TrialAction, TrialRound
from caseworker_app.services import history, kik, papers, quality_papers, trials
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Access
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
READY = {
    "what": "Barnet vælger selv sin plads ved bordet",
    "aim": "Barnet siger mere på mødet",
    "how_known": "Vi tæller, hvem der taler, på to møder",
    "owner": "Karen Villadsen",
    "show_on": TODAY + 14 * DAY,
}
ELEMENTS = ("Tryg gruppekultur", "Forældreinvolvering", "Narrativ tilgang")


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path, FixedClock(NOON))
    yield opened
    opened.close()


def suggest(store, **values):
    return store.write(lambda w: trials.suggest(w, values)).result


def move(store, trial, stage):
    store.write(lambda w: trials.move(w, trial, stage))


def view(store, trial):
    return store.read(lambda r: trials.view(r, trial))


def write_round(store, trial, **values):
    found = view(store, trial).round.id
    store.write(lambda w: trials.write_round(w, found, {n: Edit(v) for n, v in values.items()}))


def begin(store, effort="Børnegrupper", elements=ELEMENTS, **values):
    named = {"effort": effort, "elements": "\n".join(elements), **values}
    return store.write(lambda w: kik.begin(w, named)).result


def sheet(store, made):
    return store.read(lambda r: kik.view(r, made))


def look(store, element, **values):
    store.write(lambda w: kik.look_at(w, element, {n: Edit(v) for n, v in values.items()}))


# --- Trial actions ---------------------------------------------------------------------------------------------


def test_an_idea_needs_only_what_is_to_be_tried(store):
    with pytest.raises(InvalidInput) as refused:
        suggest(store, what="  ")
    assert refused.value.field == "what"
    made = suggest(store, what="Kortere dagsordener")
    assert view(store, made).trial.stage is Stage.IDEA
    assert view(store, made).rounds == ()


@pytest.mark.parametrize("missing", ["aim", "how_known", "owner", "show_on"])
def test_an_idea_becomes_no_trial_without_aim_measure_owner_and_day(store, missing):
    made = suggest(store, **{k: v for k, v in READY.items() if k != missing})
    with pytest.raises(InvalidInput) as refused:
        move(store, made, Stage.PLAN)
    assert refused.value.field == missing
    assert view(store, made).trial.stage is Stage.IDEA


def test_what_a_trial_must_have_is_not_taken_from_one_that_runs(store):
    made = suggest(store, **READY)
    move(store, made, Stage.TRY)
    with pytest.raises(InvalidInput):
        store.write(lambda w: trials.edit(w, made, {"owner": Edit("")}))


def test_round_the_circle_the_next_round_begins_with_what_was_adjusted(store):
    made = suggest(store, **READY)
    for stage in (Stage.PLAN, Stage.TRY, Stage.REFLECT, Stage.ADJUST):
        assert store.write(lambda w: trials.step(w, made, 1)).result is stage
    write_round(store, made, tried="Prøvet hos én familie.", adjusted="Spørg dagen før.")
    assert store.write(lambda w: trials.step(w, made, 1)).result is Stage.PLAN
    first, second = view(store, made).rounds
    assert (first.number, second.number, second.plan) == (1, 2, "Spørg dagen før.")
    store.write(lambda w: trials.step(w, made, 1))
    assert len(view(store, made).rounds) == 2


def test_back_on_the_board_keeps_the_round(store):
    made = suggest(store, **READY)
    move(store, made, Stage.TRY)
    for stage in (Stage.PLAN, Stage.IDEA, Stage.IDEA):
        assert store.write(lambda w: trials.step(w, made, -1)).result is stage
    move(store, made, Stage.REFLECT)
    assert len(view(store, made).rounds) == 1


def test_what_was_never_tried_is_not_kept_but_may_be_dropped_and_taken_up_again(store):
    made = suggest(store, **READY)
    move(store, made, Stage.PLAN)
    with pytest.raises(UserError, match="not tried"):
        move(store, made, Stage.KEPT)
    move(store, made, Stage.DROPPED)
    assert view(store, made).trial.ended_on == TODAY
    assert store.write(lambda w: trials.step(w, made, 1)).result is Stage.DROPPED
    move(store, made, Stage.PLAN)
    assert view(store, made).trial.ended_on is None
    write_round(store, made, tried="Prøvet.")
    move(store, made, Stage.KEPT)
    assert view(store, made).trial.ended_on == TODAY


def test_a_move_is_one_act_with_its_round(store):
    made = suggest(store, **READY)
    move(store, made, Stage.PLAN)
    store.write(history.undo)
    assert view(store, made).trial.stage is Stage.IDEA
    assert view(store, made).rounds == ()


def test_an_overdue_trial_stays_and_says_so_until_it_ends(store):
    made = suggest(store, **{**READY, "show_on": TODAY - DAY})
    assert view(store, made).late(TODAY)
    move(store, made, Stage.DROPPED)
    assert not view(store, made).late(TODAY)


def test_the_board_is_in_the_order_it_was_written_and_what_ended_comes_last(store):
    first, second = suggest(store, **READY), suggest(store, what="Anden idé")
    move(store, first, Stage.DROPPED)
    assert [one.trial.id for one in store.read(trials.board)] == [second, first]


def test_no_case_stands_on_the_board(store):
    register(store, child_name="Emma Holm")
    for words in ("Prøv det med emma  holm", "Barnet 610190-1234"):
        with pytest.raises(InvalidInput):
            suggest(store, what=words)
    suggest(store, what="Gremma Holmgaard har en idé")
    made = suggest(store, **READY)
    move(store, made, Stage.PLAN)
    with pytest.raises(InvalidInput, match="names Emma Holm"):
        write_round(store, made, tried="Hos Emma Holm gik det godt")
    assert view(store, made).round.tried == ""


def test_a_trial_that_is_not_there_is_not_moved(store):
    made = suggest(store, **READY)
    store.write(lambda w: trials.remove(w, made))
    with pytest.raises(KeyError):
        move(store, made, Stage.PLAN)
    with pytest.raises(ValueError, match="moved"):
        other = suggest(store, **READY)
        store.write(lambda w: trials.edit(w, other, {"stage": Edit(Stage.KEPT)}))


def test_all_of_it_lies_in_the_worker_s_own_stream(store):
    register(store, child_name="Emma Holm")
    made = suggest(store, **READY)
    move(store, made, Stage.PLAN)
    kept = begin(store)
    kinds = (TrialAction, TrialRound, KikSheet, KikElement)
    own = store.read(lambda r: {one.stream for cls in kinds for one in r.find(cls)})
    assert len(own) == 1
    assert sheet(store, kept).sheet.stream in own


# --- KIK -------------------------------------------------------------------------------------------------------


def test_a_sheet_has_its_elements_in_order_and_comes_again_in_three_months(store):
    made = begin(store, elements=("- Tryg gruppekultur", "", "tryg  gruppekultur", "• Forældreinvolvering"))
    found = sheet(store, made)
    assert [one.element.name for one in found.elements] == ["Tryg gruppekultur", "Forældreinvolvering"]
    assert (found.sheet.made_on, found.filled, found.before) == (TODAY, 0, None)
    assert found.sheet.next_on == add_months(TODAY, 3)


def test_after_a_session_no_next_day_is_guessed(store):
    made = begin(store, occasion=Occasion.THIRD)
    assert sheet(store, made).sheet.next_on is None


def test_the_next_sheet_takes_over_the_elements_and_says_how_they_moved(store):
    first = begin(store, made_on=TODAY - 90 * DAY)
    safe, parents, _narrative = (one.element.id for one in sheet(store, first).elements)
    look(store, safe, degree=Degree.SMALL, quality=Quality.UNEVEN)
    look(store, parents, degree=Degree.HIGH, quality=Quality.GOOD)
    second = begin(store, effort="børnegrupper", elements=())
    found = sheet(store, second)
    assert found.before == TODAY - 90 * DAY
    assert [one.element.name for one in found.elements] == list(ELEMENTS)
    assert [one.element.degree for one in found.elements] == [None, None, None]
    look(store, found.elements[0].element.id, degree=Degree.HIGH, quality=Quality.GOOD)
    look(store, found.elements[1].element.id, degree=Degree.HIGH, quality=Quality.HARD)
    assert [one.moved for one in sheet(store, second).elements] == [3, -2, None]
    assert [one.sheet.id for one in store.read(kik.sheets)] == [second, first]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"effort": " "}, "effort"),
        ({"made_on": TODAY + DAY}, "made_on"),
        ({"next_on": TODAY}, "next_on"),
        ({"effort": "x" * 201}, "effort"),
        ({"agreed": "Ring om 610190-1234"}, "agreed"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(store, values, field):
    with pytest.raises(InvalidInput) as refused:
        begin(store, **values)
    assert refused.value.field == field
    assert store.read(lambda r: r.find(KikElement)) == []


def test_so_many_elements_and_no_more(store):
    with pytest.raises(InvalidInput):
        begin(store, elements=tuple(f"Element {n}" for n in range(31)))
    made = begin(store, elements=tuple(f"Element {n}" for n in range(30)))
    with pytest.raises(InvalidInput):
        store.write(lambda w: kik.add_element(w, made, {"name": "En til"}))


def test_an_element_stands_once_and_has_a_name(store):
    made = begin(store)
    for name in ("", "TRYG gruppekultur"):
        with pytest.raises(InvalidInput):
            store.write(lambda w, name=name: kik.add_element(w, made, {"name": name}))
    store.write(lambda w: kik.add_element(w, made, {"name": "Supervision"}))
    assert sheet(store, made).elements[-1].element.name == "Supervision"


def test_what_could_be_better_becomes_one_idea_on_the_board(store):
    made = begin(store)
    element = sheet(store, made).elements[1].element.id
    with pytest.raises(InvalidInput, match="could be better"):
        store.write(lambda w: kik.try_it(w, element))
    look(store, element, better="Ring til begge forældre efter tredje gang")
    trial = store.write(lambda w: kik.try_it(w, element)).result
    assert store.write(lambda w: kik.try_it(w, element)).result == trial
    assert view(store, trial).trial.point == "Forældreinvolvering"
    store.write(lambda w: trials.remove(w, trial))
    assert store.write(lambda w: kik.try_it(w, element)).result != trial


def test_no_child_is_named_on_a_sheet(store):
    register(store, child_name="Emma Holm")
    made = begin(store)
    with pytest.raises(InvalidInput, match="names Emma Holm"):
        look(store, sheet(store, made).elements[0].element.id, seen="Emma Holm sagde det")
    with pytest.raises(InvalidInput):
        begin(store, elements=("Emma Holm",))


# --- Papers ----------------------------------------------------------------------------------------------------


def text_of(job):
    return " ".join(
        " ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(make(job).data)).pages
    )


def test_a_kik_sheet_is_printed_with_boxes_for_what_is_not_looked_at(store):
    made = begin(store)
    look(
        store,
        sheet(store, made).elements[0].element.id,
        degree=Degree.HIGH,
        quality=Quality.GOOD,
        seen="De smiler",
    )
    words = text_of(store.read(lambda r: quality_papers.kik_job(r, made)))
    assert "De smiler" in words
    assert words.count("☐ I høj grad") == 2
    empty = begin(store, effort="Familiebehandling", elements=())
    assert "☐ I høj grad" in text_of(store.read(lambda r: quality_papers.kik_job(r, empty)))


def test_the_board_is_printed_with_owner_and_day_and_without_what_ended(store):
    made = suggest(store, **READY)
    move(store, made, Stage.TRY)
    gone = suggest(store, what="Noget andet")
    move(store, gone, Stage.DROPPED)
    words = text_of(store.read(quality_papers.board_job))
    assert "Barnet vælger selv" in words
    assert "Karen Villadsen" in words
    assert "Noget andet" not in words


def test_an_empty_board_prints_room_for_tasks(store):
    assert "Nye opgaver" in text_of(store.read(quality_papers.board_job))


def test_a_board_of_forty_long_trials_loses_none_over_its_pages(store):
    for number in range(40):
        suggest(store, what=f"Idé nr. {number:02d} " + "med mange ord " * 12)
    words = text_of(store.read(quality_papers.board_job))
    assert all(f"Idé nr. {number:02d}" in words for number in range(40))


def test_a_printed_board_is_noted_in_the_worker_s_own_stream(store):
    job = store.read(quality_papers.board_job)
    store.write(lambda w: papers.record_print(w, job, make(job).data, Access.PRINT))
    assert [one.document for one in store.read(lambda r: papers.printed(r, r.author))] == ["trial_board"]
