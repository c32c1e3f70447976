"""Machines, what they claim, the robots.txt files they read, and pages that wait to be filed.

Revision ID: 0009
"""

from alembic import op

from monitor.store.schema import claim, machine, robots, waiting_page

revision = "0009"
down_revision: str | None = "0008"


def upgrade() -> None:
    """Make the tables; a database that was made just now has them already."""
    for table in (machine, claim, robots, waiting_page):
        table.create(op.get_bind(), checkfirst=True)
