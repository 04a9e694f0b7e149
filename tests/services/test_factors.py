"""Risk and protective factors: named once, marked over time, shown by what is in the case."""

from __future__ import annotations

import datetime as dt

import pytest

import resources
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.factors import Direction, Factor, FactorMark
from caseworker_app.services import entries, factors, history
from caseworker_app.services.forms import Edit
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, "Emma Holm")


def noted(store, case, name="Meget fravær", **values):
    return store.write(lambda w: factors.add(w, case, {"name": name, **values})).result


def marked(store, factor, strength, **values):
    return store.write(lambda w: factors.mark(w, factor, {"strength": strength, **values})).result


def refused(store, act):
    with pytest.raises(InvalidInput) as caught:
        store.write(act)
    return caught.value.field


def test_the_list_that_ships_has_both_directions_and_no_id_twice():
    named = factors.named_factors(resources.text("catalogues", "factors.toml"))
    assert {one.direction for one in named} == set(Direction)
    assert len({one.name for one in named}) == len(named) > 20


def test_a_list_with_one_id_twice_is_refused():
    row = '[[factor]]\nid = "a"\nname = "A"\ndirection = "risk"\n'
    with pytest.raises(ValueError, match="one id"):
        factors.named_factors(row + row)


def test_marks_stand_in_the_order_of_their_days(store, emma):
    made = noted(store, emma)
    marked(store, made, 1)
    marked(store, made, 4, marked_on=TODAY - 90 * DAY, words="Kom ikke i tre uger.")
    (view,) = store.read(lambda r: factors.of_case(r, emma))
    assert [one.strength for one in view.marks] == [4, 1]
    assert view.strength == 1


def test_risks_come_first_and_the_strongest_first_among_them(store, emma):
    noted(store, emma, "Har en god ven", direction=Direction.PROTECTIVE)
    weak, strong = noted(store, emma, "Konflikt"), noted(store, emma, "Vold")
    marked(store, weak, 1)
    marked(store, strong, 3)
    names = [view.factor.name for view in store.read(lambda r: factors.of_case(r, emma))]
    assert names == ["Vold", "Konflikt", "Har en god ven"]


@pytest.mark.parametrize("strength", [-1, 5, None])
def test_a_strength_goes_from_nought_to_four(store, emma, strength):
    made = noted(store, emma)
    assert refused(store, lambda w: factors.mark(w, made, {"strength": strength})) == "strength"


def test_nothing_is_marked_tomorrow(store, emma):
    made = noted(store, emma)
    values = {"strength": 2, "marked_on": TODAY + DAY}
    assert refused(store, lambda w: factors.mark(w, made, values)) == "marked_on"


def test_one_factor_is_noted_once_in_each_direction(store, emma):
    noted(store, emma, "Storebror")
    assert refused(store, lambda w: factors.add(w, emma, {"name": "storebror"})) == "name"
    noted(store, emma, "Storebror", direction=Direction.PROTECTIVE)
    assert store.read(lambda r: r.count(Factor)) == 2


def test_a_factor_cannot_be_renamed_to_one_that_is_there(store, emma):
    noted(store, emma, "Vold")
    other = noted(store, emma, "Konflikt")
    assert refused(store, lambda w: factors.edit(w, other, {"name": Edit("Vold", ())})) == "name"


def test_a_factor_without_a_name_is_refused(store, emma):
    assert refused(store, lambda w: factors.add(w, emma, {"name": "   "})) == "name"


def test_words_of_ten_thousand_characters_are_kept_whole(store, emma):
    made = marked(store, noted(store, emma), 2, words="ø" * 10_000)
    assert len(store.read(lambda r: r.get(FactorMark, made)).words) == 10_000


def test_a_signed_entry_can_show_a_factor(store, emma):
    values = {"heading": "Telefonsamtale", "text": "Skolen ringede."}
    draft = store.write(lambda w: entries.begin(w, emma, values)).result
    (entry,) = store.write(lambda w: entries.sign(w, draft)).result
    (offered,) = store.read(lambda r: factors.evidence_of(r, emma))
    assert (offered.link, offered.words) == (entries.link_to("entry", entry), "Telefonsamtale")
    marked(store, noted(store, emma), 3, evidence=offered.link)
    assert store.read(lambda r: factors.evidence_at(r, offered.link)).words == "Telefonsamtale"


def test_what_stands_in_another_case_shows_nothing_here(store, emma):
    other = register(store, "Noah Vang")
    draft = store.write(lambda w: entries.begin(w, other, {"heading": "Note", "text": "x"})).result
    (entry,) = store.write(lambda w: entries.sign(w, draft)).result
    made = noted(store, emma)
    values = {"strength": 2, "evidence": entries.link_to("entry", entry)}
    assert refused(store, lambda w: factors.mark(w, made, values)) == "evidence"


def test_evidence_that_is_gone_is_said_to_be_gone(store):
    assert store.read(lambda r: factors.evidence_at(r, "entry:" + "00" * 16)) is None
    assert store.read(lambda r: factors.evidence_at(r, "sludder")) is None


def test_removing_a_factor_is_undone_with_its_marks(store, emma):
    made = noted(store, emma)
    marked(store, made, 2)
    store.write(lambda w: factors.remove(w, made))
    assert store.read(lambda r: factors.of_case(r, emma)) == ()
    store.write(history.undo)
    (view,) = store.read(lambda r: factors.of_case(r, emma))
    assert view.strength == 2
