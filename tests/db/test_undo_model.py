"""Undo and redo against a plain model: a list of values and a place in it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.services import cases, history
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.stores import case, founded, register


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> SqlStore:
    return founded(tmp_path_factory.mktemp("undo"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["school", "district", "undo", "redo"]), max_size=18))
def test_any_walk_of_writing_undoing_and_redoing_shows_what_a_plain_stack_would(
    store: SqlStore, steps: list[str]
) -> None:
    store.write(lambda w: (w.act("Lower the limit"), [w.cancel(Case, c.id) for c in w.find(Case)]))
    emma = register(store, school="start", district="start")
    states = [("start", "start")]
    place = 0
    for n, step in enumerate(steps):
        if step == "undo":
            if place == 0:
                continue  # the registration itself would be taken back
            store.write(history.undo)
            place -= 1
        elif step == "redo":
            if place == len(states) - 1:
                with pytest.raises(UserError, match="nothing to redo"):
                    store.write(history.redo)
                continue
            store.write(history.redo)
            place += 1
        else:
            parents = store.read(lambda r: r.fields(Case, emma))[step].heads
            store.write(lambda w, s=step, n=n, p=parents: cases.edit(w, emma, {s: Edit(str(n), p)}))
            school, district = states[place]
            states = [*states[: place + 1], (str(n), district) if step == "school" else (school, str(n))]
            place += 1
        found = case(store, emma)
        assert (found.school, found.district) == states[place]
        assert found.conflicts == 0
