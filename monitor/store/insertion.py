"""Rows that somebody else may be inserting at this moment."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Table


def insert_new(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows that no other has the key of; those that are there stay as they are."""
    if rows:
        # Each dialect brings its own insert; the other one need not be imported.
        insert = import_module(f"sqlalchemy.dialects.{db.dialect.name}").insert
        db.execute(insert(table).on_conflict_do_nothing(), list(rows))
