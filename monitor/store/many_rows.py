"""One statement for many rows.

SQLite takes in a row in less time than SQLAlchemy needs to look at it, so there the rows go to the
driver as they are, by a statement that is compiled once. A value that comes again (the time of one
poll) is turned into the driver's form only once.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Insert, TextClause, Update

_VALUES = re.compile(r" VALUES (\([?, ]+\))\Z")
_MOST_VALUES = 900  # in one statement, which is kept; SQLite took 999 once (limits.html)

Statement = Insert | Update | TextClause
_Turn = Callable[[Any], Any]


class _Place(NamedTuple):
    """What stands at one place of a statement: a row's value by name, or always the same."""

    name: str
    is_given: bool
    constant: Any
    turn: _Turn | None


def execute_many(db: Connection, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
    """Execute a statement for each of some rows.

    Args:
        statement: kept by the caller, since it is known again by its identity; without lists that
            expand, and without RETURNING.
        rows: values by the names of its parameters, the same in each row.

    Raises:
        ValueError: rows differ in their names, or (on SQLite) from those that the statement needs.
    """
    if not rows:
        return
    check_alike(statement, rows)
    if db.dialect.name != "sqlite":
        db.execute(statement, list(rows))
        return
    execute_columns(db, statement, {name: [row[name] for row in rows] for name in rows[0]})


def execute_columns(
    db: Connection, statement: Statement, columns: Mapping[str, Sequence[Any]]
) -> None:
    """Do the same for rows that are given by columns, all of one length."""
    count = len(next(iter(columns.values()), ()))
    if not count:
        return
    if db.dialect.name != "sqlite":
        rows = zip(*columns.values(), strict=True)
        db.execute(statement, [dict(zip(columns, row, strict=True)) for row in rows])
        return
    sql, places = _for_driver(statement, tuple(columns), db.dialect)
    values = [
        _turned(columns[place.name], place.turn) if place.is_given else [place.constant] * count
        for place in places
    ]
    _execute(db, sql, list(zip(*values, strict=True)))


def _execute(db: Connection, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Execute a statement of SQLite's for rows: many inserted at a time, others one by one.

    Each execution lets go of the interpreter, and a thread in between may keep it for milliseconds.
    """
    only_values = _VALUES.search(sql)
    if not only_values:
        db.exec_driver_sql(sql, list(rows))
        return
    together = 1 << (_MOST_VALUES // len(rows[0])).bit_length() - 1
    at = 0
    while at < len(rows):
        while together > len(rows) - at:  # so that few different statements are to be remembered
            together //= 2
        many = sql + f", {only_values[1]}" * (together - 1)
        db.exec_driver_sql(many, tuple(chain.from_iterable(rows[at : at + together])))
        at += together


def check_alike(statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
    """Raise ValueError unless all rows have the columns of the first; others would be dropped."""
    names = rows[0].keys()
    if any(row.keys() != names for row in rows):
        where = str(statement) if isinstance(statement, TextClause) else statement.table
        raise ValueError(f"rows of {where} differ in their columns")


def _turned(values: Sequence[Any], turn: _Turn | None) -> Sequence[Any]:
    if turn is None:
        return values
    known = {value: turn(value) for value in set(values)}
    return [known[value] for value in values]


@lru_cache(64)
def _for_driver(
    statement: Statement, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[_Place, ...]]:
    """Return the statement in the driver's words and what stands at its places, in their order."""
    columns = names if isinstance(statement, Insert) else None
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    order: Sequence[str] = compiled.positiontup or ()
    constants = compiled.params
    needed = {name for name in order if compiled.binds[name].required or name in names}
    if needed != set(names):
        raise ValueError(f"rows need {sorted(needed)}, not {sorted(names)}: {compiled}")

    def place(name: str) -> _Place:
        turn = compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
        if name in names:
            return _Place(name, True, None, turn)
        value = constants[name]
        return _Place(name, False, value if turn is None else turn(value), None)

    return str(compiled), tuple(map(place, order))
