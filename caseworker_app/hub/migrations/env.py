"""Run by Alembic with the connection :mod:`caseworker_app.hub.migrate` hands over; there is no other way in."""

from alembic import context

from caseworker_app.hub.tables import metadata


def run() -> None:
    """Take the steps that were asked for."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        transactional_ddl=False,
        transaction_per_migration=False,
        render_as_batch=True,
    )
    context.run_migrations()


if __name__ == "env_py":  # the name Alembic gives this file
    run()
