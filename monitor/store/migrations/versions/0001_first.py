"""The first schema.

Revision ID: 0001
"""

from alembic import op

from monitor.store.utc_time import metadata

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Create every table; until the first release the schema is what `schema.py` says."""
    metadata.create_all(op.get_bind())
