"""Statements compiled once. Writing one field runs eight of them; compiled anew each time they cost more than the disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

_DIALECT = sqlite.dialect(paramstyle="named")


class Prepared:
    """A Core statement as SQL text for the driver, run in the connection's transaction.

    Values go and come as the driver has them: bytes, text, integers, ``None``.
    """

    __slots__ = ("_sql",)

    def __init__(self, statement: ClauseElement) -> None:
        self._sql = str(statement.compile(dialect=_DIALECT))

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Execute once; return the driver's cursor."""
        return connection.connection.driver_connection.execute(self._sql, values)  # type: ignore[union-attr]

    def run_each(self, connection: Connection, values: Sequence[Mapping[str, Any]]) -> int:
        """Execute once a mapping; return how many rows changed in all."""
        if len(values) == 1:
            return int(self.run(connection, values[0]).rowcount)
        return int(connection.connection.driver_connection.executemany(self._sql, values).rowcount)  # type: ignore[union-attr]
