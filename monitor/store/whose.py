"""Whose eyes a connection looks with: the desk whose flags, digests, marks and messages it sees."""

from sqlalchemy import Connection

DESK = "desk"  # the execution option of a connection


def desk_of(db: Connection) -> str:
    """Return the desk of a connection, "" for the only one."""
    return str(db.get_execution_options().get(DESK, ""))
