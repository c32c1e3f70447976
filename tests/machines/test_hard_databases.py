"""What a daemon does with a database server that is away, refuses it, or holds something else."""

from pathlib import Path

import psycopg
import pytest

from tests.daemon.running import Daemon
from tests.postgres import Cluster


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
