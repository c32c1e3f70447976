"""The daemon's words to its supervisor, heard on a real datagram socket."""

import os
import secrets
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.daemon import sd_notify
from tests.waiting import PATIENCE


@pytest.fixture(params=["path", "abstract"])
def listener(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[socket.socket]:
    """A supervisor's socket, in the file system and in the abstract namespace."""
    if request.param == "abstract" and sys.platform != "linux":
        pytest.skip("abstract sockets exist on Linux only")
    # Not tmp_path: the address of a socket may have 107 bytes only.
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver,
    ):
        receiver.settimeout(PATIENCE)
        if request.param == "path":
            address = str(Path(folder) / "notify")
            receiver.bind(address)
        else:
            address = "@wire-monitor-test-" + secrets.token_hex(8)
            receiver.bind("\0" + address[1:])
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        yield receiver


def test_every_word_arrives_as_one_datagram(listener: socket.socket) -> None:
    """Readiness, status, heartbeat and farewell are each one message in the protocol's words."""
    assert sd_notify.ready("46 feeds")
    assert listener.recv(4096) == b"READY=1\nSTATUS=46 feeds"
    assert sd_notify.status("reading 3 feeds")
    assert listener.recv(4096) == b"STATUS=reading 3 feeds"
    assert sd_notify.watchdog()
    assert listener.recv(4096) == b"WATCHDOG=1"
    assert sd_notify.stopping()
    assert listener.recv(4096) == b"STOPPING=1"


def test_reload_carries_the_monotonic_time(listener: socket.socket) -> None:
    """RELOADING=1 comes with the moment of the reload in microseconds of CLOCK_MONOTONIC."""
    before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    assert sd_notify.reloading()
    after = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    words = dict(line.split("=") for line in listener.recv(4096).decode().splitlines())
    assert words["RELOADING"] == "1"
    assert before <= int(words["MONOTONIC_USEC"]) <= after


def test_status_cannot_smuggle_another_word(listener: socket.socket) -> None:
    """Line breaks in a status become spaces, in any script."""
    sd_notify.status("한강일보\nSTOPPING=1\r\nfails")
    assert listener.recv(4096).decode() == "STATUS=한강일보 STOPPING=1 fails"


def test_silent_without_a_supervisor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listening is no fault: nothing is sent and nothing raised."""
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert not sd_notify.ready()


@pytest.mark.parametrize("address", ["/nonexistent/notify", "@nobody-is-here", "vsock:2:1", "x"])
def test_undeliverable_message_is_dropped(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket that is gone, or of a kind we do not speak, does not hurt the daemon."""
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    assert not sd_notify.ready()


@pytest.mark.usefixtures("listener")
def test_full_queue_does_not_hold_the_daemon() -> None:
    """A supervisor that reads nothing costs a message, not the event loop."""
    sent = [True]
    while sent[-1] and len(sent) < 10_000:
        sent.append(sd_notify.watchdog())
    assert not sent[-1]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"WATCHDOG_USEC": "120000000"}, timedelta(minutes=1)),
        ({"WATCHDOG_USEC": "120000000", "WATCHDOG_PID": str(os.getpid())}, timedelta(minutes=1)),
        ({"WATCHDOG_USEC": "120000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "-5"}, None),
        ({}, None),
    ],
)
def test_watchdog_is_read_for_this_process_only(
    variables: dict[str, str], expected: timedelta | None
) -> None:
    """We speak at half of the limit, when it is a number and meant for us."""
    assert sd_notify.watchdog_interval(variables) == expected
