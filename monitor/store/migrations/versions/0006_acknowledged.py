"""Troubles of feeds that somebody knows of.

Revision ID: 0006
"""

from alembic import op

from monitor.store.schema import acknowledged

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table; a database that was made just now has it already."""
    acknowledged.create(op.get_bind(), checkfirst=True)
