"""Which version could not work on an entry or a page, and why; the entries of an article.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NEW = (("entry", "left_by", 40), ("entry", "left_why", 500), ("article", "left_by", 40))


def upgrade() -> None:
    """Add the columns; a database that was made just now has them already."""
    for table, name, length in _NEW:
        known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)}
        if name not in known:
            column = sa.Column(name, sa.String(length), nullable=False, server_default="")
            op.add_column(table, column)
    op.execute(
        "CREATE INDEX IF NOT EXISTS ix_article_left ON article (left_by) WHERE left_by <> ''"
    )
    op.execute("CREATE INDEX IF NOT EXISTS ix_entry_article_id ON entry (article_id)")
