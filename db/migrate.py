"""The base tables' versions. Alembic is imported only when there is something to do: it costs start-up time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from db.connection import Raw
from db.errors import StoreDamaged, StoreTooNew

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.engine import Engine

HEAD = "0003"
"""The version this program writes; a test keeps it equal to the last script in ``migrations/versions``."""

KNOWN = frozenset({"0001", "0002", "0003"})


def current(connection: Raw) -> str | None:
    """Return the version a store says it has, ``None`` for a file without one."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def check(connection: Raw, path: Path) -> bool:
    """Return whether the base tables must be brought to :data:`HEAD`.

    Raises :class:`StoreTooNew` for a version this program does not know, :class:`StoreDamaged` for none at all.
    """
    found = current(connection)
    if found is None:
        raise StoreDamaged(path)
    if found not in KNOWN:
        raise StoreTooNew(path)
    return found != HEAD


def upgrade(engine: Engine, to: str = HEAD) -> None:
    """Bring the base tables up to a version, all steps in one transaction."""
    _run(engine, "upgrade", to)


def downgrade(engine: Engine, to: str) -> None:
    """Bring the base tables down to a version (for tests and for support)."""
    _run(engine, "downgrade", to)


def config() -> Config:
    """Return Alembic's configuration of this package."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return made


def _run(engine: Engine, direction: str, to: str) -> None:
    from alembic import command

    settings = config()
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        settings.attributes["connection"] = connection
        try:
            getattr(command, direction)(settings, to)
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
