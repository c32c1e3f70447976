"""Rows that somebody else may be inserting at this moment, and rows that get a number."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, func, select


def insert_new(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows that no other has the key of; those that are there stay as they are."""
    if rows:
        # Each dialect brings its own insert; the other one need not be imported.
        insert = import_module(f"sqlalchemy.dialects.{db.dialect.name}").insert
        db.execute(insert(table).on_conflict_do_nothing(), list(rows))


def insert_numbered(
    db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> Sequence[int]:
    """Insert rows into a table that numbers them; return their ids in the same order.

    On SQLite they are numbered here, as it would do it itself: nobody else writes meanwhile, and
    SQLAlchemy would insert one by one what has to come back in order.
    """
    if not rows:
        return []
    insert, insert_returning, most = _statements(table)
    if db.dialect.name != "sqlite":
        return db.execute(insert_returning, list(rows)).scalars().all()
    first = (db.execute(most).scalar() or 0) + 1
    ids = range(first, first + len(rows))
    db.execute(insert, [{"id": id_, **row} for id_, row in zip(ids, rows, strict=True)])
    return ids


@cache  # SQLAlchemy spends more on making a statement than on running it
def _statements(table: Table) -> tuple[Insert, Any, Select[Any]]:
    insert = table.insert()
    returning = insert.returning(table.c.id, sort_by_parameter_order=True)
    return insert, returning, select(func.max(table.c.id))
