"""A team leader lets in what was not taken; nobody learns of a case by it, and nothing goes where it may not."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from caseworker_app.domain.ids import Id
from caseworker_app.hub import admin, tables
from caseworker_app.hub.database import reading
from caseworker_app.hub.ground import Refused
from caseworker_app.sync.wire import KeptRow, PushResult, Reason, Verdict
from tests.hub.hubs import House, Laptop


class Ward:
    """Anna owns a stream that Lis, who leads her unit, reads; Bo is a member. Ole leads another unit, Pia hers too but
    no case of Anna's."""

    def __init__(self, house: House) -> None:
        self.house = house
        for name, unit in (("lis", "north"), ("ole", "south"), ("pia", "north")):
            house.user(name, leader=True, unit=unit)
        self.anna, self.bo, self.lis, self.ole, self.pia = map(
            house.laptop, ("anna", "bo", "lis", "ole", "pia")
        )
        self.stream, opening = self.anna.begin()
        shares = [self.anna.share(self.stream, self.bo.user, "member")]
        shares.append(self.anna.share(self.stream, self.lis.user, "reader"))
        self.anna.push(opening, *shares)

    def listed(self, leader: Laptop) -> tuple[KeptRow, ...]:
        return self.house.core.quarantine(leader.token).rows

    def release(self, leader: Laptop, row: KeptRow) -> PushResult:
        return self.house.core.release(leader.token, row.row)

    def log(self) -> list[Id]:
        with reading(self.house.ground.engine) as connection:
            asked = select(tables.log.c.device).where(tables.log.c.stream_id == self.stream)
            return list(connection.execute(asked.order_by(tables.log.c.seq)).scalars())


@pytest.fixture
def ward(house: House) -> Ward:
    return Ward(house)


def test_what_a_revoked_laptop_handed_in_is_let_in_by_the_leader_who_reads_the_case(ward: Ward) -> None:
    admin.revoke_device(ward.house.ground, ward.bo.device)
    ward.bo.push(ward.bo.note(ward.stream), ward.bo.note(ward.stream, "another"))
    rows = ward.listed(ward.lis)
    assert [(row.name, row.unit, row.reason, row.stream) for row in rows] == [
        ("Bo", "north", Reason.REVOKED, ward.stream)
    ] * 2
    before = ward.log()
    assert [ward.release(ward.lis, row).verdict for row in rows] == [Verdict.ACCEPTED] * 2
    assert ward.log() == [*before, ward.bo.device, ward.bo.device]
    assert ward.listed(ward.lis) == ()
    assert ward.anna.pull(ward.stream).last == len(before) + 2
    with reading(ward.house.ground.engine) as connection:
        lines = connection.execute(select(tables.audit.c.device_id, tables.audit.c.action)).all()
    assert (ward.lis.device, "released") in [tuple(line) for line in lines]


def test_a_row_let_in_twice_is_there_once(ward: Ward) -> None:
    admin.revoke_device(ward.house.ground, ward.bo.device)
    ward.bo.push(ward.bo.note(ward.stream))
    (row,) = ward.listed(ward.lis)
    assert ward.release(ward.lis, row).verdict is Verdict.ACCEPTED
    with pytest.raises(Refused) as refused:
        ward.release(ward.lis, row)
    assert refused.value.status == 404
    assert ward.log().count(ward.bo.device) == 1


def test_what_its_author_may_not_write_stays_where_it_is_with_the_reason(ward: Ward) -> None:
    """A leader is no way around the members of a case, which its signed log alone decides."""
    ward.pia.push(ward.pia.note(ward.stream))
    ward.lis.push(ward.lis.note(ward.stream))
    said = {row.name: ward.release(ward.lis, row) for row in ward.listed(ward.lis)}
    assert said["Pia"] == PushResult(Verdict.QUARANTINED, Reason.NOT_A_MEMBER)
    assert said["Lis"] == PushResult(Verdict.QUARANTINED, Reason.READ_ONLY)
    assert len(ward.listed(ward.lis)) == 2
    assert set(ward.log()) == {ward.anna.device}


def test_a_leader_of_the_unit_who_shares_no_case_sees_who_and_why_and_no_case(ward: Ward) -> None:
    nowhere = ward.house.random(16)
    admin.revoke_device(ward.house.ground, ward.bo.device)
    ward.bo.push(ward.bo.note(ward.stream), ward.bo.note(nowhere))
    rows = ward.listed(ward.pia)
    assert [(row.name, row.reason, row.stream) for row in rows] == [("Bo", Reason.REVOKED, b"")] * 2
    answers = {ward.release(ward.pia, row) for row in rows}
    assert answers == {PushResult(Verdict.QUARANTINED, Reason.NOT_A_MEMBER)}
    assert ward.bo.device not in ward.log()


def test_a_leader_of_another_unit_sees_nothing_and_nobody_else_may_ask(ward: Ward) -> None:
    admin.revoke_device(ward.house.ground, ward.bo.device)
    ward.bo.push(ward.bo.note(ward.stream))
    (row,) = ward.listed(ward.lis)
    assert ward.listed(ward.ole) == ()
    with pytest.raises(Refused) as refused:
        ward.release(ward.ole, row)
    assert (refused.value.status, refused.value.code) == (404, "not_found")
    for ask in (lambda: ward.listed(ward.anna), lambda: ward.release(ward.anna, row)):
        with pytest.raises(Refused) as refused:
            ask()
        assert (refused.value.status, refused.value.code) == (403, "no_leader")


def test_a_row_that_was_tampered_with_is_never_let_in(ward: Ward) -> None:
    admin.revoke_device(ward.house.ground, ward.bo.device)
    ward.bo.push(ward.bo.note(ward.stream))
    with ward.house.ground.engine.begin() as connection:
        connection.execute(tables.quarantine.update().values(payload=b"another word"))
    (row,) = ward.listed(ward.lis)
    assert ward.release(ward.lis, row) == PushResult(Verdict.QUARANTINED, Reason.BAD_SIGNATURE)
