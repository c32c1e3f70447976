"""Several daemons on one PostgreSQL; `tests/benchmarks/several_machines.py` is the long run.

Their leases are longer than a busy machine leaves a process without its turn: one that lost its
lease for that would begin anew, as it should, while a test waits for something else.
"""

import json
import signal
from pathlib import Path

import psycopg
import pytest

from monitor.store import open_store
from tests.commands import monitor
from tests.machines import chaos, fleet
from tests.machines.chaos import Trouble
from tests.machines.fleet import Database, Machine, Plan
from tests.machines.outlets import Outlets
from tests.postgres import Cluster, Pooler
from tests.waiting import PATIENCE, until


def test_nothing_is_lost_or_done_twice(tmp_path: Path) -> None:
    """Kills, a stop longer than the lease, a restart and a cut, behind a pooler: all is right."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if lacking := Cluster.missing() or Pooler.missing():
        pytest.skip(lacking)
    # A server of its own: others' tests must not be cut off by its restart.
    with Cluster() as cluster, Pooler(cluster) as pooler, Outlets(hosts=6, feeds=2) as outlets:
        plan = Plan(pooler.through(cluster.database()), lease=5.0, every=2)
        trouble = Trouble(kills=2, stops=1, restarts=1, cuts=1, pause=1.5)
        outcome = chaos.run(cluster, outlets, tmp_path, plan, trouble)
    assert outcome.faults == []
    assert outcome.entries == 5
    assert outcome.requests > 5


def test_two_machines_of_one_name(cluster: Cluster, tmp_path: Path) -> None:
    """The second ends with a line that says so; killed, the first is followed under its name."""
    with Outlets(hosts=1, feeds=1) as outlets:
        url = cluster.database()
        plan = Plan(url, lease=24.0)
        first = Machine(tmp_path, "seoul", outlets, plan)
        second = Machine(tmp_path / "elsewhere", "seoul", outlets, plan)
        with fleet.started([first]):
            until(lambda: ": ready: " in first.said)
            with fleet.started([second]):
                assert second.process is not None
                assert second.process.wait(PATIENCE) != 0
                assert 'a machine called "seoul" is at work already' in second.said
            first.kill()
            Database(url).let_lapse("seoul")
            second.log.unlink()
            with fleet.started([second]):
                until(lambda: ": ready: " in second.said)


def test_a_newer_version_ends_an_older_daemon(cluster: Cluster, tmp_path: Path) -> None:
    """A database that a newer version has migrated makes an older daemon end and say so."""
    url = cluster.database()
    with Outlets(hosts=1, feeds=1) as outlets:
        old = Machine(tmp_path, "old", outlets, Plan(url, lease=8.0))
        with fleet.started([old]):
            until(lambda: ": ready: " in old.said)
            Database(url).rows("UPDATE alembic_version SET version_num = '9999' RETURNING 1")
            assert old.process is not None
            assert old.process.wait(PATIENCE) == 1
    assert "a newer wire-monitor has brought the database to schema 9999" in old.said


def test_a_feed_is_read_from_its_vantage_point_alone(cluster: Cluster, tmp_path: Path) -> None:
    """Only the machine that stands in Seoul asks the host of a feed of Seoul."""
    url = cluster.database()
    with Outlets(hosts=4, feeds=1) as outlets:
        plan = Plan(url, lease=60.0, every=1)
        here = Machine(tmp_path, "here", outlets, plan)
        seoul = Machine(tmp_path, "seoul", outlets, plan, "--vantage", "seoul")
        for machine in (here, seoul):
            config = machine.folder / "config.toml"
            text = config.read_text().replace('"h0-0"\n', '"h0-0"\nvantage = "seoul"\n')
            config.write_text(text)
        outlets.publish(0, 0)
        outlets.publish(1, 0)
        with fleet.started([here]):
            until(lambda: len({one.host for one in outlets.requests}) == 3)
            told = monitor("status", "--json", folder=here.folder)
            troubles = json.loads(told.out)["feeds"]["troubled"]
            assert {one["feed"]: one["kind"] for one in troubles}["h0-0"] == "nobody reads it"
            with fleet.started([seoul]):
                until(lambda: Database(url).all_filed(outlets))
                listed = json.loads(monitor("machines", "--json", folder=here.folder).out)
    assert [(one["name"], one["condition"], one["vantage"]) for one in listed] == [
        ("here", "alive", ""),
        ("seoul", "alive", "seoul"),
    ]
    assert "filing" in listed[0]["roles"]
    asked = {one.machine for one in outlets.requests if one.host == outlets.address(0)}
    assert asked == {"seoul"}


def test_one_that_wakes_up_too_late_stores_nothing(cluster: Cluster, tmp_path: Path) -> None:
    """A daemon that was stopped for longer than its lease begins anew, and says so."""
    url = cluster.database()
    with Outlets(hosts=4, feeds=1) as outlets:
        plan = Plan(url, lease=16.0, every=1)
        first, second = (Machine(tmp_path, name, outlets, plan) for name in ("first", "second"))
        with fleet.started([first, second]):
            until(lambda: len(Database(url).holders()) == 2)
            first.signal(signal.SIGSTOP)
            until(lambda: Database(url).holders() == {"second": 4})
            told = monitor("status", folder=second.folder)
            assert told.code == 1
            assert "machine first is gone" in told.out
            assert monitor("machines", "--forget", "second", folder=second.folder).code == 1
            first.signal(signal.SIGCONT)
            until(lambda: len(Database(url).holders()) == 2)
            assert (first.end(), second.end()) == (0, 0)
        assert "was away for longer than its lease" in first.said
        assert fleet.asked_at_once(outlets.requests) == []


# A server on which others find a machine dead while it publishes its desk for the first time.
REAPER = """
CREATE FUNCTION reap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE machine SET incarnation = 2, state = 'gone' WHERE incarnation = 1; RETURN NULL;
END $$;
CREATE TRIGGER reap AFTER INSERT ON desk EXECUTE FUNCTION reap();
"""


def test_one_that_was_away_while_it_began_begins_anew(cluster: Cluster, tmp_path: Path) -> None:
    """A start that takes longer than the lease, as on a busy machine, ends no daemon."""
    url = cluster.database()
    open_store(tmp_path / "before", url).close()
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as db:
        db.execute(REAPER)
    with Outlets(hosts=1, feeds=1) as outlets:
        machine = Machine(tmp_path, "one", outlets, Plan(url, lease=60.0))
        with fleet.started([machine]):
            until(lambda: ": ready: " in machine.said, lambda: machine.said)
            assert machine.end() == 0
    assert "was away for longer than its lease" in machine.said
    state = "here" if "leaving at once" in machine.said else "left"  # by a clock that ran on
    assert Database(url).rows("SELECT incarnation, state FROM machine") == [(3, state)]


def test_a_start_waits_for_who_holds_the_tables(cluster: Cluster, tmp_path: Path) -> None:
    """A first start that finds a table locked, as beside a slow machine's, goes on later."""
    url = cluster.database()
    open_store(tmp_path / "before", url).close()
    with Outlets(hosts=1, feeds=1) as outlets:
        machine = Machine(tmp_path, "one", outlets, Plan(url, lease=60.0))
        with psycopg.connect(url.replace("+psycopg", "")) as db:
            db.execute("LOCK TABLE desk_feed IN ACCESS EXCLUSIVE MODE")
            with fleet.started([machine]):
                until(lambda: "trying again" in machine.said, lambda: machine.said)
                db.rollback()
                until(lambda: ": ready: " in machine.said, lambda: machine.said)
                assert machine.end() == 0


def test_one_host_cannot_be_read_at_two_places(tmp_path: Path) -> None:
    """Two feeds of one host with two vantage points are a fault with its line, not silence."""
    (tmp_path / "config.toml").write_text(
        '[[feed]]\nname = "a"\nurl = "https://x.example/a"\nvantage = "seoul"\n'
        '[[feed]]\nname = "b"\nurl = "https://x.example/b"\nvantage = "beijing"\n'
    )
    told = monitor("check", folder=tmp_path)
    assert told.code == 2
    assert "config.toml:8" in told.err + told.out
    assert 'read at "seoul"' in told.err + told.out
