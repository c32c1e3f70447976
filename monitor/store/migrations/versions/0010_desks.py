"""Desks: what is a desk's says whose it is; their rules and feeds; which machine sends a message.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

from monitor.store.schema import desk, desk_feed, unjudged

revision = "0010"
down_revision: str | None = "0009"


def upgrade() -> None:
    """Give all that there is to the desk without a name; a new database is so already."""
    for table in (desk, desk_feed, unjudged):
        table.create(op.get_bind(), checkfirst=True)
    for name, column in (
        ("machine", "desk"),
        ("outbox", "desk"),
        ("outbox", "machine"),
        ("flag", "desk"),
        ("digest_run", "desk"),
        ("mark", "desk"),
    ):
        if column in {one["name"] for one in sa.inspect(op.get_bind()).get_columns(name)}:
            continue
        new = sa.Column(column, sa.String(64), nullable=False, server_default="")
        with op.batch_alter_table(name) as batch:
            batch.add_column(new)
            if name == "mark":
                batch.drop_constraint("pk_mark", type_="primary")
                batch.create_primary_key("pk_mark", ["desk", "story_id", "kind"])
            elif name == "flag":
                batch.drop_constraint("uq_flag_article_id_rule", type_="unique")
                batch.create_unique_constraint(
                    "uq_flag_article_id_desk_rule", ["article_id", "desk", "rule"]
                )
            elif name == "digest_run":
                batch.drop_constraint("uq_digest_run_name_due", type_="unique")
                batch.create_unique_constraint(
                    "uq_digest_run_desk_name_due", ["desk", "name", "due"]
                )
