"""Which articles a person joined or parted.

Revision ID: 0007
"""

from alembic import op

from monitor.store.schema import by_hand

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    """Make the table; a database that was made just now has it already."""
    by_hand.create(op.get_bind(), checkfirst=True)
