"""Run by Alembic with the connection :mod:`db.migrate` hands over; there is no other way in."""

from alembic import context

from db.base_tables import base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=base,
    transactional_ddl=False,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
