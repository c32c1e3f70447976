"""Stands for the schema of today, which is there already."""

from monitor.store.migration import HEAD

revision = HEAD
down_revision: str | None = None


def upgrade() -> None:
    """Nothing to do."""
