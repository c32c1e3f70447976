"""A newer version beside daemons of an older one on one PostgreSQL: who migrates, and who ends."""

import contextlib
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import StoreBusy, Superseded
from monitor.store import fencing, machines, open_store
from monitor.store.migration import HEAD, Schema
from tests.machines import fleet
from tests.machines.fleet import Database, Machine, Plan
from tests.machines.outlets import Outlets
from tests.postgres import Cluster
from tests.waiting import PATIENCE, until

LATER = Schema("tests:store/later", (HEAD, "9001"))
SCHEMA = "SELECT version_num FROM alembic_version"


def test_a_command_leaves_older_daemons_at_work(cluster: Cluster, tmp_path: Path) -> None:
    """A newer command migrates nothing beneath them, and says which machine is to be upgraded."""
    url = cluster.database()
    with Outlets(hosts=1, feeds=1) as outlets:
        old = Machine(tmp_path, "old", outlets, Plan(url, lease=60.0))
        with fleet.started([old]):
            until(lambda: ": ready: " in old.said)
            with pytest.raises(StoreBusy, match="is at work on old: upgrade it"):
                open_store(tmp_path / "new", url, schema=LATER)
            assert Database(url).rows(SCHEMA) == [(HEAD,)]
            assert old.end() == 0

        def is_free() -> bool:
            """At once, unless the daemon took too long to go in order: then with its lease."""
            with contextlib.suppress(StoreBusy):
                open_store(tmp_path / "new", url, schema=LATER).close()
                return True
            return False

        until(is_free)
        assert Database(url).rows(SCHEMA) == [("9001",)]


def test_a_newer_daemon_ends_older_ones_before_they_write_again(
    cluster: Cluster, tmp_path: Path
) -> None:
    """Long before its lease is renewed an older daemon ends with one line, and stored nothing."""
    url = cluster.database()
    with Outlets(hosts=1, feeds=1) as outlets:
        old = Machine(tmp_path, "old", outlets, Plan(url, lease=240.0, every=1))
        with fleet.started([old]):
            until(lambda: ": ready: " in old.said)
            open_store(tmp_path / "new", url, schema=LATER, takes_over=True).close()
            outlets.publish(0, 0)
            assert old.process is not None
            assert old.process.wait(PATIENCE) == 1
        assert Database(url).rows("SELECT count(*) FROM entry") == [(0,)]
        assert Database(url).rows("SELECT state FROM machine") == [("gone",)]
        assert Database(url).holders() == {}
    told = [line for line in old.said.splitlines() if "WARN" in line or "ERROR" in line]
    assert "a newer wire-monitor has brought the database to schema 9001" in old.said
    assert old.said.count("newer wire-monitor") == 1, old.said
    assert "Traceback" not in old.said
    assert told == []


def test_what_is_being_written_is_waited_for(cluster: Cluster, tmp_path: Path) -> None:
    """A migration begins when a transaction of an older machine has ended, and it has no second."""
    url = cluster.database()
    store = open_store(tmp_path, url)
    waiting = (
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        " AND datname = current_database()"
    )
    with store.write() as db:
        number = machines.join(
            db, "old", token="", kind="daemon", version="1", vantage="", alone=False,
            lease=timedelta(minutes=5),
        )  # fmt: skip
    assert isinstance(number, int)
    fenced = store.fenced(lambda db: fencing.check(db, fencing.Incarnation("old", number)))
    newer = threading.Thread(
        target=lambda: open_store(tmp_path, url, schema=LATER, takes_over=True).close()
    )
    with fenced.write():
        newer.start()
        until(lambda: Database(url).number(waiting) == 1)
        assert Database(url).rows(SCHEMA) == [(HEAD,)]
    newer.join(PATIENCE)
    assert Database(url).rows(SCHEMA) == [("9001",)]
    with pytest.raises(Superseded), fenced.write():
        pass
    store.close()
