"""What a daemon does with a database server that is away, refuses it, or holds something else."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.daemon.running import Daemon
from tests.machines import fleet
from tests.machines.fleet import Database, Machine, Plan
from tests.machines.outlets import Outlets
from tests.postgres import Cluster
from tests.waiting import until


def config(folder: Path, database: str) -> None:
    """Write a config.toml for a daemon without feeds."""
    (folder / "config.toml").write_text(f'[monitor]\ndatabase = "{database}"\nlease = "12s"\n')


def test_a_server_that_is_away_is_waited_for(tmp_path: Path) -> None:
    """At its first start, too, a daemon says that it waits, is ready later, and can be stopped."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if lacking := Cluster.missing():
        pytest.skip(lacking)
    with Cluster() as cluster:
        config(tmp_path, cluster.database())
        cluster.stop()
        daemon = Daemon(tmp_path)
        try:
            assert "Connection refused" in daemon.wait_for("waiting for it")
            cluster.start()
            daemon.wait_for(": ready: ")
            assert daemon.end() == 0
            cluster.stop()
            daemon.close()
            daemon = Daemon(tmp_path)
            daemon.wait_for("waiting for it")
            assert daemon.end() == 0
            cluster.start()
        finally:
            daemon.close()


@pytest.mark.parametrize(
    ("made_by", "name", "code", "words"),
    [
        ("", "nowhere", 2, "the server has no such database"),
        ("CREATE TABLE customers (id int)", "", 1, "holds the tables of another program"),
        (
            'ALTER DATABASE "{name}" SET default_transaction_read_only = on',
            "",
            1,
            "set to read only; name another",
        ),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_a_line(
    made_by: str, name: str, code: int, words: str, cluster: Cluster, tmp_path: Path
) -> None:
    """An unknown, a foreign and a read-only database end the start with one line and no loop."""
    url = cluster.database()
    known = url.rpartition("/")[2]
    if made_by:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as db:
            db.execute(made_by.format(name=known))  # type: ignore[call-overload]
    config(tmp_path, url.replace(known, name) if name else url)
    daemon = Daemon(tmp_path)
    try:
        assert daemon.wait() == code
        told = [line for line in daemon.said if words in line]
        assert len(told) == 1
        assert "Traceback" not in "".join(daemon.said)
    finally:
        daemon.close()


def run_sql(url: str, *statements: str) -> None:
    """Run statements on a database, each by itself."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as db:
        for statement in statements:
            db.execute(statement.format(name=db.info.dbname))  # type: ignore[call-overload]


_CUT_OFF = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.mark.parametrize(
    ("befalls", "mends", "words"),
    [
        (
            ('ALTER DATABASE "{name}" SET default_transaction_read_only = on', _CUT_OFF),
            (
                "SET default_transaction_read_only = off",
                'ALTER DATABASE "{name}" RESET default_transaction_read_only',
            ),
            "cannot be written: a standby, or set to read only; name another",
        ),
        (
            ("ALTER SCHEMA public RENAME TO ours", "CREATE SCHEMA public"),
            ("DROP SCHEMA public", "ALTER SCHEMA ours RENAME TO public"),
            "does not exist",
        ),
    ],
    ids=["read-only", "another program's"],
)
def test_a_daemon_goes_on_when_its_database_is_mended(
    befalls: tuple[str, ...], mends: tuple[str, ...], words: str, cluster: Cluster, tmp_path: Path
) -> None:
    """It pauses with one line, by which nothing is lost, and goes on by itself."""
    url = cluster.database()
    database = Database(url)
    with Outlets(hosts=1, feeds=1) as outlets:
        machine = Machine(tmp_path, "one", outlets, Plan(url, lease=60.0, every=1))
        outlets.publish(0, 0)
        with fleet.started([machine]):
            until(lambda: database.all_filed(outlets), lambda: machine.said)
            run_sql(url, *befalls)
            outlets.publish(0, 0)
            until(lambda: "paused, since nothing can be stored" in machine.said)
            run_sql(url, *mends)
            until(lambda: "the store can be written again" in machine.said, lambda: machine.said)
            until(lambda: database.all_filed(outlets), lambda: machine.said)
            assert machine.end() == 0
    told = [line for line in machine.said.splitlines() if "paused, since" in line]
    assert len(told) == 1
    assert words in told[0]
    assert "Traceback" not in machine.said
    assert fleet.faults_of_storing(outlets, database) == []


def test_a_standby_that_lacks_the_last_minutes_loses_no_entry(tmp_path: Path) -> None:
    """What a daemon stored and a standby that took over never had is read and filed again."""
    with one_machine(tmp_path) as (cluster, outlets, database, machine):
        outlets.publish(0, 0)
        outlets.publish(0, 1)
        with fleet.started([machine]):
            until(lambda: database.all_filed(outlets), lambda: machine.said)
            cluster.keep()
            outlets.publish(0, 0)
            until(lambda: database.all_filed(outlets), lambda: machine.said)
            asked = len(outlets.requests)
            until(lambda: len(outlets.requests) > asked + 4)  # its feeds are unchanged by now
            cluster.fall_back()
            until(lambda: database.all_filed(outlets), lambda: machine.said)
            assert machine.end() == 0
        assert "or another took its place" in machine.said
        assert "Traceback" not in machine.said
        assert fleet.faults_of_storing(outlets, database) == []


def test_a_restart_of_the_server_is_said_twice_and_loses_nothing(tmp_path: Path) -> None:
    """One line when it goes and one when it is back; what came meanwhile is read and filed."""
    with one_machine(tmp_path) as (cluster, outlets, database, machine):
        outlets.publish(0, 0)
        with fleet.started([machine]):
            until(lambda: database.all_filed(outlets), lambda: machine.said)
            cluster.stop()
            until(lambda: "paused, since nothing can be stored" in machine.said)
            outlets.publish(0, 1)
            cluster.start()
            until(lambda: database.all_filed(outlets), lambda: machine.said)
            assert machine.end() == 0
        lines = machine.said.splitlines()
        assert [sum(words in line for line in lines) for words in ("paused", "anew")] == [1, 1]
        assert fleet.faults_of_storing(outlets, database) == []


@contextmanager
def one_machine(folder: Path) -> Iterator[tuple[Cluster, Outlets, Database, Machine]]:
    """Give a database server, two feeds and a machine that is to read them; without one, skip."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if lacking := Cluster.missing():
        pytest.skip(lacking)
    with Cluster() as cluster, Outlets(hosts=1, feeds=2) as outlets:
        url = cluster.database()
        machine = Machine(folder, "one", outlets, Plan(url, every=1, spacing=0.02))
        yield cluster, outlets, Database(url), machine


@contextmanager
def small_disk() -> Iterator[Path]:
    """Give a folder on a disk of its own that is soon full; without the right to, skip."""
    disk = Path(tempfile.mkdtemp(prefix="disk-", dir="/tmp"))  # the server has to get there
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m,mode=700", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        disk.rmdir()
        pytest.skip("a small disk cannot be mounted here")
    try:
        (disk / "server").mkdir(mode=0o700)
        for path in (disk, disk / "server"):
            shutil.chown(path, "postgres")
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
        disk.rmdir()


def fill(file: Path) -> None:
    """Leave no room on a disk."""
    with file.open("wb", buffering=0) as full, suppress(OSError):
        while True:
            full.write(bytes(4096))


def test_a_full_disk_of_the_server_loses_nothing(tmp_path: Path) -> None:
    """A daemon whose server has no room pauses with one line, and goes on when there is some."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if lacking := Cluster.missing():
        pytest.skip(lacking)
    with small_disk() as disk, Cluster() as cluster, Outlets(hosts=2, feeds=1) as outlets:
        run_sql(
            f"{cluster.url}/postgres",
            f"CREATE TABLESPACE small LOCATION '{disk}/server'",
            "CREATE DATABASE small TEMPLATE template0 TABLESPACE small",
        )
        url = f"{cluster.url}/small"
        database = Database(url)
        plan = Plan(url, lease=60.0, every=1, spacing=0.02)
        machine = Machine(tmp_path, "one", outlets, plan)
        outlets.publish(0, 0)
        with fleet.started([machine]):
            until(lambda: database.all_filed(outlets), lambda: machine.said)
            # The log of rounds has room for small rows, as after days of work.
            run_sql(url, "INSERT INTO round (started, ended, report) VALUES (now(), now(), '')")
            fill(disk / "filler")
            for number in range(50):
                outlets.publish(number % 2, 0)
            until(lambda: "paused, since nothing can be stored" in machine.said)
            (disk / "filler").unlink()
            until(lambda: "the store can be written again" in machine.said, lambda: machine.said)
            until(lambda: database.all_filed(outlets), lambda: machine.said)
            assert machine.end() == 0
        told = [line for line in machine.said.splitlines() if "paused, since" in line]
        assert len(told) == 1
        assert "the disk is full; make room, nothing that was stored is lost" in told[0]
        assert "Traceback" not in machine.said
        assert fleet.faults_of_storing(outlets, database) == []
