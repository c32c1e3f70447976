"""Signals at bad moments, reloads under way, a store that cannot be written, state taken away."""

import contextlib
import json
import os
import re
import signal
import socket
import tempfile
import threading
import urllib.request
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitor.store import open_store
from tests.commands import monitor
from tests.daemon.conftest import Start, WriteConfig
from tests.daemon.running import locked
from tests.ports import free_port
from tests.site import Answer, Asked, Site
from tests.waiting import PATIENCE, until
from tests.wire import Item, Outlet, rss

HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"


def titles(folder: Path) -> list[str]:
    listed = monitor("list", "--all", folder=folder)
    return [json.loads(line)["title"] for line in listed.out.splitlines()]


def test_reload_drops_no_request(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """A request that is under way while the config is read again ends as it was begun."""
    asked, let_go = threading.Event(), threading.Event()

    def slow(_asked: Asked) -> Answer:
        asked.set()
        while not (let_go.wait(0.05) or site.closing.is_set()):
            pass
        body = rss(site, [Item("talks", HEADLINE, published=None)])
        return Answer(body=body, headers={"Content-Type": "application/rss+xml"})

    site.at("/slow.xml", slow)
    write_config(tmp_path, site, "slow")
    text = (tmp_path / "config.toml").read_text("utf-8")
    (tmp_path / "config.toml").write_text(text.replace('"1s"', '"1h"'), "utf-8")
    daemon = start()
    assert asked.wait(PATIENCE)
    told = monitor("reload", folder=tmp_path)
    assert (told.code, told.err) == (0, f"reloaded {tmp_path / 'config.toml'}\n")
    let_go.set()
    until(lambda: titles(tmp_path) == [HEADLINE])
    assert [request.path for request in site.asked].count("/slow.xml") == 1
    assert daemon.end() == 0


def test_reload_command_tells_what_is_wrong(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """With a fault in the file the command fails, the daemon goes on, and status says so."""
    Outlet(site, "wire").publish()
    write_config(tmp_path, site, "wire")
    start().wait_for("ready")
    good = (tmp_path / "config.toml").read_text("utf-8")
    rules = '[monitor]\nrule_files = ["own.toml"]\n'
    (tmp_path / "config.toml").write_text(good.replace("[monitor]\n", rules), "utf-8")
    (tmp_path / "own.toml").write_text('[[rule]]\nid = "x"\nnam = "X"\n', "utf-8")
    told = monitor("reload", folder=tmp_path)
    assert told.code == 1
    assert "own.toml:3" in told.err
    (tmp_path / "config.toml").write_text(good, "utf-8")
    status = monitor("status", folder=tmp_path)
    assert status.code == 1
    assert "the last reload failed" in status.out
    changed = good.replace(
        "[monitor]\n", '[monitor]\nmetrics = "127.0.0.1:9"\ncontact = "x@y.example"\n'
    )
    (tmp_path / "config.toml").write_text(changed, "utf-8")
    told = monitor("reload", folder=tmp_path)
    assert told.code == 0
    assert "contact and metrics changed: that takes effect when the daemon is started" in told.err
    (tmp_path / "config.toml").write_text(good, "utf-8")
    again = monitor("reload", folder=tmp_path)
    assert (again.code, "changed" in again.err) == (0, False)
    assert "the last reload failed" not in monitor("status", folder=tmp_path).out


def test_reload_without_a_daemon_is_told(
    site: Site, tmp_path: Path, write_config: WriteConfig
) -> None:
    """Nothing runs, so nothing can be reloaded: wrong usage."""
    write_config(tmp_path, site)
    told = monitor("reload", folder=tmp_path)
    assert told.code == 2
    assert "no daemon runs here" in told.err


def test_storm_of_hangups_is_weathered(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """Five hundred SIGHUPs, from before it is ready, are a few reloads; then it works as before."""
    outlet = Outlet(site, "wire")
    outlet.publish()
    write_config(tmp_path, site, "wire")
    daemon = start()
    until((tmp_path / "state" / "daemon.lock").exists)
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for("ready")
    daemon.wait_for("reloaded")
    for _ in range(500):
        daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for("reloaded")
    outlet.publish(Item("talks", HEADLINE, published=None))
    until(lambda: titles(tmp_path) == [HEADLINE])
    assert daemon.end() == 0
    assert sum("reloaded" in line for line in daemon.said) < 100


@pytest.mark.usefixtures("only_a_file")
def test_signal_while_the_start_waits_for_the_store(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """SIGTERM ends a start that waits for another process, without an error."""
    write_config(tmp_path, site)
    open_store(tmp_path / "state").close()
    with contextlib.closing(locked(tmp_path)):
        daemon = start()
        lock = tmp_path / "state" / "daemon.lock"
        until(lambda: lock.exists() and bool(lock.read_text()))
        assert daemon.end() == 0
    assert "ready" not in "".join(daemon.said)


@pytest.mark.usefixtures("only_a_file")
def test_locked_store_is_waited_for(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """While another process holds the database it pauses and says so; then nothing is missing."""
    outlet = Outlet(site, "wire")
    outlet.publish(Item("old", "An item from before", published=None))
    write_config(tmp_path, site, "wire")
    daemon = start()
    until(lambda: bool(titles(tmp_path)))
    with contextlib.closing(locked(tmp_path)):
        outlet.publish(Item("talks", HEADLINE, published=None))
        daemon.wait_for("paused, since nothing can be stored")
        status = monitor("status", folder=tmp_path)
        assert status.code == 1
        assert "another process holds the database" in status.out
    daemon.wait_for("going on")
    until(lambda: len(titles(tmp_path)) > 1)
    assert titles(tmp_path) == ["An item from before", HEADLINE]
    assert daemon.end() == 0


@pytest.mark.usefixtures("only_a_file")
def test_a_reload_that_the_store_cannot_take_is_tried_again(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """A SIGHUP while another process holds the database is heeded as soon as it is free."""
    for name in ("wire", "port"):
        Outlet(site, name).publish()
    write_config(tmp_path, site, "wire")
    daemon = start()
    daemon.wait_for("ready")
    with contextlib.closing(locked(tmp_path)):
        write_config(tmp_path, site, "wire", "port")
        daemon.process.send_signal(signal.SIGHUP)
        daemon.wait_for("the reload is tried again")
    daemon.wait_for("reloaded: watching 2 feeds")
    assert daemon.end() == 0


@pytest.mark.usefixtures("only_a_file")
def test_signal_while_the_store_is_locked(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """Work that waits for the store does not keep the daemon from ending."""
    outlet = Outlet(site, "wire")
    outlet.publish()
    write_config(tmp_path, site, "wire")
    daemon = start()
    daemon.wait_for("ready")
    with contextlib.closing(locked(tmp_path)):
        asked = len(site.asked)
        outlet.publish(Item("talks", HEADLINE, published=None))
        # What came before may have met the lock already: then nothing more is asked.
        until(lambda: len(site.asked) > asked or daemon.has_said("paused"))
        assert daemon.end() == 0


def test_state_folder_taken_away_ends_the_daemon(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """It says what happened and leaves with code 1; the next start begins anew without help."""
    Outlet(site, "wire").publish()
    write_config(tmp_path, site, "wire")
    daemon = start()
    daemon.wait_for("ready")
    # In one step: a daemon still writing would put new files in the way of a removal.
    (tmp_path / "state").rename(tmp_path / "taken")
    assert daemon.wait() == 1
    assert "was removed or replaced while the daemon ran" in daemon.said[-1]
    again = start()
    again.wait_for("ready")
    assert again.end() == 0


@pytest.mark.usefixtures("only_a_file")
def test_database_put_in_its_place_ends_the_daemon(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """A backup restored under a running daemon is not written into by halves."""
    Outlet(site, "wire").publish()
    write_config(tmp_path, site, "wire")
    daemon = start()
    daemon.wait_for("ready")
    assert monitor("db", "backup", "copy.db", folder=tmp_path).code == 0
    os.replace(tmp_path / "copy.db", tmp_path / "state" / "monitor.db")
    assert daemon.wait() == 1
    assert "removed or replaced" in daemon.said[-1]


def test_supervisor_hears_all_that_happens(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """Ready only when it is, alive while it works, reloading, and stopping, in this order."""
    Outlet(site, "wire").publish()
    write_config(tmp_path, site, "wire")
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor,
    ):
        supervisor.settimeout(PATIENCE)
        supervisor.bind(f"{folder}/notify")
        variables = {"NOTIFY_SOCKET": f"{folder}/notify", "WATCHDOG_USEC": "4000000"}
        daemon = start(variables=variables)

        def hear(word: str) -> str:
            while not (said := supervisor.recv(4096).decode()).startswith(word):
                pass
            return said

        assert supervisor.recv(4096).decode() == "READY=1\nSTATUS=watching 1 feed"
        hear("WATCHDOG=1")
        daemon.process.send_signal(signal.SIGHUP)
        assert re.search(r"^MONOTONIC_USEC=\d+$", hear("RELOADING=1"), re.MULTILINE)
        hear("READY=1")
        hear("WATCHDOG=1")
        assert daemon.end() == 0
        hear("STOPPING=1")


def test_status_and_metrics_of_a_running_daemon(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """What runs, since when, with which config, what comes next: for people and for Prometheus."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE, published=None))
    port = free_port()
    later = datetime.now(ZoneInfo("Asia/Seoul")) + timedelta(hours=12)
    digest = f'[[digest]]\nname = "morning"\nat = "{later:%H:%M}"\n'
    write_config(tmp_path, site, "wire", head=f'metrics = "127.0.0.1:{port}"\n', extra=digest)
    daemon = start("--log-format", "json")
    ready = json.loads(daemon.wait_for("ready"))
    assert (ready["level"], ready["logger"]) == ("info", "monitor.daemon.run")
    until(lambda: bool(titles(tmp_path)))
    shown = monitor("status", folder=tmp_path)
    assert shown.code == 0, shown.out
    for words in (
        f"(pid {daemon.process.pid})",
        f"config   {tmp_path / 'config.toml'}, loaded ",
        "feeds    1 configured, 0 in trouble",
        "digest   morning: not sent yet, next ",
    ):
        assert words in shown.out
    report = json.loads(monitor("status", "--json", folder=tmp_path).out)
    assert report["daemon"]["next_jobs"].keys() == {"digest morning", "upkeep"}

    served = ""

    def counts_the_entry() -> bool:
        """It is counted once it is stored; a page that took too long is not served."""
        nonlocal served
        url = f"http://127.0.0.1:{port}/metrics"
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
            served = answer.read().decode()
        return "\nwire_monitor_entries_new_total 1.0\n" in served

    until(counts_the_entry, lambda: served)
    assert "wire_monitor_up 1.0\n" in served
    assert site.url("/") not in served
    assert HEADLINE not in served
    assert daemon.end() == 0


def test_second_process_on_the_metrics_port_is_told(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """A port that is taken is wrong usage, said before anything is polled."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        write_config(tmp_path, site, "wire", head=f'metrics = "127.0.0.1:{port}"\n')
        daemon = start()
        assert daemon.wait() == 2
    assert "cannot be served" in daemon.said[-1]
    assert site.asked == []


def test_network_that_was_away_costs_no_more_than_its_absence(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """When one feed answers after none did, all that were put off are asked again at once."""
    names = ("one", "two", "three")
    for name in names:
        Outlet(site, name).publish(Item(f"{name}-old", f"{name} from before", published=None))
    write_config(tmp_path, site, *names)
    daemon = start()
    until(lambda: len(titles(tmp_path)) == len(names))
    for name in names:
        site.at(f"/{name}.xml", Answer(reset=True))
    seen = len(site.asked)

    def all_failed() -> bool:
        """Each feed was asked three times in vain, whichever request was in hand before."""
        asked = Counter(one.path for one in site.asked[seen:])
        return all(asked[f"/{name}.xml"] >= 3 for name in names)

    until(all_failed)
    for name in names:
        Outlet(site, name).publish(Item(f"{name}-new", f"{name} from after", published=None))
    daemon.wait_for("the network is back")
    until(lambda: len(titles(tmp_path)) == 2 * len(names))
    assert daemon.end() == 0
