"""Who reads no more gets no key to what is written from then on, whoever made the last one."""

from __future__ import annotations

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from caseworker_app.sync import sharing
from db.verify import faults
from tests.helpers.stores import case, register
from tests.helpers.sync_house import Desk, Office


def key_of(desk: Desk, stream: Id) -> Id:
    return desk.store.shared.current_key_of(desk.store.connection, stream)


def holders(desk: Desk, stream: Id, key_id: Id) -> set[Id]:
    query = "SELECT device FROM grants WHERE stream_id = ? AND key_id = ?"
    return {row[0] for row in desk.store.connection.execute(query, (stream, key_id))}


def write(desk: Desk, case_id: Id, name: str) -> None:
    heads = desk.store.read(lambda r: r.fields(Case, case_id))["school"].heads
    desk.store.write(lambda w: cases.edit(w, case_id, {"school": Edit(name, heads)}))


def test_who_hands_a_case_over_and_leaves_it_has_no_key_to_what_the_new_owner_writes(office: Office) -> None:
    anna, bo, carl = office.desk("anna"), office.desk("bo"), office.desk("carl")
    emma = register(anna.store)
    home = case(anna.store, emma).stream
    anna.well()
    sharing.share(anna.sync, home, carl.user, Role.MEMBER)
    office.settle(anna, bo, carl)
    old = key_of(anna, home)
    sharing.hand_over(anna.sync, home, bo.user, None)
    anna.well()
    bo.well()
    new = key_of(bo, home)
    assert new != old
    assert holders(bo, home, new) == {bo.sync.device, carl.sync.device}
    write(bo, emma, "Nordskolen")
    office.settle(bo, carl)
    assert case(carl.store, emma).school == "Nordskolen"
    assert key_of(carl, home) == new
    office.settle(anna, bo, carl)
    assert key_of(bo, home) == new
    assert faults(bo.store) == faults(carl.store) == []


def test_an_owner_who_keeps_reading_keeps_the_key(office: Office) -> None:
    anna, bo = office.desk("anna"), office.desk("bo")
    emma = register(anna.store)
    home = case(anna.store, emma).stream
    anna.well()
    old = key_of(anna, home)
    sharing.hand_over(anna.sync, home, bo.user, Role.READER)
    office.settle(anna, bo)
    assert key_of(bo, home) == old


def test_a_closed_laptop_has_no_key_to_what_is_written_after(office: Office) -> None:
    anna, lost = office.desk("anna"), office.desk("anna")
    emma = register(anna.store)
    home = case(anna.store, emma).stream
    office.settle(anna, lost)
    anna.loop = type(anna.loop)(anna.sync, anna.client)
    office.settle(anna, lost)
    assert case(lost.store, emma).child_name
    old = key_of(anna, home)
    anna.client(anna.sync.account()).revoke(lost.sync.device)
    anna.loop = type(anna.loop)(anna.sync, anna.client)  # the program is started again
    anna.well()
    new = key_of(anna, home)
    assert new != old
    assert holders(anna, home, new) == {anna.sync.device}
    anna.loop = type(anna.loop)(anna.sync, anna.client)
    anna.well()
    assert key_of(anna, home) == new
