"""Work in hand when no more is to begin: it ends, with what comes of it, or is dropped."""

import asyncio

import pytest

from monitor.pipeline import drain
from tests.loop_clock import LoopClock

LIMIT = 4.0  # seconds


async def test_what_the_last_task_begins_is_waited_for() -> None:
    """A task that one in hand begins at its end has ended as well, though others end before it."""
    begun: list[asyncio.Task[None]] = []
    ended: list[str] = []
    begins, goes_on = asyncio.Event(), asyncio.Event()

    async def opening() -> None:
        await goes_on.wait()
        ended.append("opening")

    async def feed() -> None:
        await begins.wait()
        begun.append(asyncio.create_task(opening()))
        ended.append("feed")

    async def page() -> None:
        begins.set()
        ended.append("page")

    begun += [asyncio.create_task(feed()), asyncio.create_task(page())]
    draining = asyncio.create_task(drain(lambda: [one for one in begun if not one.done()], LIMIT))
    for _ in range(20):  # turns of the loop, more than all the rest takes
        await asyncio.sleep(0)
    assert ended == ["page", "feed"]
    assert not draining.done()
    goes_on.set()
    await draining
    assert ended == ["page", "feed", "opening"]


async def test_what_does_not_end_in_time_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that hangs is given its seconds and no more, and is gone when the wait is over."""
    clock = LoopClock(monkeypatch)
    hanging = asyncio.create_task(asyncio.Event().wait())
    draining = asyncio.create_task(drain(lambda: [] if hanging.done() else [hanging], LIMIT))
    await asyncio.sleep(0)
    clock.moved = LIMIT / 2
    await asyncio.sleep(0)
    assert not hanging.done()
    clock.moved = LIMIT
    await draining
    assert hanging.cancelled()


async def test_work_of_others_is_dropped_at_once() -> None:
    """With no seconds to give, what is in hand is cancelled though it would soon end."""
    soon = asyncio.create_task(asyncio.sleep(0))
    await drain(lambda: [soon], 0)
    assert soon.cancelled()
