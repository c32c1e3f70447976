"""Many first starts at once on one empty database."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import text

from monitor.store import open_store
from monitor.store.migration import HEAD
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
