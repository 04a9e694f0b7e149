"""The hub's schema: migrations and tables say the same on both databases."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from caseworker_app.domain.errors import UserError
from caseworker_app.hub import admin, migrate
from caseworker_app.hub.database import open_engine, reading, writing
from caseworker_app.hub.tables import metadata
from tests.hub.hubs import House


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path):
    """An engine on a database without tables."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'bare.db'}"
    else:
        url = request.getfixturevalue("postgres").replace("/postgres?", "/bare?")
    engine = open_engine(url)
    yield engine
    engine.dispose()


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith("log_"))


def test_the_steps_lead_to_the_tables_and_back_to_nothing(bare) -> None:
    assert migrate.current(bare) is None
    migrate.upgrade(bare)
    assert migrate.current(bare) == migrate.newest()
    with reading(bare) as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _ours})
        assert compare_metadata(context, metadata) == []
    migrate.downgrade(bare, "base")
    assert [name for name in inspect(bare).get_table_names() if name != "alembic_version"] == []


def test_the_log_lies_in_sixteen_parts_by_stream_on_postgresql(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with reading(engine) as connection:
        parts = connection.execute(text("SELECT count(*) FROM pg_inherits WHERE inhparent = 'log'::regclass"))
        assert parts.scalar() == 16
        kind = connection.execute(text("SELECT pg_get_partkeydef('log'::regclass)")).scalar()
    engine.dispose()
    assert kind == "HASH (stream_id)"


def test_a_hub_of_a_newer_program_and_a_database_without_one_are_refused_in_words(bare, house: House) -> None:
    with pytest.raises(UserError, match="no hub"):
        admin.organisation(bare)
    with writing(house.ground.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(UserError, match="newer"):
            admin.organisation(house.ground.engine)
    finally:
        with writing(house.ground.engine) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))


def test_only_databases_that_were_tried_are_opened() -> None:
    with pytest.raises(ValueError, match="PostgreSQL"):
        open_engine("mysql://localhost/hub")
