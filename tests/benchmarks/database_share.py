"""What a poll and an entry cost PostgreSQL, and from that on paper where one server ends.

    python -m tests.benchmarks.database_share --hosts 200 --items 10

Processor time of all of the server's processes, transactions and rows are counted around a first
poll (entries with their pages) and around polls in which nothing is new, by `monitor poll`.
"""

import argparse
import resource
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.commands import COMMAND, environment
from tests.machines.outlets import Outlets
from tests.postgres import Cluster
from tests.waiting import until

_SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"


@dataclass(frozen=True, slots=True)
class Cost:
    """What was used so far: seconds of the server and of ours, and the server's counters."""

    server: float
    ours: float
    transactions: int
    written: int  # rows
    read: int  # rows

    def since(self, other: "Cost") -> "Cost":
        """Return what was used since another moment."""
        return Cost(
            self.server - other.server,
            self.ours - other.ours,
            self.transactions - other.transactions,
            self.written - other.written,
            self.read - other.read,
        )


def now(cluster: Cluster, url: str) -> Cost:
    """Return what was used so far; a session of the server's counts its rows when it ends."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as db:
        until(lambda: db.execute(_SESSIONS).fetchone() == (1,))
        row = db.execute(
            "SELECT xact_commit, tup_inserted + tup_updated + tup_deleted, tup_fetched"
            " FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
    assert row is not None
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(cluster.cpu_seconds(), used.ru_utime + used.ru_stime, *row)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--items", type=int, default=10, help="of each feed")
    parser.add_argument("--polls", type=int, default=5, help="in which nothing is new")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    with Cluster() as cluster, Outlets(chosen.hosts, 1) as outlets:
        url = cluster.database()
        feeds = "".join(
            f'[[feed]]\nname = "{name}"\nurl = "{url_}"\nprivate = true\n'
            for name, url_ in outlets.names()
        )
        head = f'[monitor]\ndatabase = "{url}"\nspacing = 0.0\nper_host = 8\nworkers = 0\n'
        (folder / "config.toml").write_text(head + feeds, "utf-8")
        poll(folder)  # migrates, and is met by empty feeds
        for host in range(chosen.hosts):
            for _ in range(chosen.items):
                outlets.publish(host, 0)
        begun = now(cluster, url)
        poll(folder)
        first = now(cluster, url)
        for _ in range(chosen.polls):
            poll(folder)
        last = now(cluster, url)
    entry = show("entry with its page", first.since(begun), chosen.hosts * chosen.items)
    quiet = show("poll of an unchanged feed", last.since(first), chosen.hosts * chosen.polls)
    print(
        f"on one core of the server: {60 / quiet:,.0f} feeds a minute, or "
        f"{86_400 / entry:,.0f} articles a day"
    )


def poll(folder: Path) -> None:
    """Do a round, in a process of its own whose time is counted with ours."""
    command = [*COMMAND, "poll"]
    subprocess.run(command, cwd=folder, env=environment(), check=True, capture_output=True)


def show(what: str, cost: Cost, number: int) -> float:
    """Print what one of a number cost; return the server's seconds."""
    share = cost.server / (cost.server + cost.ours)
    print(
        f"{what}: {1000 * cost.server / number:.2f} ms of the server's processor, "
        f"{1000 * cost.ours / number:.2f} ms of ours ({share:.0%} the server's), "
        f"{cost.transactions / number:.2f} transactions, {cost.written / number:.1f} rows written, "
        f"{cost.read / number:.1f} read"
    )
    return cost.server / number


if __name__ == "__main__":
    main()
