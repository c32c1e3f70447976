"""A process that is killed while it indexes."""

from pathlib import Path

from monitor.store import open_store, search_index
from tests.benchmarks import kill_indexing


def test_the_index_holds_what_the_store_holds_whenever_it_is_killed(
    tmp_path: Path, database: str
) -> None:
    """Text and index change in one transaction; what waits is caught up with afterwards."""
    for rounds in (1, 4):
        kill_indexing.killed(tmp_path, database, rounds, rounds)
        store = open_store(tmp_path, database)
        assert list(kill_indexing.wrong(store)) == []
        with store.write() as db:
            while search_index.catch_up(db):
                pass
        assert list(kill_indexing.wrong(store)) == []
        store.close()
