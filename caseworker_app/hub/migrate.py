"""The version of the hub's tables."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from caseworker_app.hub.database import reading, writing


def config() -> Config:
    """Return Alembic's configuration of this package."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return made


def newest() -> str:
    """Return the version this program writes."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert head is not None
    return head


def current(engine: Engine) -> str | None:
    """Return the version of a database, ``None`` when it holds no hub."""
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the tables up to a version, all steps in one transaction."""
    _run(engine, command.upgrade, to)


def downgrade(engine: Engine, to: str) -> None:
    """Bring the tables down to a version (for tests and for support)."""
    _run(engine, command.downgrade, to)


def _run(engine: Engine, step: object, to: str) -> None:
    assert callable(step)
    settings = config()
    with writing(engine) as connection:
        settings.attributes["connection"] = connection
        step(settings, to)


def known() -> frozenset[str]:
    """Return every version this program can bring up to date."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(config()).walk_revisions())
