"""Two real stores and a real hub: what is written on one laptop stands on the other, whatever the net does."""

from __future__ import annotations

import pytest

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.domain.person import Person
from caseworker_app.services import cases, people
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Cancelled, Writer
from caseworker_app.sync import sharing
from caseworker_app.sync.client import Trouble
from db.backup import copy_to
from db.verify import contents, faults
from tests.helpers.stores import again, case, register
from tests.helpers.sync_house import Ask, Desk, Office


def school(desk: Desk, case_id: Id, name: str) -> None:
    heads = desk.store.read(lambda r: r.fields(Case, case_id))["school"].heads
    desk.store.write(lambda w: cases.edit(w, case_id, {"school": Edit(name, heads)}))


def shared(office: Office, role: Role = Role.MEMBER) -> tuple[Desk, Desk, Id]:
    """Return two colleagues' laptops and a case both have."""
    anna, bo = office.desk("anna"), office.desk("bo")
    emma = register(anna.store)
    anna.well()
    sharing.share(anna.sync, case(anna.store, emma).stream, bo.user, role)
    office.settle(anna, bo)
    return anna, bo, emma


def sound(*desks: Desk) -> None:
    for desk in desks:
        assert faults(desk.store) == []


def test_what_is_written_on_one_laptop_stands_on_the_colleagues_and_back(office: Office) -> None:
    anna, bo, emma = shared(office)
    assert case(bo.store, emma).child_name == "Emma Prøve"
    school(bo, emma, "Nordskolen")
    bo.well()
    anna.well()
    assert case(anna.store, emma).school == "Nordskolen"
    assert ("case", emma) in anna.touched
    assert anna.sync.counts().unsent == bo.sync.counts().unsent == 0
    sound(anna, bo)


def test_a_change_counts_as_sent_only_when_it_has_come_back(office: Office) -> None:
    anna = office.desk("anna")
    emma = register(anna.store)

    def no_log(_method: str, path: str, ask: Ask) -> tuple[int, bytes]:
        if "/log" in path:
            raise OSError
        return ask()

    anna.net.between = no_log
    report = anna.once()
    assert report.trouble is not None
    assert report.trouble.trouble is Trouble.OFFLINE
    assert report.pushed > 0
    standing = anna.sync.standing_of([emma])
    assert standing.unsent == standing.pushed == 1
    anna.net.between = None
    anna.well()
    assert anna.sync.standing_of([emma]).unsent == 0


@pytest.mark.parametrize("lost", ["request", "answer", "doubled"])
def test_every_call_may_be_lost_or_doubled(office: Office, lost: str) -> None:
    anna, bo, emma = shared(office)
    school(anna, emma, "Nordskolen")
    school(bo, emma, "Sydskolen")
    calls = 0

    def unsteady(_method: str, _path: str, ask: Ask) -> tuple[int, bytes]:
        nonlocal calls
        calls += 1
        if lost == "doubled":
            ask()
            return ask()
        if calls % 3 == 0:
            if lost == "answer":
                ask()
            raise OSError
        return ask()

    for desk in (anna, bo):
        desk.net.between = unsteady
    for _try in range(12):
        anna.once()
        bo.once()
    for desk in (anna, bo):
        desk.net.between = None
    office.settle(anna, bo)
    assert case(anna.store, emma).school == case(bo.store, emma).school
    assert case(anna.store, emma).conflicts == case(bo.store, emma).conflicts == 1
    sound(anna, bo)


def test_two_words_for_one_field_are_both_kept_and_one_choice_ends_it_for_both(office: Office) -> None:
    anna, bo, emma = shared(office)
    school(anna, emma, "Nordskolen")
    school(bo, emma, "Sydskolen")
    office.settle(anna, bo)
    field = bo.store.read(lambda r: r.fields(Case, emma))["school"]
    assert {field.value, *(head.value for head in field.others)} == {"Nordskolen", "Sydskolen"}
    bo.store.write(lambda w: cases.edit(w, emma, {"school": Edit("Nordskolen", field.heads)}))
    office.settle(anna, bo)
    for desk in (anna, bo):
        assert case(desk.store, emma).school == "Nordskolen"
        assert case(desk.store, emma).conflicts == 0
    sound(anna, bo)


def test_a_second_laptop_is_given_its_keys_by_the_first_and_says_that_it_waits(office: Office) -> None:
    anna = office.desk("anna")
    emma = register(anna.store)
    anna.well()
    other = office.desk("anna")
    other.well()
    assert other.store.read(lambda r: r.get(Case, emma)) is None
    assert other.sync.counts().waiting_key > 0
    sound(other)
    anna.loop = type(anna.loop)(anna.sync, anna.client)  # the program is started again
    anna.well()
    other.well()
    assert case(other.store, emma).child_name == "Emma Prøve"
    assert other.sync.counts().waiting_key == 0
    school(other, emma, "Nordskolen")
    other.well()
    anna.well()
    assert case(anna.store, emma).school == "Nordskolen"
    sound(anna, other)


def test_a_reader_reads_and_her_words_are_kept_beside(office: Office) -> None:
    anna, bo, emma = shared(office, Role.READER)
    school(bo, emma, "Nordskolen")
    report = bo.well()
    assert report.rejected == 1
    (kept,) = bo.sync.refused()
    assert (kept.place, kept.reason, kept.author) == ("hub", "read_only", bo.sync.author)
    assert bo.well().rejected == 0
    anna.well()
    assert case(anna.store, emma).school == ""
    sharing.share(anna.sync, case(anna.store, emma).stream, bo.user, Role.MEMBER)
    office.settle(anna, bo)
    bo.sync.offer_again(kept.id)
    office.settle(bo, anna)
    assert bo.sync.refused() == []
    assert case(anna.store, emma).school == "Nordskolen"
    sound(anna, bo)


def test_who_is_shared_with_no_longer_reads_nothing_that_comes_after(office: Office) -> None:
    anna, bo, emma = shared(office)
    home = case(anna.store, emma).stream
    sharing.take_back(anna.sync, home, bo.user)
    school(anna, emma, "Nordskolen")
    anna.well()
    report = bo.well()
    assert report.closed == 1
    assert case(bo.store, emma).school == ""
    newest = anna.store.shared.current_key_of(anna.store.connection, home)
    granted = "SELECT device FROM grants WHERE key_id = ?"
    assert anna.store.connection.execute(granted, (newest,)).fetchall() == [(anna.sync.device,)]
    school(bo, emma, "Sydskolen")
    bo.well()
    assert [row.reason for row in bo.sync.refused()] == ["not_a_member"]
    sound(anna, bo)


def test_a_case_is_handed_over_and_leaves(office: Office) -> None:
    anna, leader, emma = shared(office)
    home = case(anna.store, emma).stream
    sharing.hand_over(anna.sync, home, leader.user, None)
    office.settle(anna, leader)
    assert leader.sync.membership(home).role_of(leader.user) is Role.OWNER
    assert leader.sync.membership(home).role_of(anna.user) is Role.NONE
    assert anna.sync.streams()[home].closed
    school(leader, emma, "Nordskolen")
    leader.well()
    anna.well()
    assert case(anna.store, emma).school == ""


def test_a_hub_put_back_to_an_earlier_day_is_healed_by_its_laptops(office: Office) -> None:
    anna, bo, emma = shared(office)
    kept = (office.folder / "hub.db").read_bytes()
    school(anna, emma, "Nordskolen")
    office.settle(anna, bo)
    school(bo, emma, "Sydskolen")
    office.settle(anna, bo)
    office.house.ground.engine.dispose()
    for leftover in office.folder.glob("hub.db*"):
        leftover.unlink()
    (office.folder / "hub.db").write_bytes(kept)
    carl = office.desk("anna")
    assert bo.well().restored
    office.settle(anna, bo)
    anna.loop = type(anna.loop)(anna.sync, anna.client)
    office.settle(anna, carl)
    for desk in (anna, bo, carl):
        assert case(desk.store, emma).school == "Sydskolen"
        assert desk.sync.counts().unsent == 0
    sound(anna, bo, carl)


def test_a_laptop_put_back_from_a_backup_gets_its_own_words_again_and_a_new_stamp(office: Office) -> None:
    anna, bo, emma = shared(office)
    copy = copy_to(anna.store.connection, anna.folder / "copy.db")
    school(anna, emma, "Nordskolen")
    anna.well()
    anna.store.close()
    for leftover in anna.folder.glob("store.db*"):
        leftover.unlink()
    copy.rename(anna.folder / "store.db")
    anna.over(again(anna.folder))
    before = anna.store.shared.incarnation
    school(anna, emma, "Sydskolen")
    report = anna.well()
    assert report.twin
    assert anna.store.shared.incarnation != before
    office.settle(anna, bo)
    field = bo.store.read(lambda r: r.fields(Case, emma))["school"]
    assert {field.value, *(head.value for head in field.others)} == {"Nordskolen", "Sydskolen"}
    school(anna, emma, "Vestskolen")
    assert not anna.well().twin
    sound(anna, bo)


def test_a_closed_laptop_hands_in_what_it_had_written_and_reads_nothing(office: Office) -> None:
    anna, bo, emma = shared(office)
    school(bo, emma, "Nordskolen")
    office.house.core.revoke_device(bo.client(bo.sync.account()).token, bo.sync.device)
    school(anna, emma, "Sydskolen")
    anna.well()
    report = bo.once()
    assert report.trouble is not None
    assert report.trouble.trouble is Trouble.REVOKED
    assert [row.reason for row in bo.sync.refused()] == ["revoked"]
    assert case(bo.store, emma).school == "Nordskolen"
    bo.once()
    assert len(bo.sync.refused()) == 1
    sound(bo)


def test_many_deletions_wait_for_a_yes(office: Office) -> None:
    anna = office.desk("anna")
    emma = register(anna.store)

    def people_come(writer: Writer) -> list[Id]:
        made = []
        for n in range(60):
            made.append(people.add(writer, emma, {"name": f"Onkel {n}"}))
            writer.flush()
        return made

    uncles = anna.store.write(people_come).result
    anna.well()

    def people_go(writer: Writer) -> None:
        writer.act("Cancel")
        for one in uncles:
            writer.cancel(Person, one)

    anna.store.write(people_go)
    report = anna.well()
    assert (report.held, report.pushed) == (60, 0)
    assert anna.once(may_take_back=True).pushed == 1
    assert anna.well().held == 0
    assert anna.sync.counts().unsent == 0


def test_a_first_sync_that_is_stopped_goes_on_from_there(office: Office) -> None:
    anna = office.desk("anna")
    emma = register(anna.store)
    for n in range(30):
        school(anna, emma, str(n))
    anna.well()
    other = office.desk("anna")
    other.well()
    anna.loop = type(anna.loop)(anna.sync, anna.client)
    anna.well()

    def stop(done: int, _of: int) -> None:
        if done >= 1:
            raise Cancelled

    assert other.once(stop).cancelled
    other.well()
    assert case(other.store, emma).school == "29"
    sound(other)


def test_a_sync_with_nothing_new_is_one_question(office: Office) -> None:
    anna, _bo, _emma = shared(office)
    anna.net.asked.clear()
    anna.well()
    assert anna.net.asked == ["POST /v1/heads"]


def test_rows_that_arrived_and_a_rebuild_agree(office: Office) -> None:
    anna, bo, emma = shared(office)
    for n in range(5):
        school(anna, emma, f"a{n}")
        school(bo, emma, f"b{n}")
        office.settle(anna, bo)
    before = contents(bo.store.connection)
    bo.store.rebuild()
    assert contents(bo.store.connection) == before
    sound(anna, bo)
