"""What a desk writes on its stories.

Revision ID: 0004
"""

from alembic import op

from monitor.store.schema import mark

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Make the table; a database that was made just now has it already."""
    mark.create(op.get_bind(), checkfirst=True)
