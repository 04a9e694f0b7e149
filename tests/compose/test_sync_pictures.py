"""What the demo's pictures of sync show came through a real hub: two laptops, one case, two values."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.compose.sync_pictures import SharedCase
from caseworker_app.services import conflicts
from caseworker_app.services.sync_desk import Place, ShareRole
from tests.helpers.stores import NOON, case, founded, register


@pytest.mark.slow
def test_a_colleague_who_writes_apart_through_a_real_hub_leaves_two_values_with_her_name(
    tmp_path: Path,
) -> None:
    store = founded(tmp_path, FixedClock(NOON))
    emma = register(store, school="Gammel Skole")
    shared = SharedCase(store, emma, tmp_path, NOON)
    try:
        found = {one.field: one for one in store.read(lambda r: conflicts.of_case(r, emma))}
        directory = shared.desk.directory()
        members = {member.name: member.role for member in shared.desk.members(case(store, emma).stream)}
        assert set(found) == {"school", "note"}
        names = {directory.authors[value.author] for value in found["school"].values}
        assert names == {"Mette Holm", "Karen Prøve"}
        devices = {directory.devices[value.act.device] for value in found["school"].values}
        assert devices == {"SUNDHED-04", "KONTOR-17"}
        assert {value.seen for value in found["school"].values} == {("Gammel Skole",)}
        assert members == {"Karen Prøve": ShareRole.OWNER, "Mette Holm": ShareRole.MEMBER}
        assert shared.desk.standing_of(stream=case(store, emma).stream).place is Place.CONFIRMED
        assert shared.desk.state().faults == ()
    finally:
        shared.close()
        store.close()
