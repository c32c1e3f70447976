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

from monitor.service import Supervisor


@pytest.fixture(params=["path", "abstract"])
def listener(request: pytest.FixtureRequest) -> Iterator[tuple[socket.socket, str]]:
    """A supervisor's socket and its address, in the file system and in the abstract namespace."""
    if request.param == "abstract" and sys.platform != "linux":
        pytest.skip("abstract sockets exist on Linux only")
    # Not tmp_path: the address of a socket may have 107 bytes only.
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver,
    ):
        receiver.settimeout(5)
        if request.param == "path":
            address = str(Path(folder) / "notify")
            receiver.bind(address)
        else:
            address = "@wire-monitor-test-" + secrets.token_hex(8)
            receiver.bind("\0" + address[1:])
        yield receiver, address


def test_every_word_arrives_as_one_datagram(listener: tuple[socket.socket, str]) -> None:
    """Readiness, status, heartbeat and farewell are each one message in the protocol's words."""
    receiver, address = listener
    supervisor = Supervisor(address)
    assert supervisor.ready("46 feeds")
    assert receiver.recv(4096) == b"READY=1\nSTATUS=46 feeds"
    assert supervisor.status("reading 3 feeds")
    assert receiver.recv(4096) == b"STATUS=reading 3 feeds"
    assert supervisor.beat()
    assert receiver.recv(4096) == b"WATCHDOG=1"
    assert supervisor.stopping()
    assert receiver.recv(4096) == b"STOPPING=1"


def test_reload_carries_the_monotonic_time(listener: tuple[socket.socket, str]) -> None:
    """RELOADING=1 comes with the moment of the reload in microseconds of CLOCK_MONOTONIC."""
    receiver, address = listener
    before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    assert Supervisor(address).reloading()
    after = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    words = dict(line.split("=") for line in receiver.recv(4096).decode().splitlines())
    assert words["RELOADING"] == "1"
    assert before <= int(words["MONOTONIC_USEC"]) <= after


def test_status_cannot_smuggle_another_word(listener: tuple[socket.socket, str]) -> None:
    """Line breaks in a status become spaces, in any script."""
    receiver, address = listener
    Supervisor(address).status("한강일보\nSTOPPING=1\r\nfails")
    assert receiver.recv(4096).decode() == "STATUS=한강일보 STOPPING=1 fails"


def test_silent_without_a_supervisor() -> None:
    """Nobody listening is no fault: nothing is sent and nothing raised."""
    assert Supervisor.from_environment({}) == Supervisor()
    assert not Supervisor().ready()
    assert Supervisor().beat_every is None


@pytest.mark.parametrize("address", ["/nonexistent/notify", "@nobody-is-here", "vsock:2:1", "x"])
def test_undeliverable_message_is_dropped(address: str) -> None:
    """A socket that is gone, or of a kind we do not speak, does not hurt the daemon."""
    assert not Supervisor(address).ready()


def test_full_queue_does_not_hold_the_daemon(listener: tuple[socket.socket, str]) -> None:
    """A supervisor that reads nothing costs a message, not the event loop."""
    _, address = listener
    sent = [True]
    while sent[-1] and len(sent) < 10_000:
        sent.append(Supervisor(address).beat())
    assert not sent[-1]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"WATCHDOG_USEC": "120000000"}, timedelta(minutes=2)),
        ({"WATCHDOG_USEC": "120000000", "WATCHDOG_PID": str(os.getpid())}, timedelta(minutes=2)),
        ({"WATCHDOG_USEC": "120000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "-5"}, None),
    ],
)
def test_watchdog_is_read_for_this_process_only(
    variables: dict[str, str], expected: timedelta | None
) -> None:
    """The limit holds when it is a number and meant for us; we beat at half of it."""
    supervisor = Supervisor.from_environment(variables)
    assert supervisor.watchdog == expected
    assert supervisor.beat_every == (expected / 2 if expected else None)
