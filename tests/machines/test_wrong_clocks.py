"""Two machines of one database, the clock of one an hour ahead and that of the other behind."""

import json
import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.store import machines, open_store, outbox
from tests.commands import COMMAND
from tests.machines import clocks, fleet
from tests.machines.fleet import Database, Machine, Plan
from tests.machines.outlets import Outlets
from tests.postgres import Cluster
from tests.waiting import PATIENCE, until

HOUR = 3600
_AWAY = 1800  # seconds
_PAUSED = (
    "SELECT extract(epoch FROM paused_until - clock_timestamp())::int FROM claim"
    " WHERE key LIKE 'host %' AND paused_until IS NOT NULL"
)
_MADE = "SELECT name, due FROM digest_run WHERE NOT met"


def meet_digests(folder: Path, url: str) -> tuple[dict[str, str], datetime]:
    """Have two digests known for two hours; return their times of day, and when one was due.

    One was due half an hour ago, the other will be in half an hour.
    """
    store = open_store(folder / "before", url)
    with store.write() as db:
        now = machines.now(db)
        for name in ("past", "coming"):
            known = now - timedelta(hours=2)
            outbox.meet_digest(db, name, since=known, now=known)
    store.close()
    due = (now - timedelta(minutes=30)).replace(second=0, microsecond=0)
    coming = now + timedelta(minutes=30)
    return {"past": f"{due:%H:%M}", "coming": f"{coming:%H:%M}"}, due


def attention(machine: Machine) -> list[str]:
    """Return what `monitor status` on a machine wants to be looked at."""
    done = subprocess.run(
        [*COMMAND, "status", "--json"], cwd=machine.folder, env=machine.environment,
        stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    found: list[str] = json.loads(done.stdout)["needs_attention"]
    return found


@pytest.mark.skipif(bool(clocks.missing()), reason=clocks.missing() or "there is")
def test_only_the_database_s_clock_counts(cluster: Cluster, tmp_path: Path) -> None:
    """Entries, spacing, leases, digests and what hosts ask for are right, and both are warned."""
    url = cluster.database()
    database = Database(url)
    digests, due = meet_digests(tmp_path, url)
    with Outlets(hosts=6, feeds=1) as outlets:
        plan = Plan(url, lease=12.0, every=1, digests=digests)
        ahead, behind = (
            Machine(tmp_path, name, outlets, plan, variables=clocks.shifted(tmp_path, seconds))
            for name, seconds in (("ahead", HOUR), ("behind", -HOUR))
        )
        with fleet.started([ahead, behind]):
            until(lambda: len(database.holders()) == 2, lambda: fleet.logs([ahead, behind]))
            for host in range(6):
                outlets.publish(host, 0)
            until(lambda: database.all_filed(outlets), lambda: fleet.logs([ahead, behind]))
            until(lambda: len(outlets.mails) == 1, lambda: fleet.logs([ahead, behind]))
            for machine in (ahead, behind):
                until(lambda one=machine: attention(one) == [])  # type: ignore[misc]
            places = [f"{outlets.address(host)}/f0.xml" for host in range(6)]
            outlets.busy |= dict.fromkeys(places, _AWAY)
            until(lambda: len(database.rows(_PAUSED)) == 6, lambda: fleet.logs([ahead, behind]))
            ahead.kill()
            until(lambda: database.holders() == {"behind": 6}, lambda: fleet.logs([ahead, behind]))
            paused = [int(str(row[0])) for row in database.rows(_PAUSED)]
            assert behind.end() == 0
    assert all(_AWAY - 2 * PATIENCE < seconds <= _AWAY for seconds in paused), paused
    refused = Counter(outlets.refused)
    assert len(refused) == 6
    # Once each; once more where a machine lost its lease just then and began anew.
    begun = sum(machine.said.count("beginning anew") for machine in (ahead, behind))
    assert max(refused.values()) <= 2 + begun
    assert fleet.faults_of_storing(outlets, database) == []
    assert fleet.asked_at_once(outlets.requests) == []
    assert fleet.faults_of_telling(outlets, database) == []
    made = database.rows(_MADE)
    assert made == [("past", due)], (made, datetime.now(UTC))
    for machine, words in ((ahead, "ahead of"), (behind, "behind")):
        warned = [line for line in machine.said.splitlines() if "the clock of this machine" in line]
        assert warned
        assert f"{words} the database's, which is the one that counts" in warned[0]
