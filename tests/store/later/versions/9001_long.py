"""A migration that changes a table, copies it, and takes as long as MIGRATION_ROWS says."""

import os

from alembic import op

from monitor.store.migration import HEAD

revision = "9001"
down_revision = HEAD


def upgrade() -> None:
    """Add a column, fill it, and count long enough to be interrupted."""
    op.execute("ALTER TABLE feed ADD COLUMN shade TEXT")
    op.execute("UPDATE feed SET shade = 'red'")
    rows = int(os.environ.get("MIGRATION_ROWS", "10"))
    op.execute(
        f"CREATE TABLE counted AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
        f"WHERE i < {rows}) SELECT max(i) AS top FROM n"
    )
