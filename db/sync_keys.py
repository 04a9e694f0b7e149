"""Keys and members: what the clear operations of a stream say, kept where sealing and granting find it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Membership, UserOf, fold
from caseworker_app.domain.operations import CLEAR_KEY, Operation, Sealed
from caseworker_app.services.sync_ports import Card, HubAccount, Person, Pinned, Row
from db.base_tables import CLEAR
from db.connection import Raw
from db.encoding import pack, unpack

if TYPE_CHECKING:
    from db.store import Shared

ACCOUNT = "hub_account"
_ACCOUNT = "SELECT value FROM meta WHERE key = 'hub_account'"
_KEEP_META = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"
_CLEAR_OPS = f"""
SELECT header, payload, signature FROM operations
WHERE stream_id = ? AND {CLEAR} AND state = 'applied' AND stream_seq IS NOT NULL AND stream_seq <= ?
ORDER BY stream_seq
"""  # noqa: S608 - a constant of ours
_ALL_CLEAR_OPS = f"""
SELECT header, payload, signature FROM operations WHERE stream_id = ? AND {CLEAR} AND state = 'applied'
ORDER BY stream_seq IS NULL, stream_seq, no
"""  # noqa: S608 - a constant of ours
_CARDS = "SELECT device, user, author, signing, exchange, name, made_ms, revoked, vouched FROM devices"
_PUT_CARD = "INSERT INTO devices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_TOUCH_CARD = "UPDATE devices SET name = ?, revoked = ?, vouched = ? WHERE device = ?"
_PUT_PERSON = "INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?, ?)"
_PUT_GRANT = """
INSERT OR IGNORE INTO grants (stream_id, key_id, device, place) VALUES (?1, ?2, ?3, coalesce(
    (SELECT place FROM grants WHERE stream_id = ?1 AND key_id = ?2 LIMIT 1),
    (SELECT max(place) + 1 FROM grants WHERE stream_id = ?1), 1))
"""
_SETTLE_KEY = """
UPDATE streams SET key_id = coalesce((
    SELECT g.key_id FROM grants AS g JOIN stream_keys AS k ON k.stream_id = g.stream_id AND k.key_id = g.key_id
    WHERE g.stream_id = ?1 ORDER BY g.place DESC LIMIT 1), key_id) WHERE stream_id = ?1
"""
"""The newest key this device has is the one that counts for what it writes."""


def account_of(connection: Raw) -> HubAccount | None:
    """Return the hub the store belongs to."""
    row = connection.execute(_ACCOUNT).fetchone()
    return None if row is None else HubAccount(**unpack(row[0]))


def keep_account(connection: Raw, account: HubAccount | None) -> None:
    """Keep the hub and the sign-in."""
    if account is None:
        connection.execute("DELETE FROM meta WHERE key = 'hub_account'")
    else:
        names = HubAccount.__slots__
        connection.execute(_KEEP_META, (ACCOUNT, pack({name: getattr(account, name) for name in names})))


def cards(connection: Raw) -> list[Card]:
    """Return the pinned cards."""
    found = (dict(zip(Card.__slots__, row, strict=True)) for row in connection.execute(_CARDS))
    return [Card(**{**one, "revoked": bool(one["revoked"])}) for one in found]


def pin(connection: Raw, people: Iterable[Person], shown: Iterable[Card]) -> Pinned:
    """Keep people and cards; a known device never gets another user, author or key."""
    for one in people:
        connection.execute(_PUT_PERSON, (one.user, one.name, one.unit, one.mail, int(one.leader)))
    known = {card.device: card for card in cards(connection)}
    new, changed = 0, []
    for card in shown:
        old = known.get(card.device)
        if old is None:
            connection.execute(_PUT_CARD, tuple(_plain(getattr(card, name)) for name in Card.__slots__))
            known[card.device] = card
            new += 1
        elif _who(old) != _who(card):
            changed.append(card)
        elif (old.name, old.revoked, old.vouched) != (card.name, card.revoked, card.vouched):
            connection.execute(_TOUCH_CARD, (card.name, int(card.revoked), card.vouched, card.device))
    return Pinned(new, tuple(changed))


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _who(card: Card) -> tuple[bytes, ...]:
    return (card.user, card.author, card.signing, card.exchange)


class Signers:
    """Whose keys are believed: this device's, the pinned cards', the organisation's."""

    def __init__(self, connection: Raw, shared: Shared) -> None:
        self._keys: dict[Id, tuple[bytes, Id]] = {}
        self._users: dict[Id, Id] = {}
        for card in cards(connection):
            self._keys[card.device] = (card.signing, card.author)
            self._users[card.author] = card.user
        account = account_of(connection)
        self.organisation: Id | None = None
        if account is not None:
            self.organisation = account.hub
            self._keys[account.hub] = (account.signing, account.hub)
            self._users[account.hub] = account.hub
        own = shared.device
        self._keys[own.device_id] = (shared.sealer.public_key, own.author)
        self._users[own.author] = own.author if account is None else account.user

    def key_of(self, device: Id) -> tuple[bytes, Id] | None:
        """Return a device's signing key and author, ``None`` when it was never vouched for."""
        return self._keys.get(device)

    def signing_key_of(self, device: Id) -> bytes | None:
        """Return its signing key alone."""
        found = self._keys.get(device)
        return None if found is None else found[0]

    def user_of(self, author: Id) -> Id | None:
        """Return whose device an author is."""
        return self._users.get(author)


def membership_at(
    connection: Raw, shared: Shared, stream: Id, user_of: UserOf, organisation: Id | None, seq: int
) -> Membership:
    """Return who may what after row ``seq`` of the hub's log."""
    found = connection.execute(_CLEAR_OPS, (stream, seq)).fetchall()
    return fold(_opened(shared, found), user_of, organisation)


def membership_now(connection: Raw, shared: Shared, stream: Id) -> Membership:
    """Return who may what, with what was decided here and has not come back yet."""
    signers = Signers(connection, shared)
    found = connection.execute(_ALL_CLEAR_OPS, (stream,)).fetchall()
    return fold(_opened(shared, found), signers.user_of, signers.organisation)


def _opened(shared: Shared, found: Iterable[tuple[bytes, bytes, bytes]]) -> Iterable[Operation]:
    return (shared.sealer.open(Sealed(*row), b"") for row in found)


def note_grants(
    connection: Raw, shared: Shared, operation: Operation, keep: Callable[[Id, Id, bytes], None]
) -> bool:
    """Keep what a clear operation grants: who has which key, the stream's row, and the keys for this device.

    ``keep`` is called with stream, key id and key for each key that was not here. Returns whether there was one.
    """
    stream, came = operation.header.stream_id, False
    for change in operation.payload.changes:
        grant = change.value
        if change.entity_type != "grant" or not isinstance(grant, dict):
            continue
        connection.execute(_PUT_GRANT, (stream, grant["key_id"], grant["device"]))
        made = (stream, grant.get("stream_kind") or "case", grant["key_id"], operation.header.hlc)
        connection.execute("INSERT OR IGNORE INTO streams VALUES (?, ?, ?, ?)", made)
        if grant["device"] == shared.device.device_id:
            came = _take_key(connection, shared, stream, grant, keep) or came
    connection.execute(_SETTLE_KEY, (stream,))
    return came


def _take_key(
    connection: Raw, shared: Shared, stream: Id, grant: dict[str, Any], keep: Callable[[Id, Id, bytes], None]
) -> bool:
    query = "SELECT 1 FROM stream_keys WHERE stream_id = ? AND key_id = ?"
    if connection.execute(query, (stream, grant["key_id"])).fetchone() is not None:
        return False
    try:
        key = shared.sealer.unwrap(grant["wrapped"], stream, grant["key_id"])
    except ValueError:
        return False  # wrapped for other keys than ours, or damaged: as good as not granted
    connection.execute("INSERT INTO stream_keys VALUES (?, ?, ?)", (stream, grant["key_id"], key))
    keep(stream, grant["key_id"], key)
    return True


def foreseen(connection: Raw, shared: Shared, stream: Id, rows: Sequence[Row]) -> dict[tuple[Id, Id], bytes]:
    """Return keys that one's own other laptops, or the organisation, granted this device in rows not read in order yet.

    They are held in memory only, so that what comes can be shown at once; the rows themselves are judged in their place.
    """
    signers = Signers(connection, shared)
    trusted = {shared.user, signers.organisation}
    found: dict[tuple[Id, Id], bytes] = {}
    for row in rows:
        sealed = Sealed(row.header, row.payload, row.signature)
        signer = signers.key_of(row.device)
        if signer is None or signers.user_of(signer[1]) not in trusted:
            continue
        try:
            header = shared.sealer.header(row.header)
            if header.key_id != CLEAR_KEY or header.stream_id != stream or header.author != signer[1]:
                continue
            if not shared.sealer.verify(sealed, signer[0]):
                continue
            for change in shared.sealer.open(sealed, b"").payload.changes:
                grant = change.value
                if change.entity_type == "grant" and grant.get("device") == shared.device.device_id:
                    key = shared.sealer.unwrap(grant["wrapped"], stream, grant["key_id"])
                    found[stream, grant["key_id"]] = key
        except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
            continue
    return found
