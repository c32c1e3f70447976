"""Many first starts at once on one empty database."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, text

from monitor.store import open_store
from monitor.store.engine import server_engine
from monitor.store.migration import HEAD, SCHEMA, bring_up_to_date, version_of
from tests.postgres import Cluster

STARTS = 20
FILE = "monitor.db"
_VERSION = text("SELECT version_num FROM alembic_version")
_SQLITE = (_VERSION, text("SELECT type, name, sql FROM sqlite_master"))
_SERVER = (
    _VERSION,
    text(
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, "
        "column_default FROM information_schema.columns WHERE table_schema = 'public'"
    ),
    text("SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"),
    text(
        "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace"
    ),
)


def test_all_are_ready_and_one_migrates(cluster: Cluster, tmp_path: Path) -> None:
    """Twenty machines that start at once on an empty PostgreSQL database are all ready."""
    url = cluster.database()
    with ThreadPoolExecutor(STARTS) as starts:
        opened = list(starts.map(lambda _: open_store(tmp_path, url), range(STARTS)))
    with opened[0].read() as db:
        assert db.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [HEAD]
    for store in opened:
        store.close()


@pytest.mark.parametrize("statement", range(1, 4))
def test_one_that_another_overtakes_is_ready(
    statement: int, cluster: Cluster, tmp_path: Path
) -> None:
    """Tables that another makes after one of our first looks at the database are ours, too."""
    url = cluster.database()
    engine = server_engine(url, None)
    count = itertools.count(1)

    @event.listens_for(engine, "after_cursor_execute")
    def overtake(*_: object) -> None:
        if next(count) == statement:
            open_store(tmp_path, url).close()

    bring_up_to_date(engine, url, None, Event(), SCHEMA)
    with engine.connect() as connection:
        assert version_of(connection) == HEAD
    engine.dispose()


def test_a_new_store_is_what_migrations_lead_to(database: str, tmp_path: Path) -> None:
    """Made at once or through all versions, it has the same tables, columns and indexes."""
    open_store(tmp_path / "new", database).close()
    new = schema_of(database, tmp_path / "new")
    (tmp_path / "migrated").mkdir()
    engine = engine_of(database, tmp_path / "migrated")
    with engine.begin() as connection:
        if database:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        config = Config()
        config.set_main_option("script_location", SCHEMA.scripts)
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
    engine.dispose()
    assert schema_of(database, tmp_path / "migrated") == new


def engine_of(database: str, state: Path) -> Engine:
    """Return an engine of the test's own on a store."""
    return server_engine(database, None) if database else create_engine(f"sqlite:///{state / FILE}")


def schema_of(database: str, state: Path) -> set[tuple[str, ...]]:
    """Return what the database says of its tables, and the version that is noted there."""
    queries = _SERVER if database else _SQLITE
    engine = engine_of(database, state)
    with engine.connect() as connection:
        found = {tuple(map(str, row)) for query in queries for row in connection.execute(query)}
    engine.dispose()
    return {tuple("".join(word.split()) for word in row) for row in found}
