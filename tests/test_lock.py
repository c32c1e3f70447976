"""One daemon a state folder."""

import contextlib
import fcntl
import multiprocessing
import shutil
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

import pytest

from monitor import lock
from monitor.errors import AlreadyRunning, StoreError
from tests.commands import monitor
from tests.waiting import PATIENCE

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ROUNDS = 100


def race(state: Path, start: Barrier, done: Barrier, results: Path, name: str) -> None:
    """Take the lock of a hundred folders at the same instants as another process does."""
    with results.open("w") as file:
        for number in range(ROUNDS):
            start.wait(PATIENCE)
            with contextlib.ExitStack() as held:
                try:
                    held.enter_context(lock.hold(state / str(number), NOW))
                    file.write(f"{number} {name}\n")
                except AlreadyRunning:
                    pass
                done.wait(PATIENCE)


def test_of_two_at_the_same_instant_exactly_one_runs(tmp_path: Path) -> None:
    """A hundred times two processes reach for one lock; each time one has it, never both."""
    context = multiprocessing.get_context("spawn")
    start, done = context.Barrier(2), context.Barrier(2)
    racers = [
        context.Process(target=race, args=(tmp_path, start, done, tmp_path / name, name))
        for name in ("a.txt", "b.txt")
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(PATIENCE)
        assert racer.exitcode == 0
    lines = [(tmp_path / name).read_text().splitlines() for name in ("a.txt", "b.txt")]
    won = sorted(int(line.split()[0]) for found in lines for line in found)
    assert won == list(range(ROUNDS))


def ask(state: Path, ready: Event, stop: Event) -> None:
    """Ask who holds a lock, again and again, as `monitor status` does."""
    while not stop.is_set():
        lock.holder(state)
        ready.set()


def test_asking_who_holds_it_keeps_nobody_from_starting(tmp_path: Path) -> None:
    """A daemon starts while others look whether one runs."""
    with lock.hold(tmp_path, NOW):
        pass
    context = multiprocessing.get_context("spawn")
    ready, stop = context.Event(), context.Event()
    asker = context.Process(target=ask, args=(tmp_path, ready, stop))
    asker.start()
    try:
        assert ready.wait(PATIENCE)
        for _ in range(50):
            with lock.hold(tmp_path, NOW):
                pass
    finally:
        stop.set()
        asker.join(PATIENCE)


def test_a_holder_who_does_not_say_who_it_is_gets_no_signal(tmp_path: Path) -> None:
    """As on a full disk: somebody is at work, and a reload ends with a line and tells nobody."""
    (tmp_path / "config.toml").write_text("[monitor]\n")
    (tmp_path / "state").mkdir()
    with (tmp_path / "state" / "daemon.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert lock.holder(tmp_path / "state") == lock.Holder(0, "?")
        told = monitor("reload", folder=tmp_path)
    assert (told.code, len(told.err.splitlines())) == (1, 1)
    assert "its lock does not say which" in told.err


def test_lock_knows_when_its_folder_was_taken_away(tmp_path: Path) -> None:
    """A removed folder, and one that was made anew in its place, are both seen."""
    state = tmp_path / "state"
    with lock.hold(state, NOW) as held:
        assert held.is_in_place()
        shutil.rmtree(state)
        assert not held.is_in_place()
        with lock.hold(state, NOW):
            assert not held.is_in_place()


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file in the place of the folder is one clear line."""
    (tmp_path / "state").touch()
    with (
        pytest.raises(StoreError, match="state: is no folder; name one with --state"),
        lock.hold(tmp_path / "state", NOW),
    ):
        pass
