"""Rows that somebody else may be inserting, rows that get a number, and many rows at once."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Select, Table, func, select


def insert_new(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows that no other has the key of; those that are there stay as they are."""
    if rows:
        _check_alike(table, rows)
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
    _check_alike(table, rows)
    insert_returning, most = _statements(table)
    if db.dialect.name != "sqlite":
        return db.execute(insert_returning, list(rows)).scalars().all()
    first = (db.execute(most).scalar() or 0) + 1
    ids = range(first, first + len(rows))
    insert_all(db, table, [{"id": id_, **row} for id_, row in zip(ids, rows, strict=True)])
    return ids


def insert_all(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the columns of the first; raises ValueError for others.

    SQLite takes in a row in less time than SQLAlchemy needs to look at it, so there the rows go to
    the driver as they are; a value that comes again (the time of one poll) is turned only once.
    """
    if not rows:
        return
    _check_alike(table, rows)
    if db.dialect.name != "sqlite":
        db.execute(_insert(table), list(rows))
        return
    statement, turns = _for_driver(table, tuple(rows[0]), db.dialect)
    columns = [
        [row[name] for row in rows] if turn is None else _turned([row[name] for row in rows], turn)
        for name, turn in turns.items()
    ]
    db.exec_driver_sql(statement, list(zip(*columns, strict=True)))


def _check_alike(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Raise ValueError unless all rows have the columns of the first; others would be dropped."""
    names = rows[0].keys()
    if any(row.keys() != names for row in rows):
        raise ValueError(f"rows of {table.name} differ in their columns")


def _turned(values: Sequence[Any], turn: Callable[[Any], Any]) -> list[Any]:
    known = {value: turn(value) for value in set(values)}
    return [known[value] for value in values]


@cache  # SQLAlchemy spends more on making a statement than on running it
def _insert(table: Table) -> Insert:
    return table.insert()


@cache
def _statements(table: Table) -> tuple[Any, Select[Any]]:
    returning = _insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return returning, select(func.max(table.c.id))


_Turns = Mapping[str, Callable[[Any], Any] | None]


@lru_cache(64)
def _for_driver(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[str, _Turns]:
    """A statement with a place for each column, and what turns a column's values for the driver."""
    compiled = _insert(table).compile(dialect=dialect, column_keys=names)
    order = compiled.positiontup or []
    if set(order) != set(names):
        raise ValueError(f"rows of {table.name} need {order}, not {names}")
    kinds = {name: table.c[name].type.dialect_impl(dialect) for name in order}
    return str(compiled), {name: kind.bind_processor(dialect) for name, kind in kinds.items()}
