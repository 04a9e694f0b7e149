"""The base tables: the log and what cannot be made from it. Alembic owns their shape (``migrations/``).

Everything else in the file is a projection (``projections.py``) and can be rebuilt.
"""

from __future__ import annotations

from sqlalchemy import BLOB, Column, Index, Integer, LargeBinary, MetaData, Table, Text

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
base = MetaData(naming_convention=NAMING)

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
    Index("ix_operations_stream_id_no", "stream_id", "no"),
    Index("ix_operations_unacked", "no", sqlite_where=Column("acked", Integer) == 0),
)

heads = Table(
    "heads",
    base,
    Column("entity", BLOB(16), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("op_id", BLOB(16), primary_key=True),
    Column("entity_type", Text, nullable=False),
    Column("hlc", Integer, nullable=False),
    Column("author", BLOB(16), nullable=False),
    Column("value", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

superseded = Table(
    "superseded",
    base,
    Column("entity", BLOB(16), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("op_id", BLOB(16), primary_key=True),
    sqlite_with_rowid=False,
)

changes = Table(
    "changes",
    base,
    Column("entity", BLOB(16), primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("field", Text, primary_key=True),
    sqlite_with_rowid=False,
)

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
