"""What the hub's administrator does: make a hub, users, codes, revoke. Each function is one act on an engine."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select, update

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_
from caseworker_app.hub import codes, migrate, people, quarantine
from caseworker_app.hub.database import reading, writing
from caseworker_app.hub.ground import Clock, Ground, Organisation, Random
from caseworker_app.hub.tables import hub, users
from caseworker_app.sync.wire import PersonCard
from caseworker_app.vault.signing import DeviceKey
from caseworker_app.vault.wrapping import ExchangeKey

_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Keys:
    """The organisation's two secrets. A running hub needs the first, to vouch for laptops; the second opens stream keys
    and belongs somewhere else."""

    signing: DeviceKey
    exchange: ExchangeKey


@dataclass(frozen=True, slots=True)
class Made:
    """A new hub."""

    organisation: Organisation
    keys: Keys


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user as the administrator names her. ``login`` is what the identity provider calls her."""

    login: str
    name: str
    unit: str = ""
    mail: str = ""
    leader: bool = False


@dataclass(frozen=True, slots=True)
class Provided:
    """How users sign in with an identity provider: its issuer, the client id there, the claim that is the login."""

    issuer: str = ""
    client: str = ""
    claim: str = "sub"


def new_keys(random: Random) -> Keys:
    """Return new keys for an organisation."""
    return Keys(DeviceKey.from_bytes(random(32)), ExchangeKey.from_bytes(random(32)))


def refuse_second(engine: Engine) -> None:
    """Raise :class:`UserError` when there is a hub in the database."""
    if migrate.current(engine) is not None:
        with reading(engine) as connection:
            if connection.execute(select(hub.c.hub_id)).first() is not None:
                raise UserError(N_("There is a hub in this database already; it was left as it is."))


def init(
    engine: Engine,
    name: str,
    random: Random,
    clock: Clock,
    *,
    keys: Keys | None = None,
    readable: bool = False,
    by: Provided | None = None,
) -> Made:
    """Make the tables and the hub's identity. Raises :class:`UserError` when there is a hub already."""
    refuse_second(engine)
    migrate.upgrade(engine)
    keys, by = keys or new_keys(random), by or Provided()
    made = Organisation(
        random(_ID_BYTES),
        name,
        keys.signing.public,
        keys.exchange.public,
        readable,
        by.issuer,
        by.client,
        by.claim,
    )
    values = {
        column.name: getattr(made, column.name.replace("hub_id", "hub"))
        for column in hub.c
        if column.name != "made_ms"
    }
    with writing(engine) as connection:
        connection.execute(hub.insert(), values | {"made_ms": clock()})
    return Made(made, keys)


def organisation(engine: Engine) -> Organisation:
    """Return whose hub a database holds, after bringing its tables up to date. Raises :class:`UserError` for none."""
    found = migrate.current(engine)
    if found is not None and found not in migrate.known():
        raise UserError(
            N_("This hub was made by a newer version of the program."), N_("Install the newer version here.")
        )
    if found is not None:
        migrate.upgrade(engine)
        with reading(engine) as connection:
            row = connection.execute(select(hub)).first()
        if row is not None:
            return Organisation(
                row.hub_id,
                row.name,
                row.signing,
                row.exchange,
                row.readable,
                row.issuer,
                row.client,
                row.claim,
            )
    raise UserError(N_("There is no hub in this database."), N_("Make one with “caseworker hub init”."))


def add_user(ground: Ground, new: NewUser) -> bytes:
    """Add a user and return her id. Raises :class:`UserError` for a login that is taken."""
    user = ground.random(_ID_BYTES)
    with writing(ground.engine) as connection:
        if connection.execute(select(users.c.user_id).where(users.c.login == new.login)).first() is not None:
            raise UserError(N_("There is a user with that login already."))
        connection.execute(
            users.insert(),
            {
                "user_id": user,
                "login": new.login,
                "name": new.name,
                "unit": new.unit,
                "mail": new.mail,
                "leader": new.leader,
                "made_ms": ground.clock(),
                "revoked_ms": None,
            },
        )
    return user


def user_of(engine: Engine, login: str) -> bytes:
    """Return the id of a user. Raises :class:`UserError` when nobody has that login."""
    with reading(engine) as connection:
        found = connection.execute(select(users.c.user_id).where(users.c.login == login)).scalar()
    if found is None:
        raise UserError(N_("Nobody here has that login."), N_("See “caseworker hub user list”."))
    return bytes(found)


def code_for(ground: Ground, login: str) -> str:
    """Return a one-time code for a laptop of a user."""
    user = user_of(ground.engine, login)
    with writing(ground.engine) as connection:
        return codes.make(connection, ground, user)


def revoke_user(ground: Ground, login: str) -> None:
    """Revoke a user and so all her laptops: they hand in what they have, and read nothing more."""
    user = user_of(ground.engine, login)
    with writing(ground.engine) as connection:
        gone = update(users).where(users.c.user_id == user, users.c.revoked_ms.is_(None))
        connection.execute(gone.values(revoked_ms=ground.clock()))


def device_named(text: str) -> bytes:
    """Return the id of a laptop. Raises :class:`UserError` for what is no id."""
    try:
        found = bytes.fromhex(text)
    except ValueError:
        found = b""
    if len(found) != _ID_BYTES:
        raise UserError(
            N_("A laptop's id is 32 hexadecimal digits."), N_("See “caseworker hub device list”.")
        )
    return found


def revoke_device(ground: Ground, device: bytes) -> None:
    """Revoke one laptop. Raises :class:`UserError` when there is none with that id."""
    with writing(ground.engine) as connection:
        if not people.revoke_device(connection, device, ground.clock()):
            raise UserError(N_("There is no laptop with that id."), N_("See “caseworker hub device list”."))


def everybody(engine: Engine) -> list[PersonCard]:
    """Return all users with their laptops."""
    with reading(engine) as connection:
        return people.everybody(connection)


def quarantined(engine: Engine) -> list[quarantine.Kept]:
    """Return what waits in quarantine."""
    with reading(engine) as connection:
        return quarantine.listed(connection)
