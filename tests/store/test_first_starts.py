"""Many first starts at once on one empty database."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import event, text

from monitor.store import open_store
from monitor.store.engine import server_engine
from monitor.store.migration import HEAD, SCHEMA, bring_up_to_date, version_of
from tests.postgres import Cluster

STARTS = 20


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
