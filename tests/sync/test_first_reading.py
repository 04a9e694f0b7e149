"""A new laptop reads all there is: with a helper that fetches ahead it takes what it would take without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
import pytest
from msgspec.structs import replace as with_

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Cancelled
from caseworker_app.sync import loop, pulling, sharing
from caseworker_app.sync.loop import SyncLoop
from caseworker_app.sync.wire import LogAnswer
from db.store import SqlStore
from db.verify import contents, faults
from tests.helpers.stores import case, register
from tests.helpers.sync_house import Desk, Office

Changed = Callable[[str, bytes], bytes]


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case of forty entries is a long one here."""
    monkeypatch.setattr(pulling, "PAGE", 10)
    monkeypatch.setattr(pulling, "FIRST_PAGE", 4)
    monkeypatch.setattr(pulling, "WHOLE", 6)
    monkeypatch.setattr(pulling, "GATHERED", 25)
    monkeypatch.setattr(pulling, "TAILS", (3, 200))
    monkeypatch.setattr(loop, "PAGE", 10)


@pytest.fixture
def anna(office: Office) -> Desk:
    """Anna's laptop has sent two cases, the one shared with Bo, who has written in it too."""
    anna, bo = office.desk("anna"), office.desk("bo")
    emma, sofus = register(anna.store), register(anna.store, "Sofus Prøve")
    anna.well()
    sharing.share(anna.sync, case(anna.store, emma).stream, bo.user, Role.MEMBER)
    office.settle(anna, bo)
    for n in range(40):
        school(anna, emma, f"Skole {n}")
        school(anna, sofus, f"Børnehave {n}")
        if n % 8 == 0:
            school(bo, emma, f"Bos skole {n}")
    office.settle(anna, bo)
    return anna


def school(desk: Desk, case_id: Id, name: str) -> None:
    heads = desk.store.read(lambda r: r.fields(Case, case_id))["school"].heads
    desk.store.write(lambda w: cases.edit(w, case_id, {"school": Edit(name, heads)}))


def new_laptop(office: Office, anna: Desk, *, ahead: bool) -> Desk:
    """Return another laptop of Anna's that has its keys and has read nothing."""
    made = office.desk("anna")
    anna.loop = SyncLoop(anna.sync, anna.client)
    anna.well()
    made.loop = SyncLoop(made.sync, made.client, told=made.touched.update, ahead=ahead)
    return made


def changing(desk: Desk, change: Changed) -> None:
    """Let what the hub answers be another."""
    real = desk.net

    def asked(method: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        status, answer = real(method, path, body, headers)
        return status, change(path, answer) if status == 200 else answer

    desk.net = asked  # type: ignore[assignment]


def shared_things(store: SqlStore) -> dict[str, object]:
    """Return what is known of the two cases: their fields, their rows, and what was done, in whatever order it came."""
    emma, sofus = sorted(store.read(lambda r: r.find(Case)), key=lambda one: one.child_name)
    return {
        "cases": [store.read(lambda r, one=one: r.fields(Case, one.id)) for one in (emma, sofus)],
        "rows": contents(store.connection)["p_case"],
        "history": [
            {
                (act.op_id, act.label, act.changes)
                for act in store.read(lambda r, one=one: r.history(stream=one.stream, limit=500))
                if all(change.entity_type == "case" for change in act.changes)
            }
            for one in (emma, sofus)
        ],
    }


def test_with_a_helper_and_without_a_new_laptop_comes_to_the_same(office: Office, anna: Desk) -> None:
    found = []
    for ahead in (False, True):
        laptop = new_laptop(office, anna, ahead=ahead)
        report = laptop.well()
        assert report.received > 80
        assert laptop.sync.counts().waiting_key == 0
        assert faults(laptop.store) == []
        found.append(shared_things(laptop.store))
    assert found[0] == found[1] == shared_things(anna.store)


def test_the_first_rows_of_every_case_come_before_the_rest_of_any(office: Office, anna: Desk) -> None:
    asked: list[tuple[int, int]] = []
    laptop = new_laptop(office, anna, ahead=True)

    def noted(path: str, answer: bytes) -> bytes:
        if "/log?" in path:
            after, limit, *_tail = (int(part.partition("=")[2]) for part in path.partition("?")[2].split("&"))
            asked.append((after, limit))
        return answer

    changing(laptop, noted)
    laptop.well()
    beginnings = [place for place, one in enumerate(asked) if one in ((0, 4), (0, 6))]
    rest = [place for place, one in enumerate(asked) if one[1] == 10]
    assert len(beginnings) > 2
    assert len(rest) > 8
    assert max(beginnings) < min(rest)


@pytest.mark.parametrize("ahead", [False, True])
def test_a_hub_that_gives_less_than_was_asked_is_asked_for_the_rest(
    office: Office, anna: Desk, ahead: bool
) -> None:
    laptop = new_laptop(office, anna, ahead=ahead)

    def less(path: str, answer: bytes) -> bytes:
        if "/log?" not in path or "limit=10" not in path:
            return answer
        page = msgspec.json.decode(answer, type=LogAnswer)
        return msgspec.json.encode(with_(page, rows=page.rows[:7]))

    changing(laptop, less)
    laptop.well()
    assert shared_things(laptop.store) == shared_things(anna.store)


def test_a_hub_that_gives_no_end_of_a_log_is_asked_for_it(office: Office, anna: Desk) -> None:
    laptop = new_laptop(office, anna, ahead=True)

    def none(path: str, answer: bytes) -> bytes:
        if "&tail=" not in path:
            return answer
        return msgspec.json.encode(with_(msgspec.json.decode(answer, type=LogAnswer), tail=()))

    changing(laptop, none)
    seen: list[int] = []
    laptop.loop = SyncLoop(
        laptop.sync,
        laptop.client,
        told=lambda _touched: seen.append(len(laptop.store.read(lambda r: r.find(Case)))),
    )
    laptop.well()
    assert seen[0] == 2, "both cases can be read from their first rows on"
    assert shared_things(laptop.store) == shared_things(anna.store)


@pytest.mark.parametrize("ahead", [False, True])
def test_a_row_whose_signature_does_not_hold_is_put_aside_and_the_rest_comes(
    office: Office, anna: Desk, ahead: bool
) -> None:
    laptop = new_laptop(office, anna, ahead=ahead)
    home = case(anna.store, case_named(anna, "Emma Prøve")).stream

    def broken(path: str, answer: bytes) -> bytes:
        if f"/{home.hex()}/log?" not in path:
            return answer
        page = msgspec.json.decode(answer, type=LogAnswer)
        rows = tuple(with_(row, signature=bytes(64)) if row.seq == 23 else row for row in page.rows)
        return msgspec.json.encode(with_(page, rows=rows))

    changing(laptop, broken)
    report = laptop.well()
    assert report.refused == 1
    assert [(row.stream, row.reason) for row in laptop.sync.refused()] == [(home, "bad_signature")]
    assert case(laptop.store, case_named(laptop, "Emma Prøve")).school == "Skole 39"


def case_named(desk: Desk, name: str) -> Id:
    return next(one.id for one in desk.store.read(lambda r: r.find(Case)) if one.child_name == name)


def test_when_somebody_stops_it_what_has_come_stays_and_the_rest_comes_next_time(
    office: Office, anna: Desk
) -> None:
    laptop = new_laptop(office, anna, ahead=True)

    def stop(done: int, _of: int) -> None:
        if done > 40:
            raise Cancelled

    report = laptop.once(stop)
    assert report.cancelled
    assert 0 < report.received < 90
    laptop.well()
    assert shared_things(laptop.store) == shared_things(anna.store)


@pytest.mark.parametrize("ahead", [False, True])
def test_a_hub_put_back_in_the_middle_of_a_reading_is_healed_and_nothing_is_called_damaged(
    office: Office, anna: Desk, ahead: bool
) -> None:
    laptop = new_laptop(office, anna, ahead=ahead)
    home = case(anna.store, case_named(anna, "Emma Prøve")).stream
    once = [True]

    def another(path: str, answer: bytes) -> bytes:
        if f"/{home.hex()}/log?after=14" not in path or not once:
            return answer
        once.clear()
        return msgspec.json.encode(with_(msgspec.json.decode(answer, type=LogAnswer), chain=b"another"))

    changing(laptop, another)
    report = laptop.once()
    assert not once
    assert report.restored
    assert not report.damaged
    laptop.well()
    assert shared_things(laptop.store) == shared_things(anna.store)
    assert faults(laptop.store) == []
