"""Starts that meet another one, or a signal; benchmarks/starts.py does it by the hundred."""

import signal
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest

from tests.commands import monitor
from tests.daemon.conftest import Start, WriteConfig
from tests.daemon.running import Daemon
from tests.site import Site
from tests.waiting import until
from tests.wire import Outlet


def test_one_of_two_daemons_started_together_runs(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """Whichever is first; the other says so and leaves with code 1."""
    Outlet(site, "wire").publish()
    write_config(tmp_path, site, "wire")
    for _ in range(3):
        both = [start(), start()]
        until(partial(_one_has_ended, both))
        loser, winner = sorted(both, key=lambda one: one.process.poll() is None)
        assert loser.wait() == 1
        assert "another monitor is at work here" in "".join(loser.said)
        winner.wait_for("ready")
        assert winner.end() == 0
    assert monitor("db", "check", folder=tmp_path).code == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.usefixtures("only_a_file")
def test_signal_inside_the_migration_leaves_a_database_to_go_on_with(
    site: Site, tmp_path: Path, start: Start, number: signal.Signals, write_config: WriteConfig
) -> None:
    """A first start that is ended while it makes the database is simply repeated."""
    Outlet(site, "wire").publish()
    write_config(tmp_path, site, "wire")
    for wait in (0.0, 0.1, 0.3):
        state = tmp_path / f"state-{wait}"
        first = start("--state", str(state))
        until((state / "monitor.db").exists)
        time.sleep(wait)  # the moment of the signal, not a wait for anything
        assert first.end(number) in (0, -signal.SIGKILL)
        second = start("--state", str(state))
        second.wait_for("ready")
        assert second.end() == 0
        checked = monitor("--state", str(state), "db", "check", folder=tmp_path)
        assert (checked.code, checked.out) == (0, "")


def _one_has_ended(daemons: Iterable[Daemon]) -> bool:
    return any(daemon.process.poll() is not None for daemon in daemons)


def test_config_broken_on_disk_stops_nothing_that_runs(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """A file cut off in the middle, and one that is gone, are told at the reload; it goes on."""
    Outlet(site, "wire").publish()
    write_config(tmp_path, site, "wire")
    config = tmp_path / "config.toml"
    good = config.read_text("utf-8")
    daemon = start()
    daemon.wait_for("ready")
    config.write_text(good[: len(good) // 2] + '\n[[feed]]\nname = "cut', "utf-8")
    daemon.process.send_signal(signal.SIGHUP)
    assert "config.toml:" in daemon.wait_for("the old configuration stays in force")
    config.unlink()
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for("the old configuration stays in force")
    asked = len(site.asked)
    until(lambda: len(site.asked) > asked)
    config.write_text(good, "utf-8")
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for("reloaded")
    assert daemon.end() == 0
