"""Stands for the schema of today, which is there already."""

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Nothing to do."""
