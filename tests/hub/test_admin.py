"""The administrator's acts: users, laptops, keys from the organisation, checking a backup, the commands."""

from __future__ import annotations

import argparse
import stat
from collections.abc import Callable

import pytest
from sqlalchemy import update

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.operations import CLEAR_KEY, Change, ChangeKind
from caseworker_app.hub import admin, check, codes, command, tables
from caseworker_app.hub.database import writing
from caseworker_app.hub.organisation import grant_device
from caseworker_app.sync.messages import decode_header, decode_payload
from caseworker_app.sync.sealing import grant_info
from caseworker_app.sync.wire import Verdict
from caseworker_app.vault.signing import verify
from caseworker_app.vault.wrapping import ExchangeKey, wrap_key
from tests.hub.hubs import Chance, House, Laptop, Turning


def faults(house: House) -> list[str]:
    return check.run(house.ground.engine, house.ground.organisation).faults


def for_the_organisation(laptop: Laptop, stream: bytes) -> Change:
    ours = laptop.house.ground.organisation
    own = laptop.grant(stream)
    key_id = own.value["key_id"]
    wrapped = wrap_key(ours.exchange, laptop.keys[stream], grant_info(stream, key_id, ours.hub))
    value = own.value | {
        "device": ours.hub, "user": ours.hub, "author": ours.hub, "wrapped": wrapped,
        "signing_key": ours.signing, "exchange_key": ours.exchange,
    }  # fmt: skip
    return Change("grant", laptop.house.random(16), "grant", ChangeKind.CREATE, value)


def test_the_organisation_gives_a_new_laptop_the_keys_of_its_users_streams(house: House) -> None:
    anna, bo = house.laptop("anna"), house.laptop("bo")
    stream = house.random(16)
    anna.push(anna.write(stream, [anna.grant(stream), for_the_organisation(anna, stream)], CLEAR_KEY))
    hidden, opening = anna.begin()
    anna.push(opening)
    new = house.laptop("anna")
    assert grant_device(house.ground, new.device, house.keys.exchange) == (1, 1)
    assert grant_device(house.ground, new.device, house.keys.exchange) == (0, 1)
    assert grant_device(house.ground, bo.device, house.keys.exchange) == (0, 0)
    row = new.pull(stream).rows[-1]
    header, payload = decode_header(row.header), decode_payload(row.payload)
    verify(house.ground.organisation.signing, row.header + row.payload, row.signature)
    value = payload.changes[0].value
    info = grant_info(stream, value["key_id"], new.device)
    assert new.exchange.unwrap(value["wrapped"], info) == anna.keys[stream]
    assert (header.author, row.device) == (house.ground.organisation.hub,) * 2
    assert faults(house) == []
    assert new.pull(hidden).last == 1


def test_another_organisations_key_opens_nothing(house: House) -> None:
    anna = house.laptop("anna")
    with pytest.raises(UserError, match="not the organisation's key"):
        grant_device(house.ground, anna.device, ExchangeKey.generate())
    admin.revoke_device(house.ground, anna.device)
    with pytest.raises(UserError, match="no laptop"):
        grant_device(house.ground, anna.device, house.keys.exchange)


def test_nobody_speaks_for_the_organisation_without_its_key(house: House) -> None:
    anna, bo = house.laptop("anna"), house.laptop("bo")
    stream, opening = anna.begin()
    anna.push(opening)
    bo.author = house.ground.organisation.hub
    (result,) = bo.push(bo.write(stream, [bo.grant(stream)], CLEAR_KEY))
    assert result.verdict is Verdict.QUARANTINED


Damage = Callable[[bytes], object]
DAMAGES: dict[str, Damage] = {
    "is missing": lambda stream: tables.log.delete().where(
        tables.log.c.stream_id == stream, tables.log.c.seq == 2
    ),
    "breaks the chain": lambda stream: (
        update(tables.log)
        .where(tables.log.c.stream_id == stream, tables.log.c.seq == 2)
        .values(chain=b"?" * 32)
    ),
    "bad_signature": lambda stream: (
        update(tables.log).where(tables.log.c.stream_id == stream, tables.log.c.seq == 2).values(payload=b"?")
    ),
    "head is not the last row": lambda stream: tables.log.delete().where(
        tables.log.c.stream_id == stream, tables.log.c.seq == 3
    ),
    "list of members": lambda stream: update(tables.membership).values(role="reader"),
    "rows without a head": lambda stream: tables.stream_head.delete(),
}


@pytest.mark.parametrize("fault", DAMAGES)
def test_a_damaged_backup_is_told(house: House, fault: str) -> None:
    anna = house.laptop("anna")
    stream, opening = anna.begin()
    anna.push(opening, anna.note(stream), anna.note(stream))
    report = check.run(house.ground.engine, house.ground.organisation)
    assert (report.faults, report.rows, report.streams, report.devices) == ([], 3, 1, 1)
    with writing(house.ground.engine) as connection:
        connection.execute(DAMAGES[fault](stream))  # type: ignore[call-overload]
    assert any(fault in said for said in faults(house))


def run(*words: str) -> int:
    top = argparse.ArgumentParser()
    command.add_parser(top.add_subparsers())
    given = top.parse_args(["hub", *words])
    return int(given.run(given))


def test_an_administrator_makes_a_hub_and_lets_a_laptop_in(url: str, tmp_path, capsys) -> None:
    place = ("--database", url)
    keys = tmp_path / "keys"
    assert run("init", *place, "--name", "Nordby", "--keys", str(keys)) == 0
    for name in ("organisation-signing.key", "organisation-exchange.key"):
        assert stat.S_IMODE((keys / name).stat().st_mode) == 0o600
    with pytest.raises(UserError, match="already"):
        run("init", *place, "--name", "Nordby", "--keys", str(keys))
    run("user", "add", "anna", *place, "--name", "Anna Holm", "--unit", "north", "--leader")
    with pytest.raises(UserError, match="already"):
        run("user", "add", "anna", *place)
    capsys.readouterr()
    assert run("user", "code", "anna", *place) == 0
    code = capsys.readouterr().out.strip()

    from caseworker_app.hub.serve import make_core

    core = make_core(url, keys / "organisation-signing.key", 2)
    assert code.endswith(codes.fingerprint(core.hub().signing))
    there = House(core, admin.new_keys(Chance()), Turning(core.ground.clock()), Chance())
    assert Laptop(there).sign_in(code).leader is True
    core.ground.engine.dispose()


def test_the_commands_say_what_is_there_and_revoke(url: str, house: House, tmp_path, capsys) -> None:
    place = ("--database", url)
    anna = house.laptop("anna")
    stream, opening = anna.begin()
    anna.push(opening, house.laptop("bo").note(stream))
    run("user", "list", *place)
    run("device", "list", *place)
    run("quarantine", *place, "--export", str(tmp_path / "kept.json"))
    run("backup-check", *place)
    out = capsys.readouterr().out
    for said in (
        "Anna  north  1 laptops",
        f"{anna.device.hex()}  Anna  a laptop",
        "not_a_member",
        "1 in quarantine",
        "\nok\n",
    ):
        assert said in out
    assert b'"not_a_member"' in (tmp_path / "kept.json").read_bytes()
    run("device", "revoke", anna.device.hex(), *place)
    run("user", "revoke", "bo", *place)
    run("device", "list", *place)
    assert capsys.readouterr().out.count("revoked") == 2
    for words in (
        ("device", "revoke", "xyz"),
        ("device", "revoke", "0" * 32),
        ("user", "code", "nobody"),
    ):
        with pytest.raises(UserError):
            run(*words, *place)


@pytest.mark.parametrize(
    "words",
    [
        ("user", "add"), ("user", "revoke"), ("user", "rename", "anna"), ("user",),
        ("device", "grant", "0" * 32), ("device", "revoke"),
    ],
)  # fmt: skip
def test_a_command_says_what_it_lacks(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(*words)
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("place", range(1, 4))
def test_the_database_may_be_named_anywhere_after_the_command(url: str, tmp_path, capsys, place: int) -> None:
    run("init", "--database", url, "--name", "Nordby", "--keys", str(tmp_path / "keys"))
    words = ["user", "add", "anna"]
    assert run(*words[:place], "--database", url, *words[place:]) == 0
    run("user", "list", "--database", url)
    assert "anna" in capsys.readouterr().out


def test_a_signing_key_of_another_hub_is_refused(url: str, house: House, tmp_path) -> None:
    from caseworker_app.hub.keyfile import write_key
    from caseworker_app.hub.serve import make_core

    write_key(tmp_path / "other.key", bytes(range(32)))
    with pytest.raises(UserError, match="not the one of this hub"):
        make_core(url, tmp_path / "other.key", 1)
    (tmp_path / "none.key").write_text("hello")
    with pytest.raises(UserError, match="no key"):
        make_core(url, tmp_path / "none.key", 1)


def test_a_command_without_a_database_says_which_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEWORKER_HUB_DATABASE", raising=False)
    with pytest.raises(UserError, match="Which database"):
        run("user", "list")
