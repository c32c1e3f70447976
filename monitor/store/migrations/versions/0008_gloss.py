"""What the desk's translator said of headlines.

Revision ID: 0008
"""

from alembic import op

from monitor.store.schema import gloss

revision = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    """Make the table; a database that was made just now has it already."""
    gloss.create(op.get_bind(), checkfirst=True)
