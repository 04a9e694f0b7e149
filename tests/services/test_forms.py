"""An open form while the world goes on: parents are what the author saw (sync design, invariant I4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.case import Address, Case, CaseKind
from caseworker_app.domain.entity import type_of
from caseworker_app.domain.ids import Id
from caseworker_app.services import cases, forms
from caseworker_app.services.forms import Edit, Form
from db.store import SqlStore
from tests.helpers.stores import founded

A, B, C = CaseKind.INVESTIGATION, CaseKind.PLACEMENT, CaseKind.AFTERCARE


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    opened = founded(tmp_path_factory.mktemp("forms"))
    yield opened
    opened.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    made = new_case(store, school="Gullestrup Skole")
    somebody_writes(store, made, "school", "Gullestrup Skole 1")
    return made


def new_case(store: SqlStore, **values: object) -> Id:
    """Open a case, as many as a property asks for."""
    return store.write(
        lambda w: cases.register(w, {"child_name": "Emma Holm", **values}, arrives=True)
    ).result


def somebody_writes(store: SqlStore, case: Id, name: str, value: object, parents: object = None) -> None:
    """Write as somebody else: over what is there now, or over ``parents`` only."""

    def write(w):
        w.act("Change the case")
        w.set(Case, case, name, value, parents=parents)

    store.write(write)


def load(store: SqlStore, case: Id) -> Form[Case]:
    return store.read(lambda r: Form.load(r, Case, case))


def fields(store: SqlStore, case: Id):
    return store.read(lambda r: r.fields(Case, case))


def save(store: SqlStore, form: Form[Case]) -> dict[str, Edit]:
    edits = form.edits()

    def write(w):
        w.act("Change the case")
        forms.apply_edits(w, Case, form.entity, edits)

    store.write(write)
    return edits


def live(store: SqlStore, case: Id, name: str) -> set[object]:
    now = fields(store, case)[name]
    return {now.value, *(head.value for head in now.others)}


# --- Untouched and touched -----------------------------------------------------------------------------------


def test_an_untouched_field_follows_the_store_with_its_heads(store, case):
    form = load(store, case)
    somebody_writes(store, case, "school", "Holtbjergskolen")
    fresh = fields(store, case)
    assert form.follow(fresh) == ("school",)
    assert form.fields["school"].value == "Holtbjergskolen"
    assert form.fields["school"].shown.heads == fresh["school"].heads
    assert not form.dirty


def test_a_touched_field_keeps_the_authors_value_and_says_what_came_meanwhile(store, case):
    form = load(store, case)
    seen = form.fields["school"].shown.heads
    form.write("school", "Min skole")
    somebody_writes(store, case, "school", "Holtbjergskolen")
    form.follow(fields(store, case))
    now = form.fields["school"]
    assert (now.value, now.shown.heads) == ("Min skole", seen)
    assert [head.value for head in now.meanwhile] == ["Holtbjergskolen"]


def test_saving_over_what_came_meanwhile_leaves_both_values_live(store, case):
    form = load(store, case)
    form.write("school", "Min skole")
    somebody_writes(store, case, "school", "Holtbjergskolen")
    form.follow(fields(store, case))
    save(store, form)
    assert live(store, case, "school") == {"Min skole", "Holtbjergskolen"}


def test_keeping_ones_own_says_that_the_other_was_seen(store, case):
    form = load(store, case)
    form.write("school", "Min skole")
    somebody_writes(store, case, "school", "Holtbjergskolen")
    form.follow(fields(store, case))
    form.keep("school")
    assert (form.fields["school"].meanwhile, form.dirty) == ((), True)
    save(store, form)
    assert live(store, case, "school") == {"Min skole"}


def test_taking_the_other_leaves_nothing_to_save(store, case):
    form = load(store, case)
    form.write("school", "Min skole")
    somebody_writes(store, case, "school", "Holtbjergskolen")
    form.follow(fields(store, case))
    form.take("school")
    assert form.fields["school"].value == "Holtbjergskolen"
    assert form.edits() == {}


def test_writing_back_what_was_shown_makes_the_field_untouched(store, case):
    form = load(store, case)
    form.write("school", "x")
    form.write("school", "Gullestrup Skole 1")
    assert not form.dirty


def test_a_field_written_back_shows_what_came_meanwhile_only_when_it_is_left(store, case):
    form = load(store, case)
    form.write("school", "x")
    somebody_writes(store, case, "school", "Holtbjergskolen")
    form.follow(fields(store, case))
    form.write("school", "Gullestrup Skole 1")
    assert form.fields["school"].value == "Gullestrup Skole 1"
    assert form.catch_up("school")
    assert form.fields["school"].value == "Holtbjergskolen"
    assert not form.catch_up("school")


def test_two_who_write_the_same_do_not_disagree(store, case):
    form = load(store, case)
    form.write("school", "Holtbjergskolen")
    somebody_writes(store, case, "school", "Holtbjergskolen")
    form.follow(fields(store, case))
    assert form.fields["school"].meanwhile == ()
    assert not form.dirty


def test_a_value_seen_when_the_form_opened_is_no_news_later(store, case):
    heads = fields(store, case)["school"].heads
    somebody_writes(store, case, "school", "B", heads)
    somebody_writes(store, case, "school", "C", heads)
    form = load(store, case)
    assert len(form.fields["school"].shown.others) == 1
    form.write("school", "Min")
    acting = form.fields["school"].shown
    chosen = tuple(set(acting.heads) - {head.op_id for head in acting.others})
    somebody_writes(store, case, "school", "D", chosen)
    form.follow(fields(store, case))
    assert [head.value for head in form.fields["school"].meanwhile] == ["D"]


def test_settling_names_every_live_value_as_seen(store, case):
    heads = fields(store, case)["school"].heads
    somebody_writes(store, case, "school", "B", heads)
    somebody_writes(store, case, "school", "C", heads)
    now = fields(store, case)["school"]
    store.write(lambda w: forms.settle(w, Case, case, "school", "B", now.heads))
    assert live(store, case, "school") == {"B"}


def test_what_others_chose_in_a_set_meanwhile_is_neither_lost_nor_taken_away(store, case):
    somebody_writes(store, case, "kinds", frozenset({A, B}))
    form = load(store, case)
    form.write("kinds", frozenset({A}))
    somebody_writes(store, case, "kinds", frozenset({A, B, C}))
    save(store, form)
    assert fields(store, case)["kinds"].value == {A, C}


def test_the_names_of_those_who_wrote_beside_are_found(store, case):
    heads = fields(store, case)["school"].heads
    somebody_writes(store, case, "school", "B", heads)
    somebody_writes(store, case, "school", "C", heads)
    form = load(store, case)
    author = store.read(lambda r: r.author)
    assert store.read(lambda r: forms.authors(r, form)) == {author: "Karen Prøve"}


# --- Saving --------------------------------------------------------------------------------------------------


def test_what_is_typed_while_the_save_is_under_way_stays_touched_over_the_saved_value(store, case):
    form = load(store, case)
    form.write("school", "Ny skole")
    form.write("district", "Nord")
    edits = save(store, form)
    form.write("school", "Ny skole, 3.b")
    fresh = fields(store, case)
    form.saved(edits, fresh)
    assert form.edits() == {"school": Edit("Ny skole, 3.b", fresh["school"].heads, "Ny skole")}


def test_a_value_the_service_tidied_is_shown_tidied(store, case):
    form = load(store, case)
    form.write("school", "  Ny skole ")
    edits = form.edits()
    somebody_writes(store, case, "school", "Ny skole", edits["school"].parents)
    form.saved(edits, fields(store, case))
    assert (form.fields["school"].value, form.dirty) == ("Ny skole", False)


def test_a_new_form_holds_what_was_written_and_what_only_stands_there(store):
    form = Form.blank(Case, values={"child_name": "Emma"}, shown={"opened_on": dt.date(2026, 11, 21)})
    assert set(form.edits()) == {"child_name"}
    assert form.fields["opened_on"].value == dt.date(2026, 11, 21)
    assert form.dirty


def test_a_form_over_a_thing_that_is_not_there_is_a_bug(store):
    with pytest.raises(KeyError):
        load(store, b"\x02" * 16)


# --- Drafts --------------------------------------------------------------------------------------------------

WRITTEN = {
    "school": "Ny skole",
    "born": dt.date(2019, 1, 1),
    "kinds": frozenset({A, C}),
    "address": Address("Vej 1", "7400", "Hedeby"),
    "address_protected": True,
    "step": 3,
    "note": "",
}


def kept_draft(store: SqlStore, form: Form[Case]) -> None:
    store.write(lambda w: w.save_draft(form.draft("case:x", "Emma")))


def resumed(store: SqlStore, case: Id) -> Form[Case]:
    form = load(store, case)
    draft = store.read(lambda r: r.draft("case:x"))
    assert draft is not None
    form.resume(draft)
    return form


def test_a_draft_brings_every_kind_of_value_back_with_its_heads(store, case):
    form = load(store, case)
    for name, value in WRITTEN.items():
        form.write(name, value)
    kept_draft(store, form)
    again = resumed(store, case)
    assert again.edits() == form.edits()
    assert set(again.edits()) == set(WRITTEN) - {"note"}


def test_half_a_date_is_kept_in_the_draft_and_never_saved(store, case):
    form = load(store, case)
    form.write_unread("born", "21-1")
    assert form.dirty
    assert form.edits() == {}
    kept_draft(store, form)
    again = resumed(store, case)
    assert again.unread == {"born": "21-1"}
    again.write("born", dt.date(2019, 1, 21))
    assert again.unread == {}


def test_a_draft_over_an_older_value_says_what_came_meanwhile_and_saves_beside_it(store, case):
    form = load(store, case)
    form.write("school", "Min skole")
    kept_draft(store, form)
    somebody_writes(store, case, "school", "Holtbjergskolen")
    again = resumed(store, case)
    now = again.fields["school"]
    assert ([head.value for head in now.meanwhile], now.touched) == (["Holtbjergskolen"], True)
    save(store, again)
    assert live(store, case, "school") == {"Min skole", "Holtbjergskolen"}


def test_a_draft_that_agrees_with_what_came_meanwhile_is_nothing_to_save(store, case):
    form = load(store, case)
    form.write("school", "Holtbjergskolen")
    kept_draft(store, form)
    somebody_writes(store, case, "school", "Holtbjergskolen")
    assert not resumed(store, case).dirty


def test_a_set_in_a_draft_remembers_what_its_author_saw(store, case):
    somebody_writes(store, case, "kinds", frozenset({A}))
    form = load(store, case)
    form.write("kinds", frozenset({B}))
    kept_draft(store, form)
    somebody_writes(store, case, "kinds", frozenset({A, C}))
    save(store, resumed(store, case))
    assert fields(store, case)["kinds"].value == {B, C}


def test_a_draft_of_a_field_this_version_does_not_have_is_left_alone(store, case):
    form = load(store, case)
    form.write("school", "Min skole")
    draft = form.draft("case:x", "Emma")
    odd = {**draft.fields, "no_such_field": ("x", ()), "~nor_this": ("y", ())}
    again = load(store, case)
    again.resume(type(draft)(draft.key, draft.entity_type, draft.entity, draft.stream, draft.title, odd))
    assert set(again.edits()) == {"school"}
    assert again.unread == {}


def test_discarding_shows_the_store_again(store, case):
    form = load(store, case)
    form.write("school", "Min skole")
    form.write_unread("born", "21-")
    form.discard()
    assert not form.dirty
    assert form.fields["school"].value == "Gullestrup Skole 1"


# --- Any history ---------------------------------------------------------------------------------------------

TYPED, WRITTEN_BY_OTHERS = "abc", "cxyz"
ACTS = ("type", "other", "follow", "save", "beside", "keep", "take", "left", "reopen")
EVENTS = st.lists(
    st.tuples(st.sampled_from(("type", "other", "follow", *ACTS)), st.integers(0, 3)), min_size=4, max_size=12
)


class Author:
    """Who sits at the form, as an oracle: which values she has been shown, and which she wrote herself."""

    def __init__(self, store: SqlStore, case: Id) -> None:
        self.store, self.case = store, case
        self.form = load(store, case)
        self.seen = set(self.form.fields["school"].shown.heads)
        self.latest = set(self.seen)

    def follow(self) -> None:
        fresh = fields(self.store, self.case)
        self.form.follow(fresh)
        self.latest = set(fresh["school"].heads)
        if not self.form.fields["school"].touched and self.form.fields["school"].fresh is None:
            self.seen = set(self.latest)

    def reopen(self) -> None:
        """Close the form with its draft, and open it again."""
        touched = self.form.fields["school"].touched
        draft = self.form.draft("case:y", "Emma")
        self.form = load(self.store, self.case)
        self.latest = set(self.form.fields["school"].shown.heads)
        self.form.resume(draft)
        if not touched or not self.form.fields["school"].touched:
            self.seen = set(self.latest)

    def do(self, event: str, which: int) -> None:
        name, text = "school", WRITTEN_BY_OTHERS[which]
        if event == "type":
            self.form.write(name, TYPED[which % len(TYPED)])
        elif event == "other":
            somebody_writes(self.store, self.case, name, text)
        elif event == "beside":
            somebody_writes(self.store, self.case, name, text, ())
        elif event == "follow":
            self.follow()
        elif event in ("keep", "take"):
            getattr(self.form, event)(name)
            self.seen = set(self.latest)
        elif event == "left":
            if self.form.catch_up(name):
                self.seen = set(self.latest)
        elif event == "reopen":
            self.reopen()
        else:
            self.save()

    def save(self) -> None:
        before = set(fields(self.store, self.case)["school"].heads)
        edits = self.form.edits()
        for edit in edits.values():
            assert set(edit.parents) == self.seen, "parents are what the author saw, not what the store holds"
        save(self.store, self.form)
        after = set(fields(self.store, self.case)["school"].heads)
        if edits:
            assert before - self.seen <= after, "what she has not seen is still there"
            assert not (self.seen & after), "what she wrote over is gone"
        self.form.saved(edits, fields(self.store, self.case))
        self.latest = set(fields(self.store, self.case)["school"].heads)
        if edits or not self.form.fields["school"].touched:
            self.seen = set(self.latest)


@given(events=EVENTS)
def test_whatever_happens_meanwhile_a_save_names_exactly_what_its_author_saw(store, events):
    author = Author(store, new_case(store, school="begin"))
    for event, which in events:
        author.do(event, which)
    author.save()


@given(
    shown=st.frozensets(st.sampled_from(list(CaseKind))),
    mine=st.frozensets(st.sampled_from(list(CaseKind))),
    others=st.frozensets(st.sampled_from(list(CaseKind))),
)
def test_in_a_set_each_element_follows_whoever_changed_it(store, shown, mine, others):
    case = new_case(store, kinds=shown)
    form = load(store, case)
    form.write("kinds", mine)
    somebody_writes(store, case, "kinds", others)
    save(store, form)
    found = fields(store, case)["kinds"].value
    for kind in CaseKind:
        if (kind in mine) != (kind in shown):
            assert (kind in found) == (kind in mine)
        else:
            assert (kind in found) == (kind in others)


@given(st.data())
def test_any_text_typed_is_the_text_a_draft_brings_back(store, data):
    text = data.draw(st.text(max_size=300).filter(lambda t: not any(0xD800 <= ord(c) <= 0xDFFF for c in t)))
    form = Form.blank(Case, values={"note": text})
    store.write(lambda w: w.save_draft(form.draft("case:z", "")))
    again = Form.blank(Case)
    draft = store.read(lambda r: r.draft("case:z"))
    assert draft is not None
    again.resume(draft)
    assert again.fields["note"].value == text


def test_every_field_of_a_case_can_stand_in_a_draft():
    form = Form.blank(Case)
    for name, spec in type_of(Case).specs.items():
        form.write(name, spec.default)
    assert form.draft("case:new", "").fields == {}
