"""The index that searches go through.

It is empty at first: what the store holds already is brought in piece by piece by whoever comes
next, a search or the daemon (`monitor.store.search_index.catch_up`), so that no start waits for it.

Revision ID: 0003
"""

from alembic import op

from monitor.store import search_index

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Make the index and note up to which article it has work to catch up with."""
    search_index.create(op.get_bind())
