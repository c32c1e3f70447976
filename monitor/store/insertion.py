"""Rows that somebody else may be inserting, rows that get a number, and many rows at once."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, func, select

from monitor.store.many_rows import check_alike, execute_columns, execute_many


def insert_new(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows that no other has the key of; those that are there stay as they are."""
    if rows:
        check_alike(_insert(table), rows)
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
    check_alike(_insert(table), rows)
    insert_returning, most = _statements(table)
    if db.dialect.name != "sqlite":
        return db.execute(insert_returning, list(rows)).scalars().all()
    first = (db.execute(most).scalar() or 0) + 1
    ids = range(first, first + len(rows))
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    execute_columns(db, _insert(table), {"id": ids, **columns})
    return ids


def insert_all(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the columns of the first; raises ValueError for others."""
    execute_many(db, _insert(table), rows)


def insert_columns(db: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows that are given by columns, all of one length."""
    execute_columns(db, _insert(table), columns)


@cache  # SQLAlchemy spends more on making a statement than on running it
def _insert(table: Table) -> Insert:
    return table.insert()


@cache
def _statements(table: Table) -> tuple[Any, Select[Any]]:
    returning = _insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return returning, select(func.max(table.c.id))
