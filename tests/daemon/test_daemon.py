"""The daemon as an operator runs it: a real process, real signals, a real site."""

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.commands import monitor
from tests.daemon.conftest import Start, WriteConfig
from tests.site import Site
from tests.waiting import until
from tests.wire import Item, Outlet

HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_daemon_polls_and_stops_cleanly(
    site: Site, tmp_path: Path, start: Start, number: signal.Signals, write_config: WriteConfig
) -> None:
    """It reads its feeds without being asked, and ends with code 0 on either signal."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE, published=None))
    write_config(tmp_path, site, "wire", workers=None)
    daemon = start()
    daemon.wait_for("ready")
    until(lambda: any(asked.path == "/talks.html" for asked in site.asked))
    assert daemon.end(number) == 0
    listed = monitor("list", "--all", folder=tmp_path)
    assert [json.loads(line)["title"] for line in listed.out.splitlines()] == [HEADLINE]


def test_round_of_a_daemon_says_what_it_brought(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """Status tells feeds, new entries, pages and flags since the last round was written down."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE, published=None))
    write_config(tmp_path, site, "wire")
    daemon = start()

    def report() -> dict[str, Any]:
        found: dict[str, Any] = json.loads(monitor("status", "--json", folder=tmp_path).out)
        return found

    def is_read() -> bool:
        """Its headline is flagged, and its page is there: a page is read after its headline."""
        found = report()
        return bool(found["store"]["flags"]) and not found["pages_waiting"]

    until(is_read)
    assert daemon.end() == 0
    last = report()["last_round"]
    assert (last["new"], last["pages"], last["failed"]) == (1, 1, {})
    assert last["flagged"] == report()["store"]["flags"]


def test_second_daemon_on_one_state_folder_is_refused(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """The second says who is running and leaves with code 1; status sees the first."""
    Outlet(site, "wire").publish()
    write_config(tmp_path, site, "wire")
    daemon = start()
    daemon.wait_for("ready")
    second = monitor("run", folder=tmp_path)
    assert second.code == 1
    assert f"pid {daemon.process.pid}" in second.err
    report = json.loads(monitor("status", "--json", folder=tmp_path).out)
    assert report["running"]["pid"] == daemon.process.pid
    polled = monitor("poll", folder=tmp_path)
    assert polled.code == 1
    assert "a daemon polls by itself" in polled.err


def test_lock_of_a_killed_daemon_is_free(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """After SIGKILL the next daemon starts without help."""
    Outlet(site, "wire").publish()
    write_config(tmp_path, site, "wire")
    first = start()
    first.wait_for("ready")
    first.end(signal.SIGKILL)
    second = start()
    second.wait_for("ready")
    assert second.end() == 0


def test_alert_and_update_reach_a_file_while_running(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """News that comes while it runs is flagged, alerted and delivered without being asked."""
    outlet = Outlet(site, "wire")
    outlet.publish()
    target = tmp_path / "alerts.json"
    write_config(tmp_path, site, "wire", extra=f'[[alert]]\nto = ["file:{target}"]\n')
    daemon = start()
    daemon.wait_for("ready")
    # The first reading alerts only on what is fresh; once it is asked again, it has been stored.
    until(lambda: site.paths().count("/wire.xml") >= 2)
    outlet.publish(Item("talks", HEADLINE, published=None))
    until(target.exists)
    assert HEADLINE in target.read_text("utf-8")
    assert daemon.end() == 0


def test_reload_takes_in_a_good_config_and_keeps_the_old_over_a_bad_one(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """SIGHUP with a fault says what is wrong and goes on; with a good file the new feed is read."""
    Outlet(site, "wire").publish()
    Outlet(site, "more").publish(Item("talks", HEADLINE, published=None))
    write_config(tmp_path, site, "wire")
    daemon = start()
    daemon.wait_for("ready")
    config = tmp_path / "config.toml"
    good = config.read_text("utf-8")
    config.write_text(good + '\n[[feed]]\nnam = "x"\n', "utf-8")
    daemon.process.send_signal(signal.SIGHUP)
    told = daemon.wait_for("the old configuration stays in force")
    assert 'did you mean "name"' in told
    write_config(tmp_path, site, "wire", "more")
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for("reloaded: watching 2 feeds")
    until(lambda: any(asked.path == "/more.xml" for asked in site.asked))
    assert daemon.end() == 0


def test_daemon_refuses_to_start_on_bad_rules(
    site: Site, tmp_path: Path, write_config: WriteConfig
) -> None:
    """A rule with a fault stops the start with code 2, before anything is polled."""
    write_config(tmp_path, site, "wire")
    text = (tmp_path / "config.toml").read_text("utf-8")
    (tmp_path / "config.toml").write_text(
        text.replace("[monitor]\n", '[monitor]\nrule_files = ["own.toml"]\n'), "utf-8"
    )
    (tmp_path / "own.toml").write_text('[[rule]]\nid = "x"\nnam = "X"\n', "utf-8")
    ended = monitor("run", folder=tmp_path)
    assert ended.code == 2
    assert "own.toml:3" in ended.err
    assert site.asked == []
