"""The form diet: what was never used, and what is never hidden."""

from __future__ import annotations

import datetime as dt

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.domain.entity import type_of
from caseworker_app.domain.form_diet import FEWEST_THINGS, may_hide, never_used
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.visit import Visit
from caseworker_app.services import form_diet, history, visits
from tests.helpers.stores import NOON, founded, register

WHEN = TimeSpan(NOON.date(), dt.time(9, 0), dt.time(10, 0))
NAMES = ("kind", "place", "joint_with", "purpose", "step")


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path, FixedClock(NOON))
    yield opened
    opened.close()


def unused(store):
    return store.read(lambda r: form_diet.unused(r, Visit, NAMES))


def hidden(store):
    return store.read(lambda r: form_diet.hidden(r, Visit))


def test_nothing_is_never_used_before_there_are_some_and_what_one_of_them_says_is_used(store):
    case = register(store)
    for _ in range(FEWEST_THINGS - 1):
        store.write(lambda w: visits.plan(w, case, {"when": WHEN}))
    assert unused(store) == ()
    store.write(lambda w: visits.plan(w, case, {"when": WHEN, "place": "Hjemme"}))
    assert unused(store) == ("joint_with", "purpose", "step")


def test_a_field_that_always_says_something_is_never_hidden(store):
    specs = type_of(Visit).specs
    assert not may_hide(specs["kind"])
    assert never_used(
        specs, [(b"", "", "")] * FEWEST_THINGS, ("kind", "place", "purpose", "no such field")
    ) == ("place", "purpose")
    store.write(lambda w: form_diet.hide(w, Visit, ("kind", "place", "nothing")))
    assert hidden(store) == {"place"}


def test_fields_are_hidden_beside_those_before_shown_again_and_undone(store):
    store.write(lambda w: form_diet.hide(w, Visit, ("place",)))
    store.write(lambda w: form_diet.hide(w, Visit, ("purpose", "place")))
    assert hidden(store) == {"place", "purpose"}
    store.write(history.undo)
    assert hidden(store) == {"place"}
    store.write(lambda w: form_diet.show(w, Visit))
    assert hidden(store) == frozenset()
    store.write(lambda w: form_diet.show(w, Visit))
    store.write(history.undo)
    assert hidden(store) == {"place"}
