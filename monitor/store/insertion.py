"""Rows that somebody else may be inserting, rows that get a number, and many rows at once."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, func, select, text

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
    if db.dialect.name != "sqlite":
        return db.execute(_returning(table), list(rows)).scalars().all()
    ids = next_ids(db, table, len(rows))
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    execute_columns(db, _insert(table), {"id": ids, **columns})
    return ids


def next_ids(db: Connection, table: Table, count: int) -> Sequence[int]:
    """Return ids that rows of a table can be inserted with, rising.

    On SQLite somebody else would be given the same until they are inserted.
    """
    if db.dialect.name == "sqlite":
        first = (db.execute(_most(table)).scalar() or 0) + 1
        return range(first, first + count)
    return db.execute(_NEXT_IDS, {"table": table.name, "count": count}).scalars().all()


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
def _returning(table: Table) -> Any:
    return _insert(table).returning(table.c.id, sort_by_parameter_order=True)


@cache
def _most(table: Table) -> Select[Any]:
    return select(func.max(table.c.id))


_NEXT_IDS = text(
    "SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)"
)
