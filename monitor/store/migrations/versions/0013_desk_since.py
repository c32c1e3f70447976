"""Since when the rules of a desk judge what comes in.

Revision ID: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"


def upgrade() -> None:
    """Nobody knows it of the desks that are there; a new database has the column already."""
    if "since" in {one["name"] for one in sa.inspect(op.get_bind()).get_columns("desk")}:
        return
    with op.batch_alter_table("desk") as batch:
        batch.add_column(sa.Column("since", sa.DateTime(timezone=True), nullable=True))
