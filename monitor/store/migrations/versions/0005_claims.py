"""Who is sending a message has a column of its own; it was a sentence among the errors.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_SAID = {
    "daemon": "the daemon is sending it",
    "command": "another command is sending it",
}


def upgrade() -> None:
    """Add the column, unless the database was made just now, and take the sentences into it."""
    known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("outbox")}
    if "claimed_by" not in known:
        column = sa.Column("claimed_by", sa.String(8), nullable=False, server_default="")
        op.add_column("outbox", column)
    move = sa.text("UPDATE outbox SET claimed_by = :sender, error = '' WHERE error = :said")
    for sender, said in _SAID.items():
        op.get_bind().execute(move, {"sender": sender, "said": said})
