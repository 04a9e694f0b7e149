"""The hub's tables. Alembic owns their shape (``migrations/``); a test holds the two together.

On PostgreSQL ``log`` is partitioned by the hash of the stream, so that one municipality's log can lie on several disks
and a stream's rows lie together. Nothing here is clear text of a case: payloads are sealed by the laptops.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)
_NUMBERED = BigInteger().with_variant(Integer, "sqlite")

hub = Table(
    "hub",
    metadata,
    Column("hub_id", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False),
    Column("signing", LargeBinary, nullable=False),
    Column("exchange", LargeBinary, nullable=False),
    Column("readable", Boolean, nullable=False),
    Column("issuer", Text, nullable=False, server_default=""),
    Column("client", Text, nullable=False, server_default=""),
    Column("claim", Text, nullable=False, server_default="sub"),
    Column("made_ms", BigInteger, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("user_id", LargeBinary, primary_key=True),
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False, server_default=""),
    Column("mail", Text, nullable=False, server_default=""),
    Column("leader", Boolean, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("revoked_ms", BigInteger),
    Index("uq_users_login", "login", unique=True),
)

devices = Table(
    "devices",
    metadata,
    Column("device_id", LargeBinary, primary_key=True),
    Column("user_id", LargeBinary, nullable=False, index=True),
    Column("author", LargeBinary, nullable=False),
    Column("signing", LargeBinary, nullable=False),
    Column("exchange", LargeBinary, nullable=False),
    Column("vouched", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("revoked_ms", BigInteger),
    Index("uq_devices_author", "author", unique=True),
)

codes = Table(
    "codes",
    metadata,
    Column("code_hash", LargeBinary, primary_key=True),
    Column("user_id", LargeBinary, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("used_by", LargeBinary),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("device_id", LargeBinary, nullable=False, index=True),
    Column("until_ms", BigInteger, nullable=False),
)

failures = Table(
    "sign_in_failures",
    metadata,
    Column("no", _NUMBERED, primary_key=True),
    Column("address", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index("ix_sign_in_failures_at_ms", "at_ms"),
)

stream_head = Table(
    "stream_head",
    metadata,
    Column("stream_id", LargeBinary, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False, server_default=""),
    Column("begun_by", LargeBinary, nullable=False),
)

log = Table(
    "log",
    metadata,
    Column("stream_id", LargeBinary, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("op_id", LargeBinary, nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("incarnation", LargeBinary, nullable=False),
    Column("stamp", BigInteger, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Index("uq_log_stream_id_op_id", "stream_id", "op_id", unique=True),
    Index("ix_log_incarnation_stamp", "incarnation", "stamp"),
    postgresql_partition_by="HASH (stream_id)",
)

incarnations = Table(
    "incarnations",
    metadata,
    Column("device", LargeBinary, primary_key=True),
    Column("incarnation", LargeBinary, primary_key=True),
    Column("top", BigInteger, nullable=False),
)

membership = Table(
    "membership",
    metadata,
    Column("stream_id", LargeBinary, primary_key=True),
    Column("user_id", LargeBinary, primary_key=True),
    Column("role", Text, nullable=False),
    Column("set_by", LargeBinary, nullable=False),
    Column("since_seq", BigInteger, nullable=False),
    Index("ix_membership_user_id", "user_id"),
)

grants = Table(
    "grants",
    metadata,
    Column("stream_id", LargeBinary, primary_key=True),
    Column("key_id", LargeBinary, primary_key=True),
    Column("device_id", LargeBinary, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Index("ix_grants_device_id", "device_id"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("row_hash", LargeBinary, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("pushed_by", LargeBinary, nullable=False),
    Column("stream_id", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Index("ix_quarantine_pushed_by", "pushed_by"),
)

blobs = Table(
    "blobs",
    metadata,
    Column("stream_id", LargeBinary, primary_key=True),
    Column("sha256", LargeBinary, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("have", BigInteger, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("device_id", LargeBinary, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

blob_pieces = Table(
    "blob_pieces",
    metadata,
    Column("stream_id", LargeBinary, primary_key=True),
    Column("sha256", LargeBinary, primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

audit = Table(
    "access_audit",
    metadata,
    Column("no", _NUMBERED, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("device_id", LargeBinary, nullable=False),
    Column("user_id", LargeBinary, nullable=False),
    Column("stream_id", LargeBinary, nullable=False),
    Column("action", Text, nullable=False),
    Column("first_seq", BigInteger, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Index("ix_access_audit_stream_id_no", "stream_id", "no"),
)
