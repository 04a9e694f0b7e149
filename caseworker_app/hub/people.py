"""Colleagues and their laptops, as everybody who is signed in sees them; and giving up a laptop of one's own."""

from __future__ import annotations

import zlib

from sqlalchemy import Connection, func, select, update

from caseworker_app.hub.database import reading, writing
from caseworker_app.hub.ground import Ground, not_found
from caseworker_app.hub.sign_in import card_of
from caseworker_app.hub.tables import devices, users
from caseworker_app.hub.tokens import reader_of
from caseworker_app.sync.wire import DeviceCard, PeopleAnswer, PersonCard


def people(ground: Ground, token: str) -> PeopleAnswer:
    """Return everybody, also who has left: her name stands under what she wrote. Raises
    :class:`~caseworker_app.hub.ground.Refused`."""
    with reading(ground.engine) as connection:
        reader_of(connection, token, ground.clock())
        return PeopleAnswer(tuple(everybody(connection)))


def everybody(connection: Connection) -> list[PersonCard]:
    """Return the cards of all users, by name."""
    persons = connection.execute(select(users).order_by(users.c.name, users.c.user_id)).all()
    gone = {row.user_id for row in persons if row.revoked_ms is not None}
    cards: dict[bytes, list[DeviceCard]] = {}
    for row in connection.execute(select(devices).order_by(devices.c.made_ms, devices.c.device_id)):
        cards.setdefault(row.user_id, []).append(card_of(row, row.user_id in gone))
    return [
        PersonCard(row.user_id, row.name, row.unit, row.mail, row.leader, tuple(cards.get(row.user_id, ())))
        for row in persons
    ]


def revoke_own(ground: Ground, token: str, device: bytes) -> None:
    """Revoke one of the caller's own devices, for good. Raises :class:`~caseworker_app.hub.ground.Refused`: 404 for
    anybody else's."""
    now = ground.clock()
    with writing(ground.engine) as connection:
        caller = reader_of(connection, token, now)
        owner = connection.execute(select(devices.c.user_id).where(devices.c.device_id == device)).scalar()
        if owner != caller.user:
            raise not_found()
        revoke_device(connection, device, now)


def revoke_device(connection: Connection, device: bytes, now_ms: int) -> bool:
    """Revoke a device; return whether it was there. Its token stays: with it the device hands in what it has written."""
    lost = update(devices).where(devices.c.device_id == device, devices.c.revoked_ms.is_(None))
    connection.execute(lost.values(revoked_ms=now_ms))
    found = select(devices.c.device_id).where(devices.c.device_id == device)
    return connection.execute(found).first() is not None


class Mark:
    """A word that is another one whenever somebody or a laptop has come or gone.

    Laptops ask for it with every sync, so it is read from the database only now and then; what this process itself changes
    it knows at once (:meth:`forget`).
    """

    HOLDS_MS = 10_000

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._found: tuple[int, str] | None = None

    def forget(self) -> None:
        """Something has changed."""
        self._found = None

    def now(self) -> str:
        """Return the word."""
        now, found = self._ground.clock(), self._found
        if found is None or not 0 <= now - found[0] < self.HOLDS_MS:
            found = self._found = (now, self._read())
        return found[1]

    def _read(self) -> str:
        d, u = devices.c, users.c
        with reading(self._ground.engine) as connection:
            laptops = select(
                func.count(), func.max(d.made_ms), func.count(d.revoked_ms), func.max(d.revoked_ms)
            )
            people = select(func.count(), func.count(u.revoked_ms), func.max(u.revoked_ms))
            row = (*connection.execute(laptops).one(), *connection.execute(people).one())
        return f"{zlib.crc32(repr(row).encode()):08x}"
