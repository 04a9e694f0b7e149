"""Search: every word asked for is there, letters keep their marks, the newest come first, and nothing else is found."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caseworker_app.domain.ids import Id
from caseworker_app.domain.searching import SEARCHED, Question, snippet, terms
from caseworker_app.domain.things import TYPES
from caseworker_app.services import cases, entries, history, people, searching
from caseworker_app.services.ports import Access
from db.store import SqlStore
from tests.helpers.stores import case as case_of
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def felix(store: SqlStore) -> Id:
    return register(store, "Felix Krogh", born=dt.date(2014, 5, 2))


def write(store: SqlStore, case: Id, text: str, heading: str = "Mail", days_ago: int = 0) -> Id:
    values = {"heading": heading, "text": text, "held_on": TODAY - dt.timedelta(days=days_ago)}
    draft = store.write(lambda w: entries.begin(w, case, values)).result
    return store.write(lambda w: entries.sign(w, draft)).result[0]


def found(store: SqlStore, words: str, **more: object) -> list[Id]:
    answer = store.read(lambda r: searching.search(r, Question(words, **more)))
    return [hit.entity for hit in answer.hits]


def test_every_word_must_be_there(store, felix):
    both = write(store, felix, "Mor og far var hjemme")
    write(store, felix, "Far var hjemme")
    assert found(store, "mor far") == [both]


def test_letters_keep_their_marks(store, felix):
    shouts = write(store, felix, "Nogen råber på gangen")
    assert found(store, "råber") == [shouts]
    assert found(store, "raber") == []
    assert found(store, unicodedata.normalize("NFD", "råber")) == [shouts]


def test_capitals_do_not_matter(store, felix):
    entry = write(store, felix, "ÆBLER på bordet")
    assert found(store, "æbler") == [entry]


def test_words_in_quotes_stand_together(store, felix):
    entry = write(store, felix, "Han er ked af det i skolen")
    write(store, felix, "Det er han ked af, og skolen ved det")
    assert found(store, '"ked af det"') == [entry]


def test_the_word_being_typed_finds_from_three_letters_on_and_a_star_from_two(store, felix):
    entry = write(store, felix, "Bekymring om skolegang")
    assert found(store, "sko") == [entry]
    assert found(store, "sk") == []
    assert found(store, "sk*") == [entry]
    assert found(store, "sko bekymring") == []
    assert found(store, "sko* bekymring") == [entry]


@pytest.mark.parametrize(
    "words",
    ["", "   ", "*", '"', '""', "OR", 'NEAR("x"', "a AND", "col:x", "'; DROP", "-", "(((", "^x", "\x00"],
)
def test_signs_are_no_commands(store, felix, words):
    write(store, felix, "Helt almindelig tekst")
    assert found(store, words) == []


def test_the_newest_come_first_by_the_day_they_are_about_not_the_day_they_were_written(store, felix):
    old = write(store, felix, "skolen ringede", days_ago=400)
    new = write(store, felix, "skolen ringede", days_ago=1)
    middle = write(store, felix, "skolen ringede", days_ago=30)
    assert found(store, "skolen") == [new, middle, old]


def test_one_case_one_kind_and_a_time_can_be_asked_for(store, felix):
    other = register(store, "Ida Prøve")
    mine = write(store, felix, "skolen ringede", days_ago=10)
    write(store, other, "skolen ringede", days_ago=10)
    late = write(store, felix, "skolen igen", days_ago=1)
    stream = case_of(store, felix).stream
    assert found(store, "skolen", stream=stream) == [late, mine]
    assert found(store, "skolen", stream=stream, until=TODAY - dt.timedelta(days=5)) == [mine]
    assert found(store, "skolen", stream=stream, since=TODAY - dt.timedelta(days=5)) == [late]
    assert found(store, "skolen", kinds=("person", "goal")) == []


def test_names_are_found_too(store, felix):
    person = store.write(lambda w: people.add(w, felix, {"name": "Lis Søgård", "role_words": "nabo"})).result
    assert found(store, "søgård") == [person]
    assert found(store, "felix") == [felix]


def test_a_changed_word_is_found_and_the_old_one_no_longer(store, felix):
    draft = store.write(lambda w: entries.begin(w, felix, {"text": "gammelt ord"})).result
    store.write(lambda w: entries.edit(w, draft, {"text": entries.Edit("nyt ord", w.heads(draft, "text"))}))
    assert found(store, "gammelt") == []
    assert found(store, "nyt ord") == [draft]


def test_what_is_taken_back_is_not_found_and_is_again_when_it_comes_back(store, felix):
    person = store.write(lambda w: people.add(w, felix, {"name": "Lis Søgård"})).result
    store.write(lambda w: people.remove(w, person))
    assert found(store, "lis") == []
    store.write(history.undo)
    assert found(store, "lis") == [person]


def test_an_entry_being_written_is_found_under_its_case(store, felix):
    store.write(lambda w: entries.begin(w, felix, {"text": "ikke underskrevet"}))
    (hit,) = store.read(lambda r: searching.search(r, Question("underskrevet"))).hits
    assert hit.case is not None and hit.case.id == felix


def test_results_come_in_pages_without_a_gap_or_a_twin(store, felix):
    made = [write(store, felix, "samme ord", days_ago=n // 3) for n in range(17)]
    question: Question | None = Question("samme ord", limit=5)
    seen: list[Id] = []
    while question is not None:
        page = store.read(lambda r, q=question: searching.search(r, q))
        seen += [hit.entity for hit in page.hits]
        question = page.next
    assert sorted(seen) == sorted(made)


def test_the_best_of_the_newest_has_the_word_in_its_heading(store, felix):
    heading = write(store, felix, "Kort", heading="Skolefravær", days_ago=50)
    body = write(store, felix, "Der er skolefravær i lange perioder, og vi taler om andet også", days_ago=1)
    assert found(store, "skolefravær") == [body, heading]
    assert found(store, "skolefravær", best_first=True) == [heading, body]


def test_the_words_stand_in_their_sentence_without_marks_of_format(store, felix):
    text = (
        "Først noget andet. Mor siger, at **Felix** sover dårligt om natten. Så noget tredje. " + "x " * 300
    )
    write(store, felix, text)
    (hit,) = store.read(lambda r: searching.search(r, Question("felix natten", kinds=("entry",)))).hits
    said = "".join(words for words, _asked in hit.pieces)
    assert said.startswith("…Mor siger, at Felix sover dårligt om natten.")
    assert [words for words, asked in hit.pieces if asked] == ["Felix", "natten"]


def test_a_rebuilt_index_finds_the_same(store, felix):
    for n in range(6):
        write(store, felix, f"skolen nummer {n}", days_ago=n)
    before = found(store, "skolen")
    store.rebuild()
    assert found(store, "skolen") == before


def test_a_search_is_written_in_the_access_log_without_the_digits_of_a_number(store, felix):
    store.write(lambda w: searching.note(w, Question("krogh 010161-1234")))
    (row,) = [r for r in store.read(lambda r: r.access_log()) if r.action is Access.SEARCH]
    assert row.detail == "krogh ######-####"


def test_a_case_that_is_closed_is_still_found(store, felix):
    write(store, felix, "husk dette")
    store.write(lambda w: cases.close(w, felix, TODAY, "Flyttet"))
    assert len(found(store, "husk dette")) == 1


def test_what_the_index_reads_is_there():
    specs = {declared.name: set(declared.specs) for declared in TYPES}
    for name, searched in SEARCHED.items():
        assert name in specs, name
        missing = {*searched.headings, *searched.texts, *searched.days} - specs[name]
        assert not missing, (name, missing)


@given(st.text(max_size=80))
@example('Ǽ * "å')
def test_any_question_can_be_read_and_any_text_cut(text):
    asked = terms(text)
    assert all(word for term in asked for word in term.words)
    pieces = snippet(text, asked)
    assert all(isinstance(words, str) for words, _asked in pieces)
