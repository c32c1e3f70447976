"""Alembic's entry point: runs the migrations on the connection that the store hands over."""

from alembic import context

from monitor.store.all_tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter most things in place
)
context.run_migrations()
