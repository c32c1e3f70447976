"""A whole store moved to another database: all rows, or none.

The rows of every table are copied in one transaction of the target, in the order that foreign keys
ask for, and read back in it: their number and a hash of them, which does not depend on their order,
have to be those of the source before anything is committed. So a copy that was stopped leaves the
target as it was, and one that is done again takes the place of the one before.

Machines and what they claim are not copied: they belong to processes. The search index is made anew
from the texts, as after any change of it.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Integer, Row, Table, func, select, text

from monitor.errors import StoreError
from monitor.progress import Progress
from monitor.store import search_index
from monitor.store.all_tables import metadata
from monitor.store.schema import article, claim, entry, machine
from monitor.store.transactions import Store

_BATCH = 500
_LEFT_OUT = {machine, claim}
_MASK = 2**128 - 1


def copy_store(source: Store, target: Store, progress: Progress, *, replace: bool) -> int:
    """Copy all rows of a store into another; return how many.

    Args:
        progress: called with (table, rows done, of how many).
        replace: the target may hold entries or articles already, which are lost.

    Raises:
        StoreError: the target holds some, a row cannot be stored there, or what is read back is
            not what was written; the target is as it was then.
    """
    tables = [one for one in metadata.sorted_tables if one not in _LEFT_OUT]
    with source.read() as reading, target.write() as writing:
        for table, called in ((entry, "entries"), (article, "articles")):
            held = writing.execute(select(func.count()).select_from(table)).scalar_one()
            if held and not replace:
                raise StoreError(
                    f"{target.place}: holds {held} {called} already; name an empty database, or "
                    "--replace them"
                )
        for table in reversed(tables):
            writing.execute(table.delete())
        total = 0
        for table in tables:
            total += _copy(table, reading, writing, progress, target.place)
        search_index.reset(writing)
    return total


def _copy(
    table: Table, reading: Connection, writing: Connection, progress: Progress, place: str
) -> int:
    number = reading.execute(select(func.count()).select_from(table)).scalar_one()
    there, done = 0, 0
    rows = _rows(table, reading)
    while batch := list(islice(rows, _BATCH)):
        writing.execute(table.insert(), [dict(row._mapping) for row in batch])
        there += sum(map(_hash, batch))
        done += len(batch)
        progress(table.name, done, number)
    back, here = 0, 0
    for row in _rows(table, writing):
        here += _hash(row)
        back += 1
    if (back, here & _MASK) != (done, there & _MASK):
        raise StoreError(
            f"{place}: {table.name} holds {back} rows for {done} of the source, or others; "
            "nothing was changed there"
        )
    _follow(table, writing)
    return done


def _rows(table: Table, db: Connection) -> Iterator[Row[Any]]:
    return iter(db.execute(select(table), execution_options={"yield_per": _BATCH}))


def _hash(row: Row[Any]) -> int:
    told = repr(tuple(map(_plain, row))).encode()
    return int.from_bytes(hashlib.blake2b(told, digest_size=16).digest())


def _plain(value: object) -> object:
    """Return a value as both databases give it back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return bytes(value) if isinstance(value, memoryview) else value


def _follow(table: Table, db: Connection) -> None:
    """Have PostgreSQL number new rows from the last one on."""
    key = table.autoincrement_column
    if db.dialect.name != "postgresql" or key is None or not isinstance(key.type, Integer):
        return
    sequence = db.execute(
        text("SELECT pg_get_serial_sequence(:table, :column)"),
        {"table": f'"{table.name}"', "column": key.name},
    ).scalar()
    last = db.execute(select(func.max(key))).scalar()
    if sequence and last:
        db.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})
