"""What happens over the years, case by case (`faults`).

Each case is a generator: up to its first `yield` it prepares the desk, up to the second it breaks
something and mends it, and then it tidies up.
"""

import contextlib
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Generator
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.fault_desk import Desk

Case = Callable[[Desk], Generator[None, None, None]]


@contextlib.contextmanager
def disk(state: Path, megabytes: int) -> Generator[None, None, None]:
    """Give the state folder a disk of its own."""
    state.mkdir()
    options = f"size={megabytes}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(state)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(state)], check=False)


def disk_full(desk: Desk) -> Generator[None, None, None]:
    """The disk of the state folder fills up for 20 seconds."""
    state = desk.folder / "state"
    with disk(state, 24):
        yield
        with contextlib.suppress(OSError), (state / "filler").open("wb", buffering=0) as filler:
            while filler.write(b"\0" * 4096):
                pass
        desk.news(6, 3)
        (state / "filler").unlink()
        yield


def read_only(desk: Desk) -> Generator[None, None, None]:
    """The disk fails (after a sync); ext4 turns read-only; 20 s later stop, fsck, mount, start."""
    state, image = desk.folder / "state", desk.folder / "image"
    state.mkdir()
    with image.open("wb") as file:
        file.truncate(64 << 20)
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
    mount = ["mount", "-o", "loop,errors=remount-ro", str(image), str(state)]
    subprocess.run(mount, check=True)
    try:
        yield
        listed = subprocess.run(["losetup", "-j", str(image)], capture_output=True, check=True)
        device = Path(listed.stdout.decode().partition(":")[0]).name
        os.sync()  # what was stored in the last half minute may lie in memory only
        Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("1")
        desk.news(6, 3)
        desk.codes.append(desk.stop())
        subprocess.run(["umount", str(state)], check=True)
        subprocess.run(["e2fsck", "-fp", str(image)], check=False, capture_output=True)
        subprocess.run(mount, check=True)
        desk.begin()
        yield
    finally:
        subprocess.run(["umount", "-l", str(state)], check=False)


def read_only_at_start(desk: Desk) -> Generator[None, None, None]:
    """The state folder is read-only when it starts, ten times in ten seconds; then it is not."""
    state = desk.folder / "state"
    with disk(state, 64):
        yield
        desk.stop()
        subprocess.run(["mount", "-o", "remount,ro", str(state)], check=True)
        for _ in range(10):
            desk.begin()
            desk.wire.tick(1)
            assert desk.process is not None
            desk.codes.append(desk.process.wait(600))
        subprocess.run(["mount", "-o", "remount,rw", str(state)], check=True)
        desk.begin()
        yield


def locked(desk: Desk) -> Generator[None, None, None]:
    """Another process holds the database for a minute."""
    yield
    with contextlib.closing(
        sqlite3.connect(desk.folder / "state/monitor.db", isolation_level=None, timeout=30)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        desk.news(20, 3)
        other.execute("ROLLBACK")
    yield


def server_gone(desk: Desk) -> Generator[None, None, None]:
    """No server answers for an hour (it is stopped for 20 seconds, the clock jumps by an hour)."""
    yield
    desk.wire.pause()
    time.sleep(10)
    desk.move_clock(hours=1)
    time.sleep(10)
    desk.wire.resume()
    desk.news()
    yield


def names_gone(desk: Desk) -> Generator[None, None, None]:
    """No name can be resolved for an hour (six jumps of ten minutes, one every five seconds)."""
    yield
    desk.names(known=False)
    for _ in range(6):
        desk.wire.tick(1)
        time.sleep(5)
        desk.move_clock(minutes=10)
    desk.names(known=True)
    yield


def resets(desk: Desk) -> Generator[None, None, None]:
    """Nothing but the resets that all cases have, for a minute of new entries."""
    yield
    desk.news(30, 2)
    yield


def asleep(desk: Desk) -> Generator[None, None, None]:
    """The machine sleeps for 8 hours: the process stands, only the time of day goes on."""
    yield
    assert desk.process is not None
    desk.process.send_signal(signal.SIGSTOP)
    desk.move_clock(hours=8)
    desk.news(5, 1)
    desk.process.send_signal(signal.SIGCONT)
    yield


def stopped(desk: Desk) -> Generator[None, None, None]:
    """The process is stopped for 20 seconds (SIGSTOP) and goes on."""
    yield
    assert desk.process is not None
    desk.process.send_signal(signal.SIGSTOP)
    desk.news(10, 2)
    desk.process.send_signal(signal.SIGCONT)
    yield


def jump(**span: float) -> Case:
    """The wall clock jumps while the monotonic one does not."""

    def case(desk: Desk) -> Generator[None, None, None]:
        yield
        desk.move_clock(**span)
        desk.news()
        yield

    hours = timedelta(**span).total_seconds() / 3600
    case.__doc__ = f"The wall clock jumps by {hours:+.0f} hours."
    return case


def smtp_dead(desk: Desk) -> Generator[None, None, None]:
    """The mail server is away for two days (eight jumps of six hours, one every seven seconds)."""
    desk.post.stop()
    yield
    desk.news()
    for _ in range(8):
        time.sleep(7)
        desk.move_clock(hours=6)
    desk.news()
    time.sleep(7)
    desk.open_post()
    desk.move_clock(hours=6)
    time.sleep(15)
    yield


# Each with what it needs: "clock", "mount", "names".
CASES: dict[str, tuple[Case, str]] = {
    "1 % of requests reset": (resets, ""),
    "disk full": (disk_full, "mount"),
    "disk turns read-only": (read_only, "mount"),
    "read-only at the start": (read_only_at_start, "mount"),
    "database locked for a minute": (locked, ""),
    "process stopped": (stopped, ""),
    "no server for an hour": (server_gone, "clock"),
    "no DNS for an hour": (names_gone, "clock names mount"),
    "asleep for 8 hours": (asleep, "clock"),
    "clock + 1 h": (jump(hours=1), "clock"),
    "clock - 1 h": (jump(hours=-1), "clock"),
    "clock + 1 day": (jump(days=1), "clock"),
    "clock - 1 day": (jump(days=-1), "clock"),
    "mail server dead for 2 days": (smtp_dead, "clock"),
}
