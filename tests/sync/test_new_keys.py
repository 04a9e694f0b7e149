"""Who reads no more gets no key to what is written from then on, whoever made the last one."""

from __future__ import annotations

import msgspec

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from caseworker_app.sync import sharing
from db.verify import faults
from tests.helpers.stores import case, register
from tests.helpers.sync_house import Ask, Desk, Office


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
    assert case(lost.store, emma).child_name
    old = key_of(anna, home)
    anna.client(anna.sync.account()).revoke(lost.sync.device)
    anna.well()
    new = key_of(anna, home)
    assert new != old
    assert holders(anna, home, new) == {anna.sync.device}
    anna.loop = type(anna.loop)(anna.sync, anna.client)
    anna.well()
    assert key_of(anna, home) == new


def test_a_second_laptop_gets_its_keys_at_the_firsts_next_ordinary_sync(office: Office) -> None:
    anna = office.desk("anna")
    emma = register(anna.store)
    anna.well()
    second = office.desk("anna")
    second.well()
    assert second.sync.counts().waiting_key
    anna.well()  # neither started again nor told of anything
    second.well()
    assert second.sync.counts().waiting_key == 0
    assert case(second.store, emma).child_name == case(anna.store, emma).child_name
    assert faults(second.store) == []


def test_a_colleague_shared_with_before_she_had_a_laptop_gets_the_keys_when_it_is_there(
    office: Office,
) -> None:
    anna = office.desk("anna")
    emma = register(anna.store)
    bo = office.house.user("bo")
    anna.well()
    sharing.share(anna.sync, case(anna.store, emma).stream, bo, Role.MEMBER)
    anna.well()
    hers = office.desk("bo")
    hers.well()
    anna.well()
    hers.well()
    assert case(hers.store, emma).child_name == case(anna.store, emma).child_name


def test_who_is_who_is_asked_only_when_somebody_has_come_or_gone(office: Office) -> None:
    anna = office.desk("anna")
    office.settle(anna)

    def asked() -> int:
        return sum(1 for call in anna.net.asked if call == "GET /v1/people")

    before = asked()
    for _time in range(5):
        anna.well()
    assert asked() == before
    bo = office.desk("bo")
    for _time in range(5):
        anna.well()
    assert asked() == before + 1
    bo.well()
    bo.client(bo.sync.account()).revoke(bo.sync.device)
    for _time in range(5):
        anna.well()
    assert asked() == before + 2


def test_with_a_hub_that_does_not_tell_who_came_the_program_asks_when_it_begins(office: Office) -> None:
    anna = office.desk("anna")
    anna.net.between = without_people
    office.settle(anna)
    before = len(anna.net.asked)
    anna.well()
    assert "GET /v1/people" not in anna.net.asked[before:]
    anna.loop = type(anna.loop)(anna.sync, anna.client)
    anna.well()
    assert "GET /v1/people" in anna.net.asked[before:]


def without_people(_method: str, path: str, ask: Ask) -> tuple[int, bytes]:
    """Answer as a hub of the release before did."""
    status, body = ask()
    if path == "/v1/heads":
        said = msgspec.json.decode(body)
        del said["people"]
        body = msgspec.json.encode(said)
    return status, body
