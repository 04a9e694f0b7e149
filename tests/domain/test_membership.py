"""Who may read and write a stream."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.membership import (
    EMPTY,
    Fault,
    Membership,
    Role,
    fault_of_sealed,
    fold,
    is_clear,
    take,
)
from caseworker_app.domain.operations import CLEAR_KEY, Change, ChangeKind, Header, Operation, Payload

STREAM = b"s" * 16
ORGANISATION = b"O" * 16
ANNA, BO, CLARA, DAN = (letter * 16 for letter in (b"A", b"B", b"C", b"D"))
_ids = itertools.count(1)


def user_of(author: bytes) -> bytes | None:
    """Authors are the lower-case letters of their users; ``?`` is a stranger."""
    return None if author == b"?" * 16 else author.upper()


def by(user: bytes, *changes: Change) -> Operation:
    header = Header(
        next(_ids).to_bytes(16, "big"),
        b"x" * 16,
        STREAM,
        b"i" * 16,
        1,
        user.lower(),
        1,
        1,
        0,
        "Europe/Copenhagen",
        1,
        CLEAR_KEY,
    )
    return Operation(header, Payload("", changes))


def grant(user: bytes = b"", author: bytes = b"", **more: object) -> Change:
    value: dict[str, object] = {
        "stream_kind": "case",
        "device": b"d" * 16,
        "signing_key": b"k" * 32,
        "key_id": b"1" * 16,
        "wrapped": b"w" * 80,
        "role": "owner",
    }
    if user:
        value |= {"user": user, "author": author}
    return Change("grant", next(_ids).to_bytes(16, "big"), "grant", ChangeKind.CREATE, value | more)


def role(
    user: bytes, wanted: str, now: Membership = EMPTY, parents: tuple[bytes, ...] | None = None
) -> Change:
    seen = now.parents_of(user) if parents is None else parents
    return Change("membership", user, "role", ChangeKind.SET, wanted, seen)


def begun(*members: tuple[bytes, str]) -> Membership:
    now = fold([by(ANNA, grant())], user_of)
    return fold(
        [by(ANNA, *(role(user, wanted) for user, wanted in members))] if members else [], user_of, start=now
    )


def test_the_author_of_the_first_grant_owns_the_stream() -> None:
    now = begun()
    assert (now.kind, dict(now.roles)) == ("case", {ANNA: Role.OWNER})


def test_nothing_stands_before_the_first_grant() -> None:
    assert take(EMPTY, by(ANNA, role(BO, "owner")), user_of).fault is Fault.NOT_BEGUN
    assert fault_of_sealed(EMPTY, ANNA, user_of) is Fault.NOT_BEGUN


def test_a_second_grant_makes_nobody_a_member() -> None:
    now = fold([by(ANNA, grant(BO, BO.lower()))], user_of, start=begun())
    assert not now.role_of(BO).reads


def test_only_an_owner_changes_who_is_a_member() -> None:
    now = begun((BO, "member"), (CLARA, "reader"))
    for author, fault in ((BO, Fault.READ_ONLY), (CLARA, Fault.READ_ONLY), (DAN, Fault.NOT_A_MEMBER)):
        taken = take(now, by(author, role(author, "owner", now)), user_of)
        assert (taken.fault, taken.membership) == (fault, now)
    assert fold([by(ANNA, role(DAN, "owner", now))], user_of, start=now).role_of(DAN) is Role.OWNER


def test_a_stranger_is_told_apart_from_one_who_may_not() -> None:
    assert take(begun(), by(b"?" * 16, role(BO, "owner")), user_of).fault is Fault.UNKNOWN_AUTHOR
    assert fault_of_sealed(begun(), b"?" * 16, user_of) is Fault.UNKNOWN_AUTHOR


def test_owners_and_members_write_and_readers_read() -> None:
    now = begun((BO, "member"), (CLARA, "reader"))
    faults = [fault_of_sealed(now, user.lower(), user_of) for user in (ANNA, BO, CLARA, DAN)]
    assert faults == [None, None, Fault.READ_ONLY, Fault.NOT_A_MEMBER]


def test_a_member_who_was_removed_is_a_stranger_until_she_is_taken_in_again() -> None:
    now = begun((BO, "member"))
    removed = fold([by(ANNA, role(BO, "none", now))], user_of, start=now)
    assert fault_of_sealed(removed, BO.lower(), user_of) is Fault.NOT_A_MEMBER
    again = fold([by(ANNA, role(BO, "reader", removed))], user_of, start=removed)
    assert again.role_of(BO) is Role.READER


def test_whoever_reads_grants_keys_to_her_own_devices_and_to_no_others() -> None:
    now = begun((BO, "reader"))
    assert len(take(now, by(BO, grant(BO, BO.lower())), user_of).grants) == 1
    assert take(now, by(BO, grant(DAN, DAN.lower())), user_of).fault is Fault.READ_ONLY
    assert take(now, by(BO, grant(BO, DAN.lower())), user_of).fault is Fault.READ_ONLY
    assert take(now, by(DAN, grant(DAN, DAN.lower())), user_of).fault is Fault.NOT_A_MEMBER


def test_the_organisation_grants_keys_and_makes_nobody_a_member() -> None:
    now, organisation = begun(), b"O" * 16
    taken = take(now, by(organisation, grant(DAN, DAN.lower())), user_of, organisation)
    assert taken.fault is None and len(taken.grants) == 1
    wish = by(organisation, role(DAN, "owner"))
    assert take(now, wish, user_of, organisation).fault is Fault.NOT_A_MEMBER


def test_a_stream_keeps_an_owner() -> None:
    now = begun((BO, "member"))
    alone = fold([by(ANNA, role(ANNA, "none", now))], user_of, start=now)
    assert alone == now
    handed = fold([by(ANNA, role(BO, "owner", now), role(ANNA, "none", now))], user_of, start=now)
    assert dict(handed.roles) == {ANNA: Role.NONE, BO: Role.OWNER}


def test_of_two_changes_that_knew_nothing_of_each_other_the_lower_role_holds() -> None:
    now = begun((BO, "owner"), (CLARA, "reader"))
    for first, second in itertools.permutations(
        (by(ANNA, role(CLARA, "none", now)), by(BO, role(CLARA, "member", now)))
    ):
        assert fold([first, second], user_of, start=now).role_of(CLARA) is Role.NONE


def test_what_is_not_a_grant_or_a_role_has_no_place_in_a_clear_operation() -> None:
    note = Change("note", b"n" * 16, "text", ChangeKind.SET, "hello")
    for change in (
        note,
        role(BO, "king"),
        grant(device=7),
        grant(user=b"short"),
        grant()._replace(value=None),
    ):
        assert take(begun(), by(ANNA, role(BO, "member"), change), user_of).fault is Fault.MALFORMED
    assert take(begun(), by(ANNA), user_of).fault is Fault.MALFORMED


def test_an_operation_under_a_key_is_not_clear() -> None:
    clear = by(ANNA, grant())
    assert is_clear(clear)
    assert not is_clear(replace(clear, header=clear.header._replace(key_id=b"1" * 16)))


@given(
    st.lists(
        st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD"), st.sampled_from(list(Role))), max_size=25
    )
)
def test_whatever_is_written_there_is_an_owner_and_only_owners_gave_roles(
    wishes: list[tuple[str, str, Role]],
) -> None:
    now = begun()
    for author, user, wanted in wishes:
        before = now
        now = fold([by(author.encode() * 16, role(user.encode() * 16, wanted, now))], user_of, start=now)
        assert Role.OWNER in now.roles.values()
        if before.role_of(author.encode() * 16) is not Role.OWNER:
            assert now == before
