"""The daemon as an operator runs it: a real process, real signals, a real site."""

import json
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands import COMMAND, environment, monitor
from tests.site import Site
from tests.wire import Item, Outlet, config_text

PATIENCE = 20.0  # seconds; only a broken daemon takes so long
HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"


class Daemon:
    """A running `monitor run`, and what it says on stderr."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "run"],
            cwd=folder,
            env=environment({"PYTHONUNBUFFERED": "1"}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def wait_for(self, words: str) -> None:
        """Wait until the daemon says these words."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"never said {words!r}; said:\n{''.join(self.said)}")
            self.said.append(line)
            if words in line:
                return

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition of the outside world holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        threading.Event().wait(0.05)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Daemon]]:
    running: list[Daemon] = []

    def begin() -> Daemon:
        running.append(Daemon(tmp_path))
        return running[-1]

    yield begin
    for daemon in running:
        if daemon.process.poll() is None:
            daemon.process.kill()
        daemon.process.wait(PATIENCE)
        assert daemon.process.stdout is not None
        daemon.process.stdout.close()


def write_config(folder: Path, site: Site, *feeds: str, extra: str = "") -> None:
    text = config_text(site, *feeds, every="1s", extra=extra)
    (folder / "config.toml").write_text(text, "utf-8")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_daemon_polls_and_stops_cleanly(
    site: Site, tmp_path: Path, start: Callable[[], Daemon], number: signal.Signals
) -> None:
    """It reads its feeds without being asked, and ends with code 0 on either signal."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE, published=None))
    write_config(tmp_path, site, "wire")
    daemon = start()
    daemon.wait_for("ready")
    until(lambda: any(asked.path == "/talks.html" for asked in site.asked))
    assert daemon.end(number) == 0
    listed = monitor("list", "--all", folder=tmp_path)
    assert [json.loads(line)["title"] for line in listed.out.splitlines()] == [HEADLINE]


def test_second_daemon_on_one_state_folder_is_refused(
    site: Site, tmp_path: Path, start: Callable[[], Daemon]
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


def test_lock_of_a_killed_daemon_is_free(
    site: Site, tmp_path: Path, start: Callable[[], Daemon]
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
    site: Site, tmp_path: Path, start: Callable[[], Daemon]
) -> None:
    """News that comes while it runs is flagged, alerted and delivered without being asked."""
    outlet = Outlet(site, "wire")
    outlet.publish()
    target = tmp_path / "alerts.json"
    write_config(tmp_path, site, "wire", extra=f'[[alert]]\nto = ["file:{target}"]\n')
    daemon = start()
    daemon.wait_for("ready")
    until(lambda: len(site.asked) >= 2)  # the first reading alerts only on what is fresh
    outlet.publish(Item("talks", HEADLINE, published=None))
    until(target.exists)
    assert HEADLINE in target.read_text("utf-8")
    assert daemon.end() == 0


def test_reload_takes_in_a_good_config_and_keeps_the_old_over_a_bad_one(
    site: Site, tmp_path: Path, start: Callable[[], Daemon]
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
    daemon.wait_for("the old configuration stays in force")
    daemon.wait_for('did you mean "name"')
    write_config(tmp_path, site, "wire", "more")
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for("reloaded: watching 2 feeds")
    until(lambda: any(asked.path == "/more.xml" for asked in site.asked))
    assert daemon.end() == 0


def test_daemon_refuses_to_start_on_bad_rules(site: Site, tmp_path: Path) -> None:
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
