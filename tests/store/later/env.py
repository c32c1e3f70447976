"""Alembic's entry point for migrations that do not exist yet."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
