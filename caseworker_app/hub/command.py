"""``caseworker hub …``: the administrator's commands. English, as the rest of the command line."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caseworker_app.hub.ground import Ground

_DATABASE = "CASEWORKER_HUB_DATABASE"
_SIGNING = "organisation-signing.key"
_EXCHANGE = "organisation-exchange.key"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``hub`` to the program's commands; every command sets ``run``, which takes what was given."""
    text = "the hub, for its administrator: init, user, device, quarantine, backup-check, serve"
    top = subparsers.add_parser("hub", help=text, description=text)
    commands = top.add_subparsers(title="commands", metavar="", required=True)
    _init_options(_command(commands, "init", "make a hub in an empty database", run_init))
    _user_options(_command(commands, "user", "add and list users, make a code, revoke", run_user))
    _device_options(_command(commands, "device", "list laptops, revoke, give keys", run_device))
    kept = _command(commands, "quarantine", "list or export what could not be taken", run_quarantine)
    kept.add_argument("--export", type=Path, metavar="FILE", help="write the rows as JSON, as they were sent")
    _command(commands, "backup-check", "read a whole hub, such as a restored backup", run_backup_check)
    _serve_options(_command(commands, "serve", "serve laptops", run_serve))


def _command(commands: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    made.set_defaults(run=run)
    _database_option(made, os.environ.get(_DATABASE))
    return made


def _database_option(made: argparse.ArgumentParser, default: str | None) -> None:
    text = f"postgresql://… or sqlite:///file; best left in the environment as {_DATABASE}"
    made.add_argument("--database", metavar="URL", default=default, help=text)


def _act(acts: Any, name: str, text: str) -> argparse.ArgumentParser:
    """Add an act of a command. The database may be named before it or after it."""
    made: argparse.ArgumentParser = acts.add_parser(name, help=text, description=text)
    _database_option(made, argparse.SUPPRESS)
    return made


def _init_options(init: argparse.ArgumentParser) -> None:
    init.add_argument("--name", required=True, help="the municipality's name")
    init.add_argument("--keys", type=Path, required=True, metavar="DIR", help="where the two keys are put")
    init.add_argument(
        "--readable", action="store_true", help="cases are readable with the organisation's key"
    )
    init.add_argument("--issuer", default="", metavar="URL", help="the OpenID Connect provider")
    init.add_argument("--client", default="", help="the client id at the provider")
    init.add_argument("--claim", default="sub", help="the claim that is a user's login (default: sub)")


def _user_options(user: argparse.ArgumentParser) -> None:
    acts = user.add_subparsers(title="acts", dest="act", metavar="", required=True)
    add = _act(acts, "add", "add a user")
    code = _act(acts, "code", "make a code that lets one laptop of a user sign in")
    _act(acts, "list", "list users")
    revoke = _act(acts, "revoke", "shut a user out, with all laptops")
    for one in (add, code, revoke):
        one.add_argument("login", help="what the identity provider calls the user")
    add.add_argument("--name", default="", help="the name colleagues see")
    add.add_argument("--unit", default="", help="where she works")
    add.add_argument("--mail", default="")
    add.add_argument("--leader", action="store_true", help="a team leader")


def _device_options(device: argparse.ArgumentParser) -> None:
    acts = device.add_subparsers(title="acts", dest="act", metavar="", required=True)
    _act(acts, "list", "list laptops")
    revoke = _act(acts, "revoke", "shut a laptop out")
    grant = _act(acts, "grant", "give a laptop the keys the organisation has")
    for one in (revoke, grant):
        one.add_argument("device", help="the laptop's id, 32 hexadecimal digits")
    text = "the folder with the organisation's keys"
    grant.add_argument("--keys", type=Path, required=True, metavar="DIR", help=text)


def _serve_options(serve: argparse.ArgumentParser) -> None:
    serve.add_argument("--listen", default="127.0.0.1:8443", metavar="ADDR", help="host:port")
    serve.add_argument("--signing-key", type=Path, metavar="FILE", help="lets laptops sign in")
    serve.add_argument("--cert", type=Path, metavar="FILE", help="serve TLS: the certificate chain")
    serve.add_argument("--key", type=Path, metavar="FILE", help="serve TLS: the certificate's key")
    serve.add_argument("--proxy", default="127.0.0.1", metavar="ADDRS", help="addresses of the reverse proxy")
    serve.add_argument("--threads", type=int, default=8, help="calls at once in a process (default: 8)")
    serve.add_argument("--workers", type=int, default=0, help="processes (default: one a core)")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _database(given: argparse.Namespace) -> str:
    from caseworker_app.domain.errors import UserError
    from caseworker_app.domain.phrases import N_

    if not given.database:
        raise UserError(N_("Which database? Give --database or set CASEWORKER_HUB_DATABASE."))
    return str(given.database)


def _ground(given: argparse.Namespace, keys: Path | None = None) -> Ground:
    from caseworker_app.hub import admin
    from caseworker_app.hub.database import open_engine
    from caseworker_app.hub.ground import Ground
    from caseworker_app.hub.keyfile import read_key
    from caseworker_app.vault.signing import DeviceKey

    engine = open_engine(_database(given), 0)
    key = None if keys is None else DeviceKey.from_bytes(read_key(keys / _SIGNING))
    return Ground(engine, admin.organisation(engine), signing_key=key)


def run_init(given: argparse.Namespace) -> int:
    """Make the hub and write the organisation's keys."""
    import secrets

    from caseworker_app.hub import admin, codes, keyfile
    from caseworker_app.hub.database import open_engine
    from caseworker_app.hub.ground import system_clock

    engine = open_engine(_database(given), 0)
    admin.refuse_second(engine)
    given.keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    by = admin.Provided(given.issuer, given.client, given.claim)
    keys = admin.new_keys(secrets.token_bytes)
    keyfile.write_key(given.keys / _SIGNING, keys.signing.to_bytes())
    keyfile.write_key(given.keys / _EXCHANGE, keys.exchange.to_bytes())
    made = admin.init(
        engine, given.name, secrets.token_bytes, system_clock, keys=keys, readable=given.readable, by=by
    )
    _say(f"hub {made.organisation.hub.hex()}")
    _say(f"fingerprint {codes.fingerprint(made.organisation.signing)}")
    _say(f"{_SIGNING} is for “hub serve”. Move {_EXCHANGE} off this machine and keep two copies of it.")
    return 0


def run_user(given: argparse.Namespace) -> int:
    """Add, list or revoke users, or make a code."""
    from caseworker_app.hub import admin

    ground = _ground(given)
    if given.act == "list":
        for person in admin.everybody(ground.engine):
            _say(f"{person.user.hex()}  {person.name}  {person.unit}  {len(person.devices)} laptops")
        return 0
    if given.act == "add":
        new = admin.NewUser(given.login, given.name or given.login, given.unit, given.mail, given.leader)
        _say(admin.add_user(ground, new).hex())
    elif given.act == "code":
        _say(admin.code_for(ground, given.login))
    else:
        admin.revoke_user(ground, given.login)
    return 0


def run_device(given: argparse.Namespace) -> int:
    """List or revoke laptops, or give one the keys its user may have."""
    from caseworker_app.hub import admin
    from caseworker_app.hub.keyfile import read_key
    from caseworker_app.vault.wrapping import ExchangeKey

    ground = _ground(given, given.keys if given.act == "grant" else None)
    if given.act == "list":
        for person in admin.everybody(ground.engine):
            for card in person.devices:
                state = "revoked" if card.revoked else ""
                _say(f"{card.device.hex()}  {person.name}  {card.name}  {state}".rstrip())
        return 0
    device = admin.device_named(given.device)
    if given.act == "revoke":
        admin.revoke_device(ground, device)
        return 0
    from caseworker_app.hub.organisation import grant_device

    exchange = ExchangeKey.from_bytes(read_key(given.keys / _EXCHANGE))
    done, missing = grant_device(ground, device, exchange)
    _say(f"{done} keys given, {missing} the organisation has not")
    return 0


def run_quarantine(given: argparse.Namespace) -> int:
    """List what could not be taken, or export it."""
    from caseworker_app.hub import admin

    kept = admin.quarantined(_ground(given).engine)
    if given.export is not None:
        import msgspec

        given.export.write_bytes(msgspec.json.format(msgspec.json.encode(kept)))
    for row in kept:
        _say(f"{row.row_hash.hex()[:16]}  {row.reason.value}  {row.name}  stream {row.stream.hex() or '?'}")
    _say(f"{len(kept)} in quarantine")
    return 0


def run_backup_check(given: argparse.Namespace) -> int:
    """Read everything and say what is not whole; exit code 1 when something is not."""
    import datetime as dt

    from caseworker_app.hub.check import run

    ground = _ground(given)
    found = run(ground.engine, ground.organisation)
    newest = dt.datetime.fromtimestamp(found.newest_ms / 1000, dt.UTC).isoformat(timespec="seconds")
    _say(f"version {found.version}; {found.users} users, {found.devices} laptops, {found.streams} streams")
    _say(f"{found.rows} rows (newest {newest}), {found.files} files, {found.quarantined} in quarantine")
    for fault in found.faults:
        _say(fault)
    _say("ok" if not found.faults else f"{len(found.faults)} faults")
    return 1 if found.faults else 0


def run_serve(given: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from caseworker_app.hub.serve import Served, serve

    return serve(
        Served(
            _database(given),
            given.listen,
            given.signing_key,
            given.cert,
            given.key,
            given.proxy,
            given.threads,
            given.workers,
        )
    )
