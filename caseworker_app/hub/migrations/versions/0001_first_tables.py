"""The hub's first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_PARTITIONS = 16


def _data(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), **({"nullable": False} | more))


def _text(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), **({"nullable": False} | more))


def _number(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), **({"nullable": False} | more))


def _truth(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _no() -> sa.Column[Any]:
    return sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def _table(name: str, *columns: sa.Column[Any], key: tuple[str, ...], **more: Any) -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), **more)


def _index(table: str, *columns: str, unique: bool = False) -> None:
    start = "uq" if unique else "ix"
    op.create_index("_".join((start, table, *columns)), table, list(columns), unique=unique)


def upgrade() -> None:
    _people()
    _signing_in()
    _streams()
    _log()
    _beside_the_log()
    _files()


def _people() -> None:
    _table(
        "hub", _data("hub_id"), _text("name"), _data("signing"), _data("exchange"), _truth("readable"),
        _text("issuer", server_default=""), _text("client", server_default=""),
        _text("claim", server_default="sub"), _number("made_ms"), key=("hub_id",),
    )  # fmt: skip
    _table(
        "users", _data("user_id"), _text("login"), _text("name"), _text("unit", server_default=""),
        _text("mail", server_default=""), _truth("leader"), _number("made_ms"),
        _number("revoked_ms", nullable=True), key=("user_id",),
    )  # fmt: skip
    _index("users", "login", unique=True)
    _table(
        "devices", _data("device_id"), _data("user_id"), _data("author"), _data("signing"), _data("exchange"),
        _data("vouched"), _text("name"), _number("made_ms"), _number("revoked_ms", nullable=True),
        key=("device_id",),
    )  # fmt: skip
    _index("devices", "user_id")
    _index("devices", "author", unique=True)


def _signing_in() -> None:
    _table(
        "codes",
        _data("code_hash"),
        _data("user_id"),
        _number("until_ms"),
        _data("used_by", nullable=True),
        key=("code_hash",),
    )
    _table("tokens", _data("token_hash"), _data("device_id"), _number("until_ms"), key=("token_hash",))
    _index("tokens", "device_id")
    _table("sign_in_failures", _no(), _text("address"), _number("at_ms"), key=("no",))
    _index("sign_in_failures", "at_ms")


def _streams() -> None:
    _table(
        "stream_head", _data("stream_id"), _number("seq"), _data("chain"), _text("kind", server_default=""),
        _data("begun_by"), key=("stream_id",),
    )  # fmt: skip
    _table(
        "membership", _data("stream_id"), _data("user_id"), _text("role"), _data("set_by"),
        _number("since_seq"), key=("stream_id", "user_id"),
    )  # fmt: skip
    _index("membership", "user_id")
    _table(
        "grants", _data("stream_id"), _data("key_id"), _data("device_id"), _number("seq"),
        key=("stream_id", "key_id", "device_id"),
    )  # fmt: skip
    _index("grants", "device_id")


def _log() -> None:
    _table(
        "log", _data("stream_id"), _number("seq", autoincrement=False), _data("op_id"), _data("device"),
        _data("incarnation"), _number("stamp"), _number("received_ms"), _data("chain"), _data("header"),
        _data("payload"), _data("signature"), key=("stream_id", "seq"),
        postgresql_partition_by="HASH (stream_id)",
    )  # fmt: skip
    if op.get_context().dialect.name == "postgresql":
        for number in range(_PARTITIONS):
            op.execute(
                f"CREATE TABLE log_{number:02} PARTITION OF log"
                f" FOR VALUES WITH (MODULUS {_PARTITIONS}, REMAINDER {number})"
            )
    _index("log", "stream_id", "op_id", unique=True)
    _index("log", "incarnation", "stamp")
    _table(
        "incarnations", _data("device"), _data("incarnation"), _number("top"), key=("device", "incarnation")
    )


def _beside_the_log() -> None:
    _table(
        "quarantine", _data("row_hash"), _number("at_ms"), _data("pushed_by"), _data("stream_id"),
        _text("reason"), _number("size"), _data("header"), _data("payload"), _data("signature"),
        key=("row_hash",),
    )  # fmt: skip
    _index("quarantine", "pushed_by")
    _table(
        "access_audit", _no(), _number("at_ms"), _data("device_id"), _data("user_id"), _data("stream_id"),
        _text("action"), _number("first_seq"), _number("last_seq"), key=("no",),
    )  # fmt: skip
    _index("access_audit", "stream_id", "no")


def _files() -> None:
    _table(
        "blobs", _data("stream_id"), _data("sha256"), _number("size"), _number("have"), _truth("done"),
        _data("device_id"), _number("at_ms"), key=("stream_id", "sha256"),
    )  # fmt: skip
    _table(
        "blob_pieces", _data("stream_id"), _data("sha256"), _number("start", autoincrement=False),
        _data("body"), key=("stream_id", "sha256", "start"),
    )  # fmt: skip


def downgrade() -> None:
    for name in (
        "blob_pieces", "blobs", "access_audit", "quarantine", "incarnations", "log", "grants", "membership",
        "stream_head", "sign_in_failures", "tokens", "codes", "devices", "users", "hub",
    ):  # fmt: skip
        op.drop_table(name)
