"""Writers wait for one another, and give up only when none of them gets to write."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.store import Store, open_store, recovery
from tests.waiting import PATIENCE

SHORT = 0.1  # seconds that a writer waits for others


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, patience=SHORT)
    yield opened
    opened.close()


def test_slow_writer_of_this_process_is_waited_for(store: Store) -> None:
    """Work that takes longer than the patience is no lock held elsewhere: nobody fails."""
    begun, done = threading.Event(), threading.Event()

    def write() -> None:
        begun.set()
        recovery.probe(store)
        done.set()

    other = threading.Thread(target=write)
    with store.write():
        other.start()
        assert begun.wait(PATIENCE)
        assert not done.wait(5 * SHORT)
    other.join(PATIENCE)
    assert done.is_set()


def test_lock_held_elsewhere_is_told_to_all_who_wait(store: Store, tmp_path: Path) -> None:
    """While another process holds the database, each writer gives up with what to do."""
    said: list[str] = []

    def write() -> None:
        with pytest.raises(StoreError) as caught:
            recovery.probe(store)
        said.append(str(caught.value))

    with closing(sqlite3.connect(tmp_path / "monitor.db", isolation_level=None)) as elsewhere:
        elsewhere.execute("BEGIN IMMEDIATE")
        writers = [threading.Thread(target=write) for _ in range(4)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(PATIENCE)
        elsewhere.execute("ROLLBACK")
    assert len(said) == 4
    assert all("another process holds the database" in line for line in said)
    recovery.probe(store)
