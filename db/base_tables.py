"""The base tables: the log and what cannot be made from it. Alembic owns their shape (``migrations/``).

Everything else in the file is a projection (``projections.py``) and can be rebuilt.
"""

from __future__ import annotations

from sqlalchemy import BLOB, Column, Index, Integer, LargeBinary, MetaData, Table, Text, text

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
base = MetaData(naming_convention=NAMING)
CLEAR = "key_id = x'00000000000000000000000000000000'"
"""What marks an operation that is signed and not sealed: keys and members. Written out, so that its index is used."""
WAITING = "state != 'applied'"
"""What marks an operation that is here and cannot be read yet."""

meta = Table(
    "meta",
    base,
    Column("key", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

device = Table(
    "device",
    base,
    Column("device_id", BLOB(16), primary_key=True),
    Column("incarnation", BLOB(16), nullable=False),
    Column("author", BLOB(16), nullable=False),
    Column("secret", LargeBinary, nullable=False),
)

streams = Table(
    "streams",
    base,
    Column("stream_id", BLOB(16), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key_id", BLOB(16), nullable=False),
    Column("made_hlc", Integer, nullable=False),
)

stream_keys = Table(
    "stream_keys",
    base,
    Column("stream_id", BLOB(16), primary_key=True),
    Column("key_id", BLOB(16), primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

operations = Table(
    "operations",
    base,
    Column("no", Integer, primary_key=True),
    Column("op_id", BLOB(16), nullable=False, unique=True),
    Column("act_id", BLOB(16), nullable=False),
    Column("stream_id", BLOB(16), nullable=False),
    Column("author", BLOB(16), nullable=False),
    Column("incarnation", BLOB(16), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hlc", Integer, nullable=False),
    Column("schema_v", Integer, nullable=False),
    Column("key_id", BLOB(16), nullable=False),
    Column("undoes", BLOB(16)),
    Column("state", Text, nullable=False, server_default="applied"),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary),
    Column("signature", LargeBinary, nullable=False),
    Column("stream_seq", Integer),
    Column("chain", LargeBinary),
    Column("received_utc", Integer),
    Column("acked", Integer, nullable=False, server_default="0"),
    Column("device", BLOB(16)),
    Column("arrived", Integer, nullable=False, server_default="0"),
    Column("cancels", Integer, nullable=False, server_default="0"),
    Column("pushed_ms", Integer),
    Index("ix_operations_stream_id_no", "stream_id", "no"),
    Index("ix_operations_unacked", "no", sqlite_where=Column("acked", Integer) == 0),
    Index("ix_operations_clear", "stream_id", "no", sqlite_where=text(CLEAR)),
    Index("ix_operations_waiting", "no", sqlite_where=text(WAITING)),
)
"""``device`` signed it (none: this one, before there was a hub); ``arrived`` says that it came from the hub and was not
made here; ``cancels`` is how many things it takes back; ``pushed_ms`` when the hub last said that it has it."""

heads = Table(
    "heads",
    base,
    Column("entity", BLOB(16), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""The live values of each thing (:mod:`db.head_rows`)."""

superseded = Table(
    "superseded",
    base,
    Column("entity", BLOB(16), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("op_id", BLOB(16), primary_key=True),
    sqlite_with_rowid=False,
)
"""What was named as replaced before it came."""

changes = Table(
    "changes",
    base,
    Column("entity", BLOB(16), primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("fields", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""Which operation changed which fields of which thing."""

drafts = Table(
    "drafts",
    base,
    Column("key", Text, primary_key=True),
    Column("entity_type", Text, nullable=False),
    Column("entity", BLOB(16)),
    Column("stream_id", BLOB(16)),
    Column("title", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("updated_ms", Integer, nullable=False),
)

blobs = Table(
    "blobs",
    base,
    Column("sha256", BLOB(32), primary_key=True),
    Column("stream_id", BLOB(16), nullable=False),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary),
    Index("ix_blobs_absent", "sha256", sqlite_where=text("body IS NULL")),
)

access_log = Table(
    "access_log",
    base,
    Column("no", Integer, primary_key=True),
    Column("at_ms", Integer, nullable=False),
    Column("author", BLOB(16), nullable=False),
    Column("action", Text, nullable=False),
    Column("entity_type", Text, nullable=False),
    Column("entity", BLOB(16), nullable=False),
    Column("detail", Text, nullable=False),
    Index("ix_access_log_entity_no", "entity", "no"),
)

cursors = Table(
    "cursors",
    base,
    Column("stream_id", BLOB(16), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("closed", Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)
"""How far each stream has been read from the hub; ``closed``: the hub says that it is not the user's any more."""

grants = Table(
    "grants",
    base,
    Column("stream_id", BLOB(16), primary_key=True),
    Column("key_id", BLOB(16), primary_key=True),
    Column("device", BLOB(16), primary_key=True),
    Column("place", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Which device has been given which key, by the clear operations of the log; ``place`` numbers a stream's keys as they
first came."""

incarnations = Table(
    "incarnations",
    base,
    Column("incarnation", BLOB(16), primary_key=True),
    Column("device", BLOB(16), nullable=False),
    sqlite_with_rowid=False,
)
"""Which device wrote under which stamp, for saying on which computer something was written."""

devices = Table(
    "devices",
    base,
    Column("device", BLOB(16), primary_key=True),
    Column("user", BLOB(16), nullable=False),
    Column("author", BLOB(16), nullable=False),
    Column("signing", LargeBinary, nullable=False),
    Column("exchange", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_ms", Integer, nullable=False),
    Column("revoked", Integer, nullable=False),
    Column("vouched", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""The cards of devices, pinned when first seen: a known device never gets other keys."""

people = Table(
    "people",
    base,
    Column("user", BLOB(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("mail", Text, nullable=False),
    Column("leader", Integer, nullable=False),
    sqlite_with_rowid=False,
)

quarantine = Table(
    "quarantine",
    base,
    Column("id", BLOB(16), primary_key=True),
    Column("place", Text, nullable=False),
    Column("stream_id", BLOB(16), nullable=False),
    Column("op_id", BLOB(16)),
    Column("stream_seq", Integer),
    Column("device", BLOB(16)),
    Column("reason", Text, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Index("ix_quarantine_op_id", "op_id"),
)
"""Rows that could not be taken, by the hub or by this laptop: kept whole, named, never in the way of the rest."""

blob_marks = Table(
    "blob_marks",
    base,
    Column("stream_id", BLOB(16), primary_key=True),
    Column("sha256", BLOB(32), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("key_id", BLOB(16)),
    Column("name", BLOB(32)),
    Column("sent", Integer, nullable=False, server_default="0"),
    Index("ix_blob_marks_unsent", "stream_id", sqlite_where=Column("sent", Integer) == 0),
    sqlite_with_rowid=False,
)
"""The files of each stream: ``name`` is the SHA-256 of the sealed bytes under ``key_id``, by which the hub knows it;
``sent`` is set when the hub has confirmed it, or when it came from there."""
