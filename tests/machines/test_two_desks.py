"""Daemons of two desks on one PostgreSQL."""

import json
import signal
from pathlib import Path

from tests.commands import monitor
from tests.machines import fleet
from tests.machines.fleet import Database, Machine, Plan
from tests.machines.outlets import Outlets
from tests.postgres import Cluster
from tests.waiting import until

RULE = """
[[rule]]
id = "{id}"
name = "Rounds"
alert = {{ now = 1 }}
[[rule.when]]
any = ["round"]
score = 1
[[rule.test]]
should = ["The third round"]
should_not = ["The third"]
"""
FLAGGED = "SELECT rule, count(*) FROM flag WHERE desk = '{desk}' GROUP BY rule"
UNTOLD = (
    "SELECT count(*) FROM flag WHERE desk = 'energy' AND level = 'now' AND NOT EXISTS"
    " (SELECT 1 FROM alerted WHERE flag_id = flag.id)"
)


def put_rule(machine: Machine, rule: str) -> None:
    """Give the desk of a machine one rule of its own."""
    (machine.folder / "rules.toml").write_text(RULE.format(id=rule))


def as_desk(machine: Machine, desk: str) -> None:
    """Make a machine one of a desk that wants its last feed, by another name, and has rules."""
    config = machine.folder / "config.toml"
    head, *feeds = config.read_text().split("[[feed]]\n")
    feeds[-1] = feeds[-1].replace('name = "', f'name = "{desk}-', 1)
    head = head.replace("[monitor]\n", f'[monitor]\ndesk = "{desk}"\nrule_files = ["rules.toml"]\n')
    alert = f'[[alert]]\nto = ["mailto:{desk}@example.org"]\n'
    config.write_text(f"{head}[[feed]]\n{feeds[-1]}{alert}")


def test_each_desk_has_its_own_and_feeds_are_read_once(cluster: Cluster, tmp_path: Path) -> None:
    """Whoever reads and files does it for both; flags and alerts are each desk's, also reloaded."""
    url = cluster.database()
    database = Database(url)

    def flagged(desk: str) -> dict[object, object]:
        return {row[0]: row[1] for row in database.rows(FLAGGED.format(desk=desk))}

    with Outlets(hosts=3, feeds=1) as outlets:
        plan = Plan(url, lease=20.0, every=1)  # long: nobody is to lose it here
        first, second = (Machine(tmp_path, name, outlets, plan) for name in ("first", "second"))
        as_desk(second, "energy")
        put_rule(second, "rounds")
        with fleet.started([first, second]):
            until(lambda: len(database.holders()) == 2)
            for host in (0, 2):
                outlets.publish(host, 0)
            until(lambda: database.all_filed(outlets))
            assert flagged("") == {"china-south-korea": 2}
            assert flagged("energy") == {"china-south-korea": 2, "rounds": 2}
            until(lambda: database.number(UNTOLD) == 0)
            waiting = "SELECT count(*) FROM outbox WHERE state <> 'sent'"
            until(lambda: database.number(waiting) == 0)
            put_rule(second, "other")
            second.signal(signal.SIGHUP)
            until(lambda: ": reloaded: " in second.said)
            outlets.publish(1, 0)
            until(lambda: database.all_filed(outlets))
            assert flagged("energy") == {"china-south-korea": 3, "rounds": 2, "other": 1}
            until(lambda: database.number(UNTOLD) == 0)
            listed = json.loads(monitor("desks", "--json", folder=first.folder).out)
            refused = monitor("desks", "--forget", "energy", folder=first.folder)
            assert (first.end(), second.end()) == (0, 0)
            # At once, unless its last machine took too long to go in order.
            until(lambda: not monitor("desks", "--forget", "energy", folder=first.folder).code)
    assert [(one["name"], one["feeds"], one["machines"]) for one in listed] == [
        ("main", 3, ["first"]),
        ("energy", 1, ["second"]),
    ]
    assert refused.code == 2
    assert "second at work for energy" in refused.err
    rows = database.rows("SELECT name FROM feed WHERE url LIKE '%f0.xml'")
    assert len(rows) == 3
    assert database.rows("SELECT DISTINCT desk FROM outbox") == [("energy",)]
    assert fleet.asked_at_once(outlets.requests) == []
    assert database.number("SELECT count(*) FROM entry") == len(outlets.published)
