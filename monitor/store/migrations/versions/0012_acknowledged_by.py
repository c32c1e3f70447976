"""Which desk knows of a feed's trouble: the others are still told.

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    """Give what is known to the desk without a name; a new database has the column already."""
    if "desk" in {one["name"] for one in sa.inspect(op.get_bind()).get_columns("acknowledged")}:
        return
    new = sa.Column("desk", sa.String(64), nullable=False, server_default="")
    with op.batch_alter_table("acknowledged") as batch:
        batch.add_column(new)
        batch.drop_constraint("pk_acknowledged", type_="primary")
        batch.create_primary_key("pk_acknowledged", ["desk", "feed_id"])
